"""The head of a page and the headline in it."""
