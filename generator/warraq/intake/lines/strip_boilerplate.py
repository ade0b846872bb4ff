"""Furniture taken out of a body: single lines, lists of related headlines, all that stands below.

In doubt a line stays: a body that loses words is worse than one line of furniture kept.
"""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from warraq.intake.credit.name_kinds import is_person
from warraq.intake.dates.time_stamps import stamps
from warraq.intake.lines.boilerplate import RuleMatch
from warraq.intake.lines.line_features import (
    CLOSING_MARKS,
    PROSE_WORDS,
    SENTENCE_ENDS,
    is_closing,
    is_continuation,
    is_headline_like,
    is_issuer,
    is_prose,
    is_sentence,
)
from warraq.intake.lines.reader_requests import asks_readers, is_writers_trade
from warraq.intake.state import Line, SeedPage, without_lines
from warraq.intake.text.folding import PARTICLES, stem, words

SUBHEADING = 3  # words of the line between others' headlines and the text that is its subheading
MOST_HEADLINES = 12  # in one related list in the middle of a body
_STRUCTURE = re.compile(r"(?:#{2,4}|[->]) ")
_LISTED = re.compile(r"\w ?: ?\w|\d$")
_OF_BODY = (is_prose, is_sentence, is_continuation, is_closing)
_CLOSING = frozenset(("credit-line", "disclaimer"))
# A line at the foot that speaks of the article as a thing: what it is, and what is done with it.
_PIECE = words(
    "مقال مقالة خبر مادة تقرير موقع صفحة صحيفة جريدة مجلة عدد نسخة صحافة محرر قارئ قراء قرائنا"
)
_DONE = words(
    "نشر نشرت ينشر ورقية إلكترونية كود رقم أرشيف قراءة قرأت كلمات مرات أبلغ أبلغنا خطأ حقوق محفوظة "
    "تصفح انضم ادعم ادعموا تبرع شريك شريكا مستقلة قيم احفظ اكتب راسل راسلوا مراسلة متاح متاحة لغة "
    "طباعة ملف قسم فريق كامل كاملا تحميل حمل اشترك صيغة pdf مجاني مدفوع اعلان راع برعاية"
)
MOST_SPOKEN = 14  # words of such a line
LEAST_UNLABELLED = 3  # headlines at the foot that need no label to be other articles
LEAST_BODY = 20  # words above a comment form for it to end the body


def strip_boilerplate(
    page: SeedPage, matches: Sequence[RuleMatch | None], start: int, *, alone: bool = False
) -> SeedPage:
    """Return `page` without the furniture from line `start` on.

    Below the last paragraph of a text that stands `alone` stand lines of its own.
    """
    doomed: dict[int, str] = {}
    spaced = _is_spaced(page.lines)
    above = 0
    ended = False  # do tags or the source's name stand since the last words kept?
    credited = {r.first for r in page.removed if r.rule in _CLOSING}
    last = max(credited, default=0)
    i = start
    while i < len(page.lines):
        match, text = matches[i], page.lines[i].text
        if i in doomed or not text:
            i += 1
            continue
        if pair := _teaser(page.lines, matches, i, alone=alone):
            doomed.update(dict.fromkeys(pair, "teaser"))
            i = pair[-1] + 1
            continue
        if (
            last
            and _is_label_below(page.lines, i, {last})
            and _ends_body(page.lines, matches, i, above)
        ):
            doomed |= _from(matches, i, "below-furniture")
            break
        if match is None or match.effect == "head" or _is_section(page.lines, matches, i, above):
            above += len(text.split())
            ended = False
            i += 1
            continue
        doomed[i] = match.rule
        if match.rule == "photo-credit" and i - 1 not in doomed and i > start:
            doomed.update(dict.fromkeys(_caption(page.lines, matches, i), match.rule))
        ended = ended or _is_credited(page.lines, i, credited)
        ends = match.effect == "tail" or (match.effect == "list" and match.alone and ended)
        ended = ended or match.effect == "tags"
        if ends and _ends_body(page.lines, matches, i, above):
            doomed |= _from(matches, i, match.rule)
            break
        if match.effect == "list" and match.alone:
            doomed.update(dict.fromkeys(_headlines(page.lines, matches, i, spaced), match.rule))
        if match.effect == "tags" and match.alone:
            doomed.update(dict.fromkeys(_labels(page.lines, matches, i), match.rule))
        i += 1
    doomed.update(_asked(page, doomed, start) if alone else _below(page, doomed, start))
    return without_lines(page, doomed)


