import pytest
from tests.intake.drafts import BODY, TITLE, drafted

from warraq.intake import outlet_directory
from warraq.intake.headline.page_head import read_page_head
from warraq.intake.state import ImportState, Line, SeedPage
from warraq.model import RawDocument


def test_a_sentence_from_which_the_next_goes_on_is_no_headline() -> None:
    first = "أعلنت البلدية فتح الطريق الساحلي أمام السيارات كلها."
    article = drafted(f"{first}\nوقال رئيسها إن العمل استغرق ستة أشهر كاملة.").article
    assert article.title_status == "generated"
    assert article.body.startswith(first)


def test_who_issued_a_statement_is_named_above_its_headline() -> None:
    draft = drafted(f"مرصد الساحل للحقوق\nبيان: عام على إغلاق الطريق بلا تحقيق\n{BODY}")
    assert draft.article.title == "بيان: عام على إغلاق الطريق بلا تحقيق"
    assert draft.article.source is not None
    assert draft.article.source.name == "مرصد الساحل للحقوق"


def test_a_report_of_one_sentence_is_its_own_text() -> None:
    text = "أعلنت البلدية انتهاء صيانة الجسر القديم بعد ستة أشهر من الإغلاق."
    draft = drafted(text)
    assert (draft.article.body, draft.article.title_status) == (text, "generated")
    short = drafted(f"انتهاء صيانة الجسر\n{text}")
    assert (short.article.title, short.article.body) == ("انتهاء صيانة الجسر", text)


@pytest.mark.parametrize(
    "line", ["الرقم المرجعي: م.س/بيان/41/2021", "الجمعة 19 نيسان 2024 أبوظبي الإمارات"]
)
def test_a_reference_number_or_a_day_between_places_is_no_headline(line: str) -> None:
    article = drafted(f"{line}\n{BODY}").article
    assert article.title_status == "generated"


def _read(*texts: str) -> ImportState:
    lines = tuple(Line(text, n, n) for n, text in enumerate(texts, start=1))
    raw = RawDocument("a.txt", "\n".join(texts), "0" * 64)
    return read_page_head(ImportState(raw, outlet_directory(), SeedPage(lines)))


def test_the_head_gives_headline_writer_place_and_stamps() -> None:
    first, second = BODY.split("\n")
    state = _read(TITLE, "صيدا - سمر نجم", "3 أيار 2024", first, second)
    assert (state.page.title, state.page.title_status) == (TITLE, "outlet")
    assert (state.page.authors, state.page.dateline) == (("سمر نجم",), "صيدا")
    assert [stamp.mention.text for stamp in state.stamps] == ["3 أيار 2024"]
    assert [line.text for line in state.page.lines] == [first, second]
    assert [removed.rule for removed in state.page.removed] == ["headline", "byline", "date-line"]


def test_a_text_of_paragraphs_has_no_head() -> None:
    state = _read(*BODY.split("\n"))
    assert state.page.title == ""
    assert state.page.removed == ()
