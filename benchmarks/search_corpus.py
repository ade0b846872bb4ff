"""A made-up archive for measuring search, and labelled queries on it.

Words of the lexicon, made-up roots in common shapes, with particles and endings, in Zipf's
proportions, each article on a topic of its own and naming a person of its own. It has the size and
the unevenness of news, not its meaning: figures of size, time and bytes carry over; those of known
items show only that inflection, spelling and typing errors are survived.
"""

import datetime as dt
import hashlib
import random
from collections.abc import Iterator, Sequence

import numpy as np

from warraq.search.analysis import STOP_WORDS
from warraq.search.records import SearchDocument
from warraq.search.stems import lexicon

WORDS_EACH = 350
VOCABULARY = 130_000  # surface words, as 10,000 articles of news have
KINDS = ("headline", "inflected", "typing error", "two words", "name")
PREFIXES = ("", "", "ال", "ال", "و", "وال", "ب", "بال", "ل", "لل", "ف", "س", "ك")
SUFFIXES = ("", "", "", "ه", "ها", "ات", "ين", "ون", "ي", "يه", "هم", "ان", "ا")
LETTERS = "بتثجحخدذرزسشصضطظعغفقكلمنهوي"
SHAPES = (
    "{}{}{}",
    "{}ا{}{}",
    "م{}{}و{}",
    "{}{}ي{}",
    "ا{}{}ا{}",
    "ت{}{}ي{}",
    "م{}ا{}{}ه",
    "ا{}ت{}ا{}",
)


def vocabulary(draw: random.Random) -> list[str]:
    """Return surface words, the commonest first: stop words, the lexicon, then derived forms."""
    known = sorted(word for word in lexicon() if "ء" <= word[0] <= "ي")
    draw.shuffle(known)
    bases = dict.fromkeys(known)
    while len(bases) < 24_000:
        bases[draw.choice(SHAPES).format(*draw.sample(LETTERS, 3))] = None
    words = dict.fromkeys([*sorted(STOP_WORDS), *bases])
    common = list(bases)
    while len(words) < VOCABULARY:
        base = common[min(int(draw.paretovariate(0.6)), len(common) - 1)]
        words[draw.choice(PREFIXES) + base + draw.choice(SUFFIXES)] = None
    return list(words)


def articles(count: int) -> Iterator[SearchDocument]:
    """Yield `count` articles over ten years; two runs give the same."""
    draw = random.Random(20251012)
    words = vocabulary(draw)
    numbers = np.random.default_rng(20251012)
    weights = 1 / (np.arange(len(words)) + 2.7) ** 1.02
    bounds = np.cumsum(weights / weights.sum())
    for number in range(count):
        length = int(WORDS_EACH * numbers.uniform(0.5, 1.5))
        chosen = np.searchsorted(bounds, numbers.random(length))
        own = np.searchsorted(bounds, numbers.random(80))
        own = own[own > 400]
        if len(own):
            on_topic = numbers.random(length) < 0.4
            chosen[on_topic] = numbers.choice(own, int(on_topic.sum()))
        text = [words[at] for at in np.minimum(chosen, len(words) - 1)]
        title = [word for word in dict.fromkeys(text) if word not in STOP_WORDS][:8]
        text.insert(length // 3, name_of(number))
        ident = hashlib.sha256(str(number).encode()).hexdigest()[:12]
        day = dt.date(2015, 1, 1) + dt.timedelta(int(numbers.integers(3650)))
        yield SearchDocument(
            id=ident,
            url=f"/n/{ident}/",
            title=" ".join(title),
            text=" ".join(text),
            day=day.isoformat(),
            source=f"وكالة {number % 40}",
            facets={
                "outlet": (f"outlet-{number % 40}",),
                "topic": (f"topic-{number % 60}",),
                "person": tuple(f"person-{int(n) % 500}" for n in numbers.zipf(1.5, 3)),
                "place": (f"place-{int(numbers.zipf(1.5)) % 100}",),
            },
        )


def name_of(number: int) -> str:
    """Return the name of the person that an article alone tells of, as it writes it."""
    draw = random.Random(number)
    first = draw.choice(("أبو ", "عبد ال", "أبو ال"))
    return first + "".join(draw.sample(LETTERS, 4)) + draw.choice(("ي", "ان", "ة", ""))


def queries(documents: Sequence[tuple[int, SearchDocument]]) -> list[tuple[str, str, str]]:
    """Return (kind, query, id) for some articles, given with their numbers."""
    draw = random.Random(7)
    rows = []
    for at, (number, document) in enumerate(documents):
        words = [word for word in document.title.split() if len(word) >= 4]
        kind = KINDS[at % len(KINDS)]
        if kind == "name":
            rows.append((kind, draw.choice(SPELLINGS)(name_of(number)), document.id))
        elif len(words) >= 3:
            chosen = draw.sample(words, 2 if kind == "two words" else 3)
            if kind == "inflected":
                chosen = [w if w[0] in "اوبلف" else f"و{w}" for w in chosen]
            elif kind == "typing error":
                chosen = _mistyped(chosen)
            rows.append((kind, " ".join(chosen), document.id))
    return rows


# A name as others write it: with a particle, in another case, in one word, without hamza.
SPELLINGS = (
    lambda name: "و" + name,
    lambda name: name.replace("أبو ", "أبي "),
    lambda name: name.replace("أبو ", "أبو").replace("عبد ال", "عبدال"),
    lambda name: name.replace("أ", "ا").replace("ة", "ه"),
)


def _mistyped(words: list[str]) -> list[str]:
    longest = max(words, key=len)
    middle = len(longest) // 2
    return [word if word != longest else word[:middle] + word[middle + 1 :] for word in words]
