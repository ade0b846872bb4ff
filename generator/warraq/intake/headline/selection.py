"""The headline: which line of the head it is, what stands around it, or that there is none."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple

from warraq.intake.credit.name_kinds import is_outlet
from warraq.intake.credit.outlets import OutletDirectory
from warraq.intake.lines.boilerplate import boilerplate_rule
from warraq.intake.lines.line_features import (
    CLOSING_MARKS,
    is_closing,
    is_continuation,
    is_greeting,
    is_prose,
)
from warraq.intake.lines.overlap import overlap_with, paragraph_stems
from warraq.intake.lines.reader_requests import asks_readers
from warraq.intake.text.folding import PARTICLES, fold, phrase, stem, words
from warraq.intake.text.repair import is_arabic, same_letters
from warraq.model import TitleStatus

MOST_ABOVE = 12  # words that may stand above a headline without a menu among them
MOST_COMPARED = 200  # lines above the first paragraph; where more are, the page is a list
LEAST_LISTED = 4  # lines above a paragraph, of which the first is the headline
PATH = 2  # steps of a path to a section
LABEL = 3  # words of a section's name
LEAST_BROKEN = 12  # words of a line that may be a piece of a broken paragraph
STRANGE, OWN = 0.2, 0.5  # shares of a headline's words in another's article, in its own
LEAST_HEADLINE, LEAST_STANDFIRST = 6, 14  # words of a headline over a standfirst, and of that
MOST_LETTERS = 160  # code points of a headline that we make
MOST_WORDS = 34  # a headline has at most so many
_SUFFIX = re.compile(r"\s+(?:[|¦•»«/]|::|[-–—])\s+|\s*[|¦]\s*")
_PREFIX = re.compile(r"\s*(?:[:|»/]|\s[-–—])\s*")
_CATEGORY = re.compile(r"(?:اخبار|قسم|باب|تصنيف|ملف)(?:\s+\w+){0,3}")
_BULLET = re.compile(r"[-•▪●■*] .*? [-•▪●■*] ")  # several points summed up in one line
_ORNAMENT = re.compile(
    r"^[\s\u2190-\u21ff\u2b00-\u2bff\u2600-\u27bf\U0001f000-\U0001faff\ufe0f\u200d•▪◾■●|*#-]+"
)
_QUOTED = re.compile(r"^[\"“«](.*)[\"”»]$")


class Headline(NamedTuple):
    """The headline as it will stand, and the line it was found on (-1: beside the text).

    `category` and `site` are the words taken off it, before and behind.
    """

    title: str
    status: TitleStatus
    at: int
    category: str = ""
    site: str = ""


def without_ornaments(text: str) -> str:
    """Return a headline without Markdown marks and ornaments around it.

    >>> without_ornaments("🔴 **افتتاح السوق**")
    'افتتاح السوق'
    """
    unmarked = " ".join(text.split()).lstrip("#*_> ").rstrip("#*_ ")
    return " ".join(_ORNAMENT.sub("", unmarked).split())


def select_headline(  # noqa: PLR0913 - what a headline is depends on all of these
    lines: Sequence[str],
    candidates: Sequence[int],
    lead: int,
    *,
    told: str = "",
    menu_above: Callable[[int], bool],
    known: OutletDirectory,
    alone: bool = False,
) -> Headline | None:
    """Return the headline among `lines` at `candidates` (above the first paragraph at `lead`).

    `told` is what the page's own data gives as headline; `menu_above` tells whether furniture
    stands above a line, so that headlines there may be other articles'; the first line of a text
    that stands `alone` is its headline. None: there is none.
    """
    if told:
        return _told(lines, candidates, told, known)
    arabic = any(is_arabic(lines[i]) for i in (*candidates, lead) if i >= 0)
    candidates = [i for i in candidates if not _is_of_page(lines[i], arabic=arabic)]
    if not candidates:
        return None
    only = lines[candidates[0]] if len(candidates) == 1 and lead >= 0 else ""
    if len(words(only)) >= LEAST_BROKEN and is_continuation(lines[lead]):
        return None  # the first paragraph, which the next one goes on from
    verse = alone and lead < 0  # whose lines come back
    if not verse and (repeated := _repeated(lines, candidates)):
        return repeated
    heads = alone and _heads(lines, candidates, lead)
    at = candidates[0] if heads else _best(lines, candidates, lead, menu_above)
    return _trimmed(without_ornaments(lines[at]), at, known) if at >= 0 else None


# «السنة 138 العدد 46458», «العدد (4211) الأحد 15 أيلول 2019»
_NUMBERED = re.compile(r"(?<!\w)(?:العدد|السنه|issue|no)\W{0,3}\d{1,6}(?!\w)")
MOST_NUMBERED = 16  # words of a strip with an issue's number and year


def _is_of_page(text: str, *, arabic: bool) -> bool:
    """Tell whether a line can be no headline: a paper's strip, a path, a request to readers."""
    strip = _NUMBERED.search(fold(text)) and re.search(r"(?<!\d)\d{4}(?!\d)", fold(text))
    foreign = arabic and not is_arabic(text)
    path = len(re.findall(r"[>›»] ?\w", text)) >= PATH and "«" not in text
    return (
        bool(strip and len(words(text)) <= MOST_NUMBERED) or foreign or path or asks_readers(text)
    )


