"""Editors' changes to content: planned as a value, checked, written as one, kept in git."""
