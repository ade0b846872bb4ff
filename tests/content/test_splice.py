import pytest

from warraq.content.splice import with_items, with_key

FILE = """---
# من المستورد
title: أ # كما جاء
people:
  - زيد
  # ومن قال
  - عمرو

# ما بعده
place: 'ب'
---

النص
"""


def spliced(key: str, value: object) -> str:
    return with_key(FILE, key, value, order=("title", "people", "date", "place"), path="a.md")


@pytest.mark.parametrize(
    ("key", "value", "before", "after"),
    [
        ("title", "ج", "title: أ # كما جاء\n", "title: ج # كما جاء\n"),
        ("place", "ج", "place: 'ب'\n", "place: ج\n"),
        ("people", ["هند"], "people:\n  - زيد\n  # ومن قال\n  - عمرو\n", "people:\n- هند\n"),
        ("title", ["ج", "د"], "title: أ # كما جاء\n", "title: # كما جاء\n- ج\n- د\n"),
        ("place", None, "place: 'ب'\n", ""),
        ("date", "2025", "عمرو\n", "عمرو\ndate: '2025'\n"),
        ("other", None, "", ""),
    ],
)
def test_one_key_is_set_and_every_other_line_stays(
    key: str, value: object, before: str, after: str
) -> None:
    order = ("title", "people", "date", "place", "other")

    assert with_key(FILE, key, value, order=order, path="a.md") == FILE.replace(before, after, 1)


def test_a_key_set_to_what_it_is_changes_nothing_but_quotes() -> None:
    assert spliced("title", "أ") == FILE


def test_an_empty_key_keeps_its_comment() -> None:
    text = "---\ntopics: # لاحقًا\nplace: ب\n---\n"
    filled = with_items(text, "topics", ["أ"], order=("topics",), path="a.md")

    assert filled == "---\ntopics: # لاحقًا\n- أ\nplace: ب\n---\n"
