"""Seeds → content/: each seed drafted, recognized, written or merged, and reported."""
