"""Which of the time stamps around a headline give the article's own day."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from warraq.intake.dates import resolution
from warraq.intake.dates.mention import TimeStamp
from warraq.intake.dates.thresholds import DATES
from warraq.intake.dates.time_stamps import is_hijri_of, is_visit_date
from warraq.intake.lines.boilerplate import RuleMatch
from warraq.intake.text.folding import contains_headline, words

_TRIFLES = frozenset(("clock", "counter", "share", "signature", "button-list"))  # near time stamps


def publication_stamps(
    lines: Sequence[str],
    matches: Sequence[RuleMatch | None],
    stamped: Mapping[int, tuple[TimeStamp, ...]],
    at: int,
) -> tuple[TimeStamp, ...]:
    """Return the time stamps below the headline at `at`; without any, the one right above it.

    Further up, over a menu or a masthead, pages print the day of the visit. So is a bare weekday
    and date, which is how they print it, unless the text calls that weekday today.
    """
    below = lines[at + 1 :]
    stamped = {i: found for i, found in stamped.items() if all(s.role != "event" for s in found)}
    visits = {
        i
        for i, found in stamped.items()
        if not i > at >= 0 and all(is_visit_date(stamp, below) for stamp in found)
    }
    called = {resolution.resolve(stamp.mention).day for i in visits for stamp in stamped[i]}
    stamped = {
        i: found
        for i, found in stamped.items()
        if i not in visits and not (i < at and all(is_hijri_of(s, called) for s in found))
    }
    if near := [stamp for i, found in stamped.items() if i > at for stamp in found]:
        return tuple(near)
    last = max((i for i in stamped if i < at), default=-1)
    small = {i for i, match in enumerate(matches) if match and match.rule in _TRIFLES}
    between = [lines[i] for i in range(last + 1, at) if lines[i] and i not in small]
    if (
        last < 0
        or len(between) > 1
        or any(len(words(text)) > DATES.max_label_words for text in between)
    ):
        return ()
    if _is_of_another(lines, matches, stamped, last, lines[at] if at >= 0 else ""):
        return ()
    days = [resolution.resolve(stamp.mention).day for stamp in stamped[last]]
    fitting = all(resolution.fits_day(day, below) for day in days if day)
    return stamped[last] if fitting else ()


def _is_of_another(
    lines: Sequence[str],
    matches: Sequence[RuleMatch | None],
    stamped: Mapping[int, tuple[TimeStamp, ...]],
    at: int,
    title: str,
) -> bool:
    """Whether the day at line `at` ends a row of other articles' headlines, each with its day."""
    above = next((i for i in range(at - 1, -1, -1) if lines[i]), -1)
    if above < 0 or matches[above] or above in stamped or any(s.role for s in stamped[at]):
        return False
    long = len(words(lines[above])) > DATES.max_label_words and min(stamped) < above
    return long and not (
        contains_headline(lines[above], title) or contains_headline(title, lines[above])
    )


_AT_AN_HOUR = re.compile(r"(?:الساعة )?\d{1,2}[:.]\d\d(?!\d)")


def schedule_days(lines: Sequence[str], days: Iterable[int]) -> set[int]:
    """Return the lines of `days` that head parts of a schedule: the line below begins with an hour.

    >>> fixtures = ["الجمعة 4 أيار 2018", "15:00 النجوم", "السبت 5 أيار 2018", "16:00 الفرات"]
    >>> schedule_days(fixtures, [0, 2]), schedule_days(fixtures[:2], [0])
    ({0, 2}, set())
    """
    full = [i for i, text in enumerate(lines) if text]
    below = dict(pairwise(full))
    known = set(days)
    heads = {i for i in known if i in below and _AT_AN_HOUR.match(lines[below[i]])}
    heads = {i for i in heads if len(lines[below[i]].split()) > 1 and below[i] not in known}
    return heads if len({lines[i] for i in heads}) > 1 else set()
