"""What is understood of what readers type."""

import hashlib
import json
import random
import subprocess
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warraq.base.month_names import GREGORIAN_SPELLINGS, HIJRI_SPELLINGS
from warraq.search.analysis import STOP_WORDS, terms_of
from warraq.search.query_dates import HIJRI_YEARS
from warraq.search.understanding import Understood, understood

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests/golden/understanding.json"
TODAY = date(2025, 10, 15)


class Sample(NamedTuple):
    """A query, its readings in a line, and the words that are left."""

    query: str
    items: str
    words: str

    @classmethod
    def all(cls) -> list["Sample"]:
        lines = Path(__file__).with_name("understanding.tsv").read_text("utf-8").splitlines()
        return [cls(*line.split("\t")) for line in lines if not line.startswith("#")]

    @property
    def is_held_back(self) -> bool:
        return bool(hashlib.sha256(self.query.encode()).digest()[0] & 1)

    def answer(self) -> tuple[str, list[str]]:
        said = understood(self.query, TODAY)
        line = "; ".join(map(in_words, said.items))
        return line, [term for term in said.words if term not in STOP_WORDS]

    def expected(self) -> tuple[str, list[str]]:
        return self.items, [term for term in terms_of(self.words) if term not in STOP_WORDS]


def in_words(item: Understood) -> str:
    days = item.days
    span = days.first if days.first == days.last else f"{days.first}..{days.last}"
    every = [f"{'hijri ' if days.is_hijri else ''}*-{each}" for each in days.every]
    value = item.value if item.kind != "date" else ""
    said = item.off or " ".join(filter(None, [item.mode, span, *every, value]))
    return f"{item.kind} {said}"


@pytest.mark.parametrize("sample", Sample.all(), ids=lambda sample: sample.query)
def test_what_readers_type_is_understood(sample: Sample) -> None:
    assert sample.answer() == sample.expected()


# --- one answer in two languages -----------------------------------------------------------------


def answer_in_python(query: str, literal: Sequence[str] = ()) -> dict[str, object]:
    """Return what is understood as the browser's parser says it, places in UTF-16 units."""

    def utf16(end: int) -> int:
        return len(query[:end].encode("utf-16-le", "surrogatepass")) // 2

    said = understood(query, TODAY, literal)
    items = [
        {
            "kind": item.kind,
            "mode": item.mode,
            "start": utf16(item.start),
            "end": utf16(item.end),
            "text": item.text,
            "value": item.value,
            "key": item.key,
            "days": {
                "first": item.days.first,
                "last": item.days.last,
                "every": list(item.days.every),
                "isHijri": item.days.is_hijri,
            },
            "isBare": item.is_bare,
            "off": item.off,
        }
        for item in said.items
    ]
    return {"words": list(said.words), "items": items}


def answers_in_node(queries: Sequence[str], literal: Sequence[str] = ()) -> list[dict[str, object]]:
    ran = subprocess.run(
        ["node", str(ROOT / "tests/js/understand.mjs")],
        input=json.dumps([[query, TODAY.isoformat(), literal] for query in queries]),
        capture_output=True,
        text=True,
        check=True,
    )
    answers: list[dict[str, object]] = json.loads(ran.stdout)
    return answers


def names_of_months() -> list[str]:
    """Return every spelling of every month, in five surroundings."""
    names = [
        name
        for table in (GREGORIAN_SPELLINGS, HIJRI_SPELLINGS)
        for names in table.values()
        for name in names.split("|")
    ]
    ways = ("{}", "{} 2024", "12 {} 1445", "ب{} 2024", "خبر {}")
    return [way.format(name) for name in names for way in ways]


def hijri_months() -> list[str]:
    """Return the first and the thirtieth of every Hijri month of the table."""
    return [
        f"{day}/{month}/{year} هـ"
        for year in HIJRI_YEARS
        for month in range(1, 13)
        for day in (1, 30)
    ]


