"""Whether a text came by itself or with a page around it; what its lines may then be.

A page shows by buttons and labels, by time stamps, by who signs for which outlet. Where none of
them is there, short lines in a row are a list, a poem or a recipe, and no menu.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from warraq.intake.credit.bylines import signature
from warraq.intake.credit.name_kinds import OUTLET_WORDS
from warraq.intake.credit.outlets import OutletDirectory
from warraq.intake.dates.time_stamps import says_more, stamps
from warraq.intake.lines.boilerplate import RuleMatch, boilerplate_rule, is_punctuated_label
from warraq.intake.lines.line_features import SENTENCE_ENDS, is_prose, is_sentence
from warraq.intake.lines.points import points
from warraq.intake.lines.thresholds import LINES
from warraq.intake.state import RECORD_BASES
from warraq.intake.text.folding import fold, phrase, words
from warraq.model import RawDocument

# Rules that also match lines of articles: a name, a price, a number.
_AMBIGUOUS_RULES = frozenset(
    ("author-box", "category", "clock", "counter", "date-line-odd", "logo", "notice",
     "opinion-note", "photo-credit", "signature", "slug", "teaser", "widget")
)  # fmt: skip
# Buttons and labels that are lines of poems and lists as well: cancel, the week, next, the line,
# previous, the month, the name, the list, more, subjects, search, post, a vote, save, answer,
# urgent, acceptance, follow, agreed, copies, send.
_AMBIGUOUS_PHRASES = frozenset(
    phrase(word) for word in (
        "إلغاء", "الأسبوع", "التالي", "الخط", "السابق", "الشهر", "الاسم", "القائمة", "المزيد",
        "المواضيع", "بحث", "بريد", "تصويت", "حفظ", "رد", "عاجل", "قبول", "متابعة", "موافق",
        "نسخ", "أرسل",
    )
)  # fmt: skip
_LATIN = re.compile(r"[^\u0621-\u064a]*[A-Za-z]{3}[^\u0621-\u064a]*")
# «Last edited 10:30», «published 10:30»
_HOUR = re.compile(r"(?:اخر (?:تعديل|تحديث)|نشر|تاريخ النشر)\W.{0,40}\d:\d\d")
_ENTRY = re.compile(r"\w+(?: \w+)?: (?:\S+ ){2,}\S+\.")
_INITIALS = re.compile(r"[/()\d]|\w\. ?\w")


def is_page(raw: RawDocument, texts: Sequence[str], directory: OutletDirectory) -> bool:
    """Whether a document is a page with an article on it: it has lines that only pages have.

    The record of an export with a field for the headline is none; nor is a saved page of which no
    more than the article is left.
    """
    if is_record(raw):
        return False
    filled = [text for text in texts if text]
    own = recurring_headings(filled) | points(filled)
    if is_listed(filled):
        own |= among_short_lines(filled)
    foreign = [n for n in range(len(filled)) if n not in own]
    if any(is_page_line(filled[n], directory, n) for n in foreign):
        return True
    rules = [
        match.rule if words(text) and (match := boilerplate_rule(text, directory.own_lines)) else ""
        for text in filled
    ]
    small = sum(rules[n] in {"category", "widget"} for n in foreign)
    return (
        small >= LINES.min_small_lines
        or _has_stamped_edge(filled, rules)
        or _has_repeated_line(filled)
        or ("counter", "counter") in pairwise(rules)
    )


def _has_stamped_edge(texts: Sequence[str], rules: Sequence[str]) -> bool:
    """Whether a text ends in an agency's letters or begins with an hour."""
    edge = LINES.edge_lines
    ends = zip(texts[-edge:], rules[-edge:], strict=True)
    return any(_is_signature(text, rule) for text, rule in ends) or "clock" in rules[:edge]


def _has_repeated_line(texts: Sequence[str]) -> bool:
    """Whether a line comes twice in a row, as a headline or a caption does."""
    return any(
        phrase(one) == phrase(other) and len(words(one)) >= LINES.min_repeated_line_words
        for one, other in pairwise(texts)
    )


def is_record(raw: RawDocument) -> bool:
    """Whether a document is a record or a note, with a field for its headline."""
    return any(fact.key == "title" and fact.basis in RECORD_BASES for fact in raw.facts)


def is_listed(texts: Sequence[str], min_share: float = LINES.min_list_share) -> bool:
    """Whether many lines below the first are no paragraphs: a list, a poem, a recipe.

    Those below all paragraphs of a report, of two and more, may be its page's.
    """
    below = [text for text in texts if words(text)][1:]
    prose = [n for n, text in enumerate(below) if _is_paragraph(text)]
    if prose and len(below) > LINES.min_list_lines and not any(map(_is_long, below)):
        return True  # sentences one to a line
    stopped = len(prose) > 1 and all(below[n].endswith(SENTENCE_ENDS) for n in prose)
    inner = below[: prose[-1] + 1] if stopped and prose == list(range(len(prose))) else below
    short = len(inner) - len(prose)
    return short >= LINES.min_list_lines and short >= min_share * len(below)


