"""Entries to Catalogue: shelves of time and subject, stories, neighbours."""
