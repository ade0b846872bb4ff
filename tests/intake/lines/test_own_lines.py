"""What an outlet's file lists of its lines holds for its own articles, and for no others."""

import pytest
from tests.intake.drafts import BODY, TITLE, drafted

from warraq.model import Draft, Outlet

LABEL = "تابعوا البقية غدًا"  # «follow the rest tomorrow»: no rule knows it
BUTTON = "اترك تعليق"  # «leave a comment», a rule's
PAGE = f"{TITLE}\n{BODY}\n{LABEL}\n{BODY}\n{BUTTON}\nعنوان آخر من الموقع لا صلة له بالخبر\n"
MARSA = Outlet("marsa", "نشرة المرسى", furniture=(LABEL,))
JABAL = Outlet("jabal", "مرصد الجبل")


def of(outlet: Outlet, *outlets: Outlet, text: str = PAGE) -> Draft:
    return drafted(text, ("outlet", outlet.name, "sidecar"), outlets=outlets)


def test_an_outlets_furniture_goes_out_of_its_own_articles_only() -> None:
    own, other = of(MARSA, MARSA, JABAL), of(JABAL, MARSA, JABAL)

    assert LABEL not in own.article.body
    assert ("outlet:marsa", LABEL) in {(r.rule, r.text) for r in own.receipt.removed}
    assert LABEL in other.article.body
    assert other == of(JABAL, JABAL)
    assert LABEL in of(Outlet("", "صحيفة الوادي"), MARSA).article.body  # which has no file


def test_where_no_outlet_is_known_the_furniture_of_all_goes() -> None:
    draft = drafted(PAGE, outlets=[MARSA, JABAL])

    assert draft.article.source is None
    assert LABEL not in draft.article.body


def test_a_line_that_an_outlet_keeps_stays_where_it_was() -> None:
    keeping = Outlet("marsa", "نشرة المرسى", keep=(BUTTON,))
    kept, without = of(keeping, keeping), of(Outlet("marsa", "نشرة المرسى"))

    assert BUTTON not in without.article.body
    lines = kept.article.body.split("\n\n")
    assert lines.index(BUTTON) == 5  # below the two paragraphs, the label and these again
    assert BUTTON not in {r.text for r in kept.receipt.removed}
    assert BUTTON not in of(JABAL, keeping, JABAL).article.body


def test_a_line_that_is_both_stays() -> None:
    both = Outlet("marsa", "نشرة المرسى", furniture=(LABEL,), keep=(LABEL,))

    assert LABEL in of(both, both).article.body


@pytest.mark.parametrize("line", ["المصدر: نشرة المرسى", "نشرة المرسى غير مسؤولة عن محتوى الخبر"])
def test_a_kept_line_still_tells_who_is_credited(line: str) -> None:
    keeping = Outlet("marsa", "نشرة المرسى", disclaimers=(line,), keep=(line,))
    draft = of(keeping, keeping, text=f"{TITLE}\n{BODY}\n{line}\n")

    assert draft.article.source is not None
    assert draft.article.source.outlet == "marsa"
    assert draft.article.body.endswith(line)


def test_a_headline_that_is_kept_is_not_there_twice() -> None:
    keeping = Outlet("marsa", "نشرة المرسى", keep=(TITLE,))

    assert of(keeping, keeping) == of(Outlet("marsa", "نشرة المرسى"), keeping)


@pytest.mark.parametrize("listed", ["", "...", "\u202e", "x" * 100_000])
def test_entries_without_words_or_without_end_do_nothing(listed: str) -> None:
    odd = Outlet("marsa", "نشرة المرسى", furniture=(listed,), keep=(listed,))
    plain = Outlet("marsa", "نشرة المرسى")

    assert of(odd, odd) == of(plain, plain)
