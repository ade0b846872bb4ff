"""One search from end to end: update the index, read the query, return hits with excerpts."""

from datetime import date
from pathlib import Path

from whoosh.fields import Schema
from whoosh.query import Query

from warraq.base.problems import Problem, warning
from warraq.search.editors import Answer, Hit, Library
from warraq.search.editors.editor_index import up_to_date
from warraq.search.editors.excerpt import excerpt
from warraq.search.editors.queries import QueryExpander, matched_words, parsed, plain_text
from warraq.search.editors.schema import SHOWN
from warraq.search.editors.typed_dates import dated


def search(
    site: Path, asked: str, *, library: Library, limit: int = 20, today: date | None = None
) -> Answer:
    """Return what `asked` finds in the articles of `site`, the best `limit` hits.

    The first search of a site builds its index, later ones update it. Any text is a valid query:
    the notes of the answer say what could not be read. A date that leaves nothing is read as words,
    and a note says so; «yesterday» is told from `today`.
    """
    plain = plain_text(asked)
    with up_to_date(site, library) as (index, manifest), index.searcher() as searcher:
        text, dates = dated(plain, today)
        expander = QueryExpander(searcher.reader(), manifest.words, library.synonyms)
        found, notes = _expanded(text, index.schema, expander)
        results = searcher.search(found, limit=limit)
        if dates and not len(results):
            found, notes = _expanded(dated(plain, today, dates).text, index.schema, expander)
            notes += tuple(warning("query-date-empty", value=typed) for typed in dates)
            results = searcher.search(found, limit=limit)
        broken = sum(not stamp.digest for stamp in manifest.files.values())
        if broken:
            notes += (warning("search-unread", count=broken),)
        words = matched_words(found, searcher.reader())
        hits = [_hit(one["shown"], one.score, words, library) for one in results]
        hits.sort(key=lambda hit: (-hit.score, hit.path))
        return Answer(tuple(hits), len(results), notes)


def _expanded(
    text: str, schema: Schema, expander: QueryExpander
) -> tuple[Query, tuple[Problem, ...]]:
    """Return the query that `text` is, in all forms of its words, and notes on it."""
    found, notes = parsed(text, schema)
    return expander.expanded(found), notes


def _hit(
    shown: tuple[str, str, str, str, str],
    score: float,
    words: frozenset[str],
    library: Library,
) -> Hit:
    document = library.read(shown[SHOWN.index("path")])
    text, marks = excerpt(document.first("body"), words) if document else ("", ())
    return Hit(*shown, round(score, 4), text, marks)
