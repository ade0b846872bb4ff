"""The forms of authority files: nothing changes on the way, and what changes is what was asked."""

import json
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warraq.content.frontmatter import AUTHORITY, parse_authority
from warraq.desk.authority_form import AUTHORITY_FORMS
from warraq.desk.form_fields import filled_in, values_of
from warraq.desk.page_templates import words
from warraq.editing.article_text import with_fields_of
from warraq.editing.change_set import edited
from warraq.model import AUTHORITY_KINDS, Authority, AuthorityKind

KINDS = st.sampled_from(AUTHORITY_KINDS)
TEXTS = st.text(st.sampled_from("ab سورية:#-,[]{}'\"&*!%@`|>?~0."), min_size=1, max_size=10).map(
    lambda text: " ".join(text.split()) or "x"
)
LISTS = {
    "aliases", "hosts", "handles", "bylines", "disclaimers", "furniture", "keep", "categories",
    "reasons",
}  # fmt: skip
FIXED = {
    "wikidata": ("Q5", "https://www.wikidata.org/wiki/Q5"),
    "url": ("https://a.example/",),
    "coordinates": ("33.5,36.2", "33.5, 36.2"),
    "formerly": ("[old, /tag/a/]",),
    "articles": ('["aaaa01", bbbb02]', '\n- "aaaa01" # الأول\n- bbbb02'),
    "status": ("proposed", "confirmed"),
    "event_date": ("2025-10~",),
    "rights": ("{display: none}", "\n  holder: أ # له\n  index: false"),
}


@st.composite
def files(draw: st.DrawFn) -> tuple[AuthorityKind, str]:
    """A file of any kind as somebody may write it."""
    kind = draw(KINDS)
    keys = [key for key in AUTHORITY[kind] if key not in {"name", "title"}]
    known = draw(st.lists(st.sampled_from(keys), unique=True))
    note = st.sampled_from(("", "  # ملاحظة"))
    lines = [f"{draw(st.sampled_from(('name', 'title')))}: {_quoted(draw(TEXTS))}{draw(note)}"]
    for key in known:
        above = draw(st.sampled_from(("", "# سطر\n", "\n")))
        lines.append(f"{above}{key}:{_value(draw, key)}")
    lines.insert(draw(st.integers(0, len(lines))), "mine: {a: 1}")
    body = draw(st.sampled_from(("", "\nنص\n\n  نص آخر \n", "\n\n# عنوان")))
    text = "---\n" + "\n".join(lines) + f"\n---\n{body}"
    return kind, text.replace("\n", draw(st.sampled_from(("\n", "\r\n"))))


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _value(draw: st.DrawFn, key: str) -> str:
    if key in FIXED:
        found = draw(st.sampled_from(FIXED[key]))
        return found if found.startswith("\n") else f" {found}"
    if key not in LISTS:
        return f" {_quoted(draw(TEXTS))}"
    items = [_quoted(text) for text in draw(st.lists(TEXTS, min_size=1, max_size=3, unique=True))]
    if draw(st.booleans()):
        return f" [{', '.join(items)}]  # بين قوسين"
    return "".join(f"\n# فوقه\n- {item}" for item in items)


def read(kind: AuthorityKind, text: str) -> Authority:
    found, problems = parse_authority(text.replace("\r\n", "\n"), "content/x/a.md", kind, "a")
    assert found is not None
    assert [problem for problem in problems if problem.severity == "error"] == []
    return found


@given(files())
def test_a_form_that_is_sent_as_it_was_opened_changes_no_byte(
    file: tuple[AuthorityKind, str],
) -> None:
    kind, text = file
    record, table = read(kind, text), AUTHORITY_FORMS[kind]

    same, problems = filled_in(table, record, values_of(table, record), record.body)

    assert (same, problems) == (record, [])
    change = edited("a.md", text.encode(), lambda known: with_fields_of(known, record, same))
    assert change.after == text.encode()


@given(files(), TEXTS, st.lists(TEXTS, max_size=3, unique=True))
def test_a_changed_name_and_list_are_all_that_changes(
    file: tuple[AuthorityKind, str], name: str, aliases: list[str]
) -> None:
    kind, text = file
    record, table = read(kind, text), AUTHORITY_FORMS[kind]
    values = {n: v for n, v in values_of(table, record).items() if not n.startswith("aliases.")}
    values |= {f"aliases.{n}": one for n, one in enumerate(aliases)} | {"name": name}

    wanted, problems = filled_in(table, record, values, record.body)
    change = edited("a.md", text.encode(), lambda known: with_fields_of(known, record, wanted))

    assert problems == []
    after = (change.after or b"").decode()
    assert read(kind, after).formerly[: len(record.formerly)] == record.formerly
    if kind != "stories":  # a key among the aliases of a story is a former one
        assert read(kind, after) == wanted
    assert "mine: {a: 1}" in after
    assert after.count("# سطر") == text.count("# سطر")


def test_former_keys_among_the_aliases_of_a_story_stay() -> None:
    text = "---\nname: قصة\naliases: [old-key, اسم]\n---\n"
    record, table = read("stories", text), AUTHORITY_FORMS["stories"]

    wanted, _ = filled_in(table, record, values_of(table, record) | {"aliases.0": "غيره"}, "")

    after = with_fields_of(text, record, wanted)
    assert after == "---\nname: قصة\naliases: [old-key, غيره]\n---\n"


def test_every_key_of_a_file_is_in_its_form_or_is_left_to_others() -> None:
    for kind in AUTHORITY_KINDS:
        assert {*AUTHORITY[kind]} - {*AUTHORITY_FORMS[kind].keys} == {"title", "formerly"}


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_field_has_its_words(language: str) -> None:
    known = words("ar" if language == "ar" else "en")
    lacking = set[str]()
    for table in AUTHORITY_FORMS.values():
        lacking |= {f"names.section.{one}" for one in table.sections} - known.keys()
        for field in table.fields:
            wanted = [field.key] if field.kind != "names" else [field.key, f"{field.key}=one"]
            if field.kind == "map":
                wanted += [one.name for one in field.inputs]
            for one in field.inputs:
                options = (*one.options, *one.suggested)
                wanted += [f"{one.name}={option}" for option in options if option]
            lacking |= {key for key in wanted if not {key, f"names.{key}"} & known.keys()}
    for kind in get_args(AuthorityKind):
        lacking |= {f"names.kind.{kind}", f"names.one.{kind}"} - known.keys()

    assert lacking == set()
