"""Letters made whole, marks made harmless, oddities flagged. Words stay as they came."""

import re
import unicodedata
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from statistics import median

from msgspec import structs

from warraq.base.controls import CONTROLS, without_controls
from warraq.base.markup import escaped
from warraq.intake.lines.line_features import is_continuation
from warraq.intake.state import Forms, Line
from warraq.intake.text.dialogue import is_dialogue
from warraq.intake.text.folding import PARTICLES, fold, phrase, words
from warraq.intake.text.spelling import misspelling_flags
from warraq.model import Evidence, Flag, RawDocument, Removed

_FORMS = re.compile("[\ufb50-\ufdcf\ufe70-\ufefc]+")  # the ligatures of whole phrases (FDF0…) stay
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_UNSEEN = re.compile("[\u200b\u2060\ufeff\u00ad]")
# What Windows has where Unicode has the C1 controls: dashes, quotation marks, the euro.
_WINDOWS = {
    byte: mark
    for byte in (*range(0x80, 0x85), *range(0x86, 0xA0))
    if (mark := bytes([byte]).decode("windows-1252", "ignore"))
}
_ODD = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b\u2028-\u202e\u2060\u2066-\u2069\ufb50-\ufdcf\ufe70-\ufeff]"
)
_ODD_SPACE = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_SPACES = re.compile("[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_TATWEEL = re.compile("(?<=[\u0620-\u065f])\u0640{2,}(?=[\u0620-\u065f])")
_WIDE = re.compile("[ \u00a0]{3,}|\t+")
GAP = "\x1f"  # parts what shared one line of the seed; no seed keeps this control
# A collector's «date 2025-12-09» before the first words; a row of marks between two texts.
_GLUED_DATE = re.compile(r"^\s*(date \d{4}-\d\d-\d\d)\s+(?=(?:- )?[^\W\d])")
# A label of links set against the next word; no ة stands inside a word.
_GLUED_LABEL = re.compile(r"^(\s*مقالات ذات صلة)(?=[\u0621-\u064a])")
# «الأحد 11/03/2018 10:42 ص | باشرت البلدية…»: two cells of a page's table.
_BARRED_DATE = re.compile(r"^([^|]{0,30}\d[^|]{0,30}) \| (?=[^|]{80})")
_SIGNS = (
    " | ", "date ", "مقالات ذات", "•••", "●●●", "▪▪▪", "***", "===", "___", "~~~", "···", "---",
)  # fmt: skip
_MARKS_APART = re.compile(r"(?:^|\s)[•●▪*=_~·-]{4,}\s")
_EDGE_MARKS = " \u200c\u200d\u200e\u200f"

_STRUCTURE = re.compile(r"(?:#{2,4}|[->]) (?=\S)")
_BULLET = re.compile(r"[-+*]\s+\S")
_BULLET_MARK = re.compile(r"[-+*]\s+(?=\S)")

_COMMA_GAP = re.compile(r"(?<!\w)(\w{1,40})\s{1,4}([،؛])")
_LATIN_COMMA = re.compile(
    r"(?<!\w)([\u0621-\u064a]{1,40})(\s{0,4}),(\s{0,4})([\u0621-\u064a]{1,40})"
)
_WORD = re.compile(r"\w+")
_GLUED = re.compile(  # two words: an article inside, a particle at the end, a ة that ends the first
    "[\u0621-\u064a]{2,30}[دذرزوء]ال[\u0621-\u064a]{4,30}"
    "|[\u0621-\u064a]{3,30}[دذرزو](?:على|إلى|التي|الذي)"
    "|[\u0621-\u064a]{2,30}ة[\u0621-\u064a]{2,30}"
)
# What stands at the seam of any such word, found at the speed of its first letter.
_SEAM = re.compile(
    "[دذرزوءة](?<=[\u0621-\u064a]{3})(?:ال[\u0621-\u064a]{4}|على|إلى|التي|الذي|(?<=ة)[\u0621-\u064a]{2})"
)
_ODD_QUOTE = re.compile(r"(?:^|(?<=[\s(]))(?:[وبلكف]{0,2}ـ?)?”(?=\w)\S{0,40}")
_PARTICIPLES = [
    "منوها",
    "مشيرا",
    "مؤكدا",
    "موضحا",
    "لافتا",
    "مضيفا",
    "مشددا",
    "داعيا",
    "مبينا",
    "معتبرا",
    "محذرا",
    "مطالبا",
    "معربا",
    "مستدركا",
    "متابعا",
]
_BARE_PARTICIPLE = re.compile(
    "(?<!\\w)و?(?:" + "|".join("\u0651?".join(word) for word in _PARTICIPLES) + ")(?![\\w\u064b])"
)
_TANWIN = re.compile(r"[\u0621-\u064a]{3,}(?:\u064bا|ا\u064b)(?!\w)")
_ARABIC = re.compile("[\u0600-\u06ff]")
MOST_FLAGS = 40
MOST_PARAGRAPH = 20_000  # code points; a paragraph has 500, what is longer is no prose


def repair_characters(text: str) -> tuple[str, tuple[Flag, ...], tuple[Evidence, ...]]:
    """Return `text` in NFC with LF line ends, one space between words, and what was done to it.

    Presentation forms become letters, runs of tatweel inside a word go, invisible controls go;
    those that turn the direction of writing are flagged.

    >>> repair_characters("ﻋﺎﺩ محمـــد\N{NO-BREAK SPACE}إلى \N{RIGHT-TO-LEFT OVERRIDE}بيته")[0]
    'عاد محمد إلى بيته'
    """
    flags: list[Flag] = []
    notes: list[Evidence] = []
    if _ODD.search(text):  # few texts have any of them
        text = _BREAKS.sub("\n", text)
        flags += _hidden(text)
        text = _UNSEEN.sub("", without_controls(text.translate(_WINDOWS)))
        if forms := _FORMS.findall(text):
            text = _FORMS.sub(lambda m: unicodedata.normalize("NFKC", m[0]), text)
            notes.append(Evidence(forms[0], "presentation-forms"))
    if "\u0640\u0640" in text:
        stretched = _TATWEEL.sub("", text)
        if stretched != text:
            notes.append(Evidence("\u0640", "tatweel"))
        text = stretched
    text = unicodedata.normalize("NFC", text)
    if "   " in text or "\t" in text:
        text = "\n".join(_parted(line) for line in text.split("\n"))
    if "  " in text or _ODD_SPACE.search(text):
        text = _SPACES.sub(" ", text)
    return text, tuple(flags), tuple(notes)


def without_hidden_characters(raw: RawDocument) -> tuple[RawDocument, tuple[Flag, ...]]:
    """Return `raw` with nothing hidden in what is told beside its text, and flags for what was."""
    told = [fact.value for fact in raw.facts]
    told += (text for figure in raw.figures for text in (figure.alt, figure.caption, figure.credit))
    if not any(map(_ODD.search, told)):
        return raw, ()

    def clean(text: str) -> str:
        text = _UNSEEN.sub("", without_controls(text.translate(_WINDOWS)))
        return _FORMS.sub(lambda m: unicodedata.normalize("NFKC", m[0]), text)

    cleaned = (structs.replace(fact, value=clean(fact.value)) for fact in raw.facts)
    facts = tuple(fact for fact in cleaned if fact.value.strip())
    figures = tuple(
        structs.replace(f, alt=clean(f.alt), caption=clean(f.caption), credit=clean(f.credit))
        for f in raw.figures
    )
    return structs.replace(raw, facts=facts, figures=figures), tuple(_hidden("\n".join(told)))


def _hidden(text: str) -> Iterator[Flag]:
    """Yield flags for the controls of `text`: those that turn the direction, and the others."""
    found = sorted(set(CONTROLS.findall(text)))
    for kind, controls in (
        ("bidi", [c for c in found if _BIDI.match(c)]),
        ("control", [c for c in found if not _BIDI.match(c) and ord(c) not in _WINDOWS]),
    ):
        if controls:
            yield Flag(kind, " ".join(f"U+{ord(c):04X}" for c in controls), "dropped")
    for control in found:
        if ord(control) in _WINDOWS:
            yield Flag("control", f"U+{ord(control):04X}", f"read as {_WINDOWS[ord(control)]}")


def _parted(line: str) -> str:
    """Return a line of many headlines with wide gaps as those headlines, GAP between them."""
    pieces = [piece for piece in _WIDE.split(line.strip()) if piece]
    return GAP.join(pieces) if len(pieces) >= 4 else line


def split_lines(text: str) -> tuple[Line, ...]:
    """Return the lines of `text` without blanks and direction marks at their ends.

    >>> [line.text for line in split_lines("date 2025-12-09 وصل الوفد ••••• نفت المديرية")]
    ['date 2025-12-09', 'وصل الوفد', 'نفت المديرية']
    """
    if any(sign in text for sign in _SIGNS):  # most texts have none, and patterns are slow
        text = "\n".join(map(_unglued, text.split("\n")))
    return tuple(
        Line(line.strip(_EDGE_MARKS), number, number)
        for number, whole in enumerate(text.split("\n"), start=1)
        for line in whole.split(GAP)
    )


def _unglued(line: str) -> str:
    line = _BARRED_DATE.sub(rf"\1{GAP}", line)
    line = _GLUED_LABEL.sub(rf"\1{GAP}", _GLUED_DATE.sub(rf"\1{GAP}", line))
    return _MARKS_APART.sub(GAP, line)


_IMAGE = re.compile(r"!\[([^\[\]]*)\]\([^()\s]*(?:\s+\"[^\"]*\")?\)")
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*(?:\s+\"[^\"]*\")?\)")


def unwrap_link_lines(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines of a Markdown seed with those that are only links or images as their texts.

    Links inside a paragraph stay.

    >>> unwrap_link_lines([Line("[شارك](https://x.example) ![صورة](a.jpg)", 1, 1)])[0].text
    'شارك'
    """
    out: list[Line] = []
    for line in lines:
        bare = _LINK.sub("", _IMAGE.sub("", line.text))
        if bare != line.text and len(re.findall(r"\w+", bare)) <= 5:
            text = _LINK.sub(r"\1", _IMAGE.sub("", line.text))
            out.append(line._replace(text=" ".join(text.split())))
        else:
            out.append(line)
    return tuple(out)


def rejoin_broken_lines(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return `lines` with the sentences joined that a saved page's links broke: «عقد في ¶ بيروت».

    A text is taken for such a one when two lines and more end in a particle and a name follows.
    """
    dangling = [
        0 < len(other.text.split(maxsplit=5)) <= 4
        and words(one.text)[-1:]
        and words(one.text)[-1] in PARTICLES
        for one, other in pairwise(lines)
    ]
    if sum(map(bool, dangling)) < 2:
        return tuple(lines)
    out: list[Line] = []
    going = False  # is the last line of `out` a sentence that goes on?
    for i, line in enumerate(lines):
        if going and line.text:
            out[-1] = _one([out[-1], line])
        else:
            out.append(line)
        ended = not line.text or line.text.endswith((".", "!", "؟", ":", ".»", '."'))
        follows = i + 1 < len(lines) and 0 < len(lines[i + 1].text.split()) <= 3
        begins = dangling[i : i + 1] == [True] or (
            follows and is_continuation(f"{line.text} . . .")
        )
        going = not ended and (going or begins)
    return tuple(out)


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
            if ends and len(line.text) < 0.75 * width:
                out.append(_one(run))
                run = []
        if run:
            out.append(_one(run))
    return tuple(out)


def _blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
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
    """Tell whether most of `lines` are of one short length and break in mid-sentence."""
    blocks = list(_blocks(lines))
    inner = [line.text for block in blocks for line in block[:-1]]
    if sum(text.startswith(("*", "•", "-")) for text in inner) > 0.5 * len(inner):
        return False  # a list
    every = [line.text for block in blocks for line in block]
    if len(inner) < 3 or max(map(len, every)) > 120:
        return False
    broken = [t for t in inner if not t.endswith((".", "!", "؟", ":", "»", "”", '"'))]
    middle = median(map(len, inner))
    even = sum(1 for t in broken if len(t) >= 0.7 * middle)
    return middle >= 35 and len(broken) >= 0.6 * len(inner) and even >= 0.8 * len(broken)


def _one(run: list[Line]) -> Line:
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


NO_FORMS: Forms = {}
_TARGET = re.compile(r"\]\(([^()\s]+)\)|<(https?://[^\s<>]+)>")


def markdown_forms(
    lines: Iterable[Line], markdown: Mapping[int, str]
) -> dict[tuple[int, str], str]:
    """Return how the lines are written down whose Markdown is known by their number."""
    found = {}
    lines = list(lines) if markdown else []
    pieces = Counter(line.first for line in lines)
    for line in lines:
        if form := markdown.get(line.first):
            shown = (f"{t[: len(t) - len(t.lstrip())]}{repair_characters(t.strip())[0]}"
                     for t in form.split("\n"))  # fmt: skip
            text = line.text if pieces[line.first] == 1 else ""  # else one of several on the line
            found[line.first, text] = "\n".join(shown)
    return found


_ROW = re.compile(r"\s{0,3}\|.*\|\s*$")
_RULE = re.compile(r"\s{0,3}\|(?:\s*:?-+:?\s*\|)+\s*$")
_FENCE = re.compile(r"\s{0,3}(```+|~~~+)")
_ITEM = re.compile(r"(\s*)(?:[-+*]|\d{1,3}\.)\s+\S")


def fold_markdown_blocks(text: str) -> tuple[str, dict[int, str]]:
    r"""Return the text of a Markdown seed with each table, nested list and fence on one line.

    What such a block is written as stands under the number of the line; the others it had are
    empty, so that every line keeps its number.

    >>> fold_markdown_blocks("| س | ع |\n|---|---|\n| 1 | 2 |\nثم")
    ('س، ع؛ 1، 2\n\n\nثم', {1: '| س | ع |\n|---|---|\n| 1 | 2 |'})
    """
    if not any(sign in text for sign in ("\n|", "```", "~~~", "\n  ", "\n\t")):
        return text, {}
    lines = text.split("\n")
    out, forms = list(lines), dict[int, str]()
    at = 0
    while at < len(lines):
        end, plain = _block_at(lines, at)
        plain = _LINK.sub(r"\1", _IMAGE.sub(r"\1", plain))
        if end > at + 1 and plain:
            forms[at + 1] = "\n".join(line.rstrip() for line in lines[at:end])
            out[at:end] = [plain, *[""] * (end - at - 1)]
        at = max(end, at + 1)
    return "\n".join(out), forms


def _block_at(lines: Sequence[str], at: int) -> tuple[int, str]:
    """Return where the block that begins on a line ends, and its words; `at` where none does."""
    fence = _FENCE.match(lines[at])
    if fence:
        closing = range(at + 1, len(lines))
        end = next((i for i in closing if lines[i].strip().startswith(fence[1])), -1)
        return (end + 1, " ".join(" ".join(lines[at + 1 : end]).split())) if end > 0 else (at, "")
    if _ROW.match(lines[at]) and at + 1 < len(lines) and _RULE.match(lines[at + 1]):
        end = next((i for i in range(at, len(lines)) if not _ROW.match(lines[i])), len(lines))
        rows = (lines[i] for i in range(at, end) if i != at + 1)
        cells = ([c.strip() for c in row.strip().strip("|").split("|")] for row in rows)
        return end, "؛ ".join("، ".join(filter(None, row)) for row in cells)
    if _ITEM.match(lines[at]):
        run = range(at, len(lines))
        end = next((i for i in run if not _ITEM.match(lines[i])), len(lines))
        items = [item for line in lines[at:end] if (item := _ITEM.match(line))]
        if any(len(item[1]) > len(items[0][1]) for item in items):
            words = (re.sub(r"^\s*\S+\s+", "", line).strip() for line in lines[at:end])
            return end, "؛ ".join(words)
    return at, ""


def lost_links(lines: Iterable[Line], forms: Forms) -> Iterator[Removed]:
    """Yield the addresses of links on lines that were taken out, or changed, since they came."""
    standing = {(line.first, line.text) for line in lines}
    for (number, text), form in forms.items():
        if (number, text) not in standing:
            for link in _TARGET.finditer(form):
                yield Removed("link", link[1] or link[2], number, number)


def as_markdown(lines: Sequence[Line], kind: str, forms: Forms = NO_FORMS) -> str:
    r"""Return `lines` as a Markdown body that says what they say, and nothing else.

    What stands in a `markdown` seed is Markdown already, and so are the `forms` of a line. Of a
    saved `page` the marks of its headings, lists and quotations stand at the beginning of lines; in
    plain text several lines that open with a bullet are a list, unless they are spoken in turn.

    >>> print(as_markdown([Line(t, 1, 1) for t in ("١. بند", "2*3*4", "- أ", "- ب")], "text"))
    ١\. بند
    <BLANKLINE>
    2\*3\*4
    <BLANKLINE>
    - أ
    <BLANKLINE>
    - ب
    """
    if kind == "markdown":
        return "\n\n".join(forms.get((line.first, line.text), line.text) for line in lines)
    bullets = _bullets(lines)
    out: list[str] = []
    formed: set[int] = set()
    for i, line in enumerate(lines):
        text = line.text
        if form := forms.get((line.first, text)):
            out.append(form)
            formed.add(i)
            continue
        in_list = bullets[i] and any(bullets[max(0, i - 1) : i] + bullets[i + 1 : i + 2])
        is_page = kind == "page"
        mark = _STRUCTURE.match(text) if is_page else _BULLET_MARK.match(text)
        at = mark.end() if mark and (is_page or in_list) else 0
        out.append(text[:at] + escaped(text[at:]))
    if kind == "page" and formed:
        out = _with_tables(_nested(out), formed)
    return "\n\n".join(out)


def _bullets(lines: Sequence[Line]) -> list[bool]:
    """Tell for each line whether it opens with the bullet of an item."""
    out: list[bool] = []
    for is_item, run in groupby(lines, key=lambda line: bool(_BULLET.match(line.text))):
        texts = [line.text for line in run]
        is_list = is_item and not is_dialogue([t[1:].strip() for t in texts if t.startswith("-")])
        out += [is_list] * len(texts)
    return out


_DEEP_ITEM = re.compile(r"( *)(?:- |\d+\. )")


def _nested(blocks: Iterable[str]) -> list[str]:
    """Return `blocks` with those indented no deeper that are under no item any more."""
    out: list[str] = []
    most = 0  # spaces that a block may open with
    for block in blocks:
        bare = block.lstrip(" ")
        shown = " " * min(len(block) - len(bare), most) + bare
        item = _DEEP_ITEM.match(shown)
        most = len(item[1]) + 4 if item else most if shown.startswith(" ") else 0
        out.append(shown)
    return out


def _with_tables(blocks: Sequence[str], formed: Container[int]) -> list[str]:
    """Return `blocks` with the rows of a table in one; a row that stands alone is a line."""
    out: list[str] = []
    rows: list[str] = []
    for at, block in enumerate((*blocks, "")):
        is_row = at in formed and block.startswith("| ") and block.split("\n")[0].endswith(" |")
        if rows and not (is_row and "\n" not in block):
            out.append(_table(rows))
            rows = []
        if is_row:
            rows += block.split("\n")
        elif at < len(blocks):
            out.append(block)
    return out


def _cells(row: str) -> list[str]:
    return re.split(r"(?<!\\)\|", row[1:-1])


def _table(rows: list[str]) -> str:
    if len(rows) < 2 or (len(rows) == 2 and _RULE.match(rows[1])):
        return " | ".join(cell.strip() for cell in _cells(rows[0]) if cell.strip())
    if not _RULE.match(rows[1]):
        rows.insert(1, "|---" * len(_cells(rows[0])) + "|")
    return "\n".join(rows)


def oddity_flags(paragraphs: Iterable[str]) -> tuple[Flag, ...]:
    """Return the oddities an editor should look at, in order, each once; nothing is changed.

    >>> [(f.kind, f.text) for f in oddity_flags(["في دمشق ، وقال بالدورالكبير"])]
    [('spacing', 'دمشق ،'), ('joined', 'بالدورالكبير')]
    """
    texts = [text for text in paragraphs if len(text) <= MOST_PARAGRAPH]
    found: dict[Flag, None] = dict.fromkeys(misspelling_flags(texts))
    voweled = any("\u064b" in text and _TANWIN.search(text) for text in texts)
    for text in texts:
        for kind, shown in _oddities(text, voweled):
            found.setdefault(Flag(kind, shown))
    return tuple(found)[:MOST_FLAGS]


def _oddities(text: str, voweled: bool) -> Iterator[tuple[str, str]]:
    # What a mark must be there for is looked for only where it is: half the time of all flags.
    if " ،" in text or " ؛" in text:
        yield from (("spacing", f"{m[1]} {m[2]}") for m in _COMMA_GAP.finditer(text))
    if "," in text:
        yield from (("punctuation", m[0]) for m in _LATIN_COMMA.finditer(text))
    if _SEAM.search(text):
        yield from (("joined", word) for word in _WORD.findall(text) if _GLUED.fullmatch(word))
    odd = [m[0] for m in _ODD_QUOTE.finditer(text)] if "”" in text else []
    yield from (("quote", found.rstrip("،.")) for found in odd)
    for opening, closing in (("“", "”"), ("«", "»"), ("(", ")")):
        if text.count(opening) != text.count(closing) and not odd:
            yield "unbalanced", f"{opening} {text.count(opening)} · {closing} {text.count(closing)}"
    if voweled:
        yield from (("spelling", m[0]) for m in _BARE_PARTICIPLE.finditer(text))


def is_arabic(text: str) -> bool:
    """Tell whether `text` has more Arabic letters than others."""
    letters = "".join(filter(str.isalpha, text))
    return len(_ARABIC.findall(letters)) * 2 > len(letters)


def contains_headline(text: str, title: str) -> bool:
    """Tell whether `text` is `title` and at most six words more."""
    short, long = phrase(title), phrase(text)
    return bool(short) and short in long and len(long.split()) - len(short.split()) <= 6


def same_letters(one: str, other: str) -> bool:
    """Tell whether two lines are alike but for marks, spaces and punctuation."""
    return re.sub(r"[\W_]+", "", fold(one)) == re.sub(r"[\W_]+", "", fold(other))
