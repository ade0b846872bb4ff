import pytest
from tests.intake.drafts import BODY, TITLE, drafted, source_name

from warraq.intake import outlet_directory
from warraq.intake.headline.selection import (
    Candidates,
    Headline,
    headline_from_page_data,
    is_opening_paragraph,
    select_headline,
)


def test_a_line_that_goes_on_from_the_headline_is_none() -> None:
    line = "والبلدية تفتح الطريق الساحلي من جديد بعد الصيانة"
    assert drafted(f"{TITLE}\n{line}\n{BODY}").article.title == TITLE


def test_a_version_of_a_site_is_no_part_of_its_name() -> None:
    facts = (
        ("title", TITLE, "meta"),
        ("page-title", f"{TITLE} - تهامة بوست - نسخة الجوال", "title"),
    )
    assert source_name(f"{TITLE}\n{BODY}", *facts) == "تهامة بوست"


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("السنة 138 العدد 46458 الأحد 16 فبراير 2014", id="a paper's year and issue"),
        "Sun. 15 Sep. 2019 issue (4211)",
        pytest.param("الاستقبال >أخبار >وطنية", id="a path: home > news > national"),
        pytest.param("لاستلام أخبارنا على الواتساب اضغط هنا", id="get our news on WhatsApp"),
    ],
)
@pytest.mark.parametrize("title", [TITLE, "جسر جديد"])
def test_no_strip_path_or_request_is_the_headline(line: str, title: str) -> None:
    article = drafted(f"{line}\n{title}\n{BODY}\nاترك تعليقاً").article
    assert article.title == title
    assert line not in article.body


@pytest.mark.parametrize(
    "title", ["العدد 12 من مجلة الحي يصدر غداً", "السنة 2020 كانت الأقسى على المزارعين"]
)
def test_a_headline_that_holds_a_number_stays_one(title: str) -> None:
    assert drafted(f"{title}\n{BODY}").article.title == title


def test_behind_a_headline_the_last_name_is_the_sites_and_a_section_is_none() -> None:
    for behind, name in (
        ("محليات - شبكة النخيل الإخبارية", "شبكة النخيل الإخبارية"),
        ("أخبار محلية", ""),
    ):
        facts = (("title", TITLE, "meta"), ("page-title", f"{TITLE} - {behind}", "title"))
        assert source_name(f"{TITLE}\n{BODY}", *facts) == name


LEAD = "أعلنت البلدية فتح الطريق الساحلي من جديد بعد انتهاء أعمال الصيانة في الجسر الشمالي."


def _selected(*texts: str, alone: bool = False) -> str:
    lines = (*texts, LEAD)
    candidates = Candidates(lines, range(len(texts)), len(texts))
    found = select_headline(
        candidates, menu_above=lambda _: False, directory=outlet_directory(), alone=alone
    )
    return found.title if found else ""


def test_of_two_lines_the_one_with_words_of_the_article_is_the_headline() -> None:
    assert _selected("معرض للخط العربي في المكتبة", TITLE) == TITLE  # a fair of calligraphy


def test_a_line_that_comes_twice_is_the_headline_without_its_section() -> None:
    assert _selected(f"محليات : {TITLE}", TITLE) == TITLE  # local news: …


def test_a_sections_name_is_no_headline() -> None:
    assert _selected("أخبار الكويت") == ""  # news of Kuwait


def test_the_headline_of_the_pages_data_is_found_on_its_line() -> None:
    found = headline_from_page_data((TITLE, LEAD), [0], TITLE, outlet_directory())
    assert found == Headline(TITLE, "outlet", 0)


@pytest.mark.parametrize(
    ("text", "opens"),
    [
        pytest.param(TITLE, False, id="a headline"),
        pytest.param(f"{LEAD[:-1]} تماما.", True, id="fifteen words and a full stop"),
        pytest.param("عقدت اللجنة اجتماعها أمس في البلدية وأكدت ما يلي:", True, id="a colon"),
    ],
)
def test_a_first_line_may_be_the_first_paragraph(text: str, opens: bool) -> None:
    assert is_opening_paragraph(text) is opens
