"""Lines of a seed: cut where it has them, and joined again where a page or a wrap broke them."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from warraq.intake.lines.line_features import is_continuation
from warraq.intake.lines.thresholds import LINES
from warraq.intake.state import Line
from warraq.intake.text.folding import PARTICLES, words
from warraq.intake.text.repair import GAP
from warraq.model import Flag

# A collector's «date 2025-12-09» before the first words.
_GLUED_DATE = re.compile(r"^\s*(date \d{4}-\d\d-\d\d)\s+(?=(?:- )?[^\W\d])")
# «مقالات ذات صلة» (related articles) joined to the next word: ة is never inside a word.
_GLUED_LABEL = re.compile(r"^(\s*مقالات ذات صلة)(?=[\u0621-\u064a])")
# «الأحد 11/03/2018 10:42 ص | باشرت البلدية…» (Sunday … | the town began …): two table cells.
_BARRED_DATE = re.compile(r"^([^|]{0,30}\d[^|]{0,30}) \| (?=[^|]{80})")
# One of these is in every line that is cut.
_SIGNS = (
    " | ", "date ", "مقالات ذات", "•••", "●●●", "▪▪▪", "***", "===", "___", "~~~", "···", "---",
)  # fmt: skip
# A row of marks between two texts.
_MARKS_APART = re.compile(r"(?:^|\s)[•●▪*=_~·-]{4,}\s")
_EDGE_MARKS = " \u200c\u200d\u200e\u200f"


def split_lines(text: str) -> tuple[Line, ...]:
    """Return the lines of `text` without blanks and direction marks at their ends.

    A collector's date, a row of marks and the like separate lines too.

    >>> [line.text for line in split_lines("date 2025-12-09 وصل الوفد ••••• نفت المديرية")]
    ['date 2025-12-09', 'وصل الوفد', 'نفت المديرية']
    """
    if any(sign in text for sign in _SIGNS):  # most texts have none, and patterns are slow
        text = "\n".join(map(_cut, text.split("\n")))
    return tuple(
        Line(line.strip(_EDGE_MARKS), number, number)
        for number, whole in enumerate(text.split("\n"), start=1)
        for line in whole.split(GAP)
    )


def _cut(line: str) -> str:
    line = _BARRED_DATE.sub(rf"\1{GAP}", line)
    line = _GLUED_LABEL.sub(rf"\1{GAP}", _GLUED_DATE.sub(rf"\1{GAP}", line))
    return _MARKS_APART.sub(GAP, line)


IMAGE = re.compile(r"!\[([^\[\]]*)\]\([^()\s]*(?:\s+\"[^\"]*\")?\)")
LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*(?:\s+\"[^\"]*\")?\)")


def unwrap_link_lines(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines of a Markdown seed with those that are only links or images as their texts.

    Links inside a paragraph stay. The example is a button «share» with a picture.

    >>> unwrap_link_lines([Line("[شارك](https://x.example) ![صورة](a.jpg)", 1, 1)])[0].text
    'شارك'
    """
    out: list[Line] = []
    for line in lines:
        bare = LINK.sub("", IMAGE.sub("", line.text))
        if bare != line.text and len(re.findall(r"\w+", bare)) <= LINES.max_words_around_links:
            text = LINK.sub(r"\1", IMAGE.sub("", line.text))
            out.append(line._replace(text=" ".join(text.split())))
        else:
            out.append(line)
    return tuple(out)


def rejoin_broken_lines(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return `lines` with the sentences joined that a saved page's links broke.

    «عقد في ¶ بيروت» is «was held in ¶ Beirut», where Beirut was a link. They are joined when two
    lines and more end in a particle and a name follows.
    """
    dangling = [_is_dangling(one.text, other.text) for one, other in pairwise(lines)]
    if sum(dangling) < LINES.min_broken_sentences:
        return tuple(lines)
    out: list[Line] = []
    open_sentence = False  # does the last line of `out` go on?
    for i, line in enumerate(lines):
        if open_sentence and line.text:
            out[-1] = _joined([out[-1], line])
        else:
            out.append(line)
        below = lines[i + 1].text if i + 1 < len(lines) else ""
        link = 0 < len(below.split()) <= LINES.max_continued_link_words
        opens = any(dangling[i : i + 1]) or (link and is_continuation(f"{line.text} . . ."))
        ended = not line.text or line.text.endswith((".", "!", "؟", ":", ".»", '."'))
        open_sentence = not ended and (open_sentence or opens)
    return tuple(out)


def _is_dangling(text: str, below: str) -> bool:
    """Whether a line ends in a particle and a few words are on the next."""
    most = LINES.max_link_words
    last = words(text)[-1:]
    return 0 < len(below.split(maxsplit=most + 1)) <= most and last != () and last[0] in PARTICLES


def unwrap(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return `lines` with hard-wrapped ones joined: even, short, and broken in mid-sentence."""
    blocks = list(_blocks(lines))
    if not is_wrapped(lines):
        return tuple(line for line in lines if line.text)
    width = max(len(line.text) for block in blocks for line in block)
    out: list[Line] = []
    for block in blocks:
        run: list[Line] = []
        for line in block:
            run.append(line)
            ends = line.text.endswith((".", "!", "؟", "؟”", ".”", ".»", ":"))
            if ends and len(line.text) < LINES.short_line * width:
                out.append(_joined(run))
                run = []
        if run:
            out.append(_joined(run))
    return tuple(out)


def _blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield the runs of lines with words between empty ones."""
    block: list[Line] = []
    for line in lines:
        if line.text:
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def is_wrapped(lines: Sequence[Line]) -> bool:
    """Whether most of `lines` are of one short length and break in mid-sentence."""
    blocks = list(_blocks(lines))
    inner = [line.text for block in blocks for line in block[:-1]]
    bullets = sum(text.startswith(("*", "•", "-")) for text in inner)
    if bullets > LINES.max_list_share * len(inner) or len(inner) < LINES.min_wrapped_breaks:
        return False
    longest = max(len(line.text) for block in blocks for line in block)
    middle = median(map(len, inner))
    if longest > LINES.max_wrapped_chars or middle < LINES.min_wrapped_chars:
        return False
    broken = [t for t in inner if not t.endswith((".", "!", "؟", ":", "»", "”", '"'))]
    full = sum(len(text) >= LINES.min_full_line * middle for text in broken)
    often = len(broken) >= LINES.min_wrapped_share * len(inner)
    return often and full >= LINES.min_full_share * len(broken)


def _joined(run: list[Line]) -> Line:
    return Line(" ".join(line.text for line in run), run[0].first, run[-1].last)


_STRONG = re.compile(r"(?<!\*)\*\*(?!\*)")  # three part the halves of a verse


def drop_unclosed_bold(lines: Sequence[Line]) -> tuple[tuple[Line, ...], tuple[Flag, ...]]:
    """Return `lines` without a `**` that nothing closes, and a flag for each that went."""
    out: list[Line] = []
    flags: list[Flag] = []
    for line in lines:
        text = line.text
        marks = [found.start() for found in _STRONG.finditer(text)]
        if len(marks) % 2:
            at = marks[-1]
            shown = " ".join(text[at : at + 40].split()[:2])
            flags.append(Flag("markup", shown, "unclosed, dropped"))
            text = (text[:at] + text[at + 2 :]).strip()
        out.append(line._replace(text=text))
    return tuple(out), tuple(flags)
