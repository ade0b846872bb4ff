"""Names and synonyms as lines of term shards, and what the engine makes of them."""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from tests.search.test_engine import ROOT, ask

from warraq.model import KIND_TRAITS
from warraq.search.analysis import STOP_WORDS, family, terms_of
from warraq.search.authority_names import (
    AllNames,
    SpelledNames,
    Synonyms,
    name_lines,
    unfiled,
    usual_synonyms,
)
from warraq.search.index import index_files
from warraq.search.records import SearchDocument, to_record
from warraq.search.shard_layout import layout_for
from warraq.search.term_shards import light_shard

SMALL, LARGE = layout_for(10, 1000), layout_for(5000, 10**6)


def lines(names: dict[str, SpelledNames], kind: str = "person") -> set[str]:
    found = name_lines({kind: names}, (), (), SMALL)
    return set("\n".join(found.values()).split("\n"))


def test_every_name_and_key_has_a_line_with_what_it_names() -> None:
    names = {"who": SpelledNames("منظمة الصحة العالمية", ("WHO office",), ("sihha",))}
    assert lines(names, "organization") == {
        "منظمه الصحه العالميه\torganization\twho\tمنظمة الصحة العالمية",
        "who office\torganization\twho\tمنظمة الصحة العالمية\t1",
        "who\torganization\twho\tمنظمة الصحة العالمية\t1",
        "sihha\torganization\twho\tمنظمة الصحة العالمية\t1",
    }


def test_son_between_names_is_dropped() -> None:
    found = lines({"x": SpelledNames("خالد بن الوليد", ("خالد ابن الوليد",))})
    assert "خالد الوليد\tperson\tx\tخالد بن الوليد" in found
    assert not any("بن " in line.partition("\t")[0] for line in found)


def test_a_word_spelt_otherwise_is_a_synonym_and_another_name_is_far() -> None:
    found = lines({"k": SpelledNames("إبراهيم قالن", ("إبراهيم كالين",))})
    assert {"قالن\tكالين", "كالين\tقالن"} <= found
    assert "ابراهيم كالين\tperson\tk\tإبراهيم قالن" in found
    other = lines({"k": SpelledNames("سالم البحري", ("أبو عمر القناص",))})
    assert "ابوعمر عمر القناص\tperson\tk\tسالم البحري\t1" in other
    assert "سالم البحري\tperson\tk\tسالم البحري\t1" in other


def test_common_words_of_places_make_no_synonyms() -> None:
    found = lines({"h": SpelledNames("محافظة حلب", ("مدينة حلب", "محافظة حلاب"))}, "place")
    assert "محافظه\tمدينة" not in found
    assert "حلب\tحلاب" in found


def test_a_title_of_a_person_makes_no_synonyms() -> None:
    found = lines({"b": SpelledNames("بشار الأسد", ("الرئيس الأسد",))})
    assert not any(len(line.split("\t")) == 2 for line in found)
    assert "الرءيس الاسد\tperson\tb\tبشار الأسد\t1" in found


def test_a_value_without_a_file_is_named_by_its_key() -> None:
    names = {"topic": {"sport": SpelledNames("رياضة")}}
    others = unfiled([("topic", "sport"), ("topic", "شطرنج"), ("outlet", "")], names)
    assert list(others) == [("topic", "شطرنج")]
    assert "شطرنج\ttopic\t\tشطرنج" in "\n".join(name_lines(names, others, (), SMALL).values())


def test_a_line_lies_where_its_first_telling_word_is_looked_up() -> None:
    found = name_lines({"place": {"x": SpelledNames("في حلب")}}, (), (), LARGE)
    assert set(found) >= {light_shard(family("حلب"), LARGE)}
    assert name_lines({"place": {}}, [("place", "في من")], (), LARGE) == {}


def test_the_shipped_synonyms_are_lists_of_different_words() -> None:
    for one in usual_synonyms():
        words = [tuple(terms_of(text)) for text in one]
        assert len(set(words)) == len(words) > 1
        assert all(1 <= len(terms) <= 3 for terms in words)
        assert all(set(terms) - STOP_WORDS for terms in words)


def test_the_script_knows_the_folder_of_every_kind() -> None:
    script = (ROOT / "generator/warraq/search/client/names.js").read_text("utf-8")
    told = re.search(r"const FOLDERS = \{(.*)\}", script)
    assert told is not None
    folders = dict(pair.strip().split(": ") for pair in told[1].split(","))
    known = {t.singular: f'"{kind}"' for kind, t in KIND_TRAITS.items() if t.is_facet}
    assert folders == known


