"""The editors' search: what is found, how the index is kept, what hostile queries do."""

import multiprocessing
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import warraq
from warraq.search.editors import Answer, ContentFile, EditorDocument, Library, rows
from warraq.search.editors.excerpt import WORDS, excerpt
from warraq.search.editors.finding import search
from warraq.search.editors.search_fields import FIELDS, TEXT_FIELDS, WEIGHTS, SearchField

TEXTS = {
    "visit01": ("زيارة وزارية إلى أنقرة", "بحث الوزراء ضبط الحدود مع الجانب التركي.", "2025-10-12"),
    "visit02": ("اتفاق جديد", "العلاقات بين سوريا وتركيا، قال أبو قصرة، تتقدم.", "2025-10"),
    "match01": ("مباراة في دمشق", "فاز الفريق وحضر المباراة وزير الرياضة.", "2024-01-05"),
    "undated1": ("قانون الاستثمار", "أقر المجلس قانونًا جديدًا للاستثمار بقيمة 2٬400٬000 ليرة.", ""),
}


def document(key: str, **values: str | tuple[str, ...]) -> EditorDocument:
    of_file = {"id": (key,), "path": (f"content/{key}.md",)}
    given = {name: (v,) if isinstance(v, str) else v for name, v in values.items()}
    return EditorDocument({**of_file, **given})


class Shelf:
    """An archive in memory that counts what is read of it."""

    def __init__(self) -> None:
        self.documents: dict[str, EditorDocument | None] = {}
        self.stamps: dict[str, int] = {}
        self.reads: list[str] = []
        self.context = ""
        for key, (title, body, day) in TEXTS.items():
            self.put(
                document(
                    key,
                    title=title,
                    body=body,
                    date=day,
                    year=day[:4],
                    outlet=("nahar-halab", "نهار حلب"),
                    status="draft" if key == "match01" else "live",
                    person=("murhaf-abu-qasra", "مرهف أبو قصرة") if key == "visit02" else (),
                )
            )

    def put(self, document: EditorDocument) -> None:
        path = document.first("path")
        self.documents[path] = document
        self.stamps[path] = self.stamps.get(path, 0) + 1

    def read(self, path: str) -> EditorDocument | None:
        self.reads.append(path)
        return self.documents[path]

    @property
    def library(self) -> Library:
        files = [ContentFile(path, 1, stamp) for path, stamp in self.stamps.items()]
        return Library(files, self.read, self.context)


Find = Callable[[str], Answer]


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return Shelf()


@pytest.fixture
def find(shelf: Shelf, tmp_path: Path) -> Find:
    return lambda query: search(tmp_path / "site", query, library=shelf.library)


