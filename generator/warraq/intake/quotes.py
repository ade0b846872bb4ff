"""Who said what: the quotations of a text with their speakers, for the receipt.

A speaker is the subject of the last reporting verb («قال», «أكد»…) before the words; a subject that
is only a title or a surname is filled in from where the text names the person in full.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from warraq.intake.dates.phrases import fold_with_offsets
from warraq.intake.rule_data import load
from warraq.intake.text.folding import fold, phrase, words
from warraq.model import Quotation

MIN_CHARS = 12  # shorter words in quotation marks are names («داعش», ISIS), not quotations
MIN_CLAUSE_WORDS = 4  # of indirect speech
MAX_CLAUSE_GAP = 140  # code points between a reporting verb and «أن» (that)
MAX_SPEAKER_GAP = 40  # code points between a quotation and the verb after it
MAX_PARAGRAPH_CHARS = 20_000  # read of one
MAX_QUOTATIONS = 60  # of one text

_VERBS = (
    "قال|اضاف|اكد|اوضح|اشار|لفت|ذكر|شدد|اعرب|كشف|اعتبر|راي|تابع|نوه|جدد|اعلن|حذر|دعا|دعت|طالب|"
    "اردف|صرح|زاد|ختم|افاد|نفي|نفت|روي|كتب|يقول|تقول|يضيف|تضيف|يوكد|توكد|يري|تري|يوضح|توضح|كان"
)
# Every form of a reporting verb: words are looked up, since trying a pattern of 36 verbs at every
# letter takes ten times as long.
_REPORTS = frozenset(
    before + verb + end
    for verb in _VERBS.split("|")
    for before in ("", "و", "ف")
    for end in ("", "ت")
)
_WORD = re.compile(r"\w+")
_STOPS = frozenset(phrase(w) for w in load("speech")["stops"])
_TITLES = frozenset(phrase(w) for w in load("speech")["titles"])
_TITLE_FORMS = frozenset(
    form for t in _TITLES for form in (t, f"ال{t}", *(f"{clitic}{t}" for clitic in "ولبك"))
)
_OPEN = re.compile('[“”«]([^“”«»]+)[”“»]|"([^"]+)"')
_PLAIN = re.compile(r"(?<!\w)[وف]?قال(?:ت)?\s?:\s*(?=[^\s“”«\"])")
_CLAUSE = re.compile(r"(?<!\w)(?:ب?ا?ان|انه|انها|بانه|بانها)\s+")
_CHANNEL = re.compile(
    r"(?:منشور|تدوينه|تغريده)\w*(?:\s+\w+){0,2}\s+(?:علي|عبر|في)\s+(?:منصه|موقع|صفحته|حسابه|تطبيق)?\s*[“”«\"]?"
    r"(?P<where>اكس|تويتر|فيسبوك|تلغرام|تليغرام|انستغرام|يوتيوب|تروث سوشيال)"
)


_Kind = Literal["direct", "fragment", "indirect"]


class NamedPerson(NamedTuple):
    """A name as the text gives it in full, and the folded words of it and of the titles before."""

    name: str
    titles: frozenset[str]
    folded: tuple[str, ...]


def quotations_in(paragraphs: Sequence[str]) -> tuple[Quotation, ...]:
    """Return the quotations in `paragraphs`, in order.

    >>> [(q.speaker, q.kind) for q in quotations_in(["وقال المدير سامر كنعان: «لن نغلق أبداً»."])]
    [('سامر كنعان', 'direct')]
    """
    people = _people(paragraphs)
    found: list[Quotation] = []
    speaker = ""
    for number, text in enumerate(paragraphs, start=1):
        if len(text) > MAX_PARAGRAPH_CHARS:
            continue
        quotes, speaker = _of_paragraph(text, number, people, speaker)
        found += quotes
    return tuple(found[:MAX_QUOTATIONS])


class _Paragraph(NamedTuple):
    """A paragraph in both forms: `at` maps offsets in `flat` to offsets in `text`."""

    text: str
    flat: str
    at: Sequence[int]
    reports: tuple[re.Match[str], ...]  # reporting verbs, in `flat`

    def original(self, start: int, end: int) -> str:
        """Return the words of the text between two offsets in `flat`."""
        return self.text[self.at[start] : self.at[end - 1] + 1]


def _read_paragraph(text: str) -> _Paragraph:
    flat, offsets = fold_with_offsets(text)
    reported = not _REPORTS.isdisjoint(words(text))
    reports = (m for m in _WORD.finditer(flat) if m[0] in _REPORTS) if reported else ()
    return _Paragraph(text, flat, offsets or range(len(text) + 1), tuple(reports))


def _of_paragraph(
    text: str, number: int, people: Sequence[NamedPerson], before: str
) -> tuple[list[Quotation], str]:
    """Return the quotations of one paragraph and its last speaker (`before`: the one before it)."""
    paragraph = _read_paragraph(text)
    channel = _channel(paragraph)
    spoken = _speakers(paragraph, people, before)
    found: list[tuple[int, Quotation]] = []
    for start, said, kind in _quoted_words(paragraph):
        earlier = [name for position, name in spoken if position <= start]
        name = earlier[-1] if earlier else _after(start + len(said), spoken) or before
        found.append((start, Quotation(name, kind, said, number, channel)))
    last = spoken[-1][1] if spoken else before
    ordered = dict(sorted(found, key=lambda pair: pair[0]))
    return list(ordered.values()), last


def _channel(paragraph: _Paragraph) -> str:
    """Return the platform of «منشور على …» (a post on …), "" for none."""
    flat = paragraph.flat
    if not any(post in flat for post in ("منشور", "تدوين", "تغريد")):
        return ""
    match = _CHANNEL.search(flat)
    return paragraph.original(*match.span("where")) if match else ""


def _after(end: int, spoken: Sequence[tuple[int, str]]) -> str:
    """Return the speaker right behind a quotation, "" for none."""
    near = (name for position, name in spoken if end <= position <= end + MAX_SPEAKER_GAP)
    return next(near, "")


def _quoted_words(paragraph: _Paragraph) -> Iterator[tuple[int, str, _Kind]]:
    """Yield (start, words, kind) of words in quotation marks, after «قال:» (said), «أن» (that)."""
    text, flat, at, reports = paragraph
    spans = []
    for match in _OPEN.finditer(text):
        said = (match[1] or match[2]).strip()
        spans.append(match.span())
        if len(said) >= MIN_CHARS and " " in said:
            before = text[: match.start()].rstrip()
            direct = not before or before.endswith((":", ".", "؟", "!"))
            yield match.start(), said, "direct" if direct else "fragment"
    for match in _PLAIN.finditer(flat) if ":" in flat else ():
        start = at[match.end()] if match.end() < len(at) else len(text)
        yield start, text[start:].strip(), "direct"
    for match in reports:
        clause = _CLAUSE.search(flat, match.end(), match.end() + MAX_CLAUSE_GAP)
        if clause is None or "." in flat[match.end() : clause.start()]:
            continue
        start, end = clause.end(), _clause_end(flat, clause.end())
        said = paragraph.original(start, end).strip() if end > start else ""
        inside = any(a <= at[start] < b or at[start] <= a < at[end - 1] for a, b in spans)
        if len(said.split()) >= MIN_CLAUSE_WORDS and not inside and "كان" not in match[0]:
            yield at[start], said, "indirect"


def _clause_end(flat: str, start: int) -> int:
    for match in re.finditer(r"[،؛.](?=\s|$)", flat[start:]):
        if len(flat[start : start + match.start()].split()) >= MIN_CLAUSE_WORDS:
            return start + match.start()
    return len(flat)


def _speakers(
    paragraph: _Paragraph, people: Sequence[NamedPerson], before: str
) -> list[tuple[int, str]]:
    """Return (offset in text, name) for each subject of a reporting verb."""
    flat = paragraph.flat
    out: list[tuple[int, str]] = []
    current = before
    for match in paragraph.reports:
        rest = flat[match.end() :]
        start = match.end() + len(rest) - len(rest.lstrip())
        if subject := _subject(flat, match.end()):
            current = _resolved(paragraph.original(start, start + len(subject)), people) or current
        if current:
            out.append((paragraph.at[match.start()], current))
    return out


def _subject(flat: str, start: int) -> str:
    """Return the words after a verb up to a stop word or a mark, "" when there are none."""
    run = re.match(r"[^،:؛.()“”«»\"؟!]*", flat[start:])
    tokens = (run[0] if run else "").split()
    kept: list[str] = []
    for token in tokens[:9]:
        if token in _STOPS or (token.startswith(("لل", "بال")) and kept):
            break
        kept.append(token)
    return flat[start:].lstrip()[: len(" ".join(kept))] if kept else ""


def _split(chunk: str) -> tuple[list[str], list[str]]:
    """Return (title words, name words) of a subject: titles and what defines them come first."""
    tokens = chunk.split()
    cut = 0
    for i, token in enumerate(tokens):
        word = fold(token)
        titled = any(_is_title(fold(t)) for t in tokens[:i])
        if _is_title(word) or (titled and word.startswith(("ال", "وال", "بال", "لل"))):
            cut = i + 1
        elif not titled or i > cut or word not in _BODIES:
            break
    return tokens[:cut], tokens[cut:]


# What a title is the title of: «مدير جهاز …» (director of the … agency).
_BODIES = frozenset("جهاز هييه موسسه مجلس لجنه اداره جامعه مكتب وكاله قسم".split())


def _is_title(word: str) -> bool:
    return word in _TITLES or (word.startswith("ال") and word[2:] in _TITLES)


def _core(word: str) -> str:
    for article in ("وال", "بال", "ال", "لل"):
        if word.startswith(article):
            return word[len(article) :]
    return word


def _people(paragraphs: Sequence[str]) -> tuple[NamedPerson, ...]:
    """Return the people that the text names in full after a title, in order."""
    return tuple(
        NamedPerson(name, frozenset(_core(fold(t)) for t in titles), tuple(map(fold, name.split())))
        for titles, name in titled_names(paragraphs)
    )


def titled_names(paragraphs: Sequence[str]) -> Iterator[tuple[list[str], str]]:
    """Yield (titles, name) for each person named in full, two to four words, after a title."""
    for text in (p for p in paragraphs if len(p) <= MAX_PARAGRAPH_CHARS):
        yield from _introductions(text)


@lru_cache(maxsize=256)
def _introductions(text: str) -> tuple[tuple[list[str], str], ...]:
    if _TITLE_FORMS.isdisjoint(words(text)):
        return ()
    tokens, folded = text.split(), fold(text).split()
    if len(folded) != len(tokens):  # a token of nothing but marks
        folded = [fold(token) for token in tokens]
    found = []
    for i, word in enumerate(folded):
        if word in _TITLE_FORMS or word.strip('،:؛.()“”«»"') in _TITLE_FORMS:
            titles, name = _split(_run(tokens[i : i + 10]))
            # «خلوق غورغون والوفد المرافق» (… and his delegation): the name ends before «and».
            ends = (n for n, w in enumerate(name) if n >= 2 and fold(w).startswith("وال"))
            name = name[: next(ends, len(name))]
            if 2 <= len(name) <= 4:
                found.append((titles, " ".join(name)))
    return tuple(found)


def _run(tokens: Sequence[str]) -> str:
    kept: list[str] = []
    for i, token in enumerate(tokens):
        bare = token.strip('“”«»"()')
        word = fold(bare).strip("،:؛.")
        if i and (
            word in _STOPS or (word[:1] == "و" and word[1:] in _TITLES) or word in {"ضم", "قد"}
        ):
            break
        kept.append(bare.strip("،:؛."))
        if re.search(r"[،:؛.]$", bare):
            break
    if kept and fold(kept[0])[:1] in "ول" and fold(kept[0])[1:] in _TITLES:
        kept[0] = kept[0][1:]
    return " ".join(kept)


def _resolved(chunk: str, people: Sequence[NamedPerson]) -> str:
    """Return the full name of a subject, or the subject itself if nobody fits."""
    titles, name = _split(chunk)
    if len(name) >= 2 and any(p.name == " ".join(name) for p in people):
        return " ".join(name)
    surname = fold((name or titles)[-1]) if name or titles else ""
    folded = tuple(map(fold, name)) or (surname,)
    for person in people:
        if folded == person.folded[-len(folded) :]:
            return person.name
    stems = {_core(fold(t)) for t in titles}
    if stems and not name:
        fitting = [p for p in people if stems <= p.titles]
        if fitting:
            return fitting[-1].name
    return " ".join(name) if len(name) >= 2 else chunk
