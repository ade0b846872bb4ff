"""The head of a page: headline, byline, time stamp, and what else stands above the article."""

import re
from collections.abc import Mapping, Sequence

import msgspec

from warraq.intake.credit import bylines, datelines, name_kinds
from warraq.intake.credit.name_kinds import found_name
from warraq.intake.credit.names import NameFound, Signature
from warraq.intake.credit.outlet_inference import SECTION_WORDS
from warraq.intake.credit.outlets import OutletDirectory
from warraq.intake.dates import publication_stamp
from warraq.intake.dates.editions import edition
from warraq.intake.dates.mention import TimeStamp
from warraq.intake.dates.thresholds import DATES
from warraq.intake.dates.time_stamps import says_more, stamps
from warraq.intake.headline import selection, standfirst
from warraq.intake.lines.boilerplate import RuleMatch, boilerplate_rule
from warraq.intake.lines.context_rules import classify_lines
from warraq.intake.lines.line_features import (
    CLOSING_MARKS,
    is_continuation,
    is_greeting,
    is_prose,
    is_question,
    is_sentence,
)
from warraq.intake.lines.standalone import is_listed, is_page, is_record
from warraq.intake.lines.strip_boilerplate import strip_boilerplate
from warraq.intake.lines.thresholds import LINES
from warraq.intake.state import RECORD_BASES, ImportState, Line, replace, without_lines
from warraq.intake.text import repair
from warraq.intake.text.folding import phrase, words
from warraq.model import Decision

# A picture's caption ends in its maker: «… من المحطة (سمر نجم)».
_CAPTION = re.compile(r"[^().]{12,}\((?:[^()\d.،:]{3,40})\)\.?")
# «… وأشار إلى أن علامة محفورة... 05.11.2025, مرآة الشرق»: what the page says of itself to others.
_SUMMARY = re.compile(r"(?:\.\.\.|…) ?(?P<tail>\d\d?[./-]\d\d?[./-]\d{4}[^.!؟]{0,40})$")
_MAIL_BUTTON = re.compile(r"[اأ]رسل بريدا? ?[اإ]لكترونيا?")
# A line of their own before the writer's.
_INTRODUCERS = frozenset(
    phrase(w) for w in ("بواسطة", "بقلم", "كتب", "كتبت", "كتبه", "إعداد", "الكاتب", "المحرر", "by")
)
LABEL = 4  # words of a section's name or beside a time stamp, at most
LONGEST_CAPTION = 20  # words of a picture's caption with its maker in brackets
REPORT = 8  # words of a sentence that may be a report, not its headline
LONGEST_LABEL = 8  # words of a caption among labels below the headline
LEAST_KEYWORDS = 2  # lines of a word or three below the headline and a day or name
NAME_OF_PICTURE = 5  # words of one that stands between headline and writer
MOST_LINES = 3  # lines below the headline from which they sum the article up
NAMING = frozenset(("signature", "broadcaster", "slug"))  # furniture that may name writer or outlet
NEAR = 2  # lines of a text by itself above which stand a month or an issue
FAR = 6  # lines above the headline from which a name belongs to the page's menu


def read_page_head(work: ImportState) -> ImportState:
    """Find the headline and the first paragraph; take out all else that stands above the body."""
    lines = [line.text for line in work.page.lines]
    bare = not is_page(work.raw, lines, work.directory)
    titled = is_record(work.raw)
    work = replace(work, alone=bare and (titled or is_listed(lines)))
    matches = classify_lines(
        work.page.lines, work.directory.furniture, standalone=work.alone, titled=titled
    )
    # A line of dates without a day: a month, a season, an issue.
    near = [i for i, text in enumerate(lines) if text][: NEAR if work.alone else len(lines)]
    dayless = dict.fromkeys((i for i in near if edition(lines[i])), ())
    metas = dayless | _metas(work, lines, matches)
    for i in publication_stamp.schedule_days(lines, metas):
        del metas[i]
    wrapped = work.raw.kind != "html" and repair.is_wrapped(work.page.lines)
    candidates, lead = _candidates(lines, matches, metas, work.directory, wrapped=wrapped)
    found = _headline(work, lines, candidates, lead, matches, alone=bare)
    found = selection.without_section(found, work.directory.sections) if found else None
    for i in _own_days(lines, metas, found):
        del metas[i]
    if found and found.at >= 0:
        metas |= _over_a_day(lines, matches, metas, found.at)
    if found and found.at >= 0 and lead >= 0:
        more, lead = standfirst.lines_below_standfirst(lines, matches, metas, lead, work.directory)
        metas |= more
    work = _take_metas(work, metas, found, lead, matches)
    return _cut_head(work, matches, metas, found, lead)


