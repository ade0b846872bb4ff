"""One search from end to end: update the index, read the query, return hits with excerpts."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from msgspec.structs import replace
from whoosh import query
from whoosh.query import Query
from whoosh.searching import Searcher

from warraq.base.problems import Problem, WarraqError, warning
from warraq.search.editors import UNREAD, Answer, Hit, Library
from warraq.search.editors.editor_index import up_to_date
from warraq.search.editors.excerpt import excerpt
from warraq.search.editors.proximity_query import RaisedQuery
from warraq.search.editors.queries import QueryExpander, matched_words, parsed, plain_text
from warraq.search.editors.schema import SHOWN
from warraq.search.editors.typed_queries import rewritten

_FIRST = 1e6  # raises what has all words above everything else
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

    Articles that have all words come first. The first search of a site builds its index, later ones
    update it. Any text is a valid query: the notes of the answer say what could not be read. A date
    or a quotation that leaves nothing is read as words, and a note says so; «yesterday» is told
    from `today`.
    """
    last = first + limit
    with _opened(site, asked, library, today) as reader:
        literal: tuple[str, ...] = ()
        found, notes = reader.read()
        if not reader.finds(found) and (literal := reader.empty_filters()):
            found, notes = reader.read(literal)
        all_words, _ = reader.read(literal, asks_all=True)
        whole = frozenset(reader.searcher.docs_for_query(all_words))
        ordered = RaisedQuery(found, [all_words], by=_FIRST)
        results = reader.searcher.search(ordered, limit=last)
        words = matched_words(found, reader.searcher.reader())
        hits = [
            _hit(one["shown"], one.score / (_FIRST if one.docnum in whole else 1), words, library)
            for one in results[first:last]
        ]
        return Answer(tuple(hits), len(whole), len(results) - len(whole), (*notes, *reader.unread))


def matching(
    site: Path, asked: str, *, library: Library, today: date | None = None
) -> tuple[str, ...]:
    """Return the paths, sorted, of all articles that `asked` finds, exactly as it is written.

    Raises WarraqError (exit code 2) with what of it cannot be read: what is changed by a query must
    not be more than what was meant.
    """
    with _opened(site, asked, library, today) as reader:
        found, notes = reader.read(asks_all=True)
        if notes:
            unread = [replace(note, severity="error") for note in notes]
            raise WarraqError(unread, exit_code=2)
        at, searcher = SHOWN.index("path"), reader.searcher
        shown = (searcher.stored_fields(one)["shown"] for one in searcher.docs_for_query(found))
        return tuple(sorted(one[at] for one in shown))


@contextmanager
def _opened(site: Path, asked: str, library: Library, today: date | None) -> Iterator["_Reader"]:
    """Yield what reads and answers `asked`; the index is open until the end."""
    plain = plain_text(asked)
    with up_to_date(site, library) as (index, manifest), index.searcher() as searcher:
        broken = sum(not stamp.digest for stamp in manifest.files.values())
        unread = (warning(UNREAD, count=broken),) if broken else ()
        yield _Reader(plain, today, searcher, manifest.words, library.synonyms, unread)


class _Reader:
    """Reads one query as often as need be, with other parts of it as words.

    `unread` is the note on files that the index could not read.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - an index and a query
        self,
        plain: str,
        today: date | None,
        searcher: Searcher,
        words: Mapping[str, list[str]],
        synonyms: Iterable[Sequence[str]],
        unread: tuple[Problem, ...],
    ) -> None:
        self.plain = plain
        self.today = today
        self.searcher = searcher
        self.unread = unread
        self._expander = {
            asks_all: QueryExpander(searcher.reader(), words, synonyms, asks_all=asks_all)
            for asks_all in (False, True)
        }

    def read(
        self, literal: Collection[str] = (), *, asks_all: bool = False
    ) -> tuple[Query, tuple[Problem, ...]]:
        """Return the query in all forms of its words, and notes on it; `literal` are words.

        With `asks_all` it finds only what has all words.
        """
        asked = rewritten(self.plain, self.today, literal)
        found, notes = self._expanded(asked.text, asks_all)
        required = [self._expanded(text, asks_all)[0] for text in asked.required]
        raising = [self._expanded(text, asks_all)[0] for text in asked.raising]
        if required:
            found = query.And([found, *required])
        if raising:
            found = RaisedQuery(found, raising, by=RAISED)
        return found, (*asked.notes, *notes, *map(_emptied, literal))

    def empty_filters(self) -> tuple[str, ...]:
        """Return the dates and quotations that leave nothing, each by itself or else together."""
        filters = rewritten(self.plain, self.today).filters
        alone = tuple(one for one in filters if not self._finds({*filters} - {one}))
        return alone if alone and self._finds(alone) else filters

    def finds(self, found: Query) -> bool:
        """Whether there is any article that `found` finds."""
        return len(self.searcher.search(found, limit=1)) > 0

    def _finds(self, literal: Collection[str]) -> bool:
        return self.finds(self.read(literal)[0])

    def _expanded(self, text: str, asks_all: bool) -> tuple[Query, tuple[Problem, ...]]:
        found, notes = parsed(text, self.searcher.schema)
        return self._expander[asks_all].expanded(found), notes


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