PIECES = (
    *" \n\t\u00a0\u200f\u202b-−–—/.:,،()\"“”«»'؛؟و",
    *"فبلكم هـ",
    "\ud7ff",
    "😀",
    "ـ",
    "ً",
    "ﷺ",
    *("2024 2019 ٢٠٢٤ ۲۰۱۵ 1445 1446 5 31 32 ١١ 0 13 2,024 99 07".split()),
    *("آذار مايو أيار رمضان صفر شعبان كانون الثاني الأول ربيع تشرين آب باب مارس May mar".split()),
    *("صيف شتاء عام سنة شهر يوم الأحد من إلى بين حتى قبل".split()),
    *("اليوم أمس الأول الأسبوع الشهر الماضي هذا last week منذ".split()),
    *("السابع الحادي عشر والعشرين الخميس حرب".split()),
    *("من: إلى: المصدر: year: السنة: كلمة: تاريخ: -زلزال −حلب حلب وزير شخص رقم شارع st".split()),
)


def random_queries(count: int) -> list[str]:
    draw = random.Random(17)  # noqa: S311 - seeded test data
    return [
        draw.choice(("", " ", " ")).join(draw.choices(PIECES, k=draw.randint(1, 12)))
        for _ in range(count)
    ]


def golden_row(query: str) -> dict[str, object]:
    """Return what the golden file says of `query`: what both answer, less what is empty."""
    return {"query": query, **compact(answer_in_python(query))}


def compact(answer: dict[str, Any]) -> dict[str, Any]:
    items = [
        {key: value for key, value in {**item, **item["days"]}.items() if value and key != "days"}
        for item in answer["items"]
    ]
    return {"words": answer["words"], "items": items}


def test_both_parsers_answer_as_the_golden_file_says() -> None:
    golden = json.loads(GOLDEN.read_text("utf-8"))
    queries = [row["query"] for row in golden]
    assert queries == [sample.query for sample in Sample.all()]
    assert [golden_row(query) for query in queries] == golden
    answers = zip(queries, map(compact, answers_in_node(queries)), strict=True)
    assert [{"query": query, **answer} for query, answer in answers] == golden


def test_both_parsers_agree_on_all_names_of_months_and_all_hijri_months() -> None:
    queries = names_of_months() + hijri_months()
    assert answers_in_node(queries) == [answer_in_python(query) for query in queries]


def test_both_parsers_agree_on_random_queries() -> None:
    queries = random_queries(3000)
    for query, expected, actual in zip(
        queries, map(answer_in_python, queries), answers_in_node(queries), strict=True
    ):
        assert actual == expected, query


def test_both_parsers_take_the_same_readings_back() -> None:
    query = 'من:2024 "سد مأرب" المصدر:سانا أيار 2019 -زلزال'
    literal = ["من:2024", "أيار 2019", '"سد مأرب"', "-زلزال", "المصدر:سانا"]
    said = answer_in_python(query, literal)
    assert said["words"] == terms_of("2024 سد مأرب سانا أيار 2019 زلزال")
    assert answers_in_node([query], literal) == [said]


# --- laws ----------------------------------------------------------------------------------------

QUERIES = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=14).flatmap(
    lambda pieces: st.sampled_from(["", " "]).map(lambda between: between.join(pieces))
)


@settings(max_examples=400, deadline=None)
@given(QUERIES, st.none() | st.dates())
def test_any_text_is_understood(query: str, today: date | None) -> None:
    said = understood(query, today)

    place = 0
    for item in said.items:
        assert place <= item.start < item.end <= len(query)
        assert item.text == query[item.start : item.end]
        assert not (item.days.first and item.days.last) or item.days.first <= item.days.last
        assert item.days.first[:10] == item.days.first
        place = item.end


@settings(max_examples=200, deadline=None)
@given(QUERIES)
def test_what_is_taken_back_is_a_word_again(query: str) -> None:
    texts = {item.text for item in understood(query, TODAY).items}
    said = understood(query, TODAY, texts)

    assert all(item.off for item in said.items if item.text in texts)
    assert len(said.words) >= len(understood(query, TODAY).words)


@pytest.mark.parametrize(
    "query",
    [
        "س" * 10_000,
        '"' * 999,
        "«" * 999,
        "-" * 5000,
        "من:" * 2000,
        '"أ ب" ' * 20_000,  # minutes, if each word were held against each quotation
        "5 " * 3000,
        "يوم الأحد " * 2000,
        "\u202e2024\u202c" * 500,
        "\ud800 2024 \udc00",
    ],
)
def test_a_hostile_query_is_understood(query: str) -> None:
    assert answers_in_node([query]) == [answer_in_python(query)]
