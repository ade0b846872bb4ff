"""What knows no news: problems, YAML with lines, dates, Arabic letters, addresses, files."""