def _best(
    lines: Sequence[str],
    candidates: Sequence[int],
    lead: int,
    menu_above: Callable[[int], bool],
) -> int:
    """Return the candidate of whose words the article speaks most, -1 where none can head it."""
    candidates = [i for i in candidates if not _is_section(lines[i])]
    candidates = [i for i in candidates if not _BULLET.match(lines[i])] or candidates
    told_of = _told_of(lines, candidates, lead) if len(candidates) > 1 else {}
    arabic = lead >= 0 and is_arabic(lines[lead])
    scored, shares = [], {}
    for order, i in enumerate(candidates):
        own = [stem(w) for w in words(lines[i]) if w not in PARTICLES]
        if not own or len(words(lines[i])) < 2 or (arabic and not is_arabic(lines[i])):
            continue
        overlap = sum(bool(told_of.get(w, set()) - {i}) for w in own) / len(own)
        long = min(1.0, max(len(own), 0.8 * len(words(lines[i]))) / 5)
        shares[i] = overlap
        above = lines[candidates[order - 1]] if order else ""
        if order and (is_continuation(lines[i]) or _sums_up(lines[i], above)):
            continue  # a standfirst
        scored.append((overlap * long + 0.5 * long + (0.15 if order == 0 else 0.0), -order, i))
    if not scored:
        return -1
    at = max(scored)[2]
    lost = sum(len(words(lines[i])) for i in candidates if i < at)
    if lost > MOST_ABOVE and not menu_above(at) and not _stands_out(shares, at):
        at = min(i for _, _, i in scored)
    return at


def _heads(lines: Sequence[str], candidates: Sequence[int], lead: int) -> bool:
    """Tell whether the first of the candidates heads a text that stands by itself.

    Where a paragraph follows, the headline may stand under a label; but no sentence does, nor does
    what is one of many short lines.
    """
    first, *others = (lines[i] for i in candidates)
    if first.endswith((".", "،", "؛")) or not words(first):
        return False
    sentences = any(_is_line(text) for text in others)
    many = len(candidates) >= LEAST_LISTED
    return lead < 0 or not others or many or (sentences and not first.endswith(CLOSING_MARKS))


def _is_line(text: str) -> bool:
    """Tell whether a line is one of a text, and no headline: it ends in a mark, or closes it."""
    priced = bool(re.search(r": .*\d", text))  # «الدولار: شراء 89.2»
    return (
        priced
        or text.rstrip('»"”').endswith(CLOSING_MARKS)
        or is_closing(text)
        or is_greeting(text)
    )