def _from(matches: Sequence[RuleMatch | None], i: int, rule: str) -> dict[int, str]:
    """Return line `i` and all below with the rule each answers to, `rule` where that is none."""
    return {j: own.rule if (own := matches[j]) else rule for j in range(i, len(matches))}


def _is_credited(lines: Sequence[Line], i: int, credited: Collection[int]) -> bool:
    """Tell whether a line that named the source stood between line `i` and what is left above."""
    above = next((lines[j].last for j in range(i - 1, -1, -1) if lines[j].text), 0)
    return any(number in credited for number in range(above + 1, lines[i].first))


def _is_label_below(lines: Sequence[Line], i: int, credited: Collection[int]) -> bool:
    """Tell whether line `i`, short and without an end, stands under the line that names the source.

    The article is over there: what follows are other stories under a label of any wording.
    """
    text = lines[i].text
    short = is_headline_like(text) and not text.endswith(SENTENCE_ENDS) and not is_prose(text)
    return short and _is_credited(lines, i, credited)


def _is_section(
    lines: Sequence[Line], matches: Sequence[RuleMatch | None], i: int, above: int
) -> bool:
    """Tell whether «الأكثر مشاركة» at `i` heads a part of the article, whose text goes on below."""
    match = matches[i]
    labelled = match is not None and match.rule == "most-read" and match.alone
    if not labelled or not above or " " not in lines[i].text.strip():  # «عاجل»
        return False
    below = (j for j in range(i + 1, len(lines)) if lines[j].text)
    j = next(
        (
            j for j in below
            if matches[j] or stamps(lines[j].text) or not is_headline_like(lines[j].text)
        ), -1,
    )  # fmt: skip
    return j >= 0 and matches[j] is None and is_prose(lines[j].text)


def _caption(lines: Sequence[Line], matches: Sequence[RuleMatch | None], i: int) -> list[int]:
    """Return the line above the picture's credit at `i` when it may be its caption."""
    text = lines[i - 1].text
    plain = (
        matches[i - 1] is None and 4 <= len(text.split()) <= 14 and not text.endswith(CLOSING_MARKS)
    )
    return [i - 1] if plain else []


def _teaser(
    lines: Sequence[Line], matches: Sequence[RuleMatch | None], i: int, *, alone: bool
) -> list[int]:
    """Return `i` and the next line when they are a section's name and a headline from there.

    They stand between two paragraphs; a section's name by itself may be a subheading.
    """
    match = matches[i]
    if alone or match is None or match.effect != "head":
        return []
    full = [j for j in range(max(0, i - 2), min(len(lines), i + 7)) if lines[j].text]
    at = full.index(i)
    if not 1 <= at <= len(full) - 3:
        return []
    before, head, after = (lines[full[at + n]].text for n in (-1, 1, 2))
    teased = is_headline_like(head) and len(head.split()) >= 3 and not head.endswith(CLOSING_MARKS)
    apart = before.rstrip(" *_").endswith(SENTENCE_ENDS) and is_prose(after)
    return [i, full[at + 1]] if teased and apart and matches[full[at + 1]] is None else []


def _cuts(match: RuleMatch | None) -> bool:
    return match is not None and match.effect != "head"


def _is_spaced(lines: Sequence[Line]) -> bool:
    """Tell whether an empty line stands between most lines, so that it parts nothing."""
    full = [i for i, line in enumerate(lines) if line.text]
    gaps = sum(1 for a, b in pairwise(full) if b - a > 1)
    return gaps > 0.6 * max(1, len(full) - 1)


def _ends_body(
    lines: Sequence[Line], matches: Sequence[RuleMatch | None], i: int, above: int
) -> bool:
    rest = sum(
        len(lines[j].text.split())
        for j in range(i + 1, len(lines))
        if not _cuts(matches[j]) and is_prose(lines[j].text)
    )
    return above >= LEAST_BODY and rest <= max(60, 1.5 * above)


