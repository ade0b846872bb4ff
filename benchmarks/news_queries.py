"""Labelled queries of seven kinds for the archive of news_corpus.py, from what is known of it.

Answers are graded: 3 what was asked for, 2 the same story by another outlet, 1 the same subject.
The rules that vary a word, a name, a date or a number use the corpus's own tables, none of the
engine's analysis. `news/hand.tsv` has more, typed by hand as a reader would. Half of the queries,
by a hash, are the unseen half: look at its figures only, never at its queries, or it measures
nothing any more.
"""

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from random import Random
from typing import NamedTuple

from hijridate import Gregorian
from news_corpus import DATA, Report, Thing, Word, lexicon, months, things

SHORT = 3  # letters that a word needs to tell something
WHOLE = 1000  # a number from which on it is asked for alone
KINDS = ("headline", "three words", "inflected", "names", "quoted", "dates", "numbers")
EACH = 230
DIGITS = {"arab": "٠١٢٣٤٥٦٧٨٩", "persian": "۰۱۲۳۴۵۶۷۸۹"}
_LATIN = str.maketrans("".join(DIGITS.values()), "0123456789" * 2)
SMALL = frozenset(  # words that tell nothing
    """
    في من على إلى عن مع بعد قبل خلال بين أن إن لا لم لن ما هذا هذه ذلك التي الذي قد كما ثم أو كل عند
    لدى ضد غير منذ حتى عاجل خاص تقرير صور فيديو بالفيديو
    the of in to and a for at on de la le les du des et à en در از که به و
    """.split()
)


class Question(NamedTuple):
    """A query and the grades (1 to 3) of the articles that answer it."""

    kind: str
    query: str
    grades: Mapping[str, int]
    by_hand: bool = False

    @property
    def is_unseen(self) -> bool:
        """Whether it belongs to the half that nobody looks at."""
        return bool(hashlib.sha256(f"{self.kind} {self.query}".encode()).digest()[0] & 1)


def questions(found: Sequence[Report]) -> list[Question]:
    """Return labelled queries for an archive, EACH of every kind, and those typed by hand.

    The latter are left out of an archive that is too small to hold what they ask for.
    """
    archive = Archive(found)
    made = [question for kind in KINDS for question in _of_kind(kind, archive)]
    return made + list(_by_hand(archive))


def _of_kind(kind: str, archive: "Archive") -> Iterator[Question]:
    draw = Random(f"questions {kind}")
    asked: set[str] = set()
    for report in draw.sample(archive.reports, len(archive.reports)):
        for typed, grades in MAKERS[kind](archive, report, draw):
            query = " ".join(typed.split())
            if 3 in grades.values() and query not in asked:
                asked.add(query)
                yield Question(kind, query, grades)
                if len(asked) == EACH:
                    return


Labelled = tuple[str, dict[str, int]]


# --- the archive, as it is known -----------------------------------------------------------------


def plain(text: str) -> str:
    """Return `text` as this module compares it: no marks, one hamza, one ه, one ي, Latin digits."""
    text = unicodedata.normalize("NFKC", text)
    text = re.sub("[\u064b-\u0652\u0640]", "", text).lower()
    text = re.sub("[أإآ]", "ا", text).replace("ة", "ه").replace("ى", "ي")
    return text.translate(_LATIN)


def words(text: str) -> list[str]:
    """Return the words of `text`, made plain."""
    return re.findall(r"\w+", plain(text))


def telling(report: Report) -> list[str]:
    """Return the words of a headline that say what it is about, as written, each once."""
    title = report.document.title.replace(report.document.source, "")
    found = dict.fromkeys(re.findall(r"\w+", title))
    return [word for word in found if len(word) >= SHORT and not (word in SMALL or word.isdigit())]


