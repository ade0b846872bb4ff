"""One archive in which every article has other rights, and where its words turn up once built."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
from tests.commands.conftest import tree

from warraq.build.full import build
from warraq.build.incremental import build as cached

RIGHTS = {  # id → what front matter says; site.yaml and the outlet may say more
    "openaa": "",
    "hidden": "rights: {index: false}\n",
    "nobots": "rights: {machines: false}\n",
    "closed": "source: {outlet: wire}\n",
    "opened": "source: {outlet: wire}\nrights: {machines: true, index: true}\n",
    "briefs": "rights: {display: excerpt, machines: false}\n",
    "silent": "rights: {display: none, index: false}\n",
}
CLOSED = "rights: {index: false, machines: false}\n"
NOT_INDEXED = {"hidden", "closed", "silent"}
NO_MACHINES = {"nobots", "closed", "briefs"}
FULL = RIGHTS.keys() - {"briefs", "silent"}


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = tmp_path_factory.mktemp("rights")
    files = {
        "site.yaml": "name: أرشيف\nbase_url: https://archive.example/\nhistory: none\n",
        "content/outlets/wire.md": f"---\nname: الوكالة\n{CLOSED}---\n",
    }
    for at, (key, head) in enumerate(RIGHTS.items(), 1):
        files[f"content/articles/{key}.md"] = (
            f'---\nid: "{key}"\ntitle: عنوان {key}\ndate: 2025-03-0{at}\n{head}---\n\n'
            f"أول{key} {'كلمة ' * 40}\n\nآخر{key} ينتهي.\n"
        )
    for path, text in files.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(text, "utf-8")
    build(site, into=site / "public")
    return site / "public"


def holding(public: Path, word: str, pattern: str) -> set[str]:
    """Return the articles whose `word` stands in a file that the pattern matches."""
    text = "".join(file.read_text("utf-8") for file in public.glob(pattern))
    return {key for key in RIGHTS if f"{word}{key}" in re.sub("</?bdi[^>]*>", "", text)}


def test_readers_find_whatever_may_be_displayed(public: Path) -> None:
    root = json.loads((public / "search/root.json").read_text())

    assert root["documents"] == len(RIGHTS)
    assert holding(public, "آخر", "n/*/index.html") == FULL
    assert holding(public, "أول", "n/*/index.html") == FULL | {"briefs"}


def test_search_engines_are_kept_from_what_they_may_not_list_and_from_nothing_else(
    public: Path,
) -> None:
    pages = {key: (public / f"n/{key}/index.html").read_text("utf-8") for key in RIGHTS}
    lists = [
        p.read_text("utf-8") for p in public.rglob("index.html") if p.parent.parent.name != "n"
    ]
    named = {k for page in lists for k in re.findall(r'archive\.example/n/(\w+)/"', page)}

    assert {key for key, page in pages.items() if 'content="noindex"' in page} == NOT_INDEXED
    listed = (public / "sitemap-2025.xml").read_text()
    assert set(re.findall(r"/n/(\w+)/", listed)) == RIGHTS.keys() - NOT_INDEXED
    assert named == RIGHTS.keys() - NOT_INDEXED


def test_machines_get_no_word_of_what_is_not_for_them(public: Path) -> None:
    records = json.loads((public / "data/articles-2025.json").read_text("utf-8"))
    table = (public / "data/articles-2025.csv").read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table)))

    for word in ("أول", "آخر"):
        for pattern in ("n/*/article.json", "data/*"):
            assert not holding(public, word, pattern) & (NO_MACHINES | {"silent"})
        structured = {
            key
            for key in RIGHTS
            for found in re.findall(
                r"ld\+json.*", (public / f"n/{key}/index.html").read_text("utf-8")
            )
            if word + key in found
        }
        assert not structured & NO_MACHINES
    assert holding(public, "آخر", "n/*/article.json") == FULL - NO_MACHINES
    assert holding(public, "آخر", "feed.*") == FULL - NO_MACHINES
    assert holding(public, "أول", "feed.*") == RIGHTS.keys() - {"silent"}
    assert {r["id"] for r in records if not r["rights_machines"]} == NO_MACHINES
    assert {r["id"] for r in rows if r["rights_machines"] == "false"} == NO_MACHINES


def test_a_page_says_that_its_text_is_kept_from_mining(public: Path) -> None:
    reserved = {
        key
        for key in RIGHTS
        if '<meta name="tdm-reservation" content="1">'
        in (public / f"n/{key}/index.html").read_text("utf-8")
    }

    assert reserved == NO_MACHINES


def test_a_site_that_keeps_search_engines_out_does_so_on_every_page(tmp_path: Path) -> None:
    settings = "name: أرشيف\nhistory: none\nrights: {index: false}\n"
    (tmp_path / "site.yaml").write_text(settings, "utf-8")
    (tmp_path / "content/articles").mkdir(parents=True)
    for key, head in (("aaaaaa", ""), ("bbbbbb", "rights: {index: true}\n")):
        text = f'---\nid: "{key}"\ntitle: خبر\ndate: 2025-03-01\n{head}---\n\nنص.\n'
        (tmp_path / f"content/articles/{key}.md").write_text(text, "utf-8")
        cached(tmp_path, into=tmp_path / "cached")
    build(tmp_path, into=tmp_path / "public")

    files = tree(tmp_path / "public")
    pages = {path for path in files if path.endswith(".html")}
    assert {p for p in pages if b'content="noindex"' not in files[p]} == {"n/bbbbbb/index.html"}
    assert not any("sitemap" in path for path in files)
    assert files["robots.txt"] == b"User-agent: *\nAllow: /\n"
    assert json.loads(files["search/root.json"])["documents"] == 2
    assert tree(tmp_path / "cached") == files
