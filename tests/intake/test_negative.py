"""Import takes nothing out of texts without furniture: tests/cases/negative.

A file holds texts of one kind: `= ` and the headline, then the lines; an empty line parts them.
Whatever they look like (a menu, a date line, others' headlines), they are lines of the article.
"""

import html
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from warraq.intake import draft_of, outlet_directory
from warraq.intake.text.folding import phrase
from warraq.model import Draft, RawDocument
from warraq.seeds import reader
from warraq.seeds.exports import export_records

CASES = Path(__file__).parents[1] / "cases" / "negative"
KINDS = sorted(path.stem for path in CASES.glob("*.txt"))
LEAST = 350  # texts in all


class Text(NamedTuple):
    """A headline and the lines below it, each a paragraph."""

    title: str
    lines: tuple[str, ...]


def texts(kind: str) -> Iterator[Text]:
    """Yield the texts of the file `kind`.txt in their order."""
    for block in (CASES / f"{kind}.txt").read_text("utf-8").strip().split("\n\n"):
        title, *lines = block.split("\n")
        assert title.startswith("= "), title
        yield Text(title[2:], tuple(lines))


def plain(text: Text, folder: Path) -> RawDocument:
    """Return `text` as a seed of plain text, an empty line under each."""
    seed = folder / "seed.txt"
    seed.write_text("\n\n".join((text.title, *text.lines)), "utf-8")
    return reader.read(seed, folder)


def recorded(text: Text, folder: Path) -> RawDocument:
    """Return `text` as a record of an export."""
    return _record(text, "\n\n".join(text.lines), folder)


def tagged(text: Text, folder: Path) -> RawDocument:
    """Return `text` as a record whose body is HTML."""
    return _record(text, "".join(f"<p>{html.escape(line)}</p>" for line in text.lines), folder)


def saved(text: Text, folder: Path) -> RawDocument:
    """Return `text` as a saved page that has nothing else."""
    body = "".join(f"<p>{html.escape(line)}</p>" for line in text.lines)
    head = f"<h1>{html.escape(text.title)}</h1>"
    page = f'<html lang="ar"><body><article>{head}{body}</article></body></html>'
    seed = folder / "seed.html"
    seed.write_text(f'<!DOCTYPE html><meta charset="utf-8">{page}', "utf-8")
    return reader.read(seed, folder)


def _record(text: Text, body: str, folder: Path) -> RawDocument:
    record = {"id": 1, "title": text.title, "body": body}
    (folder / "export.jsonl").write_text(json.dumps(record), "utf-8")
    (raw,) = export_records.documents(folder / "export.jsonl", folder)
    assert isinstance(raw, RawDocument)
    return raw


def lost(text: Text, draft: Draft) -> list[str]:
    """Return what `draft` says otherwise than `text`: lines gone, come or joined, and whom."""
    kept = [phrase(line) for line in draft.article.body.split("\n") if phrase(line)]
    wanted = [phrase(line) for line in text.lines if phrase(line)]
    if draft.article.title != text.title:
        return [f"title: {draft.article.title}"]
    if draft.article.authors or draft.article.date:
        return [f"told: {draft.article.authors} {draft.article.date}"]
    gone = [f"{r.rule}: {r.text}" for r in draft.receipt.removed]
    return [] if kept == wanted else gone or ["joined"]


def test_there_are_texts_enough() -> None:
    assert sum(1 for kind in KINDS for _ in texts(kind)) >= LEAST


@pytest.mark.parametrize(
    "form", [plain, recorded, tagged, saved], ids=["text", "record", "html", "page"]
)
@pytest.mark.parametrize("kind", KINDS)
def test_no_line_goes(kind: str, form: Callable[[Text, Path], RawDocument], tmp_path: Path) -> None:
    known = outlet_directory()
    found = {t.title: lost(t, draft_of(form(t, tmp_path), known)) for t in texts(kind)}
    assert {title: faults for title, faults in found.items() if faults} == {}


MENU, STAMP = "الرئيسية", "الأحد 5 أيار 2019 - 10:30"
FOOT = ("شارك الخبر", "جميع الحقوق محفوظة © 2019")
MOST_LOST = 0.03  # of the lines, where a page stands around them


def test_few_lines_go_with_the_page_around_them() -> None:
    known = outlet_directory()
    every = [text for kind in KINDS for text in texts(kind)]
    gone = whole = 0
    for text in every:
        page = "\n".join((MENU, text.title, STAMP, "", *text.lines, "", *FOOT))
        draft = draft_of(RawDocument("seeds/a.txt", page, "ab" * 32), known)
        kept = set(map(phrase, draft.article.body.split("\n")))
        assert not kept & {phrase(line) for line in (MENU, STAMP, *FOOT)}, text.title
        gone += sum(phrase(line) not in kept for line in text.lines if phrase(line))
        whole += len(text.lines)
    assert gone <= MOST_LOST * whole
