"""The form of an authority file at /-/names/<kind>/<key>, and what can be done with the file."""

from collections.abc import Mapping
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from warraq.base.problems import Problem, WarraqError, error, listed
from warraq.base.urls import is_key
from warraq.build.shelf_sizes import shelf_sizes
from warraq.commands.editor_search import search
from warraq.content import store
from warraq.desk.authority_form import AUTHORITY_FORMS
from warraq.desk.file_form import (
    Lost,
    OpenForm,
    form_page,
    lost_page,
    opened,
    sent,
    written,
)
from warraq.desk.form_fields import numbers
from warraq.desk.names_page import NAMES
from warraq.desk.notices import notice_of
from warraq.desk.site_desk import Desk, introduce
from warraq.editing.named_files import NamedFiles
from warraq.editing.wikidata_extract import kept_entities
from warraq.editing.wikidata_names import KnownEntity, additions, namesakes
from warraq.model import AUTHORITY_KINDS, Authority, AuthorityKind, Story, Subject
from warraq.preview.access import Access
from warraq.preview.desk_pages import DeskPage, Form
from warraq.search.editors import Hit

_HITS = 20  # articles found for a story


def pages(desk: Desk) -> tuple[DeskPage, ...]:
    """Return the form's page."""

    async def show(request: Request, access: Access) -> Response:
        return await run_in_threadpool(_shown, desk, access, request)

    async def save(request: Request, access: Access, form: Form) -> Response:
        return await run_in_threadpool(_saved, desk, access, request, dict(form))

    return (DeskPage(f"{NAMES}/{{kind}}/{{key}}", show, save),)


def asked_for(request: Request) -> tuple[AuthorityKind, str] | None:
    """Return kind and key in the path of a page of the names, None if they are none."""
    kind = next((one for one in AUTHORITY_KINDS if one == request.path_params["kind"]), None)
    key = request.path_params["key"]
    return (kind, key) if kind and is_key(key) else None


def unknown(desk: Desk, access: Access, request: Request) -> Response:
    """Return the page that says that there is no such file."""
    name = f"{request.path_params['kind']}/{request.path_params['key']}"
    problem = error("surgery-unknown", value=name[:100], want=listed(AUTHORITY_KINDS))
    return lost_page(desk, access, Lost((problem,)))


def _shown(desk: Desk, access: Access, request: Request) -> Response:
    asked = asked_for(request)
    if not asked:
        return unknown(desk, access, request)
    kind, key = asked
    state = opened(desk, AUTHORITY_FORMS[kind], f"content/{kind}/{key}.md")
    if isinstance(state, Lost) and not state.problems:
        authorities, _ = store.load_authorities(desk.site)
        file = NamedFiles(authorities).find(kind, key)
        if file and file.key != key:  # a former key
            return RedirectResponse(f"{NAMES}/{kind}/{file.key}", 303)
        if done := request.query_params.get("done"):  # what made the file was taken back
            return RedirectResponse(f"{NAMES}?{urlencode({'kind': kind, 'done': done})}", 303)
        return unknown(desk, access, request)
    return _page(desk, access, request, state)


def _saved(desk: Desk, access: Access, request: Request, form: dict[str, str]) -> Response:
    asked = asked_for(request)
    if not asked:
        return unknown(desk, access, request)
    kind, key = asked
    table = AUTHORITY_FORMS[kind]
    state = sent(desk, table, f"content/{kind}/{key}.md", form)
    if isinstance(state, OpenForm) and form.get("action") != "find":
        try:
            introduce(desk, form)
            state = written(desk, table, state)
        except WarraqError as fault:
            state = state._replace(problems=tuple(fault.problems))
    response = _page(desk, access, request, state)
    response.status_code = state.status
    return response


def _page(desk: Desk, access: Access, request: Request, state: OpenForm | Lost) -> Response:
    file = state.record if isinstance(state, OpenForm) else None
    if isinstance(state, Lost) or not isinstance(file, Authority):
        return lost_page(desk, access, state if isinstance(state, Lost) else Lost())
    words = state.asked.get("find.q", "")
    notes = _headlines(desk, state.values) if isinstance(file, Story) else {}
    found, told = _found(desk, words) if isinstance(file, Story) else ((), ())
    sizes = shelf_sizes(desk.site, desk.built)
    kept = kept_entities(desk.site)
    return form_page(
        "name.html",
        desk,
        access,
        AUTHORITY_FORMS[file.kind],
        state._replace(problems=(*state.problems, *told)),
        address=f"{NAMES}/{file.kind}/{file.key}",
        file=file,
        notes=notes,
        words=words,
        hits=[hit for hit in found if hit.id not in state.values.values()],
        first_free=max(numbers(state.values, "articles")) + 1,
        entity=kept.get(file.wikidata) if isinstance(file, Subject) else None,
        spellings=_spellings(state, kept, file),
        next_alias=max(numbers(state.values, "aliases")) + 1,
        offered={"wikidata": namesakes(state.authorities, kept.values()).get(file.path, ())},
        articles=None if sizes is None else sizes.get((file.kind, file.key), 0),
        done=notice_of(desk, request),
    )


def _spellings(
    state: OpenForm, kept: Mapping[str, KnownEntity], file: Authority
) -> tuple[str, ...]:
    """Return the spellings that Wikidata has of a file, and neither the file nor its form."""
    if not isinstance(file, Subject) or file.wikidata not in kept:
        return ()
    others = (one for one in state.authorities if one.path != file.path)  # it was just written
    found, _ = additions([*others, file], {file.wikidata: kept[file.wikidata]})
    new = next((one.spellings for one in found if one.file.path == file.path), ())
    return tuple(name for name in new if name not in state.values.values())


def _found(desk: Desk, query: str) -> tuple[tuple[Hit, ...], tuple[Problem, ...]]:
    """Return the articles that the editors' search finds for a story, and what is to be said."""
    if not query.strip():
        return (), ()
    try:
        answer = search(desk.site, query, limit=_HITS)
    except WarraqError as fault:
        return (), tuple(fault.problems)
    return tuple(answer.hits), tuple(answer.notes)


def _headlines(desk: Desk, values: Mapping[str, str]) -> dict[str, str]:
    """Return the headlines of the articles whose ids are among `values`."""
    ids = {value for name, value in values.items() if name.startswith("articles.")}
    content = store.load_about(desk.site, ids)
    return {one.id: one.title for one in content.articles if one.id in ids}
