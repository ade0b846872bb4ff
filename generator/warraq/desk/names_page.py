"""The archive's names at /-/names: found by any spelling, likely doubles, and files made anew."""

from collections import Counter
from collections.abc import Mapping
from typing import Literal, NamedTuple, get_args
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from warraq.base.arabic import fold, fold_name
from warraq.base.collation import sort_key
from warraq.base.controls import without_controls
from warraq.base.problems import Problem, WarraqError, error, message
from warraq.build.shelf_sizes import ShelfSizes, shelf_sizes
from warraq.content.store import load_authorities
from warraq.desk.file_form import NOTHING
from warraq.desk.notices import led_to, notice_of
from warraq.desk.page_templates import page, said
from warraq.desk.site_desk import Desk, decide
from warraq.desk.whole_numbers import whole_number
from warraq.editing import authority_surgery
from warraq.editing.change_set import ChangeSet
from warraq.editing.likely_doubles import LikelyDouble, likely_doubles
from warraq.model import AUTHORITY_KINDS, Authority, AuthorityKind, Story, Subject
from warraq.preview.access import Access
from warraq.preview.desk_pages import DeskPage, Form

NAMES = "/-/names"
Which = Literal["all", "doubles", "idle", "unlinked"]
_TYPED = ("kind", "name", "key")
_A_PAGE = 50
_MOST_ALIASES = 6  # spellings shown of a file


class NameRow(NamedTuple):
    """A file in the list; `articles` is None while nobody has counted them."""

    file: Authority
    articles: int | None
    role: str


class NamesAsked(NamedTuple):
    """What the address of the list asks for."""

    kind: AuthorityKind
    which: Which
    query: str
    page: int

    @classmethod
    def of(cls, params: Mapping[str, str]) -> "NamesAsked":
        """Return what the parameters of an address ask for; what they cannot, is the default."""
        usual: tuple[AuthorityKind, Which] = ("people", "all")
        kind = next((one for one in AUTHORITY_KINDS if one == params.get("kind")), usual[0])
        whiches: tuple[Which, ...] = get_args(Which)
        which = next((one for one in whiches if one == params.get("show")), usual[1])
        number = whole_number(params.get("page", "")) or 1
        return cls(kind, which, params.get("q", "")[:200], number)

    def address(self, **other: object) -> str:
        """Return the address of the list, with `other` parameters in place of its own."""
        own = {"kind": self.kind, "show": self.which, "q": self.query, "page": self.page}
        usual = {"show": "all", "q": "", "page": 1}
        rest = {k: v for k, v in (own | other).items() if v != usual.get(k)}
        return f"{NAMES}?{urlencode(rest)}"


def pages(desk: Desk) -> tuple[DeskPage, ...]:
    """Return the list's page, whose form makes a file."""

    async def show(request: Request, access: Access) -> Response:
        return await run_in_threadpool(_shown, desk, access, request)

    async def save(request: Request, access: Access, form: Form) -> Response:
        return await run_in_threadpool(_made, desk, access, request, dict(form))

    return (DeskPage(NAMES, show, save),)


def _shown(desk: Desk, access: Access, request: Request) -> Response:
    return _page(desk, access, request)


def _made(desk: Desk, access: Access, request: Request, form: dict[str, str]) -> Response:
    """Make the file that the form asks for, and lead to its own form."""
    typed = {part: " ".join(without_controls(form.get(part, "")).split()) for part in _TYPED}
    kind = next((one for one in AUTHORITY_KINDS if one == typed["kind"]), None)

    def plan() -> ChangeSet:
        key, name = typed["key"], typed["name"]
        if not kind:
            raise WarraqError([error("key-invalid", "", key=key)])
        authorities, _ = load_authorities(desk.site)
        path = f"content/{kind}/{key}.md"
        subject = message("say-commit-file", desk.history, name=name, path=path)
        return authority_surgery.made(desk.site, authorities, kind, key, name, subject)

    decided = decide(desk, form, plan)
    if decided.failed:
        return _page(desk, access, request, typed, decided.problems)
    return led_to(f"{NAMES}/{kind}/{typed['key']}", decided)


