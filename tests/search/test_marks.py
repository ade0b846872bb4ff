"""What is marked, in results and on the pages of articles, is what an answer was found by."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.search.test_engine import article, ask

from warraq.search.authority_names import SpelledNames
from warraq.search.index import index_files
from warraq.search.records import to_record

TITLES = {
    "سعر 400000 ليرة": ("2024-05-02", 1),
    "نسبة 6,800 نقطة": ("2024-05-03", 1),
    "مؤتمر أمس واليوم في حلب": ("2025-03-09", 1),
    "خبر أيار من حلب": ("2024-05-11", 1),
    "إحياء ذكرى أيار 2019": ("2023-01-01", 1),
    "مدينة أيار القديمة": ("2023-01-02", 1),
    "الانتخابات البلدية": ("2023-02-02", 9),
    "وصول باخرة إلى بورسعيد": ("2023-03-02", 1),
    "قرار من اليونسكو": ("2023-04-02", 1),
    "افتتاح مشفى جديد": ("2023-04-03", 1),
    "أسراب F-16 وإصابة 16 شخصا": ("2023-05-02", 1),
    "وزير الصحة يتحدث": ("2023-06-02", 5),
    "زيارة أبو مازن": ("2023-06-03", 1),
}
NAMES = {"organization": {"u": SpelledNames("اليونسكو", ("UNESCO",))}}
QUERIES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("400 000 ليرة", {}),
    ("6.800", {}),
    ("أمس حلب", {"today": "2025-03-10"}),
    ("أمس حلب", {}),
    ("أيار 2024 حلب", {}),
    ("أيار 2024 حلب", {"literal": ["أيار 2024"]}),
    ("أيار 2019", {}),  # nothing is of that month: words again
    ("الانتخا", {}),
    ("الانتحابات", {}),
    ("بور سعيد", {}),
    ("وزيرالصحة", {}),
    ("UNESCO", {}),
    ("UNESCO", {"literal": ["UNESCO=organization:u", "UNESCO=اليونسكو", "UNESCO"]}),
    ("مستشفى", {}),
    ("مستشفى", {"literal": ["مستشفى=مشفى"]}),
    ("F-16", {}),
    ("أبو مازن", {}),
    ("«مشفى جديد» -قديم", {}),
    ("مكان:زحل مشفى", {}),
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("marks")
    rows = [(title, day) for title, (day, times) in TITLES.items() for _ in range(times)]
    documents = [
        article(
            number,
            title,
            "نص. " * 90 + title,
            day=day,
            facets={"organization": ("u",) if "اليونسكو" in title else ()},
        )
        for number, (title, day) in enumerate(rows)
    ]
    for path, content in index_files(map(to_record, documents), NAMES, (("مستشفى", "مشفى"),)):
        file = root / "search" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    for document in documents:
        file = root / document.url.strip("/") / "article.json"
        file.parent.mkdir(parents=True)
        file.write_text(json.dumps({"text": document.text}), "utf-8")
    return root


def marked(text: str, marks: list[list[int]]) -> list[str]:
    return [text[start:end] for start, end in marks]


def test_a_page_marks_what_its_result_did(archive: Path) -> None:
    for (query, options), answer in zip(
        QUERIES, ask(archive, *QUERIES, again=True)["answers"], strict=True
    ):
        is_nothing_left = "=" in "".join(options.get("literal", ()))
        assert bool(answer["results"]) != is_nothing_left, query
        for result in answer["results"]:
            words = marked(result["title"], result["titleMarks"])
            assert marked(result["title"], result["marks"]) == words, query
            assert set(marked(result["whole"]["text"], result["whole"]["marks"])) == set(words)
        assert all(result["titleMarks"] for result in answer["results"][:1]), query


def test_a_day_is_no_word_to_be_marked(archive: Path) -> None:
    title = "مؤتمر أمس واليوم في حلب"
    for options, expected in (({"today": "2025-03-10"}, ["حلب"]), ({}, ["أمس", "حلب"])):
        (answer,) = ask(archive, ("أمس حلب", options), again=True)["answers"]
        assert marked(title, answer["results"][0]["marks"]) == expected


def test_a_name_with_a_number_is_marked_whole(archive: Path) -> None:
    for query, title, expected in (
        ("F-16", "أسراب F-16 وإصابة 16 شخصا", ["F-16"]),
        ("أبو مازن", "زيارة أبو مازن", ["أبو مازن"]),
    ):
        (answer,) = ask(archive, (query, {}))["answers"]
        (result,) = [one for one in answer["results"] if one["title"] == title]
        assert marked(title, result["titleMarks"]) == expected