def _own_days(
    lines: Sequence[str],
    metas: Mapping[int, Signature | tuple[TimeStamp, ...]],
    found: selection.Headline | None,
) -> list[int]:
    """Return the lines whose day the headline holds: its own, and where it is repeated."""
    if found is None:
        return []
    stamped = ((i, told) for i, told in metas.items() if not isinstance(told, Signature))
    again = [
        i for i, told in stamped
        if told and all(s.mention.text in found.title for s in told)
        and repair.contains_headline(lines[i], found.title)
    ]  # fmt: skip
    return [*again, *({found.at} & metas.keys() - set(again))]


def _headline(  # noqa: PLR0913 - what a headline is depends on all of these
    work: ImportState,
    lines: list[str],
    candidates: list[int],
    lead: int,
    matches: tuple[RuleMatch | None, ...],
    *,
    alone: bool,
) -> selection.Headline | None:
    told, basis = work.fact("title")
    if basis in RECORD_BASES:
        # A line further down that says the same is the article's.
        again = sum(repair.same_letters(line, told) for line in lines) > 1
        return selection.headline_from_field(lines, () if again else candidates[:1], told)
    told = told or _page_title(work)
    site = work.site.name if work.site else ""
    cuts = [i for i, match in enumerate(matches) if match]
    return selection.select_headline(
        lines,
        candidates,
        lead,
        told=selection.without_site(told, site, work.directory) if told else "",
        menu_above=lambda at: sum(i < at for i in cuts) >= 2,
        known=work.directory,
        alone=alone,
    )


def _page_title(work: ImportState) -> str:
    """Return what the page calls itself, "" where that is but its outlet's name."""
    title = work.fact("page-title")[0]
    named = [
        work.directory.named(part)
        or name_kinds.is_place(part)
        or name_kinds.OUTLET_WORDS & set(words(part))
        for part in selection.title_parts(title)
    ]  # «أخبار اليوم - اليمن»
    home = phrase(title).endswith("الرييسيه")  # «… - الصفحة الرئيسية»
    return "" if home or (all(named) and len(words(title)) <= LABEL) else title


def _metas(
    work: ImportState, lines: list[str], matches: tuple[RuleMatch | None, ...]
) -> dict[int, Signature | tuple[TimeStamp, ...]]:
    """Return the byline, outlet and date lines above the first paragraph, by index."""
    found: dict[int, Signature | tuple[TimeStamp, ...]] = {}
    seen = 0
    most = _most_seen(work)
    text = ""
    for i, line in enumerate(lines):
        if not line:
            continue
        above, text = text, line
        if stamped := _stamped(text):
            found[i] = stamped
        elif (match := matches[i]) is None or match.rule in NAMING:
            if match is None and is_prose(text) and seen and not is_question(text):
                break
            told = _signature(text, above, work, first=not (seen or most == 0))
            if not (seen or found):
                told = _first_signature(work, told, lines[i:])
            if told is not None:
                found[i] = told
            elif match is None:
                seen += 1
                if seen > most or (is_prose(text) and selection.is_opening_paragraph(text)):
                    break
    return found


def _is_unknown(told: Signature, known: OutletDirectory) -> bool:
    """Tell whether all that a line tells is an outlet by a name that nobody has taught."""
    people = told.authors and not re.search(r"\d", told.outlet)
    return bool(told.outlet) and not (people or told.place or known.named(told.outlet))


def _stamped(text: str) -> tuple[TimeStamp, ...]:
    """Return the time stamps of a line above the first paragraph, () where it is a paragraph."""
    cut = _SUMMARY.search(text)
    found = stamps(cut["tail"] if cut else text)
    little = all(len(words(stamp.rest)) <= LABEL for stamp in found)
    short = not is_prose(text) or len(text.split()) < LINES.prose_words
    return found if little or cut or short else ()


