"""The foot of a page: the writer's name, the day and the outlet below the last paragraph."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from warraq.intake.credit import bylines, datelines, name_kinds
from warraq.intake.credit.name_kinds import found_name
from warraq.intake.credit.names import NameFound, Signature
from warraq.intake.credit.thresholds import CREDIT
from warraq.intake.dates.mention import TimeStamp
from warraq.intake.dates.time_stamps import stamps
from warraq.intake.lines.boilerplate import boilerplate_rule
from warraq.intake.lines.line_features import SENTENCE_ENDS, is_closing, is_headline_like, is_prose
from warraq.intake.lines.points import points
from warraq.intake.state import ImportState, replace, without_lines
from warraq.intake.text.folding import phrase, words

_OFFICE = re.compile(r"^(?:تحرير|إعداد|كتابة|ترجمة)\s+")  # «تحرير سمر نجم» (edited by Samar Najm)
_ITEM = re.compile(r"(?:[-*+]|\d+[.)])\s")  # a list item as Markdown


class _FootLine(NamedTuple):
    """What a line of the foot comes to: the lines to remove (index → rule), and what they say."""

    removed: Mapping[int, str]
    stamps: tuple[TimeStamp, ...] = ()
    named: tuple[NameFound, ...] = ()
    authors: tuple[str, ...] = ()


def foot(state: ImportState) -> ImportState:
    """Remove time stamps and signatures below the last paragraph, from the last line upwards."""
    lines = state.page.lines
    full = [i for i, line in enumerate(lines) if line.text]
    listed = max(points([line.text for line in lines]), default=0)  # the foot is below a list
    others = {i: rule for i, rule in _other_articles(state, full).items() if i > listed}
    removed = _repeated_title(state, full) | others
    stamped: tuple[TimeStamp, ...] = ()
    named: tuple[NameFound, ...] = ()
    authors: tuple[str, ...] = ()
    for i in reversed(full[1:]):
        if i <= listed:
            break
        if i in removed:
            continue
        found = _foot_line(state, full, i, is_below=bool(removed))
        if found is None:
            break
        removed.update(found.removed)
        stamped = found.stamps + stamped
        named += found.named
        authors = found.authors or authors
    return replace(
        state,
        page=without_lines(state.page, removed, authors=state.page.authors or authors),
        stamps=state.stamps or stamped,
        named=state.named + named,
    )


def _repeated_title(state: ImportState, full: Sequence[int]) -> dict[int, str]:
    """Return the lines that repeat the headline, as over a picture."""
    title = phrase(state.page.title)
    if len(title.split()) < CREDIT.min_repeated_title_words:
        return {}
    return {i: "headline" for i in full if phrase(state.page.lines[i].text) == title}


def _foot_line(
    state: ImportState, full: Sequence[int], i: int, *, is_below: bool
) -> _FootLine | None:
    """Return what line `i` comes to, None where the text begins (`is_below`: lines below went)."""
    line = state.page.lines[i]
    text = line.text
    if found := stamps(text):
        return _time_stamp(state, full, i, found)
    if _ITEM.match(state.forms.get((line.first, text), "")):  # of a list: nobody signs in one
        return None
    if byline := _byline(state, text):
        name = found_name(byline.outlet, "byline", state.directory)
        return _FootLine({i: "byline"}, named=(name,) if name else ())
    if signers := _signers(state, full, i):
        return _FootLine({i: "byline"}, authors=signers)
    label = boilerplate_rule(text) if is_below else None
    return _FootLine({i: label.rule}) if label and label.rule == "category" else None


def _time_stamp(
    state: ImportState, full: Sequence[int], i: int, found: tuple[TimeStamp, ...]
) -> _FootLine | None:
    """Return what a line of time stamps comes to, None for one of the text's own days."""
    rests = [stamp.rest.removesuffix(" في") for stamp in found if words(stamp.rest)]
    names = [found_name(rest, "byline", state.directory) for rest in rests]
    papers = tuple(name for name in names if name and name.outlet)
    is_explained = len(papers) + sum(map(name_kinds.is_place, rests)) >= len(rests)
    is_labelled = any(stamp.role for stamp in found)
    if not (is_explained or is_labelled) or any(stamp.role == "event" for stamp in found):
        return None
    if not (is_labelled or rests) and _heads_another(state, full, i):
        return _FootLine(dict.fromkeys((i, full[full.index(i) - 1]), "below-furniture"))
    return _FootLine({i: "date-line"}, stamps=found, named=papers)


def _byline(state: ImportState, text: str) -> Signature | None:
    """Return the signature of a line that names an outlet; below a bare text only a listed one."""
    if len(words(text)) > CREDIT.max_foot_byline_words:
        return None
    signature = bylines.signature(text, state.directory)
    if not signature or not (signature.outlet or signature.agencies):
        return None
    is_known = not state.alone or state.directory.named(signature.outlet)
    return signature if is_known else None


def _heads_another(state: ImportState, full: Sequence[int], i: int) -> bool:
    """Whether the line above the day at `i` is the headline of another article.

    It follows the end of a paragraph, or the name of that article's writer below one.
    """
    at = full.index(i)
    above, before = (state.page.lines[full[at - back]].text for back in (1, 2))
    if name_kinds.introduces(before) and at >= CREDIT.min_page_lines - 1:
        before = state.page.lines[full[at - 3]].text
    if at < CREDIT.min_page_lines - 1 or not before.endswith(SENTENCE_ENDS):
        return False
    if bylines.signature(above, state.directory) or boilerplate_rule(above) or stamps(above):
        return False
    return len(words(above)) > CREDIT.max_foot_label_words and not is_prose(above)


