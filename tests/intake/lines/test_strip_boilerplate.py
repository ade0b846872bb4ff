import pytest
from tests.intake.drafts import BODY, TITLE, drafted

from warraq.intake.lines.boilerplate import boilerplate_rule
from warraq.intake.lines.strip_boilerplate import strip_boilerplate
from warraq.intake.state import Line, SeedPage


def test_whole_stories_under_related_go_once_the_source_was_named() -> None:
    other = "افتتح الوزير معرض الخط العربي في المكتبة الوطنية بحضور عدد من الخطاطين الشباب."
    text = f"{TITLE}\n{BODY}\nالمصدر: رويترز\nاقرأ أيضاً:\nمعرض للخط في المكتبة\n{other}"
    assert "المكتبة" not in drafted(text).article.body
    assert "المكتبة" in drafted(text.replace("المصدر: رويترز\n", "")).article.body


def test_a_story_cut_off_under_the_outlets_name_again_is_another() -> None:
    other = (
        "بغداد اليوم - البصرة افتتح الوزير معرض الخط العربي في المكتبة الوطنية بحضور عدد من"
        " الخطاطين الشباب وقال في"
    )
    article = drafted(f"{TITLE}\nبغداد اليوم - صيدا\n{BODY}\nمعرض للخط في المكتبة\n{other}").article
    assert "المكتبة" not in article.body


def test_a_label_of_any_wording_under_the_source_ends_the_article() -> None:
    text = f"{TITLE}\n{BODY}\nالمصدر: رويترز\nمن دفاتر القراء\nمعرض للخط العربي في المكتبة الوطنية"
    assert "المكتبة" not in drafted(text).article.body
    assert "دفاتر" in drafted(text.replace("المصدر: رويترز\n", "")).article.body


def test_headlines_at_the_foot_need_no_label_where_there_are_three() -> None:
    foot = [
        "مهرجان للزيتون في قرى الجبل الغربي غدا",
        "مدرب الشباب يعد جمهوره بالكأس هذا العام",
        "شركة الكهرباء تعلن وظائف شاغرة لخريجي المعاهد",
    ]
    assert drafted("\n".join([TITLE, BODY, *foot])).article.body.endswith("مليوني دينار.")
    assert "الكأس" in drafted("\n".join([TITLE, BODY, *foot[:2]])).article.body
    names = ["نبيل عبد الواحد", "هالة القاسم", "سمر نجم", "رامي الحداد"]
    assert drafted("\n".join([TITLE, BODY, *names])).article.body.endswith(names[-1])


def test_a_short_line_below_others_headlines_heads_what_goes_on() -> None:
    links = (
        "اقرأ المزيد\nمدرجات الجنوب زراعة معلقة في السماء\nالقط العسيري يغادر الجدران إلى الحقائب"
    )
    draft = drafted(f"{TITLE}\n{BODY}\n{links}\nلماذا أغلق؟\n{BODY}")
    assert "لماذا أغلق؟" in draft.article.body
    assert "مدرجات" not in draft.article.body


def test_a_column_keeps_its_paragraph_and_its_contact_goes() -> None:
    column = f"{BODY} ".replace("\n", " ") * 3 + "ثم إلى متى نسأل؟…"
    contact = "للتواصل أرسل رسالة إلى الرقم 10001 تبدأ بالرمز 7"
    body = f"{column}\n\n{contact}"
    assert drafted(body, ("title", "حديث الجسر", "export")).article.body == column


def test_an_article_is_not_its_own_next_story() -> None:
    lead = "يعود السوق إلى العمل بعد عامين من الإغلاق، وينتظر الباعة زبائنهم من القرى القريبة."
    first, second = BODY.split("\n")
    text = f"{TITLE}\n٠٧:٤١ بتوقيت غرينتش\n{lead}\nالعالم- العراق\n{first}\n{second.rstrip('.')}"
    assert second.rstrip(".") in drafted(text).article.body


def test_replies_below_a_text_of_one_paragraph_are_none_of_it() -> None:
    replies = "• 1 مواطن\n16-04-2019 09:12 AM\nكلام سليم\n• 2 ابن الحي\n16-04-2019 11:40 AM\nصدقت"
    text = BODY.replace("\n", " ")
    assert drafted(f"{TITLE}\n{text}\n{replies}\nأضف تعليقاً").article.body == text


PARAGRAPHS = (
    "قالت البلدية إن أعمال الصيانة انتهت، وإن الجسر سيفتح غدا أمام السيارات الصغيرة كلها.",
    "وأضافت أن الورشة بدلت الحواجز القديمة ودهنت الأعمدة ورفعت الإنارة إلى طرفي الممر.",
)
HEADLINES = ("إصابة عامل في الميناء القديم", "حديقة جديدة على طريق الساحل")


def _kept(*texts: str, standalone: bool = False) -> tuple[str, ...]:
    lines = tuple(Line(text, n, n) for n, text in enumerate(texts, start=1))
    matches = [boilerplate_rule(text) for text in texts]
    page = strip_boilerplate(SeedPage(lines), matches, 0, standalone=standalone)
    return tuple(line.text for line in page.lines)


@pytest.mark.parametrize(
    ("lines", "standalone"),
    [
        pytest.param(("زر الذهاب إلى الأعلى",), False, id="a button: back to top"),
        pytest.param(("اقرأ أيضا", *HEADLINES), False, id="«read also» and headlines"),
        pytest.param(("وسوم", "الجسر", "البلدية"), False, id="«tags» and labels"),
        pytest.param(("لا تنسوا الإعجاب بصفحتنا",), True, id="«like our page» below a bare text"),
    ],
)
def test_boilerplate_below_the_body_goes(lines: tuple[str, ...], standalone: bool) -> None:
    assert _kept(*PARAGRAPHS, *lines, standalone=standalone) == PARAGRAPHS


def test_headlines_in_the_middle_go_with_their_label_and_the_body_goes_on() -> None:
    assert _kept(PARAGRAPHS[0], "اقرأ أيضا", *HEADLINES, PARAGRAPHS[1]) == PARAGRAPHS


def test_a_sections_name_in_a_body_is_a_subheading() -> None:
    lines = (PARAGRAPHS[0], "رياضة", PARAGRAPHS[1])  # sports
    assert _kept(*lines) == lines


def test_each_line_that_goes_is_noted_with_its_rule() -> None:
    texts = (*PARAGRAPHS, "اقرأ أيضا", *HEADLINES)
    lines = tuple(Line(text, n, n) for n, text in enumerate(texts, start=1))
    page = strip_boilerplate(SeedPage(lines), [boilerplate_rule(t) for t in texts], 0)
    assert [(r.rule, r.first) for r in page.removed] == [("related", n) for n in (3, 4, 5)]
