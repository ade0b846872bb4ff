"""The head of a page: the headline, who wrote, when, and where the article begins below them."""

import re
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from warraq.intake.credit import bylines, datelines, name_kinds
from warraq.intake.credit.name_kinds import found_name
from warraq.intake.credit.names import NameFound, Signature
from warraq.intake.credit.outlet_inference import SECTION_WORDS
from warraq.intake.credit.outlets import OutletDirectory
from warraq.intake.dates import publication_stamp
from warraq.intake.dates.mention import TimeStamp
from warraq.intake.dates.thresholds import DATES
from warraq.intake.dates.time_stamps import says_more, stamps
from warraq.intake.headline import selection
from warraq.intake.headline.line_roles import (
    BylineRole,
    DateRole,
    LineRole,
    PageHead,
    roles_above,
    writer_below_headline,
)
from warraq.intake.headline.standfirst import roles_below_standfirst
from warraq.intake.headline.strip_head import strip_head
from warraq.intake.headline.thresholds import HEADLINE
from warraq.intake.lines.boilerplate import boilerplate_rule
from warraq.intake.lines.context_rules import classify_lines
from warraq.intake.lines.line_breaks import is_wrapped
from warraq.intake.lines.line_features import (
    is_continuation,
    is_prose,
    is_question,
    is_sentence,
)
from warraq.intake.lines.standalone import is_listed, is_page, is_record
from warraq.intake.state import RECORD_BASES, ImportState, replace
from warraq.intake.text.folding import contains_headline, phrase, same_letters, words

_MAIL_BUTTON = re.compile(r"[اأ]رسل بريدا? ?[اإ]لكترونيا?")  # «send by e-mail»


def read_page_head(state: ImportState) -> ImportState:
    """Find the headline and the first paragraph; take out all else above the body."""
    texts = [line.text for line in state.page.lines]
    bare = not is_page(state.raw, texts, state.directory)
    titled = is_record(state.raw)
    state = replace(state, alone=bare and (titled or is_listed(texts)))
    matches = classify_lines(
        state.page.lines, state.directory.own_lines, standalone=state.alone, titled=titled
    )
    roles = roles_above(state, texts, matches)
    for i in publication_stamp.schedule_days(texts, roles):
        del roles[i]
    wrapped = state.raw.kind != "html" and is_wrapped(state.page.lines)
    head = PageHead(texts, matches, roles, lead=-1)
    candidates, lead = _candidates(head, state.directory, wrapped=wrapped)
    head = head._replace(lead=lead)
    head = head._replace(headline=_headline(state, head, candidates, alone=bare))
    head = _with_roles_around_headline(state, head)
    return strip_head(_with_names_and_stamps(state, head), head)


def _candidates(
    head: PageHead, directory: OutletDirectory, *, wrapped: bool
) -> tuple[list[int], int]:
    """Return the lines that may be the headline, and the first paragraph's index, -1 for none.

    `wrapped`: the paragraphs are broken into lines.
    """
    candidates: list[int] = []
    dated: list[int] = []  # lines with a day that may be the headline if no other line can
    for i, text in enumerate(head.lines):
        if (
            i in head.roles
            and not candidates
            and _is_dated_headline(head.roles[i], DATES.min_own_words)
        ):
            candidates.append(i)
        elif i in head.roles and _is_dated_headline(head.roles[i], 1):
            dated.append(i)
        if not text or head.matches[i] is not None or i in head.roles:
            continue
        opening = selection.is_opening_paragraph(text)
        opening = opening or _opens_with_dateline(head.lines, i, directory, wrapped=wrapped)
        opening = opening or (not candidates and _is_continued(head.lines, i))
        if opening or (candidates and is_prose(text) and not is_question(text)):
            return candidates or dated[:1], i
        candidates.append(i)
    if len(candidates) == 1 and _is_report(head.lines[candidates[0]]):
        return [], candidates[0]
    return candidates, -1


def _is_dated_headline(role: LineRole, min_words: int) -> bool:
    """Whether a line with a day may be the headline: «أسعار الذهب الأحد 12 أكتوبر 2025».

    «Gold prices, Sunday 12 October 2025» has `min_words` of its own and more besides the day.
    """
    return isinstance(role, DateRole) and says_more(role.stamps, min_words)


