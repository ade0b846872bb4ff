"""Many articles edited together at /-/bulk: what is asked for, what would change, and the writing.

The edits are those of `warraq edit`. What is written is what was shown: the form carries a digest
of each change, and where planning again gives another, that is shown and nothing is written.
"""

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from hashlib import sha256
from typing import NamedTuple
from urllib.parse import quote, unquote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from warraq.base.problems import Language, Problem, WarraqError, filled, listed
from warraq.commands.edit import Edited, How, edit
from warraq.content.frontmatter import front_matter
from warraq.content.store import load_authorities
from warraq.desk.chosen_articles import SEARCH, Selection
from warraq.desk.notices import led_to
from warraq.desk.page_templates import page, said, words
from warraq.desk.site_desk import Desk, decide
from warraq.editing.change_set import FileChange
from warraq.editing.field_edits import FIELDS, OPERATIONS, FieldEdit, Operation, kind_of, name_of
from warraq.editing.validation import parsed
from warraq.model import Article
from warraq.preview.access import Access
from warraq.preview.desk_pages import DeskPage, Form

ADDRESS = "/-/bulk"
_SHOWN = 50  # articles whose changes are shown; the others are counted
_NAMED = 5  # articles named in a sentence
_MOST_EDITS = 20
_LEFT = 100  # reasons
_COMPLETED = ("topics", "people", "places", "organizations", "authors", "outlets")
_INPUTS = {"certainty": "status"}  # fields that the form of an article calls otherwise
# What may be set where a field has few values.
_CHOICES: dict[str, tuple[str, ...]] = {
    "certainty": ("exact", "inferred", "conflicting", "unknown"),
    "display": ("full", "excerpt", "none"),
    **dict.fromkeys(("draft", "index", "machines"), ("true", "false")),
}


class _Asked(NamedTuple):
    """Which articles, and the edits as they were typed: «add topic» and a value."""

    chosen: Selection
    typed: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, given: QueryParams) -> "_Asked":
        rows = zip(given.getlist("what"), given.getlist("value"), strict=False)
        typed = tuple((what, value) for what, value in rows if what)
        return cls(Selection.of(given), typed[:_MOST_EDITS])

    @property
    def edits(self) -> list[FieldEdit]:
        """The edits; raises WarraqError for those that no operation knows."""
        made: list[FieldEdit] = []
        problems: list[Problem] = []
        for what, value in self.typed:
            operation, _, field = what.partition(" ")
            known = next((one for one in OPERATIONS if one == operation), OPERATIONS[0])
            asked = field if known == "unset" else f"{field}={value}"
            try:
                made.append(FieldEdit.of(known, asked))
            except WarraqError as unknown:
                problems += unknown.problems
        if problems:
            raise WarraqError(problems)
        return made

    def plan(self, desk: Desk) -> Edited:
        """Return what would change, nothing written; raises WarraqError."""
        return edit(desk.site, self.chosen.which, self.edits, How(dry_run=True))


class _Change(NamedTuple):
    """What the page shows of one article's change: of each field the values, those gone too.

    The sign of a value is "-" where it goes, "+" where it comes, else " ".
    """

    id: str
    title: str
    fields: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]

    @classmethod
    def of(cls, change: FileChange, language: Language) -> "_Change":
        """Return what is shown of `change`."""
        read = (parsed(change.path, side or b"")[0] for side in (change.before, change.after))
        old, new = (one if isinstance(one, Article) else Article("", "") for one in read)
        was, becomes = (front_matter(one) for one in (old, new))
        fields = tuple(
            (_label(key, language), _compared(_texts(was.get(key)), _texts(becomes.get(key))))
            for key in {**becomes, **was}
            if was.get(key) != becomes.get(key)
        )
        return cls(new.id, new.title, fields)


def _label(key: str, language: Language) -> str:
    """Return what the form of an article calls a key, else what an edit does."""
    known = words(language)
    return known[key] if key in known else name_of(key, language) if key in FIELDS["set"] else key


def _compared(was: list[str], becomes: list[str]) -> tuple[tuple[str, str], ...]:
    """Return the values of a field before and after, with their signs.

    >>> _compared(["a", "b"], ["b", "c"])
    (('-', 'a'), (' ', 'b'), ('+', 'c'))
    """
    found: list[tuple[str, str]] = []
    matcher = SequenceMatcher(None, was, becomes, autojunk=False)
    for tag, first, last, start, stop in matcher.get_opcodes():
        if tag == "equal":
            found += [(" ", text) for text in becomes[start:stop]]
        else:
            found += [("-", text) for text in was[first:last]]
            found += [("+", text) for text in becomes[start:stop]]
    return tuple(found)


