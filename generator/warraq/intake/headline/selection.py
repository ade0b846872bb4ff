"""The headline: which line of the head it is, less what is no part of it; or that there is none."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from warraq.intake.credit.name_kinds import is_outlet
from warraq.intake.credit.outlets import OutletDirectory
from warraq.intake.headline.thresholds import HEADLINE
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
from warraq.intake.text.folding import PARTICLES, fold, phrase, same_letters, stem, words
from warraq.intake.text.languages import is_arabic
from warraq.model import TitleStatus

_BEFORE_SITE = re.compile(r"\s+(?:[|¦•»«/]|::|[-–—])\s+|\s*[|¦]\s*")
_BEHIND_SECTION = re.compile(r"\s*(?:[:|»/]|\s[-–—])\s*")
# «News of …», «section …», «category …», «file …»
_CATEGORY = re.compile(r"(?:اخبار|قسم|باب|تصنيف|ملف)(?:\s+\w+){0,3}")
_SEVERAL_POINTS = re.compile(r"[-•▪●■*] .*? [-•▪●■*] ")  # in one line, with bullets
_ORNAMENT = re.compile(
    r"^[\s\u2190-\u21ff\u2b00-\u2bff\u2600-\u27bf\U0001f000-\U0001faff\ufe0f\u200d•▪◾■●|*#-]+"
)


class Headline(NamedTuple):
    """The headline as published, and the index of its line (-1: it is on none).

    `category` and `site` are the words taken off it, before and behind.
    """

    title: str
    status: TitleStatus
    at: int
    category: str = ""
    site: str = ""


def without_ornaments(text: str) -> str:
    """Return a headline without Markdown marks and ornaments around it.

    The example says «opening of the market».

    >>> without_ornaments("🔴 **افتتاح السوق**")
    'افتتاح السوق'
    """
    unmarked = " ".join(text.split()).lstrip("#*_> ").rstrip("#*_ ")
    return " ".join(_ORNAMENT.sub("", unmarked).split())


class Candidates(NamedTuple):
    """The lines of a page and the indexes of those that may be the headline.

    `lead` is the index of the first paragraph, -1 where no line is one.
    """

    lines: Sequence[str]
    indexes: Sequence[int]
    lead: int


def select_headline(
    candidates: Candidates,
    *,
    menu_above: Callable[[int], bool],
    directory: OutletDirectory,
    alone: bool = False,
) -> Headline | None:
    """Return the headline among the candidates, None for none.

    `menu_above(i)`: boilerplate is above line i, so that headlines there may be other articles'.
    The first line of a text that came `alone`, without a page around it, is its headline.
    """
    candidates = _without_page_lines(candidates)
    lines, indexes, lead = candidates
    if not indexes or _is_broken_paragraph(candidates):
        return None
    verse = alone and lead < 0  # lines of poems come back
    if not verse and (repeated := _repeated(lines, indexes)):
        return repeated
    first_heads = alone and _is_heading_of_text(candidates)
    at = indexes[0] if first_heads else _best(candidates, menu_above)
    return _trimmed(without_ornaments(lines[at]), at, directory) if at >= 0 else None


def _without_page_lines(candidates: Candidates) -> Candidates:
    lines, indexes, lead = candidates
    arabic = any(is_arabic(lines[i]) for i in (*indexes, lead) if i >= 0)
    return candidates._replace(
        indexes=[i for i in indexes if not _is_page_line(lines[i], arabic=arabic)]
    )


def _is_broken_paragraph(candidates: Candidates) -> bool:
    """Whether the only candidate is the beginning of a paragraph that the next line continues."""
    lines, indexes, lead = candidates
    if len(indexes) != 1 or lead < 0:
        return False
    long = len(words(lines[indexes[0]])) >= HEADLINE.min_broken_words
    return long and is_continuation(lines[lead])


# «السنة 138 العدد 46458» (year 138, issue 46458), «العدد (4211) الأحد 15 أيلول 2019»
_ISSUE_NUMBER = re.compile(r"(?<!\w)(?:العدد|السنه|issue|no)\W{0,3}\d{1,6}(?!\w)")


def _is_page_line(text: str, *, arabic: bool) -> bool:
    """Whether a line can be no headline: a paper's strip, a path, a request to readers.

    `arabic`: other lines are in Arabic, so that a line in Latin letters is none either.
    """
    if arabic and not is_arabic(text):
        return True
    steps = len(re.findall(r"[>›»] ?\w", text))
    path = steps >= HEADLINE.min_path_steps and "«" not in text
    return path or _is_issue_strip(text) or asks_readers(text)


def _is_issue_strip(text: str) -> bool:
    """Whether a line is a newspaper's strip: the number of the issue and a year."""
    folded = fold(text)
    if not _ISSUE_NUMBER.search(folded) or not re.search(r"(?<!\d)\d{4}(?!\d)", folded):
        return False
    return len(words(text)) <= HEADLINE.max_issue_strip_words