def _is_report(text: str) -> bool:
    """Whether a line may be a whole report by itself: a sentence of some length."""
    return is_sentence(text) and len(words(text)) >= HEADLINE.min_report_words


def _is_continued(lines: Sequence[str], i: int) -> bool:
    """Whether line `i` is a sentence that the next one continues: «وقال…» (and he said)."""
    below = next((text for text in lines[i + 1 :] if text), "")
    return _is_report(lines[i]) and is_continuation(below)


def _opens_with_dateline(
    lines: Sequence[str], i: int, directory: OutletDirectory, *, wrapped: bool
) -> bool:
    """Whether line `i` opens the article with a dateline, short as it may be.

    It does not when it is a site's name and the headline, which comes by itself near by; nor when a
    country's name and a colon («العراق: …», Iraq: …) head a line too short for a paragraph.
    """
    text = lines[i]
    if len(words(text)) < HEADLINE.min_dateline_words:
        return False
    dateline = datelines.dateline(text, directory)
    if dateline is None or _repeats_a_neighbour(lines, i):
        return False
    colon = text[: dateline.end].rstrip().endswith(":")
    only_place = colon and not (dateline.outlet or dateline.mention)
    return wrapped or is_prose(text) or not only_place


def _repeats_a_neighbour(lines: Sequence[str], i: int) -> bool:
    """Whether all words of a line near line `i` are in it, as those of the headline are."""
    folded = phrase(lines[i])
    above = lines[max(0, i - HEADLINE.repeated_lines_before) : i]
    below = lines[i + 1 : i + 1 + HEADLINE.repeated_lines_after]
    return any(
        len(words(text)) >= HEADLINE.min_repeated_words and phrase(text) in folded
        for text in (*above, *below)
    )


def _headline(
    state: ImportState, head: PageHead, candidates: Sequence[int], *, alone: bool
) -> selection.Headline | None:
    """Return the headline, from a record's field, the page's data or the `candidates`."""
    found = _found_headline(state, head, candidates, alone=alone)
    return selection.without_section(found, state.directory.sections) if found else None


def _found_headline(
    state: ImportState, head: PageHead, candidates: Sequence[int], *, alone: bool
) -> selection.Headline | None:
    field, basis = state.fact("title")
    if basis in RECORD_BASES:
        # A line further down that says the same is the article's.
        again = sum(same_letters(line, field) for line in head.lines) > 1
        return selection.headline_from_field(head.lines, () if again else candidates[:1], field)
    known = field or _page_title(state)
    site = state.site.name if state.site else ""
    cuts = [i for i, match in enumerate(head.matches) if match]
    if known:
        known = selection.without_site(known, site, state.directory)
    if known:
        return selection.headline_from_page_data(head.lines, candidates, known, state.directory)
    return selection.select_headline(
        selection.Candidates(head.lines, candidates, head.lead),
        menu_above=lambda at: sum(i < at for i in cuts) >= HEADLINE.min_menu_lines,
        directory=state.directory,
        alone=alone,
    )


def _page_title(state: ImportState) -> str:
    """Return what the page calls itself, "" when that is only its outlet's name."""
    title = state.fact("page-title")[0]
    named = (_names_a_site(part, state.directory) for part in selection.title_parts(title))
    short = len(words(title)) <= HEADLINE.max_site_title_words
    home = phrase(title).endswith("الرييسيه")  # «… - الصفحة الرئيسية» (home page)
    return "" if home or (short and all(named)) else title


def _names_a_site(part: str, directory: OutletDirectory) -> bool:
    """Whether part of a page's title is an outlet or a place: «أخبار اليوم - اليمن»."""
    outlet = directory.named(part) or not name_kinds.OUTLET_WORDS.isdisjoint(words(part))
    return bool(outlet or name_kinds.is_place(part))


def _with_roles_around_headline(state: ImportState, head: PageHead) -> PageHead:
    """Return `head` with the roles that depend on where the headline is."""
    own_days = _days_of_headline(head)
    roles = {i: role for i, role in head.roles.items() if i not in own_days}
    head = head._replace(roles=roles)
    if head.at < 0:
        return head
    head = head._replace(roles=roles | writer_below_headline(head))
    if head.lead < 0:
        return head
    below, lead = roles_below_standfirst(head, state.directory)
    return head._replace(roles={**head.roles, **below}, lead=lead)


