import csv
import io
import json
from html import escape

import msgspec
import pytest
from tests.render import samples
from tests.render.built import built_of, site

from warraq.prose.markdown import html_of, text_of
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


@pytest.mark.parametrize(
    ("body", "is_told"),
    [
        ("قال: «1 < 2» & مضى.\n\nثم عاد \N{GRINNING FACE}.", False),
        ("", True),  # no paragraph is not one empty one
        ("سطر\nوسطر", True),
        ("قال **ومضى**.", True),
        ("## عنوان\n\nنص", True),
        ("&lt;p&gt; \\* &amp;amp;", False),
        ("\N{RIGHT-TO-LEFT OVERRIDE}قال\N{ARABIC HAMZA ABOVE}", False),
    ],
)
def test_the_html_of_a_text_can_always_be_had(body: str, is_told: bool) -> None:
    html = html_of(body)
    entry = samples.entry(samples.article("abcdef01", "خبر", body))
    entry = msgspec.structs.replace(entry, html=html, text=text_of(html))
    files = built_of(samples.context(entries={"abcdef01": entry}))
    record = json.loads(files["n/abcdef01/article.json"])

    paragraphs = (f"<p>{escape(line, quote=False)}</p>" for line in record["text"].split("\n"))
    assert record.get("html", "\n".join(paragraphs)) == html
    assert ("html" in record) == is_told


def test_the_record_of_an_article_holds_its_text_and_its_reasons() -> None:
    record = json.loads(site()[f"n/{ID}/article.json"])

    assert record["text"] == samples.HARBOUR
    assert record["date"] == "2025-10-12T18:00+03:00"
    assert record["date_info"] == {"status": "exact", "basis": "metadata"}
    assert record["corrections"][0]["kind"] == "correction"
