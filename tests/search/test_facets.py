"""The scripts, the page and the hosts' headers know the facets that the index has."""

import json
import re
from pathlib import Path

import pytest
import yaml

from warraq.base.config import SiteConfig
from warraq.render.kinds.sitemap import headers
from warraq.render.kinds.static_pages import SEARCH_WORDS
from warraq.search.formats import FOLDERS
from warraq.search.records import FACETS

ROOT = Path(__file__).parents[2]
CLIENT = ROOT / "generator" / "warraq" / "search" / "client"


def list_in(path: Path, name: str) -> list[str]:
    found = re.search(rf"const {name} = [^\[]*(\[[^\]]*\])", path.read_text("utf-8"))
    assert found is not None
    names: list[str] = json.loads(found[1])
    return names


def test_the_engine_reads_every_facet() -> None:
    assert list_in(CLIENT / "format.js", "FACETS") == list(FACETS)


def test_the_page_shows_every_facet_but_stories() -> None:
    shown = list_in(ROOT / "templates" / "assets" / "search-address.js", "FACETS")

    assert {*shown, "story"} == {*FACETS, "year"}


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_the_page_has_a_word_for_every_facet(lang: str) -> None:
    words = yaml.safe_load((ROOT / "templates" / "words" / f"{lang}.yaml").read_text("utf-8"))
    names = [f"facet_{kind}" for kind in (*FACETS, "year")]

    assert [name for name in names if name not in SEARCH_WORDS] == []
    assert len({words[name] for name in names}) == len(names)


def test_a_query_may_name_every_facet_as_arabic_has_it() -> None:
    lines = re.search(
        r'const FIELDS = .*?"(.*?)"', (CLIENT / "understand.js").read_text("utf-8"), re.DOTALL
    )
    assert lines is not None
    names = [line.split(" ") for line in lines[1].split(",")]

    assert [line[0] for line in names] == [*FACETS, "year", "date", "from", "to"]
    assert all("ء" <= alias[0] <= "ي" for line in names for alias in line[-1:])


def test_hosts_may_keep_every_file_whose_name_tells_its_content() -> None:
    rules = headers(SiteConfig(name="x")).content.decode()
    folders = re.findall(r"^/search/(\w+)/\*$", rules, re.MULTILINE)

    assert sorted(folders) == sorted(FOLDERS)