# --- the engine ----------------------------------------------------------------------------------


def article(number: int, title: str, text: str, **facets: tuple[str, ...]) -> SearchDocument:
    ident = f"a{number:06}"
    return SearchDocument(
        ident, f"/n/{ident}/", title, text, f"2025-01-{number:02}", "النهار", facets
    )


ARTICLES = (
    article(1, "برنامج جديد للتراث", "أعلنت اليونسكو قائمة المواقع.", organization=("yunisku",)),
    article(2, "قرار أممي", "صوت مجلس الأمن على القرار.", organization=("un",)),
    article(3, "زيارة رسمية", "وصل الوزير إلى أنقرة صباحًا.", place=("ankara",)),
    article(4, "سوق القناص", "معرض الصيد في المدينة.", topic=("شطرنج",)),
    article(5, "القائد يتحدث", "تكلم سالم البحري عن السلام.", person=("bahri",)),
    article(6, "افتتاح مشفى", "دشن الوزير المشفى الوطني.", place=("homs",)),
    article(7, "طائرة بلا طيار", "رصدت طائرة مسيرة في الجو.", topic=("sport",)),
    article(8, "مباراة الديربي", "انتهى اللقاء بالتعادل.", topic=("sport",), place=("fes",)),
    article(9, "مدينة الفاس", "تقرير عن الحرف.", person=("fes",)),
    article(10, "رواية جديدة بقلم منى الراوي", "تصدر قريبًا.", person=("mona",)),
    article(11, "أخبار القرية", "قالت الكاتبة إن الحصاد جيد.", person=("mona",)),
)
NAMES = {
    "organization": {
        "yunisku": SpelledNames("اليونسكو", ("UNESCO", "منظمة التربية والثقافة")),
        "un": SpelledNames("الأمم المتحدة", ("United Nations", "UN"), ("umam",)),
    },
    "place": {"ankara": SpelledNames("أنقرة", ("Ankara",)), "fes": SpelledNames("فاس")},
    "person": {
        "bahri": SpelledNames("سالم بن أحمد البحري", ("أبو عمر القناص",), ("salem-bahri",)),
        "fes": SpelledNames("فاس"),
        "mona": SpelledNames("منى الراوي", ("Mona Rawi",)),
    },
    "topic": {"sport": SpelledNames("رياضة")},
}
SYNONYMS = (("مستشفى", "مشفى"), ("درون", "طائرة مسيرة"))


def write_index(
    folder: Path,
    documents: Iterable[SearchDocument],
    names: AllNames,
    synonyms: Synonyms = (),
) -> None:
    for path, content in index_files(map(to_record, documents), names, synonyms):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("named")
    write_index(root / "search", ARTICLES, NAMES, SYNONYMS)
    return root


def answer(base: Path, query: str, **options: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    said: dict[str, Any] = ask(base, (query, options))["answers"][0]
    assert said["problems"] == []
    return said


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("UNESCO", 1),
        ("يونسكو", 1),
        ("باليونسكو", 1),
        ("تراث UNESCO", 1),
        ("منظمة التربية والثقافة", 1),
        ("United Nations", 2),
        ("قرار united nations", 2),
        ("umam", 2),
        ("Ankara", 3),
        ("زيارة ankara", 3),
        ("أبو عمر القناص", 5),
        ("ابو عمر القناص السلام", 5),
        ("salem-bahri", 5),
        ("سالم أحمد البحري", 5),
        ("سالم ابن احمد البحري", 5),
        ("مستشفى", 6),
        ("المستشفى الوطني", 6),
        ("درون", 7),
        ("شطرنج", 4),
    ],
)
def test_a_name_finds_the_articles_on_what_it_names(archive: Path, query: str, first: int) -> None:
    assert answer(archive, query)["results"][0]["id"] == f"a{first:06}"


