"""Boilerplate taken out of a body: single lines, lists of headlines, everything below the end.

In doubt a line stays: a body that loses words is worse than one line of boilerplate kept.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise

from warraq.intake.credit.name_kinds import is_person
from warraq.intake.dates.time_stamps import stamps
from warraq.intake.lines.boilerplate import RuleMatch
from warraq.intake.lines.line_features import (
    CLOSING_MARKS,
    SENTENCE_ENDS,
    is_closing,
    is_continuation,
    is_headline_like,
    is_issuer,
    is_prose,
    is_sentence,
)
from warraq.intake.lines.points import points
from warraq.intake.lines.reader_requests import asks_readers, is_writers_trade
from warraq.intake.lines.thresholds import LINES
from warraq.intake.state import Line, SeedPage, without_lines
from warraq.intake.text.folding import PARTICLES, stem, words

_MARKUP = re.compile(r"(?:#{2,4}|[->]) ")
_LIST_ITEM = re.compile(r"\w ?: ?\w|\d$")  # «سردين: 4000» (sardines: 4000)
_SOURCE_RULES = frozenset(("credit-line", "disclaimer"))
_SMALL_RULES = frozenset(("clock", "counter", "photo-credit"))
# A line at the foot that speaks of the article as a thing has a word for the thing (article, news,
# report, site, page, newspaper, issue, copy, editor, reader) and one for what is done with it
# (published, printed, online, code, archive, read, words, times, error, rights, browse, join,
# support, donate, partner, keep, write, available, language, print, file, subscribe, free).
_ARTICLE_WORDS = words(
    "مقال مقالة خبر مادة تقرير موقع صفحة صحيفة جريدة مجلة عدد نسخة صحافة محرر قارئ قراء قرائنا"
)
_NOTICE_WORDS = words(
    "نشر نشرت ينشر ورقية إلكترونية كود رقم أرشيف قراءة قرأت كلمات مرات أبلغ أبلغنا خطأ حقوق محفوظة "
    "تصفح انضم ادعم ادعموا تبرع شريك شريكا مستقلة قيم احفظ اكتب راسل راسلوا مراسلة متاح متاحة لغة "
    "طباعة ملف قسم فريق كامل كاملا تحميل حمل اشترك صيغة pdf مجاني مدفوع اعلان راع برعاية"
)

_Matches = Sequence[RuleMatch | None]


def strip_boilerplate(
    page: SeedPage, matches: _Matches, start: int, *, standalone: bool = False
) -> SeedPage:
    """Return `page` without the boilerplate from line `start` on.

    `matches` holds the rule that matches each line. In a `standalone` text the lines below the last
    paragraph are its own, unless they ask the readers for something.
    """
    walk = _Walk(page, matches, start, standalone=standalone)
    walk.run()
    removed = walk.removed
    if standalone:
        removed.update(_requests_at_the_end(page, removed, start))
    else:
        listed = points([line.text for line in page.lines], matches)
        removed.update(_below_last_paragraph(page, removed, start, listed))
    return without_lines(page, removed)


class _Walk:
    """A walk down the lines that collects which go (`removed`: index → rule)."""

    def __init__(self, page: SeedPage, matches: _Matches, start: int, *, standalone: bool) -> None:
        self.lines = page.lines
        self.matches = matches
        self.start = start
        self.standalone = standalone
        self.removed: dict[int, str] = {}
        self.words_above = 0  # in the lines kept
        self.after_end = False  # tags or the source's name came since the last line kept
        self.source_lines = {r.first for r in page.removed if r.rule in _SOURCE_RULES}
        self.last_source = max(self.source_lines, default=0)
        self.spaced = _is_spaced(page.lines)

    def run(self) -> None:
        i = self.start
        while i < len(self.lines):
            i = self._next(i)

    def _next(self, i: int) -> int:
        """Decide about line `i`; return the index of the next line to decide about."""
        match, text = self.matches[i], self.lines[i].text
        if i in self.removed or not text:
            return i + 1
        if pair := _section_teaser(self.lines, self.matches, i, standalone=self.standalone):
            self.removed.update(dict.fromkeys(pair, "teaser"))
            return pair[-1] + 1
        if self._is_label_below_source(i) and self._ends_body(i):
            return self._remove_rest(i, "below-furniture")
        if match is None or match.effect == "head" or self._heads_a_part(i):
            self.words_above += len(text.split())
            self.after_end = False
            return i + 1
        return self._remove(i, match)

    def _remove(self, i: int, match: RuleMatch) -> int:
        """Take out line `i` and what goes with it; return the index of the next line."""
        self.removed[i] = match.rule
        if match.rule == "photo-credit" and i > self.start and i - 1 not in self.removed:
            self._remove_all(_caption_above(self.lines, self.matches, i), match.rule)
        self.after_end = self.after_end or _follows(self.lines, i, self.source_lines)
        is_list = match.effect == "list" and match.alone
        ends = match.effect == "tail" or (is_list and self.after_end)
        if ends and self._ends_body(i):
            return self._remove_rest(i, match.rule)
        self.after_end = self.after_end or match.effect == "tags"
        if is_list:
            below = _headlines_below(self.lines, self.matches, i, spaced=self.spaced)
            self._remove_all(below, match.rule)
        if match.effect == "tags" and match.alone:
            self._remove_all(_tags_below(self.lines, self.matches, i), match.rule)
        return i + 1

    def _remove_all(self, indexes: Sequence[int], rule: str) -> None:
        self.removed.update(dict.fromkeys(indexes, rule))

    def _remove_rest(self, i: int, rule: str) -> int:
        """Take out line `i` and all below, by their own rules or by `rule`; return the end."""
        for j in range(i, len(self.matches)):
            own = self.matches[j]
            self.removed[j] = own.rule if own else rule
        return len(self.lines)

    def _ends_body(self, i: int) -> bool:
        """Whether the body may end above line `i`: it has begun, and little prose is below."""
        rest = sum(
            len(line.text.split())
            for line, match in zip(self.lines[i + 1 :], self.matches[i + 1 :], strict=True)
            if not _cuts(match) and is_prose(line.text)
        )
        above = self.words_above
        most = max(LINES.max_rest_words, LINES.max_rest_ratio * above)
        return above >= LINES.min_body_words and rest <= most

    def _is_label_below_source(self, i: int) -> bool:
        """Whether line `i`, short and without an end, is under the last line that named the source.

        The article is over there: other stories follow, under a label of any wording.
        """
        text = self.lines[i].text
        if not self.last_source or text.endswith(SENTENCE_ENDS) or is_prose(text):
            return False
        return is_headline_like(text) and _follows(self.lines, i, {self.last_source})

    def _heads_a_part(self, i: int) -> bool:
        """Whether «الأكثر مشاركة» (most shared) at `i` heads a part of the article."""
        match = self.matches[i]
        labelled = match is not None and match.rule == "most-read" and match.alone
        # A single word is a label: «عاجل» (urgent).
        if not labelled or not self.words_above or " " not in self.lines[i].text.strip():
            return False
        below = (j for j in range(i + 1, len(self.lines)) if self.lines[j].text)
        first = next((j for j in below if self._is_no_headline(j)), -1)
        return first >= 0 and self.matches[first] is None and is_prose(self.lines[first].text)

    def _is_no_headline(self, i: int) -> bool:
        text = self.lines[i].text
        return bool(self.matches[i] or stamps(text)) or not is_headline_like(text)


def _cuts(match: RuleMatch | None) -> bool:
    """Whether a rule takes its line out of a body, where a section's name is a subheading."""
    return match is not None and match.effect != "head"