def _best(candidates: Candidates, menu_above: Callable[[int], bool]) -> int:
    """Return the candidate of whose words the article has most, -1 where none can be it."""
    lines = candidates.lines
    indexes = [i for i in candidates.indexes if not _is_section(lines[i])]
    indexes = [i for i in indexes if not _SEVERAL_POINTS.match(lines[i])] or indexes
    candidates = candidates._replace(indexes=indexes)
    overlaps = _overlaps(candidates)
    scores: dict[int, float] = {}
    for order, i in enumerate(indexes):
        above = lines[indexes[order - 1]] if order else ""
        standfirst = order and (is_continuation(lines[i]) or _sums_up(lines[i], above))
        if i in overlaps and not standfirst:
            bonus = HEADLINE.first_line_bonus if order == 0 else 0.0
            scores[i] = _score(lines[i], overlaps[i], bonus)
    if not scores:
        return -1
    at = max(scores, key=scores.__getitem__)  # of equal ones the first
    lost = sum(len(words(lines[i])) for i in indexes if i < at)
    if lost <= HEADLINE.max_words_above or menu_above(at) or _stands_out(overlaps, at):
        return at
    return min(scores)


def _overlaps(candidates: Candidates) -> dict[int, float]:
    """Return for each candidate the share of its own words that other lines have, 0 to 1."""
    lines, indexes, lead = candidates
    where = _where_words_are(candidates) if len(indexes) > 1 else {}
    arabic = lead >= 0 and is_arabic(lines[lead])
    out: dict[int, float] = {}
    for i in indexes:
        own = _own_stems(lines[i])
        few = len(words(lines[i])) < HEADLINE.min_candidate_words
        if own and not few and (not arabic or is_arabic(lines[i])):
            out[i] = sum(bool(where.get(w, set()) - {i}) for w in own) / len(own)
    return out


def _own_stems(text: str) -> list[str]:
    return [stem(w) for w in words(text) if w not in PARTICLES]


def _score(text: str, overlap: float, bonus: float) -> float:
    """Return how well a candidate heads the article: by its words in it, and by its length."""
    count = max(len(_own_stems(text)), HEADLINE.folded_word_weight * len(words(text)))
    length = min(1.0, count / HEADLINE.full_headline_words)
    return overlap * length + HEADLINE.length_weight * length + bonus


def _is_heading_of_text(candidates: Candidates) -> bool:
    """Whether the first of the candidates heads a text that came without a page around it.

    Where a paragraph follows, the headline may be under a label; but no sentence is, nor one of
    many short lines.
    """
    first, *others = (candidates.lines[i] for i in candidates.indexes)
    if first.endswith((".", "،", "؛")) or not words(first):
        return False
    if candidates.lead < 0 or not others or len(candidates.indexes) >= HEADLINE.min_listed_lines:
        return True
    return any(map(_is_line_of_text, others)) and not first.endswith(CLOSING_MARKS)


def _is_line_of_text(text: str) -> bool:
    """Whether a line is no headline: it ends in a mark, greets, closes a letter, names a price."""
    priced = bool(re.search(r": .*\d", text))  # «الدولار: شراء 89.2» (the dollar: buying at 89.2)
    marked = text.rstrip('»"”').endswith(CLOSING_MARKS)
    return priced or marked or is_closing(text) or is_greeting(text)


def headline_from_field(lines: Sequence[str], candidates: Sequence[int], field: str) -> Headline:
    """Return the headline that a record has in a `field` of its own, unchanged.

    It is no line of a page: nothing before a colon or in quotation marks is an outlet's.
    """
    clean = " ".join(field.split())
    at = next((i for i in candidates if same_letters(lines[i], clean)), -1)
    return Headline(clean, "outlet", at)