class Archive:
    """The articles, by what they tell."""

    def __init__(self, found: Sequence[Report]) -> None:
        self.reports = list(found)
        self.titles = {r.number: frozenset(words(r.document.title)) for r in found}
        self.by_event: dict[int, list[Report]] = defaultdict(list)
        self.by_kind: dict[str, list[Report]] = defaultdict(list)
        self.by_thing: dict[str, list[Report]] = defaultdict(list)
        self.by_day: dict[tuple[int, int, int], list[Report]] = defaultdict(list)
        self.by_number: dict[int, list[Report]] = defaultdict(list)
        self.by_word: dict[str, set[int]] = defaultdict(set)  # of headlines → events
        for report in found:
            self.by_event[report.event.number].append(report)
            self.by_kind[report.event.kind].append(report)
            self.by_day[_day_of(report)].append(report)
            for thing in {thing.key: thing for thing in report.things.values()}.values():
                self.by_thing[thing.key].append(report)
            for word in self.titles[report.number]:
                self.by_word[word].add(report.event.number)
            for number in report.numbers:
                self.by_number[number].append(report)

    @cached_property
    def texts(self) -> dict[int, str]:
        """Article → its words, made plain, each between spaces."""
        return {
            r.number: f" {' '.join(words(f'{r.document.title} {r.document.text}'))} "
            for r in self.reports
        }

    def is_clear(self, asked: Iterable[str], report: Report) -> bool:
        """Whether no headline of another event has all these words."""
        wanted = {plain(word) for word in asked}
        having = [self.by_word.get(word, set()) for word in wanted]
        return len(wanted) > 1 and set.intersection(*having) <= {report.event.number}

    def story(self, report: Report, query: str) -> dict[str, int]:
        """Grade the article, its event in its language, its subject as far as it is asked for."""
        asked = {word.removeprefix("ال") for word in words(query)}
        grades: dict[str, int] = {}
        keys = {
            (slot, thing.key)
            for slot, thing in report.things.items()
            if thing.number is None
            and asked & {w.removeprefix("ال") for text in thing.texts for w in words(text)}
        }
        for other in self.by_kind[report.event.kind]:
            shared = keys & {(slot, thing.key) for slot, thing in other.things.items()}
            if shared and other.lang == report.lang:
                grades[other.document.id] = 1
        for other in self.by_event[report.event.number]:
            if other.lang == report.lang:
                grades[other.document.id] = 2
        return grades | {report.document.id: 3}

    def of_thing(self, thing: Thing) -> dict[str, int]:
        """Grade what names it in the headline 3, what names it elsewhere 2."""
        grades = {}
        for report in self.by_thing[thing.key]:
            slots = {slot for slot, held in report.things.items() if held.key == thing.key}
            grades[report.document.id] = 3 if slots & report.titled else 2
        if 3 not in grades.values():
            grades = dict.fromkeys(grades, 3)
        return grades

    def with_words(self, asked: Sequence[str]) -> list[Report]:
        """Return the articles that hold every one of these words."""
        wanted = [f" {plain(word)} " for word in asked]
        return [r for r in self.reports if all(word in self.texts[r.number] for word in wanted)]


# --- headlines and words of them -----------------------------------------------------------------


