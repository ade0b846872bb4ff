"""One search from end to end: update the index, read the query, return hits with excerpts."""

from pathlib import Path

from warraq.base.problems import warning
from warraq.search.editors import Answer, Hit, Library
from warraq.search.editors.editor_index import up_to_date
from warraq.search.editors.excerpt import excerpt
from warraq.search.editors.queries import QueryExpander, matched_words, parsed
from warraq.search.editors.schema import SHOWN


def search(site: Path, asked: str, *, library: Library, limit: int = 20) -> Answer:
    """Return what `asked` finds in the articles of `site`, the best `limit` hits.

    The first search of a site builds its index, later ones update it. Any text is a valid query:
    the notes of the answer say what could not be read.
    """
    with up_to_date(site, library) as (index, manifest), index.searcher() as searcher:
        found, notes = parsed(asked, index.schema)
        broken = sum(not stamp.digest for stamp in manifest.files.values())
        if broken:
            notes += (warning("search-unread", count=broken),)
        expanded_query = QueryExpander(searcher.reader(), manifest.words).expanded(found)
        words = matched_words(expanded_query, searcher.reader())
        results = searcher.search(expanded_query, limit=limit)
        hits = [_hit(one["shown"], one.score, words, library) for one in results]
        hits.sort(key=lambda hit: (-hit.score, hit.path))
        return Answer(tuple(hits), len(results), notes)


def _hit(
    shown: tuple[str, str, str, str, str],
    score: float,
    words: frozenset[str],
    library: Library,
) -> Hit:
    document = library.read(shown[SHOWN.index("path")])
    text, marks = excerpt(document.first("body"), words) if document else ("", ())
    return Hit(*shown, round(score, 4), text, marks)
