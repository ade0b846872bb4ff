"""A seed and its receipt say again what import kept, and what it took out where."""

import sys
from pathlib import Path

from tests.editing.unlike_seeds import SEEDS

from warraq.intake import draft_of, outlet_directory
from warraq.intake.seed_parts import seed_parts
from warraq.model import Draft, RawDocument, Removed
from warraq.seeds import reader

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

import quality

BODY = "أعلنت البلدية فتح الطريق الساحلي من جديد.\nوقال رئيسها إن العمل استغرق ستة أشهر."


def raw_of(text: str, path: str = "seeds/a.txt") -> RawDocument:
    return RawDocument(path, text, "ab" * 32)


def kept(raw: RawDocument, draft: Draft) -> str:
    return "\n\n".join(
        p.markdown for p in seed_parts(raw, draft.receipt.removed).parts if not p.rule
    )


def test_what_is_left_of_any_labelled_seed_is_its_article(tmp_path: Path) -> None:
    unlike = []
    directory = outlet_directory()
    for path in sorted(quality.CASES.glob("*.md"))[::4]:
        case = quality.read_case(path)
        seed = tmp_path / f"{case.name}{case.facts.get('suffix', '.txt')}"
        seed.write_text(case.seed, "utf-8")
        raw = reader.read(seed, tmp_path)
        draft = draft_of(raw, directory)
        if draft.article.body and kept(raw, draft) != draft.article.body:
            unlike.append((case.name, draft.article.title))

    # A line that became the title, and was never removed, is a part all the same.
    assert [name for name, _ in unlike if name != "310-amp-caption-arabic-digits-slashes-a"] == []


def test_every_removed_line_of_unlike_seeds_is_a_part_with_its_rule(tmp_path: Path) -> None:
    for name in (name for name in SEEDS if not name.endswith(".ndjson")):
        (tmp_path / name).write_text(SEEDS[name], "utf-8")
        raw = reader.read(tmp_path / name, tmp_path)
        draft = draft_of(raw, outlet_directory())
        found = seed_parts(raw, draft.receipt.removed)
        lines = {(r.first, r.text, r.rule) for r in draft.receipt.removed if r.first}

        assert lines, name
        assert {(p.first, p.text, p.rule) for p in found.parts if p.rule} == lines, name
        assert kept(raw, draft) == draft.article.body, name
        assert [p.first for p in found.parts] == sorted(p.first for p in found.parts), name
        assert len({p.id for p in found.parts}) == len(found.parts), name


def test_receipts_that_lie_about_lines_lose_nothing() -> None:
    raw = raw_of(BODY)
    lies = (
        Removed("share", "شارك", 1, 1),
        Removed("share", "شارك", 99, 99),
        Removed("share", BODY.split("\n", maxsplit=1)[0], 2, 2),
        Removed("menu", BODY.replace("\n", " "), -5, 10**9),
        Removed("menu", "", 1, 2),
    )
    found = seed_parts(raw, lies)

    assert [part.text for part in found.parts if not part.rule] == BODY.split("\n")
    assert found.elsewhere == lies


def test_lines_that_were_joined_when_they_went_are_one_part() -> None:
    found = seed_parts(raw_of(BODY), [Removed("teaser", BODY.replace("\n", " "), 1, 2)])

    (part,) = found.parts
    assert (part.rule, part.first, part.last) == ("teaser", 1, 2)


def test_a_line_that_was_removed_twice_over_is_removed_once() -> None:
    first = BODY.split("\n", maxsplit=1)[0]
    found = seed_parts(raw_of(BODY), [Removed("share", first, 1, 1)] * 2)

    assert [part.rule for part in found.parts] == ["share", ""]
    assert len(found.elsewhere) == 1


def test_a_link_that_went_is_told_at_its_line() -> None:
    found = seed_parts(raw_of(BODY), [Removed("link", "https://a.example/", 2, 2)])

    assert [part.links for part in found.parts] == [(), ("https://a.example/",)]
