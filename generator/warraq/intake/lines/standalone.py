"""Whether a text stands by itself or with a page around it; what its lines may then be.

A page gives itself away: by buttons and labels, by time stamps, by who signs for which outlet.
Where nothing does, short lines in a row are a list, a poem or a recipe, and no menu.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from warraq.intake.credit.bylines import signature
from warraq.intake.credit.name_kinds import OUTLET_WORDS
from warraq.intake.credit.outlets import OutletDirectory
from warraq.intake.dates.time_stamps import stamps, tells_more
from warraq.intake.lines.boilerplate import RuleMatch, boilerplate_rule, is_punctuated_label
from warraq.intake.lines.line_features import SENTENCE_ENDS, is_prose, is_sentence
from warraq.intake.state import RECORD_BASES
from warraq.intake.text.folding import fold, phrase, words
from warraq.model import RawDocument

# Rules whose lines an article may well have: a name, a price, a number.
_COMMON = frozenset(
    ("author-box", "category", "clock", "counter", "date-line-odd", "logo", "notice",
     "opinion-note", "photo-credit", "signature", "slug", "teaser", "widget")
)  # fmt: skip
# Buttons and labels that are lines of poems and lists as well.
_PLAIN = frozenset(
    phrase(word) for word in (
        "إلغاء", "الأسبوع", "التالي", "الخط", "السابق", "الشهر", "الاسم", "القائمة", "المزيد",
        "المواضيع", "بحث", "بريد", "تصويت", "حفظ", "رد", "عاجل", "قبول", "متابعة", "موافق",
        "نسخ", "أرسل",
    )
)  # fmt: skip
_LATIN = re.compile(r"[^\u0621-\u064a]*[A-Za-z]{3}[^\u0621-\u064a]*")
_HOUR = re.compile(r"(?:اخر (?:تعديل|تحديث)|نشر|تاريخ النشر)\W.{0,40}\d:\d\d")
_ENTRY = re.compile(r"\w+(?: \w+)?: (?:\S+ ){2,}\S+\.")
_INITIALS = re.compile(r"[/()\d]|\w\. ?\w")
LEAST_SMALL = 3  # lines of common kinds from which a text is a page's all the same
LEAST_LISTED, LISTED = 3, 0.4  # short lines of a text for it to be no report, and their share
LEAST_TWICE = 3  # words of a line that stands twice, as a headline or a caption does
MOST_SHORT = 12  # words of a line of a list, a poem, a play
LEAST_REPORT = 2  # paragraphs of a report; above and below them may stand its page's lists
EDGE = 2  # lines at either end where a page's small words stand


def is_page(raw: RawDocument, texts: Sequence[str], known: OutletDirectory) -> bool:
    """Tell whether a document is a page with an article on it: a line of it stands on pages only.

    The record of an export that tells its headline is none; nor is a saved page of which no more
    than the article is left.
    """
    if is_record(raw):
        return False
    full = [text for text in texts if text]
    own = recurring_headings(full) | (among_short_lines(full) if is_listed(full) else frozenset())
    if any(is_page_line(text, known, n) for n, text in enumerate(full) if n not in own):
        return True
    rules = [
        match.rule if words(text) and (match := boilerplate_rule(text, known.furniture)) else ""
        for text in full
    ]
    common = sum(rule in {"category", "widget"} for n, rule in enumerate(rules) if n not in own)
    signed = any(_signs(t, r) for t, r in zip(full[-EDGE:], rules[-EDGE:], strict=True))
    signed = signed or "clock" in rules[:EDGE]
    twice = any(
        phrase(one) == phrase(other) and len(words(one)) >= LEAST_TWICE
        for one, other in pairwise(full)
    )
    counted = ("counter", "counter") in pairwise(rules)
    return common >= LEAST_SMALL or signed or twice or counted


def is_record(raw: RawDocument) -> bool:
    """Tell whether a document is a record or a note, which tells its headline."""
    return any(fact.key == "title" and fact.basis in RECORD_BASES for fact in raw.facts)


def is_listed(texts: Sequence[str], share: float = LISTED) -> bool:
    """Tell whether many lines below the first are no paragraphs: a list, a poem, a recipe.

    Those that stand below all paragraphs of a report, of two and more, may be its page's.
    """
    below = [text for text in texts if words(text)][1:]
    prose = [n for n, text in enumerate(below) if is_prose(text) or is_sentence(text)]
    if prose and len(below) > LEAST_LISTED and not any(map(_is_long, below)):
        return True  # sentences one to a line
    stopped = len(prose) > 1 and all(below[n].endswith(SENTENCE_ENDS) for n in prose)
    inner = below[: prose[-1] + 1] if stopped and prose == list(range(len(prose))) else below
    short = len(inner) - len(prose)
    return short >= LEAST_LISTED and short >= share * len(below)


def among_short_lines(texts: Sequence[str]) -> frozenset[int]:
    """Return which of the lines `texts` stand alone among short lines, with two on either side.

    There a word of pages is a line of the poem or the list: a page's own stand in a row, at the
    page's edges or between paragraphs.
    """
    plain = [
        bool(words(t)) and not (boilerplate_rule(t) or stamps(t) or _is_long(t)) for t in texts
    ]
    prose = [n for n, text in enumerate(texts) if is_prose(text)]
    first, last = (prose[0], prose[-1]) if len(prose) >= LEAST_REPORT else (0, len(texts))
    inner = range(max(first, EDGE), min(last, len(texts) - EDGE))
    return frozenset(
        n
        for n in inner
        if all(plain[m] for m in range(n - EDGE, n + EDGE + 1) if texts[m] != texts[n])
    )


def recurring_headings(texts: Sequence[str]) -> frozenset[int]:
    """Return which of the lines `texts` are headings of one word, over a paragraph as others are.

    «الرد:» answers «السؤال:»; without a colon there must be two others.
    """
    over = [n for n, text in enumerate(texts[:-1]) if n and _is_paragraph(texts[n + 1])]
    headings = [n for n in over if len(words(texts[n])) == 1]
    out: set[int] = set()
    for colon, least in ((True, 1), (False, 2)):
        alike = [n for n in headings if texts[n].endswith(":") == colon]
        if sum(boilerplate_rule(texts[n]) is None for n in alike) >= least:
            out.update(alike)
    return frozenset(out) | _entries(texts)


def _entries(texts: Sequence[str]) -> frozenset[int]:
    """Return the lines between others that explain a word each: «الرابط: عقدة لا تنحل.»."""
    told = [bool(_ENTRY.fullmatch(text)) for text in texts]
    plain = [one and boilerplate_rule(text) is None for one, text in zip(told, texts, strict=True)]
    inner = range(1, len(texts) - 1)
    return frozenset(n for n in inner if plain[n - 1] and told[n] and plain[n + 1])


def _is_paragraph(text: str) -> bool:
    return is_prose(text) or is_sentence(text)


def _is_long(text: str) -> bool:
    return len(words(text)) > MOST_SHORT


def is_page_line(text: str, known: OutletDirectory, at: int = 1) -> bool:
    """Tell whether line `at` stands on pages only: a button, a time stamp, who wrote for whom."""
    match = boilerplate_rule(text, known.furniture)
    if _is_told(text, match) and not is_punctuated_label(text):
        return True
    widget = match is not None and match.rule == "widget" and not re.search(r"\d", text)
    machinery = widget and at and len(words(text)) > 1  # the first: «ترتيب الدوري», a headline
    if machinery or _LATIN.fullmatch(text) or _HOUR.match(fold(text)):
        return True
    if (dated := stamps(text)) and not any(s.role == "event" for s in dated):
        return not tells_more(dated, 1)
    listed = words(text)
    told = signature(text, known) if ":" not in text and len(listed) > 1 else None
    if told is None or not told.outlet:
        return False
    named = known.named(text) or OUTLET_WORDS & {listed[0], listed[-1]}
    return bool(told.authors or told.place or named)


def _signs(text: str, rule: str) -> bool:
    """Tell whether a line is an agency's letters or initials, and not two short words: «يا رب»."""
    return rule == "signature" and (len(words(text)) == 1 or bool(_INITIALS.search(text)))


