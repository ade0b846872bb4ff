"""Lines put back and taken out: at their place, and nothing else of the article changes."""

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.editing.unlike_seeds import FIRST, OTHERS, SECOND, SEEDS, THIRD

from warraq.editing.reviewed_text import Row, beside, pairs, paragraphs_in, put_back, taken_out
from warraq.intake import draft_of, outlet_directory
from warraq.intake.seed_parts import SeedPart, seed_parts
from warraq.model import RawDocument
from warraq.seeds import reader
from warraq.seeds.exports import export_records


@pytest.fixture(scope="module")
def drafts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[tuple[SeedPart, ...], str]]:
    """Each unlike seed: its parts, and the body that import makes of it."""
    folder = tmp_path_factory.mktemp("seeds")
    found = {}
    for name, text in SEEDS.items():
        (folder / name).write_text(text, "utf-8")
        is_export = export_records.is_export(folder / name)
        read = (
            list(export_records.documents(folder / name, folder))
            if is_export
            else [reader.read(folder / name, folder)]
        )
        for number, raw in enumerate(read):
            assert isinstance(raw, RawDocument)
            draft = draft_of(raw, outlet_directory())
            parts = seed_parts(raw, draft.receipt.removed).parts
            found[f"{name} {number}"] = (parts, draft.article.body)
    assert len(found) == 7
    return found


def states(rows: tuple[Row, ...]) -> list[str]:
    return [row.state for row in rows]


@given(data=st.data())
def test_a_line_taken_out_and_put_back_leaves_the_same_body(
    drafts: dict[str, tuple[tuple[SeedPart, ...], str]], data: st.DataObject
) -> None:
    parts, body = drafts[data.draw(st.sampled_from(sorted(drafts)))]
    # Whatever an editor took out and put back before:
    for at in data.draw(st.lists(st.integers(0, len(parts) - 1), max_size=4)):
        rows = beside(parts, body)
        body = (taken_out if rows[at].paragraphs else put_back)(body, rows, at)
    at = data.draw(st.integers(0, len(parts) - 1))
    rows = beside(parts, body)
    once, again = (taken_out, put_back) if rows[at].paragraphs else (put_back, taken_out)

    changed = once(body, rows, at)
    after = beside(parts, changed)

    assert bool(after[at].paragraphs) != bool(rows[at].paragraphs)
    assert [r.paragraphs != () for r in after[:at] + after[at + 1 :]] == [
        r.paragraphs != () for r in rows[:at] + rows[at + 1 :]
    ]
    assert again(changed, after, at) == body


def test_as_imported_every_line_is_kept_or_removed(
    drafts: dict[str, tuple[tuple[SeedPart, ...], str]],
) -> None:
    for name, (parts, body) in drafts.items():
        rows = beside(parts, body)
        assert {*states(rows)} == {"kept", "removed"}, name
        assert list(chain(*(row.paragraphs for row in rows))) == [
            *range(len(paragraphs_in(body)))
        ], name


def part(number: int, text: str, rule: str = "") -> SeedPart:
    return SeedPart(f"{number}-1-x", number, number, text, text, rule)


PARTS = (part(1, FIRST), part(2, OTHERS[0], "teaser"), part(3, SECOND), part(4, THIRD))


def test_what_an_editor_did_is_told_from_what_import_did() -> None:
    edited = SECOND.replace("ستة أشهر", "سبعة أشهر")
    body = f"{FIRST}\n\n{OTHERS[0]}\n\n{edited}\n\nكلمة من المحرر.\n"

    assert states(beside(PARTS, body)) == ["kept", "back", "edited", "out", "own"]


def test_a_line_is_put_back_between_what_stood_around_it() -> None:
    body = f"{FIRST}\n\nكلمة من المحرر.\n\n\n{SECOND}  \n\n{THIRD}"
    rows = beside(PARTS, body)
    at = states(rows).index("removed")

    assert put_back(body, rows, at) == body.replace(FIRST, f"{FIRST}\n\n{OTHERS[0]}")


@pytest.mark.parametrize("body", ["", "كلمة من المحرر."])
def test_a_line_is_put_back_where_nothing_else_of_the_seed_is(body: str) -> None:
    rows = beside(PARTS, body)

    back = put_back(body, rows, 3)

    assert [one.text for one in paragraphs_in(back)] == [THIRD, *filter(None, [body])]


def test_the_same_words_in_another_spelling_are_the_same() -> None:
    body = f"{FIRST.replace('أعلنت', 'اعلنت')}\n\n**{SECOND}**\n\n{THIRD}"

    assert states(beside(PARTS, body)) == ["kept", "removed", "kept", "kept"]


def test_a_line_said_twice_is_matched_in_order() -> None:
    parts = (part(1, FIRST, "headline"), part(2, FIRST), part(3, SECOND), part(4, FIRST))

    assert states(beside(parts, f"{FIRST}\n\n{SECOND}\n\n{FIRST}")) == [
        "removed", "kept", "kept", "kept",
    ]  # fmt: skip


@given(
    st.lists(st.sampled_from("abcdef"), max_size=12),
    st.lists(st.sampled_from("abcdef"), max_size=12),
)
def test_pairs_rise_on_both_sides_and_are_the_same(one: list[str], other: list[str]) -> None:
    found = pairs(one, other)

    assert all(one[at] == other[number] for at, number in found.items())
    assert list(found) == sorted(found)
    assert list(found.values()) == sorted({*found.values()})
    assert pairs(one, one) == {at: at for at in range(len(one))}


def test_twenty_thousand_lines_that_are_all_alike_are_matched() -> None:
    parts = tuple(part(number, "سطر واحد يتكرر") for number in range(20_000))

    rows = beside(parts, "\n\n".join(["سطر واحد يتكرر"] * 19_999 + ["آخر"]))

    assert states(rows).count("kept") == 19_999
