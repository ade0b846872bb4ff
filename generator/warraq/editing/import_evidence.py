"""Which line of a seed gave an article its title, its source, its date. Pure."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from warraq.editing.reviewed_text import Row
from warraq.intake.text.folding import phrase
from warraq.model import Decision

_LONGEST = 4_000  # letters of a line in which a name or a day is looked for


class FieldEvidence(NamedTuple):
    """What a line gave: the field, and the words."""

    field: str
    words: str


class LineEvidence(NamedTuple):
    """The evidence at each row, by its number, and what no line of the text says."""

    at: dict[int, list[FieldEvidence]]
    elsewhere: tuple[FieldEvidence, ...]


def evidence_in(rows: Sequence[Row], decisions: Sequence[Decision]) -> LineEvidence:
    """Return where in `rows` the evidence of each decision is.

    A line that is the words is preferred to one that was removed with them, that to one which has
    them somewhere in it.
    """
    folded = [f" {phrase(row.part.text[:_LONGEST])} " if row.part else "" for row in rows]
    at: dict[int, list[FieldEvidence]] = {}
    elsewhere: list[FieldEvidence] = []
    for one in dict.fromkeys(_told(decisions)):
        words = f" {phrase(one.words)} "
        holding = [row for row, text in enumerate(folded) if words in text] if words.strip() else []
        if holding:
            best = min(holding, key=lambda row: (folded[row] != words, _is_kept(rows[row]), row))
            at.setdefault(best, []).append(one)
        else:
            elsewhere.append(one)
    return LineEvidence(at, tuple(elsewhere))


def _told(decisions: Sequence[Decision]) -> Iterator[FieldEvidence]:
    for decision in decisions:
        if decision.evidence:
            yield from (
                FieldEvidence(decision.field, one.text) for one in decision.evidence if one.text
            )
        elif decision.value:
            yield FieldEvidence(decision.field, decision.value)


def _is_kept(row: Row) -> bool:
    return row.part is None or not row.part.rule
