"""One search from end to end: update the index, read the query, return hits with excerpts."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from msgspec.structs import replace
from whoosh import query
from whoosh.fields import Schema
from whoosh.query import Query
from whoosh.searching import Results, Searcher

from warraq.base.problems import Problem, WarraqError, warning
from warraq.search.editors import UNREAD, Answer, Hit, Library
from warraq.search.editors.editor_index import up_to_date
from warraq.search.editors.excerpt import excerpt
from warraq.search.editors.proximity_query import RaisedQuery
from warraq.search.editors.queries import QueryExpander, matched_words, parsed, plain_text
from warraq.search.editors.schema import SHOWN
from warraq.search.editors.typed_queries import rewritten

RAISED = 1.25  # what a date or a quotation beside many words makes of a score; readers' is the same


def search(  # noqa: PLR0913 - a search, and which of what it finds
    site: Path,
    asked: str,
    *,
    library: Library,
    limit: int = 20,
    first: int = 0,
    today: date | None = None,
) -> Answer:
    """Return what `asked` finds in the articles of `site`: `limit` hits after the best `first`.

    The first search of a site builds its index, later ones update it. Any text is a valid query:
    the notes of the answer say what could not be read. A date or a quotation that leaves nothing is
    read as words, and a note says so; «yesterday» is told from `today`.
    """
    last = first + limit
    with _results(site, asked, library, today, last, is_lenient=True) as (results, found, notes):
        words = matched_words(found, results.searcher.reader())
        hits = [_hit(one["shown"], one.score, words, library) for one in results[first:last]]
        hits.sort(key=lambda hit: (-hit.score, hit.path))
        return Answer(tuple(hits), len(results), notes)


def matching(
    site: Path, asked: str, *, library: Library, today: date | None = None
) -> tuple[str, ...]:
    """Return the paths, sorted, of all articles that `asked` finds, exactly as it is written.

    Raises WarraqError (exit code 2) with what of it cannot be read: what is changed by a query must
    not be more than what was meant.
    """
    with _results(site, asked, library, today) as (results, _, notes):
        unread = [replace(note, severity="error") for note in notes if note.code != UNREAD]
        if unread:
            raise WarraqError(unread, exit_code=2)
        at = SHOWN.index("path")
        return tuple(sorted(one["shown"][at] for one in results))


@contextmanager
def _results(  # noqa: PLR0913 - a search, and how much of it
    site: Path,
    asked: str,
    library: Library,
    today: date | None,
    limit: int | None = None,
    *,
    is_lenient: bool = False,
) -> Iterator[tuple[Results, Query, tuple[Problem, ...]]]:
    """Yield what `asked` finds, as it was read, with notes; the index is open until the end.

    Only where `is_lenient` are filters that leave nothing read as words.
    """
    plain = plain_text(asked)
    with up_to_date(site, library) as (index, manifest), index.searcher() as searcher:
        expander = QueryExpander(searcher.reader(), manifest.words, library.synonyms)
        reader = _Reader(plain, today, index.schema, expander)
        found, notes = reader.read()
        results = searcher.search(found, limit=limit)
        if is_lenient and not len(results) and (empty := reader.empty_filters(searcher)):
            found, notes = reader.read(empty)
            results = searcher.search(found, limit=limit)
        broken = sum(not stamp.digest for stamp in manifest.files.values())
        if broken:
            notes += (warning(UNREAD, count=broken),)
        yield results, found, notes


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
