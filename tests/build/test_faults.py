"""A fault in a template, in an article's text, in a seed: named, and nothing else is harmed.

The faults of the program are made by breaking a library that it uses for texts with a word in them.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nh3
import pytest
import trafilatura
from tests.build.test_unbreakable import begun, ended, write
from tests.commands.conftest import tree

from warraq.base.problems import Problem, WarraqError, unexpected_as_problem
from warraq.build.build_context import ParallelFrom
from warraq.build.full import build as plain
from warraq.build.incremental import build
from warraq.commands.check import check
from warraq.commands.editor_search import search
from warraq.commands.stories import propose
from warraq.importer.run import import_seeds
from warraq.render.theme_paths import theme_folder

ARTICLE = "pages/article.html"
BREAKS = "خبر 4 أولى"  # the title of one article
PAGE = "/n/000004/"
DEFAULT = '{% extends "warraq/pages/article.html" %}\n'


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = tmp_path_factory.mktemp("built")
    write(site, "أولى")
    build(site, into=site / "public")
    return site


@pytest.fixture
def site(built: Path) -> Iterator[Path]:
    """The site, which is as it was again after each test."""
    content = {path: path.read_bytes() for path in (built / "content").rglob("*.md")}
    yield built
    shutil.rmtree(built / "templates", ignore_errors=True)
    for path, text in content.items():
        path.write_bytes(text)


def put(site: Path, name: str, text: str | bytes) -> None:
    path = site / "templates" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)


def refused(way: Callable[..., object], site: Path, **options: object) -> tuple[Problem, ...]:
    before = tree(site / "public")
    with pytest.raises(WarraqError) as caught:
        way(site, into=site / "public", **options)
    assert tree(site / "public") == before
    return caught.value.problems


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        (ARTICLE, "\n{% if %}", "templates/pages/article.html:2"),
        (ARTICLE, "{% block x %}\n{% block x %}", "templates/pages/article.html:2"),
        (ARTICLE, "\n\n{{ title | nonsense }}", "templates/pages/article.html:3"),
        ("pages/nobody-asks.html", "\n{% for %}", "templates/pages/nobody-asks.html:2"),
        ("feeds/atom.xml", "{{ (", "templates/feeds/atom.xml:1"),
        (ARTICLE, b"\xff\xfe", "templates/pages/article.html:0"),
    ],
)
def test_a_template_that_cannot_be_read_is_told_with_its_line(
    site: Path, name: str, text: str | bytes, place: str
) -> None:
    put(site, name, text)
    for way in (build, plain):
        (found,) = refused(way, site)
        assert f"{found.path}:{found.line}" == place
        assert found.code in {"template-broken", "file-unreadable"}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("{{ nothing_here }}", 1),
        (f"\n{{% if heading == '{BREAKS}' %}}\n{{{{ 1 / 0 }}}}\n{{% endif %}}", 3),
        ("\n{{ words.nothing_here }}", 2),
        ("\n{% include 'partials/nothing.html' %}", 2),
        ("\n{{ part('nothing', root) }}", 2),
        ("\n{{ part(root, root) }}", 2),
        ("{% extends 'pages/nothing.html' %}", 1),
        (f"{DEFAULT}{{% block main %}}\n{{{{ self.nothing() }}}}\n{{% endblock %}}", 3),
        ("\n{{ heading.nothing.deeper }}", 2),
        ("\n{{ heading + 1 }}", 2),
        ("{% macro m(n) %}{{ m(n + 1) }}{% endmacro %}\n{{ m(1) }}", 1),
    ],
)
def test_a_template_that_fails_is_told_with_its_line_and_the_page(
    site: Path, text: str, line: int
) -> None:
    put(site, ARTICLE, text)
    is_missing = "nothing.html" in text or "part(" in text
    for way in (build, plain):
        (found,) = refused(way, site)
        assert (found.code, found.path, found.line) == (
            "template-missing" if is_missing else "template-failed",
            "templates/pages/article.html",
            line,
        )
        page = dict(found.args).get("page", "")
        assert page == PAGE if "1 / 0" in text else page.startswith("/n/") or is_missing


def test_a_part_that_fails_is_named_itself(site: Path) -> None:
    text = (theme_folder() / "partials/masthead.html").read_text("utf-8")
    put(site, "partials/masthead.html", text + "{{ nothing_here }}")
    (found,) = refused(build, site)
    assert found.path == "templates/partials/masthead.html"
    assert found.line == len(text.splitlines()) + 1


def test_a_fault_of_a_template_does_not_cost_the_cache(site: Path) -> None:
    text = (theme_folder() / ARTICLE).read_text("utf-8")
    for broken in ("{{ nothing_here }}", "{% if %}"):
        put(site, ARTICLE, broken)
        refused(build, site)
        assert (site / ".warraq/cache.seal").exists()
    put(site, ARTICLE, text)
    assert build(site, into=site / "public").outcome[1:] == (0, 0)
    shutil.rmtree(site / "templates")
    assert build(site, into=site / "public").outcome[1:] == (0, 0)


def test_other_processes_report_it_too(site: Path) -> None:
    put(site, ARTICLE, "{{ nothing_here }}")
    assert [p.code for p in refused(build, site, jobs=2, parallel_from=ParallelFrom(items=1))] == [
        "template-failed"
    ]


def test_the_command_line_says_it_in_words_and_traces_it_when_asked(site: Path) -> None:
    put(site, ARTICLE, "\n{% if %}")
    code, words = ended(begun(site))
    assert code == 1
    assert "templates/pages/article.html:2: error[template-broken]" in words
    put(site, ARTICLE, "{{ nothing_here }}")
    command = [sys.executable, "-m", "warraq", "-C", str(site)]
    done = subprocess.run([*command, "-v", "build"], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "article.html:1: error[template-failed]" in done.stdout
    assert "UndefinedError" in done.stderr


@pytest.fixture
def breaking(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make texts with the word «ينهار» break the libraries that read them."""
    clean, extract = nh3.clean, trafilatura.extract

    def cleaned(html: str, **options: Any) -> str:  # noqa: ANN401 - the library's own
        if "ينهار" in html:
            raise RecursionError
        return clean(html, **options)

    def extracted(page: Any, **options: Any) -> Any:  # noqa: ANN401 - as above
        if "ينهار" in page:
            raise IndexError("list index out of range")
        return extract(page, **options)

    monkeypatch.setattr(nh3, "clean", cleaned)
    monkeypatch.setattr(trafilatura, "extract", extracted)


