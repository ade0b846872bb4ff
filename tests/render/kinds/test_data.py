import csv
import io
import json

from tests.render import samples
from tests.render.built import site

from warraq.render.kinds.data import FIELDS

ID = "a0000000000000b1"


def rows(year: str) -> list[dict[str, str]]:
    text = site()[f"data/articles-{year}.csv"].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_json_and_csv_tell_the_same_of_every_live_article() -> None:
    live = {e.card.id for e in samples.ENTRIES.values() if e.card.status == "live"}
    told = set()
    for year in ("2023", "2024", "2025", "undated"):
        records = json.loads(site()[f"data/articles-{year}.json"])
        assert [r["id"] for r in records] == [row["id"] for row in rows(year)]
        assert all(tuple(record) == FIELDS for record in records)
        told |= {record["id"] for record in records}

    assert told == live


def test_no_cell_begins_like_a_formula() -> None:
    years = ("2023", "2024", "2025")
    cells = [cell for year in years for row in rows(year) for cell in row.values()]

    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []
    assert '\'=HYPERLINK("x")' in cells


def test_the_record_of_an_article_holds_its_text_and_its_reasons() -> None:
    record = json.loads(site()[f"n/{ID}/article.json"])

    assert record["text"] == samples.HARBOUR
    assert record["date"] == "2025-10-12T18:00+03:00"
    assert record["date_info"] == {"status": "exact", "basis": "metadata"}
    assert record["corrections"][0]["kind"] == "correction"
