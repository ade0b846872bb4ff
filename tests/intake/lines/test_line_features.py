import pytest

from warraq.intake.lines.line_features import (
    is_closing,
    is_digest,
    is_greeting,
    is_headline_like,
    is_issuer,
    is_prose,
    is_question,
    is_sentence,
)

HEADLINES = ("طقس بارد غدا", "فوز المنتخب وديا", "أسعار الذهب تستقر", "وفاة ممثلة", "إغلاق طريق")


@pytest.mark.parametrize(
    ("text", "prose"),
    [
        pytest.param("قالت البلدية إن الجسر سيفتح غدا.", True, id="a sentence of six words"),
        pytest.param("فتح الجسر غدا.", False, id="a slogan with a full stop"),
        pytest.param("قالت البلدية إن الجسر سيفتح غدا", False, id="a headline"),
        pytest.param(" ".join(["كلمة"] * 18), True, id="eighteen words without a mark"),
    ],
)
def test_a_paragraph_is_long_or_ends_as_sentences_do(text: str, prose: bool) -> None:
    assert is_prose(text) is prose


def test_a_sentence_ends_in_one_full_stop() -> None:
    assert is_sentence("فتح الجسر الشمالي غدا.")
    assert not is_sentence("فتح الجسر الشمالي غدا..")


def test_a_short_question_may_be_a_headline() -> None:
    assert is_question("لماذا أغلق الجسر؟")  # why was the bridge closed?
    assert is_headline_like("لماذا أغلق الجسر؟")


def test_a_line_that_introduces_another_is_no_headline() -> None:
    assert not is_headline_like("وقال المدير للصحفيين:")  # and the director told reporters:


def test_letters_greet_and_close() -> None:
    assert is_greeting("عزيزي القارئ")  # dear reader
    assert is_closing("والله ولي التوفيق")  # God grant success
    assert is_issuer("المكتب التنفيذي لنقابة المعلمين")  # executive office of the teachers' union
    assert not is_greeting("الجسر مفتوح")  # the bridge is open


def test_headlines_that_have_nothing_in_common_are_a_digest() -> None:
    assert is_digest("موجز الأخبار", HEADLINES)  # news in brief
    assert not is_digest("عودة الحافلات", HEADLINES, named_only=True)  # the buses are back
    assert not is_digest("موجز الأخبار", HEADLINES[:4])
