"""The engine on real index files: what readers type, what they find, what they are told."""

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from msgspec.structs import replace

from warraq.prose.markdown import html_of, text_of
from warraq.search.authority_names import AllNames, SpelledNames
from warraq.search.index import index_files
from warraq.search.records import SearchDocument, to_record

ROOT = Path(__file__).parents[2]


def article(number: int, title: str, text: str, **fields: Any) -> SearchDocument:  # noqa: ANN401 - its fields
    ident = f"a{number:06}"
    return SearchDocument(id=ident, url=f"/n/{ident}/", title=title, text=text, **fields)


DOCUMENTS = [
    article(
        1,
        "لقاء في أنقرة بين سوريا وتركيا",
        "قال أبو قصرة إن رئيس الاستخبارات إبراهيم قالن حضر اللقاء، والاستقرار غاية البلدين.",
        day="2025-10-12",
        source="النهار",
        facets={
            "outlet": ("nahar",),
            "person": ("qalin",),
            "topic": ("talks",),
            "story": ("ankara",),
        },
    ),
    article(
        2,
        "وزراء الزراعة يبحثون موسم القمح",
        "اجتمع الوزراء في دمشق وبحثوا أسعار القمح. قال وزير الزراعة إن الموسم جيد.",
        day="2025-10-13",
        source="الفجر",
        facets={"outlet": ("fajr",), "topic": ("wheat",), "organization": ("fao",)},
        picture="media/قمح 50%25.png",
    ),
    article(
        3,
        "نسخة: لقاء في أنقرة بين سوريا وتركيا",
        "قال أبو قصرة إن رئيس الاستخبارات حضر اللقاء، والاستقرار غاية البلدين.",
        day="2025-10",
        source="الفجر",
        facets={"outlet": ("fajr",), "story": ("ankara",)},
        copy_of="a000001",
    ),
    article(
        4,
        "زلزال يضرب الساحل",
        "ضرب زلزال الساحل على بعد 70 كم، وهدد ٢٬٤٠٠٬٠٠٠ نسمة. وصلت فرق.",
        facets={"story": ("quake",)},
        standing="retracted",
    ),
    article(
        5,
        "سرّ لا يُعرض",
        "نص محجوب عن الزيتون، فيه 18750 مادة",
        day="2019",
        source="النهار",
        facets={"outlet": ("nahar",)},
        display="none",
    ),
]
NAMES = {
    "outlet": {"nahar": SpelledNames("النهار")},
    "person": {"qalin": SpelledNames("إبراهيم قالن", ("إبراهيم كالين",))},
    "topic": {"wheat": SpelledNames("القمح")},
    "organization": {"fao": SpelledNames("منظمة الأغذية والزراعة", ("FAO", "الفاو"))},
}


def published(documents: Sequence[SearchDocument], root: Path, names: AllNames = NAMES) -> Path:
    for path, content in index_files(map(to_record, documents), names):
        file = root / "search" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return root


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = published(DOCUMENTS, tmp_path_factory.mktemp("public"))
    shown = root / "n/a000002/article.json"
    shown.parent.mkdir(parents=True)
    shown.write_text(json.dumps({"text": "تمهيد طويل. " * 40 + DOCUMENTS[1].text}), "utf-8")
    return root


def test_a_number_with_a_space_is_found_however_it_is_written(tmp_path: Path) -> None:
    prices = ["400 000 ليرة", "400000 ليرة", "٤٠٠ ٠٠٠ ليرة", "400 عن 70 000", "000 400"]
    published([article(n, "سعر الذهب", price) for n, price in enumerate(prices, 1)], tmp_path)
    said = ask(tmp_path, ("400 000", {}), ("الذهب 400.000 ليرة", {"limit": 3}))["answers"]

    assert [{result["id"] for result in answer["results"]} for answer in said] == [
        {"a000001", "a000002", "a000003"}
    ] * 2
    assert said[0]["words"] == ["400000"]
    assert said[0]["total"] == 3


