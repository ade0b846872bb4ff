"""A made-up archive of Arabic news for measuring how well search understands what readers type.

Everything is written for it (the folder news/): kinds of events with headlines and sentences, a
lexicon of real words with their inflections, real places, made-up people, organizations with their
acronyms. An event happens on a day at a place to somebody; one to five outlets report it, each
in words, digits, months and spellings of its own. `reports(count)` gives the same articles for the
same numbers, whatever `count` is. What is known of each (its event, its people, its numbers as
written) labels the queries of news_queries.py.
"""

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate, count
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import yaml
from hijridate import Gregorian
from search_corpus import LETTERS, SHAPES

from warraq.search.authority_names import AllNames, SpelledNames
from warraq.search.records import SearchDocument
from warraq.search.stemmers import stemmed_language

DATA = Path(__file__).with_name("news")
FIRST, LAST = dt.date(2011, 1, 1), dt.date(2025, 11, 30)
TOPICS = {
    "weather": "الطقس والكوارث",
    "football": "رياضة",
    "courts": "قضاء وحوادث",
    "economy": "اقتصاد",
    "health": "صحة",
    "transport": "نقل ومواصلات",
    "education": "تعليم",
    "council": "محليات",
    "culture": "ثقافة وفن",
    "war": "عسكريات",
    "politics": "سياسة",
    "science": "علوم وتقنية",
    "religion": "أديان",
    "society": "مجتمع",
}
WEEKDAYS = "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد".split()
ARAB_COUNTRIES = 19  # the first of countries.tsv
MAGHREB = {"tunisia": 2, "algeria": 2, "morocco": 3, "mauritania": 3}  # column of months.tsv
_EGYPTIAN = frozenset({"egypt", "sudan", "libya", "yemen", "saudi-arabia", "emirates", "qatar"})
USUAL = {"org": 0.7, "model": 0.5, "person": 0.9, "place": 0.9, "country": 0.9}  # first spelling
_EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


class Thing(NamedTuple):
    """Who or what an event is about. `texts` are its spellings, the one written most first."""

    sort: str
    key: str
    texts: tuple[str, ...]
    latin: str = ""
    fields: tuple[str, ...] = ()
    role: str = ""
    number: int | None = None


class Outlet(NamedTuple):
    """Who reports, and how: `way` is the column of foreign spellings."""

    key: str
    name: str
    latin: str
    spellings: tuple[str, ...]
    digits: str
    hand: str
    way: int
    dateline: str


class Event(NamedTuple):
    """What happened: a kind of event on a day at a place, and what is the same in all reports."""

    number: int
    kind: str
    topic: str
    day: dt.date
    place: Thing
    country: Thing
    slots: Mapping[str, Thing]
    focus: Mapping[str, Sequence["Word"]]


class Report(NamedTuple):
    """One article and what is known of it.

    `things` are the slots whose text was written anywhere in it, `titled` those in the headline, by
    slot; `numbers` the values written.
    """

    number: int
    document: SearchDocument
    lang: str
    event: Event
    things: Mapping[str, Thing]
    titled: frozenset[str]
    numbers: frozenset[int]


# --- the lexicon ---------------------------------------------------------------------------------


class Word(NamedTuple):
    """A lemma with its forms by name: V past, W present, M verbal noun, A participle, N, P, J."""

    sort: str
    forms: Mapping[str, str]


def _verb(past: str, present: str, noun: str, participle: str) -> Word:
    weak = present[-1] in "ويى"
    stem = present.rstrip("ويى") if weak else present
    forms = {
        "V": past,
        "Vf": (past[:-1] if past[-1] in "اى" else past) + "ت",
        "Vp": (past[:-1] if past[-1] in "اى" else past) + "وا",
        "W": present,
        "Wf": "ت" + present[1:],
        "Wp": stem + "ون",
        "S": "س" + present,
        "Wn": "ن" + present[1:],
        "M": noun,
        "Md": f"ال{noun}",
        "Mo": (f"{noun[:-1]}ت" if noun[-1] == "ة" else noun) + "ه",
        "A": participle,
        "Ad": f"ال{participle}",
        "Af": participle + ("ية" if weak and participle[-1] not in "ويى" else "ة"),
        "Ap": participle + "ون",
        "Ao": f"ال{participle}ين",
    }
    return Word("verb", forms)