def without_section(found: Headline, sections: Collection[str]) -> Headline:
    """Return a headline without the name of one of the outlets' `sections` before it.

    The example is «local news of Marsa: opening of the old market».

    >>> whole = Headline("محليات المرسى: افتتاح السوق القديم", "outlet", 3)
    >>> without_section(whole, {phrase("محليات المرسى")})[:4]
    ('افتتاح السوق القديم', 'cleaned', 3, 'محليات المرسى')
    """
    cut = _BEHIND_SECTION.search(found.title)
    name = found.title[: cut.start()] if cut else ""
    if not cut or phrase(name) not in sections or not words(found.title[cut.end() :]):
        return found
    return found._replace(title=found.title[cut.end() :], status="cleaned", category=name)


def _is_section(text: str) -> bool:
    """Whether a line is a section's name: «أخبار الكويت» (news of Kuwait)."""
    short = len(words(text)) <= HEADLINE.max_section_words
    return short and bool(_CATEGORY.fullmatch(fold(text)))


def _sums_up(text: str, above: str) -> bool:
    """Whether a line is so much longer than the headline `above` that it is a standfirst."""
    first, second = len(words(above)), len(words(text))
    if above.endswith(")") or first < HEADLINE.min_summed_up_words:
        return False
    return second >= max(HEADLINE.min_standfirst_words, HEADLINE.standfirst_ratio * first)


def _where_words_are(candidates: Candidates) -> dict[str, set[int]]:
    """Return the stems of the article and of long candidates, with the lines they are on."""
    lines, indexes, lead = candidates
    out: dict[str, set[int]] = {}
    long = (i for i in indexes if len(lines[i].split()) >= HEADLINE.min_broken_words)
    end = min(len(lines), lead + HEADLINE.lead_lines)
    article = (i for i in range(lead, end) if is_prose(lines[i])) if lead >= 0 else ()
    for i in (*long, *article):
        for word in words(lines[i]):
            out.setdefault(stem(word), set()).add(i)
    return out


def _stands_out(overlaps: Mapping[int, float], at: int) -> bool:
    """Whether the article has hardly a word of four and more lines above `at`, but many of that."""
    above = [overlap for i, overlap in overlaps.items() if i < at]
    if len(above) < HEADLINE.outstanding_rivals or overlaps[at] < HEADLINE.outstanding_overlap:
        return False
    return max(above) <= HEADLINE.outstanding_ratio * overlaps[at]


def headline_from_page_data(
    lines: Sequence[str], candidates: Sequence[int], known: str, directory: OutletDirectory
) -> Headline:
    """Return the headline that the page's own data gives (`known`), and its line if it has one."""
    clean = without_ornaments(known)
    for i in candidates:
        if same_letters(lines[i], clean):
            return Headline(clean, "outlet", i)
    for match in _BEFORE_SITE.finditer(clean):
        before, behind = clean[: match.start()], clean[match.end() :]
        for own, site in ((behind, before), (before, behind)):
            if len(words(own)) < HEADLINE.min_cut_headline_words:
                continue
            at = next((i for i in candidates if same_letters(lines[i], own)), -1)
            if at >= 0 and len(words(site)) <= HEADLINE.max_site_words:
                return Headline(without_ornaments(own), "cleaned", at, site=site.strip(" |-–—"))
    return _trimmed(clean, -1, directory)


def _repeated(lines: Sequence[str], candidates: Sequence[int]) -> Headline | None:
    """Return the headline that is there twice, once perhaps with a category or a site's name.

    Of several it is the first of whose words the article has some; in a menu of stories others are
    there twice. When the article has none of them, another line may be its headline.
    """
    texts = {i: without_ornaments(lines[i]) for i in candidates[: HEADLINE.max_compared_lines]}
    twice = list(_pairs(texts))
    if not twice:
        return None
    # A picture's caption ends in its maker in brackets.
    twice = [found for found in twice if not found.title.endswith(")")] or twice
    article = paragraph_stems(tuple(lines))
    for found in twice:
        if overlap_with(found.title, article) >= HEADLINE.strange_overlap:
            return found
    best = max(overlap_with(text, article) for text in texts.values())
    return twice[0] if best < HEADLINE.own_overlap else None


def _pairs(texts: Mapping[int, str]) -> Iterator[Headline]:
    """Yield for each line whose words are all in another one the headline of the two."""
    folded = {i: phrase(text) for i, text in texts.items()}
    for i, own in folded.items():
        if own.count(" ") + 1 < HEADLINE.min_twice_words:
            continue
        others = (j for j, other in folded.items() if i != j and own in other)
        found = (_of_two(i, texts[i], j, texts[j]) for j in others)
        if headline := next(filter(None, found), None):
            yield headline


