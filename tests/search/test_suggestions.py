"""What the engine offers where it finds little: fewer words, other days, topics and years."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from tests.search.test_engine import ROOT, article, ask, published

CLIENT = ROOT / "generator/warraq/search/client"
TEXTS = {
    "2024-03-02": "قصف على حلب",
    "2024-03-05": "قصف على إدلب",
    "2024-05-11": "مطر على حلب",
    "2023-11-20": "زيتون إدلب",
}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    documents = [
        article(number, title, title, day=day, facets={"topic": ("war" if number < 2 else "farm",)})
        for number, (day, title) in enumerate(TEXTS.items())
    ]
    return published(documents, tmp_path_factory.mktemp("few"))


def answer(archive: Path, query: str, **options: object) -> dict[str, Any]:
    said: dict[str, Any] = ask(archive, (query, {"fetched": 0, **options}))["answers"][0]
    return said


def offered(archive: Path, query: str, *kinds: str) -> list[tuple[str, int]]:
    said = answer(archive, query)["suggestions"]
    return [(one["query"], one.get("count")) for one in said if one["kind"] in kinds]


def test_a_result_tells_which_words_it_lacks(archive: Path) -> None:
    results = answer(archive, "قصف حلب")["results"]
    lacking = {result["title"]: result["missing"] for result in results}
    assert lacking == {"قصف على حلب": [], "قصف على إدلب": ["حلب"], "مطر على حلب": ["قصف"]}


@pytest.mark.parametrize(
    ("query", "lacking"),
    [
        ("قصف على حلب وإدلب 2024", {"2024-03-02": ["وادلب"], "2023-11-20": ["قصف", "حلب", "2024"]}),
        ("مطر حلب آذار", {"2024-03-02": ["مطر"], "2024-05-11": ["اذار"]}),
    ],
)
def test_an_article_does_not_lack_the_date_that_it_is_of(
    archive: Path, query: str, lacking: dict[str, list[str]]
) -> None:
    results = answer(archive, query)["results"]
    said = {result["date"]: result["missing"] for result in results}
    assert {day: said[day] for day in lacking} == lacking


def test_a_query_that_nothing_answers_whole_is_offered_with_a_word_less(archive: Path) -> None:
    assert offered(archive, "قصف مطر حلب", "without") == [("قصف حلب", 3), ("مطر حلب", 1)]
    assert offered(archive, "قصف مطر", "without") == [("قصف", 2), ("مطر", 1)]


def test_what_is_left_out_counts_what_passes_the_filters(archive: Path) -> None:
    said = answer(archive, "قصف مطر", filters={"topic": ["farm"]})["suggestions"]
    assert [(one["query"], one["count"]) for one in said] == [("مطر", 1)]


def test_a_month_with_nothing_is_offered_its_neighbours(archive: Path) -> None:
    assert offered(archive, "قصف أبريل 2024", "month") == [("قصف 2024-03", 2)]
    assert offered(archive, "2024-04", "month") == [
        ("2024-05", 1),
        ("2024-03", 2),
        ("2023-11", 1),
    ]


def test_a_day_with_nothing_is_offered_days(archive: Path) -> None:
    assert offered(archive, "قصف 4/3/2024", "day") == [
        ("قصف 2024-03-05", 1),
        ("قصف 2024-03-02", 1),
    ]


@pytest.fixture(scope="module")
def diary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Articles whose texts tell of other days than their own."""
    texts = {
        "2024-03-02": "الاجتماع في 11/3/2025",
        "2024-03-05": "قال في الأسبوع الماضي 11 مرة",
        "2024-05-11": "الشهر الماضي والأسبوع 3",
        "2025-09-01": "اجتماع أيار 2030",
        "2025-02": "بلا يوم",
        "": "11 و3 و2025",
    }
    documents = [
        article(number, f"خبر {number}", text, day=day, facets={"topic": ("t",)})
        for number, (day, text) in enumerate(texts.items())
    ]
    return published(documents, tmp_path_factory.mktemp("diary"))


