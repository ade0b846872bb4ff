from warraq.intake import outlet_directory
from warraq.intake.headline.line_roles import (
    BylineRole,
    DateRole,
    PageHead,
    roles_above,
    writer_below_headline,
)
from warraq.intake.headline.selection import Headline
from warraq.intake.state import ImportState, Line, SeedPage
from warraq.model import RawDocument

TITLE = "فتح الطريق الساحلي بعد صيانته"
BODY = "قالت البلدية في بيان لها إن أعمال الصيانة انتهت قبل موعدها بأسبوع كامل."


def _roles(*texts: str, alone: bool = False) -> dict[int, BylineRole | DateRole]:
    lines = tuple(Line(text, n, n) for n, text in enumerate(texts, start=1))
    raw = RawDocument("a.txt", "\n".join(texts), "0" * 64)
    state = ImportState(raw, outlet_directory(), SeedPage(lines), alone=alone)
    return roles_above(state, texts, [None] * len(texts))


def test_a_byline_carries_its_signature_and_a_date_line_its_stamps() -> None:
    roles = _roles(TITLE, "صيدا - سمر نجم", "3 أيار 2024", BODY)  # Sidon - Samar Najm, 3 May 2024
    assert sorted(roles) == [1, 2]
    byline, dated = roles[1], roles[2]
    assert isinstance(byline, BylineRole)
    assert (byline.signature.place, byline.signature.authors) == ("صيدا", ("سمر نجم",))
    assert isinstance(dated, DateRole)
    assert [stamp.mention.readings[0].day for stamp in dated.stamps] == [3]


def test_lines_below_the_first_paragraph_have_no_role() -> None:
    assert _roles(TITLE, BODY, "صيدا - سمر نجم", BODY) == {}


def test_a_day_and_a_name_in_a_bare_text_are_a_line_of_a_list() -> None:
    line = "السبت: سمر نجم"  # Saturday: Samar Najm
    assert 1 not in _roles("مناوبة الصيدليات", line, alone=True)  # pharmacies on duty


def test_a_name_between_headline_and_day_is_the_writers() -> None:
    texts = (TITLE, "رشال الغوطاني", "3 أيار 2024", BODY)
    head = PageHead(texts, [None] * 4, {2: DateRole()}, 3, Headline(TITLE, "outlet", 0))
    assert list(writer_below_headline(head)) == [1]
    assert writer_below_headline(head._replace(roles={})) == {}