def _texts(value: object) -> list[str]:
    """Return the texts in a value of front matter, whatever holds them."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return [text for one in value for text in _texts(one)]
    return [] if value in (None, "") else [_plain(value)]


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


class _Shown(NamedTuple):
    """What the page shows of a plan. `left` are the reasons for which `left_out` articles stay."""

    changed: int
    unchanged: int
    left_out: int
    left: tuple[tuple[str, str], ...]
    changes: tuple[_Change, ...]
    more: int
    seen: str

    @classmethod
    def of(cls, planned: Edited, language: Language) -> "_Shown":
        """Return what is shown of `planned`."""
        changes, found = planned.planned.changes, planned.found or 0
        refused = {one.path for one in planned.problems if one.severity == "error"}
        left = tuple((one.path, said(one, language)) for one in planned.problems)
        return cls(
            len(changes),
            max(0, found - len(changes) - len(refused)),
            len(refused),
            left[:_LEFT],
            tuple(_Change.of(one, language) for one in changes[:_SHOWN]),
            max(0, len(changes) - _SHOWN),
            _seen(changes),
        )


def pages(desk: Desk) -> tuple[DeskPage, ...]:
    """Return the page."""

    async def show(request: Request, access: Access) -> Response:
        return await run_in_threadpool(_shown, desk, access, request)

    async def save(_request: Request, access: Access, form: Form) -> Response:
        return await run_in_threadpool(_written, desk, access, form)

    return (DeskPage(ADDRESS, show, save),)


def _shown(desk: Desk, access: Access, request: Request) -> Response:
    asked = _Asked.of(request.query_params)
    if not asked.typed:
        return _page(desk, access, asked)
    try:
        return _page(desk, access, asked, asked.plan(desk))
    except WarraqError as fault:
        return _page(desk, access, asked, problems=fault.problems, status=422)


def _written(desk: Desk, access: Access, form: Form) -> Response:
    asked, fields = _Asked.of(QueryParams(list(form))), dict(form)
    try:
        planned = asked.plan(desk)
    except WarraqError as fault:
        return _page(desk, access, asked, problems=fault.problems, status=422)
    if others := _unlike(fields.get("seen", ""), planned.planned.changes):
        return _page(desk, access, asked, planned, others=others, status=409)
    # What is left out was shown with what is written.
    decided = decide(desk, fields, lambda: planned.planned._replace(problems=()))
    if decided.failed:
        return _page(desk, access, asked, planned, problems=decided.problems, status=409)
    return led_to(f"{SEARCH}?{urlencode({'q': asked.chosen.query})}", decided)


def _seen(changes: Iterable[FileChange]) -> str:
    """Return what a form carries of the changes that it was shown with: a line for each."""
    return "\n".join(f"{digest} {quote(path)}" for path, digest in _digests(changes).items())


def _digests(changes: Iterable[FileChange]) -> dict[str, str]:
    sides = ((path, sha256(before or b""), sha256(after or b"")) for path, before, after in changes)
    return {p: sha256(old.digest() + new.digest()).hexdigest()[:20] for p, old, new in sides}


def _unlike(seen: str, changes: Iterable[FileChange]) -> list[str]:
    """Return the paths whose change is not the one that the form was shown with."""
    rows = (line.partition(" ") for line in seen.splitlines())
    shown = {unquote(path): digest for digest, _, path in rows}
    now = _digests(changes)
    return sorted(path for path in shown.keys() | now if shown.get(path) != now.get(path))


def _page(  # noqa: PLR0913 - all that the page shows
    desk: Desk,
    access: Access,
    asked: _Asked,
    planned: Edited | None = None,
    *,
    problems: Iterable[Problem] = (),
    others: Sequence[str] = (),
    status: int = 200,
) -> Response:
    chosen = asked.chosen
    told = [said(problem, desk.language) for problem in problems]
    if others:
        names = listed((path.rpartition("/")[2] for path in others), _NAMED)
        values = {"count": len(others), "names": names}
        told.append(filled(words(desk.language)["bulk-overtaken"], desk.language, values))
    html = page(
        "bulk.html",
        desk,
        access,
        here=SEARCH,
        chosen=chosen,
        is_empty=not (chosen.ids or chosen.is_all),
        rows=[*asked.typed, ("", "")],
        operations=[(one, _options(one, desk.language)) for one in OPERATIONS],
        known=list(_completions(desk)),
        planned=_Shown.of(planned, desk.language) if planned else None,
        messages=[("", text) for text in told],
    )
    return HTMLResponse(html, status)


def _options(operation: Operation, language: Language) -> list[tuple[str, str, str]]:
    """Return the fields that an operation knows: the option's value, its label, what completes."""
    found = ((field, kind_of(field) or field) for field in FIELDS[operation])
    return [(f"{operation} {field}", name_of(field, language), known) for field, known in found]


def _completions(desk: Desk) -> Iterator[tuple[str, str, str]]:
    """Yield what a value may be: its kind or field, how it is written, what it is called."""
    authorities, _ = load_authorities(desk.site)
    for file in sorted(authorities, key=lambda one: (one.kind, one.key)):
        if file.kind in _COMPLETED:
            yield file.kind, file.key, file.name
    for field, values in _CHOICES.items():
        for value in values:
            yield field, value, words(desk.language).get(f"{_INPUTS.get(field, field)}={value}", "")
