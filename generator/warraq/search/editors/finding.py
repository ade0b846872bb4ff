"""One search from end to end: update the index, read the query, return hits with excerpts."""

from collections.abc import Collection
from datetime import date
from pathlib import Path

from whoosh import query
from whoosh.fields import Schema
from whoosh.query import Query
from whoosh.searching import Searcher

from warraq.base.problems import Problem, warning
from warraq.search.editors import Answer, Hit, Library
from warraq.search.editors.editor_index import up_to_date
from warraq.search.editors.excerpt import excerpt
from warraq.search.editors.proximity_query import RaisedQuery
from warraq.search.editors.queries import QueryExpander, matched_words, parsed, plain_text
from warraq.search.editors.schema import SHOWN
from warraq.search.editors.typed_queries import rewritten

RAISED = 1.25  # what a date or a quotation beside many words makes of a score; readers' is the same


def search(
    site: Path, asked: str, *, library: Library, limit: int = 20, today: date | None = None
) -> Answer:
    """Return what `asked` finds in the articles of `site`, the best `limit` hits.

    The first search of a site builds its index, later ones update it. Any text is a valid query:
    the notes of the answer say what could not be read. A date or a quotation that leaves nothing is
    read as words, and a note says so; «yesterday» is told from `today`.
    """
    plain = plain_text(asked)
    with up_to_date(site, library) as (index, manifest), index.searcher() as searcher:
        expander = QueryExpander(searcher.reader(), manifest.words, library.synonyms)
        reader = _Reader(plain, today, index.schema, expander)
        found, notes = reader.read()
        results = searcher.search(found, limit=limit)
        if not len(results) and (empty := reader.empty_filters(searcher)):
            found, notes = reader.read(empty)
            results = searcher.search(found, limit=limit)
        broken = sum(not stamp.digest for stamp in manifest.files.values())
        if broken:
            notes += (warning("search-unread", count=broken),)
        words = matched_words(found, searcher.reader())
        hits = [_hit(one["shown"], one.score, words, library) for one in results]
        hits.sort(key=lambda hit: (-hit.score, hit.path))
        return Answer(tuple(hits), len(results), notes)


class _Reader:
    """Reads one query as often as need be, with other parts of it as words."""

    def __init__(
        self, plain: str, today: date | None, schema: Schema, expander: QueryExpander
    ) -> None:
        self.plain = plain
        self.today = today
        self.schema = schema
        self.expander = expander

    def read(self, literal: Collection[str] = ()) -> tuple[Query, tuple[Problem, ...]]:
        """Return the query in all forms of its words, and notes on it; `literal` are words."""
        asked = rewritten(self.plain, self.today, literal)
        found, notes = self._expanded(asked.text)
        required = [self._expanded(text)[0] for text in asked.required]
        raising = [self._expanded(text)[0] for text in asked.raising]
        if required:
            found = query.And([found, *required])
        if raising:
            found = RaisedQuery(found, raising, by=RAISED)
        return found, (*asked.notes, *notes, *map(_emptied, literal))

    def empty_filters(self, searcher: Searcher) -> tuple[str, ...]:
        """Return the dates and quotations that leave nothing, each by itself or else together."""
        filters = rewritten(self.plain, self.today).filters
        alone = tuple(one for one in filters if not self._finds(searcher, {*filters} - {one}))
        return alone if alone and self._finds(searcher, alone) else filters

    def _finds(self, searcher: Searcher, literal: Collection[str]) -> bool:
        return len(searcher.search(self.read(literal)[0], limit=1)) > 0

    def _expanded(self, text: str) -> tuple[Query, tuple[Problem, ...]]:
        found, notes = parsed(text, self.schema)
        return self.expander.expanded(found), notes


def _emptied(typed: str) -> Problem:
    """Return the note on a date or a quotation that leaves nothing."""
    is_quoted = typed[:1] == '"'
    return warning(
        "query-phrase-empty" if is_quoted else "query-date-empty", value=typed.strip('"')
    )


def _hit(
    shown: tuple[str, str, str, str, str],
    score: float,
    words: frozenset[str],
    library: Library,
) -> Hit:
    document = library.read(shown[SHOWN.index("path")])
    text, marks = excerpt(document.first("body"), words) if document else ("", ())
    return Hit(*shown, round(score, 4), text, marks)
