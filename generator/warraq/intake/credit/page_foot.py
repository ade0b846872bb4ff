"""The foot of a page: the writer's name, the day and the outlet below the last paragraph."""

import re
from collections.abc import Sequence

from warraq.intake.credit import bylines, datelines, name_kinds
from warraq.intake.credit.name_kinds import found_name
from warraq.intake.credit.names import NameFound
from warraq.intake.dates.mention import TimeStamp
from warraq.intake.dates.time_stamps import stamps
from warraq.intake.lines.boilerplate import boilerplate_rule
from warraq.intake.lines.line_features import SENTENCE_ENDS, is_closing, is_headline_like, is_prose
from warraq.intake.state import ImportState, replace, without_lines
from warraq.intake.text.folding import phrase, words

LABEL = 3  # words that may stand above a day without being a headline
LEAST_LINES = 4  # of a page at whose end another report may begin
TOLD_AGAIN = 5  # words of a headline from which a line like it is no subheading

_OFFICE = re.compile(r"^(?:تحرير|إعداد|كتابة|ترجمة)\s+")  # «تحرير سمر نجم»


def foot(work: ImportState) -> ImportState:
    """Take out time stamps and signatures that stand below the last paragraph."""
    lines = work.page.lines
    full = [i for i, line in enumerate(lines) if line.text]
    doomed: dict[int, str] = {}
    told_days: list[TimeStamp] = []
    title = phrase(work.page.title)
    if len(title.split()) >= TOLD_AGAIN:  # it stands once more over a picture
        doomed.update({i: "headline" for i in full if phrase(lines[i].text) == title})
    named: list[NameFound] = []
    authors: tuple[str, ...] = ()
    doomed.update(_others(work, full))
    for i in reversed(full[1:]):
        text = lines[i].text
        if i in doomed:
            continue
        if found := stamps(text):
            rests = [s.rest.removesuffix(" في") for s in found if words(s.rest)]
            papers = [
                o for r in rests if (o := found_name(r, "byline", work.directory)) and o.outlet
            ]
            explained = len(papers) + sum(map(name_kinds.is_place, rests)) >= len(rests)
            labelled = any(s.role for s in found)
            if not (explained or labelled) or any(s.role == "event" for s in found):
                break
            if not (labelled or rests) and _heads_another(work, full, i):
                doomed.update(dict.fromkeys((i, full[full.index(i) - 1]), "below-furniture"))
                continue
            named += papers
            doomed[i] = "date-line"
            told_days = [*found, *told_days]
        elif (
            len(words(text)) <= 5
            and (told := bylines.signature(text, work.directory))
            and (told.outlet or told.agencies)
            and (not work.alone or work.directory.named(told.outlet))
        ):
            doomed[i] = "byline"
            named += [f for n in (told.outlet,) if (f := found_name(n, "byline", work.directory))]
        elif signers := _signers(work, full, i):
            doomed[i] = "byline"
            authors = signers
        elif doomed and (label := boilerplate_rule(text)) and label.rule == "category":
            doomed[i] = label.rule
        else:
            break
    return replace(
        work,
        page=without_lines(work.page, doomed, authors=work.page.authors or authors),
        stamps=work.stamps or tuple(told_days),
        named=work.named + tuple(named),
    )


def _heads_another(work: ImportState, full: Sequence[int], i: int) -> bool:
    """Tell whether the line above the day at `i` is the headline of another article.

    It follows the end of a paragraph, or the name of that article's writer below one.
    """
    at = full.index(i)
    above, before = (work.page.lines[full[at - back]].text for back in (1, 2))
    if name_kinds.introduces(before) and at >= LEAST_LINES - 1:
        before = work.page.lines[full[at - 3]].text
    if at < LEAST_LINES - 1 or not before.endswith(SENTENCE_ENDS):
        return False
    told = bylines.signature(above, work.directory) or boilerplate_rule(above) or stamps(above)
    return not told and len(words(above)) > LABEL and not is_prose(above)


def _signers(work: ImportState, full: Sequence[int], i: int) -> tuple[str, ...]:
    """Return whom line `i`, the last one, names as writer or editor, () for nobody."""
    if editor := _editor(work, full, i):
        return editor
    name = _OFFICE.sub("", work.page.lines[i].text.strip(" -–"))
    return (name,) if _signs(work, full, i) else ()