def _first_signature(
    work: ImportState, told: Signature | None, lines: Sequence[str]
) -> Signature | None:
    """Return what the first line tells as a byline: a name may be the headline of a text by itself.

    `told` is what it tells anywhere, `lines` are that line and those below.
    """
    if told is None:
        return bylines.letterhead(lines[0], (line for line in lines[1:] if line))
    marked = re.search(r"[:/|–-]|بقلم|بواسطة", lines[0])
    introduced = name_kinds.introduces(lines[0]) or not told.authors
    known = work.directory.named(told.outlet)
    name = work.alone and not known and not (introduced and marked)  # «تقرير حارس»
    return None if name else told


def _most_seen(work: ImportState) -> int:
    """Return how many lines of other kinds may stand above the last that tells who or when.

    In a text by itself that is its headline, and below it a standfirst.
    """
    told = bool(work.fact("title")[0])
    return (0 if told else 1) if work.alone else len(work.page.lines)


def _over_a_day(
    lines: Sequence[str],
    matches: Sequence[RuleMatch | None],
    metas: Mapping[int, Signature | tuple[TimeStamp, ...]],
    at: int,
) -> dict[int, Signature]:
    """Return who is named between the headline at `at` and a time stamp, where nobody else is."""
    if any(isinstance(told, Signature) and told.authors for told in metas.values()):
        return {}
    full = [i for i in range(at + 1, len(lines)) if lines[i]][:2]
    if len(full) < 2 or matches[full[0]] or not isinstance(metas.get(full[1]), tuple):
        return {}
    text = lines[full[0]]
    told = bylines.unknown_writer(text) if boilerplate_rule(text.split()[0]) is None else None
    return {full[0]: told} if told and full[0] not in metas else {}


def _signature(text: str, above: str, work: ImportState, *, first: bool) -> Signature | None:
    """Return what a line tells as a byline; the one `above` may introduce a writer.

    In a text by itself «السبت: سمر نجم» is a line of a list, and «سنعود» in quotation marks too.
    """
    told = bylines.signature(text, work.directory, first=first)
    if told and work.alone and (":" in text or text[0] in '«“"'):
        more = told.authors or told.place or text.endswith((":", "»", "”", '"'))
        signed = work.directory.named(told.outlet) and more
        return told if signed or name_kinds.introduces(text) else None
    if told and work.alone and _is_unknown(told, work.directory):
        return None  # «صوت المطر», «قصيدة الماء ... 7»
    return bylines.writer(text) if told is None and phrase(above) in _INTRODUCERS else told


def _candidates(
    lines: list[str],
    matches: tuple[RuleMatch | None, ...],
    metas: dict[int, Signature | tuple[TimeStamp, ...]],
    known: OutletDirectory,
    *,
    wrapped: bool,
) -> tuple[list[int], int]:
    """Return the lines that may be the headline, and the first paragraph's (-1: there is none)."""
    candidates: list[int] = []
    dated: list[int] = []
    for i, text in enumerate(lines):
        if not text or matches[i] is not None or i in metas:
            if i in metas and not candidates and _is_dated(metas[i], DATES.min_own_words):
                candidates.append(i)
            elif i in metas and _is_dated(metas[i], 1):
                dated.append(i)
            continue
        opening = selection.is_opening_paragraph(text) or _opens(lines, i, known, wrapped=wrapped)
        opening = opening or (not candidates and _is_gone_on_from(lines, i))
        if opening or (candidates and is_prose(text) and not is_question(text)):
            return candidates or dated[:1], i
        candidates.append(i)
    if len(candidates) == 1 and _is_report(lines[candidates[0]]):
        return [], candidates[0]
    return candidates, -1


def _is_dated(told: Signature | tuple[TimeStamp, ...], least: int) -> bool:
    """Tell whether a line with a day may be the headline: «أسعار الذهب الأحد 12 أكتوبر 2025»."""
    return not isinstance(told, Signature) and says_more(told, least)


def _is_report(text: str) -> bool:
    """Tell whether a line may be a whole report by itself: a sentence of some length."""
    return is_sentence(text) and len(words(text)) >= REPORT


def _is_gone_on_from(lines: list[str], i: int) -> bool:
    """Tell whether line `i` is a sentence from which the next goes on («وقال…»): no headline."""
    below = next((text for text in lines[i + 1 :] if text), "")
    return _is_report(lines[i]) and is_continuation(below)