def ask(base: Path, *steps: tuple[Any, ...], **more: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    ran = subprocess.run(
        ["node", str(ROOT / "tests/js/ask.mjs")],
        input=json.dumps({"base": base.as_uri() + "/", "steps": steps, **more}),
        capture_output=True,
        text=True,
        check=True,
    )
    said: dict[str, Any] = json.loads(ran.stdout)
    return said


def found(base: Path, query: str, **options: Any) -> list[str]:  # noqa: ANN401 - JSON
    answer = ask(base, (query, {"today": "2025-10-20", **options}))["answers"][0]
    assert answer["problems"] == []
    assert bool(answer["total"]) == bool(answer["results"])  # more may be ranked than is found
    return [result["id"][-1] for result in answer["results"]]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("وتركيا", ["1"]),
        ("انقره", ["1"]),
        ("الاستخبارت", ["1"]),
        ("ابوقصرة", ["1"]),
        ("أبو قصرة", ["1"]),
        ("استقرار", ["1"]),
        ("كالين", ["1"]),
        ("وزير", ["2"]),
        ("بالقمح", ["2"]),
        ("زلازل", ["4"]),
        ("زير", []),
        ('"وزير الزراعة"', ["2"]),
        ('"الزراعة وزير"', ["2"]),
        ('"لقاء في أنقرة"', ["1"]),
        ("لقاء -زلزال", ["1"]),
        ("زلزال لقاء -أنقرة", ["4"]),
        ("المصدر:النهار قصرة", ["1"]),
        ("outlet:fajr قصرة", ["3"]),
        ("person:قالن", ["1"]),
        ("year:2025 القمح", ["2"]),
        ("year:2019..2020", ["5"]),
        ("year:2025 -قصرة", ["2"]),
        ('year:2025 -"وزير الزراعة"', ["1"]),
        ("-قال -محجوب", ["4"]),
        ("topic:قمح", ["2"]),
        ("المؤسسة:الأغذية", ["2"]),
        ("في من على", []),
        ("كم أسعار القمح؟", ["2"]),
        ("كم", ["4"]),
        ("2400000", ["4"]),
        ("2,400,000", ["4"]),
        ("٢،٤٠٠،٠٠٠ نسمة", ["4"]),
        ("زلزال 2 400 000 -أنقرة", ["4"]),
        ("2.400.000", ["4"]),
        ("18.750", ["5"]),
        ("١٨ ٧٥٠ مادة", ["5"]),
        ("18.751", []),
        ("70 000", ["4"]),
        ("240000", []),
        ("400", []),
        ("", []),
        ("تشرين الأول ٢٠٢٥", ["2", "1"]),
        ("أكتوبر", ["2", "1"]),
        ("12/10/2025", ["1"]),
        ("قمح 2025", ["2"]),
        ("من:2025-10-13 وزير", ["2"]),
        ("إلى:2020", ["5"]),
        ("ربيع الآخر 1447", ["2", "1"]),
        ("20 ربيع الآخر", ["1"]),
        ("الأسبوع الماضي", ["2", "1"]),
        ("2019..2020", ["5"]),
        ("مكان:زحل قمح", ["2"]),
        ("من:القمح", ["2"]),
        ("1974 قمح", ["2"]),
        ("أيار 1999 قمح", ["2"]),
        ("لقاء «في أنقرة» بين سوريا وتركيا", ["1"]),
        ("دمشق - وزير الزراعة", ["2"]),
    ],
)
def test_a_query_finds_what_a_reader_expects(
    archive: Path, query: str, expected: list[str]
) -> None:
    assert found(archive, query) == expected


def test_the_right_folder_is_found_from_the_site_or_from_the_search_folder(archive: Path) -> None:
    assert found(archive / "search", "زلزال") == found(archive, "زلزال") == ["4"]


def test_copies_are_folded_unless_asked_for_or_alone(archive: Path) -> None:
    assert found(archive, "لقاء", copies=True) == ["1", "3"]
    assert found(archive, "نسخة") == ["3"]


def test_filters_take_any_value_of_a_kind_and_every_kind(archive: Path) -> None:
    assert found(archive, "", filters={"outlet": ["nahar", "fajr"], "year": ["2025"]}) == [
        "2",
        "1",
        "3",
    ]
    assert found(archive, "قال", filters={"from": "2025-10-13", "to": "2025-10"}) == ["2"]
    assert found(archive, "قال", filters={"topic": ["none-such"]}) == []


def test_filters_alone_reach_what_credits_no_outlet(archive: Path) -> None:
    answer = ask(archive, ("", {"filters": {"year": [0]}, "facets": True}))["answers"][0]
    assert [result["id"] for result in answer["results"]] == ["a000004"]
    assert "" not in [value["value"] for value in answer["facets"]["outlet"]]


def test_dates_order_and_offsets_page(archive: Path) -> None:
    everything = {"filters": {"from": "2000"}, "copies": True}
    assert found(archive, "", sort="date", **everything) == ["2", "1", "3", "5"]
    assert found(archive, "", sort="oldest", **everything) == ["5", "3", "1", "2"]
    assert found(archive, "", sort="date", limit=2, offset=1, **everything) == ["1", "3"]


