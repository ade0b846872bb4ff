"""All pages of the desk alike: who gets in, which forms write, and how they look to anybody."""

import re
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.browser import axe
from tests.desk.editor import ARTICLE, Editor

from warraq.desk.all_pages import pages
from warraq.desk.site_desk import Desk
from warraq.desk.waiting_list import WaitingList

EVERY = pages(Desk(Path(), "/", "en", "en"), WaitingList())
# One address a path, where something is to be seen; a new page of the desk stands here too.
SHOWN = {
    "/-/": "/-/",
    "/-/queue/{name}": "/-/queue/flags",
    "/-/edit/{id}": f"/-/edit/{ARTICLE}",
    "/-/face": "/-/face",
    "/-/media": "/-/media?new=first.png",
    "/-/names": "/-/names?kind=places",
    "/-/names/{kind}/{key}": "/-/names/stories/ankara-meeting-2025-10-12",
    "/-/names/{kind}/{key}/rename": "/-/names/topics/syria-turkey/rename?to=syria",
    "/-/names/{kind}/{key}/merge": "/-/names/people/yasar-guler/merge?with=hakan-fidan",
    "/-/names/{kind}/{key}/split": "/-/names/topics/syria-turkey/split",
    "/-/search": f"/-/search?q=path:*&id={ARTICLE}",
    "/-/bulk": f"/-/bulk?q=path:*&all=1&what=set+copy_of&value={ARTICLE}&what=add+topic&value=x",
    "/-/table": "/-/table",
    "/-/changes": "/-/changes",
    "/-/changes/of/{commit}": "/-/changes/of/{commit}",
    "/-/changes/now": "/-/changes/now",
    "/-/drafts": "/-/drafts",
    "/-/sharing": "/-/sharing",
    "/-/review": "/-/review",
    "/-/review/{id}": f"/-/review/{ARTICLE}",
    "/-/review/{id}/always": f"/-/review/{ARTICLE}/always?line=26-1-2c681e02",
}
# What is part of a page, or no page.
PARTS = {
    "/-/media/file/{path:path}": "/-/media/file/first.png",
    "/-/desk/{name}": "/-/desk/edit.css",
    "/-/table/{name}": f"/-/table/articles.csv?q=x&id={ARTICLE}",
    "/-/face/preview": "/-/face/preview",
    "/-/face/{name}.css": "/-/face/colours.css",
    "/-/face/faults": "/-/face/faults",
}
ADDRESSES = SHOWN | PARTS
# Pages of the history, which are looked at with something in it.
WITH_HISTORY = ("/-/changes", "/-/drafts", "/-/sharing")


def address(editor: Editor, path: str) -> str:
    """Return an address of a page; one of its own kind where nothing is shown there."""
    found = ADDRESSES.get(path) or re.sub(r"{\w+}", ARTICLE, path)
    return found.replace("{commit}", editor.git("rev-parse", "HEAD"))


@contextmanager
def history(editor: Editor) -> Iterator[None]:
    """Give the archive a draft with a clash, a colleague, a change taken back and one not recorded.

    All of it is gone afterwards.
    """
    main = editor.git("symbolic-ref", "--short", "HEAD")
    editor.git("remote", "add", "origin", str(editor.served.site))
    form = editor.open()
    token = {"form_token": form["form_token"]}
    editor.post("/-/drafts", {**token, "action": "start", "name": "مرمية"})
    editor.post("/-/drafts", {**token, "action": "discard", "draft": "مرمية"})
    editor.post("/-/drafts", {**token, "action": "start", "name": "أخرى"})
    editor.post("/-/drafts", {**token, "action": "leave"})
    editor.save(form | {"description": "ملخص"})
    taken = {**token, "commit": editor.git("rev-parse", "HEAD"), "back": "/-/changes"}
    editor.post("/-/changes", taken)
    editor.save(editor.open() | {"section": "محليات"})
    editor.post("/-/drafts", {**token, "action": "start", "name": "ملف الانتخابات"})
    editor.save(editor.open() | {"section": "عرب"})
    draft = editor.git("symbolic-ref", "--short", "HEAD")
    editor.git("switch", "-q", main)
    editor.save(editor.open() | {"section": "عالم"})
    editor.git("switch", "-q", draft)
    editor.text = editor.text.replace("قصرة", "بصرة")
    try:
        yield
    finally:
        editor.git("remote", "remove", "origin")
        editor.git("switch", "-q", "--force", main)
        editor.git("branch", "-q", "-D", draft, "draft/أخرى")


def test_every_page_that_shows_something_is_looked_at() -> None:
    assert {page.path for page in EVERY if page.show} == ADDRESSES.keys()


@pytest.mark.parametrize("path", [page.path for page in EVERY if page.show])
def test_nobody_sees_a_page_without_the_cookie(editor: Editor, path: str) -> None:
    response, body = editor.served.get(address(editor, path))

    assert response.status == 403
    assert ARTICLE not in body.decode()
    assert editor.get(address(editor, path))[0].status == 200


@pytest.mark.parametrize("path", [page.path for page in EVERY if page.save])
@pytest.mark.parametrize(
    "headers",
    [
        {"Cookie": ""},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Host": "evil.example", "Origin": "http://evil.example"},  # DNS rebinding
        {"Sec-Fetch-Site": "cross-site"},
        {"Content-Type": "text/plain"},
        {"form_token": "x"},
    ],
    ids=lambda headers: " ".join(headers.values()) or "no cookie",
)
def test_no_form_of_others_writes(editor: Editor, path: str, headers: dict[str, str]) -> None:
    before = editor.git("status", "--porcelain"), editor.git("rev-parse", "HEAD")
    token = headers.get("form_token") or editor.open()["form_token"]
    sent = {name: value for name, value in headers.items() if name != "form_token"}

    status, _ = editor.post(address(editor, path), {"form_token": token, "action": "save"}, **sent)

    assert status in {400, 403, 415}
    assert (editor.git("status", "--porcelain"), editor.git("rev-parse", "HEAD")) == before


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", SHOWN)
def test_a_page_can_be_used_by_anybody(
    editor: Editor, chromium: Browser, path: str, width: int, scheme: str
) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda fault: complaints.append(str(fault)))
    root, _, token = editor.served.address.partition("?")
    page.goto(f"{root}-/desk.css?{token}")
    with history(editor) if path.startswith(WITH_HISTORY) else nullcontext():
        page.goto(root.rstrip("/") + address(editor, path))
        reached = _reached(page)
        for summary in page.locator("summary").all():
            summary.click()
        axe.load(page)

        assert reached >= ({"a", "button"} if page.locator("main button").count() else {"a"})
        assert axe.findings(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert [line for line in complaints if "404" not in line] == []
    context.close()


def _reached(page: Page) -> set[str]:
    """Return the kinds of elements that the Tab key comes to, each of them seen when it does."""
    found: set[str] = set()
    for _ in range(200):
        page.keyboard.press("Tab")
        kind, is_seen = page.evaluate(
            "[document.activeElement.localName, document.activeElement.checkVisibility()]"
        )
        if kind == "body":
            break
        assert is_seen
        found.add(kind)
    return found
