"""A form's text over one that changed meanwhile: both changes are there, or both are shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warraq.desk.article_form import ARTICLE_FORM
from warraq.desk.merging import Clash, merged
from warraq.model import Article

PARAGRAPHS = st.lists(st.sampled_from(("أ", "ب", "ج", "ب  \nب", "ب\nب")), max_size=5)
BODIES = PARAGRAPHS.map("\n\n".join)


def article(body: str) -> Article:
    return Article("a1b2c3", "عنوان", body=body)


def merged_body(base: str, mine: str, now: str) -> str | None:
    """Return the merged text, None where both changed the same."""
    found = merged(ARTICLE_FORM, article(base), article(mine), article(now))
    return None if found.conflicts else found.record.body


@pytest.mark.parametrize(
    ("mine", "now", "wanted"),
    [
        ("أ\n\nب\n\nج2", "أ1\n\nب\n\nج", "أ1\n\nب\n\nج2"),
        ("أ\n\nب\n\nج2", "أ  \nأ\n\nب\n\nج", "أ  \nأ\n\nب\n\nج2"),
        ("أ\n\nب2\n\nج", "أ\n\nج", None),
        ("أ\n\nج", "أ\n\nب2\n\nج", None),
        ("أ\n\nب\n\nج\n\nد", "أ\n\nب\n\nج\n\nه", None),
    ],
)
def test_paragraphs_of_both_sides(mine: str, now: str, wanted: str | None) -> None:
    assert merged_body("أ\n\nب\n\nج", mine, now) == wanted


@pytest.mark.parametrize("broken", ["بيت  \nوبيت", "بيت\nوبيت", "بيت\\\nوبيت"])
def test_a_change_of_line_ends_alone_is_a_change(broken: str) -> None:
    lines, end = (broken, "ثم", "خبر"), ("بيت وبيت", "ثم", "خبران")
    base = "بيت وبيت\n\nثم\n\nخبر"

    for mine, now in ((lines, end), (end, lines)):
        found = merged_body(base, "\n\n".join(mine), "\n\n".join(now))
        assert found == f"{broken}\n\nثم\n\nخبران"


def test_only_the_paragraphs_that_both_changed_clash() -> None:
    base, mine, now = "أ\n\nب\n\nج\n\nد\n\nه", "أ1\n\nب\n\nج1\n\nد\n\nه", "أ2\n\nب\n\nج\n\nد\n\nه2"

    found = merged(ARTICLE_FORM, article(base), article(mine), article(now))

    assert (found.conflicts, found.clashes) == (("body",), (Clash("أ1", "أ2"),))
    assert found.record.body == "أ1\n\nب\n\nج1\n\nد\n\nه2"


@given(BODIES, BODIES, BODIES)
def test_what_one_side_wrote_is_never_lost(base: str, mine: str, now: str) -> None:
    found = merged_body(base, mine, now)

    if found is not None:
        new = {*mine.split("\n\n"), *now.split("\n\n")} - {*base.split("\n\n"), ""}
        assert new <= {*found.split("\n\n")}
    assert merged_body(base, base, now) == now.strip()
    assert merged_body(base, mine, base) == mine.strip()
