"""Text to terms to index files, and the engines that read them.

Words: `analysis` makes terms, families and tribes of them, `stems` decides what is one word by what
a family holds, `foreign`, `transliteration` and `stemmers` relate spellings and other languages.

An index: `records` of articles give `occurrences`, these `postings`. `term_shards`, `completions`
and `authority_names` say what lies together, `shard_layout` in how many files, `formats` in which
bytes. `index` makes it of all articles in one go and is the oracle; `index_store` keeps it in rows
(`index_tables`), makes it in `shares`, and applies `index_edits`.

Queries: `understanding` and `query_dates`. The readers' engine is in client/, the editors' in
editors/.
"""
