"""Saved web pages → the text of their article, line by line, and the facts beside it."""
