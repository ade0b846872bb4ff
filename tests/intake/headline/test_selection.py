import pytest
from tests.intake.drafts import BODY, TITLE, drafted, source_name


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
        "السنة 138 العدد 46458 الأحد 16 فبراير 2014",
        "Sun. 15 Sep. 2019 issue (4211)",
        "الاستقبال >أخبار >وطنية",
        "لاستلام أخبارنا على الواتساب اضغط هنا",
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
