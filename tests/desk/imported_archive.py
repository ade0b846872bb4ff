"""A served archive whose articles were imported from seeds of unlike shapes."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from lxml import html
from tests.desk.editor import Editor, Fields
from tests.editing.unlike_seeds import write_seeds
from tests.preview.served import Served, eventually

from warraq.content import receipts
from warraq.content.frontmatter import parse_article
from warraq.importer.options import ImportOptions
from warraq.importer.run import import_seeds
from warraq.model import Article, Receipt

MARSA = """---
name: نشرة المرسى
# ما تعلّمناه من صفحاتها
hosts: [marsa.example]   # ومرآتها
zebra: باقٍ كما هو
---

نشرة يومية تصدر في المرسى.
"""


class Line(NamedTuple):
    """A line as the page of a review shows it, and what its button sends."""

    state: str
    text: str
    own: str
    button: tuple[str, str] | None
    heading: str


class Reviewer(Editor):
    """An editor who looks at imports again."""

    @property
    def site(self) -> Path:
        return self.served.site

    def id_of(self, seed: str) -> str:
        """Return the id of the article that came from the seed (or a part of its name)."""
        found = [receipt.id for receipt in self.receipts() if f"seeds/{seed}" in receipt.seed]
        assert len(found) == 1, (seed, found)
        return found[0]

    def receipts(self) -> list[Receipt]:
        files = sorted((self.site / receipts.FOLDER).glob("*/*.json"))
        return [receipts.decode(file.read_bytes(), file.name) for file in files]

    def path_of(self, seed: str) -> Path:
        own = self.id_of(seed)
        return self.site / "content" / "articles" / own[:2] / f"{own}.md"

    def article(self, seed: str) -> Article:
        read, problems = parse_article(self.path_of(seed).read_text("utf-8"), "x.md")
        assert read is not None
        assert problems == []
        return read

    def page(self, seed: str, query: str = "") -> str:
        response, page = self.get(f"/-/review/{self.id_of(seed)}{query}")
        assert response.status == 200, page
        return page

    def lines(self, seed: str) -> list[Line]:
        return lines_in(self.page(seed))

    def line(self, seed: str, text: str) -> Line:
        """Return the first line that has `text` in it, in the seed or in the article."""
        return next(line for line in self.lines(seed) if text in line.text + line.own)

    def press(self, seed: str, button: tuple[str, str] | None) -> tuple[int, str]:
        """Press the button of a line; return the answer."""
        assert button is not None
        own = self.id_of(seed)
        fields = form_of(self.page(seed)) | dict([button])
        return self.post(f"/-/review/{own}", fields)

    def decide(self, seed: str, text: str) -> None:
        """Press the button of the line with `text`, which has to work."""
        status, answer = self.press(seed, self.line(seed, text).button)
        assert status == 303, answer

    def import_again(self, *, again: bool = True) -> None:
        report = import_seeds(self.site, options=ImportOptions(again=again))
        assert {line.outcome for line in report.lines} <= {"merged", "unchanged", "imported"}


def lines_in(page: str) -> list[Line]:
    found = []
    for item in html.fromstring(page).xpath("//li[contains(@class, 'line ')]"):
        buttons = item.xpath(".//button")
        found.append(
            Line(
                item.get("class").split()[1],
                " ".join(item.xpath("string(.//*[@class='raw']/*[@class='text'])").split()),
                " ".join(item.xpath("string(.//*[@class='own'])").split()),
                (buttons[0].get("name"), buttons[0].get("value")) if buttons else None,
                " ".join(item.xpath("string(.//*[@class='state'])").split()),
            )
        )
    return found


def form_of(page: str) -> Fields:
    """Return the hidden fields of the page's last form that posts."""
    form = html.fromstring(page).xpath("//form[@method='post']")[-1]
    return {one.get("name"): one.get("value") or "" for one in form.xpath(".//input")}


@contextmanager
def served_archive(site: Path) -> Iterator[Served]:
    """Import the unlike seeds into `site`, keep it as `first` in git, and serve it."""
    (site / "content" / "outlets").mkdir(parents=True)
    (site / "content" / "outlets" / "marsa.md").write_text(MARSA, "utf-8")
    write_seeds(site)
    report = import_seeds(site)
    assert [line.outcome for line in report.lines] == ["imported"] * 7
    for words in (
        ("init", "-q"),
        ("config", "user.name", "محرر"),
        ("config", "user.email", "editor@example.org"),
        ("add", "-A", "content", "site.yaml", "seeds"),
        ("commit", "-qm", "first"),
        ("tag", "first"),
    ):
        subprocess.run(["git", "-C", str(site), *words], check=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
        patch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
        running = Served(site, command=("-m", "warraq", "-C", str(site), "serve", "--port", "0"))
        assert eventually(lambda: running.get("/")[0].status == 200)
        yield running
        running.stop()


def as_at_first(served: Served) -> Reviewer:
    """Return a reviewer of the archive as it was imported."""
    found = Reviewer(served)
    found.git("reset", "-q", "--hard", "first")
    found.git("clean", "-qfd", "content", "seeds")
    return found