def _noun(one: str, many: str) -> Word:
    many = one if many == "-" else many
    forms = {"N": one, "Nd": _the(one), "P": many, "Pd": _the(many)}
    if many.endswith("ون"):
        forms |= {"Po": f"{many[:-2]}ين", "Pod": _the(f"{many[:-2]}ين")}
    return Word("noun", forms)


def _adjective(he: str, she: str) -> Word:
    return Word("adjective", {"J": he, "Jd": _the(he), "Jf": she, "Jfd": _the(she)})


def _the(word: str) -> str:
    return word if word.startswith("ال") and len(word) > 4 else f"ال{word}"


@cache
def lexicon() -> Mapping[str, Mapping[str, tuple[Word, ...]]]:
    """Return sort → topic → words, the commonest first."""
    makers: dict[str, Callable[..., Word]] = {
        "verb": _verb,
        "noun": _noun,
        "adjective": _adjective,
    }
    found: dict[str, dict[str, tuple[Word, ...]]] = {}
    for sort, make in makers.items():
        topic = "general"
        by_topic: dict[str, tuple[Word, ...]] = {}
        for line in _lines(f"{sort}s.txt"):
            if line.startswith("["):
                topic = line.strip("[]")
            else:
                made = tuple(make(*entry.split("/")) for entry in line.split())
                by_topic[topic] = (*by_topic.get(topic, ()), *made)
        found[sort] = by_topic
    return found


def _lines(name: str) -> list[str]:
    return [
        line
        for line in (DATA / name).read_text("utf-8").splitlines()
        if line and not line.startswith("# ")
    ]


@cache
def _yaml(name: str) -> Any:  # noqa: ANN401 - as the file is written
    return yaml.load((DATA / name).read_text("utf-8"), Loader=yaml.CSafeLoader)


def _rows(name: str) -> list[list[str]]:
    return [[cell.strip(" ") for cell in line.split("\t")] for line in _lines(name)]


@cache
def kinds() -> Mapping[str, Mapping[str, Any]]:
    """Return the kinds of events."""
    return {**_yaml("events-1.yaml"), **_yaml("events-2.yaml")}


# --- who and what there is -----------------------------------------------------------------------


@cache
def things(sort: str) -> tuple[Thing, ...]:
    """Return the known people, foreigners, organizations, places, countries or models."""
    if sort == "model":
        return tuple(
            Thing(sort, row[0], (row[0], *row[1].split("|")), row[0], tuple(row[2].split()))
            for row in _rows("models.tsv")
        )
    file = {"person": "people", "foreign": "foreigners", "org": "organizations"}.get(sort)
    found = []
    for row in _rows(f"{file or ('places' if sort == 'place' else 'countries')}.tsv"):
        key, name, latin, others, fields, role = (*row, "", "")[:6]
        texts = (name, *filter(None, others.split("|")))
        found.append(Thing(sort, key, texts, latin, tuple(fields.split()), role))
    return tuple(found)


@cache
def outlets() -> tuple[Outlet, ...]:
    """Return who reports."""
    return tuple(
        Outlet(row[0], row[1], row[2], tuple(filter(None, row[3].split("|"))), row[4], row[5],
               int(row[6]), (*row, "")[7])
        for row in _rows("outlets.tsv")
    )  # fmt: skip


@cache
def months() -> tuple[tuple[str, ...], ...]:
    """Return the twelve months, each in the columns of months.tsv."""
    return tuple(tuple(row) for row in _rows("months.tsv"))


