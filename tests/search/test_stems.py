"""A broken plural leads to its singular by the shape of both."""

import pytest

from warraq.search.stems import singulars_of

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
