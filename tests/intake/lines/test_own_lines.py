"""Lines of a text that have the form of a page's machinery, and are the text itself."""

from pathlib import Path

from warraq.intake import draft_of, outlet_directory
from warraq.model import Article
from warraq.seeds import reader


def _article(site: Path, text: str) -> Article:
    (site / "a.txt").write_text(text, "utf-8")
    return draft_of(reader.read(site / "a.txt", site), outlet_directory()).article


def test_days_that_head_parts_of_a_schedule_date_nothing(tmp_path: Path) -> None:
    lines = ["الثلاثاء 7 حزيران 2016", "10:00 ورشة الرسم", "12:30 عرض الدمى",
             "الأربعاء 8 حزيران 2016", "11:00 سباق الدراجات"]  # fmt: skip
    article = _article(tmp_path, "برنامج مهرجان الطفل في الحديقة\n\n" + "\n".join(lines))
    assert article.title == "برنامج مهرجان الطفل في الحديقة"
    assert all(line in article.body for line in lines)
    assert not article.date


def test_fixtures_of_a_round_are_a_headline(tmp_path: Path) -> None:
    title = "جدول مباريات الأسبوع الثالث من بطولة المدارس في المحافظة"
    article = _article(tmp_path, f"{title}\n\n15:00 الرازي - الفارابي\n\n17:00 الكندي - الجاحظ\n")
    assert article.title == title


def test_halves_of_a_verse_stay_parted(tmp_path: Path) -> None:
    text = "حنين\n\nشعر: نزار العلي\n\nيا طير بلغ *** أهلي سلامي\nإني غريب *** طال مقامي\n"
    article = _article(tmp_path, text)
    assert article.body.count(r"\*\*\*") == 2
    assert article.authors == ("نزار العلي",)
    assert not article.flags


def test_a_correction_below_a_report_is_a_part_of_it(tmp_path: Path) -> None:
    note = "تنويه: ورد في نسخة سابقة أن الحفل يوم السبت، والصحيح يوم الأحد."
    text = "حفل المدرسة\n\nتقيم المدرسة حفلها السنوي في الساحة بحضور الأهالي والتلاميذ جميعا.\n\n"
    assert note in _article(tmp_path, f"{text}{note}\n").body
    machine = "تنويه: الصور من مواقع التواصل."
    assert machine not in _article(tmp_path, f"{text}{machine}\n").body


def test_two_words_that_are_all_above_a_text_are_its_headline(tmp_path: Path) -> None:
    opening = "انتهت بلدية الجبل من إعادة فتح الطريق الجديد أمام السيارات بعد عام من الأعمال."
    rest = "وقال مهندسها إن الحركة عادت إلى ما كانت عليه قبل انهيار الجدار في الشتاء الماضي."
    for title in ("الطريق الجديد", "بلدية الجبل"):
        article = _article(tmp_path, f"{title}\n\n{opening}\n\n{rest}\n")
        assert (article.title, article.title_status) == (title, "outlet")
    real = "عودة الحركة إلى الجبل بعد عام من انهيار الجدار"
    article = _article(tmp_path, f"{real}\n\nبلدية الجبل\n\n{opening}\n\n{rest}\n")
    assert article.title == real