def _follows(lines: Sequence[Line], i: int, numbers: Collection[int]) -> bool:
    """Whether a removed line with one of `numbers` was between line `i` and the next one above."""
    above = next((lines[j].last for j in range(i - 1, -1, -1) if lines[j].text), 0)
    return any(number in numbers for number in range(above + 1, lines[i].first))


def _caption_above(lines: Sequence[Line], matches: _Matches, i: int) -> list[int]:
    """Return the line above the picture's credit at `i` when it may be its caption."""
    text = lines[i - 1].text
    count = len(text.split())
    short = LINES.min_photo_caption_words <= count <= LINES.max_photo_caption_words
    return [i - 1] if short and matches[i - 1] is None and not text.endswith(CLOSING_MARKS) else []


def _section_teaser(
    lines: Sequence[Line], matches: _Matches, i: int, *, standalone: bool
) -> list[int]:
    """Return `i` and the next line when they are a section's name and a headline from there.

    They are between two paragraphs; a section's name by itself may be a subheading.
    """
    match = matches[i]
    if standalone or match is None or match.effect != "head":
        return []
    first = max(0, i - LINES.teaser_lines_before)
    near = range(first, min(len(lines), i + LINES.teaser_lines_after))
    filled = [j for j in near if lines[j].text]
    at = filled.index(i)
    if not 1 <= at <= len(filled) - 3:
        return []
    before, headline, after = (lines[filled[at + n]].text for n in (-1, 1, 2))
    long = len(headline.split()) >= LINES.min_teaser_headline_words
    teased = long and is_headline_like(headline) and not headline.endswith(CLOSING_MARKS)
    apart = before.rstrip(" *_").endswith(SENTENCE_ENDS) and is_prose(after)
    return [i, filled[at + 1]] if teased and apart and matches[filled[at + 1]] is None else []


