"""The editors' desk in the browser: forms that write content files, under /-/ of the preview."""