def _of_two(i: int, short: str, j: int, long: str) -> Headline | None:
    """Return the headline of lines `i` and `j`, of which `long` has all the words of `short`."""
    folded, other = phrase(short), phrase(long)
    if folded == other:
        return Headline(short, "outlet", i)
    status: TitleStatus = "cleaned"
    if len(other.replace(folded, " ").split()) > HEADLINE.max_extra_words:
        return None
    if other.endswith(folded):
        return Headline(short, status, i, category=_before(long, short))
    if other.startswith(folded):
        return _of_beginning(i, short, j, long)
    # An agency's name before it, a section and a day behind it.
    inner = len(folded.split()) >= HEADLINE.min_inner_words
    return Headline(short, status, i) if inner else None


def _of_beginning(i: int, short: str, j: int, long: str) -> Headline:
    """Return the headline of lines `i` and `j`, of which `long` begins with `short`."""
    if site := _behind(long, short):
        return Headline(short, "cleaned", i, site=site)
    own = {stem(w) for w in words(short) if w not in PARTICLES}
    again = own & {stem(w) for w in words(long[len(short) :])}
    if again:  # its picture's caption is behind it
        return Headline(short, "outlet", i)
    if long.startswith(short):  # the shorter one was cut off
        return Headline(long, "outlet", j)
    return Headline(short, "cleaned", i)


def _before(long: str, short: str) -> str:
    at = long.find(short)
    return long[:at].strip(" :|-–—/»") if at > 0 else ""


def _behind(long: str, short: str) -> str:
    """Return the site's name behind a headline, "" when no mark separates them."""
    at = long.find(short)
    rest = long[at + len(short) :].strip() if at >= 0 else ""
    return rest.strip(" :|-–—/«»") if rest.startswith(tuple(":|-–—/«»")) else ""


def _trimmed(text: str, at: int, directory: OutletDirectory) -> Headline:
    """Return the headline in `text` less a category before it and a site's name behind it."""
    category, site, title = _without_opening(text, directory)
    if ending := _without_ending(title, directory):
        title, site = ending
    return Headline(title, "cleaned" if category or site else "outlet", at, category, site)


def _without_opening(text: str, directory: OutletDirectory) -> tuple[str, str, str]:
    """Return the category and the site's name before a headline, "" for none, and the headline."""
    match = _BEHIND_SECTION.search(text)
    if not match:
        return "", "", text
    opening, rest = text[: match.start()], text[match.end() :]
    count = len(words(rest))
    # Before a colon an outlet is a source that the headline cites.
    outlet = ":" not in match[0] and is_outlet(opening, directory)
    if outlet and count >= HEADLINE.min_cut_headline_words:
        return "", opening.strip(), rest.strip()
    named = bool(_CATEGORY.fullmatch(fold(opening)))
    named = named and count >= HEADLINE.min_cut_section_headline_words
    if named or (not {"|", "»", "/"}.isdisjoint(match[0]) and _is_category(opening)):
        return opening.strip(), "", rest.strip()
    return "", "", text


def _is_category(name: str) -> bool:
    match = boilerplate_rule(name)
    return match is not None and match.rule == "category"


def _without_ending(text: str, directory: OutletDirectory) -> tuple[str, str] | None:
    """Return a headline and the site's name behind it, None for none."""
    separators = list(_BEFORE_SITE.finditer(text))
    if not separators:
        return None
    last = separators[-1]
    title, site = text[: last.start()].strip(), text[last.end() :].strip()
    barred = "|" in last[0] or "¦" in last[0] or "::" in last[0]
    short = len(words(site)) <= HEADLINE.max_barred_site_words
    unlisted = barred and short and not site.endswith(("؟", "!", "."))
    long = len(words(title)) >= HEADLINE.min_cut_headline_words
    return (title, site) if long and (unlisted or is_outlet(site, directory)) else None


def title_parts(title: str) -> list[str]:
    """Return the parts of a page's title between bars and dashes."""
    return [part for part in _BEFORE_SITE.split(title) if part.strip()]