def _days_of_headline(head: PageHead) -> set[int]:
    """Return the lines whose day the headline holds: its own, and where it is repeated."""
    if head.headline is None:
        return set()
    title = head.headline.title
    dated = {i: role.stamps for i, role in head.roles.items() if isinstance(role, DateRole)}
    repeated = {
        i
        for i, found in dated.items()
        if found
        and all(stamp.mention.text in title for stamp in found)
        and contains_headline(head.lines[i], title)
    }
    return repeated | {head.at}


def _with_names_and_stamps(state: ImportState, head: PageHead) -> ImportState:
    """Return `state` with what the head says: writers, outlets, place, section, days."""
    end = head.lead if head.lead >= 0 else len(head.lines)
    roles = {i: head.roles[i] for i in sorted(head.roles) if i <= end}
    signed = list(_signatures(roles, head.at, state.directory))
    stamped = {i: role.stamps for i, role in roles.items() if isinstance(role, DateRole)}
    if head.headline and not stamped:
        stamped = _stamps_behind(head.lines[:end], head.headline.title)
    writer = bylines.WRITES.match(head.headline.title) if head.headline else None
    authors = dict.fromkeys(name for s in signed for name in s.authors)
    page = msgspec.structs.replace(
        state.page,
        authors=(writer["name"],) if writer else tuple(authors),
        dateline=next((s.place for s in signed if s.place), ""),
        section=(head.headline.category if head.headline else "") or state.page.section,
    )
    own = publication_stamp.publication_stamps(head.lines, head.matches, stamped, head.at)
    named = (*_names(signed, head.headline, state.directory), *state.named)
    return replace(state, page=page, named=named, stamps=own or state.stamps)


def _signatures(
    roles: Mapping[int, LineRole], at: int, directory: OutletDirectory
) -> Iterator[Signature]:
    """Yield the names on the lines; lines far above the headline at `at` belong to the menu."""
    for i, role in roles.items():
        if isinstance(role, BylineRole):
            if at - i <= HEADLINE.max_masthead_lines:
                yield role.signature
            continue
        for stamp in role.stamps:
            if stamp.role != "event" and (signed := _signature_of_rest(stamp.rest, directory)):
                yield signed


def _names(
    signed: Sequence[Signature], headline: selection.Headline | None, directory: OutletDirectory
) -> Iterator[NameFound]:
    """Yield the outlets and agencies of the bylines, then the site's name in the headline."""
    for one in signed:
        for name in (one.outlet, *one.agencies):
            if found := found_name(name, "byline", directory):
                yield found
    if headline and headline.site:
        site = headline.site
        yield found_name(site, "title", directory) or NameFound(site, "title")


def _stamps_behind(lines: Sequence[str], title: str) -> dict[int, tuple[TimeStamp, ...]]:
    """Return the day that a page puts behind its headline: «العنوان - مجتمع - 12/3/2019».

    That is «the headline - society - 12/3/2019».
    """
    repeated = {i: text for i, text in enumerate(lines) if contains_headline(text, title)}
    behind = {i: stamps(text.partition(title)[2]) for i, text in repeated.items()}
    return {i: found for i, found in behind.items() if found}


def _signature_of_rest(rest: str, directory: OutletDirectory) -> Signature | None:
    """Return the names in the `rest` of a time stamp's line: «قانون اليوم | 2024/04/18»."""
    rest = _MAIL_BUTTON.sub("", rest).strip(" |")
    if not rest:
        return None
    linked = re.fullmatch(r"[^\W\d]+(?:-[^\W\d]+)+", rest)
    if linked and not any(map(directory.named, rest.split("-"))):
        return None  # a section's name in an address: «المشرق-العربي» (the Arab East)
    if (label := boilerplate_rule(rest)) and label.rule == "category":
        return None  # «وطنية» (national), which is an agency's name too
    signed = bylines.signature(rest.replace(" | ", " – "), directory)
    return signed or _unlisted_outlet(rest)


def _unlisted_outlet(rest: str) -> Signature | None:
    """Return the one short name in `rest` that is no boilerplate, as an outlet's."""
    parts = [part for part in rest.split(" | ") if boilerplate_rule(part) is None]
    if len(parts) != 1 or re.search(r"\d", parts[0]):
        return None
    listed = words(parts[0])
    short = 1 <= len(listed) <= HEADLINE.max_stamp_name_words
    return Signature(outlet=parts[0]) if short and listed[0] not in SECTION_WORDS else None
