"""The short ways to the words of a text answer as `tokens` does."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warraq.base.arabic import fold
from warraq.search.analysis import STOP_WORDS, family, lines_of, terms_of, tokens

# What names are told by, what parts words, what is folded: every case of the rules is near.
PIECES = (
    *(
        "أبو",
        "ابا",
        "وأبي",
        "أم",
        "عبد",
        "وعبد",
        "الرحمن",
        "قصرة",
        "أبوقصرة",
        "عبدالله",
        "من",
        "في",
    ),
    *("لقاءُ", "مســاء", "١٢", "Σ", "İ", "x", "ء", "\u064b", "\u0640", "\u200f", "ﷲ"),
    *("إف", "ميغ", "كوفيد", "F16", "MiG", "2019", "16", "‑"),
    *("2", "400", "000", "1,200", "٢٬٤٠٠", "\u00a0", "\u2009", "\x1c", "ك" * 65),
    *(" ", " ", " ", "\n", "، ", "-", ".", "«", "؟", "(", '"', "سوريا", "بيا", "سعبد"),
)
texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=24).map("".join)


@given(texts)
def test_terms_and_lines_are_those_of_the_tokens(text: str) -> None:
    found = tokens(text)

    assert terms_of(text) == [token.term for token in found]
    assert lines_of(text) == [
        ""
        if token.term in STOP_WORDS
        else token.term
        if token.surface in {token.term, ""}
        else f"{token.term}\t{token.surface}"
        for token in found
    ]


@pytest.mark.parametrize(
    ("several", "term"),
    [
        ("F-16 F16 f‑16 F–16 F\u200f-16", "f16"),
        ("إف-16 إف 16 إف16 اف-١٦", "اف16"),
        ("COVID-19 covid19 Covid 19", "covid19"),
        ("كوفيد-19 كوفيد 19 كوفيد19", "كوفيد19"),
        ("إم-16", "ام16"),
    ],
)
def test_letters_and_their_number_are_one_word_beside_the_number(several: str, term: str) -> None:
    number = "".join(filter(str.isdigit, term))
    assert set(terms_of(several)) == {term, number}


@pytest.mark.parametrize(
    "apart",
    [
        *("2019-2020", "10-5", "1-2", "٣-١", "7-Eleven", "ب 16 صوتا", "كأس 16", "أم 16", "من-16"),
        *("مايو-2019", "في 2", "آلاف 16", "بآلاف 7", "التي 5", "والتي 9"),
    ],
)
def test_what_is_no_name_with_a_number_stays_apart(apart: str) -> None:
    assert not [t for t in terms_of(apart) if t[-1:].isdigit() and not t.isdigit()]
    assert set(terms_of(apart)) == {fold(word) for word in re.findall(r"\w+", apart)}


def test_telephone_numbers_are_not_tied_to_what_stands_before() -> None:
    assert terms_of("Tel-555-1234") == ["tel", "555", "1234"]


@pytest.mark.parametrize(
    "words",
    [
        "negotiation negotiations negotiating",
        "vaccinating vaccination",
        "bombardement bombardements",
        "war wars",
        "covid covid19",
        "הממשלה בממשלה ממשלה",
        "ميغ29 ميغ والميغ29",
        "كتاب کتاب‌ها کتاب‌های",
    ],
)
def test_forms_in_other_languages_have_one_family(words: str) -> None:
    assert len({family(term) for term in terms_of(words) if not term.isdigit()}) == 1