@pytest.mark.parametrize("query", ["Mona Rawi", "منى الراوي", "mona"])
def test_what_holds_the_usual_name_comes_first(archive: Path, query: str) -> None:
    results = answer(archive, query)["results"]
    assert [result["id"] for result in results] == ["a000010", "a000011"]
    assert results[0]["titleMarks"]


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("أنقرة", ("place", "أنقرة", 1, "/places/ankara/")),
        ("انقره", ("place", "أنقرة", 1, "/places/ankara/")),
        ("في أنقرة", ("place", "أنقرة", 1, "/places/ankara/")),
        ("un", ("organization", "الأمم المتحدة", 1, "/organizations/un/")),
        ("رياضة", ("topic", "رياضة", 2, "/topics/sport/")),
        ("شطرنج", ("topic", "شطرنج", 1, "")),
    ],
)
def test_a_query_that_is_a_name_is_told_with_its_page_and_count(
    archive: Path, query: str, told: tuple[str, str, int, str]
) -> None:
    names = [said for said in answer(archive, query)["understood"] if said["kind"] == "name"]
    folder = archive.as_uri()
    assert [
        (said["of"], said["label"], said["count"], said.get("url", "").removeprefix(folder))
        for said in names
    ] == [told]


def test_all_that_have_the_name_are_told(archive: Path) -> None:
    said = answer(archive, "فاس")
    assert [(one["of"], one["key"]) for one in said["understood"]] == [
        ("person", "fes"),
        ("place", "fes"),
    ]
    assert {result["id"] for result in said["results"]} == {"a000008", "a000009"}


def test_a_name_among_words_is_told_only_if_it_adds_articles(archive: Path) -> None:
    assert answer(archive, "زيارة أنقرة")["understood"] == []
    told = answer(archive, "السلام أبو عمر القناص")["understood"]
    assert [(one["text"], one["label"]) for one in told] == [
        ("أبو عمر القناص", "سالم بن أحمد البحري")
    ]


def taken_back(base: Path, query: str, *labels: str) -> dict[str, Any]:
    """Return the answer without the readings that have one of `labels`, or are of one such kind."""
    said = answer(base, query)["understood"]
    gone = [one["literal"] for one in said if {one["label"], one.get("of")} & set(labels)]
    return answer(base, query, literal=gone)


def test_a_name_that_was_taken_off_is_words(archive: Path) -> None:
    said = taken_back(archive, "أبو عمر القناص", "سالم بن أحمد البحري")
    assert [(one["label"], one["off"]) for one in said["understood"]] == [
        ("سالم بن أحمد البحري", "literal")
    ]
    assert [result["id"] for result in said["results"]] == ["a000004"]


def test_of_two_names_in_one_text_each_is_taken_off_by_itself(archive: Path) -> None:
    said = taken_back(archive, "فاس", "person")
    assert [(one["of"], one.get("off")) for one in said["understood"]] == [
        ("place", None),
        ("person", "literal"),
    ]
    kinds = {result["id"]: {why["kind"] for why in result["why"]} for result in said["results"]}
    assert "name" in kinds["a000008"]
    assert "name" not in kinds["a000009"]


def test_of_two_synonyms_of_one_word_each_is_taken_off_by_itself(tmp_path: Path) -> None:
    documents = [article(n, word, "خبر.") for n, word in enumerate(("مشفى", "بيمارستان"), 1)]
    synonyms = (("مستشفى", "مشفى"), ("مستشفى", "بيمارستان"))
    write_index(tmp_path, documents, {}, synonyms)
    said = taken_back(tmp_path, "مستشفى", "مشفى")
    assert [result["id"] for result in said["results"]] == ["a000002"]
    assert {one["label"]: one.get("off") for one in said["understood"]} == {
        "مشفى": "literal",
        "بيمارستان": None,
    }


def test_a_date_and_a_name_of_one_text_are_taken_off_each(tmp_path: Path) -> None:
    documents = [article(1, "لقاء", "خبر.", person=("ayyar",)), article(2, "سوق", "خبر.")]
    names = {"person": {"ayyar": SpelledNames("كريم حداد", ("رمضان",))}}
    write_index(tmp_path, documents, names)
    said = answer(tmp_path, "رمضان", today="2025-06-01")  # nothing is of that month
    assert [(one["kind"], one.get("off")) for one in said["understood"]] == [
        ("date", "empty"),
        ("name", None),
    ]
    assert [result["id"] for result in said["results"]] == ["a000001"]