def _headlines(
    lines: Sequence[Line], matches: Sequence[RuleMatch | None], i: int, spaced: bool
) -> list[int]:
    """Return the lines under the label at `i` that are headlines of other articles."""
    found: list[int] = []
    for j in range(i + 1, len(lines)):
        text = lines[j].text
        if not text:
            if found and not spaced:
                break
            continue
        if found and _is_small(matches[j]):
            continue  # «منذ 3 أيام» between two of them; it goes by its own rule
        if _STRUCTURE.match(text):
            break  # a heading in the markup
        if _cuts(matches[j]) or len(found) >= MOST_HEADLINES or not is_headline_like(text):
            break
        if found and is_prose(text) and len(text.split()) >= PROSE_WORDS and j + 1 < len(lines):
            break
        found.append(j)
    if len(found) >= 2 and _is_subheading(lines, matches, found[-1]):
        found.pop()
    return found


def _is_subheading(lines: Sequence[Line], matches: Sequence[RuleMatch | None], i: int) -> bool:
    """Tell whether the last line under a label is too short a headline and heads what goes on."""
    text = lines[i].text
    below = next((j for j in range(i + 1, len(lines)) if lines[j].text), i)
    prose = is_prose(lines[below].text) or is_sentence(lines[below].text)
    short = len(text.split()) <= SUBHEADING and not stamps(text)
    return short and prose and matches[below] is None


def _is_small(match: RuleMatch | None) -> bool:
    return match is not None and match.rule in {"clock", "counter", "photo-credit"}


def _labels(lines: Sequence[Line], matches: Sequence[RuleMatch | None], i: int) -> list[int]:
    found: list[int] = []
    for j in range(i + 1, len(lines)):
        text = lines[j].text
        if text and (_cuts(matches[j]) or len(text.split()) > 6 or text.endswith(SENTENCE_ENDS)):
            break
        if text:
            found.append(j)
    return found


def _teasers(page: SeedPage, kept: Sequence[int]) -> list[int]:
    """Return the lines at the foot that are other articles': a headline and words cut off by «…».

    The article above has come to its end, in more paragraphs than one.
    """
    texts = [page.lines[i].text for i in kept]
    n = len(kept)
    while n >= 5 and texts[n - 1].endswith(("...", "…")) and _is_heading(texts[n - 2]):
        n -= 2
    ended = 0 < n < len(kept) and is_prose(texts[n - 1]) and texts[n - 1].endswith(SENTENCE_ENDS)
    return list(kept[n:]) if ended else []


def _is_heading(text: str) -> bool:
    return is_headline_like(text) and 4 <= len(text.split()) <= 14


def _below(page: SeedPage, doomed: Mapping[int, str], start: int) -> dict[int, str]:
    """Return what lies below the last paragraph: labels, and anything under a furniture line."""
    lines = page.lines
    kept = [i for i in range(start, len(lines)) if lines[i].text and i not in doomed]
    teasers = dict.fromkeys(_teasers(page, kept), "teaser")
    kept = [i for i in kept if i not in teasers]
    last = next((i for i in reversed(kept) if _is_body(lines[i].text)), -1)
    if last < 0:
        return teasers
    after = [i for i in kept if i > last]
    cuts = [i for i in doomed if doomed[i] != "signature"]  # below an agency's letters its stamp
    cuts = [i for i in (*cuts, *teasers) if i > last and words(lines[i].text)]  # no bare «***»
    first_cut = min(cuts, default=len(lines))
    signs = after and (is_closing(lines[last].text) or is_issuer(lines[after[0]].text))
    if signs and after[0] < first_cut:
        after = after[1:]  # whoever issued the statement signs it
    below = teasers | {i: "below-furniture" for i in after if i > first_cut}
    told = {word for i in kept if i <= last for word in words(lines[i].text)}
    labels = [i for i in after if i < first_cut and not _for_foot(lines[i].text, told)]
    spoken = [i for i in labels if _of_page(lines[i].text)]
    below.update(dict.fromkeys(spoken, "below-furniture"))
    labels = [i for i in labels if i not in spoken]
    short = all(
        len(lines[i].text.split()) <= 3 and not lines[i].text.endswith(CLOSING_MARKS)
        for i in labels
    )
    shaped = _are_listed([lines[i].text for i in labels])
    if short and ((len(labels) >= 2 and not shaped) or first_cut < len(lines)):
        below.update(dict.fromkeys(labels, "label-below"))
    elif labels and _tags_run_together(page, kept, labels[-1], cut=first_cut < len(lines)):
        below[labels[-1]] = "label-below"
    elif (first_cut < len(lines) or _are_headlines(page, labels)) and _is_after(
        page, kept, last, labels
    ):
        below.update(dict.fromkeys(labels, "after-the-end"))
    return below


