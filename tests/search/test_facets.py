"""The scripts, the page and the hosts' headers know the facets that the index has."""

import json
import re
from pathlib import Path

from warraq.base.config import SiteConfig
from warraq.render.kinds.sitemap import headers
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