def without_site(title: str, site: str, directory: OutletDirectory) -> str:
    """Return a page's title without the site's name behind (or before) it.

    The example is «opening of the book fair - Mirror of the East».

    >>> from warraq.intake.credit.outlets import outlet_directory
    >>> without_site("افتتاح معرض الكتاب - مرآة الشرق", "مرآة الشرق", outlet_directory())
    'افتتاح معرض الكتاب'
    """
    text = " ".join(title.split())
    for match in reversed(list(_BEFORE_SITE.finditer(text))):
        head, tail = text[: match.start()].strip(), text[match.end() :].strip()
        if head and (phrase(tail) == phrase(site) or directory.named(tail)):
            text = head
        elif tail and phrase(head) == phrase(site):
            text = tail
    return text


def _names_a_section(name: str) -> bool:
    """Whether words behind a headline are a section's name: «أخبار محلية» (local news)."""
    match = boilerplate_rule(name)
    return match is not None and match.rule in {"category", "menu"}


# «مرآة الشرق - نسخة الجوال» (Mirror of the East - mobile version)
_VERSION = re.compile(
    r"\s*[-–—|:]\s*(?:(?:ال)?نسخة (?:ال)?(?:جوال|موبايل|هاتف|محمولة|مبسطة|طباعة|كاملة)|موبايل|AMP|"
    r"(?:الموقع|الصفحة) (?:الرسمي|الرسمية|الرئيسية)|Mobile|[Pp]rint)$"
)


def site_behind(page_title: str, title: str) -> str:
    """Return what a page's title has besides its headline: the site's name, "" when unclear.

    The example is «opening of the book fair | Mirror of the East».

    >>> site_behind("افتتاح معرض الكتاب | مرآة الشرق", "افتتاح معرض الكتاب")
    'مرآة الشرق'
    """
    text = _VERSION.sub("", " ".join(page_title.split()))
    before = text.removesuffix(title).strip(" :|-–—")
    if before != text and _may_be_site(before):
        return before
    for match in reversed(list(_BEFORE_SITE.finditer(text))):
        head, tail = text[: match.start()].strip(), text[match.end() :].strip()
        opening = phrase(head)[: HEADLINE.compared_headline_chars]
        if opening and _may_be_site(tail) and phrase(title).startswith(opening):
            *_, last = _BEFORE_SITE.split(tail)  # «… - محليات - مرآة الشرق»
            return "" if _names_a_section(last) else last
        if phrase(tail) == phrase(title) and _may_be_site(head):
            return head
    return ""


def _may_be_site(name: str) -> bool:
    return 1 <= len(words(name)) <= HEADLINE.max_site_words


def headline_from_paragraph(paragraph: str) -> str:
    """Return a headline made of the first paragraph's own words, cut at a pause, at most 14 words.

    The example is «workshops went on with repairs, after four towers were damaged by the storm».

    >>> text = "واصلت الورشات أعمال الإصلاح، بعد تعرض أربعة أبراج لأضرار بفعل العاصفة."
    >>> headline_from_paragraph(text)
    'واصلت الورشات أعمال الإصلاح'
    """
    sentence = re.split(r"(?<=[^\d])[.!؟](?:\s|$)", paragraph.strip(), maxsplit=1)[0]
    text = " ".join(_opening_words(sentence)).strip(" ،؛:.-–—")[: HEADLINE.max_made_chars]
    whole = len(text) >= len(sentence) - 1 or sentence.startswith(f"{text}،")
    return text if whole else f"{text}…"


def _opening_words(sentence: str) -> list[str]:
    """Return the words of a sentence up to a pause, or as many as a headline may have."""
    tokens = sentence.split()
    if len(tokens) > HEADLINE.max_made_words:
        pauses = [
            n
            for n, token in enumerate(tokens[: HEADLINE.max_made_words], start=1)
            if n >= HEADLINE.min_pause_words and token.endswith(("،", "؛", ":"))
        ]
        return tokens[: pauses[-1]] if pauses else tokens[: HEADLINE.made_words]
    before_comma = sentence.split("،", maxsplit=1)[0].split()
    long = "،" in sentence and len(before_comma) >= HEADLINE.min_comma_words
    return before_comma if long else tokens


def is_opening_paragraph(text: str) -> bool:
    """Whether a text's first line is already its first paragraph, not a headline."""
    count = len(words(text))
    bare = text.rstrip(" *_")
    if count >= HEADLINE.min_colon_opening_words and bare.endswith(":"):
        return True  # «… وتؤكد ما يلي:» (… and stresses the following:)
    if count >= HEADLINE.min_stopped_opening_words and bare.endswith((".", ".”", ".»", '."')):
        return True
    prose = is_prose(text) and count >= HEADLINE.min_opening_words
    return prose or count > HEADLINE.max_headline_words
