from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from warraq.archive.similarity import ComparedReport, SimilarityIndex, SimilarPair, days_apart, span

FIRE = (
    "اندلع حريق كبير في مستودع للأخشاب قرب مرفأ صور، واستمرت فرق الإطفاء في إخماده خمس ساعات.\n"
    "وقال قائد فوج الإطفاء منير الأشقر إن الحريق بدأ من ماس كهربائي ولم يصب أحد."
)
SAME_FIRE = (
    "أتت النيران على مستودع للأخشاب قرب مرفأ صور بعد خمس ساعات من عمل فرق الإطفاء.\n"
    "وأوضح منير الأشقر أن ماسًّا كهربائيًّا وراء الحريق، وقدّر أصحاب المستودع الخسائر بأربعين ألف دولار."
)
SCHOOL = (
    "وزعت بلدية صور حقائب على تلاميذ المدرسة الرسمية، وتبرعت مكتبة الحي بالدفاتر والأقلام.\n"
    "وقالت مديرة المدرسة إن عدد التلاميذ زاد هذا العام بعد عودة عائلات من المهجر."
)
IGNORED = {"في", "من", "الي", "علي", "ان", "بعد", "هذا", "ولم"}
DAY = date(2024, 6, 1)


def report(id_: str, text: str, day: date | None = DAY, **fields: object) -> ComparedReport:
    given = {"outlet": id_, "people": ("al-ashqar",), "places": ("tyre",), **fields}
    days = ((day, day),) if day else ()
    return ComparedReport(id=id_, title=text[:20], text=text, days=days, **given)  # type: ignore[arg-type] # fields of a ComparedReport


def strong(*reports: ComparedReport) -> list[tuple[str, str]]:
    return [link[:2] for link in SimilarityIndex(reports, IGNORED).similar_pairs() if link.strong]


def test_two_accounts_of_one_event_are_alike_and_a_third_of_that_day_is_not() -> None:
    reports = report("a", FIRE), report("b", SAME_FIRE), report("c", SCHOOL, people=())

    assert strong(*reports) == [("a", "b")]


def test_one_outlet_does_not_tell_a_story_with_itself() -> None:
    assert strong(report("a", FIRE, outlet="x"), report("b", SAME_FIRE, outlet="x")) == []
    assert strong(report("a", FIRE, outlet=""), report("b", SAME_FIRE, outlet="")) == [("a", "b")]


def test_days_apart_raise_the_bar_and_more_than_a_week_parts() -> None:
    def apart(days: int) -> list[tuple[str, str]]:
        later = DAY + timedelta(days)
        return strong(report("a", FIRE), report("b", SAME_FIRE, later, people=(), places=("tyre",)))

    met = [bool(apart(days)) for days in range(9)]

    assert met[0]
    assert met == sorted(met, reverse=True)
    assert not met[8]


def test_a_day_of_the_event_brings_reports_together_that_were_published_weeks_apart() -> None:
    late = DAY + timedelta(20)
    event = (DAY, DAY)

    assert strong(report("a", FIRE), report("b", SAME_FIRE, late)) == []
    assert strong(report("a", FIRE, event=event), report("b", SAME_FIRE, late, event=event)) == [
        ("a", "b")
    ]


def test_without_a_day_the_texts_must_be_much_alike() -> None:
    near = report("b", FIRE.replace("خمس ساعات", "ست ساعات"), None)

    assert strong(report("a", FIRE), near) == [("a", "b")]
    assert strong(report("a", FIRE), report("b", SCHOOL, None)) == []


def test_accounts_in_two_languages_need_many_names_in_common() -> None:
    english = "A warehouse near the port of Tyre burned for five hours on Saturday."
    names: dict[str, Any] = {
        "people": ("al-ashqar", "haddad"),
        "places": ("tyre", "port"),
        "organizations": ("f",),
    }

    assert strong(report("a", FIRE), report("b", english, lang="en")) == []
    assert strong(report("a", FIRE, **names), report("b", english, lang="en", **names)) == [
        ("a", "b")
    ]


def test_what_is_shared_is_told_by_names_words_and_paragraphs() -> None:
    copied = SAME_FIRE.split("\n", maxsplit=1)[0] + "\n" + FIRE.split("\n")[1]
    similarity = SimilarityIndex(
        [report("a", FIRE), report("b", copied, DAY + timedelta(1))], IGNORED
    )

    shared = similarity.shared("a", "b")

    assert (shared.days_apart, shared.people, shared.places) == (1, ("al-ashqar",), ("tyre",))
    assert shared.paragraphs == 1
    assert shared.shingles > 5
    assert set(shared.words) <= set(FIRE.replace("،", "").replace(".", "").split())
    assert len(shared.words) == 5


def test_gaps_are_counted_between_the_nearest_days_that_are_possible() -> None:
    one = ComparedReport("a", "", "", days=((DAY, DAY), (DAY + timedelta(9), DAY + timedelta(9))))

    assert days_apart(one, report("b", "", DAY + timedelta(7))) == 2
    assert days_apart(one, report("b", "", None)) is None


def test_a_span_needs_a_month_at_least() -> None:
    assert span("2019-09-12/2019-09-22") == (date(2019, 9, 12), date(2019, 9, 22))
    assert span("2011-02") == (date(2011, 2, 1), date(2011, 2, 28))
    assert [span(edtf) for edtf in ("", "2017", "2017-01-01/2018-01-01", "2017-05-03/..")] == [
        None,
        None,
        None,
        None,
    ]


WORDS = st.lists(st.sampled_from(["حريق", "مرفأ", "جسر", "نهر", "سوق"]), max_size=30).map(" ".join)


@given(st.lists(WORDS, max_size=6), st.randoms())
def test_pairs_do_not_depend_on_the_order_of_reports(texts: list[str], random: object) -> None:
    reports = [report(f"id{at}", text, DAY + timedelta(at)) for at, text in enumerate(texts)]
    shuffled = list(reports)
    random.shuffle(shuffled)  # type: ignore[attr-defined] # a random.Random

    pairs: list[SimilarPair] = SimilarityIndex(reports).similar_pairs()

    assert pairs == SimilarityIndex(shuffled).similar_pairs()
    assert all(link.one < link.other for link in pairs)