@pytest.mark.usefixtures("breaking")
def test_an_article_that_breaks_the_program_is_named(site: Path) -> None:
    path = site / "content/articles/000004.md"
    text = path.read_text("utf-8")
    path.write_text(f"{text}\n*ينهار* البناء\n", "utf-8")
    (expected,) = refused(build, site)
    assert (expected.path, expected.code) == ("content/articles/000004.md", "program-fault")
    told = dict(expected.args)
    assert told["why"] == "RecursionError"
    assert told["place"].startswith("prose/markdown.py:")

    assert refused(plain, site) == (expected,)
    assert expected in check(site)
    with pytest.raises(WarraqError) as caught:
        propose(site)
    assert caught.value.problems == (expected,)
    assert search(site, "خبر").total == 7

    path.write_text(text, "utf-8")
    assert build(site, into=site / "public").outcome[1:] == (0, 0)


@pytest.mark.usefixtures("breaking")
def test_a_seed_that_breaks_the_program_is_refused_and_harms_no_other(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "site.yaml").write_text("name: أرشيف\nbase_url: https://a.example/\n")
    words = "افتتح في المدينة اليوم معرض للكتاب شارك فيه ناشرون من بلدان كثيرة. " * 5
    for name, more in (("a", ""), ("b", "ينهار"), ("c", "")):
        page = f"<html><body><article><h1>معرض {name}</h1><p>{words}{more}</p></article></body>"
        (tmp_path / f"seeds/{name}.html").write_text(page, "utf-8")

    report = import_seeds(tmp_path)

    assert [(line.seed, line.outcome) for line in report.lines] == [
        ("seeds/a.html", "imported"),
        ("seeds/b.html", "refused"),
        ("seeds/c.html", "imported"),
    ]
    (problem,) = report.lines[1].problems
    assert (problem.path, problem.code) == ("seeds/b.html", "seed-fault")
    assert dict(problem.args)["place"].startswith("seeds/pages/saved_page.py:")


def test_what_is_known_to_be_wrong_goes_by_unnamed() -> None:
    for fault in (WarraqError([]), OSError(28, "no room")):
        with pytest.raises(type(fault)) as caught, unexpected_as_problem("a.md", (OSError,)):
            raise fault
        assert caught.value is fault
    with pytest.raises(WarraqError) as named, unexpected_as_problem("a.md", (OSError,)):
        raise KeyError("x")
    assert [(p.path, p.code) for p in named.value.problems] == [("a.md", "program-fault")]


def test_a_command_that_fails_is_named_and_traced_when_asked(built: Path) -> None:
    program = f"""
import sys
from warraq.base import config
from warraq.cli import main

def compose(*_args, **_options):
    raise ZeroDivisionError("a bug")

config.compose = compose
main(["-C", {str(built)!r}, *sys.argv[1:], "check"])
"""
    for words in ([], ["-v"]):
        command = [sys.executable, "-c", program, *words]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 1
        assert "error[program-fault]" in done.stdout
        assert "ZeroDivisionError: a bug" in done.stdout
        assert ("Traceback" in done.stderr) == bool(words)


FULL = Path("/dev/full")


@pytest.mark.skipif(not FULL.exists(), reason="a device of Linux")
@pytest.mark.parametrize("words", [["--help"], ["check"], ["build"], ["verify"]])
def test_a_full_device_at_the_end_of_the_output_is_told(built: Path, words: list[str]) -> None:
    with FULL.open("wb") as full:
        command = [sys.executable, "-m", "warraq", "-C", str(built), *words]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 1
    assert done.stderr.decode().startswith("error[system-refused]")
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("closed", ["stdout", "pipe"])
def test_who_stops_to_read_is_told_nothing(built: Path, closed: str) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    line = f"exec {sys.executable} -m warraq -C {built} check {'>&-' if closed == 'stdout' else ''}"
    done = subprocess.run(["sh", "-c", line], stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)
    assert done.stderr == b""
