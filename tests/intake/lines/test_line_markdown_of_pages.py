"""What of a saved page's lists and tables is written when the steps took some of it out."""

from warraq.intake.lines.line_breaks import split_lines
from warraq.intake.lines.line_markdown import as_markdown, lost_links, markdown_forms
from warraq.intake.state import Line


def _written(*lines: tuple[str, str]) -> str:
    standing = [Line(text, number, number) for number, (text, _) in enumerate(lines, start=1)]
    held = {number: form for number, (_, form) in enumerate(lines, start=1)}
    return as_markdown(standing, "page", markdown_forms(standing, held))


HEAD, SALT, TEA = (
    ("الصنف | السعر", "| الصنف | السعر |\n|---|---|"),
    ("ملح | 2", "| ملح | 2 |"),
    ("شاي", "| [شاي](https://a.example/) | |"),
)


def test_rows_make_a_table() -> None:
    assert _written(HEAD, SALT, TEA, ("ثم", "")) == (
        "| الصنف | السعر |\n|---|---|\n| ملح | 2 |\n| [شاي](https://a.example/) | |\n\nثم"
    )


def test_two_tables_with_nothing_between_them_are_two() -> None:
    assert _written(HEAD, SALT, HEAD, TEA).count("|---|---|") == 2


def test_a_table_that_lost_its_head_has_another_and_a_row_alone_is_a_line() -> None:
    assert _written(SALT, TEA) == "| ملح | 2 |\n|---|---|\n| [شاي](https://a.example/) | |"
    assert _written(("قبل", ""), TEA, ("بعد", "")) == "قبل\n\n[شاي](https://a.example/)\n\nبعد"
    assert _written(HEAD, ("بعد", "")) == "الصنف | السعر\n\nبعد"


def test_words_that_look_like_a_row_are_words() -> None:
    assert _written(("| أ | ب |", ""), ("ثم", "*ثم*")) == "| أ | ب |\n\n*ثم*"


def test_an_item_whose_list_is_gone_is_at_the_margin() -> None:
    assert _written(("قبل", ""), ("- فرع", "    - فرع"), ("- تكملة", "        تكملة")) == (
        "قبل\n\n- فرع\n\n    تكملة"
    )


def test_a_line_that_is_cut_is_written_once_and_its_links_are_noted() -> None:
    lines = split_lines("date 2025-12-09 وصل الوفد ••••• نفت المديرية")
    known = markdown_forms(lines, {1: "[وصل](https://a.example/)"})
    assert as_markdown(lines, "page", known).count("وصل") == 1
    assert [lost.text for lost in lost_links(lines, known)] == ["https://a.example/"]
