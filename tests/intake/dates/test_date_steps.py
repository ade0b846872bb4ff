from datetime import date

import pytest
from tests.intake.drafts import BODY, TITLE, drafted

from warraq.model import Moment


def test_the_sidecar_goes_before_the_page_and_the_text() -> None:
    draft = drafted(
        f"{TITLE}\n3 مايو 2024\n{BODY}",
        ("date", "2024-05-01", "sidecar"),
        ("date", "2024-05-02", "json-ld"),
    )
    assert draft.article.date is not None
    assert draft.article.date.iso == "2024-05-01"


@pytest.mark.parametrize(
    ("shown", "status"), [("4 مايو 2024", "exact"), ("9 مايو 2024", "conflicting")]
)
def test_a_page_that_shows_another_day_than_its_data_is_contradictory(
    shown: str, status: str
) -> None:
    draft = drafted(f"{TITLE}\n{shown}\n{BODY}", ("date", "2024-05-03", "json-ld"))
    assert draft.article.date_info.status == status
    assert (draft.article.date is None) == (status == "conflicting")


def test_an_update_shown_to_readers_is_no_contradiction() -> None:
    facts = (("date", "2024-05-03", "json-ld"), ("modified", "2024-06-01", "json-ld"))
    assert drafted(f"{TITLE}\n1 حزيران 2024\n{BODY}", *facts).article.date_info.status == "exact"


def test_only_what_gives_an_inferred_day_is_its_evidence() -> None:
    text = (
        "أعلنت البلدية اليوم الأحد أن الأعمال التي بدأت أمس الأول تنتهي الخميس المقبل، وذكّرت "
        "بأن الجسر فُتح يوم الجمعة 10 تشرين الأول 2025، وقالت أمس إن المرور لم يتوقف."
    )
    info = drafted(
        f"{TITLE}\n{text}\n{BODY}", ("received", "2025-10-14", "sidecar")
    ).article.date_info

    assert (info.status, info.basis) == ("inferred", "received")
    assert [(e.text, e.meaning) for e in info.evidence] == [("اليوم الأحد", "publication-day")]


def test_a_basis_names_no_tag_of_the_page() -> None:
    facts = (
        ("date", "2024-05-03", "meta article:published_time"),
        ("outlet", "بوابة الوادي", "meta og:site_name"),
    )
    article = drafted(f"{TITLE}\n{BODY}", *facts).article

    assert article.source is not None
    assert (article.date_info.basis, article.source.basis) == ("meta", "meta")


def test_a_wires_stamp_below_the_text_dates_it() -> None:
    article = drafted(f"{TITLE}\n{BODY} (النهاية)\nس ع / م ن\nKUNA 091142 GMT OCT 24").article
    assert article.date is not None
    assert article.date.day.isoformat() == "2024-10-09"
    assert "GMT" not in article.body


def test_a_collectors_day_before_the_first_words_is_taken_off() -> None:
    article = drafted(f"date 2025-12-09 {TITLE}\n{BODY}").article
    assert article.date is not None
    assert article.title == TITLE


def test_the_day_in_an_address_dates_unless_a_label_contradicts_it() -> None:
    address = ("url", "https://m.example/2024/5/3/bridge", "link canonical")
    dated = drafted(f"{TITLE}\n7 يونيو 2025\n{BODY}", address).article
    assert dated.date is not None
    assert dated.date.day.isoformat() == "2024-05-03"
    assert drafted(f"{TITLE}\nنُشر: 7 يونيو 2025\n{BODY}", address).article.date is None


def test_the_pages_own_address_on_its_first_line_dates_it() -> None:
    draft = drafted(f"https://paper.example/20251105/path-to-article.html\n{TITLE}\n{BODY}")
    assert draft.article.date == Moment(date(2025, 11, 5))
    below = drafted(f"{TITLE}\n{BODY}\n{BODY}\nhttps://paper.example/20251105/another.html")
    assert below.article.date is None


def test_a_double_kashida_ends_a_dateline() -> None:
    lead = f"القضارف 26 يناير 2020 ــ {BODY}"
    assert drafted(f"{TITLE}\n{lead}").article.date == Moment(date(2020, 1, 26))


@pytest.mark.parametrize(
    ("title", "status", "day", "candidates"),
    [
        ("أسعار الذهب في دمشق الأحد 12 تشرين الأول 2025", "unknown", "", ("2025-10-12",)),
        ("مواعيد قطارات العيد - 20 نيسان 2023", "unknown", "", ("2023-04-20",)),
        ("تعرفة العبور على الجسر من 1/1/2022", "unknown", "", ("2022-01-01",)),
        ("وفيات الجمعة 11 شباط 2022", "unknown", "", ("2022-02-11",)),
        ("سعر الدولار اليوم الخميس 9 حزيران 2022", "exact", "2022-06-09", ()),
        ("حدث في مثل هذا اليوم 6 تشرين الأول 1973", "unknown", "", ()),
    ],
)
@pytest.mark.parametrize("told", [False, True], ids=["line", "field"])
def test_a_headline_that_holds_a_day_is_a_headline(
    title: str, status: str, day: str, candidates: tuple[str, ...], told: bool
) -> None:
    draft = drafted(BODY, ("title", title, "export")) if told else drafted(f"{title}\n\n{BODY}")
    info = draft.article.date_info
    assert (draft.article.title, draft.article.title_status) == (title, "outlet")
    assert (info.status, info.edtf, info.candidates) == (status, day, candidates)


def test_a_day_in_the_headline_that_the_text_calls_its_own_is_inferred() -> None:
    title = "أسعار الخضار في سوق الهال الأحد 12 تشرين الأول 2025"
    info = drafted(f"{title}\n\nسجلت الأسعار اليوم الأحد ارتفاعاً.\n{BODY}").article.date_info
    assert (info.status, info.edtf) == ("inferred", "2025-10-12")


def test_a_remembered_day_in_the_text_is_not_that_of_publication() -> None:
    told = "صمد الجسر في مثل هذا اليوم 6 تشرين الأول 1973 أمام القصف."
    assert drafted(f"{TITLE}\n\n{told}\n{BODY}").article.date is None
