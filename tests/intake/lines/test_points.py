"""Lists in texts and on pages keep all their points, and no point names an outlet or a writer."""

from pathlib import Path

import pytest

from warraq.intake import draft_of, outlet_directory
from warraq.intake.lines.points import points
from warraq.model import Article
from warraq.seeds import reader

TITLE = "ما يحمله الكشاف إلى المخيم"
OPENING = "على كل مشارك أن يجهز حقيبته قبل الرحلة بيومين، وأن يراجع ما فيها مع قائده."
NEXT = "وقال المشرف إن النقص في العتاد أفسد رحلة العام الماضي، فعاد نصف المشاركين قبل موعدهم."
MARKS = ("- {}", "• {}", "•{}", "* {}", "– {}", "{n}. {}", "{n}- {}", "▪ {}", "{a}) {}")
LISTS = (
    ("حبل طويل", "شبكة صيد", "مصباح يد"),
    ("سمر نجم", "رامي القاسم", "ليلى حداد"),
    ("جريدة الجبل", "صحيفة الوادي", "إذاعة السهل"),
    ("حلب", "دمشق", "بيروت"),
    ("مسرح الظل", "رياضة", "ورشة الخزف"),
    ("أن يصل المشارك قبل الموعد بنصف ساعة على الأقل", "ألا يحمل معه أجهزة ثمينة"),
)
PLACES = {
    "between": "{opening}\n\n{points}\n\n{next}\n",
    "end": "{opening}\n\n{next}\n\n{points}\n",
    "page": "12/5/2019\n\n{opening}\n\n{points}\n\n{next}\n\nاقرأ أيضا\nأمطار تغلق طريق الجبل\n",
}


def _article(folder: Path, text: str, name: str = "a.txt") -> Article:
    (folder / name).write_text(text, "utf-8")
    return draft_of(reader.read(folder / name, folder), outlet_directory()).article


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_all_points_of_a_list_stay(tmp_path: Path, mark: str, place: str, name: str) -> None:
    for listed in LISTS:
        told = (mark.format(x, n=n, a="أبج"[n - 1]) for n, x in enumerate(listed, 1))
        body = PLACES[place].format(opening=OPENING, next=NEXT, points="\n".join(told))
        article = _article(tmp_path, f"{TITLE}\n\n{body}", name)
        assert article.title == TITLE
        assert [x for x in listed if x not in article.body] == []
        assert (article.source, article.authors) == (None, ())


@pytest.mark.parametrize(
    "below",
    [
        ("- سمر نجم", "- 18-12-2023, 18:05"),  # who and when, below a standfirst
        ("- بقلم: سمر نجم", "- 812 مشاهدة"),
        ("- زورق صغير",),  # one is no list
        ("• الرئيسية", "• محليات", "• اتصل بنا"),
        ("اقرأ أيضا", "• أمطار تغلق طريق الجبل", "• افتتاح معرض الخزف"),
    ],
)
def test_what_a_page_has_behind_marks_is_no_list(below: tuple[str, ...]) -> None:
    label = [None if text[0] in "-•" else object() for text in below]
    assert not points((TITLE, OPENING, *below), (None, None, *label))  # type: ignore[arg-type] # any


def test_marked_lines_above_all_paragraphs_are_no_list() -> None:
    assert not points(("• المرفأ الجديد", "• سوق السمك", TITLE, OPENING))


def test_who_signs_below_a_list_is_still_read(tmp_path: Path) -> None:
    text = f"{TITLE}\n\n{OPENING}\n\n- حبل طويل\n- مصباح يد\n\n{NEXT}\n\n{OPENING}\n\nسمر نجم\n"
    article = _article(tmp_path, text)
    assert article.authors == ("سمر نجم",)
    assert "- مصباح يد" in article.body
