"""Feeds: whose they are, what they enclose, what their entries are about."""

from pathlib import Path

import pytest

from warraq.intake import draft_of, outlet_directory
from warraq.model import Article, RawDocument
from warraq.seeds.exports import export_records

BODY = "قطف المزارعون أول محصول من اللوز في السفوح المطلة على القرية بعد ربيع ماطر وطويل."


def _articles(site: Path, items: str, title: str = "مرقب الجبل | الرئيسية") -> list[Article]:
    (site / "f.xml").write_text(
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel><title>{title}</title><link>https://jabal.example/</link>{items}</channel></rss>",
        "utf-8",
    )
    found = export_records.documents(site / "f.xml", site)
    return [draft_of(f, outlet_directory()).article for f in found if isinstance(f, RawDocument)]


def _item(link: str, more: str = "") -> str:
    return (
        f"<item><title>موسم اللوز</title><link>{link}</link>{more}"
        f"<description>&lt;p&gt;{BODY}&lt;/p&gt;</description></item>"
    )


@pytest.mark.parametrize(
    ("title", "link", "outlet"),
    [
        ("مرقب الجبل | الرئيسية", "https://www.jabal.example/1", "مرقب الجبل"),
        ("مرقب الجبل", "https://other.example/1", ""),
        ("الأخبار", "https://jabal.example/1", ""),
    ],
)
def test_a_feed_names_the_outlet_of_its_own_entries(
    tmp_path: Path, title: str, link: str, outlet: str
) -> None:
    (article,) = _articles(tmp_path, _item(link), title)
    assert (article.source.name if article.source else "") == outlet


def test_subjects_and_recordings_of_an_entry_come(tmp_path: Path) -> None:
    more = (
        "<dc:subject>زراعة، لوز</dc:subject>"
        '<enclosure url="https://jabal.example/1.mp3" type="audio/mpeg" length="1"/>'
    )
    (article,) = _articles(tmp_path, _item("https://jabal.example/1", more))
    assert (article.section, article.topics) == ("زراعة", ("لوز",))
    assert article.body.strip() == f"{BODY}\n\n<https://jabal.example/1.mp3>"