def _opens(lines: list[str], i: int, known: OutletDirectory, *, wrapped: bool) -> bool:
    """Tell whether line `i` opens the article with a dateline, short as it may be.

    It does not when it is a site's name and the headline, which stands by itself near by; nor when
    a country's name and a colon («العراق: …») head a line too short for a paragraph.
    """
    text = lines[i]
    told = datelines.dateline(text, known) if len(words(text)) >= 8 else None
    if told is None:
        return False
    folded = phrase(text)
    near = (*lines[max(0, i - 6) : i], *lines[i + 1 : i + 12])
    if any(len(words(t)) >= 4 and phrase(t) in folded for t in near):
        return False
    bare = not (told.outlet or told.mention) and text[: told.end].rstrip().endswith(":")
    return wrapped or is_prose(text) or not bare


def _take_metas(
    work: ImportState,
    metas: dict[int, Signature | tuple[TimeStamp, ...]],
    found: selection.Headline | None,
    lead: int,
    matches: tuple[RuleMatch | None, ...],
) -> ImportState:
    lines = [line.text for line in work.page.lines]
    at = found.at if found else -1
    last = lead if lead >= 0 else len(lines)
    signed: list[Signature] = []
    stamped: dict[int, tuple[TimeStamp, ...]] = {}
    for i, told in sorted(metas.items()):
        if i > last:
            continue
        if not isinstance(told, Signature):
            stamped[i] = told
            own = (stamp for stamp in told if stamp.role != "event")
            signed += [s for stamp in own if (s := _beside_stamp(stamp.rest, work.directory))]
        elif at - i <= FAR:
            signed.append(told)
    if found and not stamped:
        stamped |= _behind(lines[: max(0, last)], found.title)
    names = [n for s in signed for n in (s.outlet, *s.agencies)]
    named = [f for n in names if (f := found_name(n, "byline", work.directory))]
    if found and found.site:
        named.append(
            found_name(found.site, "title", work.directory) or NameFound(found.site, "title")
        )
    authors = dict.fromkeys(name for s in signed for name in s.authors)
    writer = bylines.WRITES.match(found.title) if found else None
    page = msgspec.structs.replace(
        work.page,
        authors=(writer["name"],) if writer else tuple(authors),
        dateline=next((s.place for s in signed if s.place), ""),
        section=(found.category if found else "") or work.page.section,
    )
    own_stamps = publication_stamp.publication_stamps(lines, matches, stamped, at)
    return replace(work, page=page, named=(*named, *work.named), stamps=own_stamps or work.stamps)


def _behind(lines: Sequence[str], title: str) -> dict[int, tuple[TimeStamp, ...]]:
    """Return the day that a page puts behind its headline: «العنوان - مجتمع - 12/3/2019»."""
    named = {i: text for i, text in enumerate(lines) if repair.contains_headline(text, title)}
    tails = {i: stamps(text.partition(title)[2]) for i, text in named.items()}
    return {i: tail for i, tail in tails.items() if tail}


def _beside_stamp(rest: str, known: OutletDirectory) -> Signature | None:
    """Return who is named on the line of a time stamp: «قانون اليوم | 2024/04/18»."""
    rest = _MAIL_BUTTON.sub("", rest).strip(" |")
    if not rest:
        return None
    linked = re.fullmatch(r"[^\W\d]+(?:-[^\W\d]+)+", rest)
    if linked and not any(map(known.named, rest.split("-"))):
        return None  # a section's name in an address: «المشرق-العربي»
    if (label := boilerplate_rule(rest)) and label.rule == "category":
        return None  # «وطنية», which is an agency too
    told = bylines.signature(rest.replace(" | ", " – "), known)
    if told is not None:
        return told
    parts = [part for part in rest.split(" | ") if boilerplate_rule(part) is None]
    short = len(parts) == 1 and 1 <= len(words(parts[0])) <= 4
    if short and not re.search(r"\d", parts[0]) and words(parts[0])[0] not in SECTION_WORDS:
        return Signature(outlet=parts[0])
    return None


