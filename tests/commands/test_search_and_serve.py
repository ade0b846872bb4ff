"""`warraq search` and `warraq serve` run as the commands they are."""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from tests.commands.conftest import Run
from tests.preview.served import PATIENCE, eventually

MEETING = "19805c34f5b7eaf3"
Find = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def find(site: Path, tmp_path: Path, run: Run) -> Find:
    """Run `warraq search` on the repository's own archive, with an index of the test's own."""
    return lambda *words: run(site, "search", *words, XDG_CACHE_HOME=str(tmp_path / "cache"))


def test_search_prints_a_line_for_each_article(find: Find) -> None:
    said = find("أبوقصرة", "title:لقاء")
    assert (said.returncode, said.stderr) == (0, "")
    *lines, last = said.stdout.splitlines()
    assert lines
    assert all("content/articles/" in line and "2025-10-12" in line for line in lines)
    assert sum(map(int, re.findall(r"\d+", last))) == len(lines)


def test_search_answers_programs_in_json(find: Find) -> None:
    said = find("--format", "json", "--limit", "1", "أبوقصرة", "nofield:لقاء")
    found = json.loads(said.stdout)
    assert said.returncode == 0
    assert (found["total"], len(found["hits"])) == (0, 1)  # «nofield» is a word that none has
    assert found["more"] >= 1
    assert [note["code"] for note in found["notes"]] == ["query-field"]
    assert found["hits"][0]["path"].startswith("content/articles/")


def test_search_that_finds_nothing_is_no_fault(find: Find) -> None:
    said = find("كلمةليستفيالأرشيف")
    assert (said.returncode, len(said.stdout.splitlines())) == (0, 1)
    assert find().returncode == 2  # nothing was asked


def test_a_word_behind_a_dash_is_excluded_and_no_option(find: Find) -> None:
    with_it, without = (find("أبوقصرة", word).stdout.splitlines() for word in ("-زلزال", "-أنقرة"))
    assert (len(with_it) > 1, len(without)) == (True, 1)
    misspelt = find("أبوقصرة", "--limt", "3")
    assert (misspelt.returncode, "--limt" in misspelt.stderr) == (2, True)


@contextmanager
def serving(site: Path, port: str = "0") -> Iterator[subprocess.Popen[str]]:
    """Run `warraq serve`; end it with the block, if it has not ended by itself."""
    command = [sys.executable, "-m", "warraq", "-C", str(site), "serve", "--port", port]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True) as running:
        try:
            yield running
        finally:
            running.kill()


def said_first(running: subprocess.Popen[str]) -> str:
    """Return the next address that the preview says: its own, then that of the desk; no token."""
    line = running.stdout.readline().strip() if running.stdout else ""
    address, _, token = line.partition("?token=")
    assert token
    return address


def fetched(address: str) -> tuple[int, str]:
    """Return the status and the text of what lies at `address`."""
    place = urlsplit(address)
    connection = HTTPConnection(place.netloc, timeout=PATIENCE)
    connection.request("GET", place.path)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text


@pytest.mark.slow
def test_serve_shows_pages_and_ends_when_told(site: Path) -> None:
    with serving(site) as running:
        address = said_first(running)
        article = f"{address}n/{MEETING}/"
        assert eventually(lambda: fetched(article)[0] == 200)
        assert "<h1" in fetched(article)[1]
        assert fetched(f"{address}n/none/")[0] == 404
        assert said_first(running).endswith("/-/")
        running.terminate()
        _, complaints = running.communicate(timeout=PATIENCE)

    assert (running.returncode, complaints) == (0, "")
    assert not (site / "public").exists(), "a preview is no publication"


def problems_at(address: str) -> list[dict[str, str]]:
    """Return the problems that open pages are shown."""
    connection = HTTPConnection(urlsplit(address).netloc, timeout=PATIENCE)
    connection.request("GET", "/-/events")
    answer = connection.getresponse()
    while not (line := answer.readline()).startswith(b"data: "):
        assert line
    connection.close()
    problems: list[dict[str, str]] = json.loads(line[6:])["problems"]
    return [problem for problem in problems if problem["severity"] == "error"]


@pytest.mark.slow
def test_serve_shows_a_template_s_fault_and_lives_on(site: Path) -> None:
    template = site / "templates/pages/article.html"
    template.parent.mkdir(parents=True)
    with serving(site) as running:
        address = said_first(running)
        article = f"{address}n/{MEETING}/"
        assert eventually(lambda: fetched(article)[0] == 200)
        template.write_text("\n{{ nothing_here }}")
        assert eventually(lambda: len(problems_at(address)) == 1)
        (problem,) = problems_at(address)
        assert problem["place"] == "templates/pages/article.html:2"
        assert "/n/" in problem["message"]
        assert "<h1" in fetched(article)[1], "the last good page stays"
        template.write_text("mended")
        assert eventually(lambda: problems_at(address) == [] and "mended" in fetched(article)[1])
        running.terminate()
        assert "Traceback" not in running.communicate(timeout=PATIENCE)[1]


def test_serve_says_what_port_it_cannot_have(site: Path) -> None:
    with serving(site) as running:
        port = str(urlsplit(said_first(running)).port)
        with serving(site, port) as second:
            said = "".join(second.communicate(timeout=PATIENCE))
    assert second.returncode == 2
    assert port in said
