"""content/: Markdown files with front matter, read, checked, written and merged."""
