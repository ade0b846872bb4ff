from warraq.intake import outlet_directory
from warraq.intake.lines.standalone import (
    among_short_lines,
    is_listed,
    is_page,
    recurring_headings,
)
from warraq.model import Fact, RawDocument

PROSE = "قالت البلدية في بيان لها إن أعمال الصيانة انتهت قبل موعدها بأسبوع كامل."
# The moon that we forgot / got two wings of light / more / the houses slept / and nobody did.
POEM = ("القمر الذي نسيناه", "صار له جناحان من ضوء", "المزيد", "نامت البيوت", "ولم ينم أحد")


def _is_page(*texts: str, facts: tuple[Fact, ...] = ()) -> bool:
    raw = RawDocument("a.txt", "\n".join(texts), "0" * 64, facts=facts)
    return is_page(raw, texts, outlet_directory())


def test_a_button_shows_a_page() -> None:
    assert _is_page("عودة الحافلات", PROSE, "زر الذهاب إلى الأعلى")  # back to top
    assert not _is_page("عودة الحافلات", PROSE)


def test_a_record_with_a_headline_is_no_page() -> None:
    title = Fact("title", "عودة الحافلات", "export")
    assert not _is_page(PROSE, "زر الذهاب إلى الأعلى", facts=(title,))


def test_a_pages_word_among_the_lines_of_a_poem_is_a_line() -> None:
    assert among_short_lines(POEM) == {2}
    assert among_short_lines(POEM[2:]) == frozenset()


def test_short_lines_are_a_list_and_a_report_is_none() -> None:
    assert is_listed(("قصيدة", *POEM))
    assert not is_listed(("عودة الحافلات", PROSE, PROSE))


def test_headings_of_one_word_come_over_paragraphs_in_turn() -> None:
    # An interview, question:, answer:
    assert recurring_headings(("حوار", "السؤال:", PROSE, "الرد:", PROSE)) == {1, 3}
    assert recurring_headings(("حوار", "المزيد", PROSE)) == frozenset()  # «more» by itself
