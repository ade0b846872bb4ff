"""warraq: from raw news texts to a published, searchable Arabic archive.

The packages read in the order in which an article travels: `seeds` (raw files) → `intake` (clean,
headline, credit, dates) → `content` (Markdown files, the editors' truth) → `prose` (HTML and plain
text) → `archive` (shelves, stories) → `render` (pages, feeds) and `search` (index) → `publish`
(public/). `pipeline` is the only module that knows this order; `model` and `base` lie under all.
"""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("warraq")
except PackageNotFoundError:  # a source tree that was never installed
    __version__ = "0+unknown"