def _signers(state: ImportState, full: Sequence[int], i: int) -> tuple[str, ...]:
    """Return the writer or editor that line `i`, the last one, names; () for nobody."""
    if editor := _editor(state, full, i):
        return editor
    name = _OFFICE.sub("", state.page.lines[i].text.strip(" -–"))
    return (name,) if _is_signature(state, full, i) else ()


def _editor(state: ImportState, full: Sequence[int], i: int) -> tuple[str, ...]:
    """Return the names in the last line behind what introduces them («تحرير: …», edited by)."""
    text = state.page.lines[i].text
    above = state.page.lines[full[full.index(i) - 1]].text
    if i != full[-1] or is_closing(text) or not above.endswith(SENTENCE_ENDS):
        return ()
    signature = bylines.signature(text, state.directory) if name_kinds.introduces(text) else None
    return signature.authors if signature else ()


def _is_signature(state: ImportState, full: Sequence[int], i: int) -> bool:
    """Whether line `i`, the last one, is the writer's name below paragraphs that end in a stop."""
    lines = state.page.lines
    name = lines[i].text.strip(" -–")
    if i != full[-1] or len(words(name)) > CREDIT.max_signature_words or is_closing(name):
        return False
    is_person = name_kinds.is_person(name)
    if not is_person and not _may_be_name(name):
        return False
    above = [lines[j].text for j in full if j < i]
    # Someone known to be a person may sign a single paragraph under a headline.
    least = 1 if is_person and state.page.title and not state.alone else 2
    if len(above) < least or not all(is_prose(t) and t.endswith(SENTENCE_ENDS) for t in above[-2:]):
        return False
    said = {word for text in above for word in words(text)}
    return not said.issuperset(words(name))  # else it is a row of tags


def _may_be_name(text: str) -> bool:
    """Whether `text` is two or three plain words, the first without the article."""
    listed = words(text)
    plain = len(listed) in {2, 3} and not re.search(r"[^\w ]|\d", text)
    return plain and listed[0][:2] not in {"ال", "لل"}


def _other_articles(state: ImportState, full: Sequence[int]) -> dict[int, str]:
    """Return the lines of other articles at the foot: headlines, and a report shorter than this."""
    counts = {i: len(state.page.lines[i].text.split()) for i in full}
    report = _next_report(state, full)
    is_shorter = 2 * sum(counts[i] for i in report) <= sum(counts.values())
    return _headlines_below_outlet(state, full) | (report if is_shorter else {})


def _next_report(state: ImportState, full: Sequence[int]) -> dict[int, str]:
    """Return another report that the page goes on with: cut off, and opened by the outlet's name.

    The article itself was opened like that («مرآة الشرق - بغداد», outlet – Baghdad), or its head
    named the outlet.
    """
    lines = state.page.lines
    if first := _signed_report(state, full):
        return {i: "below-furniture" for i in full if i >= first}
    own = {found.outlet.key for found in state.named if found.outlet}
    at = next((i for i in reversed(full[2:]) if is_prose(lines[i].text)), -1)
    if at < 0 or not own or lines[at].text.endswith(SENTENCE_ENDS):
        return {}
    opening = datelines.dateline(lines[at].text, state.directory)
    outlet = state.directory.named(opening.outlet) if opening else None
    if outlet is None or outlet.key not in own:
        return {}
    above = full[full.index(at) - 1]
    first = above if is_headline_like(lines[above].text) else at
    label = full[full.index(first) - 1]
    if (match := boilerplate_rule(lines[label].text)) and match.effect == "list":
        first = label
    return {i: "below-furniture" for i in full if i >= first}


def _signed_report(state: ImportState, full: Sequence[int]) -> int:
    """Return the line that signs a report cut off at the end of the page, 0 if there is none."""
    lines = state.page.lines
    if len(full) < CREDIT.min_page_lines or lines[full[-1]].text.endswith(SENTENCE_ENDS):
        return 0
    last, heading, end = full[-1], full[-2], full[-3]
    if name_kinds.introduces(lines[last].text) and lines[end].text.endswith(SENTENCE_ENDS):
        # «كتب: ناصر الجمل افتتح…» (by Nasser al-Gamal: … opened)
        return heading if is_headline_like(lines[heading].text) else 0
    for above, i in zip(full[-4:-2], full[-3:-1], strict=False):
        if _is_outlet_line(state, lines[i].text) and _ends_paragraph(lines[above].text):
            return i
    return 0


def _is_outlet_line(state: ImportState, text: str) -> bool:
    """Whether a line signs for an outlet alone, or for agencies («وكالات»)."""
    if name_kinds.is_generic_credit(text):
        return True
    signature = bylines.signature(text, state.directory)
    return bool(signature and signature.outlet and not signature.authors)


def _ends_paragraph(text: str) -> bool:
    return is_prose(text) and text.endswith(SENTENCE_ENDS)


def _headlines_below_outlet(state: ImportState, full: Sequence[int]) -> dict[int, str]:
    """Return the headlines below a line that is the outlet's name and ends the article."""
    lines = state.page.lines
    below: dict[int, str] = {}
    for i in reversed(full[2:]):
        text, above = lines[i].text, lines[full[full.index(i) - 1]].text
        if below and state.directory.named(text) and above.endswith(SENTENCE_ENDS):
            return below
        if is_prose(text) or not is_headline_like(text):
            break
        below[i] = "below-furniture"
    return {}
