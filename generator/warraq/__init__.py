"""warraq: from raw news texts to a published, searchable Arabic archive.

The packages read in the order in which an article travels: `seeds` (raw files) → `intake` (clean,
headline, credit, dates) → `content` (Markdown files, the editors' truth) → `prose` (HTML and plain
text) → `archive` (shelves, stories) → `render` (pages, feeds) and `search` (index) → `publish`
(public/). `importer`, `build` and `commands` join them; `model` and `base` lie under all.
"""

__version__ = "0.2.0"