@pytest.mark.parametrize(
    ("query", "nearest"),
    [
        ("الأسبوع الماضي", ["2025-09-01", "2024-05-11", "2024-03-05"]),
        ("أمس", ["2025-09-01", "2024-05-11", "2024-03-05"]),
        ("12/3/2024", ["2024-03-05", "2024-03-02", "2024-05-11", "2025-09-01"]),
        ("أبريل 2024", ["2024-05", "2024-03", "2025-02", "2025-09"]),
        ("هذا الشهر", ["2025-09", "2025-02", "2024-05"]),
    ],
)
def test_a_date_alone_that_nothing_is_of_is_offered_days_not_its_words(
    diary: Path, query: str, nearest: list[str]
) -> None:
    said = answer(diary, query, today="2025-10-15")
    assert (said["total"], said["results"]) == (0, [])
    assert [item["off"] for item in said["understood"]] == ["empty"]
    kinds = {"day", "month"}
    assert [one["label"] for one in said["suggestions"] if one["kind"] in kinds] == nearest


@pytest.mark.parametrize(("query", "found"), [("11/3/2025", ["0"]), ("أيار 2030", ["3"])])
def test_a_date_alone_finds_what_says_it_where_nothing_is_of_it(
    diary: Path, query: str, found: list[str]
) -> None:
    said = answer(diary, query, today="2025-10-15")
    assert [result["id"][-1] for result in said["results"]] == found
    assert [item["off"] for item in said["understood"]] == ["empty"]


@pytest.mark.parametrize(
    ("query", "words", "offers"),
    [
        ("خبر الأسبوع الماضي", ["خبر"], ["خبر 2025-09-01", "خبر 2024-05-11", "خبر 2024-03-05"]),
        ("خبر 12/3/2024", ["خبر"], ["خبر 2024-03-05", "خبر 2024-03-02", "خبر 2024-05-11"]),
        ("اجتماع أيار 2030", ["اجتماع", "ايار", "2030"], ["اجتماع 2025-09", "اجتماع 2024-03"]),
        (
            "اجتماع أيار 2031",
            ["اجتماع", "ايار", "2031"],
            ["اجتماع", "اجتماع 2025-09", "اجتماع 2024-03"],
        ),
    ],
)
def test_a_date_beside_words_that_nothing_is_of_is_left_out_whole(
    diary: Path, query: str, words: list[str], offers: list[str]
) -> None:
    said = answer(diary, query, today="2025-10-15")
    assert said["words"] == words
    assert [one["query"] for one in said["suggestions"]][:3] == offers


def test_a_date_alone_lists_its_articles_newest_first_and_counts_them(diary: Path) -> None:
    said = answer(diary, "2024", today="2025-10-15", facets=True, limit=2)
    assert (said["total"], [result["id"][-1] for result in said["results"]]) == (3, ["2", "1"])
    assert said["facets"]["year"] == [{"value": "2024", "label": "2024", "count": 3}]
    assert said["facets"]["topic"] == [{"value": "t", "label": "t", "count": 3}]
    assert said["suggestions"] == []


def test_nothing_at_all_is_offered_topics_and_years(archive: Path) -> None:
    said = answer(archive, "قخضغط")
    assert said["near"] is False
    assert said["suggestions"] == [
        {"kind": "topic", "query": "", "filters": {"topic": [key]}, "label": key, "count": 2}
        for key in ("farm", "war")
    ] + [
        {"kind": "year", "query": year, "label": year, "count": count}
        for year, count in (("2024", 3), ("2023", 1))
    ]


