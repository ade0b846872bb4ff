"""Catalogue and entries → the files of the site: pages, feeds, sitemap, data. Writes nothing."""
