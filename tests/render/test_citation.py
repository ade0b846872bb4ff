"""Whom a citation names, in words, BibTeX, RIS, JSON-LD, data and feeds alike."""

import csv
import html
import io
import json
import re
from datetime import date

import pytest
from tests.render import samples
from tests.render.built import built_of, pages

from warraq.model import Article, Credit, DateInfo, Moment, Person
from warraq.render.citation import bibtex, ris

WRITERS = ("ندى رامي", "Leila Haddad & Co.", "عبد الله ال{نور}")
EXACT = DateInfo("exact")


def article(**more: object) -> Article:
    given = {
        "authors": ("nada-rami", *WRITERS[1:]),
        "source": samples.MARSAD,
        "date": Moment(date(2025, 1, 2)),
        "date_info": EXACT,
        "topics": ("ports", "صيد السمك"),
        "people": ("سعاد", "laila-haddad"),
    }
    return samples.article("abcdef01", "تحقيق", "نص التحقيق.", **{**given, **more})


def forms(found: Article) -> tuple[str, str, str]:
    """Return the citation of an article in words, as BibTeX and as RIS."""
    entries = {found.id: samples.entry(found)}
    context = samples.context(entries=entries)
    html = built_of(context)[f"n/{found.id}/index.html"].decode()
    words = re.search(r'<p class="citation">(.*?) <a', html, re.DOTALL)
    assert words
    card = entries[found.id].card
    return re.sub("<[^>]+>", "", words[1]), bibtex(card, context), ris(card, context)


def test_writers_come_first_in_order_and_the_paper_is_the_publication() -> None:
    words, tex, record = forms(article())

    assert words.startswith("ندى رامي، Leila Haddad &amp; Co.، عبد الله ال{نور}، «تحقيق»، مرصد")
    assert r"  author = {{ندى رامي} and {Leila Haddad \& Co.} and {عبد الله ال\{نور\}}}," in tex
    assert tex.startswith("@article{abcdef01,")
    assert "  journaltitle = {مرصد الساحل}," in tex
    assert [x[6:] for x in record.splitlines() if x.startswith("AU  - ")] == list(WRITERS)
    assert "T2  - مرصد الساحل\n" in record
    assert "DA  - 2025/01/02\n" in record


def test_a_paper_that_names_no_writer_is_not_its_own_author() -> None:
    words, tex, record = forms(article(authors=()))

    assert words.startswith("«تحقيق»، مرصد الساحل، ")
    assert "author = " not in tex
    assert "AU  - " not in record
    assert "journaltitle = {مرصد الساحل}" in tex
    assert "T2  - مرصد الساحل" in record


def test_what_has_no_source_is_cited_from_the_archive() -> None:
    words, tex, record = forms(article(source=None, authors=("سعاد",)))

    assert words.startswith("سعاد، «تحقيق»، ")
    assert tex.startswith("@online{")
    assert "organization = {دفتر الساحل}" in tex
    assert "journaltitle" not in tex
    assert "T2  - " not in record


@pytest.mark.parametrize(
    ("info", "day", "in_tex", "in_ris"),
    [
        (DateInfo("inferred"), True, "2025-01-02?", ("PY  - 2025", "")),
        (DateInfo("inferred", edtf="2025-09"), False, "2025-09?", ("PY  - 2025", "")),
        (DateInfo("exact", edtf="2025-09"), False, "2025-09", ("PY  - 2025", "DA  - 2025/09/")),
        (DateInfo("conflicting"), True, "", ("", "")),
        (DateInfo("unknown"), False, "", ("", "")),
    ],
)
def test_a_citation_is_no_surer_of_the_date_than_the_archive(
    info: DateInfo, day: bool, in_tex: str, in_ris: tuple[str, str]
) -> None:
    words, tex, record = forms(article(date_info=info, **({} if day else {"date": None})))

    dates = re.findall(r"date = \{(.*?)\}", tex)
    assert dates == ([in_tex] if in_tex else [])
    assert tuple("".join(re.findall(f"{tag}  - .*", record)) for tag in ("PY", "DA")) == in_ris
    known = info.status == "exact" or not (day or info.edtf)
    assert any(w in words for w in ("(مستنتج)", "(متعارض)")) != known


def test_data_and_json_ld_name_whom_the_article_names() -> None:
    found = article(source=Credit("صدى", url="https://sada.example/1"), section="محليات")
    authorities = (*samples.AUTHORITIES, Person("salma", "سلمى"))
    context = samples.context(entries={found.id: samples.entry(found)}, authorities=authorities)
    files = built_of(context)
    record = json.loads(files[f"n/{found.id}/article.json"])
    year = json.loads(files["data/articles-2025.json"])[0]
    row = next(csv.DictReader(io.StringIO(files["data/articles-2025.csv"].decode("utf-8-sig"))))
    page = re.search(r'ld\+json">(.*?)</script>', files[f"n/{found.id}/index.html"].decode())
    assert page
    news = json.loads(page[1])["@graph"][0]

    for told in (record, year):
        assert told["authors"] == list(WRITERS)
        assert told["topics"] == ["الموانئ", "صيد السمك"]
        assert told["people"] == ["سعاد", "ليلى الحداد"]
        assert told["source_url"] == "https://sada.example/1"
    assert row["authors"] == "; ".join(WRITERS)
    assert row["topics"] == "الموانئ; صيد السمك"
    assert row["source_url"] == "https://sada.example/1"
    assert [a["name"] for a in news["author"]] == list(WRITERS)
    assert [t["name"] for t in news["about"]] == ["الموانئ", "صيد السمك"]


ID = "a0000000000000b1"


def test_citations_name_headline_source_and_address() -> None:
    context = samples.context()
    url = f"https://example.org/daftar/n/{ID}/"

    text = bibtex(samples.ENTRIES[ID].card, context)
    assert f"  url = {{{url}}},\n" in text
    assert "  journaltitle = {مرصد الساحل},\n" in text
    assert "  date = {2025-10-12},\n" in text
    assert text in html.unescape(pages()[f"n/{ID}/index.html"])


def test_hostile_headlines_cannot_break_a_citation() -> None:
    text = bibtex(samples.ENTRIES["e0000000000000f5"].card, samples.context())

    assert text.count("\n") == 9
    assert r"\&" in text