def _is_told(text: str, match: RuleMatch | None) -> bool:
    """Tell whether a line is furniture by words that no article has for a line of its own."""
    return match is not None and match.rule not in _COMMON and phrase(text) not in _PLAIN


def without_own_lines(
    texts: Sequence[str], found: Sequence[RuleMatch | None], *, titled: bool = False
) -> tuple[RuleMatch | None, ...]:
    """Return the rules that the lines of a text by itself answer to, less those of its own lines.

    A word or a number by itself is a line of the text («العودة», «17%») unless it stands beside
    furniture, and an agency's letters unless they stand at either end; a section's name above the
    headline is the page's, where the text is not `titled` elsewhere.
    """
    full = [i for i, text in enumerate(texts) if text]
    out = list(found)
    for n, i in enumerate(full):
        match = found[i]
        if match is None or not words(texts[i]):
            continue
        near = (j for j in full[max(0, n - 1) : n + 2] if j != i)
        beside = any(_is_told(texts[j], found[j]) for j in near)
        edge = n < EDGE or n >= len(full) - EDGE
        small = match.rule in _COMMON or len(words(texts[i])) == 1
        at_edge = edge and (_signs(texts[i], match.rule) or match.rule in _AT_THE_EDGE)
        section = n == 0 and not titled and match.rule == "category"
        if small and not (beside or at_edge or section):
            out[i] = None
    return tuple(out)


_AT_THE_EDGE = frozenset(("photo-credit", "notice", "opinion-note"))