def _page(
    desk: Desk,
    access: Access,
    request: Request,
    typed: Mapping[str, str] = NOTHING,
    problems: tuple[Problem, ...] = (),
) -> Response:
    asked = NamesAsked.of(request.query_params)
    if typed.get("kind") in AUTHORITY_KINDS:
        asked = NamesAsked.of({"kind": typed["kind"]})
    authorities, broken = load_authorities(desk.site)
    files = [file for file in authorities if file.kind == asked.kind]
    sizes = shelf_sizes(desk.site, desk.built)
    doubles = likely_doubles(files)
    found = _found(files, asked, sizes)
    number = min(asked.page, max(1, -(-len(found) // _A_PAGE)))
    first = (number - 1) * _A_PAGE
    html = page(
        "names.html",
        desk,
        access,
        here=NAMES,
        asked=asked,
        kinds=AUTHORITY_KINDS,
        counts=Counter(file.kind for file in authorities),
        whiches=_choices(asked.kind),
        totals=_totals(files, asked, sizes, doubles),
        doubles=_paired(doubles, asked) if asked.which == "doubles" else (),
        rows=[_row(file, sizes) for file in found[first : first + _A_PAGE]],
        most_aliases=_MOST_ALIASES,
        total=len(found),
        number=number,
        last=max(1, -(-len(found) // _A_PAGE)),
        typed=typed,
        broken=[(p.path, said(p, desk.language)) for p in broken if p.severity == "error"],
        messages=[("", said(one, desk.language)) for one in problems],
        done=notice_of(desk, request),
    )
    return HTMLResponse(html, 422 if problems else 200)


def _choices(kind: AuthorityKind) -> tuple[Which, ...]:
    if kind == "pages":
        return ("all",)
    return (
        ("all", "doubles", "idle") if kind == "stories" else ("all", "doubles", "idle", "unlinked")
    )


def _found(files: list[Authority], asked: NamesAsked, sizes: ShelfSizes | None) -> list[Authority]:
    """Return the files that are asked for, by name."""
    kept = (file for file in files if _is_kept(file, asked.which, sizes))
    return sorted(
        (file for file in kept if _is_named(file, asked.query)),
        key=lambda file: (sort_key(file.name), file.key),
    )


def _is_named(file: Authority, query: str) -> bool:
    """Whether a file has the words in its name or in another spelling, or all of it in a key."""
    words = [folded for word in query.split() if (folded := fold(word))]
    names = map(fold_name, (file.name, *file.aliases))
    if words and any(all(word in name for word in words) for name in names):
        return True
    return any(query.strip().lower() in key for key in (file.key, *file.formerly))


def _is_kept(file: Authority, which: Which, sizes: ShelfSizes | None) -> bool:
    if which == "idle":
        return _articles(file, sizes) == 0
    if which == "unlinked":
        return isinstance(file, Subject) and not file.wikidata
    return which == "all"


def _totals(
    files: list[Authority],
    asked: NamesAsked,
    sizes: ShelfSizes | None,
    doubles: tuple[LikelyDouble, ...],
) -> dict[Which, int]:
    kept = {
        which: sum(_is_kept(file, which, sizes) for file in files) for which in _choices(asked.kind)
    }
    return kept | {"doubles": len(doubles)}


def _paired(doubles: tuple[LikelyDouble, ...], asked: NamesAsked) -> list[LikelyDouble]:
    """Return the pairs of which one file is asked for."""
    query = asked.query
    return [
        pair for pair in doubles if _is_named(pair.first, query) or _is_named(pair.second, query)
    ][: 4 * _A_PAGE]


def _articles(file: Authority, sizes: ShelfSizes | None) -> int | None:
    if isinstance(file, Story):
        return len(file.articles)
    return None if sizes is None else sizes.get((file.kind, file.key), 0)


def _row(file: Authority, sizes: ShelfSizes | None) -> NameRow:
    role = file.role if isinstance(file, Subject) else ""
    return NameRow(file, _articles(file, sizes), role or file.description)
