"""Names stand in one order, as an Arab editor files them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warraq.base.collation import initial, sort_key

# Each list is in the order wanted.
SEEN = [
    ["إبراهيم", "أحمد", "آدم", "إسلام", "أمجد", "آمنة"],
    ["الباب", "باب الهوى", "بابل", "البصرة"],
    ["حلب", "الحلة", "حلوان"],
    ["هبة علي", "هبه ليلى", "هبة مراد"],
    ["ليلى أبو زيد", "ليلي بدر", "ليلى حداد"],
    ["المادة 9", "المادة ١٠", "المادة 100"],
    ["7 أيار", "٨ آذار", "14 شباط", "2011"],
    ["الوطن", "يافا", "AFP", "BBC", "Élan", "Reuters"],
    ["سامر", "سَامِر خوري", "سـامر ريحان"],
    ["مؤتمر سوتشي", "موتيل", "مؤسسة الإسكان"],
]
HELD = [
    ["ابن الأثير", "أبو ظبي", "الأبيض", "آثار", "إدلب"],
    ["دير الزور", "الدير علي", "ديرتنا"],
    ["رئاسة الوزراء", "ريف دمشق", "رئيس البلدية"],
    ["سورة", "سوريا", "السويداء"],
    ["طه حسين", "طهران", "الطيبة"],
    ["عبد الله", "عبد المجيد", "عبيدة"],
    ["قرى", "قري عثمان", "القرى المدمرة"],
    ["لجنة 5", "لجنة 12", "لجنة الصلح"],
    ["منى", "مني عبود", "منية"],
    ["«ثورة»", "الثورة السورية", "(جبهة)", "nato", "Onu", "Žižek"],
]


@pytest.mark.parametrize("wanted", SEEN + HELD, ids=lambda names: names[0])
def test_names_stand_as_an_editor_files_them(wanted: list[str]) -> None:
    backwards = wanted[::-1]

    assert sorted(backwards, key=sort_key) == wanted


@given(st.lists(st.text("اأإبةهىيلوؤ 09٩aÉ-«\N{ARABIC FATHA}\N{ARABIC TATWEEL}", max_size=6)))
def test_the_order_is_full_and_hangs_on_nothing_but_the_names(names: list[str]) -> None:
    backwards = names[::-1]

    assert sorted(names, key=sort_key) == sorted(backwards, key=sort_key)
    assert len({sort_key(name) for name in names}) == len(set(names))


@given(st.text("بتجدرو ", min_size=1, max_size=8), st.text("بتجدرو ", min_size=1, max_size=8))
def test_article_marks_and_seats_do_not_count(one: str, other: str) -> None:
    dressed = one.replace("و", "ؤ").replace("ب", "بَ").replace("ج", "جـ")

    assert sort_key(dressed).partition("\n")[0] == sort_key(one).partition("\n")[0]
    if sort_key(one).partition("\n")[0] != sort_key(other).partition("\n")[0]:
        assert (sort_key(dressed) < sort_key(other)) == (sort_key(one) < sort_key(other))


@given(st.lists(st.text(max_size=5)))
def test_names_under_one_letter_stand_together(names: list[str]) -> None:
    letters = [initial(name) for name in sorted(names, key=sort_key)]

    runs = [letter for at, letter in enumerate(letters) if not at or letters[at - 1] != letter]
    assert len(runs) == len(set(runs))
