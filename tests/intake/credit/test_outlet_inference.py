import pytest
from tests.intake.drafts import BODY, TITLE, drafted, source_name


@pytest.mark.parametrize(
    ("line", "outlet"),
    [("وقال لـ«عنب بلدي» إن الجسر آمن.", "عنب بلدي"), ("وأفاد مراسل عنب بلدي بذلك.", "عنب بلدي"),
     ("ورصدت بوابة الفجر ما قيل في ذلك.", "الفجر"), ("وأفاد مراسل الصحيفة بذلك.", ""),
     ("وقال لـ«عنب بلدي» ثم لـ«القبس» إن الجسر آمن.", ""), ("وقال لوكالة رويترز إنه آمن.", "")],
)  # fmt: skip
def test_the_one_that_people_speak_to_is_the_outlet(line: str, outlet: str) -> None:
    source = drafted(f"{TITLE}\n{BODY}\n{line}").article.source
    assert (source.name if source else "") == outlet


def test_a_logos_words_name_the_outlet() -> None:
    source = drafted(f"مرآة الوادي logo\n{TITLE}\n{BODY}").article.source
    assert source is not None
    assert source.name == "مرآة الوادي"


def test_an_outlet_that_speaks_at_the_foot_goes_before_the_agency_it_prints() -> None:
    draft = drafted(f"{TITLE}\n{BODY}\nالمصدر: رويترز\nتابعوا الجزيرة نت على فيسبوك")
    assert draft.article.source is not None
    assert draft.article.source.name == "الجزيرة نت"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("جميع الحقوق محفوظة لصحيفة نبض الساحل - تصميم وبرمجة شركة مدى", "صحيفة نبض الساحل"),
        ("حقوق النشر © 2020 بوابة القلعة، جميع الحقوق محفوظة.", "بوابة القلعة"),
        ("اشترك في النشرة البريدية لموقع سهل الغاب", "سهل الغاب"),
        ("تابعوا أخبار شبكة النخيل الإخبارية على واتساب", "شبكة النخيل الإخبارية"),
        ("تابعونا عبر قناة سهل الغاب على تلغرام", "سهل الغاب"),
        ("نشر في صحيفة الضفاف بتاريخ 12 آذار 2014", "صحيفة الضفاف"),
        ("تابعونا على موقع فيسبوك", ""),
        ("تابعونا على موقع الوزارة الإلكتروني", ""),
        ("تابعونا على موقع الجريدة", ""),
        ("اقرأ أيضاً: صحيفة الضفاف تعود إلى الصدور", ""),
    ],
)
def test_an_outlet_on_no_list_is_known_where_its_page_speaks_to_readers(
    line: str, name: str
) -> None:
    assert source_name(f"{TITLE}\n{BODY}\n{line}") == name


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("وقال شاهد لمراسل راديو الفرات إن الناس ينتظرون منذ الصباح.", "راديو الفرات"),
        ("وأصيب مراسل راديو الفرات في القصف.", ""),
        ("وقال الوزير في حديث لصحيفة الضفاف إن الخطة جاهزة.", ""),
        ("وقال شاهد لمراسل الجريدة إن الناس ينتظرون منذ الصباح.", ""),
        ("وقال المدير في تصريح لموقع الجريدة إن العمل مستمر.", ""),
    ],
)
def test_an_outlet_is_known_by_its_reporter_and_not_by_what_is_quoted(line: str, name: str) -> None:
    draft = drafted(f"{TITLE}\n{BODY}\n{line}")
    assert (draft.article.source.name if draft.article.source else "") == name
    assert not any("الجريدة" in cited.name for cited in draft.article.cited)


def test_an_issue_is_no_part_of_the_papers_name() -> None:
    assert source_name(f"جريدة الضفاف العدد 1204\n\n{TITLE}\n\n{BODY}") == "جريدة الضفاف"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("حمّل تطبيق سهل الغاب", "سهل الغاب"),
        ("اشترك في النشرة البريدية لسهل الغاب، لتصلك الأخبار", "سهل الغاب"),
        ("حمّل تطبيق الهاتف", ""),
        ("تعبر المقالات عن رأي أصحابها", ""),
    ],
)
def test_an_app_or_a_newsletter_is_its_outlets(line: str, name: str) -> None:
    assert source_name(f"{TITLE}\n{BODY}\n{line}") == name


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("تصميم وتطوير: مدى سوفت | جميع الحقوق محفوظة لدى موقع دروب الخير", "دروب الخير"),
        ("عن جريدة الضفاف", "جريدة الضفاف"),
    ],
)
def test_neither_designer_nor_preposition_is_the_outlets_name(line: str, name: str) -> None:
    assert source_name(f"{TITLE}\n{BODY}\n{line}") == name


@pytest.mark.parametrize(
    ("line", "name"),
    [
        (f"ظهرت المقالة {TITLE} أولاً على موقع سهل الغاب.", "سهل الغاب"),
        (f"التدوينة {TITLE} ظهرت أولاً على شبكة النخيل.", "شبكة النخيل"),
        ("وأضاف أن الشمس ظهرت أولاً على القمم ثم نزلت إلى السهل.", ""),
        ("وقال إن عليه أولاً أن يعيد بناء البيت على مهل.", ""),
    ],
)
def test_what_wordpress_puts_below_a_feeds_items_names_the_outlet(line: str, name: str) -> None:
    draft = drafted(f"{TITLE}\n{BODY}\n{line}")
    assert (draft.article.source.name if draft.article.source else "") == name
    assert (line in draft.article.body) is (not name)


def test_the_page_data_notice_of_rights_names_its_outlet() -> None:
    assert source_name(f"{TITLE}\n{BODY}", ("rights", "صحيفة الضفاف", "meta")) == "صحيفة الضفاف"
