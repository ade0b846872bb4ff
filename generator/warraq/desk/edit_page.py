"""The form of an article at /-/edit/<id>, in which files for new names can be made, too."""

from collections.abc import Iterator

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from warraq.base.controls import without_controls
from warraq.base.files import is_regular
from warraq.base.problems import WarraqError, error, message
from warraq.content import receipts
from warraq.content.store import load_authorities
from warraq.desk.article_form import ARTICLE_FORM
from warraq.desk.file_form import (
    NOTHING,
    Lost,
    OpenForm,
    form_page,
    lost_page,
    opened,
    sent,
    under,
    written,
)
from warraq.desk.form_fields import BODY
from warraq.desk.media_page import COMPLETED, newest_pictures
from warraq.desk.page_templates import words
from warraq.desk.site_desk import Desk, introduce
from warraq.editing import authority_surgery
from warraq.editing.article_files import article_file
from warraq.editing.writing import write
from warraq.model import Article, AuthorityKind
from warraq.preview.access import Access
from warraq.preview.desk_pages import DeskPage, Form
from warraq.prose.markdown import html_of

_MADE: tuple[AuthorityKind, ...] = (
    "topics", "people", "places", "organizations", "authors", "outlets",
)  # fmt: skip


def pages(desk: Desk) -> tuple[DeskPage, ...]:
    """Return the form's pages."""

    async def show(request: Request, access: Access) -> Response:
        return await run_in_threadpool(_shown, desk, access, request.path_params["id"])

    async def save(request: Request, access: Access, form: Form) -> Response:
        return await run_in_threadpool(_saved, desk, access, request.path_params["id"], dict(form))

    async def preview(_request: Request, _access: Access, form: Form) -> Response:
        text = dict(form).get(BODY, "").replace("\r\n", "\n")
        html = await run_in_threadpool(html_of, text)
        return HTMLResponse(html.replace('="/media/', f'="{desk.base_path}media/'))

    return (DeskPage("/-/edit/{id}", show, save), DeskPage("/-/preview", None, preview))


def _shown(desk: Desk, access: Access, article_id: str) -> Response:
    state = opened(desk, ARTICLE_FORM, article_file(desk.site, article_id))
    return _page(desk, access, article_id, state)


def _saved(desk: Desk, access: Access, article_id: str, form: dict[str, str]) -> Response:
    state = sent(desk, ARTICLE_FORM, article_file(desk.site, article_id), form)
    if isinstance(state, OpenForm):
        try:
            introduce(desk, form)
            is_made = form.get("action") == "make"
            state = _with_made(desk, state) if is_made else written(desk, ARTICLE_FORM, state)
        except WarraqError as fault:
            state = state._replace(problems=tuple(fault.problems))
    response = _page(desk, access, article_id, state)
    response.status_code = state.status
    return response


def _with_made(desk: Desk, state: OpenForm) -> OpenForm:
    """Make the file that the form asks for; what else it holds is not written."""
    asked = under(state.asked, "make")
    made = {part: " ".join(without_controls(value).split()) for part, value in asked.items()}
    kind = next((one for one in _MADE if one == made.get("kind")), None)
    key, name = made.get("key", ""), made.get("name", "")
    if not kind:
        raise WarraqError([error("key-invalid", "", key=key)])
    path = f"content/{kind}/{key}.md"
    subject = message("say-commit-file", desk.history, name=name, path=path)
    planned = authority_surgery.made(desk.site, state.authorities, kind, key, name, subject)
    done = write(desk.site, planned)
    told = words(desk.language)["made"].format(path=path)
    authorities, _ = load_authorities(desk.site)
    return state._replace(
        authorities=authorities, saved=told, problems=done.problems, asked=NOTHING
    )


def _evidence(article: Article) -> Iterator[str]:
    yield from article.date_info.candidates
    yield from (f"«{one.text}»" for one in article.date_info.evidence)


def _page(desk: Desk, access: Access, article_id: str, state: OpenForm | Lost) -> Response:
    if isinstance(state, Lost):
        return lost_page(desk, access, state)
    record = state.record
    return form_page(
        "edit.html",
        desk,
        access,
        ARTICLE_FORM,
        state,
        id=article_id,
        imported=is_regular(desk.site / receipts.path_of(article_id)),
        address=f"/-/edit/{article_id}",
        evidence=tuple(_evidence(record)) if isinstance(record, Article) else (),
        make=under(state.asked, "make"),
        kinds=_MADE,
        pictures=newest_pictures(desk.site)[:COMPLETED],
    )
