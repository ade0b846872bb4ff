"""What the lines above an article say: the writer, the outlet and the day."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from warraq.intake.credit import bylines, name_kinds
from warraq.intake.credit.names import Signature
from warraq.intake.credit.outlets import OutletDirectory
from warraq.intake.dates.editions import edition
from warraq.intake.dates.mention import TimeStamp
from warraq.intake.dates.time_stamps import stamps
from warraq.intake.headline.selection import Headline, is_opening_paragraph
from warraq.intake.headline.thresholds import HEADLINE
from warraq.intake.lines.boilerplate import RuleMatch, boilerplate_rule
from warraq.intake.lines.line_features import is_prose, is_question
from warraq.intake.lines.thresholds import LINES
from warraq.intake.state import ImportState
from warraq.intake.text.folding import phrase, words

# Boilerplate rules whose lines may name the writer or the outlet.
NAMING_RULES = frozenset(("signature", "broadcaster", "slug"))
# «… وأشار إلى أن علامة محفورة... 05.11.2025, مرآة الشرق» (… and pointed out that a mark carved…):
# a teaser of the page itself, its day and outlet behind it.
_SUMMARY = re.compile(r"(?:\.\.\.|…) ?(?P<tail>\d\d?[./-]\d\d?[./-]\d{4}[^.!؟]{0,40})$")
# A line of its own above the writer's: by, written by, prepared by, the writer, the editor.
_INTRODUCERS = frozenset(
    phrase(w) for w in ("بواسطة", "بقلم", "كتب", "كتبت", "كتبه", "إعداد", "الكاتب", "المحرر", "by")
)


class BylineRole(msgspec.Struct, frozen=True):
    """A line that names the writer, the outlet or the place."""

    signature: Signature


class DateRole(msgspec.Struct, frozen=True):
    """A line that says when. Without stamps it is a month, a season or an issue."""

    stamps: tuple[TimeStamp, ...] = ()


LineRole = BylineRole | DateRole
Roles = Mapping[int, LineRole]  # by the index of the line


class PageHead(NamedTuple):
    """What is known of a page's head; `lead` is the index of the first paragraph, -1 for none."""

    lines: Sequence[str]
    matches: Sequence[RuleMatch | None]  # the boilerplate rule of each line
    roles: Roles
    lead: int
    headline: Headline | None = None

    @property
    def at(self) -> int:
        """Return the index of the headline's line, -1 when it is on none."""
        return self.headline.at if self.headline else -1


def roles_above(
    state: ImportState, lines: Sequence[str], matches: Sequence[RuleMatch | None]
) -> dict[int, LineRole]:
    """Return the byline, outlet and date lines above the first paragraph, by index."""
    roles: dict[int, LineRole] = dict(_dayless(state, lines))
    found: dict[int, LineRole] = {}
    plain = 0  # lines without a role so far
    most = _max_plain_lines(state)
    text = ""
    for i, line in enumerate(lines):
        if not line:
            continue
        above, text = text, line
        match = matches[i]
        if stamped := _stamps_above(text):
            found[i] = DateRole(stamped)
            continue
        if match is not None and match.rule not in NAMING_RULES:
            continue
        if match is None and is_prose(text) and plain and not is_question(text):
            break
        signed = _signature(text, above, state, first=not plain and most > 0)
        if not (plain or found):
            signed = _first_signature(state, signed, lines[i:])
        if signed is not None:
            found[i] = BylineRole(signed)
        elif match is None:
            plain += 1
            if plain > most or (is_prose(text) and is_opening_paragraph(text)):
                break
    return roles | found


def _dayless(state: ImportState, lines: Sequence[str]) -> dict[int, DateRole]:
    """Return the lines that give a month, a season or an issue: a date without a day."""
    filled = [i for i, text in enumerate(lines) if text]
    if state.alone:
        filled = filled[: HEADLINE.standalone_dayless_lines]
    return {i: DateRole() for i in filled if edition(lines[i])}


def _max_plain_lines(state: ImportState) -> int:
    """Return how many lines without a role may be above the last that says who or when.

    In a bare text that is its headline, unless a fact gives it; below it a standfirst.
    """
    if not state.alone:
        return len(state.page.lines)
    return 0 if state.fact("title")[0] else 1


def _stamps_above(text: str) -> tuple[TimeStamp, ...]:
    """Return the time stamps of a line above the first paragraph, () when it is a paragraph."""
    summary = _SUMMARY.search(text)
    found = stamps(summary["tail"] if summary else text)
    little = all(len(words(stamp.rest)) <= HEADLINE.max_stamp_rest_words for stamp in found)
    short = not is_prose(text) or len(text.split()) < LINES.prose_words
    return found if little or summary or short else ()


def _signature(text: str, above: str, state: ImportState, *, first: bool) -> Signature | None:
    """Return what a line names as a byline; the line `above` may introduce a writer.

    In a bare text «السبت: سمر نجم» (Saturday: Samar Najm) is a line of a list, and a line in
    quotation marks is a quotation.
    """
    signed = bylines.signature(text, state.directory, first=first)
    if signed is None:
        return bylines.writer(text) if phrase(above) in _INTRODUCERS else None
    if not state.alone:
        return signed
    if ":" in text or text[0] in '«“"':
        more = signed.authors or signed.place or text.endswith((":", "»", "”", '"'))
        known = state.directory.named(signed.outlet) and more
        return signed if known or name_kinds.introduces(text) else None
    # «صوت المطر» (the voice of rain) is a poem's line, though outlets are called «voice of …».
    return None if _is_unlisted_outlet(signed, state.directory) else signed


def _is_unlisted_outlet(signed: Signature, directory: OutletDirectory) -> bool:
    """Whether a byline names only an outlet, and one on no list."""
    people = signed.authors and not re.search(r"\d", signed.outlet)
    named = people or signed.place or directory.named(signed.outlet)
    return bool(signed.outlet) and not named


def _first_signature(
    state: ImportState, signed: Signature | None, lines: Sequence[str]
) -> Signature | None:
    """Return what the first line names as a byline: in a bare text a name may be the headline.

    `signed` is what it would name on any line; `lines` are that line and those below.
    """
    if signed is None:
        return bylines.letterhead(lines[0], (line for line in lines[1:] if line))
    if not state.alone or state.directory.named(signed.outlet):
        return signed
    marked = re.search(r"[:/|–-]|بقلم|بواسطة", lines[0])
    introduced = name_kinds.introduces(lines[0]) or not signed.authors
    return signed if introduced and marked else None  # «تقرير حارس» (a guard's report)


def writer_below_headline(head: PageHead) -> dict[int, BylineRole]:
    """Return the name between the headline and a line with a role, where no line names a writer."""
    bylines_above = (role.signature for role in head.roles.values() if isinstance(role, BylineRole))
    below = [i for i in range(head.at + 1, len(head.lines)) if head.lines[i]][:2]
    if any(signed.authors for signed in bylines_above) or len(below) < 2:
        return {}
    first, second = below
    if head.matches[first] or first in head.roles or second not in head.roles:
        return {}
    text = head.lines[first]
    signed = bylines.unknown_writer(text) if boilerplate_rule(text.split()[0]) is None else None
    return {first: BylineRole(signed)} if signed else {}
