import pytest
from tests.intake.drafts import BODY, TITLE, drafted

from warraq.intake import draft_of, outlet_directory
from warraq.model import RawDocument


@pytest.mark.parametrize(
    ("line", "stored"),
    [
        ("١. بند أول من البنود", "١\\. بند أول من البنود"),
        ("2025. عام جديد يبدأ", "2025\\. عام جديد يبدأ"),
        ("#وسم في أول السطر هنا وبعده كلام", "\\#وسم في أول السطر هنا وبعده كلام"),
        ("> كلام كأنه اقتباس في السطر", "\\> كلام كأنه اقتباس في السطر"),
    ],
)
def test_what_would_read_as_markdown_is_made_harmless(line: str, stored: str) -> None:
    draft = drafted(f"{TITLE}\n{BODY}\n{line}\n{BODY}")
    assert stored in draft.article.body.split("\n\n")


def test_marks_in_the_words_of_a_page_are_no_markup() -> None:
    text = f"{TITLE}\n## قسم _أول_ و_ثان_\n- بند *مهم* و*آخر* في السطر\n{BODY}"
    raw = RawDocument("seeds/x.html", text, "ab" * 32, kind="page")

    body = draft_of(raw, outlet_directory()).article.body.split("\n\n")

    assert r"## قسم \_أول\_ و_ثان\_" in body
    assert r"- بند \*مهم\* و\*آخر\* في السطر" in body


@pytest.mark.parametrize("mark", ["[", "![", "[a](", "*", "_a_", "`", "<5", "&#", "\\", "> ", "- "])
@pytest.mark.parametrize("kind", ["text", "markdown", "html", "page"])
def test_a_row_of_marks_holds_up_no_import(mark: str, kind: str) -> None:
    text = f"{TITLE}\n{BODY}\n{mark * (100_000 // len(mark))}\n{BODY} ثم."
    raw = RawDocument("seeds/x.txt", text, "ab" * 32, kind=kind)  # type: ignore[arg-type] # a kind

    assert BODY.split("\n", maxsplit=1)[0] in draft_of(raw, outlet_directory()).article.body