def ids(answer: Answer) -> list[str]:
    return sorted(hit.id for hit in answer.hits)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("وتركيا", ["visit01", "visit02"]),
        ("انقره", ["visit01"]),
        ("ابوقصرة", ["visit02"]),
        ("الوزير", ["match01", "visit01"]),
        ("لقاء", []),
        ("title:زيارة", ["visit01"]),
        ("عنوان:زيارة", ["visit01"]),
        ("body:زيارة", []),
        ("outlet:nahar-halab title:قانون", ["undated1"]),
        ("outlet:nahar-halab OR title:قانون", ["match01", "undated1", "visit01", "visit02"]),
        ("وزير date:2025-10", ["visit01"]),
        ("year:2024 year:2025", ["match01", "visit01", "visit02"]),
        ("date:2025-10 person:قصرة", ["visit02"]),
        ("date:2025-10 NOT person:قصرة", ["visit01"]),
        ("person:(قصرة OR مرهف) زيارة سوريا", ["visit02"]),
        ("date:هكذا قانون", ["undated1"]),
        ("outlet:nahar-halab AND title:قانون", ["undated1"]),
        ("person:murhaf-abu-qasra", ["visit02"]),
        ('شخص:"أبو قصرة"', ["visit02"]),
        ("date:2025-10-12", ["visit01"]),
        ("date:2025-10", ["visit01", "visit02"]),
        ("date:[2025-10 to 2025-11]", ["visit01", "visit02"]),
        ("date:[2024 to 2025-09]", ["match01"]),
        ("date:[2025 to]", ["visit01", "visit02"]),
        ("date:{2024 to 2026}", ["visit01", "visit02"]),
        ("سنة:٢٠٢٤", ["match01"]),
        ("status:draft", ["match01"]),
        ('status:"draft"', ["match01"]),
        ('status:"" قانون', ["undated1"]),
        ("id:undated1", ["undated1"]),
        ("path:content/visit*", ["visit01", "visit02"]),
        ("«ضبط الحدود»", ["visit01"]),
        ("«الحدود ضبط»", []),
        ('"بين سورية"', ["visit02"]),
        ("است*", ["undated1"]),
        ("*راة", ["match01"]),
        ("قان?ن", ["undated1"]),
        ("وزير NOT دمشق", ["visit01"]),
        ("(زيارة OR مباراة) AND وزير", ["match01", "visit01"]),
        ("في قانون", ["undated1"]),
        ("2400000", ["undated1"]),
        ("٢,٤٠٠,٠٠٠ AND قانون", ["undated1"]),
        ("2 400 000", ["undated1"]),
        ('"2,400,000 ليرة"', ["undated1"]),
        ("400", []),
        ("*", ["match01", "undated1", "visit01", "visit02"]),
        ("certainty:none", []),
        ("nofield:قانون", ["undated1"]),
        ('shown:"قانون"', ["undated1"]),
    ],
)
def test_what_a_query_finds(find: Find, query: str, found: list[str]) -> None:
    assert ids(find(query)) == found


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_every_field_is_asked_by_both_its_names(
    find: Find, shelf: Shelf, field: SearchField
) -> None:
    value = {"day": "2031-02-03", "text": "زبرجد", "value": "زبرجد"}.get(field.kind, "")
    value = "2031" if field.name == "year" else value
    shelf.put(document("field01", **{field.name: value} if value else {}))
    asked = value or "content/field01.md"

    for name in (field.name, field.arabic_name):
        assert len(find(f"{name}:{asked}").hits) == 1
    assert len(find(asked).hits) == (field.kind == "text")


def test_every_text_field_counts_where_no_field_is_named() -> None:
    assert list(WEIGHTS) == list(TEXT_FIELDS)


def test_the_exact_form_comes_before_its_relatives(find: Find, shelf: Shelf) -> None:
    for key, body in (("form001", "زار المزارعون السوق"), ("form002", "زار مزارع السوق")):
        shelf.put(document(key, title="خبر", body=body))

    assert [hit.id for hit in find("مزارع").hits] == ["form002", "form001"]
    assert [hit.id for hit in find("المزارعون").hits] == ["form001", "form002"]


def test_an_article_with_all_the_words_comes_first(find: Find) -> None:
    assert find("قانون المجلس للاستثمار وزير الوزراء").hits[0].id == "undated1"


def test_a_hit_carries_what_a_table_needs_and_a_marked_excerpt(find: Find) -> None:
    answer = find("الحدود")

    assert rows(answer) == (
        ("2025-10-12", "nahar-halab", "زيارة وزارية إلى أنقرة", "content/visit01.md"),
    )
    hit = answer.hits[0]
    assert [hit.excerpt[start:end] for start, end in hit.marks] == ["الحدود"]


def test_the_total_counts_more_than_is_shown(shelf: Shelf, tmp_path: Path) -> None:
    answer = search(tmp_path, "*", library=shelf.library, limit=2)

    assert (len(answer.hits), answer.total) == (2, 4)


def test_only_what_changed_is_read_again(find: Find, shelf: Shelf) -> None:
    find("قانون")
    shelf.reads.clear()
    shelf.put(document("visit01", title="رحلة"))

    assert ids(find("رحلة")) == ["visit01"]
    assert set(shelf.reads) == {"content/visit01.md"}
    assert ids(find("الحدود")) == []


def test_a_touched_file_of_the_same_words_changes_nothing(
    find: Find, shelf: Shelf, tmp_path: Path
) -> None:
    before = find("قانون")
    made = sorted(p.name for p in (tmp_path / "cache").rglob("MAIN*.seg"))
    shelf.stamps["content/visit01.md"] = 77

    assert find("قانون") == before
    assert sorted(p.name for p in (tmp_path / "cache").rglob("MAIN*.seg")) == made