def among_short_lines(texts: Sequence[str]) -> frozenset[int]:
    """Return the indexes in `texts` of lines with two short lines of the text on either side.

    There a word of pages is a line of the poem or the list: a page's own are in a row, at the
    page's edges or between paragraphs.
    """
    edge = LINES.edge_lines
    plain = [_is_plain(text) for text in texts]
    prose = [n for n, text in enumerate(texts) if is_prose(text)]
    report = len(prose) >= LINES.min_report_paragraphs
    first, last = (prose[0], prose[-1]) if report else (0, len(texts))
    inner = range(max(first, edge), min(last, len(texts) - edge))
    return frozenset(
        n
        for n in inner
        if all(plain[m] for m in range(n - edge, n + edge + 1) if texts[m] != texts[n])
    )


def _is_plain(text: str) -> bool:
    """Whether a line has words, not many, and neither boilerplate nor a day."""
    return bool(words(text)) and not (boilerplate_rule(text) or stamps(text) or _is_long(text))


def recurring_headings(texts: Sequence[str]) -> frozenset[int]:
    """Return the indexes in `texts` of headings of one word, over a paragraph as others are.

    «الرد:» (the answer) is one where «السؤال:» (the question) is; without a colon there must be two
    others that no boilerplate rule matches.
    """
    over = [n for n, text in enumerate(texts[:-1]) if n and _is_paragraph(texts[n + 1])]
    headings = [n for n in over if len(words(texts[n])) == 1]
    out: set[int] = set()
    for colon, least in ((True, 1), (False, 2)):
        alike = [n for n in headings if texts[n].endswith(":") == colon]
        if sum(boilerplate_rule(texts[n]) is None for n in alike) >= least:
            out.update(alike)
    return frozenset(out) | _glossary_entries(texts)


def _glossary_entries(texts: Sequence[str]) -> frozenset[int]:
    """Return the lines between others that explain a word each: «الرابط: عقدة لا تنحل.».

    That is «link: a knot that does not come undone.».
    """
    entries = [bool(_ENTRY.fullmatch(text)) for text in texts]
    plain = [
        entry and boilerplate_rule(text) is None for entry, text in zip(entries, texts, strict=True)
    ]
    inner = range(1, len(texts) - 1)
    return frozenset(n for n in inner if plain[n - 1] and entries[n] and plain[n + 1])


def _is_paragraph(text: str) -> bool:
    return is_prose(text) or is_sentence(text)


def _is_long(text: str) -> bool:
    return len(words(text)) > LINES.max_list_line_words


def is_page_line(text: str, directory: OutletDirectory, at: int = 1) -> bool:
    """Whether line `at` is one that only pages have: a button, a time stamp, a byline."""
    match = boilerplate_rule(text, directory.own_lines)
    if _is_unambiguous(text, match) and not is_punctuated_label(text):
        return True
    widget = match is not None and match.rule == "widget" and not re.search(r"\d", text)
    # The first line may be a headline: «ترتيب الدوري» (league table).
    if widget and at and len(words(text)) > 1:
        return True
    if _LATIN.fullmatch(text) or _HOUR.match(fold(text)):
        return True
    if (dated := stamps(text)) and not any(s.role == "event" for s in dated):
        return not says_more(dated, 1)
    return _is_outlets_byline(text, directory)


def _is_outlets_byline(text: str, directory: OutletDirectory) -> bool:
    """Whether a line names an outlet together with a writer or a place, or a known outlet."""
    listed = words(text)
    signed = signature(text, directory) if ":" not in text and len(listed) > 1 else None
    if signed is None or not signed.outlet:
        return False
    named = directory.named(text) or OUTLET_WORDS & {listed[0], listed[-1]}
    return bool(signed.authors or signed.place or named)


def _is_signature(text: str, rule: str) -> bool:
    """Whether a line is an agency's letters or initials, not two short words: «يا رب» (O Lord)."""
    return rule == "signature" and (len(words(text)) == 1 or bool(_INITIALS.search(text)))


def _is_unambiguous(text: str, match: RuleMatch | None) -> bool:
    """Whether a line is boilerplate by words that no article has for a line of its own."""
    if match is None or match.rule in _AMBIGUOUS_RULES:
        return False
    return phrase(text) not in _AMBIGUOUS_PHRASES


_EDGE_RULES = frozenset(("photo-credit", "notice", "opinion-note"))


def without_own_lines(
    texts: Sequence[str], matches: Sequence[RuleMatch | None], *, titled: bool = False
) -> tuple[RuleMatch | None, ...]:
    """Return `matches` for the lines of a text by itself, less those of its own lines.

    A word or a number by itself is a line of the text («العودة», the return; «17%») unless it is
    next to boilerplate, and an agency's letters unless they are at either end; a section's name
    above the headline is the page's, unless the text is `titled` elsewhere.
    """
    filled = [i for i, text in enumerate(texts) if text]
    out = list(matches)
    for n, i in enumerate(filled):
        match = matches[i]
        if match is None or not words(texts[i]):
            continue
        if match.rule not in _AMBIGUOUS_RULES and len(words(texts[i])) != 1:
            continue
        neighbours = (j for j in filled[max(0, n - 1) : n + 2] if j != i)
        if any(_is_unambiguous(texts[j], matches[j]) for j in neighbours):
            continue
        at_edge = n < LINES.edge_lines or n >= len(filled) - LINES.edge_lines
        if at_edge and (_is_signature(texts[i], match.rule) or match.rule in _EDGE_RULES):
            continue
        is_section = n == 0 and not titled and match.rule == "category"
        if not is_section:
            out[i] = None
    return tuple(out)
