"""Whole families of furniture go; what looks like them in an article's body stays."""

import pytest

from warraq.intake import draft_of, outlet_directory
from warraq.intake.credit.bylines import signature
from warraq.intake.credit.credit_rules import disclaimer
from warraq.model import Draft, RawDocument

FIRST = "أعلنت البلدية فتح الطريق الساحلي من جديد بعد انتهاء أعمال الصيانة في الجسر الشمالي."
LAST = "وقال رئيسها إن العمل استغرق ستة أشهر كاملة وإن كلفته بلغت مليوني دينار."


def _draft(*lines: str) -> Draft:
    text = "\n".join(("فتح الطريق الساحلي بعد صيانته", *lines))
    return draft_of(RawDocument("seeds/a.txt", text, "ab" * 32), outlet_directory())


@pytest.mark.parametrize(
    "label",
    ["خبر قد يهمك", "مقالات ذات ارتباط:", "وطالعوا أيضا", "الأكثر طلبا هذا الشهر", "كما قد يهمك",
     "نوصي لكم بقراءة", "المزيد من هذا القسم", "لا تفوتك قراءة"],
)  # fmt: skip
def test_a_label_of_other_articles_takes_their_headlines_with_it(label: str) -> None:
    draft = _draft(FIRST, LAST, label, "إصابة عامل في الميناء القديم", "حديقة جديدة في صور")
    assert draft.article.body == f"{FIRST}\n\n{LAST}"


@pytest.mark.parametrize(
    "line",
    ["اقرأ المزيد على موقعنا » الميناء يستقبل سفينة", "اكتشاف المزيد من مرصد الجبل",
     "منذ ساعتين - المحرر المحلي - 31 قراءة", "نشر هذا التقرير تحت عنوان: The Coast Road"],
)  # fmt: skip
def test_a_line_between_two_paragraphs_goes_alone(line: str) -> None:
    draft = _draft(FIRST, line, LAST)
    assert draft.article.body == f"{FIRST}\n\n{LAST}"
    assert line in {removed.text for removed in draft.receipt.removed}


@pytest.mark.parametrize(
    ("line", "ends_a_text"),
    [("تقييم الأضرار", False), ("آخر التقارير", False), ("الطقس اليوم", False),
     ("والله ولي التوفيق", True), ("للاستفسار والشكاوى: هاتف 04-255010", True),
     ("ووثق ناشطون وصول السفينة.", True)],
)  # fmt: skip
def test_what_belongs_to_a_body_stays(line: str, ends_a_text: bool) -> None:
    draft = _draft(FIRST, LAST, line, "والعمل جار في الجسر الجنوبي الذي يفتح في الصيف القادم.")
    assert line in draft.article.body
    assert (line in _draft(FIRST, LAST, line, "روابط سريعة").article.body) == ends_a_text


def test_a_poem_without_a_paragraph_keeps_its_lines() -> None:
    verses = ["أعود إلى البيت وحدي", "ولا أحد في البيت", "نافذة تطل على البحر", "زرعت ثلاث وردات"]
    draft = _draft("هدى العمري", "1 شباط 2020", *verses, "اقرأ أيضا", "قصائد مختارة")
    assert draft.article.body.split("\n\n") == verses
    assert draft.article.authors == ("هدى العمري",)


@pytest.mark.parametrize(
    ("line", "authors", "outlet"),
    [("الطيب أبو سن", ("الطيب أبو سن",), ""), ("بواسطة لحبيب بوشامة", ("لحبيب بوشامة",), ""),
     ("الفيوم - ميلاد يوسف", ("ميلاد يوسف",), ""), ("صيدا - المرصد", (), "المرصد"),
     ("زنقة 48", (), "زنقة 48"), ("طرطوس - خاص المنارة", (), "خاص المنارة")],
)  # fmt: skip
def test_who_signs_is_told_by_shape(line: str, authors: tuple[str, ...], outlet: str) -> None:
    told = signature(line, outlet_directory())
    assert told is not None
    assert (told.authors, told.outlet) == (authors, outlet)


def test_a_copy_names_its_origin_and_its_carrier_without_a_comma() -> None:
    line = "ملاحظة: هذا الخبر نشر أولاً على موقع مرصد الجبل ولا تتحمل شبكة الضفة مضمونه بأي شكل"
    assert disclaimer(line) == ("مرصد الجبل", "الضفة")


@pytest.mark.parametrize(
    ("line", "goes"),
    [("عدد كلمات التقرير 410", True), ("صدر المقال في النسخة الورقية", True),
     ("راسلوا محرر الصفحة", True), ("رقم المادة في الأرشيف: 5521", True),
     ("هكذا انتهى الخبر وبقي الجسر", False), ("لا عودة إلى الطريق القديم", False),
     ("كل عدد من أعداد المجلة كان يصل بالبحر", False)],
)  # fmt: skip
def test_a_line_at_the_foot_that_speaks_of_the_article_itself_goes(line: str, goes: bool) -> None:
    draft = _draft("12 أيار 2019 - 10:30", FIRST, LAST, line)
    assert (line not in draft.article.body) == goes
