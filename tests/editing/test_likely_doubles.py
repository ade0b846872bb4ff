"""Names so alike that an editor should look at them, and those that are not."""

import pytest

from warraq.editing.likely_doubles import likely_doubles
from warraq.model import Author, Authority, Organization, Outlet, Person, Place, Story, Topic


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        (Person("a", "أحمد الشرع"), Person("b", "احمد الشرع"), "spelling"),
        (Person("a", "مرهف أبو قصرة"), Person("b", "مرهف أبوقصرة"), "spelling"),
        (Person("a", "س", aliases=("خالد العلي",)), Person("b", "خالد العلى"), "spelling"),
        (Person("a", "سليم أبو حداد"), Person("b", "سليم ابو حداد"), "spelling"),
        (Person("a", "عبد الله حداد"), Person("b", "عبدالله حداد"), "spelling"),
        (Person("a", "سليم الحداد"), Person("b", "سليم حداد"), "article"),
        (Person("a", "سليم الحداد"), Person("b", "س", aliases=("سليم حداد",)), "article"),
        (Author("a", "عبد الله الحسن"), Author("b", "عبدالله حسن"), "article"),
        (Place("a", "الحسكة"), Place("b", "حسكه"), "article"),
        (Topic("a", "الانتخابات البلدية"), Topic("b", "انتخابات بلدية"), "article"),
        (Person("a", "غوردون براون"), Person("b", "جوردون براون"), "letter"),
        (Person("a", "خلوق غورغون"), Person("b", "خلوق جورجون"), "letter"),
        (Person("a", "نورا الحداد"), Person("b", "نورة الحداد"), "letter"),
        (Person("a", "علي أبو بكر"), Person("b", "علي أبي بكر"), "letter"),
        (Person("a", "محمد سلمان"), Person("b", "محمد بن سلمان"), "middle"),
        (Person("a", "عبد الله حداد"), Person("b", "عبدالله سليم حداد"), "middle"),
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
        (Person("a", "سمير الأحمد"), Person("b", "سمير المحمد")),
        (Person("a", "سليم الحداد"), Person("b", "سليم حدادين")),
        (Person("a", "حسن محمد"), Person("b", "الحسن محمد")),
        (Person("a", "ميشال إلياس"), Person("b", "ميشال ياس")),
        (Person("a", "سعود آل مرة"), Person("b", "سعود مرة")),
        (Person("a", "سمير حداد"), Person("b", "سميرة حداد")),
        (Person("a", "سليم حسين الحداد"), Person("b", "سليم حداد")),
        (Person("a", "جمال الحداد"), Person("b", "كمال الحداد")),
        (Person("a", "عبد الله حداد"), Person("b", "عبد الرحمن حداد")),
        (Person("a", "أبو بكر الحلبي"), Person("b", "أبو محمد الحلبي")),
        (Person("a", "أحمد نور الدين"), Person("b", "أحمد سعد الدين")),
        (Person("a", "أحمد عبد الله"), Person("b", "أحمد نصر الله")),
        (Topic("a", "القرار 2254"), Topic("b", "القرار 2255")),
        (Outlet("a", "الوطن"), Outlet("b", "وطن")),
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