def test_a_deleted_file_is_not_found(find: Find, shelf: Shelf) -> None:
    find("قانون")
    del shelf.stamps["content/undated1.md"]

    assert ids(find("قانون")) == []


def test_a_broken_file_is_counted_and_found_again_when_mended(find: Find, shelf: Shelf) -> None:
    whole = shelf.documents["content/undated1.md"]
    assert whole
    shelf.documents["content/undated1.md"] = None

    broken = find("قانون")
    assert (ids(broken), [note.code for note in broken.notes]) == ([], ["search-unread"])

    shelf.put(whole)
    assert (ids(find("قانون")), find("قانون").notes) == (["undated1"], ())


def test_a_new_context_reads_all_but_keeps_what_is_alike(find: Find, shelf: Shelf) -> None:
    find("قانون")
    shelf.reads.clear()
    shelf.context = "another outlet file"

    assert ids(find("قانون")) == ["undated1"]
    assert set(shelf.stamps) <= set(shelf.reads)


def test_a_file_saved_this_very_moment_is_read_once_more(find: Find, shelf: Shelf) -> None:
    shelf.stamps["content/undated1.md"] = 2**62
    find("قانون")
    shelf.documents["content/undated1.md"] = document("undated1", title="لائحة")

    assert ids(find("لائحة")) == ["undated1"]


@pytest.mark.parametrize("cut", ["empty", "flip", "remove", "text", "all"])
def test_a_damaged_index_is_made_anew(find: Find, tmp_path: Path, cut: str) -> None:
    right = find("وزير")
    for part in [p for p in (tmp_path / "cache").rglob("*") if p.is_file() and p.name != "lock"]:
        content = part.read_bytes()
        if cut == "remove":
            part.unlink()
        elif cut == "all":
            part.write_bytes(b"")
        elif part.name.startswith("MAIN") and content:
            middle = len(content) // 2
            flipped = content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]
            part.write_bytes({"empty": b"", "flip": flipped, "text": "نص".encode()}[cut])

    assert find("وزير") == right


def test_a_damaged_manifest_is_made_anew(find: Find, tmp_path: Path) -> None:
    right = find("وزير")
    manifest = next((tmp_path / "cache").rglob("manifest.msgpack"))
    manifest.write_bytes(manifest.read_bytes()[:-9])

    assert find("وزير") == right


def test_one_generation_is_kept_and_it_is_private(find: Find, tmp_path: Path) -> None:
    find("وزير")
    next((tmp_path / "cache").rglob("manifest.msgpack")).unlink()
    find("وزير")

    folders = [p for p in (tmp_path / "cache").rglob("index-*") if p.is_dir()]
    assert len(folders) == 1
    assert stat.S_IMODE(folders[0].stat().st_mode) == 0o700


def test_no_index_is_kept_in_the_site_nor_where_others_write(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "site" / "cache"))
    assert ids(search(tmp_path / "site", "قانون", library=shelf.library)) == ["undated1"]
    assert list(tmp_path.rglob("MAIN*")) == []

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "open"))
    search(tmp_path / "site", "قانون", library=shelf.library)
    folder = next(tmp_path.rglob("current")).parent
    folder.chmod(0o777)
    next(folder.glob("index-*/manifest.msgpack")).write_bytes(b"")
    assert ids(search(tmp_path / "site", "قانون", library=shelf.library)) == ["undated1"]
    assert next(folder.glob("index-*/manifest.msgpack")).read_bytes() == b""


def _search_in_another_process(site: Path, cache: str, found: Sequence[str]) -> None:
    os.environ["XDG_CACHE_HOME"] = cache
    shelf = Shelf()
    for round_ in range(5):
        shelf.stamps["content/visit01.md"] = round_
        assert ids(search(site, "وزير", library=shelf.library)) == found