def _cut_head(
    work: ImportState,
    matches: tuple[RuleMatch | None, ...],
    metas: dict[int, Signature | tuple[TimeStamp, ...]],
    found: selection.Headline | None,
    lead: int,
) -> ImportState:
    lines = work.page.lines
    doomed: dict[int, str] = {}
    at = found.at if found else -1
    # Where paragraphs are broken into lines, a short line may be a piece of one.
    wrapped = repair.is_wrapped([line for line in lines[at + 1 :] if not _is_label(line.text)])
    end = lead if lead >= 0 else _last_meta(lines, matches, metas, at) + 1
    below = range(at + 1, end) if found and at >= 0 and not work.alone else range(0)
    captions = _captions(lines, matches, metas, below)
    for i in range(end):
        text, match = lines[i].text, matches[i]
        if not text:
            continue
        if found and i > at and match is not None and match.effect == "list":
            end = i  # its headlines go with it, and only the sweep knows how many there are
            break
        if rule := _head_rule(text, match, metas.get(i), found, below=i - at):
            doomed[i] = rule
        elif i in captions:
            doomed[i] = captions[i]
        elif lead > i and _is_trifle(text) and not (wrapped or work.alone or is_greeting(text)):
            doomed[i] = "head-label"
    page = without_lines(work.page, doomed)
    kept = [m for i, m in enumerate(matches) if i not in doomed]
    start = sum(1 for i in range(max(0, end)) if i not in doomed)
    if found:
        decision = Decision("title", found.title, "text" if at >= 0 else work.fact("title")[1])
        page = msgspec.structs.replace(
            page,
            title=found.title,
            title_status=found.status,
            decisions=(*page.decisions, decision),
        )
    page = strip_boilerplate(page, kept, min(start, len(page.lines)), standalone=work.alone)
    return replace(work, page=page, head=start)


def _last_meta(
    lines: Sequence[Line],
    matches: tuple[RuleMatch | None, ...],
    metas: dict[int, Signature | tuple[TimeStamp, ...]],
    at: int,
) -> int:
    """Return the last line of the head where no line is a paragraph: a poem, a short notice.

    The head goes on as long as one of three lines tells who or when, or is furniture.
    """
    last = at
    full = [i for i in range(at + 1, len(lines)) if lines[i].text]
    for n, i in enumerate(full):
        near = full[n : n + 3]
        if not any(j in metas or matches[j] is not None for j in near):
            break
        if i in metas or matches[i] is not None:
            last = i
    return last


def _is_trifle(text: str) -> bool:
    return not re.search(r"[^\W\d_]", text) or _is_label(text.rstrip(" :"))


def _is_label(text: str) -> bool:
    return 0 < len(words(text)) <= 3 and not text.endswith(CLOSING_MARKS)


def _captions(
    lines: Sequence[Line],
    matches: tuple[RuleMatch | None, ...],
    metas: dict[int, Signature | tuple[TimeStamp, ...]],
    below: range,
) -> dict[int, str]:
    """Return the pictures' captions `below` the headline: short lines among labels.

    What stands directly under the headline may be a standfirst, if it has words enough; so may
    several lines together.
    """
    told = [i for i in below if i in metas or matches[i] is not None]
    apart = set(told)
    rest = [i for i in below if lines[i].text and i not in apart]
    keywords = len(rest) >= LEAST_KEYWORDS and all(_is_label(lines[i].text) for i in rest)
    out: dict[int, str] = {}
    for i in rest:
        text = lines[i].text
        length = len(words(text))
        after = bool(told) and told[-1] < i and len(rest) == 1
        among = after or (bool(told) and told[0] < i < told[-1] and len(rest) < MOST_LINES)
        keyword = bool(told) and told[0] < i and keywords
        signed = i + 1 in metas or (i + 2 in metas and not lines[i + 1].text)
        if _CAPTION.fullmatch(text) and length <= LONGEST_CAPTION:
            out[i] = "photo-credit"
        elif keyword or (among and length <= LONGEST_LABEL and not is_prose(text)):
            out[i] = "head-label"
        elif signed and length <= NAME_OF_PICTURE and not text.endswith(CLOSING_MARKS):
            out[i] = "photo-credit"
    return out


def _head_rule(
    text: str,
    match: RuleMatch | None,
    meta: object,
    found: selection.Headline | None,
    *,
    below: int,
) -> str:
    """Return the rule by which a line of the head goes, "" when it stays.

    `below` counts lines from the headline, negative ones above it.
    """
    if found and (
        below == 0 or repair.same_letters(selection.without_ornaments(text), found.title)
    ):
        return "headline"
    if found and found.at >= 0 and below < 0:
        return _why(match, meta, "above-headline")
    if meta is not None or match is not None:
        return _why(match if meta is None else None, meta, "")
    again = found and repair.contains_headline(text, found.title) and not is_sentence(text)
    return "headline" if again else ""


def _why(match: RuleMatch | None, meta: object, other: str) -> str:
    if match is not None:
        return match.rule
    if meta is None:
        return other
    return "byline" if isinstance(meta, Signature) else "date-line"
