"""A broken plural leads to its singular by the shape of both."""

import pytest

from warraq.search.stems import groups_of, singulars_of

SINGULARS = {
    "اقلام": "قلم",
    "اعضاء": "عضو",
    "حقول": "حقل",
    "حدود": "حد",
    "كبار": "كبير",
    "سفراء": "سفير",
    "اصدقاء": "صديق",
    "اسلحه": "سلاح",
    "مدن": "مدينه",
    "مصانع": "مصنع",
    "مفاتيح": "مفتاح",
    "شوارع": "شارع",
    "قوانين": "قانون",
    "وثاءق": "وثيقه",
    "خنادق": "خندق",
    "صناديق": "صندوق",
    "اقارب": "اقرب",
    "تقارير": "تقرير",
    "قتلي": "قتيل",
    "زوايه": "زويه",
    "اراضي": "ارض",
}


@pytest.mark.parametrize("plural", SINGULARS)
def test_a_plural_leads_to_its_singular(plural: str) -> None:
    assert SINGULARS[plural] in singulars_of(plural)


@pytest.mark.parametrize("word", ["", "ال", "وزير", "ااال", "مستشفيات", "x\nyz"])
def test_other_words_are_no_plurals(word: str) -> None:
    assert singulars_of(word) == set()


@pytest.mark.parametrize(
    ("counts", "related"),
    [
        ({"سعيد": 9, "السعيد": 3, "سعاد": 30, "لسعاد": 2}, False),
        ({"نجيب": 9, "نجبي": 40}, False),
        ({"جميل": 50, "جمال": 60, "وجمال": 4}, False),
        ({"كريم": 9, "كرام": 30, "الكرام": 4}, True),
        ({"قتيل": 9, "قتلي": 90, "القتلي": 9}, True),
        ({"جريح": 9, "جرحي": 3}, True),  # too few to tell
        ({"نشيط": 9, "نشطاء": 40, "والنشطاء": 6}, True),
        ({"نبيل": 9, "نبلاء": 40, "بالنبلاء": 1}, True),
    ],
)
def test_a_name_that_is_often_met_is_no_plural(counts: dict[str, int], related: bool) -> None:
    groups = groups_of(counts)
    assert any(group.related for group in groups) is related


def test_a_name_of_the_lexicon_is_no_plural() -> None:
    groups = groups_of({"سليم": 9, "السليم": 3, "سلمي": 40})
    assert {group.stem: "سلمي" in group.related for group in groups} == {
        "سلمي": False,
        "سليم": False,
    }
    assert "سليم" not in groups[0].related
