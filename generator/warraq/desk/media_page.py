"""The archive's pictures at /-/media: sent from here, shown with the pages that use them, removed.

The forms of articles and of the archive's face send pictures here too, and get JSON.
"""

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
)

from warraq.base.config import SiteConfig, parse
from warraq.base.problems import Problem, error
from warraq.build.picture_uses import PictureUse, picture_uses, pictures_used
from warraq.content import store
from warraq.content.picture_size import Size, pixels
from warraq.desk.notices import led_to, notice_of
from warraq.desk.page_templates import page, said
from warraq.desk.site_desk import Desk, decide
from warraq.desk.whole_numbers import whole_number
from warraq.editing.change_set import ChangeSet
from warraq.editing.media_edits import MEDIA, AddedPicture, added, removed
from warraq.preview.access import Access
from warraq.preview.desk_pages import DeskPage, Form, SentFile

ADDRESS = "/-/media"
COMPLETED = 200  # pictures that a form offers; the newest are meant, and a page stays small
_ON_A_PAGE = 48
_TYPES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}


class _Shown(NamedTuple):
    """A picture as the page shows it; `settings` are those of site.yaml that name it."""

    path: str
    address: str
    size: Size
    kilobytes: int
    uses: tuple[PictureUse, ...]
    settings: tuple[str, ...]


def pages(desk: Desk) -> tuple[DeskPage, ...]:
    """Return the pages of the archive's pictures."""

    async def show(request: Request, access: Access) -> Response:
        return await run_in_threadpool(_page, desk, access, request, ())

    async def save(request: Request, access: Access, form: Form) -> Response:
        return await run_in_threadpool(_removed, desk, access, request, dict(form))

    async def take(
        request: Request, access: Access, form: Form, files: tuple[SentFile, ...]
    ) -> Response:
        return await run_in_threadpool(_taken, desk, access, request, dict(form), files)

    async def file(request: Request, _access: Access) -> Response:
        return await run_in_threadpool(_file, desk, request.path_params["path"])

    return (
        DeskPage(ADDRESS, show, save, take),
        DeskPage(f"{ADDRESS}/file/{{path:path}}", file),
    )


def newest_pictures(site: Path) -> list[str]:
    """Return the paths below content/media, the newest file first."""

    def age(file: Path) -> int:
        try:
            return -file.stat().st_mtime_ns
        except OSError:
            return 0

    files = sorted(store.media(site), key=lambda file: (age(file), file))
    return [file.relative_to(site / MEDIA).as_posix() for file in files]


def _file(desk: Desk, path: str) -> Response:
    """Return a picture of content/media, published or not."""
    found = store.picture(desk.site, path)
    if found is None:
        return PlainTextResponse("no such picture\n", 404)
    return FileResponse(found, media_type=_TYPES[found.suffix.lower()])


def _taken(
    desk: Desk,
    access: Access,
    request: Request,
    form: dict[str, str],
    files: tuple[SentFile, ...],
) -> Response:
    made: list[AddedPicture] = []

    def plan(file: SentFile) -> ChangeSet:
        made.append(added(desk.site, file.content, file.name, desk.history))
        return made[-1].planned

    # Each is a commit of its own: what is refused of one keeps no other out.
    every = [decide(desk, form, partial(plan, file)) for file in files]
    problems = [problem for decided in every for problem in decided.problems]
    if not files:
        problems.append(error("upload-none"))
    failed = any(problem.severity == "error" for problem in problems)
    if "application/json" in request.headers.get("accept", ""):
        texts = [said(problem, desk.language) for problem in problems]
        path = "" if failed else made[-1].path
        return JSONResponse({"path": path, "problems": texts}, 422 if failed else 200)
    if failed:
        return _page(desk, access, request, problems, 422)
    had_place = any(problem.code == "upload-place" for problem in problems)
    told = {"new": made[-1].path, **({"place": "1"} if had_place else {})}
    return led_to(f"{ADDRESS}?{urlencode(told)}", every[-1])


def _removed(desk: Desk, access: Access, request: Request, form: dict[str, str]) -> Response:
    path = form.get("path", "")
    decided = decide(desk, form, lambda: removed(desk.site, path, desk.history))
    if decided.failed:
        return _page(desk, access, request, decided.problems, 422)
    response: RedirectResponse = led_to(ADDRESS, decided)
    return response


def _page(
    desk: Desk,
    access: Access,
    request: Request,
    problems: Iterable[Problem],
    status: int = 200,
) -> Response:
    every = newest_pictures(desk.site)
    used = pictures_used(desk.site, desk.built)
    config = _config(desk)
    named = {path.removeprefix("media/") for path in config.pictures.values()}
    unused = [path for path in every if path not in named and used is not None and path not in used]
    only_unused = request.query_params.get("unused") == "1"
    listed = unused if only_unused else every
    last = max(-(-len(listed) // _ON_A_PAGE), 1)
    number = min(whole_number(request.query_params.get("page", "")) or 1, last)
    shown = listed[(number - 1) * _ON_A_PAGE : number * _ON_A_PAGE]
    new = request.query_params.get("new", "")
    texts = [("", said(problem, desk.language)) for problem in problems]
    if request.query_params.get("place") == "1":
        texts.append(("", said(error("upload-place"), desk.language)))
    html = page(
        "media.html",
        desk,
        access,
        here=ADDRESS,
        pictures=_shown(desk, config, shown),
        new=next(iter(_shown(desk, config, [new])), None) if new in every else None,
        count=len(every),
        unused=len(unused) if used is not None else None,
        only_unused=only_unused,
        page_number=number,
        last_page=last,
        messages=texts,
        done=notice_of(desk, request),
    )
    return HTMLResponse(html, status)


def _config(desk: Desk) -> SiteConfig:
    try:
        return parse((desk.site / "site.yaml").read_text("utf-8"))[0]
    except (OSError, UnicodeDecodeError):
        return SiteConfig("")


def _shown(desk: Desk, config: SiteConfig, paths: Iterable[str]) -> list[_Shown]:
    paths = list(paths)
    uses = picture_uses(desk.site, desk.built, frozenset(paths))
    found = []
    for path in paths:
        file = desk.site / MEDIA / path
        try:
            kilobytes = -(-file.stat().st_size // 1000)
        except OSError:  # removed since it was listed
            continue
        settings = tuple(k for k, named in config.pictures.items() if named == f"media/{path}")
        address = f"{ADDRESS}/file/{quote(path)}"
        found.append(_Shown(path, address, pixels(file), kilobytes, uses.get(path, ()), settings))
    return found
