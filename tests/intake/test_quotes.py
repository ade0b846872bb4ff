from pathlib import Path

import pytest

from warraq.intake import draft_of, outlet_directory
from warraq.intake.quotes import quotations_in
from warraq.model import Quotation
from warraq.seeds import reader

SITE = Path(__file__).parents[2]

# speaker, kind, channel, beginning of the words: as an editor reads the two seeds
EXPECTED = [
    ("مرهف أبو قصرة", "fragment", "", "حفاوة الاستقبال وجهوده"),
    ("مرهف أبو قصرة", "direct", "إكس", "أتوجه بخالص الشكر"),
    ("هاكان فيدان", "fragment", "إكس", "منعطفاً مهماً في مسار"),
    ("هاكان فيدان", "fragment", "إكس", "تعزيز التنسيق والتعاون الوثيق"),
    ("هاكان فيدان", "fragment", "", "الإدارة السورية الجديدة"),
    ("الشيباني", "indirect", "", "زيارته لأنقرة تُعدُّ"),
    ("الشيباني", "indirect", "", "سوريا دولة واحدة"),
    ("الشيباني", "direct", "", "من هنا ندعو المجتمع"),
    ("هاكان فيدان", "indirect", "", "العلاقات التركية – السورية"),
    ("هاكان فيدان", "indirect", "", "المرحلة التي أعقبت"),
]


@pytest.fixture(scope="module")
def told() -> list[Quotation]:
    names = ("000_19805c34f5b7eaf3.txt", "001_4d3d081484502be0.txt")
    raws = [reader.read(SITE / "seeds" / name, SITE) for name in names]
    return [q for raw in raws for q in draft_of(raw, outlet_directory()).receipt.quotations]


@pytest.mark.parametrize(("speaker", "kind", "channel", "words"), EXPECTED)
def test_the_seeds_quotations_have_their_speakers(
    told: list[Quotation], speaker: str, kind: str, channel: str, words: str
) -> None:
    (found,) = [q for q in told if q.text.startswith(words)]
    assert found.speaker.endswith(speaker)
    assert (found.kind, found.channel) == (kind, channel)


def test_the_speaker_may_come_after_the_words() -> None:
    (found,) = quotations_in(["«لم نطلب مساعدة من أحد، جمعنا الثمن بأنفسنا»، قالت أم يوسف."])
    assert found.speaker == "أم يوسف"


def test_a_title_alone_stands_for_the_person_named_before() -> None:
    texts = [
        "افتتح محافظ المدينة الجديد سامر كنعان، المركز الثقافي.",
        "وقال المحافظ: «سنفتح الطريق قبل نهاية الشهر».",
    ]
    assert [q.speaker for q in quotations_in(texts)] == ["سامر كنعان"]


def test_a_name_in_quotation_marks_is_no_quotation() -> None:
    assert quotations_in(["تجري الحملة باسم “لمسة دفء” في الشمال."]) == ()