def test_facets_count_as_if_their_own_filter_were_off(archive: Path) -> None:
    facets = ask(archive, ("قال", {"facets": True, "filters": {"outlet": ["nahar"]}}))["answers"][
        0
    ]["facets"]
    assert [(v["value"], v["label"], v["count"]) for v in facets["outlet"]] == [
        ("fajr", "الفجر", 2),
        ("nahar", "النهار", 1),
    ]
    assert [v["value"] for v in facets["topic"]] == ["talks"]
    assert facets["year"] == [{"value": "2025", "label": "2025", "count": 1}]


def test_a_story_shows_its_best_article(archive: Path) -> None:
    answer = ask(archive, ("لقاء", {"copies": True, "group": "story"}))["answers"][0]
    assert [(r["id"], r["more"]) for r in answer["results"]] == [("a000001", 1)]
    assert (answer["total"], answer["articles"]) == (1, 2)


def test_a_result_says_what_it_is_and_why_it_was_found(archive: Path) -> None:
    result = ask(archive, ("وزراء", {}))["answers"][0]["results"][0]
    assert result["url"].endswith("/n/a000002/")
    assert (result["title"], result["source"], result["date"]) == (
        DOCUMENTS[1].title,
        "الفجر",
        "2025-10-13",
    )
    assert result["why"] == [{"query": "وزراء", "found": "وزراء", "kind": "exact"}]
    assert [result["title"][a:b] for a, b in result["titleMarks"]] == ["وزراء"]
    marked = [result["excerpt"]["text"][a:b] for a, b in result["excerpt"]["marks"]]
    assert marked == ["الوزراء", "وزير"]


def test_a_result_says_what_became_of_the_article(archive: Path) -> None:
    answers = ask(archive, ("زلزال", {}), ("القمح", {}))["answers"]
    assert [[r["standing"] for r in answer["results"]] for answer in answers] == [
        ["retracted"],
        [""],
    ]


def test_a_result_has_the_address_of_its_picture(archive: Path) -> None:
    answers = ask(archive, ("زلزال", {}), ("القمح", {}))["answers"]
    shown = [r["picture"] for answer in answers for r in answer["results"]]
    assert shown == ["", f"{archive.as_uri()}/media/{quote('قمح 50%.png')}"]


def test_an_excerpt_beyond_the_lead_comes_from_the_article(archive: Path) -> None:
    documents = [article(2, "عنوان", "تمهيد طويل. " * 40 + "ثم ذكر القمح أخيرًا.")]
    for path, content in index_files(map(to_record, documents), {}):
        file = archive.parent / "deep/search" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    shown = archive.parent / "deep/n/a000002/article.json"
    shown.parent.mkdir(parents=True, exist_ok=True)
    shown.write_text(json.dumps({"text": documents[0].text}), "utf-8")
    near = ask(archive.parent / "deep", ("قمح", {}))["answers"][0]["results"][0]["excerpt"]
    assert [near["text"][a:b] for a, b in near["marks"]] == ["القمح"]
    plain = ask(archive.parent / "deep", ("قمح", {"fetched": 0}))["answers"][0]["results"][0]
    assert plain["excerpt"]["marks"] == []
    assert plain["excerpt"]["text"].startswith("تمهيد طويل")


def test_an_archive_without_article_json_shows_what_its_pages_say(tmp_path: Path) -> None:
    html = html_of(
        "تمهيد & «طويل» < هنا. " * 30 + "\n\nثم **ذكر** القمح \N{GRINNING FACE} 3-5 &lt;أخيرًا&gt;."
    )
    published([article(2, "عنوان", text_of(html))], tmp_path)
    page = tmp_path / "n/a000002/index.html"
    page.parent.mkdir(parents=True)
    isolated = html.replace("3-5", "<bdi>3-5</bdi>")
    page.write_text(f'<p>القمح</p><div class="body" lang="ar">\n{isolated}\n</div>\n', "utf-8")

    said = ask(tmp_path, ("قمح", {}), pages=True)
    excerpt = said["answers"][0]["results"][0]["excerpt"]

    assert excerpt["text"].endswith("ثم ذكر القمح \N{GRINNING FACE} 3-5 <أخيرًا>.")
    assert any(url.endswith("n/a000002/") for url in said["asked"])
    page.unlink()
    answer = ask(tmp_path, ("قمح", {}), pages=True)["answers"][0]
    assert answer["results"][0]["excerpt"]["text"].startswith("تمهيد & «طويل» < هنا.")


