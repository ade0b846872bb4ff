"""content/ → public/: the full build, and the incremental one that does only what changed."""