def headline_from_field(lines: Sequence[str], candidates: Sequence[int], told: str) -> Headline:
    """Return the headline that a record's own field holds, as it stands there.

    It is no line of a page: nothing before a colon or in quotation marks is an outlet's.
    """
    clean = " ".join(told.split())
    at = next((i for i in candidates if same_letters(lines[i], clean)), -1)
    return Headline(clean, "outlet", at)


def without_section(found: Headline, sections: Collection[str]) -> Headline:
    """Return a headline without the name of one of the outlets' `sections` before it.

    >>> whole = Headline("محليات المرسى: افتتاح السوق القديم", "outlet", 3)
    >>> without_section(whole, {phrase("محليات المرسى")})[:4]
    ('افتتاح السوق القديم', 'cleaned', 3, 'محليات المرسى')
    """
    cut = _PREFIX.search(found.title)
    name = found.title[: cut.start()] if cut else ""
    if not cut or phrase(name) not in sections or not words(found.title[cut.end() :]):
        return found
    return found._replace(title=found.title[cut.end() :], status="cleaned", category=name)


def _is_section(text: str) -> bool:
    """Tell whether a line is a section's name («أخبار الكويت»)."""
    return len(words(text)) <= LABEL and bool(_CATEGORY.fullmatch(fold(text)))


def _sums_up(text: str, above: str) -> bool:
    """Tell whether a line under a headline is so long that it says the same at more length."""
    first, second = len(words(above)), len(words(text))
    return (
        not above.endswith(")")
        and first >= LEAST_HEADLINE
        and second >= LEAST_STANDFIRST
        and second >= 1.5 * first
    )


def _told_of(lines: Sequence[str], candidates: Sequence[int], lead: int) -> dict[str, set[int]]:
    """Return the words of the article, and of candidates as long as a paragraph, and where."""
    out: dict[str, set[int]] = {}
    above = frozenset(candidates)
    below = range(lead, min(len(lines), lead + 40)) if lead >= 0 else range(0)
    for i in (*candidates, *below):
        least = LEAST_BROKEN if i in above else 0
        if len(lines[i].split()) >= least and (is_prose(lines[i]) or i in above):
            for word in words(lines[i]):
                out.setdefault(stem(word), set()).add(i)
    return out


def _stands_out(shares: Mapping[int, float], at: int) -> bool:
    """Tell whether the text speaks of nothing in four lines and more above `at`, but of that."""
    above = [share for i, share in shares.items() if i < at]
    return len(above) >= 4 and shares[at] >= 0.4 and max(above) <= 0.5 * shares[at]


def _told(
    lines: Sequence[str], candidates: Sequence[int], told: str, known: OutletDirectory
) -> Headline:
    clean = without_ornaments(told)
    for i in candidates:
        if same_letters(lines[i], clean):
            return Headline(clean, "outlet", i)
    for match in _SUFFIX.finditer(clean):
        for own, site in ((clean[match.end() :], clean[: match.start()]),
                          (clean[: match.start()], clean[match.end() :])):  # fmt: skip
            for i in candidates:
                if len(words(own)) >= 3 and same_letters(lines[i], own) and len(words(site)) <= 5:
                    return Headline(without_ornaments(own), "cleaned", i, site=site.strip(" |-–—"))
    return _trimmed(clean, -1, known)