@pytest.fixture(scope="module")
def quakes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Articles of which some are excluded, some copied, some quoted."""
    titles = [
        *["زلزال صغير"] * 3,
        *["زلزال بعيد"] * 3,
        *["مدمر صغير"] * 3,
        "زلزال قرب سانا",
        "سعيد وحلب",
    ]
    documents = [
        article(at, title, title, day=f"202{at % 3}-01-0{at % 9 + 1}", facets={"topic": ("t",)})
        for at, title in enumerate(titles)
    ]
    documents += [
        replace(documents[3], id=f"b00000{at}", url=f"/n/b{at}/", copy_of="a000003")
        for at in range(4)
    ]
    return published(documents, tmp_path_factory.mktemp("quakes"))


def readings(said: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(one["kind"], one["mode"], one["text"]) for one in said["understood"]]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("زلزال مدمر -صغير", [("زلزال -صغير", 4)]),
        ("بعيد مدمر زلزال", [("بعيد زلزال", 3)]),
        ("بعيد مدمر", [("مدمر", 3), ("بعيد", 3)]),
        ("حلب -سانا زلزال", [("سانا زلزال", 1)]),
        ("زلزال --مدمر", []),
        ("مدمر، بعيد", [("بعيد", 3), ("مدمر", 3)]),
        ("مدمر ، بعيد", [("بعيد", 3), ("مدمر", 3)]),
        ("شخص:مدمر بعيد", [("بعيد", 3), ("شخص:مدمر", 3)]),
        ("«زلزال بعيد» مدمر", [("«زلزال بعيد»", 3)]),
        ("«مدمر بعيد»", [("مدمر", 3), ("بعيد", 3)]),
        ("سعيد -حلب زلزال", []),
    ],
)
def test_a_query_with_a_word_less_reads_the_same_and_finds_as_many(
    quakes: Path, query: str, expected: list[tuple[str, int]]
) -> None:
    said = answer(quakes, query)
    offers = offered(quakes, query, "without")
    for shorter, count in offers:
        put = answer(quakes, shorter, limit=50)
        assert count == put["total"]
        assert set(readings(put)) <= set(readings(said))
    assert sorted(offers) == sorted(expected)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("حلب في مدمر", ["حلب", "مدمر"]),
        ("زلزال عن بعيد في مدمر", ["زلزال عن بعيد"]),
        ("مدمر رمضان الماضي بعيد", ["بعيد", "مدمر"]),
        ("سعيد السابق مدمر", ["سعيد", "مدمر"]),
        ("«سعيد وحلب» على بعيد", ["«سعيد وحلب»"]),
    ],
)
def test_a_word_takes_along_what_leads_and_points_to_it(
    quakes: Path, query: str, expected: list[str]
) -> None:
    assert sorted(query for query, _ in offered(quakes, query, "without")) == sorted(expected)


@pytest.mark.parametrize("query", ['قصف:"حلب"', 'قصف "على حلب', 'مطر:"قصف" حلب'])
def test_an_offer_has_no_half_of_a_pair_of_marks(archive: Path, query: str) -> None:
    queries = [offer for offer, _ in offered(archive, query, "without")]

    assert queries
    assert [sum(offer.count(mark) for mark in '"“”') % 2 for offer in queries] == [0] * len(queries)


@pytest.mark.parametrize(
    ("query", "offers"),
    [
        ("ظظظظظ 2024", [("2024", 3)]),
        ("ظظظظظ ضضضضض في أيار 2024", [("أيار 2024", 1)]),
        ('"ظظظظظ ضضضضض" 2024', [("2024", 3)]),
        ("ظظظظظ topic:war", [("topic:war", 2)]),
        ("ظظظظظ -حلب", []),  # all the rest of an archive is no answer
        ("ظظظظظ", []),
    ],
)
def test_words_that_nothing_has_are_left_out_of_dates_and_fields(
    archive: Path, query: str, offers: list[tuple[str, int]]
) -> None:
    assert offered(archive, query, "without") == offers
    said = answer(archive, query)
    assert said["total"] == 0
    assert [one for one in said["understood"] if one.get("off")] == []  # the days are not empty


def test_an_offer_ends_on_no_sign_that_stood_before_a_word(archive: Path) -> None:
    offers = [query for query, _ in offered(archive, "قصف حلب | ظظظظظ", "without")]
    assert "قصف حلب" in offers
    assert [query for query in offers if "|" in query] == []


def test_offers_of_a_plain_query_load_no_parser(archive: Path) -> None:
    """A module that asks for the parser finds none, and the answer fails."""
    refusing = (
        "data:text/javascript,export const load = (url, context, next) => {"
        "if (/(dates|understand)\\.js$/.test(url)) throw new Error(url); return next(url, context)}"
    )
    script = (
        f"import {{ register }} from 'node:module'; register({json.dumps(refusing)});"
        f"const {{ open }} = await import('{CLIENT.as_uri()}/search.js');"
        f"const engine = await open('{archive.as_uri()}/');"
        "console.log(JSON.stringify((await engine.search('قصف مطر')).suggestions.length));"
    )
    ran = subprocess.run(
        ["node", "--input-type=module", "-e", script], capture_output=True, text=True, check=True
    )
    assert json.loads(ran.stdout) == 2


def test_an_answer_that_has_enough_is_offered_nothing(archive: Path) -> None:
    documents = [article(n, "خبر من حلب", "نص", day="2024-01-01") for n in range(9)]
    assert answer(published(documents, archive / "nine"), "حلب")["suggestions"] == []