def names() -> AllNames:
    """Return the authority files as an index takes them: kind → key → name and aliases."""

    def of(*sorts: str) -> dict[str, SpelledNames]:
        known = (thing for sort in sorts for thing in things(sort))
        return {one.key: SpelledNames(one.texts[0], (*one.texts[1:], one.latin)) for one in known}

    return {
        "person": of("person", "foreign"),
        "place": of("place"),
        "organization": of("org"),
        "topic": {key: SpelledNames(name, ()) for key, name in TOPICS.items()},
        "outlet": {o.key: SpelledNames(o.name, (*o.spellings, o.latin)) for o in outlets()},
    }


@cache
def _people() -> Mapping[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    section = ""
    for line in _lines("names.txt"):
        if line.startswith("["):
            section = line.strip("[]")
            continue
        for arabic, latin in re.findall(r"([ء-ي ]+)/([A-Za-z -]+)", line):
            found.setdefault(section, []).append((arabic.strip(), latin.strip()))
    return found


def _somebody(draw: Random, field: str) -> Thing:
    """Return a person nobody wrote a file on."""
    given, latin = draw.choice(_people()["men"] if draw.random() < 0.88 else _people()["women"])
    family, latin_family = draw.choice(_people()["families"])
    if draw.random() < 0.2:
        father, latin_father = draw.choice(_people()["men"])
        given, latin = f"{given} {father}", f"{latin} {latin_father}"
    role = draw.choice([one.role for one in things("person") if field in one.fields])
    name = f"{given} {family}"
    return Thing("person", f"?{name}", (name,), f"{latin} {latin_family}", (field,), role)


# --- events --------------------------------------------------------------------------------------


def events() -> Iterator[Event]:
    """Yield events without end."""
    shuffled = list(kinds())
    Random(11).shuffle(shuffled)
    for number in count():
        yield _event(number, shuffled)


def _event(number: int, shuffled: Sequence[str]) -> Event:
    draw = Random(f"event {number}")
    kind = _often(draw, shuffled, flat=25)
    facts = kinds()[kind]
    day = FIRST + dt.timedelta(int((LAST - FIRST).days * draw.random() ** 0.7))
    country_keys = [one.key for one in things("country")]
    arab = frozenset(country_keys[:ARAB_COUNTRIES])
    allowed = [p for p in _mixed("place") if draw.random() < 0.25 or p.fields[0] in arab]
    place = _often(draw, allowed, flat=12)
    country = next(one for one in things("country") if one.key == place.fields[0])
    slots: dict[str, Thing] = {}
    listed = dict(facts["slots"])
    if "nicks" in facts:
        listed["nick"] = facts["nicks"]
    for slot, choices in listed.items():
        taken = {thing.key for thing in slots.values()} | {country.key}
        slots[slot] = next(
            thing
            for _ in range(99)
            if (thing := _slot(draw, str(choices), slot)).key not in taken or thing.number
        )
    return Event(
        number, kind, facts["topic"], day, place, country, slots, _focus(draw, facts["topic"])
    )


@cache
def _mixed(sort: str) -> tuple[Thing, ...]:
    found = list(things(sort))
    Random(sort).shuffle(found)
    return tuple(found)


def _often(draw: Random, items: Sequence[Any], *, flat: float) -> Any:  # noqa: ANN401 - an item
    """Return one of `items` by Zipf's law, the first most often; the larger `flat`, the evener."""
    return draw.choices(items, cum_weights=_weights(len(items), flat))[0]


@cache
def _weights(length: int, flat: float) -> list[float]:
    return list(accumulate(1 / (rank + flat) for rank in range(length)))


def _slot(draw: Random, choices: str, slot: str) -> Thing:
    sort, _, field = choices.partition(":")
    if re.fullmatch(r"\d+-\d+(/\d+)?", choices):
        low, high, step = (int(part) for part in re.split("[-/]", f"{choices}/1")[:3])
        # small numbers are commoner than large ones
        value = low + int((high - low) * draw.random() ** 2) // step * step
        return Thing("number", str(value), (str(value),), number=value)
    if sort == "person" and draw.random() < 0.4:
        return _somebody(draw, field)
    if sort in {"person", "foreign", "org", "model", "country"}:
        fitting = [one for one in _mixed(sort) if not field or field in one.fields]
        known: Thing = _often(draw, fitting or _mixed(sort), flat=3)
        return known
    if sort == "noun":
        word = _often(draw, lexicon()["noun"][field], flat=8)
        text = word.forms["Nd" if field == "crops" else "N"]
        return Thing("word", text, (text,))
    if choices in {"firm", "play"}:
        text = draw.choice(_yaml("frames.yaml")[f"{choices}s"])
        if choices == "firm" and draw.random() < 0.4:
            text = _coined(draw)
        return Thing(choices, text, (text,))
    text = draw.choice(choices.split("|"))
    return Thing(slot, text, (text,))


def _coined(draw: Random) -> str:
    """Return a word that no lexicon has, in a shape that Arabic words have."""
    return draw.choice(SHAPES).format(*draw.sample(LETTERS, 3))


def _focus(draw: Random, topic: str) -> dict[str, list[Word]]:
    """Return the words that an event's reports use again and again."""
    sizes = {"verb": 9, "noun": 10, "adjective": 7}
    return {sort: [_word(draw, sort, topic) for _ in range(size)] for sort, size in sizes.items()}


def _word(draw: Random, sort: str, topic: str) -> Word:
    by_topic = lexicon()[sort]
    own = by_topic.get(topic)
    words = own if own and draw.random() < 0.5 else by_topic["general"]
    if draw.random() < 0.12:
        words = by_topic[draw.choice(list(by_topic))]
    return _often(draw, words, flat=20)  # type: ignore[no-any-return]


# --- reports -------------------------------------------------------------------------------------


def reports(size: int) -> Iterator[Report]:
    """Yield `size` articles; two runs give the same."""
    number = 0
    for event in events():
        draw = Random(f"reports {event.number}")
        tellers = draw.sample(outlets(), draw.choices(range(1, 6), (58, 21, 11, 6, 4))[0])
        lines = {part: _shuffled(draw, event, part) for part in ("titles", "leads", "body")}
        for nth, outlet in enumerate(tellers):
            if number == size:
                return
            writer = _Writer(event, outlet, Random(f"report {event.number} {nth}"))
            yield writer.report(number, nth, lines, alone=len(tellers) == 1)
            number += 1


def _shuffled(draw: Random, event: Event, part: str) -> list[str]:
    lines: list[str] = kinds()[event.kind][part].strip().splitlines()
    return draw.sample(lines, len(lines))


_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_PLACEHOLDER = re.compile(r"([لب]ـ?)?\{([a-zA-Z.0-9]+)\}")
_FORMS = {"V": "verb", "W": "verb", "M": "verb", "A": "verb", "N": "noun", "P": "noun"}
_SHORT = re.compile(r"(?<![ء-ي])([لب])ـ(?=[ء-ي])")


class _Writer:
    """One outlet's report of an event, while it is written."""

    def __init__(self, event: Event, outlet: Outlet, draw: Random) -> None:
        self.event, self.outlet, self.draw = event, outlet, draw
        self.day = event.day + dt.timedelta(draw.choices((0, 1, 2), (70, 25, 5))[0])
        self.used: dict[str, Thing] = {}
        self.numbers: set[int] = set()
        self.texts: dict[str, str] = {}  # slot → as this outlet spells it

    def report(
        self, number: int, nth: int, lines: Mapping[str, Sequence[str]], *, alone: bool
    ) -> Report:
        lang = self._language()
        if lang == "ar":
            title = self._titled(self._filled(lines["titles"][nth % len(lines["titles"])]))
            titled = frozenset(self.used)
            text = self._told(lines, nth)
        else:
            title, titled, text = self._foreign(lang)
        ident = hashlib.sha256(f"news {number}".encode()).hexdigest()[:12]
        people = (one for one in self.used.values() if one.sort in {"person", "foreign"})
        facets = {
            "outlet": (self.outlet.key,),
            "topic": (self.event.topic,),
            "person": tuple(sorted(one.key for one in people if one.key[0] != "?")),
            "place": (self.event.place.key,),
            "organization": tuple(one.key for one in self.used.values() if one.sort == "org"),
            "story": () if alone else (f"event-{self.event.number}",),
        }
        day = self.day.isoformat()
        chance = self.draw.random()
        document = SearchDocument(
            id=ident,
            url=f"/n/{ident}/",
            title=title,
            text=text,
            day="" if chance < 0.01 else day[:7] if chance < 0.03 else day,
            source=self.outlet.name,
            facets=facets,
            lang=stemmed_language(lang),
        )
        used = {"place": self.event.place, **self.used}
        return Report(
            number, document, lang, self.event, used, titled,
            frozenset(self.numbers),
        )  # fmt: skip

    # Texts

    def _titled(self, title: str) -> str:
        title = self._marked(title)
        before = ("عاجل | ", "بالفيديو.. ", f"{self._spelled('place')} - ", "خاص: ", "تقرير: ")
        after = (" (صور)", f" - {self.outlet.name}", " | فيديو", "..")
        if self.draw.random() < 0.1:
            title = self.draw.choice(before) + title
        if self.draw.random() < 0.08:
            title += self.draw.choice(after)
        return self._by_hand(title)

    def _marked(self, title: str) -> str:
        """Return a headline, speech or a name in it between quotation marks as outlets like it."""
        draw = Random(f"marks {self.event.number} {self.outlet.key}")
        opening, closing = draw.choice(("«»", "«»", '""', "“”"))
        before, colon, speech = title.partition(": ")
        if set('«"') & set(title):
            return title
        if colon and draw.random() < 0.4:
            return f"{before}: {opening}{speech}{closing}"
        unmarked = {"number", "place", "country", "person", "foreign", "model", "score", "deg"}
        named = [slot for slot in self.used if self.used[slot].sort not in unmarked]
        if not named or draw.random() > 0.22:
            return title
        text = re.escape(self.texts[draw.choice(named)])
        marked = re.sub(
            rf"(?<![ء-ي])([بلو]?)({text})(?![ء-ي])", rf"\1ـ{opening}\2{closing}", title, count=1
        )
        return re.sub('(?<![بل])ـ(?=[«“"])', "", marked)

    def _told(self, lines: Mapping[str, Sequence[str]], nth: int) -> str:
        frames = {
            part: _yaml("frames.yaml")[part].splitlines()
            for part in ("general", "quotes", "endings")
        }
        draw = self.draw
        body = draw.sample(lines["body"], draw.randint(2, len(lines["body"])))
        said = draw.sample(frames["general"], draw.randint(5, 11))
        said += draw.sample(frames["quotes"], draw.choice((0, 1, 1, 2)))
        draw.shuffle(said)
        rest = body[:1] + draw.sample([*body[1:], *said], len(body) - 1 + len(said))
        rest += draw.sample(frames["endings"], draw.choice((0, 1, 1, 2)))
        opening = self.outlet.dateline.format(
            p=self._spelled("place"), o=self.outlet.name, d=self._date(self.day)
        )
        lead = self._filled(lines["leads"][nth % len(lines["leads"])])
        sentences = [f"{opening} {lead}".strip(), *map(self._filled, rest)]
        at = [0, *sorted(draw.sample(range(1, len(sentences)), min(3, len(sentences) - 1)))]
        paragraphs = [
            " ".join(sentences[a:b]) for a, b in zip(at, [*at[1:], len(sentences)], strict=True)
        ]
        return self._mistyped(self._by_hand("\n\n".join(paragraphs)))

    def _language(self) -> str:
        lang = self.draw.choices(("ar", "en", "fr", "fa"), (950, 25, 13, 12))[0]
        return lang if self.event.topic in _yaml("foreign.yaml").get(lang, ()) else "ar"

    def _foreign(self, lang: str) -> tuple[str, frozenset[str], str]:
        title, *sentences = _yaml("foreign.yaml")[lang][self.event.topic]
        people = {s: t for s, t in self.event.slots.items() if t.sort in {"person", "foreign"}}
        who = next(iter(people.values()), None) or _somebody(self.draw, "politics")
        number = self.draw.randint(3, 90)
        fitting = (t.number for t in self.event.slots.values() if t.number)
        if self.event.topic != "courts":  # where they are years
            number = next(fitting, number)
        column = 6 if lang == "fr" else 5
        day = f"{self.day.day} {months()[self.day.month - 1][column]} {self.day.year}"
        place = self.event.place.texts[0].removeprefix("ال").translate(str.maketrans("كية", "کیه"))
        told = {
            "place": self.event.place.latin, "country": self.event.country.latin, "n": str(number),
            "who": who.latin, "day": day, "fplace": place,
        }  # fmt: skip
        text = "\n\n".join(sentences)
        for slot, thing in people.items():
            if thing == who and "{who}" in title + text:
                self.used[slot] = thing
        if "{n}" in title + text:
            self.numbers.add(number)
        titled = frozenset(self.used) if "{who}" in title else frozenset[str]()
        return title.format(**told), titled | {"place"}, text.format(**told)

    def _by_hand(self, text: str) -> str:
        """Return `text` as it is typed where nobody types a hamza."""
        if self.outlet.hand == "full":
            return text
        text = re.sub("[أإآ]", "ا", text)
        return re.sub(r"ة(?![ء-ي])", "ه", text)

    def _mistyped(self, text: str) -> str:
        """Return `text`, in one of four reports with a word misspelt."""
        if self.draw.random() > 0.25:
            return text
        words = [match for match in re.finditer("[ء-ي]{5,}", text) if match.start() > 200]
        if not words:
            return text
        word = self.draw.choice(words)
        at = self.draw.randint(word.start() + 1, word.end() - 2)
        swapped = text[at + 1] + text[at]
        return (
            text[:at]
            + self.draw.choice((swapped, text[at], text[at] * 2 + text[at + 1]))
            + text[at + 2 :]
        )

    # Placeholders

    def _filled(self, line: str) -> str:
        line = _CHOICE.sub(lambda match: self.draw.choice(match[1].split("|")), line)
        return _SHORT.sub(r"\1", _PLACEHOLDER.sub(self._fill, line)).replace(" .", ".")

    def _fill(self, match: re.Match[str]) -> str:
        before, text = match[1] or "", self._value(match[2])
        if before[:1] == "ل" and text.startswith("ال") and before:
            return "لل" + text[2:]
        return before + text

    def _value(self, name: str) -> str:
        slot, _, part = name.partition(".")
        if slot in self.event.slots or slot in {"place", "country"}:
            thing = self.event.slots.get(slot) or getattr(self.event, slot)
            self.used[slot] = thing
            return thing.role if part else self._spelled(slot)
        if slot[:3] == "nat":
            he, she = self.event.country.fields[0].split("/")
            text = she if "f" in slot else he
            return _the(text) if "d" in slot else text
        if slot in {"NJ", "NJd", "PJ", "PJd"}:
            return self._described(slot)
        if slot[0] in _FORMS:
            return self._drawn(_FORMS[slot[0]]).forms[slot]
        if slot[0] == "J":
            return self._drawn("adjective").forms[slot]
        return str(getattr(self, f"_put_{slot}")())

    def _drawn(self, sort: str) -> Word:
        if self.draw.random() < 0.55:
            return self.draw.choice(self.event.focus[sort])
        return _word(self.draw, sort, self.event.topic)

    def _described(self, form: str) -> str:
        noun = self._drawn("noun").forms[form.replace("J", "")]
        people = noun.endswith(("ون", "ين"))
        ending = "" if people else "f" if form[0] == "P" or noun[-1] == "ة" else ""
        adjective = self._drawn("adjective").forms[f"J{ending}{form[2:]}"]
        return f"{noun} {adjective}{'ين' if people and adjective[-1] != 'ى' else ''}"

    def _spelled(self, slot: str) -> str:
        """Return a slot's text as this outlet writes it throughout."""
        if slot not in self.texts:
            thing = self.event.slots.get(slot) or getattr(self.event, slot)
            self.texts[slot] = self._spelling(thing)
        text = self.texts[slot]
        thing = self.event.slots.get(slot)
        if thing and thing.number is not None:
            self.numbers.add(thing.number)
        return text

    def _spelling(self, thing: Thing) -> str:
        draw, chance = self.draw, self.draw.random()
        arabic = [text for text in thing.texts if not re.search("[A-Za-z]", text)]
        if thing.number is not None:
            return self._number(thing.number)
        if thing.sort == "foreign":
            return arabic[min(self.outlet.way, len(arabic) - 1)]
        if thing.sort == "org" and chance < 0.06:
            return f"{thing.texts[0]} ({thing.latin})"
        if chance > USUAL.get(thing.sort, 1):
            return draw.choice(thing.texts if thing.sort == "model" else arabic)
        eastern = thing.sort == "deg" and self.outlet.digits == "arab"
        return self._digits(thing.texts[0].replace(".", "٫")) if eastern else thing.texts[0]

    def _number(self, value: int) -> str:
        eastern = self.outlet.digits == "arab"
        marks = ("٬", "", ",", ".") if eastern else (",", "", ".", "\u00a0")
        mark = self.draw.choices(marks, (50, 30, 10, 10))[0] if value >= 1000 else ""
        groups = f"{value:,}".split(",")
        return mark.join(self._digits(group) for group in groups)

    def _digits(self, text: str) -> str:
        return text.translate(_EASTERN) if self.outlet.digits == "arab" else text

    def _month(self, month: int, country: str) -> str:
        levantine, egyptian = months()[month - 1][:2]
        if country in MAGHREB:
            return months()[month - 1][MAGHREB[country]]
        if country in _EGYPTIAN or self.outlet.way == 1:
            return egyptian
        return self.draw.choice((levantine, levantine, f"{levantine}/{egyptian}", egyptian))

    def _date(self, day: dt.date) -> str:
        number = self._number(day.day)
        month = self._month(day.month, self.event.country.key)
        return f"{number} {month} {self._digits(str(day.year))}"

    def _put_day(self) -> str:
        weekday = WEEKDAYS[self.event.day.weekday()]
        date = self._date(self.event.day)
        ways = (weekday, f"يوم {weekday}", f"أمس {weekday}", f"{weekday} {date}", f"في {date}")
        return self.draw.choice(ways)

    def _put_date(self) -> str:
        day = FIRST + dt.timedelta(self.draw.randrange(max((self.event.day - FIRST).days, 400)))
        hijri = Gregorian(day.year, day.month, day.day).to_hijri()
        season = ("شتاء", "ربيع", "صيف", "خريف")[day.month % 12 // 3]
        month = self._month(day.month, self.event.country.key)
        ways = (
            f"{month} {day.year}",
            f"عام {day.year}",
            f"سنة {day.year}",
            self._date(day),
            f"{day.day}/{day.month}/{day.year}",
            f"{season} {day.year}",
            f"{months()[hijri.month - 1][4]} {hijri.year}",
        )
        return self.draw.choice(ways)

    def _put_weekday(self) -> str:
        return self.draw.choice(WEEKDAYS)

    def _put_number(self) -> str:
        value = int(10 ** self.draw.uniform(0.4, 5))
        self.numbers.add(value)
        return self._number(value)

    def _put_tail(self) -> str:
        kind = self.draw.choice(_yaml("frames.yaml")["tails"])
        return f"{kind} {self.draw.choice(('', 'ال', 'ال'))}{_coined(self.draw)}"

    def _put_name(self) -> str:
        return _somebody(self.draw, "politics").texts[0]

    def _put_outlet(self) -> str:
        return self.outlet.name

    def _put_org2(self) -> str:
        return self._spelling(_often(self.draw, _mixed("org"), flat=5))

    def _put_crop(self) -> str:
        return str(_often(self.draw, lexicon()["noun"]["crops"], flat=8).forms["Nd"])

    def _put_topic(self) -> str:
        return TOPICS[self.event.topic]

    def _put_who(self) -> str:
        return _somebody(self.draw, "politics").texts[0]
