"""CMS exports, feeds and database dumps → one document per record."""
