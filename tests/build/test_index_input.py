"""The scripts that a site publishes with its index."""

import gzip
import re
import subprocess
from pathlib import Path

from warraq.build.index_input import scripts

ROOT = Path(__file__).parents[2]
FIRST = ("search.js", "ranking.js", "analysis.js", "format.js")  # what a plain query loads


def test_scripts_are_published_without_comments_and_answer_as_before(tmp_path: Path) -> None:
    for script in scripts():
        content = script.content.decode()
        if "/snowball/" not in script.path:  # those keep their licence
            assert "/**" not in content
            assert not [line for line in content.splitlines() if line.startswith((" ", "//"))]
            assert " // " not in content
        path = tmp_path / script.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    source, published = ROOT / "generator/warraq/search/client", tmp_path / "search"
    names = {str(path.relative_to(source)) for path in source.rglob("*.js")}
    assert {str(path.relative_to(published)) for path in published.rglob("*.js")} == names
    said = [
        subprocess.run(
            ["node", "--input-type=module", "-e", EXPORTS, *sorted(map(Path.as_uri, paths))],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for paths in (source.rglob("*.js"), published.rglob("*.js"))
    ]
    assert said[0] == said[1] != ""


EXPORTS = """
for (const url of process.argv.slice(1)) console.log(Object.keys(await import(url)));
"""


def test_nothing_but_comments_and_margins_goes() -> None:
    """Every line of code that has no comment in it is there, in order."""
    client = ROOT / "generator/warraq/search/client"
    own = (script for script in scripts() if "/snowball/" not in script.path)
    for script in own:
        lines = (client / script.path.removeprefix("search/")).read_text("utf-8")
        published = iter(script.content.decode().splitlines())
        plain = [line for line in lines.splitlines() if not re.search(r"//|\*", line)]
        assert [line for line in map(str.lstrip, plain) if line not in published] == []


def test_the_scripts_of_a_first_query_stay_small() -> None:
    sizes = {Path(script.path).name: len(gzip.compress(script.content, 9)) for script in scripts()}
    assert sum(sizes[name] for name in FIRST) < 13 * 1024


def test_the_search_page_asks_at_once_for_what_a_first_query_loads() -> None:
    page = (ROOT / "templates/pages/search.html").read_text("utf-8")
    assert re.findall(r'modulepreload" href="{{ root }}search/([\w.]+)"', page) == list(FIRST)