def _editor(work: ImportState, full: Sequence[int], i: int) -> tuple[str, ...]:
    """Return whom the last line names as writer or editor («تحرير: سمر نجم»), () for none."""
    text = work.page.lines[i].text
    above = work.page.lines[full[full.index(i) - 1]].text
    if (
        is_closing(text)
        or i != full[-1]
        or not name_kinds.introduces(text)
        or not above.endswith(SENTENCE_ENDS)
    ):
        return ()
    told = bylines.signature(text, work.directory)
    return told.authors if told else ()


def _signs(work: ImportState, full: Sequence[int], i: int) -> bool:
    """Tell whether line `i`, the last one, is the writer's name under paragraphs that stop."""
    lines = work.page.lines
    above = [lines[j].text for j in full if j < i][-2:]
    name = lines[i].text.strip(" -–")
    person = name_kinds.is_person(name)  # who may sign a single paragraph under a headline
    least = 1 if person and work.page.title and not work.alone else 2
    alone = i == full[-1] and len(above) >= least and len(words(name)) <= 4 and not is_closing(name)
    unknown = len(words(name)) in {2, 3} and not re.search(r"[^\w ]|\d", name)
    unknown = unknown and not {"ال", "لل"} & {word[:2] for word in words(name)[:1]}
    told = {word for j in full if j < i for word in words(lines[j].text)}
    return (
        alone
        and (person or unknown)
        and not told.issuperset(words(name))  # then it is a row of tags
        and all(is_prose(text) and text.endswith(SENTENCE_ENDS) for text in above)
    )


def _others(work: ImportState, full: Sequence[int]) -> dict[int, str]:
    """Return the lines of other articles at the foot: headlines, a report less than this one."""
    counts = {i: len(work.page.lines[i].text.split()) for i in full}
    report = _next_story(work, full)
    less = 2 * sum(counts[i] for i in report) <= sum(counts.values())
    return _elsewhere(work, full) | (report if less else {})


def _next_story(work: ImportState, full: Sequence[int]) -> dict[int, str]:
    """Return another report that the page goes on with: cut off, and opened by the outlet's name.

    The article itself was opened so («مرآة الشرق - بغداد»), or its head named the outlet.
    """
    lines = work.page.lines
    if signed := _signed_again(work, full):
        return {i: "below-furniture" for i in full if i >= signed}
    own = {found.outlet.key for found in work.named if found.outlet}
    at = next((i for i in reversed(full[2:]) if is_prose(lines[i].text)), -1)
    if at < 0 or not own or lines[at].text.endswith(SENTENCE_ENDS):
        return {}
    opening = datelines.dateline(lines[at].text, work.directory)
    outlet = work.directory.named(opening.outlet) if opening else None
    if outlet is None or outlet.key not in own:
        return {}
    above = full[full.index(at) - 1]
    first = above if is_headline_like(lines[above].text) else at
    label = full[full.index(first) - 1]
    if (match := boilerplate_rule(lines[label].text)) and match.effect == "list":
        first = label
    return {i: "below-furniture" for i in full if i >= first}


def _signed_again(work: ImportState, full: Sequence[int]) -> int:
    """Return the line that signs a report cut off at the end of the page, 0 when there is none."""
    lines = work.page.lines
    if len(full) < LEAST_LINES or lines[full[-1]].text.endswith(SENTENCE_ENDS):
        return 0
    last, heading, end = full[-1], full[-2], full[-3]
    if name_kinds.introduces(lines[last].text) and lines[end].text.endswith(SENTENCE_ENDS):
        return heading if is_headline_like(lines[heading].text) else 0  # «كتب: ناصر الجمل افتتح…»
    for above, i in zip(full[-4:-2], full[-3:-1], strict=False):
        text = lines[i].text
        told = bylines.signature(text, work.directory)
        signs = name_kinds.is_generic_credit(text) or bool(
            told and told.outlet and not told.authors
        )
        if signs and is_prose(lines[above].text) and lines[above].text.endswith(SENTENCE_ENDS):
            return i
    return 0


def _elsewhere(work: ImportState, full: Sequence[int]) -> dict[int, str]:
    """Return the headlines below a line that is the outlet's name and ends the article."""
    lines = work.page.lines
    below: dict[int, str] = {}
    for i in reversed(full[2:]):
        text = lines[i].text
        if (
            below
            and work.directory.named(text)
            and lines[full[full.index(i) - 1]].text.endswith(SENTENCE_ENDS)
        ):
            return below
        if is_prose(text) or not is_headline_like(text):
            break
        below[i] = "below-furniture"
    return {}
