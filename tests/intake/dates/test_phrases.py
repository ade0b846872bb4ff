"""The grammar of date phrases: where mentions begin and end, and what they say."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from warraq.intake.dates.mention import DateReading
from warraq.intake.dates.phrases import hour_alone, mentions
from warraq.intake.dates.resolution import resolve


def test_readings_of_one_day_make_one_mention() -> None:
    # The delegations met yesterday, Saturday, on 3 March 2024.
    (mention,) = mentions("التقى الوفدان، أمس السبت، في 3 آذار 2024.")
    assert mention.text == "أمس السبت، في 3 آذار 2024"
    assert [reading.kind for reading in mention.readings] == ["shift", "weekday", "day"]


def test_two_days_make_two_mentions() -> None:
    found = mentions("وصل في 3 آذار 2024 وغادر في 7 آذار 2024")  # came on …, left on …
    assert [mention.text for mention in found] == ["3 آذار 2024", "7 آذار 2024"]


def test_a_range_is_one_mention_with_an_end() -> None:
    (mention,) = mentions("من 3 آذار 2024 إلى 5 آذار 2024")  # from … to …
    assert mention.range_end == (DateReading("day", 2024, 3, 5),)


def test_an_hour_alone_is_no_mention_but_may_be_a_line() -> None:
    assert mentions("الساعة 14:30") == ()
    assert hour_alone("الساعة 14:30") == ("14:30", "")
    assert hour_alone("المباراة 14:30") == ("", "")  # the match at 14:30


def test_spans_count_the_marks_of_the_text() -> None:
    text = "نُشِرَ في ٣ آذارَ ٢٠٢٤"  # with short vowels
    (mention,) = mentions(text)
    assert text[mention.start : mention.end] == mention.text == "٣ آذارَ ٢٠٢٤"


@given(st.text("0123456789٠١٢٣٤٥٦٧٨٩/.-: أكتوبرالماضيمنيومسهـ,،()", max_size=60))
def test_no_text_breaks_the_grammar(text: str) -> None:
    for mention in mentions(text):
        assert text[mention.start : mention.end] == mention.text
        resolve(mention, date(2025, 10, 12))
