"""What an open page is told."""

import msgspec

from warraq.base.problems import Problem, error, warning
from warraq.preview.events import MAX_SHOWN, event


class Told(msgspec.Struct):
    """The fields of an event that matter here."""

    problems: list[dict[str, str]]
    direction: str
    more: str


def told(*problems: Problem) -> Told:
    return msgspec.json.decode(event("v", problems, "ar").split(b"data: ")[1], type=Told)


def test_errors_come_first_and_are_worded_in_the_site_s_language() -> None:
    shown = told(warning("key-unknown", "a.md", 2, key="x"), error("site-name", "site.yaml"))

    assert [problem["place"] for problem in shown.problems] == ["site.yaml", "a.md:2"]
    assert shown.problems[0]["message"] == "الموقع بلا اسم"
    assert shown.direction == "rtl"


def test_a_thousand_problems_are_cut_and_counted() -> None:
    shown = told(*(error("site-name", f"{number:04}.md") for number in range(1000)))

    assert len(shown.problems) == MAX_SHOWN
    assert str(1000 - MAX_SHOWN) in shown.more
