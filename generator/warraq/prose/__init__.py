"""Article to Entry: HTML and plain text, made once for pages, feeds and search."""