TEXT_OF_PAGES = """
import { textOfPage } from "CLIENT/pages.js";
import { readFileSync } from "node:fs";
const pages = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(pages.map(textOfPage)));
"""
BODIES = (
    "فقرة 3-5 &amp; &lt;أخرى&gt;.\n\nثانية  بفراغين  \nوسطر.",
    "قبل\n\n<div>صندوق\n<div>في صندوق</div></div>\n\nوبعده",
    "قال[^1] نص.\n\n[^1]: حاشية",
    "| أ | ب |\n|---|---|\n| ١ | ٢ |\n\n- بند\n- بند ثان\n\n## عنوان\n\n> قول",
    "فيديو:\n\n<https://v.example/x>\n\n![صورة](/media/a.jpg)\n\n`رمز <b>`",
)


def test_the_text_of_a_page_is_that_of_its_article() -> None:
    bodies = [html_of(body) for body in BODIES]
    pages = [f'<p>رأس</p>\n<div class="body">\n{body}\n</div>\n<div>ذيل</div>' for body in bodies]
    script = TEXT_OF_PAGES.replace("CLIENT", (ROOT / "generator/warraq/search/client").as_uri())
    ran = subprocess.run(
        ["node", "--input-type=module", "-e", script],
        input=json.dumps([*pages, "<p>بلا نص</p>"]),
        capture_output=True,
        text=True,
        check=True,
    )

    assert json.loads(ran.stdout) == [*map(text_of, bodies), ""]


def test_what_may_not_be_displayed_is_found_but_not_shown(archive: Path) -> None:
    said = ask(archive, ("الزيتون", {}))
    result = said["answers"][0]["results"][0]
    assert result["excerpt"] == {"text": "", "marks": []}
    assert not any("article.json" in url for url in said["asked"])


def test_a_near_spelling_is_searched_and_said(archive: Path) -> None:
    answer = ask(archive, ("الزراغة", {}))["answers"][0]
    assert [result["id"] for result in answer["results"]] == ["a000002"]
    assert (answer["near"], answer["suggestion"]) == (True, "الزراعة")


def test_two_words_written_as_one_are_read_apart_and_said(archive: Path) -> None:
    answer = ask(archive, ("موسم وزيرالزراعة", {}))["answers"][0]
    assert [result["id"] for result in answer["results"]] == ["a000002"]
    assert answer["suggestion"] == "موسم وزير الزراعة"


def test_typing_is_completed_from_names_and_words(archive: Path) -> None:
    names, words = ask(archive, complete=["لقاء قال", "الاستخ"])["completed"]
    assert names[0]["query"] == "لقاء إبراهيم قالن"
    assert words == [{"query": "الاستخبارات"}]


@pytest.mark.parametrize(
    ("query", "meanings", "ids"),
    [
        ("أيار 1999 قمح", ["date filter empty"], ["2"]),
        ("أكتوبر 2025 قمح", ["date filter"], ["2"]),
        ("أسعار القمح ووزراء الزراعة تشرين الأول 2025", ["date raise"], ["2"]),
        ("1974 قمح", [], ["2"]),
        ("مكان:زحل قمح", ["field operator unread"], ["2"]),
        ("من:القمح", ["field operator unread"], ["2"]),
        ('"أسعار القمح"', ["phrase filter"], ["2"]),
        ('"القمح أسعار"', ["phrase raise"], ["2"]),
        ("القمح -زلزال", ["without operator"], ["2"]),
        ("أمس قمح", ["date filter empty"], ["2"]),
    ],
)
def test_an_answer_says_what_it_understood(
    archive: Path, query: str, meanings: list[str], ids: list[str]
) -> None:
    answer = ask(archive, (query, {"today": "2025-10-15"}))["answers"][0]
    said = [
        f"{part['kind']} {part['mode']} {part.get('off', '')}"
        for part in answer["understood"]
        if part["kind"] != "name"  # «القمح» is a topic's
    ]

    assert [line.strip() for line in said] == meanings
    assert [result["id"][-1] for result in answer["results"]] == ids


def test_a_reading_that_the_reader_takes_back_is_words_again(archive: Path) -> None:
    with_it, without = ask(archive, ("قمح 2019", {}), ("قمح 2025", {"literal": ["2025"]}))[
        "answers"
    ]

    assert with_it["understood"][0]["off"] == "empty"
    assert without["words"] == ["قمح", "2025"]
    assert without["understood"][0] | {"off": "literal"} == without["understood"][0]