def _is_spaced(lines: Sequence[Line]) -> bool:
    """Whether an empty line is between most lines, so that it separates nothing."""
    filled = [i for i, line in enumerate(lines) if line.text]
    gaps = sum(below - above > 1 for above, below in pairwise(filled))
    return gaps > LINES.spaced_share * max(1, len(filled) - 1)


def _headlines_below(
    lines: Sequence[Line], matches: _Matches, i: int, *, spaced: bool
) -> list[int]:
    """Return the lines under the label at `i` that are headlines of other articles."""
    found: list[int] = []
    for j in range(i + 1, len(lines)):
        text, match = lines[j].text, matches[j]
        if not text:
            if found and not spaced:
                break
            continue
        if found and match is not None and match.rule in _SMALL_RULES:
            continue  # «منذ 3 أيام» (3 days ago) between two of them goes by its own rule
        if _MARKUP.match(text) or _cuts(match) or not is_headline_like(text):
            break
        paragraph = is_prose(text) and len(text.split()) >= LINES.prose_words
        if found and paragraph and j + 1 < len(lines):
            break
        if len(found) >= LINES.max_listed_headlines:
            break
        found.append(j)
    if len(found) > 1 and _is_subheading(lines, matches, found[-1]):
        found.pop()
    return found


def _is_subheading(lines: Sequence[Line], matches: _Matches, i: int) -> bool:
    """Whether the last line under a label is too short a headline and heads what goes on."""
    text = lines[i].text
    below = next((j for j in range(i + 1, len(lines)) if lines[j].text), i)
    prose = is_prose(lines[below].text) or is_sentence(lines[below].text)
    short = len(text.split()) <= LINES.max_subheading_words and not stamps(text)
    return short and prose and matches[below] is None


def _tags_below(lines: Sequence[Line], matches: _Matches, i: int) -> list[int]:
    """Return the lines of a few words under the label of tags at `i`."""
    found: list[int] = []
    for j in range(i + 1, len(lines)):
        text = lines[j].text
        if not text:
            continue
        long = len(text.split()) > LINES.max_tag_words or text.endswith(SENTENCE_ENDS)
        if long or _cuts(matches[j]):
            break
        found.append(j)
    return found


def _requests_at_the_end(page: SeedPage, removed: Mapping[int, str], start: int) -> dict[int, str]:
    """Return the lines at the very end of a standalone text that ask its readers for something."""
    kept = [i for i in range(start, len(page.lines)) if page.lines[i].text and i not in removed]
    if not kept:
        return {}
    end = len(kept)
    while end > 1 and asks_readers(page.lines[kept[end - 1]].text):
        end -= 1
    last = page.lines[kept[end - 1]].text
    finished = is_prose(last) and last.endswith(SENTENCE_ENDS)
    return dict.fromkeys(kept[end:], "below-furniture") if finished else {}


