"""A standfirst: the paragraph between a headline and the lines that say who wrote it and when."""

from collections.abc import Mapping, Sequence

from warraq.intake.credit import bylines
from warraq.intake.credit.names import Signature
from warraq.intake.credit.outlets import OutletDirectory
from warraq.intake.dates.mention import TimeStamp
from warraq.intake.dates.time_stamps import stamps
from warraq.intake.lines.boilerplate import RuleMatch
from warraq.intake.lines.line_features import is_prose

LOOK = 8  # lines with words between a standfirst and the first paragraph


def lines_below_standfirst(
    lines: Sequence[str],
    matches: Sequence[RuleMatch | None],
    told: Mapping[int, object],
    lead: int,
    known: OutletDirectory,
) -> tuple[dict[int, Signature | tuple[TimeStamp, ...]], int]:
    """Return the lines that say who and when below the paragraph at `lead`, and the next one's.

    `told` is what the lines above have said; only what they have not makes a standfirst of the
    paragraph, as an account may go on with a name on a line, or with a day. ({}, `lead`): none.
    """
    found: dict[int, Signature | tuple[TimeStamp, ...]] = {}
    full = [i for i in range(lead + 1, len(lines)) if lines[i]]
    end = next((i for i in full if matches[i] is None and is_prose(lines[i])), -1)
    between = [i for i in full if i < end]
    if len(between) > LOOK:
        return {}, lead
    for i in between:
        if dated := stamps(lines[i]):
            found[i] = dated
        elif matches[i] is None and (signed := bylines.signature(lines[i], known)):
            found[i] = signed
    above = list(told.values())
    new = any(_tells(what, above) for what in found.values())
    return (found, end) if new else ({}, lead)


def _tells(what: object, above: Sequence[object]) -> bool:
    """Tell whether a line says when, or for whom and who, where nothing above does."""
    if not isinstance(what, Signature):
        return not any(not isinstance(one, Signature) for one in above)
    signed = any(isinstance(one, Signature) and (one.authors or one.outlet) for one in above)
    return not signed and bool(what.outlet or (what.authors and what.place))
