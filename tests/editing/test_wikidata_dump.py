"""Dumps of any size in the memory of one line, and what is kept of an entity."""

import tracemalloc
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from warraq.base.arabic import fold
from warraq.base.problems import Problem
from warraq.editing.wikidata_dump import WikidataEntity, entities
from warraq.editing.wikidata_names import KnownEntity, additions, known, namesakes
from warraq.model import Person, Place

MANY = 100_000
BOUND = 6 << 20  # bytes, whatever the number of entities


def test_a_hundred_thousand_entities_take_the_memory_of_one(tmp_path: Path) -> None:
    dump = tmp_path / "dump.json"
    claims = ",".join(f'"P{n}":[{{"mainsnak":{{"snaktype":"novalue"}}}}]' for n in range(20, 24))
    with dump.open("w", encoding="utf-8") as file:
        file.write("[\n")
        for n in range(1, MANY + 1):
            label = f'"ar":{{"language":"ar","value":"اسم رقم {n}"}}'
            file.write(f'{{"id":"Q{n}","labels":{{{label}}},"claims":{{{claims}}}}},\n')
        file.write("]\n")
    assert dump.stat().st_size > 4 * BOUND
    steps: list[int] = []

    tracemalloc.start()
    count = sum(
        isinstance(one, WikidataEntity)
        for one in entities(dump, lambda read, _: steps.append(read))
    )
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert count == MANY
    assert peak < BOUND
    assert steps == sorted(steps)
    assert steps[-1] == dump.stat().st_size


def test_a_line_longer_than_any_entity_is_passed_over(tmp_path: Path) -> None:
    dump = tmp_path / "dump.json"
    long = b'{"id":"Q1","x":"' + b"a" * (33 << 20) + b'"}'
    dump.write_bytes(b'{"id":"Q2"}\n' + long + b'\n{"id":"Q3"}\n')

    found = list(entities(dump, lambda _read, _all: None))

    assert [one.id for one in found if isinstance(one, WikidataEntity)] == ["Q2", "Q3"]
    assert [(one.code, one.line) for one in found if isinstance(one, Problem)] == [
        ("wikidata-line", 2)
    ]


NAMES = st.sampled_from(
    ("أحمد الشرع", "احمد الشرع", "أحمد", "دمشق", "الشام", "Damascus", "Damas", "سمير الحداد", "Us")
)
SPELLINGS = st.lists(NAMES, max_size=4, unique_by=fold).map(tuple)


@given(st.lists(st.tuples(NAMES, SPELLINGS, SPELLINGS, st.booleans()), max_size=4))
def test_what_is_added_is_new_and_of_one_file_alone(
    made: list[tuple[str, tuple[str, ...], tuple[str, ...], bool]],
) -> None:
    files = [
        (Place if is_place else Person)(f"k{n}", name, f"content/x/k{n}.md", "", aliases,
                                        wikidata=f"Q{n}")
        for n, (name, aliases, _, is_place) in enumerate(made)
    ]  # fmt: skip
    kept = {f"Q{n}": KnownEntity(f"Q{n}", "", "", one[2]) for n, one in enumerate(made)}

    found, _ = additions(files, kept)

    before = [fold(name) for file in files for name in (file.name, *file.aliases)]
    added = [fold(name) for one in found for name in dict.fromkeys(one.spellings)]
    assert not {*before} & {*added}
    assert len(added) == len({*added})
    assert all(" " in name for one in found if one.file.kind == "people" for name in one.spellings)


def test_what_explains_a_name_is_no_spelling_of_it() -> None:
    entity = WikidataEntity(
        "Q1", {"ar": "دمشق (مدينة)", "en": "Damascus"}, {"en": ("x" * 90, "https://a.example")}, {}
    )

    assert known(entity, ("ar", "en")).spellings == ("Damascus",)


def test_a_file_without_an_id_has_its_namesakes_offered() -> None:
    files = [Person("a", "سعاد", "a.md"), Person("b", "سعاد", "b.md", wikidata="Q9")]
    kept = [
        KnownEntity("Q9", "سعاد", spellings=("سعاد",)),
        KnownEntity("Q30", "سعاد", spellings=("سعاد",)),
        KnownEntity("Q4", "س", spellings=("سعاد",)),
    ]

    assert {path: [one.id for one in found] for path, found in namesakes(files, kept).items()} == {
        "a.md": ["Q4", "Q30"]
    }
