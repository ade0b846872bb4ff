"""The sample site as files, and its pages as read by a parser that knows nothing of templates."""

from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import PurePosixPath

from tests.render import samples

from warraq.base.config import SiteConfig
from warraq.render.context import RenderContext
from warraq.render.site_pages import files


@cache
def site() -> dict[str, bytes]:
    """Return path → content of the whole sample site."""
    return built(samples.CONFIG)


def built(config: SiteConfig) -> dict[str, bytes]:
    """Return the sample site under other settings; a path made twice is a fault."""
    return built_of(samples.context(config), config)


def built_of(context: RenderContext, config: SiteConfig = samples.CONFIG) -> dict[str, bytes]:
    """Return a site of other articles."""
    found: dict[str, bytes] = {}
    for file in files(context, samples.theme(config)):
        assert file.path not in found
        found[file.path] = file.content
    return found


def pages() -> dict[str, str]:
    """Return the HTML pages of the sample site."""
    return {
        path: content.decode()
        for path, content in site().items()
        if path.endswith((".html", ".htm"))
    }


class Read(HTMLParser):
    """What a page holds: links, ids, the title, elements as (tag, attributes), its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[tuple[str, str]] = []
        self._open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in {"meta", "link", "img", "input", "br", "hr"}:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        self.texts.append((self._open[-1] if self._open else "", data))

    def inside(self, tag: str) -> str:
        return "".join(text for where, text in self.texts if where == tag)

    def attributes(self, tag: str) -> list[dict[str, str]]:
        return [found for name, found in self.elements if name == tag]

    def links(self) -> Iterator[str]:
        for _, found in self.elements:
            for name in ("href", "src", "action"):
                if name in found:
                    yield found[name]

    def ids(self) -> set[str]:
        return {found["id"] for _, found in self.elements if "id" in found}


def target(path: str, link: str, *, base: str = "/daftar/") -> str | None:
    """Return the file a relative `link` on the page `path` leads to; None if it leaves the site."""
    bare = link.partition("#")[0].partition("?")[0]
    if not bare:  # a fragment of the page, or the page asked otherwise
        return path
    if "://" in bare or bare.startswith("mailto:"):
        return None
    if bare.startswith("/"):
        assert bare.startswith(base), link
        parts = PurePosixPath(bare.removeprefix(base) or ".").parts
    else:
        parts = (PurePosixPath(path).parent / bare).parts
    found: list[str] = []
    for part in parts:
        if part == "..":
            found.pop()  # IndexError: the link leaves the site
        elif part != ".":
            found.append(part)
    joined = "/".join(found)
    if bare.endswith("/") or not joined:
        return f"{joined}/index.html".removeprefix("/")
    return joined
