"""What holds of every splice, whatever the front matter looks like."""

import re
from itertools import count
from random import Random
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warraq.base.marked_yaml import compose, pairs, plain
from warraq.base.problems import WarraqError
from warraq.content.frontmatter import split
from warraq.content.splice import with_items, with_key, with_scalars, with_values

WORDS = st.text(
    st.sampled_from("ab سورية:#-,[]{}'\"&*!%@`|>?~0.\\\n\u202e"), min_size=1, max_size=12
).map(lambda text: " ".join(text.split()) or "x")
KEYS = ("title", "topics", "people", "source", "note", "via")
ORDER = (*KEYS, "places")
_numbers = count()


class Part(NamedTuple):
    """A key with its value as somebody may write it, lines and all."""

    key: str
    text: str


@st.composite
def parts(draw: st.DrawFn, key: str) -> Part:
    kind = draw(st.sampled_from(("scalar", "block", "flow", "map", "flow map", "maps", "literal")))
    write = draw(st.sampled_from((_double, _single)))
    items = draw(st.lists(WORDS, min_size=1, max_size=4))
    margin = " " * draw(st.sampled_from((0, 2, 4)))

    def note() -> str:
        return draw(st.sampled_from(("", f"  # ملاحظة {next(_numbers)}")))

    def above() -> str:
        return draw(st.sampled_from(("", f"{margin}# سطر {next(_numbers)}\n", "\n")))

    if kind == "scalar":
        text = f"{key}: {write(items[0])}{note()}\n"
    elif kind == "literal":
        text = f"{key}: |\n  سطر\n\n   # ليس تعليقًا\n"
    elif kind == "block":
        lines = (f"{above()}{margin}- {write(item)}{note()}\n" for item in items)
        text = f"{key}:{note()}\n" + "".join(lines)
    elif kind == "flow":
        gap = draw(st.sampled_from((", ", " ,", ",\n  ", ",  # بين, بين\n  ")))
        text = f"{key}: [ {gap.join(map(write, items))} ]{note()}\n"
    elif kind == "map":
        margin = margin or "  "
        lines = (f"{above()}{margin}k{n}: {write(item)}{note()}\n" for n, item in enumerate(items))
        text = f"{key}:\n" + "".join(lines)
    elif kind == "flow map":
        pairs_ = (f"k{n}: {write(item)}" for n, item in enumerate(items))
        text = f"{key}: {{{', '.join(pairs_)}}}{note()}\n"
    else:
        lines = (
            f"{above()}{margin}- name: {write(item)}\n{margin}  outlet: o{note()}\n"
            for item in items
        )
        text = f"{key}:\n" + "".join(lines)
    return Part(key, draw(st.sampled_from(("", "\n", "# فوق المفتاح\n"))) + text)


def _double(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _single(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


@st.composite
def files(draw: st.DrawFn) -> list[Part]:
    keys = draw(st.lists(st.sampled_from(KEYS), unique=True, min_size=1))
    return [draw(parts(key)) for key in keys]


ITEMS = st.lists(WORDS, max_size=4)
MAPS = st.dictionaries(st.sampled_from(("k0", "k1", "name")), WORDS, max_size=3)
SPLICES = st.one_of(
    st.tuples(st.just(with_key), st.one_of(st.none(), WORDS, ITEMS.filter(bool))),
    st.tuples(st.just(with_items), ITEMS),
    st.tuples(st.just(with_values), MAPS),
)


def text_of(parts_: list[Part]) -> str:
    return "---\n" + "".join(part.text for part in parts_) + "---\n\nالنص # ليس تعليقًا\n---\n"


def read(text: str) -> dict[str, object]:
    root = compose(split(text, "a.md").head, "a.md")
    return {key: _spaced(plain(node)) for key, _, node in pairs(root)} if root else {}


def _spaced(value: object) -> object:
    """Return `value` as readers of front matter take it."""
    if isinstance(value, dict):
        return {key: _spaced(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_spaced(item) for item in value]
    return " ".join(str(value).split())


@given(files(), st.sampled_from(ORDER), SPLICES)
def test_a_splice_says_what_was_wanted_and_leaves_every_other_line(
    found: list[Part], key: str, splice: tuple[object, object]
) -> None:
    write, value = splice
    before = text_of(found)
    after = write(before, key, value, order=ORDER, path="a.md")  # type: ignore[operator] # one of three

    wanted = {k: v for k, v in read(before).items() if k != key}
    assert {k: v for k, v in read(after).items() if k != key} == wanted
    said = _spaced(value) if value else None
    assert read(after).get(key) in (said, said[0] if isinstance(said, list) else said)
    at = next((n for n, part in enumerate(found) if part.key == key), None)
    if at is not None:
        assert after.startswith(text_of(found[:at]).split("---\n\n")[0])
        assert after.endswith(text_of(found[at + 1 :]).removeprefix("---\n"))


@given(files(), st.sampled_from(KEYS), ITEMS.filter(bool))
def test_added_items_taken_away_again_leave_the_file_as_it_was(
    found: list[Part], key: str, more: list[str]
) -> None:
    before = text_of(found)
    held = read(before).get(key)
    if not isinstance(held, list):
        return
    there = with_items(before, key, [*held, *more], order=ORDER, path="a.md")
    back = with_items(there, key, held, order=ORDER, path="a.md")

    assert read(back) == read(before)
    is_flow = "[" in next(p.text for p in found if p.key == key).split(":", 1)[1].split("\n")[0]
    assert is_flow or back == before
    assert sorted(notes(back)) == sorted(notes(before))


@given(files(), st.sampled_from(KEYS), st.randoms(use_true_random=False))
def test_items_keep_their_comments_wherever_they_go(
    found: list[Part], key: str, random: Random
) -> None:
    before = text_of(found)
    held = read(before).get(key)
    if not isinstance(held, list):
        return
    shuffled = random.sample(held, len(held))
    after = with_items(before, key, shuffled, order=ORDER, path="a.md")

    assert read(after)[key] == shuffled
    assert sorted(notes(after)) == sorted(notes(before))


@given(files(), WORDS, WORDS)
def test_values_are_replaced_wherever_they_are_and_back(
    found: list[Part], old: str, new: str
) -> None:
    before = text_of(found)
    after = with_scalars(before, lambda _, v: new if v == old else None, path="a.md")

    def replaced(value: object) -> object:
        if isinstance(value, dict):
            return {key: replaced(item) for key, item in value.items()}
        if isinstance(value, list):
            return [replaced(item) for item in value]
        return new if value == old else value

    assert read(after) == {key: replaced(value) for key, value in read(before).items()}
    assert sorted(notes(after)) == sorted(notes(before))


def notes(text: str) -> list[str]:
    return re.findall("(?:ملاحظة|سطر) \\d+|بين, بين|فوق المفتاح", text)


@pytest.mark.parametrize("end", ["\r", "\x85", "\N{LINE SEPARATOR}", "\N{PARAGRAPH SEPARATOR}"])
def test_a_line_end_that_nobody_sees_is_refused(end: str) -> None:
    with pytest.raises(WarraqError) as refused:
        with_key(f"---\ntitle: أ{end}note: ب\n---\n", "title", "ج", order=(), path="a.md")

    assert [(p.code, p.line) for p in refused.value.problems] == [("line-end-hidden", 2)]


@pytest.mark.parametrize("text", ["", "نص", "---\ntitle: أ\n", "---\ntitle: [\n---\n"])
def test_a_file_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(WarraqError):
        with_items(text, "topics", ["أ"], order=("topics",), path="a.md")
