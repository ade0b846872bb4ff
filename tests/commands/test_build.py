import functools
import http.server
import json
import re
import threading
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit
from xml.etree import ElementTree as ET

import pytest
from tests.commands.conftest import Run, tree

FURNITURE = ("اترك تعليق", "زر الذهاب إلى الأعلى", "**")
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def public(site: Path, run: Run) -> Path:
    done = run(site, "build")
    assert done.returncode == 0, done.stdout + done.stderr
    return site / "public"


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if "id" in values:
            self.ids.add(values["id"] or "")
        for name in ("href", "src", "action"):
            if (value := values.get(name)) and tag != "base":
                self.found.append(value)


def test_no_page_shows_furniture(public: Path) -> None:
    for page in public.rglob("*.html"):
        path = page.relative_to(public).as_posix()
        if "/history/" not in path and not path.startswith("pages/about/"):
            assert [f for f in FURNITURE if f in page.read_text("utf-8")] == [], path


def test_both_articles_are_published(public: Path) -> None:
    for key in ("19805c34f5b7eaf3", "4d3d081484502be0"):
        assert 'dir="rtl"' in (public / f"n/{key}/index.html").read_text("utf-8")
        record = json.loads((public / f"n/{key}/article.json").read_bytes())
        assert record["date"] == "2025-10-12"


def test_every_internal_link_resolves_and_every_page_is_reached_from_home(public: Path) -> None:
    base = "https://archive.test/"
    pages = {p.relative_to(public).as_posix(): Links() for p in public.rglob("*.html")}
    for path, links in pages.items():
        links.feed((public / path).read_text("utf-8"))

    def file_of(url: str) -> str:
        path = urlsplit(url).path[1:]
        return path + "index.html" if path.endswith("/") or not path else path

    reached, todo = set(), ["index.html"]
    while todo:
        path = todo.pop()
        if path in reached or path not in pages:
            continue
        reached.add(path)
        for link in pages[path].found:
            url, fragment = urldefrag(urljoin(base + path.removesuffix("index.html"), link))
            if url.startswith(base):
                target = file_of(url)
                assert (public / target).is_file(), f"{path} → {link}"
                if fragment and target in pages:
                    assert fragment in pages[target].ids, f"{path} → {link}"
                todo.append(target)

    assert set(pages) - reached - {"404.html"} == set()


def test_feeds_and_sitemap_name_pages_that_exist(public: Path) -> None:
    base = re.search(r"base_url: (\S+)", (public.parent / "site.yaml").read_text("utf-8"))
    assert base

    def exists(url: str) -> bool:
        path = urlsplit(url.removeprefix(base[1])).path
        return (
            public / (path + "index.html" if not path or path.endswith("/") else path)
        ).is_file()

    feed = ET.parse(public / "feed.xml").getroot()  # noqa: S314 - our own output
    links = (e.find(f"{ATOM}link[@rel='alternate']") for e in feed.iter(f"{ATOM}entry"))
    entries = [link.get("href", "") for link in links if link is not None]
    assert len(entries) == 2
    assert [u for u in entries if not exists(u)] == []
    items = json.loads((public / "feed.json").read_bytes())["items"]
    assert {item["url"] for item in items} == set(entries)
    urls = [
        loc.text or ""
        for part in public.glob("sitemap*.xml")
        for loc in ET.parse(part).getroot().iter()  # noqa: S314 - as above
        if loc.tag.endswith("loc")
    ]
    assert len(urls) > 20
    assert [u for u in urls if not exists(u)] == []


class _SubPath(http.server.SimpleHTTPRequestHandler):
    def translate_path(self, path: str) -> str:
        if not path.startswith("/a/b/"):
            return "/nonexistent"
        return super().translate_path(path.removeprefix("/a/b"))

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def served_under(public: Path) -> Iterator[str]:
    handler = functools.partial(_SubPath, directory=str(public))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/a/b/"
        server.shutdown()


def test_links_hold_under_a_sub_path(public: Path, served_under: str) -> None:
    for page in sorted(public.rglob("index.html"))[:40]:
        links = Links()
        links.feed(page.read_text("utf-8"))
        at = served_under + page.relative_to(public).as_posix().removesuffix("index.html")
        inside = [link for link in links.found if not urlsplit(link).scheme]
        assert inside
        assert all(urljoin(at, link).startswith(served_under) for link in inside), page


@pytest.mark.slow
def test_the_same_bytes_on_any_machine(site: Path, run: Run, tmp_path: Path) -> None:
    homes = (
        ("one", {"TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "1"}),
        ("two", {"TZ": "America/Lima", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2"}),
    )
    trees = []
    for name, env in homes:
        done = run(site, "build", "--output", tmp_path / name, **env)
        assert done.returncode == 0
        trees.append(tree(tmp_path / name))

    assert trees[0] == trees[1]


ONE = "content/articles/19/19805c34f5b7eaf3.md"
OTHER = "content/articles/4d/4d3d081484502be0.md"


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (ONE, "date: 2025", "date: 2025-13", "19805c34f5b7eaf3.md:5: error[date-invalid]"),
        (ONE, "title: ", "title: [", "19805c34f5b7eaf3.md:"),
        (ONE, "title: ", 'copy_of: "f00000000000"\ntitle: ', "error[copy-missing]"),
        (OTHER, "4d3d081484502be0", "19805c34f5b7eaf3", "id-twice"),
        ("site.yaml", "name: ", "naem: ", "site.yaml"),
    ],
)
def test_broken_content_is_said_and_public_stays(  # noqa: PLR0917 - a case and its fixtures
    site: Path, public: Path, run: Run, file: str, old: str, new: str, said: str
) -> None:
    before = tree(public)
    path = site / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")

    done = run(site, "build")

    assert done.returncode == (2 if file == "site.yaml" else 1)
    assert said in done.stdout
    assert "→" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    assert tree(public) == before


def test_check_says_the_same_without_building(site: Path, run: Run) -> None:
    (site / "content/articles/zz").mkdir()
    (site / "content/articles/zz/zzzzzz.md").write_text(
        "---\nid: zzzzzz\nsource: x\ntopics: [ماء]\n---\n", "utf-8"
    )

    done = run(site, "check", "--format", "json")

    assert done.returncode == 1
    assert [(p["path"], p["code"]) for p in json.loads(done.stdout)] == [
        ("content/articles/zz/zzzzzz.md", "field-missing")
    ]
    assert not (site / "public").exists()


@pytest.mark.parametrize("where", [".", "content", "/"])
def test_output_goes_only_where_it_may(site: Path, run: Run, where: str) -> None:
    before = tree(site)

    done = run(site, "build", "--output", site / where)

    assert done.returncode == 2
    assert "output-forbidden" in done.stdout
    assert tree(site) == before


def test_every_hashed_search_file_may_be_kept_for_good(site: Path, run: Run) -> None:
    assert run(site, "build").returncode == 0

    rules = (site / "public/_headers").read_text("utf-8")
    folders = {file.parent.name for file in (site / "public/search").glob("*/*.bin")}
    assert {"t", "p", "d", "c", "outlet"} <= folders
    assert [
        f
        for f in folders
        if f"/search/{f}/*\n  Cache-Control: public, max-age=31536000" not in rules
    ] == []