def _below_last_paragraph(
    page: SeedPage, removed: Mapping[int, str], start: int, listed: Collection[int]
) -> dict[int, str]:
    """Return what goes below the last paragraph: labels, and anything under boilerplate.

    The points of a list in which the article ends (`listed`) stay.
    """
    lines = page.lines
    kept = [i for i in range(start, len(lines)) if lines[i].text and i not in removed]
    teasers = dict.fromkeys(_teasers_at_foot(page, kept), "teaser")
    kept = [i for i in kept if i not in teasers]
    last = next((i for i in reversed(kept) if _is_body(lines[i].text)), -1)
    if last < 0:
        return teasers
    cut = _first_cut(lines, {**removed, **teasers}, last)
    after = [i for i in kept if i > last and (i > cut or i not in listed)]
    if after and after[0] < cut and _is_signed_off(lines[last].text, lines[after[0]].text):
        after = after[1:]
    out = teasers | {i: "below-furniture" for i in after if i > cut}
    known = {word for i in kept if i <= last for word in words(lines[i].text)}
    labels = [i for i in after if i < cut and not _says_who_or_when(lines[i].text, known)]
    notices = [i for i in labels if _is_pages_own(lines[i].text)]
    out |= dict.fromkeys(notices, "below-furniture")
    labels = [i for i in labels if i not in notices]
    return out | _labels_below(page, kept, labels, last, cut=cut < len(lines))


def _teasers_at_foot(page: SeedPage, kept: Sequence[int]) -> list[int]:
    """Return the lines at the foot that are other articles': a headline and words cut off by «…».

    The article above has come to its end, in more paragraphs than one.
    """
    texts = [page.lines[i].text for i in kept]
    n = len(kept)
    while (
        n >= LINES.min_foot_teaser_lines
        and texts[n - 1].endswith(("...", "…"))
        and _is_foot_headline(texts[n - 2])
    ):
        n -= 2
    ended = 0 < n < len(kept) and is_prose(texts[n - 1]) and texts[n - 1].endswith(SENTENCE_ENDS)
    return list(kept[n:]) if ended else []


def _is_foot_headline(text: str) -> bool:
    count = len(text.split())
    return (
        LINES.min_foot_headline_words <= count <= LINES.max_foot_headline_words
        and is_headline_like(text)
    )


def _is_body(text: str) -> bool:
    """Whether a line belongs to the body by its form: a paragraph, a sentence, a last formula."""
    body = is_prose(text) or is_sentence(text) or is_continuation(text) or is_closing(text)
    return body and not asks_readers(text)


def _first_cut(lines: Sequence[Line], removed: Mapping[int, str], last: int) -> int:
    """Return the first line below `last` that goes and shows the body's end; the end without.

    A rule of mere marks («***») shows nothing, nor do an agency's letters: its stamp is below them.
    """
    cuts = (i for i, rule in removed.items() if i > last and rule != "signature")
    return min((i for i in cuts if words(lines[i].text)), default=len(lines))


def _is_signed_off(last: str, below: str) -> bool:
    """Whether the line `below` the `last` paragraph is signed by who issued the statement."""
    return is_closing(last) or is_issuer(below)


def _says_who_or_when(text: str, known: Collection[str]) -> bool:
    """Whether a line below the last paragraph says who or when: `page_foot` reads those.

    A name whose words the text has (`known`) is one of its tags.
    """
    if stamps(text):
        return True
    return is_person(text.strip(" -–")) and not set(words(text)) <= set(known)


def _is_pages_own(text: str) -> bool:
    """Whether a line below the last paragraph is its page's by its words."""
    return _is_article_notice(text) or asks_readers(text) or is_writers_trade(text)


def _is_article_notice(text: str) -> bool:
    """Whether a line below the last paragraph speaks of the article as a thing of its page.

    The first says that the article was published in the printed edition, the second that so the
    news ended.

    >>> _is_article_notice("نُشر المقال في النسخة الورقية"), _is_article_notice("هكذا انتهى الخبر")
    (True, False)
    """
    if len(text.split()) > LINES.max_article_notice_words or text.endswith("."):
        return False
    own = {form for word in words(text) for form in (word, stem(word))}
    return not own.isdisjoint(_ARTICLE_WORDS) and not own.isdisjoint(_NOTICE_WORDS)


