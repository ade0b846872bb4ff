"""HTML bodies from a CMS → blocks as plain text and as Markdown."""
