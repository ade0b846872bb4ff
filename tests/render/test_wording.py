from datetime import date
from pathlib import Path

import msgspec
import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st
from tests.render import samples

from warraq.base.config import SiteConfig
from warraq.base.problems import WarraqError
from warraq.model import Card, Moment
from warraq.render.wording import Wording, load_words, plural_form, shortened


def wording(**settings: object) -> Wording:
    return samples.theme(msgspec.structs.replace(samples.CONFIG, **settings)).wording


def card(**known: object) -> Card:
    return Card("a00001", "/n/a00001/", "عنوان", "outlet", "ar", **known)  # type: ignore[arg-type]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_plural_forms_are_those_of_cldr(language: str) -> None:
    rule = Locale.parse(language).plural_form

    assert all(plural_form(language, number) == rule(number) for number in range(1_300))


@given(number=st.integers(0, 10**15), language=st.sampled_from(("ar", "en", "fr", "pl", "zz")))
def test_plural_forms_of_large_numbers_and_other_languages(number: int, language: str) -> None:
    known = "en" if language == "zz" else language

    assert plural_form(language, number) == Locale.parse(known).plural_form(number)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "لا مواد"),
        (1, "مادة واحدة"),
        (2, "مادتان"),
        (3, "3 مواد"),
        (10, "10 مواد"),
        (11, "11 مادة"),
        (99, "99 مادة"),
        (100, "100 مادة"),
        (103, "103 مواد"),
        (1250, "1,250 مادة"),
    ],
)
def test_counted_nouns_take_their_arabic_form(number: int, text: str) -> None:
    assert wording().count("count_articles", number) == text


def test_digits_and_months_follow_the_settings() -> None:
    arab = wording(digits="arab", months="levantine")

    assert arab.day(date(2025, 10, 12)) == "الأحد ١٢ تشرين الأول ٢٠٢٥"
    assert arab.count("count_articles", 12500) == "١٢٬٥٠٠ مادة"
    assert wording(months="egyptian").month_of(2025, 10) == "أكتوبر 2025"
    assert wording(months="maghreb").month_of(2025, 1) == "جانفي 2025"


def test_an_english_site_speaks_english() -> None:
    english = wording(lang="en")

    assert english.day(date(2025, 10, 12)) == "Sunday 12 October 2025"
    assert [english.count("count_articles", n) for n in (0, 1, 2)] == [
        "0 articles",
        "1 article",
        "2 articles",
    ]


def test_hijri_stands_beside_the_date_only_when_asked() -> None:
    moment = Moment(date(2025, 10, 12))

    assert wording(hijri=True).moment(moment).hijri == "الموافق 20 ربيع الآخر 1447 هـ"
    assert wording(hijri=True, lang="en").moment(moment).hijri == "20 Rabi II 1447 AH"
    assert wording(hijri=False).moment(moment).hijri == ""


@pytest.mark.parametrize(
    ("known", "text", "iso", "note"),
    [
        ({"year": 2025, "month": 9}, "أيلول/سبتمبر 2025", "2025-09", "اليوم غير معروف"),
        ({"year": 2025}, "2025", "2025", "الشهر غير معروف"),
        ({}, "بلا تاريخ", "", ""),
    ],
)
def test_a_date_tells_no_more_than_is_known(
    known: dict[str, object], text: str, iso: str, note: str
) -> None:
    shown = wording().published(card(**known))

    assert (shown.text, shown.iso, shown.note) == (text, iso, note)


def test_the_hour_and_the_certainty_are_told() -> None:
    moment = Moment(date(2025, 10, 12), "18:00+03:00")
    shown = wording().published(card(date=moment, date_status="inferred", year=2025, month=10))

    assert shown.text == "الأحد 12 تشرين الأول/أكتوبر 2025، الساعة 18:00"
    assert shown.iso == "2025-10-12T18:00+03:00"
    assert shown.badge == "مستنتج"


def test_edtf_in_words_or_as_it_stands() -> None:
    words = wording(months="levantine")

    assert words.edtf("2025-10-12") == "الأحد 12 تشرين الأول 2025"
    assert words.edtf("2025-10?") == "تشرين الأول 2025 (غير مؤكد)"
    assert words.edtf("2025-10/2025-11") == "تشرين الأول 2025 إلى تشرين الثاني 2025"


def test_gaps_are_filled_once_and_values_are_not_read_again() -> None:
    words = Wording(SiteConfig(name="x"), {"a": "{one} و{two} و{three}"})

    assert words.text("a", one="{two}", two="٢") == "{two} و٢ و{three}"


def test_a_broken_words_file_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "ar.yaml").write_text("home: الأولى\nhome: الثانية\n", "utf-8")

    with pytest.raises(WarraqError) as told:
        load_words("ar", (tmp_path,))

    assert [(p.code, p.line) for p in told.value.problems] == [("yaml-duplicate", 2)]


def test_shortening_cuts_between_words() -> None:
    assert shortened("واحد اثنان، ثلاثة", 12) == "واحد اثنان…"
    assert shortened("واحد\nاثنان", 12) == "واحد اثنان"
