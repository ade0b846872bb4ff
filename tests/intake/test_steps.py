from collections.abc import Sequence

import pytest

from warraq.intake import draft_of, knowledge_of
from warraq.model import Authority, Draft, Fact, RawDocument

BODY = (
    "أعلنت البلدية فتح الطريق الساحلي من جديد بعد انتهاء أعمال الصيانة في الجسر الشمالي.\n"
    "وقال رئيسها إن العمل استغرق ستة أشهر كاملة وإن كلفته بلغت مليوني دينار."
)
TITLE = "فتح الطريق الساحلي بعد صيانته"


def _draft(text: str, *facts: tuple[str, str, str], outlets: Sequence[Authority] = ()) -> Draft:
    told = tuple(Fact(*fact) for fact in facts)
    raw = RawDocument("seeds/a.txt", text, "ab" * 32, facts=told)
    return draft_of(raw, knowledge_of(outlets))


def test_the_same_document_gives_the_same_draft() -> None:
    text = f"{TITLE}\nصيدا – خاص\n{BODY}\nاترك تعليقاً\n"
    assert _draft(text) == _draft(text)


def test_an_id_without_hex_in_the_name_is_of_the_bytes() -> None:
    assert _draft(BODY).article.id == "abababababab"


def test_a_sites_own_outlet_teaches_furniture_name_and_key() -> None:
    outlet = Authority(
        "outlets", "marsad", "مرصد الجبل", furniture=("صفحة القراء الأوفياء",), hosts=("m.example",)
    )
    text = f"{TITLE}\n{BODY}\nصفحة القراء الأوفياء\n"
    draft = _draft(text, ("url", "https://www.m.example/1", "sidecar"), outlets=[outlet])
    assert "الأوفياء" not in draft.article.body
    assert draft.article.source is not None
    assert (draft.article.source.name, draft.article.source.outlet) == ("مرصد الجبل", "marsad")
    assert "outlet:marsad" in {r.rule for r in draft.receipt.removed}


def test_an_outlet_known_by_default_gets_no_key_without_a_file() -> None:
    draft = _draft(f"{TITLE}\n{BODY}", ("url", "https://www.aljazeera.net/x", "sidecar"))
    assert draft.article.source is not None
    assert (draft.article.source.name, draft.article.source.outlet) == ("الجزيرة نت", "")


def test_the_sidecar_goes_before_the_page_and_the_text() -> None:
    draft = _draft(
        f"{TITLE}\n3 مايو 2024\n{BODY}",
        ("date", "2024-05-01", "sidecar"),
        ("date", "2024-05-02", "json-ld"),
    )
    assert draft.article.date is not None
    assert draft.article.date.iso == "2024-05-01"


@pytest.mark.parametrize(
    ("shown", "status"), [("4 مايو 2024", "exact"), ("9 مايو 2024", "conflicting")]
)
def test_a_page_that_shows_another_day_than_it_tells_is_contradictory(
    shown: str, status: str
) -> None:
    draft = _draft(f"{TITLE}\n{shown}\n{BODY}", ("date", "2024-05-03", "json-ld"))
    assert draft.article.date_info.status == status
    assert (draft.article.date is None) == (status == "conflicting")


def test_an_update_shown_to_readers_is_no_contradiction() -> None:
    facts = (("date", "2024-05-03", "json-ld"), ("modified", "2024-06-01", "json-ld"))
    assert _draft(f"{TITLE}\n1 حزيران 2024\n{BODY}", *facts).article.date_info.status == "exact"


def test_furniture_words_inside_a_paragraph_never_cost_it() -> None:
    line = (
        "وكتب الموقع في ذيل الصفحة «اترك تعليقاً» وتحتها «شارك الخبر» ثم أغلق باب التعليقات نهائياً."
    )
    assert line in _draft(f"{TITLE}\n{BODY}\n{line}").article.body


@pytest.mark.parametrize(
    ("line", "stored"),
    [
        ("١. بند أول من البنود", "١\\. بند أول من البنود"),
        ("2025. عام جديد يبدأ", "2025\\. عام جديد يبدأ"),
        ("#وسم في أول السطر هنا وبعده كلام", "\\#وسم في أول السطر هنا وبعده كلام"),
        ("> كلام كأنه اقتباس في السطر", "\\> كلام كأنه اقتباس في السطر"),
    ],
)
def test_what_would_read_as_markdown_is_made_harmless(line: str, stored: str) -> None:
    draft = _draft(f"{TITLE}\n{BODY}\n{line}\n{BODY}")
    assert stored in draft.article.body.split("\n\n")


def test_direction_marks_are_dropped_and_flagged() -> None:
    draft = _draft(f"{TITLE}\n{BODY}\N{RIGHT-TO-LEFT OVERRIDE}")
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in draft.article.body
    assert ("bidi", "U+202E") in {(f.kind, f.text) for f in draft.article.flags}


def test_nothing_but_furniture_makes_no_article_and_says_so() -> None:
    draft = _draft("الرئيسية\nاتصل بنا\nجميع الحقوق محفوظة")
    assert draft.article.body == ""
    assert [p.code for p in draft.problems] == ["seed-no-body"]


def test_a_digest_makes_no_article_and_says_so() -> None:
    titles = ["طقس بارد غداً", "فوز المنتخب ودياً", "أسعار الذهب تستقر", "وفاة ممثلة", "إغلاق طريق"]
    draft = _draft("\n".join(["موجز الأخبار", *titles]))
    assert draft.article.body == ""
    assert [p.code for p in draft.problems] == ["seed-digest"]


def test_guessed_encodings_and_lost_bytes_are_said() -> None:
    raw = RawDocument("a.txt", BODY, "ab" * 32, notes=("encoding-guessed", "bytes-lost"))
    codes = [p.code for p in draft_of(raw, knowledge_of()).problems]
    assert codes == ["seed-encoding", "seed-bytes-lost"]


def test_the_seeds_lines_are_told_for_what_was_removed() -> None:
    draft = _draft(f"{TITLE}\n\n{BODY}\n\nزر الذهاب إلى الأعلى")
    places = {r.rule: (r.first, r.last) for r in draft.receipt.removed}
    assert places == {"headline": (1, 1), "footer": (6, 6)}


@pytest.mark.parametrize(
    ("address", "today", "status"),
    [
        ("https://a.example/2025/10/03/x", "", "inferred"),
        ("https://a.example/c/2025-10-03/x", "اليوم الجمعة", "inferred"),
        ("https://a.example/item/48812-2025-10-03-07-41-20", "", "inferred"),
        ("https://a.example/2025/10/03/x", "اليوم الأحد", "conflicting"),
        ("https://a.example/x-2025-10-03", "", "unknown"),
        ("https://a.example/2025/13/03/x", "", "unknown"),
    ],
)
def test_the_address_of_a_page_may_tell_its_day(address: str, today: str, status: str) -> None:
    text = f"{TITLE}\n{BODY.replace('البلدية', f'البلدية، {today}،', 1) if today else BODY}"
    article = _draft(text, ("url", address, "link canonical")).article
    assert article.date_info.status == status
    assert (article.date is not None) == (status == "inferred")
