"""What holds of every edit of fields, whatever the file looks like."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from warraq.base.problems import WarraqError
from warraq.content.frontmatter import READ_AS_TOPICS
from warraq.editing.article_text import with_fields_of
from warraq.editing.change_set import edited
from warraq.editing.field_edits import FieldEdit, steps
from warraq.editing.named_files import NamedFiles
from warraq.editing.validation import parsed
from warraq.model import Article, Credit, Outlet, Person, Topic

PATH = "content/articles/ab/abc123.md"
FILES = NamedFiles(
    (
        Topic("syria", "سوريا", aliases=("سورية",)),
        Person("hala", "هالة", formerly=("hala-old",)),
        Outlet("nahar", "النهار: «حلب»"),
    )
)
VALUES = st.sampled_from(
    [
        "syria",
        "سورية",
        "hala",
        "جديد",
        "أ: ب # ج",
        "[x]",
        "'",
        '"',
        "- a",
        "no",
        "2024",
        "{}",
        "a, b",
    ]
)
LISTS = ("topics", "people", "places", "tags", "categories")
EDITS = st.one_of(
    st.tuples(st.sampled_from(("add", "remove")), st.sampled_from(("topic", "author")), VALUES),
    st.tuples(st.just("add"), st.just("person"), st.sampled_from(("hala", "هالة", "ريما"))),
    st.tuples(st.just("reject"), st.just("person"), st.just("hala")),
    st.tuples(st.just("set"), st.sampled_from(("title", "description", "section")), VALUES),
    st.tuples(st.just("set"), st.just("outlet"), st.sampled_from(("nahar", "جريدة"))),
    st.tuples(st.just("set"), st.just("date"), st.sampled_from(("2024-05-01", "2025-01-31"))),
    st.tuples(st.just("set"), st.just("display"), st.sampled_from(("none", "excerpt"))),
    st.tuples(st.just("set"), st.just("removed"), st.just("طلب: صاحبه")),
    st.tuples(
        st.just("unset"),
        st.sampled_from(("date", "description", "outlet", "topic", "person", "removed")),
        st.just(""),
    ),
).map(lambda parts: FieldEdit(*parts))


@st.composite
def heads(draw: st.DrawFn) -> list[str]:
    """Return the lines of front matter, a list of parts as editors write them."""
    note = st.sampled_from(("", "  # لماذا"))
    above = st.sampled_from(("", "# فوق\n", "\n"))
    found = [f'id: "abc123"{draw(note)}\n', f"title: عنوان{draw(note)}\n"]
    for key in draw(st.lists(st.sampled_from(LISTS), unique=True)):
        values = draw(st.lists(VALUES.map(_quoted), min_size=1, max_size=3, unique=True))
        block = "".join(f"{draw(above)}  - {value}{draw(note)}\n" for value in values)
        found.append(
            draw(
                st.sampled_from(
                    (f"{key}:\n{block}", f"{key}: [{', '.join(values)}]\n", f"{key}: {values[0]}\n")
                )
            )
        )
    found += draw(
        st.lists(
            st.sampled_from(
                (
                    "source:\n  name: شام  # كما كُتب\n  url: https://shaam.example/1\n",
                    "source: {name: شام, basis: 'byline'}\n",
                    "source: شام\n",
                    "date: 2024-05-01 # من الموقع\n",
                    "date_info:\n  status: exact\n  # السبب\n  candidates: [2024-05-01]\n",
                    "rights:\n  # اتفاق\n  holder: فلان\n",
                    "not: {people: [other]}\n",
                    "reporter_note: >\n  سطر\n\n  وآخر\n",
                    "x: {y: [1, 2]}\n",
                )
            ),
            unique_by=lambda part: part.split(":")[0],
        )
    )
    return [draw(above) + part for part in draw(st.permutations(found))]


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


@given(
    heads(), st.lists(EDITS, min_size=1, max_size=4), st.sampled_from(("\n", "\r\n")), st.booleans()
)
def test_an_edit_says_what_was_wanted_leaves_other_lines_and_can_be_taken_back(
    head: list[str], edits: list[FieldEdit], end: str, has_mark: bool
) -> None:
    text = "---\n" + "".join(head) + "---\n\nنص: # لا تعليق\n\n---\nبعده\n"
    before = (("\ufeff" if has_mark else "") + text.replace("\n", end)).encode()
    article, problems = parsed(PATH, before)
    assert isinstance(article, Article), problems
    wanted = article
    for step in steps(edits, FILES, date(2026, 12, 1)):
        wanted = step(wanted)

    change = edited(PATH, before, lambda t: with_fields_of(t, article, wanted))
    found, problems = parsed(PATH, change.after or b"")
    assert [one for one in problems if one.severity == "error"] == []
    assert _comparable(found) == _comparable(wanted)

    written = (change.after or b"").decode()
    assert written.startswith("\ufeff") == has_mark
    assert written.replace("\r\n", "").count("\n") == (0 if end == "\r\n" else written.count("\n"))
    for part in head:
        if not _is_of_an_edit(part):
            assert part.strip("\n").replace("\n", end) in written

    back = edited(PATH, change.after or b"", lambda t: with_fields_of(t, wanted, article))
    assert _comparable(parsed(PATH, back.after or b"")[0]) == _comparable(article)
    if wanted == article:
        assert change.after == before


def _comparable(article: object) -> Article:
    """Return an article whose topics have no order: some may be in `topics`, others in `tags`."""
    assert isinstance(article, Article)
    return replace(article, topics=tuple(sorted(article.topics)))


def _is_of_an_edit(part: str) -> bool:
    key = next(line for line in part.split("\n") if line and line[0] != "#").split(":")[0]
    keys = {
        "title",
        "people",
        "topics",
        "source",
        "date",
        "date_info",
        "rights",
        "not",
        *READ_AS_TOPICS,
    }
    return key in keys


def test_items_that_stay_keep_the_form_in_which_they_are_written() -> None:
    kept = "- {outlet: nahar}  # بمفتاحه\n- شام  # باسمه\n- {name: بردى, url: ''}  # بفراغه\n"
    before = f'---\nid: "abc123"\ntitle: عنوان\nvia:\n{kept}- {{name: آخر}}\n---\n'
    article, _ = parsed(PATH, before.encode())
    assert isinstance(article, Article)

    found = with_fields_of(before, article, replace(article, via=article.via[:3]))

    assert found == before.replace("- {name: آخر}\n", "")
    keyed = replace(article, source=Credit(outlet="nahar"))
    assert "source:\n  outlet: nahar\n" in with_fields_of(before, article, keyed)


@pytest.mark.parametrize(
    ("head", "edit", "line"),
    [
        ("topics: [syria, [a, b]]", FieldEdit("add", "topic", "x"), 4),
        ("not:\n  people: [samir]\n  dogs: [x]", FieldEdit("reject", "person", "hala"), 6),
        ("source:\n  name: شام\n  url: shaam", FieldEdit("set", "outlet", "nahar"), 6),
        ("date_info:\n- evidence", FieldEdit("set", "date", "2024-05-01"), 5),
    ],
)
def test_what_cannot_be_read_is_not_replaced(head: str, edit: FieldEdit, line: int) -> None:
    before = f'---\nid: "abc123"\ntitle: عنوان\n{head}\n---\n'
    article, _ = parsed(PATH, before.encode())
    assert isinstance(article, Article)
    (step,) = steps([edit], FILES, date(2026, 12, 1))

    with pytest.raises(WarraqError) as refused:
        with_fields_of(before, article, step(article))

    assert [(one.severity, one.line) for one in refused.value.problems] == [("error", line)]
    renamed = with_fields_of(before, article, replace(article, title="آخر"))
    assert renamed == before.replace("عنوان", "آخر")


def test_what_stays_of_a_map_keeps_its_comments() -> None:
    head = (
        "source:  # من الصفحة\n  # كما كُتب\n  name: شام # هكذا\n  url: https://shaam.example/1\n"
        "date_info:\n  status: unknown\n  # السبب\n  note: بلا تاريخ\n"
    )
    before = f'---\nid: "abc123"\ntitle: عنوان\n{head}---\n'.encode()
    article, _ = parsed(PATH, before)
    assert isinstance(article, Article)
    wanted = article
    edits = [FieldEdit("set", "outlet", "nahar"), FieldEdit("set", "date", "2024-05-01")]
    for step in steps(edits, FILES, date(2026, 12, 1)):
        wanted = step(wanted)

    after = edited(PATH, before, lambda text: with_fields_of(text, article, wanted)).after
    assert (after or b"").decode() == (
        '---\nid: "abc123"\ntitle: عنوان\ndate: 2024-05-01\n'
        "source:  # من الصفحة\n  # كما كُتب\n  name: 'النهار: «حلب»' # هكذا\n"
        "  url: https://shaam.example/1\n  outlet: nahar\n  basis: editor\n"
        "date_info:\n  status: exact\n  # السبب\n  note: بلا تاريخ\n  basis: editor\n---\n"
    )