def test_two_processes_do_not_harm_each_other(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    given_ = (tmp_path / "site", str(tmp_path / "cache"), ["match01", "visit01"])
    processes = [context.Process(target=_search_in_another_process, args=given_) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)

    assert [process.exitcode for process in processes] == [0, 0, 0]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("", "query-empty"),
        ("((((", "query-empty"),
        ('"', "query-empty"),
        ("\x00\x1b\u202e", "query-empty"),
        ("nofield:قانون", "query-field"),
        ('shown:"x"', "query-field"),
        ('path:""', "query-empty"),
        ("date:غدًا", "query-day"),
        ("date:[أول to آخر]", "query-day"),
        ('date:"12/10/2025"', "query-day"),
        ("وزير " * 2000, "query-cut"),
        ("(" * 5000 + "وزير" + ")" * 5000, "query-cut"),
        ("و" * 10_000, "query-cut"),
        ("ا* " * 3000, "query-cut"),
    ],
)
def test_a_query_that_cannot_be_answered_is_explained(find: Find, query: str, code: str) -> None:
    assert code in [note.code for note in find(query).notes]


PIECES = st.sampled_from(
    [
        "AND",
        "OR",
        "NOT",
        "ANDNOT",
        "ANDMAYBE",
        "REQUIRE",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        '"',
        "'",
        "«",
        "»",
        "*",
        "?",
        "؟",
        "^",
        "^9",
        "^-1e999",
        "~",
        "~5",
        ":",
        "::",
        "date:",
        "year:",
        "title:",
        "path:",
        "to",
        "TO",
        "[to]",
        "\\",
        "/",
        "-",
        "+",
        "<",
        ">=",
        "\n",
        "\x00",
        "\u200f",
        "وزير",
        "تركيا",
        "2025-10",
        "٢٠٢٥",
        "a",
        "😀",
        "\ud7ff",
        "ﷺ",
        "ـ",
        "ً",
    ]
)


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(PIECES | st.text(max_size=4), max_size=14), st.sampled_from(["", " "]))
def test_no_query_breaks_the_search(find: Find, pieces: list[str], between: str) -> None:
    answer = find(between.join(pieces))

    assert answer.total >= len(answer.hits)


@given(st.text(st.sampled_from("أب تر\nكيا،.١*"), max_size=300), st.sets(st.text(max_size=4)))
def test_the_marks_of_an_excerpt_lie_in_it_and_apart(text: str, wanted: set[str]) -> None:
    shown, marks = excerpt(text, {*wanted, "اب"})

    edges = [edge for mark in marks for edge in mark]
    assert edges == sorted(edges)
    assert all(0 <= edge <= len(shown) for edge in edges)
    assert "\n" not in shown


def test_an_excerpt_shows_the_part_with_most_of_the_words() -> None:
    text = "أنقرة " + "كلام " * 100 + "لقاء أنقرة الكبير " + "كلام " * 100

    shown, marks = excerpt(text, {"انقره", "لقاء"})

    assert [shown[start:end] for start, end in marks] == ["لقاء", "أنقرة"]
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown.split()) == WORDS + 2


def test_another_schema_makes_the_index_anew(tmp_path: Path) -> None:
    site, package = tmp_path / "site", Path(warraq.__file__).parent
    (site / "content" / "articles").mkdir(parents=True)
    (site / "site.yaml").write_text("name: أرشيف\n", "utf-8")
    text = '---\nid: "abc123"\ntitle: افتتاح الجسر\n---\n\nمر أول قطار.\n'
    (site / "content" / "articles" / "abc123.md").write_text(text, "utf-8")
    other = tmp_path / "other" / "warraq"
    shutil.copytree(package, other, ignore=shutil.ignore_patterns("__pycache__"))
    table = other / "search" / "editors" / "search_fields.py"
    was = table.read_text("utf-8")
    table.write_text(was.replace('"لغة", "value"', '"لغة", "text"'), "utf-8")
    assert table.read_text("utf-8") != was

    def generation(program: Path) -> str:
        """Return the index in use after a search by the program that lies at `program`."""
        environment = os.environ | {
            "XDG_CACHE_HOME": str(tmp_path / "c"),
            "PYTHONPATH": str(program),
        }
        command = [sys.executable, "-m", "warraq", "-C", str(site), "search", "قطار"]
        done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
        assert "abc123" in done.stdout
        (current,) = (tmp_path / "c").rglob("current")
        return current.read_text("ascii")

    first = generation(package.parent)
    assert generation(package.parent) == first
    assert generation(other.parent) != first
