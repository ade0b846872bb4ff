from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warraq.base.config import SiteConfig, parse
from warraq.base.edtf import year_month
from warraq.model import (
    Article,
    Credit,
    DateInfo,
    Moment,
    Outlet,
    Person,
    Place,
    Rejected,
    Rights,
)
from warraq.prose.entries import compose, names_of, summary_of

CONFIG = SiteConfig(name="أرشيف")
NAMES = names_of(
    (
        Outlet("wire", "وكالة الساحل", aliases=("الساحل",)),
        Outlet("paid", "جريدة الدفع", rights=Rights(display="excerpt", index=False)),
        Person("nader", "نادر الحلبي"),
        Person("rima", "ريما عون"),
        Place("tyre", "صور"),
    )
)


def article(**changes: object) -> Article:
    values = {"id": "abcdef", "title": "عنوان", "body": "التقت ريما عون نادر الحلبي في صور."}
    return Article(**{**values, **changes})  # type: ignore[arg-type] # a test's own values


def test_people_and_places_are_found_in_the_text_in_order() -> None:
    card = compose(article(), NAMES, CONFIG).card

    assert card.people == ("rima", "nader")
    assert card.places == ("tyre",)


def test_what_the_editor_asserts_comes_first_and_what_he_rejects_goes() -> None:
    card = compose(
        article(people=("nader", "سعاد"), rejected=Rejected(places=("tyre",))), NAMES, CONFIG
    ).card

    assert card.people == ("nader", "rima")
    assert card.places == ()


def test_an_outlet_is_known_by_any_spelling() -> None:
    card = compose(article(source=Credit("الساحل")), NAMES, CONFIG).card

    assert card.source == Credit("الساحل", outlet="wire")
    assert card.outlets == ("wire",)


def test_a_spelling_of_two_outlets_is_neither() -> None:
    two = (
        Outlet("a", "البلد"),
        Outlet("b", "الجبل", aliases=("البلد",)),
    )

    found = compose(article(source=Credit("البلد")), names_of(two), CONFIG).card

    assert found.source == Credit("البلد")
    assert found.outlets == ()


@pytest.mark.parametrize(
    ("own", "display", "index"),
    [(Rights(), "excerpt", False), (Rights(display="none", index=True), "none", True)],
)
def test_rights_come_from_the_article_then_the_outlet(
    own: Rights, display: str, index: bool
) -> None:
    card = compose(article(source=Credit("جريدة الدفع"), rights=own), NAMES, CONFIG).card

    assert (card.rights.display, card.rights.index) == (display, index)
    assert bool(card.summary) == (display != "none")


def test_what_neither_article_nor_outlet_says_is_as_the_site_says() -> None:
    config, _ = parse("name: x\nrights: {display: excerpt, index: false, machines: false}\n")
    rights = compose(article(rights=Rights(display="full")), NAMES, config).card.rights

    assert rights == Rights("", "full", index=False, machines=False)


@pytest.mark.parametrize(
    ("moment", "info", "expected"),
    [
        (None, DateInfo(), (0, 0, "unknown")),
        (None, DateInfo(status="inferred", edtf="2025-10"), (2025, 10, "inferred")),
        (Moment(date(2025, 10, 12)), DateInfo(), (2025, 10, "exact")),
        (Moment(date(2025, 10, 12)), DateInfo(status="conflicting"), (2025, 10, "conflicting")),
    ],
)
def test_a_date_is_as_precise_as_what_is_known(
    moment: Moment | None, info: DateInfo, expected: tuple[int, int, str]
) -> None:
    card = compose(article(date=moment, date_info=info), NAMES, CONFIG).card

    assert (card.year, card.month, card.date_status) == expected


def test_a_removed_article_shows_nothing_of_its_text() -> None:
    entry = compose(article(status="removed"), NAMES, CONFIG)

    assert (entry.html, entry.text, entry.card.summary, entry.card.people) == ("", "", "", ())


def test_a_summary_ends_between_words() -> None:
    assert summary_of("واحد، اثنان، ثلاثة", 2) == "واحد، اثنان…"


SPACES = st.sampled_from(
    ("\u00a0", "\u2028", "\x1c", "\x85", "  ", "\n", "\n\n", "&#133;", "&nbsp;", "<br>")
)


@given(st.lists(SPACES | st.text(max_size=5)).map("".join))
def test_words_are_counted_as_they_are_split(body: str) -> None:
    entry = compose(article(body=body), NAMES, CONFIG)

    assert entry.card.words == len(entry.text.split())


@given(st.dates())
def test_a_day_has_the_year_and_month_of_its_edtf(day: date) -> None:
    card = compose(article(date=Moment(day)), NAMES, CONFIG).card

    assert (card.year, card.month) == year_month(card.edtf)