TRAPS = (
    article(1, "داعش يتبنى هجوما", "خبر."),
    article(2, "تنظيم الدولة يتبنى هجوما", "خبر."),
    article(3, "الدولة تعيد تنظيم المرور", "خبر."),
    article(4, "الدولة تدعم المزارعين", "تنظيم معرض."),
    article(5, "كمال يزور لبنان", "خبر."),
    article(6, "أسواق البورصة ترتفع", "خبر.", topic=("mal",), place=("bnan",)),
    article(7, "ريف جميل", "خبر."),
    article(8, "معارك في الغوطة", "خبر.", place=("rif",)),
    article(9, "سعيد يزور كريم", "خبر."),
    article(10, "قصيدة جديدة", "خبر.", person=("said",)),
    article(11, "الكريم سعيد", "خبر."),
    article(12, "تكريم سعيد بن صالح الكريم", "خبر."),
    article(13, "وصول وفد إلى جبلة", "خبر.", place=("jabla",)),
    article(14, "حفل بجبلة", "خبر."),
)
TRAP_NAMES = {
    "topic": {"mal": SpelledNames("مال")},
    "place": {
        "bnan": SpelledNames("بنان"),
        "rif": SpelledNames("ريف دمشق"),
        "jabla": SpelledNames("جبلة"),
    },
    "person": {"said": SpelledNames("سعيد كريم", ("said karim", "S. Karim"))},
}


