import pytest

from warraq.intake.text.folding import contains_headline, same_letters

TITLE = "فتح الطريق الساحلي"  # the coast road is open


@pytest.mark.parametrize(
    ("line", "contained"),
    [
        pytest.param(f"محليات | {TITLE}", True, id="a section before it"),
        pytest.param(f"{TITLE} - 12/3/2019", True, id="a day behind it"),
        pytest.param(f"{TITLE} {'كلمة ' * 7}", False, id="seven words more"),
        pytest.param("فتح الطريق", False, id="fewer words"),
    ],
)
def test_a_line_may_have_a_headline_and_a_few_words_more(line: str, contained: bool) -> None:
    assert contains_headline(line, TITLE) is contained


def test_marks_and_spaces_make_no_difference() -> None:
    assert same_letters("** فتح الطريق، الساحلي **", TITLE)
    assert not same_letters("فتح الطريق", TITLE)
