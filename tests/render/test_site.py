"""The whole sample site, judged as a crawler would: links, titles, safety, rights, order."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import unquote

import msgspec
import pytest
from tests.render import samples
from tests.render.built import Read, built, pages, site, target

from warraq.render.site_pages import plan, render

SECRETS = ("سرٌّ لا يُنشر", "تفاصيل لا تُعرض هنا. ثم ينتقل إلى تفاصيل لا تُعرض هنا. " * 4, "نص محذوف")
LEAN = {
    "outputs_article_json": False,
    "outputs_citations": False,
    "outputs_csv": False,
    "outputs_json_feeds": False,
    "outputs_shelf_feeds": "none",
}
NOT_LINKED = re.compile(r"404\.html|2025/10/raseef\.html|قديم/.*|stories/quay-old/.*")


@pytest.mark.parametrize("outputs", [{}, LEAN, {"outputs_shelf_feeds": "full"}])
def test_every_link_leads_to_a_file_and_every_fragment_to_an_id(outputs: dict[str, Any]) -> None:
    files = built(msgspec.structs.replace(samples.CONFIG, **outputs)) if outputs else site()
    scripts = {f"search/{name}.js" for name in ("search", "ranking", "analysis", "format")}
    everything = {*files, *scripts}  # the engine comes from the search stage
    read = {
        path: Read(content.decode())
        for path, content in files.items()
        if path.endswith((".html", ".htm"))
    }
    dead = [
        (path, link)
        for path, page in read.items()
        for link in page.links()
        if (to := target(path, unquote(link))) is not None
        and (
            to not in everything or (("#" in link) and link.partition("#")[2] not in read[to].ids())
        )
    ]

    assert dead == []


@pytest.mark.parametrize(
    ("key", "off"),
    [
        ("outputs_article_json", r"n/\w+/article\.json"),
        ("outputs_citations", r"(?!)"),
        ("outputs_csv", r"data/.+\.csv"),
        ("outputs_json_feeds", r"(.+/)?feed\.json"),
        ("outputs_shelf_feeds", r"(outlets|topics|people|stories)/.+/feed\.(xml|json)"),
    ],
)
def test_what_is_switched_off_is_not_made_and_the_rest_is(key: str, off: str) -> None:
    lean = built(msgspec.structs.replace(samples.CONFIG, **{key: LEAN[key]}))

    assert lean.keys() <= site().keys()
    assert site().keys() - lean.keys() == {path for path in site() if re.fullmatch(off, path)}
    page = lean["n/a0000000000000b1/index.html"].decode()
    assert 'class="citation"' in page
    assert ("@article" in page) == (key != "outputs_citations")
    assert (b"n/*.json" in lean["_headers"]) == (key != "outputs_article_json")


def test_an_id_in_structured_data_names_one_thing() -> None:
    kinds: dict[str, set[str]] = defaultdict(set)
    for html in pages().values():
        for data in re.findall(
            '<script type="application/ld.json">(.*?)</script>', html, re.DOTALL
        ):
            for thing in _things(json.loads(data)):
                if "@id" in thing and "@type" in thing:
                    kinds[str(thing["@id"])].add(str(thing["@type"]))

    assert len(kinds) > 10
    assert {key: types for key, types in kinds.items() if len(types) > 1} == {}


def _things(value: object) -> Iterator[dict[str, object]]:
    """Yield every object in a value of JSON."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from _things(part)


def test_every_page_is_reached_from_home() -> None:
    read = {path: Read(html) for path, html in pages().items()}
    seen, todo = {"index.html"}, ["index.html"]
    while todo:
        path = todo.pop()
        for link in read[path].links():
            to = target(path, unquote(link))
            if to in read and to not in seen:
                seen.add(to)
                todo.append(to)

    assert [p for p in read if p not in seen and not NOT_LINKED.fullmatch(p)] == []


def test_no_two_pages_have_one_title() -> None:
    titles = [Read(html).inside("title") for html in pages().values()]

    assert sorted(set(titles)) == sorted(titles)
    assert all(titles)


@pytest.mark.parametrize("path", sorted(pages()))
def test_every_page_stands_on_its_own(path: str) -> None:
    html = pages()[path]
    page = Read(html)
    attributes = page.attributes("html")[0]
    metas = {m.get("http-equiv"): m.get("content", "") for m in page.attributes("meta")}

    assert (attributes["lang"], attributes["dir"]) == ("ar", "rtl")
    assert "default-src 'none'" in metas["Content-Security-Policy"]
    assert len(page.attributes("h1")) == 1
    assert [f for _, f in page.elements if "style" in f or any(k.startswith("on") for k in f)] == []
    assert "<style" not in html
    scripts = page.attributes("script")
    assert [s for s in scripts if "src" not in s and s.get("type") != "application/ld+json"] == []
    assert len([f for _, f in page.elements if "id" in f]) == len(page.ids())
    assert page.elements.index(("a", {"class": "skip", "href": "#content"})) > 0


@pytest.mark.parametrize("secret", SECRETS)
def test_what_rights_withhold_stands_in_no_file(secret: str) -> None:
    assert [path for path, content in site().items() if secret.encode() in content] == []


def test_a_hostile_headline_stays_text() -> None:
    html = pages()["n/e0000000000000f5/index.html"]
    structured = re.search(r'ld\+json">(.*?)</script>', html, re.DOTALL)

    assert "alert(1)" in unescape(html)
    assert "<script>alert" not in html
    assert structured is not None
    assert "<!--" not in structured[1]
    assert json.loads(structured[1])["@graph"][0]["headline"].startswith("</script>")


def test_what_may_not_be_indexed_says_so_and_is_in_no_sitemap() -> None:
    hidden = "n/e0000000000000f3/"

    assert '<meta name="robots" content="noindex">' in pages()[f"{hidden}index.html"]
    assert [p for p, c in site().items() if "sitemap" in p and hidden.encode() in c] == []


def test_the_plan_has_no_address_twice_and_small_pages() -> None:
    planned = list(plan(samples.context()))

    assert len({page.url for page in planned}) == len(planned)
    assert max(len(msgspec.msgpack.encode(page)) for page in planned) < 300


def test_a_view_survives_its_encoding() -> None:
    context, theme = samples.context(), samples.theme()
    for page in plan(context):
        view = page.view(context)
        again = msgspec.msgpack.decode(msgspec.msgpack.encode(view), type=type(view))

        assert render(again, theme) == render(view, theme)


@pytest.mark.slow
def test_the_same_content_gives_the_same_bytes() -> None:
    again = {
        page.url: render(page.view(samples.context()), samples.theme())
        for page in plan(samples.context())
    }

    assert again["/"] == site()["index.html"]
    assert again["/stories/quay/"] == site()["stories/quay/index.html"]
