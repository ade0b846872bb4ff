"""The bodies that a CMS keeps as HTML → blocks of plain words and Markdown."""