def _of_page(text: str) -> bool:
    """Tell whether a line below the last paragraph is its page's by what it says."""
    return _of_itself(text) or asks_readers(text) or is_writers_trade(text)


def _is_body(text: str) -> bool:
    return any(ask(text) for ask in _OF_BODY) and not asks_readers(text)


def _asked(page: SeedPage, doomed: Mapping[int, str], start: int) -> dict[int, str]:
    """Return the lines at the very end of a text by itself that ask its readers for something."""
    kept = [i for i in range(start, len(page.lines)) if page.lines[i].text and i not in doomed]
    ends = len(kept)
    while ends > 1 and asks_readers(page.lines[kept[ends - 1]].text):
        ends -= 1
    ended = is_prose(page.lines[kept[ends - 1]].text) if kept else False
    ended = ended and page.lines[kept[ends - 1]].text.endswith(SENTENCE_ENDS)
    return dict.fromkeys(kept[ends:], "below-furniture") if ended else {}


def _of_itself(text: str) -> bool:
    """Tell whether a line below the last paragraph speaks of the article as a thing of its page.

    >>> [_of_itself(line) for line in ("نُشر المقال في النسخة الورقية", "هكذا انتهى الخبر")]
    [True, False]
    """
    own = {form for word in words(text) for form in (word, stem(word))}
    short = len(text.split()) <= MOST_SPOKEN and not text.endswith(SENTENCE_ENDS[:1])
    return short and not own.isdisjoint(_PIECE) and not own.isdisjoint(_DONE)


def _are_listed(texts: Sequence[str]) -> bool:
    """Tell whether short lines below a text are a list: bullets, «سردين: 4000», all of one kind."""
    begun = Counter(words(text)[0] for text in texts if words(text))
    alike = len(begun) == 1 and len(texts) > 1
    return alike or any(_STRUCTURE.match(text) or _LISTED.search(text) for text in texts)


def _for_foot(text: str, told: Collection[str]) -> bool:
    """Tell whether a line below the last paragraph says when or by whom: the foot reads those.

    A name that the text has `told` is one of its tags.
    """
    return bool(stamps(text)) or (
        is_person(text.strip(" -–")) and not set(words(text)) <= set(told)
    )


def _is_after(page: SeedPage, kept: Sequence[int], last: int, labels: Sequence[int]) -> bool:
    """Tell whether the short lines `labels` stand below an account that has come to its end.

    Its paragraphs end in full stops, the last one too (a colon would open a list), and none of the
    lines does: a writer's office, headlines of other articles.
    """
    texts = [page.lines[i].text.rstrip(" *_") for i in kept if i <= last]
    prose = [text for text in texts if is_prose(text)]
    stopped = sum(text.endswith(SENTENCE_ENDS) for text in prose)
    if not texts[-1].endswith(SENTENCE_ENDS) or len(prose) < 2 or stopped < 0.8 * len(prose):
        return False
    if sum(not is_prose(text) for text in texts) > 0.5 * len(texts):
        return False  # a list, a poem
    below = [page.lines[i].text for i in labels]
    return all(is_headline_like(text) and len(text.split()) <= 14 for text in below) and not any(
        re.match(r"[-–•*\d]", text) for text in below
    )


def _are_headlines(page: SeedPage, labels: Sequence[int]) -> bool:
    """Tell whether lines are so many and so long that they can be no list: names, results."""
    texts = [page.lines[i].text for i in labels]
    counts = [len(text.split()) for text in texts]
    scored = any(re.search(r"\d\s?[-–:]\s?\d", text) for text in texts)
    long = len(counts) >= LEAST_UNLABELLED and min(counts) >= 5 and sum(counts) >= 6 * len(counts)
    return long and not scored


def _tags_run_together(page: SeedPage, kept: Sequence[int], i: int, *, cut: bool) -> bool:
    """Tell whether line `i` is nothing but words of headline and body without a mark.

    Where nothing below was `cut` the line must have no particle either: no sentence does without.
    """
    text = page.lines[i].text
    own = [stem(word) for word in words(text)]
    if len(own) > 8 or re.search(r"[^\w\s]", text):
        return False
    if not cut and (len(own) < 4 or PARTICLES & set(words(text)) or is_continuation(text)):
        return False
    above = {stem(word) for word in words(page.title)}
    above |= {stem(word) for j in kept if j != i for word in words(page.lines[j].text)}
    return sum(word in above for word in own) >= (0.75 if cut else 0.8) * len(own)
