"""Words that the archive hardly holds: near spellings, parted and joined names, half words."""

from pathlib import Path
from typing import Any

import pytest
from tests.search.test_engine import article, ask, published

from warraq.base.arabic import fold

SAMPLES = [
    line.split("\t")
    for line in Path(__file__).with_name("near.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    held = [sample for sample in SAMPLES if sample[0] == "="]
    texts = [text for _, times, text in held for _ in range(int(times))]
    documents = [article(number, text, "نص المادة.") for number, text in enumerate(texts)]
    return published(documents, tmp_path_factory.mktemp("near"))


def answers(archive: Path, *queries: str, **options: object) -> list[dict[str, Any]]:
    said: list[dict[str, Any]] = ask(archive, *((q, {"fetched": 0, **options}) for q in queries))[
        "answers"
    ]
    return said


def is_reread(answer: dict[str, Any]) -> bool:
    """Whether something else was searched for, or offered in the place of what was typed."""
    kinds = {why["kind"] for result in answer["results"] for why in result["why"]}
    offered = {one["kind"] for one in answer["suggestions"] + answer["understood"]}
    other = {"near", "spelling", "completed", "completion"}
    return bool(answer["near"] or answer["suggestion"] or kinds & other or offered & other)


MADE_ON, HELD = slice(0, None, 2), slice(1, None, 2)


@pytest.mark.parametrize(("part", "least"), [(MADE_ON, 0.94), (HELD, 0.9)])
def test_what_was_meant_is_found(archive: Path, part: slice, least: float) -> None:
    samples = [sample for sample in SAMPLES if sample[0] == "+"][part]
    said = answers(archive, *(query for _, query, _ in samples))
    missed = [
        query
        for (_, query, wanted), answer in zip(samples, said, strict=True)
        if not any(wanted in result["title"] for result in answer["results"])
    ]
    assert len(missed) <= (1 - least) * len(samples), missed


@pytest.mark.parametrize(("part", "least"), [(MADE_ON, 1), (HELD, 0.94)])
def test_what_is_right_is_left_alone(archive: Path, part: slice, least: float) -> None:
    queries = [sample[1] for sample in SAMPLES if sample[0] == "-"][part]
    said = answers(archive, *queries)
    changed = [q for q, answer in zip(queries, said, strict=True) if is_reread(answer)]
    assert len(changed) <= (1 - least) * len(queries), changed


def test_a_common_word_is_meant_rather_than_a_form_of_a_rare_one(archive: Path) -> None:
    (answer,) = answers(archive, "كرونا")
    assert answer["results"][0]["title"] == "وباء كورونا ينتشر في المستشفيات"
    assert answer["suggestion"] == "كورونا"


def test_a_misspelling_in_the_archive_does_not_hide_what_was_meant(tmp_path: Path) -> None:
    titles = ["الإنتحابات قريبة", *(["الانتخابات بعيدة"] * 9)]
    base = published([article(n, title, "نص") for n, title in enumerate(titles)], tmp_path)
    (answer,) = answers(base, "الانتحابات")
    assert answer["total"] == 10
    assert answer["results"][0]["title"] == titles[0]
    assert [(one["query"], one["count"]) for one in answer["suggestions"]] == [("الانتخابات", 9)]


# Typed; what is likelier meant (in five texts); what less so (in thirty titles, and often).
GUESSES = (
    ("يونسف", "يونيسف", "يوسف"),
    ("سلييمان", "سليمان", "سليمات"),
    ("مظاهره", "مظاهرة", "ظاهرة"),
    ("الاقتصادد", "الاقتصاد", "الاقتصار"),
    ("كرواتا", "كرواتيا", "كراتشي"),
    ("الانفصل", "الانفصال", "الانفعال"),
    ("منصوار", "منصور", "منشور"),
    ("الجزاءر", "الجزائر", "الجزار"),
    ("برلمن", "برلمان", "برلين"),
    ("الصومل", "الصومال", "الصوم"),
)


@pytest.mark.parametrize(("typed", "likelier", "other"), GUESSES)
def test_the_likeliest_guess_comes_first(
    tmp_path: Path, typed: str, likelier: str, other: str
) -> None:
    texts = [("خبر اليوم", f"كلام طويل عن {likelier} هنا.")] * 5 + [(other, f"{other} " * 5)] * 30
    texts += [("سطر", "نص.")] * 300
    base = published([article(n, *text) for n, text in enumerate(texts)], tmp_path)
    (answer,) = answers(base, typed)
    found = [result["why"][0]["found"] for result in answer["results"]]
    assert found[:5] == [fold(likelier)] * 5


def test_words_that_stand_side_by_side_are_no_errors(tmp_path: Path) -> None:
    titles = ["ميناء بور سعيد", "جائزة نوفل حداد", *["سعيدة بالفوز", "نوفمبر", "جداد"] * 9]
    base = published([article(n, title, "نص") for n, title in enumerate(titles)], tmp_path)
    for query, title in (("بور سعيد", titles[0]), ("نوفل حداد", titles[1])):
        (answer,) = answers(base, query)
        assert [result["title"] for result in answer["results"] if result["missing"] == []] == [
            title
        ]
        assert not is_reread(answer)


def test_two_words_that_an_article_joins_are_no_errors(tmp_path: Path) -> None:
    titles = ["ميناء بورسعيد", "أرض بور", "لقاء مع سعيد", *["سعيدة بالفوز"] * 30]
    base = published([article(n, title, "نص") for n, title in enumerate(titles)], tmp_path)
    (answer,) = answers(base, "بور سعيد")
    kinds = {why["kind"] for result in answer["results"] for why in result["why"]}
    assert "near" not in kinds
    assert [one for one in answer["suggestions"] if one["kind"] == "spelling"] == []


def test_a_guess_is_said_as_articles_write_it(tmp_path: Path) -> None:
    titles = ["زيارة أنقرة", "وزارة الإعلام", "مدينة إزمير"]
    documents = [article(n, title, "نص") for n, title in enumerate(titles * 9)]
    base = published(documents, tmp_path)
    said = answers(base, "Ankara", "Izmir", "كنقرة", "وزارةالإعلام", "إزمي", limit=0)
    assert [answer["suggestion"] for answer in said] == [
        "أنقرة",
        "إزمير",
        "أنقرة",
        "وزارة الإعلام",
        "",
    ]
    assert said[-1]["understood"][0]["label"] == "إزمير"


def test_names_are_found_parted_and_joined(tmp_path: Path) -> None:
    titles = ["ميناء بورسعيد", "ميناء بور سعيد", "سعيد يزور أرضا بورا", "خبر من نيويورك"]
    base = published([article(n, title, "نص") for n, title in enumerate(titles)], tmp_path)
    joined, parted, york = answers(base, "بورسعيد", "بور سعيد", "نيو يورك")
    assert {result["title"] for result in joined["results"]} == {titles[0], titles[1]}
    assert {result["title"] for result in parted["results"][:2]} == {titles[0], titles[1]}
    assert [result["title"] for result in york["results"]] == [titles[3]]


def test_a_stop_word_written_with_the_next_is_parted(archive: Path) -> None:
    (answer,) = answers(archive, "فيالسودان")
    assert (answer["total"], answer["suggestion"]) == (6, "في السودان")


def test_half_a_word_searches_what_it_goes_on_as_and_says_so(archive: Path) -> None:
    half, whole = answers(archive, "مجلس المظاه", "المظاه مجلس")
    completed = {"kind": "completed", "text": "المظاه", "label": "المظاهرات"}
    assert [completed.items() <= one.items() for one in half["understood"]] == [True]
    assert half["near"] is False
    assert whole["understood"] == []


def test_a_word_that_stands_as_written_is_only_offered_what_it_goes_on_as(tmp_path: Path) -> None:
    titles = ["لاعب نادي روما", "مؤتمر في برن", *["قوات رومانيا تنتشر", "برنامج جديد"] * 9]
    base = published([article(n, title, "نص") for n, title in enumerate(titles)], tmp_path)
    for query, title, longer in (("روما", titles[0], "رومانيا"), ("برن", titles[1], "برنامج")):
        (answer,) = answers(base, query, sort="newest")
        assert [result["title"] for result in answer["results"]] == [title]
        assert answer["total"] == 1
        offered = {(one["kind"], one["query"], one.get("count")) for one in answer["suggestions"]}
        assert offered == {("completion", longer, 9)}


@pytest.mark.parametrize(("others", "total"), [(40, 3), (400, 0)])
def test_three_articles_are_many_in_a_small_archive(
    tmp_path: Path, others: int, total: int
) -> None:
    titles = ["سد الفرات"] * 3 + ["خبر من المدينة"] * others
    base = published([article(n, title, "نص") for n, title in enumerate(titles)], tmp_path)
    (answer,) = answers(base, "الفراط")
    assert answer["total"] == total
    assert answer["suggestion"] == ("الفرات" if total else "")


def test_a_word_taken_back_stays_as_typed(archive: Path) -> None:
    (answer,) = answers(archive, "الزراغة", literal=["الزراغة"])
    assert (answer["total"], answer["suggestion"]) == (0, "")


def test_many_unknown_words_read_a_dozen_files_more(tmp_path: Path) -> None:
    documents = [article(n, f"خبر {n} من {'ابتثجحخدذ'[n % 9]}ارض", "نص") for n in range(900)]
    base = published(documents, tmp_path)
    strange = " ".join(f"{a}ض{b}غط" for a in "ابتثجح" for b in "سشصضطظ")
    known = set(ask(base, (strange, {"literal": strange.split()}))["asked"])
    more = set(ask(base, (strange, {}))["asked"]) - known
    assert len(more) <= 12


@pytest.mark.parametrize(
    ("query", "suggestion"),
    [
        ("عبد الرحيم", "عبد الرحمن"),  # one word of two
        ("خطاب عبد الرحيم،", "خطاب عبد الرحمن،"),
    ],
)
def test_a_correction_replaces_words_as_they_are_read(
    tmp_path: Path, query: str, suggestion: str
) -> None:
    documents = [article(number, "خطاب عبد الرحمن", "نص المادة.") for number in range(20)]
    (answer,) = answers(published(documents, tmp_path), query)
    assert answer["suggestion"] == suggestion
