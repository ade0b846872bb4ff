from datetime import date

import msgspec
import pytest
from tests.render import samples
from tests.render.articles import ID, view, with_article
from tests.render.built import Read, pages

from warraq.model import Article, Cited, DateInfo, Entry, Evidence, Moment
from warraq.render.kinds.article import article_view
from warraq.render.views import TombstoneView


def test_the_strip_tells_source_carrier_date_and_certainty() -> None:
    shown = view(ID)

    assert [(f.label, [link.text for link in f.links]) for f in shown.facts] == [
        ("المصدر", ["مرصد الساحل"]),
        ("نقلًا عبر", ["ناقل نت"]),
        ("مكان الخبر", ["المرسى"]),
    ]
    assert shown.published.badge == "مؤكد"
    assert shown.published.hijri == "الموافق 20 ربيع الآخر 1447 هـ"
    assert shown.age == "من أرشيف تشرين الأول/أكتوبر 2025"


def test_subjects_without_a_file_are_named_but_not_linked() -> None:
    subjects = {fact.label: fact.links for fact in view(ID).subjects}

    assert [(link.text, link.path) for link in subjects["الجهات"]] == [("مديرية الموانئ", "")]
    assert subjects["الأشخاص"][0].path == "people/laila-haddad/"


def test_a_conflicting_date_shows_its_candidates_and_evidence() -> None:
    shown = view("c0000000000000d6")

    assert len(shown.candidates) == 3
    assert shown.evidence[0].meaning == "كان الثامن من تشرين الأول يوم أربعاء"
    assert shown.why == "في القرائن تعارض لم يُحسم."


def test_codes_of_a_date_are_told_in_words_and_only_proof_as_proof() -> None:
    told = (
        Evidence("اليوم الأحد", "publication-day"),
        Evidence("أمس السبت", "publication-day-1"),
        Evidence("ويوم أمس", "publication-day-1"),
        Evidence("أمس الأول", "2025-10-11"),
        Evidence("الخميس المقبل", "open"),
        Evidence("عقب العيد", "قبل أسبوع"),
    )
    info = DateInfo("inferred", "received", "", ("2025-10-12",), told, "weekday-differs")
    shown = view(ID, with_article(date=Moment(date(2025, 10, 12)), date_info=info))

    assert shown.basis == "بحسب يوم وصول النص إلى الأرشيف"
    assert [(e.text, e.meaning) for e in shown.evidence] == [
        ("اليوم الأحد", "يوم النشر نفسه"),
        ("أمس السبت", "اليوم السابق ليوم النشر"),
        ("عقب العيد", "قبل أسبوع"),
    ]
    assert shown.candidates == ()  # but the day itself
    assert shown.date_note == "اسم اليوم لا يوافق التاريخ"


def test_how_an_exact_date_is_known_is_not_told() -> None:
    info = DateInfo("exact", "head", evidence=(Evidence("12/10/2025", "stated"),), note="x")
    shown = view(ID, with_article(date_info=info))

    assert (shown.basis, shown.evidence, shown.candidates, shown.date_note) == ("", (), (), "")


def test_how_a_date_is_known_stands_folded() -> None:
    page = Read(pages()["n/c0000000000000d6/index.html"])

    assert {"class": "evidence"} in page.attributes("details")


def test_the_kind_of_a_name_is_told_unless_the_name_tells_it() -> None:
    cited = (Cited("وزارة الدفاع", "ministry"), Cited("إكس", "post"), Cited("الوفاق", "حزب"))
    rows = {fact.label: fact.links for fact in view(ID, with_article(cited=cited)).details}

    assert [link.note for link in rows["استند إلى"]] == ["", "منشور", "حزب"]


def test_a_copy_names_its_original_and_the_original_its_copies() -> None:
    copy = view("e0000000000000f1").copy_of

    assert copy is not None
    assert copy.path == f"n/{ID}/"
    assert [card.path for card in view(ID).copies] == ["n/e0000000000000f1/"]


def test_the_prints_of_one_text_name_each_other_and_a_list_shows_them_once() -> None:
    other = "c0000000000000d2"
    context = with_article(source=samples.MARSAD, same_text_as=other)
    first, second = (context.catalogue.card(key) for key in (other, ID))
    assert first
    assert second

    assert [card.path for card in view(ID, context).prints] == [f"n/{other}/"]
    assert [card.path for card in view(other, context).prints] == [f"n/{ID}/"]
    (listed,) = context.teasers((second, first))
    assert listed.path == f"n/{other}/"
    assert [(link.text, link.path) for link in listed.prints] == [("مرصد الساحل", f"n/{ID}/")]
    assert [card.prints for card in context.teasers((second,))] == [()]  # by itself it stands


def test_a_tombstone_says_when_and_why_and_nothing_of_what_was() -> None:
    found = article_view("/n/e0000000000000f2/", "e0000000000000f2", samples.context())

    assert isinstance(found, TombstoneView)
    assert found.reason == "طلب صاحب الحق سحب النص."
    assert not found.indexed
    assert "خبر حُذف" not in pages()["n/e0000000000000f2/index.html"]


def test_a_foreign_article_has_its_own_language_and_direction() -> None:
    page = Read(pages()["n/a0000000000000b3/index.html"])

    assert page.attributes("h1") == [{"lang": "en", "dir": "ltr"}]
    assert page.attributes("html")[0]["dir"] == "rtl"


def test_an_article_of_the_sites_own_direction_turns_nothing() -> None:
    shown = view(ID, with_article(lang="fa"))

    assert (shown.lang, shown.dir) == ("fa", "")


def test_the_citation_and_the_report_name_the_permanent_address() -> None:
    shown = view(ID)

    assert shown.cite.url == f"https://example.org/daftar/n/{ID}/"
    assert shown.cite.text.endswith("دفتر الساحل:")  # the address comes after it, as a link
    assert shown.report.startswith("mailto:desk@example.org?subject=")


@pytest.mark.parametrize("contact", ["mailto:desk@example.org", "desk@example.org"])
def test_a_contact_may_be_written_with_its_scheme(contact: str) -> None:
    config = msgspec.structs.replace(samples.CONFIG, contact=contact)

    assert view(ID, samples.context(config)).report.startswith("mailto:desk@example.org?")


def test_articles_of_one_headline_have_titles_of_their_own() -> None:
    titles = {view(article_id).title for article_id in (ID, "e0000000000000f1")}

    assert len(titles) == 2


def test_a_draftless_article_with_only_what_is_required_has_a_page() -> None:
    bare = samples.entry(Article("b00001", "عنوان بلا شيء سواه"))
    dated = samples.entry(Article("b00002", "آخر", date=Moment(date(1, 1, 1))))
    entries: dict[str, Entry] = {e.article.id: e for e in (bare, dated)}

    assert view("b00001", samples.context(entries=entries)).body == ""
    assert view("b00002", samples.context(entries=entries)).published.iso == "0001-01-01"
