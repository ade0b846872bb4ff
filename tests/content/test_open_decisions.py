from datetime import date
from pathlib import Path

import pytest

from warraq.content import receipts
from warraq.content.open_decisions import (
    all_open_decisions,
    missing_metadata,
    open_decisions,
    prints_of_removed,
)
from warraq.content.store import LineFinder
from warraq.model import (
    Article,
    Credit,
    DateInfo,
    Flag,
    Moment,
    Provenance,
    Receipt,
    Removal,
)

DAY = Moment(date(2025, 10, 12))
SOURCE = Credit("سانا")
SEED = Provenance("seeds/a.txt", "0" * 64)


def article(**values: object) -> Article:
    settled = {"date": DAY, "source": SOURCE, "provenance": SEED, "topics": ("طرق",)}
    return Article(**{"id": "aaaaaa", "title": "عنوان", **settled, **values})  # type: ignore[arg-type] # of each its own


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, ()),
        ({"date": None}, ("open-date",)),
        ({"date_info": DateInfo("conflicting")}, ("open-date-conflict",)),
        ({"date_info": DateInfo("inferred", "received")}, ("open-inferred",)),
        ({"date_info": DateInfo("inferred", "editor")}, ()),
        ({"title_status": "generated"}, ("open-title",)),
        ({"source": None}, ("open-source",)),
        ({"date": None, "settled": ("date",)}, ()),
        ({"date_info": DateInfo("conflicting"), "settled": ("date",)}, ()),
        ({"title_status": "generated", "settled": ("title", "date")}, ()),
        ({"source": None, "settled": ("title",)}, ("open-source",)),
        ({"source": None, "settled": ("source",)}, ()),
        ({"flags": (Flag("copy", "bbbbbb"),)}, ("open-copy",)),
        ({"flags": (Flag("copy", "bbbbbb"),), "copy_of": "bbbbbb"}, ()),
    ],
)
def test_what_an_editor_has_not_decided_is_open(
    values: dict[str, object], expected: tuple[str, ...]
) -> None:
    assert open_decisions(article(**values)) == expected


@pytest.mark.parametrize("values", [{"provenance": None}, {"status": "removed"}])
def test_nothing_is_open_in_what_import_did_not_write_or_is_removed(
    tmp_path: Path, values: dict[str, object]
) -> None:
    undecided = article(date=None, source=None, **values)

    assert list(all_open_decisions(tmp_path, [undecided], LineFinder(tmp_path))) == []


def test_a_generated_headline_is_open_until_it_is_changed(tmp_path: Path) -> None:
    made = article(title_status="generated")
    receipt = receipts.with_hashes(Receipt("", "seeds/a.txt", "0" * 64), made)
    path = tmp_path / receipts.path_of(made.id)
    path.parent.mkdir(parents=True)
    path.write_bytes(receipts.encode(receipt))
    changed = article(title_status="generated", title="عنوان آخر")

    for found, expected in ((made, ["open-title"]), (changed, [])):
        problems = all_open_decisions(tmp_path, [found], LineFinder(tmp_path))
        assert [p.code for p in problems] == expected


def test_what_an_editor_kept_against_an_import_is_open(tmp_path: Path) -> None:
    receipt = Receipt("aaaaaa", "seeds/a.txt", "0" * 64, conflicts={"title": '"x"', "body": "y"})
    path = tmp_path / receipts.path_of("aaaaaa")
    path.parent.mkdir(parents=True)
    path.write_bytes(receipts.encode(receipt))

    (problem,) = all_open_decisions(tmp_path, [article()], LineFinder(tmp_path))

    assert problem.code == "import-conflict"
    assert dict(problem.args)["fields"] == "body، title"


def test_articles_without_topic_or_source_are_counted() -> None:
    articles = [article(), article(topics=(), source=None), article(topics=(), draft=True)]

    assert [(p.code, dict(p.args)["count"]) for p in missing_metadata(articles)] == [
        ("articles-topicless", "1"),
        ("articles-sourceless", "1"),
    ]


def test_who_shows_a_removed_text_is_named_with_the_next_first_article(tmp_path: Path) -> None:
    removed = article(status="removed", removed=Removal(date(2025, 10, 13), "س"))
    later = article(id="bbbbbb", path="b.md", same_text_as="aaaaaa", date=None)
    first = article(id="cccccc", path="c.md", same_text_as="aaaaaa")

    problems = list(prints_of_removed([removed, later, first], LineFinder(tmp_path)))

    assert [(p.path, dict(p.args)["next"]) for p in problems] == [
        ("b.md", "cccccc"), ("c.md", "cccccc"),
    ]  # fmt: skip