def _headline(archive: Archive, report: Report, draw: Random) -> Iterator[Labelled]:
    title, source = report.document.title, report.document.source
    place = report.event.place.texts[0]
    cut = title.split()
    part = max(3, len(cut) * 3 // 5)
    ways: list[str] = [
        title, title, " ".join(cut[:part]), " ".join(cut[-part:]), " ".join(cut[1:-1]),
        f"{title} - {source}", f"{title} | {source}", f"{place} - {source} - {title}",
        f"{place} – {source}: {title}", f"{place} ـ {title}", title.replace(":", " -"),
        re.sub("[أإآ]", "ا", title).replace("ة ", "ه "), re.sub(r"[^\w\s-]", " ", title),
        title.translate(str.maketrans("0123456789", DIGITS["arab"])), f"«{title}»",
    ]  # fmt: skip
    query = draw.choice(ways)
    if len(cut) >= 3 and archive.is_clear(
        set(words(query)) & archive.titles[report.number], report
    ):
        yield query, archive.story(report, query)


def _chosen(archive: Archive, report: Report, draw: Random, size: int) -> list[str]:
    """Return some words of the headline that no other event's has together, or none."""
    held = telling(report)
    for _ in range(6):
        some = draw.sample(held, min(size, len(held)))
        if len(some) == size and archive.is_clear(some, report):
            return some if draw.random() < 0.3 else sorted(some, key=held.index)
    return []


def _three_words(archive: Archive, report: Report, draw: Random) -> Iterator[Labelled]:
    if some := _chosen(archive, report, draw, 3):
        query = " ".join(some)
        yield query, archive.story(report, query)


# --- inflected -----------------------------------------------------------------------------------


@cache
def _lemmas() -> Mapping[str, list[Word]]:
    """Return form, made plain → the words that have it."""
    found: dict[str, list[Word]] = defaultdict(list)
    for by_topic in lexicon().values():
        for word in dict.fromkeys(w for some in by_topic.values() for w in map(_hashable, some)):
            for form in {plain(form) for form in word[1]}:
                found[form].append(Word(word[0], dict(zip(word[2], word[1], strict=True))))
    return found


def _hashable(word: Word) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    return word.sort, tuple(word.forms.values()), tuple(word.forms)


OTHERS = {  # the forms to which a form is changed, the likeliest often
    "verb": {"VW": "M M M Md Mo A Ap", "MA": "V V Vf W Wf Wp S"},
    "noun": {"N": "P P Pd Nd", "P": "N N Nd Pd"},
    "adjective": {"J": "J Jd Jf Jfd"},
}


def changed(word: str, draw: Random) -> str:
    """Return `word` in another form: of its lemma if one is known, else with another particle."""
    known = _lemmas().get(plain(word), [])
    if known and draw.random() < 0.85:
        lemma = next((one for one in known if one.sort == "noun"), known[0])
        form = next(name for name, text in lemma.forms.items() if plain(text) == plain(word))
        for letters, others in OTHERS[lemma.sort].items():
            ways = [lemma.forms[other] for other in others.split()]
            ways = [way for way in ways if plain(way) != plain(word)]
            if form[0] in letters and ways:
                return draw.choice(ways)
    if not re.fullmatch("[ء-ي]+", word) or word[0] in "وفبل":
        return word
    if word.startswith("ال"):
        return draw.choice((f"و{word}", f"ب{word}", f"لل{word[2:]}", word[2:]))
    return draw.choice("وبل") + word


def _inflected(archive: Archive, report: Report, draw: Random) -> Iterator[Labelled]:
    if report.lang != "ar":
        return
    some = _chosen(archive, report, draw, draw.choice((3, 3, 4)))
    at = draw.sample(range(len(some)), min(2, len(some)))
    other = [changed(word, draw) if n in at else word for n, word in enumerate(some)]
    if sum(a != b for a, b in zip(some, other, strict=True)) == 2:
        yield " ".join(other), archive.story(report, " ".join(some))


# --- names ---------------------------------------------------------------------------------------


def spellings(thing: Thing) -> list[str]:
    """Return other ways to write a name than the one written most."""
    name = thing.texts[0]
    ways = [
        *thing.texts[1:], *thing.texts[1:],  # those that were seen count double
        re.sub("[أإآ]", "ا", name), re.sub("ة(?= |$)", "ه", name), name.replace("أبو ", "أبو"),
        name.replace("أبو ", "أبي "), name.replace("عبد ال", "عبدال"), name.replace(" بن ", " "),
        name.replace(" بن ", " ابن "), name.replace("آل ", "ال "),
        name.replace("ك", "ک").replace("ي", "ی"), f"و{name}" if name[0] != "و" else name,
    ]  # fmt: skip
    latin = dict.fromkeys((thing.latin, thing.latin.lower(), thing.latin.replace("-", " ")))
    return [way for way in (*ways, *latin) if way not in {name, ""}]


def _names(archive: Archive, report: Report, draw: Random) -> Iterator[Labelled]:
    named = [
        thing
        for slot, thing in report.things.items()
        if thing.sort in {"person", "foreign", "org", "place", "country"}
        and (thing.sort != "country" or slot in report.titled)
    ]
    # a foreign name is what is misspelt most, a place is in every article
    weights = [{"foreign": 6, "person": 3, "org": 4}.get(thing.sort, 1) for thing in named]
    thing = draw.choices(named, weights)[0]
    written = f"{report.document.title} {report.document.text}"
    ways = [way for way in spellings(thing) if way not in written]
    if thing.key[0] == "?" and draw.random() < 0.8:  # no file says how it is written in Latin
        ways = [way for way in ways if re.search("[ء-ي]", way)]
    if not ways:
        return
    query = draw.choice(ways)
    slots = {slot for slot, held in report.things.items() if held.key == thing.key}
    if draw.random() < 0.55 or report.lang != "ar" or not slots & report.titled:
        yield query, archive.of_thing(thing)
        return
    own = {plain(word) for text in thing.texts for word in text.split()}
    rest = [word for word in telling(report) if plain(word) not in own]
    if rest:
        more = draw.sample(rest, min(len(rest), draw.choice((1, 2))))
        grades = dict.fromkeys((r.document.id for r in archive.by_thing[thing.key]), 1)
        wanted = {plain(word) for word in more}
        for other in archive.by_thing[thing.key]:
            if wanted <= archive.titles[other.number]:
                grades[other.document.id] = 3
        for other in archive.by_event[report.event.number]:
            if other.lang == "ar":
                grades[other.document.id] = max(2, grades.get(other.document.id, 2))
        yield " ".join((query, *more)), grades | {report.document.id: 3}


# --- quoted --------------------------------------------------------------------------------------

MARKS = ("«»", '""', "“”", '""', "”“", "„“")


def _quoted(archive: Archive, report: Report, draw: Random) -> Iterator[Labelled]:
    title = report.document.title
    marks = draw.choice(MARKS)
    inside = re.search('[«"“]([^«»"“”]+)[»"”]', title)
    if inside and draw.random() < 0.9:
        phrase = inside[1]
        rest = [w for w in telling(report) if w not in phrase]
        marked = f"{marks[0]}{phrase}{marks[1]}"
        straight = title.replace("«", '"').replace("»", '"')
        before = (f"{' '.join(rest[:2])} {marked}", f"{rest[0] if rest else ''}:{marked}")
        query = draw.choice((title, title, straight, marked, *before))
        if phrase in query and len(words(query)) > len(words(phrase)):
            yield query, archive.story(report, query)
        else:
            yield query, _phrase(archive, report, phrase)
        return
    cut = title.split()
    if len(cut) < 5 or report.lang != "ar":
        return
    size = draw.choice((2, 3, 3, 4))
    start = draw.randrange(len(cut) - size + 1)
    phrase = re.sub(r'[«»"“”|]|[.:؟]+(?=\s|$)', "", " ".join(cut[start : start + size]))
    rest = [word for word in telling(report) if word not in phrase]
    way = draw.randrange(5)
    if way == 0 or not rest:
        yield f"{marks[0]}{phrase}{marks[1]}", _phrase(archive, report, phrase)
        return
    query = (
        "",
        f"{marks[0]}{phrase}{marks[1]} {rest[-1]}",
        f"{rest[0]} {marks[0]}{phrase}{marks[1]} {rest[-1]}",
        f"{rest[0]}:{marks[0]}{phrase}{marks[1]}",
        f"{' '.join(rest[:2])} {marks[0]}{_misquoted(phrase, draw)}{marks[1]}",
    )[way]
    if archive.is_clear(set(words(query)) & archive.titles[report.number], report):
        yield query, archive.story(report, query)


def _misquoted(phrase: str, draw: Random) -> str:
    """Return a phrase as it is remembered: a word less, or one with or without its article."""
    held = phrase.split()
    at = draw.randrange(len(held))
    if len(held) > 2 and draw.random() < 0.4:
        del held[at]
    elif held[at].startswith("ال") and len(held[at]) > 4:
        held[at] = held[at][2:]
    elif "ء" <= held[at][0] <= "ي" and held[at] not in SMALL:
        held[at] = f"ال{held[at]}"
    return " ".join(held)


def _phrase(archive: Archive, report: Report, phrase: str) -> dict[str, int]:
    """Grade headlines with the phrase 3, texts with it 2, the rest of the event 1."""
    grades = {r.document.id: 1 for r in archive.by_event[report.event.number] if r.lang == "ar"}
    wanted = f" {' '.join(words(phrase))} "
    for other in archive.reports:
        if wanted in archive.texts[other.number]:
            head = f" {' '.join(words(other.document.title))} "
            grades[other.document.id] = 3 if wanted in head else 2
    return grades | {report.document.id: 3}


# --- dates ---------------------------------------------------------------------------------------


class Span(NamedTuple):
    """A date as it is typed, and which days it means: (year, month, day) → whether."""

    typed: str
    holds: Callable[[int, int, int], bool]


def _spans(year: int, month: int, day: int, draw: Random) -> list[Span]:
    names = list(dict.fromkeys(months()[month - 1][:4]))
    name, other = draw.choice(names), draw.choice(names)
    eastern = str.maketrans("0123456789", DIGITS["arab"])
    hijri = Gregorian(year, month, day).to_hijri()
    season = ("شتاء", "ربيع", "صيف", "خريف")[month % 12 // 3]

    def in_month(y: int, m: int, _: int) -> bool:
        return (y, m) == (year, month)

    def on_day(y: int, m: int, d: int) -> bool:
        return (y, m, d) == (year, month, day)

    def in_hijri(y: int, m: int, d: int) -> bool:
        return bool(d) and Gregorian(y, m, d).to_hijri().datetuple()[:2] == (
            hijri.year,
            hijri.month,
        )

    def in_season(y: int, m: int, _: int) -> bool:
        return y == year and m % 12 // 3 == month % 12 // 3 and m > 0

    return [
        *(Span(text, in_month) for text in (
            f"{name} {year}", f"{other} {year}", f"{month}/{year}", f"{year}-{month:02}",
            f"{name} {year}".translate(eastern), f"شهر {name} {year}",
            f"{months()[month - 1][5]} {year}",
        )),
        *(Span(text, on_day) for text in (
            f"{day}/{month}/{year}", f"{day} {name} {year}", f"{year}-{month:02}-{day:02}",
            f"{day}.{month}.{year}", f"{day}/{month}/{year}".translate(eastern),
            f"{day} {other} {year}".translate(eastern),
        )),
        Span(f"{day} {name}", lambda _, m, d: (m, d) == (month, day)),
        Span(f"{day} {other}".translate(eastern), lambda _, m, d: (m, d) == (month, day)),
        Span(name, lambda _, m, __: m == month),
        Span(f"{year}", lambda y, _, __: y == year),
        Span(f"عام {year}", lambda y, _, __: y == year),
        Span(f"سنة {year}".translate(eastern), lambda y, _, __: y == year),
        Span(f"{season} {year}", in_season), Span(f"{season} {year}", in_season),
        Span(f"{months()[hijri.month - 1][4]} {hijri.year}", in_hijri),
        Span(f"{months()[hijri.month - 1][4]} {hijri.year} هـ".translate(eastern), in_hijri),
    ]  # fmt: skip


def _day_of(report: Report) -> tuple[int, int, int]:
    year, month, day = (*(int(part) for part in report.document.day.split("-") if part), 0, 0, 0)[
        :3
    ]
    return year, month, day


def _dates(archive: Archive, report: Report, draw: Random) -> Iterator[Labelled]:
    year, month, day = _day_of(report)
    if not day or report.lang != "ar":
        return
    span = draw.choice(_spans(year, month, day, draw))
    days = (some for known, some in archive.by_day.items() if span.holds(*known))
    then = [other for some in days for other in some]
    way = draw.randrange(3)
    if way == 0:
        yield span.typed, dict.fromkeys((other.document.id for other in then), 3)
        return
    place = report.event.place
    more = [place.texts[0]]
    about = {r.number for r in archive.by_thing[place.key]}
    if way == 2:
        held = telling(report)
        more = draw.sample(held, min(len(held), draw.choice((1, 2))))
        about = {r.number for r in archive.with_words(more)}
    if not more:
        return
    heads = {n for n in about if way == 1 or {plain(w) for w in more} <= archive.titles[n]}
    grades = {r.document.id: 3 if r.number in heads else 2 for r in then if r.number in about}
    order = (span.typed, *more) if draw.random() < 0.4 else (*more, span.typed)
    yield " ".join(order), grades


# --- numbers -------------------------------------------------------------------------------------


def number_ways(value: int) -> list[str]:
    """Return how a whole number is typed."""
    grouped = f"{value:,}"
    ways = [str(value), grouped, grouped.replace(",", "."), grouped.replace(",", " ")]
    eastern = [
        way.replace(",", "٬").translate(str.maketrans("0123456789", DIGITS["arab"])) for way in ways
    ]
    persian = str(value).translate(str.maketrans("0123456789", DIGITS["persian"]))
    return list(dict.fromkeys((*ways, *eastern, persian)))


def _ways(thing: Thing, written: str) -> list[str]:
    """Return how the number that a thing is or has in its name is typed, [] without one."""
    text = thing.texts[0]
    if thing.number is not None:
        is_percent = f" {text} في المئه" in plain(written)
        percent = (f"{text}%", f"{text} بالمئة", f"{text}٪") if is_percent else ()
        return [*number_ways(thing.number), *percent]
    if thing.sort in {"score", "deg"}:
        eastern = text.translate(str.maketrans("0123456789.", f"{DIGITS['arab']}٫"))
        return [text, eastern, text.replace("-", "–"), text.replace("-", ":").replace(".", ",")]
    if thing.sort == "model":
        return [*thing.texts, *map(str.lower, thing.texts)]
    return []


def _numbers(archive: Archive, report: Report, draw: Random) -> Iterator[Labelled]:
    large = [thing for thing in report.things.values() if (thing.number or 0) >= WHOLE]
    titled = [thing for slot, thing in report.things.items() if slot in report.titled]
    written = f"{report.document.title} {report.document.text}"
    having = [thing for thing in (*titled, *titled, *large) if _ways(thing, written)]
    if report.lang != "ar" or not having:
        return
    thing = draw.choice(having)
    alone = thing in large or thing.sort == "model"
    ways = _ways(thing, written)
    typed = draw.choice([way for way in ways if way not in written] or ways)
    by_number = archive.by_number.get(thing.number or 0, [])
    same = by_number if thing.number else archive.by_thing[thing.key]
    held = [word for word in telling(report) if not re.search(r"\d", word)]
    more = draw.sample(held, min(len(held), 1 if alone else 2))
    if not more or (alone and draw.random() < 0.45):
        yield typed, dict.fromkeys((r.document.id for r in same), 3)
        return
    grades = archive.story(report, " ".join(more))
    wanted = {plain(word) for word in more}
    for other in same:
        if wanted <= archive.titles[other.number] or other.event.number == report.event.number:
            grades[other.document.id] = 3
        elif alone:
            grades.setdefault(other.document.id, 1)
    yield " ".join((typed, *more) if draw.random() < 0.5 else (*more, typed)), grades


MAKERS: Mapping[str, Callable[[Archive, Report, Random], Iterator[Labelled]]] = {
    "headline": _headline, "three words": _three_words, "inflected": _inflected, "names": _names,
    "quoted": _quoted, "dates": _dates, "numbers": _numbers,
}  # fmt: skip


# --- typed by hand -------------------------------------------------------------------------------


def _by_hand(archive: Archive) -> Iterator[Question]:
    """Yield the queries of hand.tsv: kind, query, what answers it.

    That is the number of an article, with its story and subject; or the key of a person, place,
    organization or model; or conditions that all hold: key=…, day=… (a pattern), number=…, kind=…,
    word=… (in the headline).
    """
    sorts = ("person", "foreign", "org", "place", "country", "model")
    known = {thing.key: thing for sort in sorts for thing in things(sort)}
    for line in (DATA / "hand.tsv").read_text("utf-8").splitlines():
        if not line or line.startswith("# "):
            continue
        kind, query, answer = line.split("\t")
        grades: dict[str, int] = {}
        if "=" in answer:
            conditions = [part.split("=", 1) for part in answer.split()]
            fitting = [r for r in archive.reports if all(_holds(r, *c) for c in conditions)]
            grades = {report.document.id: 3 for report in fitting}
        elif not answer.isdigit():
            grades = archive.of_thing(known[answer])
        elif int(answer) < len(archive.reports):
            grades = archive.story(archive.reports[int(answer)], query)
        if grades:
            yield Question(kind, query, grades, by_hand=True)


def _holds(report: Report, what: str, value: str) -> bool:
    if what == "day":
        return bool(re.fullmatch(value, report.document.day))
    if what == "word":
        return plain(value) in words(report.document.title)
    if what == "kind":
        return report.event.kind == value
    if what == "number":
        return int(value) in report.numbers
    return value in {thing.key for thing in report.things.values()}
