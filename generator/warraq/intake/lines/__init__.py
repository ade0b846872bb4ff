"""Lines of a page: what each looks like, which are boilerplate, and their removal."""
