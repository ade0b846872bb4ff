"""Independent of articles: problems, YAML with lines, dates, Arabic letters, addresses, files."""