def _repeated(lines: Sequence[str], candidates: Sequence[int]) -> Headline | None:
    """Return the headline that stands twice, once perhaps with a category or a site's name.

    Of several the first of which the article speaks; in a menu of stories others stand twice.
    """
    texts = [(i, without_ornaments(lines[i])) for i in candidates[:MOST_COMPARED]]
    folded = [phrase(text) for _, text in texts]
    twice: list[Headline] = []
    for (i, short), own in zip(texts, folded, strict=True):
        if own.count(" ") < 2:
            continue
        for (j, long), other in zip(texts, folded, strict=True):
            if i != j and own in other and (found := _of_two(i, short, j, long)):
                twice.append(found)
                break
    twice = [f for f in twice if not f.title.endswith(")")] or twice  # a picture's, with its maker
    told = paragraph_stems(tuple(lines)) if twice else frozenset()
    spoken_of = (found for found in twice if overlap_with(found.title, told) >= STRANGE)
    if best := next(spoken_of, None):
        return best
    once = max((overlap_with(text, told) for _, text in texts), default=0.0)
    return twice[0] if twice and once < OWN else None


def _of_two(i: int, short: str, j: int, long: str) -> Headline | None:
    """Return the headline of lines `i` and `j`, of which `long` has all the words of `short`."""
    folded, other = phrase(short), phrase(long)
    if folded == other:
        return Headline(short, "outlet", i)
    status: TitleStatus = "cleaned"
    if len(other.replace(folded, " ").split()) > 6:
        return None
    if other.endswith(folded):
        return Headline(short, status, i, category=_before(long, short))
    if other.startswith(folded):
        return _of_beginning(i, short, j, long)
    between = len(folded.split()) >= 5  # an agency's name before it, a section and day behind
    return Headline(short, status, i) if between else None


def _of_beginning(i: int, short: str, j: int, long: str) -> Headline:
    """Return the headline of lines `i` and `j`, of which `long` begins with `short`."""
    if site := _behind(long, short):
        return Headline(short, "cleaned", i, site=site)
    own = {stem(w) for w in words(short) if w not in PARTICLES}
    again = own & {stem(w) for w in words(long[len(short) :])}
    if again:  # its picture's caption stands behind it
        return Headline(short, "outlet", i)
    if long.startswith(short):  # the shorter one was cut off
        return Headline(long, "outlet", j)
    return Headline(short, "cleaned", i)


def _before(long: str, short: str) -> str:
    at = long.find(short)
    return long[:at].strip(" :|-–—/»") if at > 0 else ""


def _behind(long: str, short: str) -> str:
    """Return the site's name behind a headline, "" when no mark parts them."""
    at = long.find(short)
    rest = long[at + len(short) :].strip() if at >= 0 else ""
    return rest.strip(" :|-–—/«»") if rest.startswith(tuple(":|-–—/«»")) else ""


def _trimmed(text: str, at: int, known: OutletDirectory) -> Headline:
    """Return the headline in `text` less a category before it and a site's name behind it."""
    category = site = ""
    title = text
    if match := _PREFIX.search(title):
        head, rest = title[: match.start()], title[match.end() :]
        barred = (
            set("|»/") & set(match[0])
            and (own := boilerplate_rule(head))
            and own.rule == "category"
        )
        outlet = ":" not in match[0] and is_outlet(head, known) and len(words(rest)) >= 3
        if outlet:  # before a colon it is whom the headline cites
            site, title = head.strip(), rest.strip()
        elif (_CATEGORY.fullmatch(fold(head)) and len(words(rest)) >= 4) or barred:
            category, title = head.strip(), rest.strip()
    parts = list(_SUFFIX.finditer(title))
    if parts:
        last = parts[-1]
        head, tail = title[: last.start()].strip(), title[last.end() :].strip()
        barred = bool(set("|¦") & set(last[0])) or "::" in last[0]
        short = len(words(tail)) <= 4 and not tail.endswith(("؟", "!", "."))
        if len(words(head)) >= 3 and (is_outlet(tail, known) or (barred and short)):
            title, site = head, tail
    return Headline(title, "cleaned" if category or site else "outlet", at, category, site)


def title_parts(title: str) -> list[str]:
    """Return what stands between the bars and dashes of a page's title."""
    return [part for part in _SUFFIX.split(title) if part.strip()]