def _labels_below(
    page: SeedPage, kept: Sequence[int], labels: Sequence[int], last: int, *, cut: bool
) -> dict[int, str]:
    """Return which of the lines `labels`, right below the `last` paragraph, go.

    `cut`: boilerplate is below them.
    """
    texts = [page.lines[i].text for i in labels]
    row = len(labels) >= LINES.min_foot_labels and not _are_list_items(texts)
    if (cut or row) and all(map(_is_foot_label, texts)):
        return dict.fromkeys(labels, "label-below")
    if labels and _is_row_of_tags(page, kept, labels[-1], cut=cut):
        return {labels[-1]: "label-below"}
    above = [page.lines[i].text.rstrip(" *_") for i in kept if i <= last]
    others = cut or _are_unlabelled_headlines(texts)
    if others and _is_finished(above) and all(map(_is_after_the_end, texts)):
        return dict.fromkeys(labels, "after-the-end")
    return {}


def _is_foot_label(text: str) -> bool:
    return len(text.split()) <= LINES.max_foot_label_words and not text.endswith(CLOSING_MARKS)


def _are_list_items(texts: Sequence[str]) -> bool:
    """Whether short lines below a text are a list: bullets, «سردين: 4000», all of one beginning."""
    openings = Counter(words(text)[0] for text in texts if words(text))
    alike = len(openings) == 1 and len(texts) > 1
    return alike or any(_MARKUP.match(text) or _LIST_ITEM.search(text) for text in texts)


def _is_row_of_tags(page: SeedPage, kept: Sequence[int], i: int, *, cut: bool) -> bool:
    """Whether line `i` is nothing but words of headline and body without a mark.

    Unless boilerplate is below (`cut`) it must have no particle either: every sentence has one.
    """
    text = page.lines[i].text
    own = [stem(word) for word in words(text)]
    if len(own) > LINES.max_tag_line_words or re.search(r"[^\w\s]", text):
        return False
    if not cut and (
        len(own) < LINES.min_uncut_tag_line_words
        or not PARTICLES.isdisjoint(words(text))
        or is_continuation(text)
    ):
        return False
    article = {stem(word) for line in _other_lines(page, kept, i) for word in words(line)}
    least = LINES.min_tag_overlap if cut else LINES.min_uncut_tag_overlap
    return sum(word in article for word in own) >= least * len(own)


def _other_lines(page: SeedPage, kept: Sequence[int], i: int) -> Iterator[str]:
    yield page.title
    yield from (page.lines[j].text for j in kept if j != i)


def _are_unlabelled_headlines(texts: Sequence[str]) -> bool:
    """Whether lines are so many and so long that they can be no list: names, results."""
    counts = [len(text.split()) for text in texts]
    if len(counts) < LINES.min_unlabelled_headlines:
        return False
    long = min(counts) >= LINES.min_unlabelled_headline_words
    long = long and sum(counts) >= LINES.mean_unlabelled_headline_words * len(counts)
    scored = any(re.search(r"\d\s?[-–:]\s?\d", text) for text in texts)  # «2-1», a match
    return long and not scored


def _is_finished(texts: Sequence[str]) -> bool:
    """Whether an account has come to its end: its paragraphs end as sentences do, the last one too.

    A colon at the end would open a list; where most lines are no paragraphs it is a list or a poem.
    """
    prose = [text for text in texts if is_prose(text)]
    stopped = sum(text.endswith(SENTENCE_ENDS) for text in prose)
    if not texts[-1].endswith(SENTENCE_ENDS) or len(prose) < LINES.min_finished_paragraphs:
        return False
    if stopped < LINES.min_finished_share * len(prose):
        return False
    return len(texts) - len(prose) <= LINES.max_listed_share * len(texts)


def _is_after_the_end(text: str) -> bool:
    """Whether a line below a finished account is another thing: a headline, a writer's office."""
    short = len(text.split()) <= LINES.max_foot_headline_words
    return short and is_headline_like(text) and not re.match(r"[-–•*\d]", text)
