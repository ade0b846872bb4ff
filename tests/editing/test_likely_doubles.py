"""Names so alike that an editor should look at them, and those that are not."""

import pytest

from warraq.editing.likely_doubles import likely_doubles
from warraq.model import Authority, Organization, Person, Place, Story


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        (Person("a", "أحمد الشرع"), Person("b", "احمد الشرع"), "spelling"),
        (Person("a", "مرهف أبو قصرة"), Person("b", "مرهف أبوقصرة"), "spelling"),
        (Person("a", "س", aliases=("خالد العلي",)), Person("b", "خالد العلى"), "spelling"),
        (Person("a", "خلوق غورغون"), Person("b", "خلوق غورغن"), "letter"),
        (Person("a", "خلوق غورغون"), Person("b", "خلوق غورغين"), "letter"),
        (Person("a", "أحمد الشرع"), Person("b", "أحمد حسين الشرع"), "middle"),
        (Place("a", "حلب", wikidata="Q1"), Place("b", "الشهباء", wikidata="Q1"), "wikidata"),
    ],
)
def test_a_pair_is_offered_once(one: Authority, other: Authority, likeness: str) -> None:
    (pair,) = likely_doubles([other, one])

    assert (pair.first.key, pair.second.key, pair.likeness) == ("a", "b", likeness)


START = "اجتماع طارئ لوزراء خارجية دول جوار سوريا في العاصمة"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Person("a", "أحمد الشرع"), Person("b", "محمد الشرع")),
        (Person("a", "دمشق"), Place("b", "دمشق")),
        (Place("a", "حلب"), Place("b", "حلبا")),
        (Organization("a", "وزارة الدفاع السورية"), Organization("b", "وزارة الداخلية السورية")),
        (Story("a", f"{START} الأردنية"), Story("b", f"{START} اللبنانية")),
    ],
)
def test_what_differs_is_not_offered(one: Authority, other: Authority) -> None:
    assert likely_doubles([one, other]) == ()


def test_a_name_that_many_have_is_no_sign() -> None:
    assert likely_doubles([Person(f"p{n}", "محمد أحمد") for n in range(20)]) == ()
