"""A standfirst: the paragraph between a headline and the lines that say who wrote it and when."""

from collections.abc import Collection

from warraq.intake.credit import bylines
from warraq.intake.credit.outlets import OutletDirectory
from warraq.intake.dates.time_stamps import stamps
from warraq.intake.headline.line_roles import BylineRole, DateRole, LineRole, PageHead
from warraq.intake.headline.thresholds import HEADLINE
from warraq.intake.lines.line_features import is_prose
from warraq.intake.lines.points import points


def roles_below_standfirst(
    head: PageHead, directory: OutletDirectory
) -> tuple[dict[int, LineRole], int]:
    """Return the roles of lines below the paragraph at `head.lead`, and the next paragraph's index.

    Only what no line above says makes a standfirst of the paragraph, since an account may go on
    with a name on a line, or with a day. For no standfirst: ({}, `head.lead`).
    """
    none: tuple[dict[int, LineRole], int] = {}, head.lead
    filled = [i for i in range(head.lead + 1, len(head.lines)) if head.lines[i]]
    paragraphs = (i for i in filled if head.matches[i] is None and is_prose(head.lines[i]))
    end = next(paragraphs, -1)
    between = [i for i in filled if i < end]
    if len(between) > HEADLINE.max_standfirst_gap_lines:
        return none
    roles: dict[int, LineRole] = {}
    listed = points(head.lines, head.matches)
    for i in (i for i in between if i not in listed):
        if dated := stamps(head.lines[i]):
            roles[i] = DateRole(dated)
        elif head.matches[i] is None and (signed := bylines.signature(head.lines[i], directory)):
            roles[i] = BylineRole(signed)
    above = list(head.roles.values())
    return (roles, end) if any(_is_news(role, above) for role in roles.values()) else none


def _is_news(role: LineRole, above: Collection[LineRole]) -> bool:
    """Whether a line gives a day, or the writer and the outlet, where no line `above` does."""
    if isinstance(role, DateRole):
        return not any(isinstance(other, DateRole) for other in above)
    signed = (other.signature for other in above if isinstance(other, BylineRole))
    if any(other.authors or other.outlet for other in signed):
        return False
    own = role.signature
    return bool(own.outlet or (own.authors and own.place))