@pytest.fixture(scope="module")
def traps(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("traps")
    for path, content in index_files(
        map(to_record, TRAPS), TRAP_NAMES, (("داعش", "تنظيم الدولة"),)
    ):
        (root / "search" / path).parent.mkdir(parents=True, exist_ok=True)
        (root / "search" / path).write_bytes(content)
    return root


def test_a_phrase_that_means_the_same_stands_side_by_side(traps: Path) -> None:
    found = answer(traps, "داعش", sort="newest")["results"]
    assert [result["id"] for result in found] == ["a000002", "a000001"]


def test_a_usual_name_stands_side_by_side(traps: Path) -> None:
    found = answer(traps, "said karim")["results"]
    assert {result["id"] for result in found} == {"a000010"}


@pytest.mark.parametrize("query", ["كمال", "لبنان", "البورصة كمال"])
def test_the_first_letter_of_a_known_word_is_no_particle(traps: Path, query: str) -> None:
    assert answer(traps, query)["understood"] == []


@pytest.mark.parametrize("query", ["بجبلة", "لجبلة", "جبلة", "وبجبلة"])
def test_a_name_is_known_behind_its_particles(traps: Path, query: str) -> None:
    assert [one["key"] for one in answer(traps, query)["understood"]] == ["jabla"]


@pytest.mark.parametrize(
    "query",
    [
        "ريف -دمشق",
        'ريف -"دمشق"',
        "ريف\u200f -دمشق",
        "المكان:ريف دمشق",
        "سعيد - كريم",
        "سعيد، كريم",
        "سعيد؛كريم",
        "سعيد – كريم",
        "«سعيد» كريم",
        "سعيد. كريم",
        "سعيد/كريم",
    ],
)
def test_no_name_reaches_across_marks(traps: Path, query: str) -> None:
    assert "name" not in {one["kind"] for one in answer(traps, query)["understood"]}


@pytest.mark.parametrize(
    "query",
    ["سعيد كريم", "سعيد  بن كريم", "«سعيد كريم»", "said-karim", "S. Karim", "سعيد\u200f كريم؟"],
)
def test_a_name_may_have_spaces_hyphens_and_initials(traps: Path, query: str) -> None:
    names = [one for one in answer(traps, query)["understood"] if one["kind"] == "name"]
    assert [one["key"] for one in names] == ["said"]


def test_what_several_lines_say_is_told_once(tmp_path: Path) -> None:
    documents = [
        article(1, "افتتاح مشفى", "خبر.", person=("x",)),
        article(2, "مستشفى جديد", "خبر."),
    ]
    names = {"person": {"x": SpelledNames("مراد علمدار", ("المراد", "مراد", "وادي المراد"))}}
    synonyms = (("مستشفى", "مشفى"), ("المستشفى", "مشفى"), ("مستشفى", "مَشفى"))
    write_index(tmp_path, documents, names, synonyms)
    for query in ("المستشفى", "المراد"):
        assert len(answer(tmp_path, query)["understood"]) == 1, query


def test_synonyms_are_told(archive: Path) -> None:
    said = answer(archive, "مستشفى")
    assert [(one["kind"], one["text"], one["label"]) for one in said["understood"]] == [
        ("synonym", "مستشفى", "مشفى")
    ]
    (why,) = said["results"][0]["why"]
    assert (why["query"], why["kind"]) == ("مستشفي", "synonym")
    assert said["results"][0]["titleMarks"]


def test_what_a_name_says_no_synonym_says_again(tmp_path: Path) -> None:
    documents = [
        article(1, "أخبار حلب", "خبر.", place=("halab",)),
        article(2, "News from Halab", "news"),
        article(3, "كالين يتحدث", "خبر.", person=("qalin",)),
        article(4, "Kalin speaks", "news"),
    ]
    names = {
        "place": {"halab": SpelledNames("حلب", ("Halab", "Aleppo"))},
        "person": {"qalin": SpelledNames("إبراهيم قالن", ("إبراهيم كالين", "Ibrahim Kalin"))},
    }
    write_index(tmp_path, documents, names, (("خبر", "news"),))
    told = {
        query: [(one["kind"], one["label"]) for one in answer(tmp_path, query)["understood"]]
        for query in ("حلب", "Halab", "Aleppo", "خبر", "news", "أخبار حلب")
    }
    assert told == {
        **{query: [("name", "حلب")] for query in ("حلب", "Halab", "Aleppo")},
        "خبر": [],  # «خبر أو news» says nothing that a reader of Arabic wants to know
        "news": [("synonym", "خبر")],
        "أخبار حلب": [],
    }
    assert {result["id"] for result in answer(tmp_path, "خبر")["results"]} >= {"a000002"}


def loaded(base: Path, query: str, seen: Path, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Return the modules that a query needs, by what the coverage of the engine has seen."""
    monkeypatch.setenv("NODE_V8_COVERAGE", str(seen))
    answer(base, query)
    (report,) = seen.glob("*.json")
    urls = [script["url"] for script in json.loads(report.read_text("utf-8"))["result"]]
    return {url.rpartition("/client/")[2] for url in urls if "/client/" in url}


def test_names_in_other_letters_load_no_stemmers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = [article(1, "أخبار حلب", "خبر."), article(2, "Halabi of Halab", "news halabis")]
    documents[1] = replace(documents[1], lang="en")
    write_index(tmp_path, documents, {"place": {"halab": SpelledNames("حلب", ("Halab",))}})
    plain = loaded(tmp_path, "أخبار حلب", tmp_path / "a", monkeypatch)
    assert "names.js" in plain
    assert not {name for name in plain if name.startswith("snowball") or name == "foreign.js"}
    assert "snowball/en.js" in loaded(tmp_path, "Halab", tmp_path / "b", monkeypatch)


def test_forms_of_a_name_are_no_other_spelling(tmp_path: Path) -> None:
    texts = ["تقرير يونيسكو", *["قالت لليونسكو", "باليونسكو", "واليونسكو"] * 12]
    documents = [article(n % 28 + 1, text, "خبر.") for n, text in enumerate(texts)]
    documents = [replace(one, id=f"a{n:06}") for n, one in enumerate(documents)]
    write_index(
        tmp_path, documents, {"organization": {"u": SpelledNames("اليونسكو", ("يونيسكو",))}}
    )
    said = answer(tmp_path, "يونيسكو")
    assert (said["suggestion"], said["suggestions"]) == ("", [])


def test_hostile_names_and_queries_are_answered(tmp_path: Path) -> None:
    odd = SpelledNames("\t|\n", ("\u202e", "س" * 5000, "خبر\tperson\tx", "\ud800"))
    names = {"person": {"x": odd, "__proto__": SpelledNames("toString")}}
    synonyms = (("خبر", "نبأ\tplace\ty"), ("__proto__", "constructor"))
    documents = [article(1, "خبر toString", "نبأ", person=("x", "__proto__"))]
    write_index(tmp_path, documents, names, synonyms)
    for query in ("خبر", "toString", "__proto__", "س" * 5000, "خبر " * 300, "constructor خبر"):
        answer(tmp_path, query)


def completed(base: Path, typed: str) -> list[dict[str, str]]:
    (rows,) = ask(base, complete=[typed])["completed"]
    folder = base.as_uri()
    return [{name: text.removeprefix(folder) for name, text in row.items()} for row in rows]


@pytest.mark.parametrize("typed", ["زيارة أنق", "زيارة Anka"])
def test_a_completed_name_tells_whose_it_is(archive: Path, typed: str) -> None:
    assert completed(archive, typed)[0] == {
        "query": "زيارة أنقرة",
        "label": "أنقرة",
        "of": "place",
        "key": "ankara",
        "url": "/places/ankara/",
    }


def test_names_that_are_alike_are_completed_each(archive: Path) -> None:
    assert [row.get("of") for row in completed(archive, "فاس")] == ["person", "place", None]
    assert completed(archive, "شطر") == [
        {"query": "شطرنج", "label": "شطرنج", "of": "topic", "key": "شطرنج"}
    ]