def without_site(title: str, site: str, known: OutletDirectory) -> str:
    """Return a page's title without the site's name behind (or before) it.

    >>> from warraq.intake.credit.outlets import outlet_directory
    >>> without_site("افتتاح معرض الكتاب - مرآة الشرق", "مرآة الشرق", outlet_directory())
    'افتتاح معرض الكتاب'
    """
    text = " ".join(title.split())
    for match in reversed(list(_SUFFIX.finditer(text))):
        head, tail = text[: match.start()].strip(), text[match.end() :].strip()
        if head and (phrase(tail) == phrase(site) or known.named(tail)):
            text = head
        elif tail and phrase(head) == phrase(site):
            text = tail
    return text


def _is_sections(name: str) -> bool:
    """Tell whether what stands behind a headline is a section's name: «أخبار محلية»."""
    match = boilerplate_rule(name)
    return match is not None and match.rule in {"category", "menu"}


# «مرآة الشرق - نسخة الجوال»
_VERSION = re.compile(
    r"\s*[-–—|:]\s*(?:(?:ال)?نسخة (?:ال)?(?:جوال|موبايل|هاتف|محمولة|مبسطة|طباعة|كاملة)|موبايل|AMP|"
    r"(?:الموقع|الصفحة) (?:الرسمي|الرسمية|الرئيسية)|Mobile|[Pp]rint)$"
)


def site_behind(page_title: str, title: str) -> str:
    """Return what a page's title has besides its headline: the site's name, "" when unclear.

    >>> site_behind("افتتاح معرض الكتاب | مرآة الشرق", "افتتاح معرض الكتاب")
    'مرآة الشرق'
    """
    text = _VERSION.sub("", " ".join(page_title.split()))
    before = text.removesuffix(title).strip(" :|-–—")
    if before != text and 1 <= len(words(before)) <= 5:
        return before
    for match in reversed(list(_SUFFIX.finditer(text))):
        head, tail = text[: match.start()].strip(), text[match.end() :].strip()
        short = 1 <= len(words(tail)) <= 5
        if short and phrase(title).startswith(phrase(head)[:60]) and phrase(head):
            *_, last = _SUFFIX.split(tail)  # «… - محليات - مرآة الشرق»
            return "" if _is_sections(last) else last
        if phrase(tail) == phrase(title) and 1 <= len(words(head)) <= 5:
            return head
    return ""


def headline_from_paragraph(paragraph: str) -> str:
    """Return a headline made of the first paragraph's own words, cut at a pause, at most 14 words.

    >>> text = "واصلت الورشات أعمال الإصلاح، بعد تعرض أربعة أبراج لأضرار بفعل العاصفة."
    >>> headline_from_paragraph(text)
    'واصلت الورشات أعمال الإصلاح'
    """
    sentence = re.split(r"(?<=[^\d])[.!؟](?:\s|$)", paragraph.strip(), maxsplit=1)[0]
    tokens = sentence.split()
    if len(tokens) > 14:
        pauses = [
            n for n, w in enumerate(tokens[:14], start=1) if w.endswith(("،", "؛", ":")) and n >= 5
        ]
        tokens = tokens[: pauses[-1]] if pauses else tokens[:12]
    elif "،" in sentence:
        head = sentence.split("،")[0].split()
        tokens = head if len(head) >= 4 else tokens
    text = " ".join(tokens).strip(" ،؛:.-–—")[:MOST_LETTERS]
    return text + (
        "…" if len(text) < len(sentence) - 1 and not sentence.startswith(text + "،") else ""
    )


def is_opening_paragraph(text: str) -> bool:
    """Tell whether a text's first line is already its first paragraph, not a headline."""
    count = len(words(text))
    if count >= 8 and text.rstrip(" *_").endswith(":"):
        return True  # «… وتؤكد ما يلي:»
    stopped = text.rstrip(" *_").endswith((".", ".”", ".»", '."'))
    return count > MOST_WORDS or (stopped and count >= 15) or (is_prose(text) and count >= 26)
