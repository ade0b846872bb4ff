"""Text to terms to index files, and the engines that read them."""
