"""Saved web pages → the lines of the article's text, and its metadata."""
