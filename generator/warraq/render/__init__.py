"""Catalogue to OutputFiles: pages, feeds, sitemap, data."""
