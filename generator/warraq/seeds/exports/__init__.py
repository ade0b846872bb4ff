"""Exports of a CMS, feeds and dumps → their records, one document each."""