def test_a_date_says_its_days(archive: Path) -> None:
    asked = ("من:2025-03 رمضان", {"today": "2025-10-15"})
    first, second = ask(archive, asked)["answers"][0]["understood"]

    assert (first["key"], first["from"], first["to"]) == ("from", "2025-03", "")
    assert (second["every"], second["isHijri"]) == (["09"], True)


HOSTILE: Sequence[str] = (
    "س" * 10_000,
    "لقاء " * 2_000,
    '"' * 999,
    "-" * 999,
    '-"لقاء outlet:: : «» ”“ year:..-',
    "outlet:" + "ا" * 5_000,
    "\u0000\u0007\u202e\u2066لقاء\uffff",
    "\ud800 لقاء \udfff",
    "👩‍👩‍👧 🇸🇾 لقاء",
    "year:1..99999999 from:9999-99-99",
    "__proto__ constructor toString:1 __proto__:x",
    "<script>alert(1)</script> & \\u0041",
)


def test_any_string_is_answered(archive: Path) -> None:
    for answer in ask(archive, *[(query, {"facets": True}) for query in HOSTILE])["answers"]:
        assert answer["problems"] == []


@pytest.mark.parametrize("part", ["/t/", "/d/", "/outlet/", "/p/", "/c/"])
@pytest.mark.parametrize("harm", ["lose", "cut"])
def test_a_missing_or_cut_file_leaves_an_answer_that_says_so(
    archive: Path, part: str, harm: str
) -> None:
    query = '"لقاء في أنقرة" outlet:nahar زراغةة'
    answer = ask(archive, (query, {}), **{harm: part})["answers"][0]
    assert [problem["code"] for problem in answer["problems"]] == [
        "missing" if harm == "lose" else "damaged"
    ]
    assert answer["relation"] == "gte"


def test_results_of_a_large_archive_come_from_blocks_named_in_runs(tmp_path: Path) -> None:
    record = to_record(article(0, "خبر", ""))
    many = [replace(record, id=f"b{number:06}") for number in range(2_001)]
    for path, content in index_files([*many, *map(to_record, DOCUMENTS)], NAMES):
        if path.startswith(("t/", "d/", "topic/", "root")):
            (tmp_path / path).parent.mkdir(exist_ok=True)
            (tmp_path / path).write_bytes(content)
    assert found(tmp_path, "زلزال") == ["4"]
    assert found(tmp_path, "القمح") == ["2"]


def test_an_archive_without_index_is_told_apart(archive: Path, tmp_path: Path) -> None:
    assert ask(tmp_path) == {"error": "root-missing"}
    assert ask(archive, cut="root.json") == {"error": "root-damaged"}


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The archive as it is published anew, with an article more and one less."""
    added = article(6, "فيضان في الوادي", "غمر فيضان الوادي طريق القمح.", day="2025-10-14")
    documents = [*DOCUMENTS[:3], *DOCUMENTS[4:], added]
    return published(documents, tmp_path_factory.mktemp("later")).as_uri() + "/"


@pytest.mark.parametrize(
    ("query", "expected"),
    [("فيضان", ["6"]), ("القمح", ["2", "6"]), ("قمح فيضان", ["6", "2"]), ("زلزال", [])],
)
def test_an_open_engine_asks_what_was_published_meanwhile(
    archive: Path, later: str, query: str, expected: list[str]
) -> None:
    said = ask(archive, ("أنقرة", {}), (query, {}, later), ("أنقرة", {}), trusted=0)
    before, now, again = said["answers"]

    assert [r["id"][-1] for r in before["results"]] == ["1"]
    assert (now["problems"], [r["id"][-1] for r in now["results"]]) == ([], expected)
    assert (again["problems"], [r["id"][-1] for r in again["results"]]) == ([], ["1"])


def test_a_word_that_is_not_known_may_have_been_published_a_moment_ago(
    archive: Path, later: str
) -> None:
    _, now = ask(archive, ("أنقرة", {}), ("فيضان", {}, later))["answers"]
    assert [r["id"][-1] for r in now["results"]] == ["6"]


def test_the_root_is_asked_for_again_only_in_doubt(archive: Path) -> None:
    def roots(*queries: str) -> int:
        asked: list[str] = ask(archive, *((query, {}) for query in queries))["asked"]
        return sum("root.json" in url for url in asked)

    assert roots("أنقرة", "القمح", "أنقرة القمح") == 1
    assert roots("أنقرة", "فيضان") == 2
