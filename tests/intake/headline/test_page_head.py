import pytest
from tests.intake.drafts import BODY, drafted


def test_a_sentence_from_which_the_next_goes_on_is_no_headline() -> None:
    first = "أعلنت البلدية فتح الطريق الساحلي أمام السيارات كلها."
    article = drafted(f"{first}\nوقال رئيسها إن العمل استغرق ستة أشهر كاملة.").article
    assert article.title_status == "generated"
    assert article.body.startswith(first)


def test_who_issued_a_statement_stands_above_its_headline() -> None:
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
