"""A synthetic Arabic news archive of any size: the same bytes for the same size, on any machine.

Words are made from roots and patterns and drawn by Zipf's law, so that an index has the shape of a
real one: some frequent words, a long tail, inflected forms with particles. Nothing of it is news.
"""

import sys
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import NamedTuple

LETTERS = "بتثجحخدذرزسشصضطظعغفقكلمنهوي"
PATTERNS = (
    "123", "12ا3", "1ا2 3", "م12و3", "ت12ي3", "ا12ا3", "است12ا3", "م1ا23ة", "12ي3", "12و3",
    "12ا3ة", "م12 3", "ان12ا3", "ا1ت2ا3", "م123ون", "123ات", "12ا3ي", "12و3ي", "ت1ا2 3", "12ي3ة",
)  # fmt: skip
FRAMES = ("{}", "ال{}", "و{}", "وال{}", "ب{}", "لل{}", "{}", "ال{}", "ف{}", "{}ها")
SMALL = "في من على إلى أن التي الذي عن مع بعد قبل خلال بين كما قد لم لا ما هذا هذه ذلك كان".split()
NAMES = "سالم نادر ريما هالة جابر ليلى فارس منى زياد رنا عمر سلمى يوسف دانة كريم نهى".split()
FAMILIES = "الحلبي العطار الخوري المصري البغدادي القاسم النجار الحداد السيد مراد شاهين عون".split()
PLACES = "دمشق حلب بغداد عمان القاهرة الرباط تونس الخرطوم صنعاء مسقط الدوحة بيروت".split()
VOCABULARY = 40_000
WORDS = 390
FIRST, YEARS = date(2014, 1, 1), 11


def vocabulary(random: Random) -> list[str]:
    """Return distinct word forms, the most frequent first."""
    found: dict[str, None] = {}
    while len(found) < VOCABULARY:
        root = [random.choice(LETTERS) for _ in range(3)]
        pattern = random.choice(PATTERNS).replace(" ", "")
        word = "".join(root[int(c) - 1] if c in "123" else c for c in pattern)
        found[random.choice(FRAMES).format(word)] = None
    return list(found)


def write(folder: Path, articles: int, *, seed: int = 1, filed: bool = True) -> None:
    """Write a site of `articles` articles into `folder`, with authority files if `filed`.

    Without them the same articles name the same outlets and topics, which then have no pages.
    """
    random = Random(seed)
    words = vocabulary(Random(7))
    weights = list(accumulate(1 / (rank + 20) for rank in range(len(words))))
    people = [f"{n} {f}" for n in NAMES for f in FAMILIES][:120]
    (folder / "content").mkdir(parents=True, exist_ok=True)
    (folder / "site.yaml").write_text(
        "name: أرشيف القياس\nbase_url: https://bench.example/\nhistory: none\n", "utf-8"
    )
    kinds = {
        "people": people,
        "places": PLACES,
        "outlets": [f"صحيفة {word}" for word in words[100:124]],
        "topics": words[200:230],
    }
    for kind, names in kinds.items() if filed else ():
        (folder / "content" / kind).mkdir(exist_ok=True)
        for number, name in enumerate(names):
            path = folder / "content" / kind / f"{kind[0]}{number}.md"
            path.write_text(f"---\nname: {name}\n---\n", "utf-8")
    for _ in range(articles):
        write_article(folder, random, Stock(words, weights, people, filed))


class Stock(NamedTuple):
    """What articles are made of; `filed` if what they name has authority files."""

    words: list[str]
    weights: list[float]
    people: list[str]
    filed: bool


def write_article(folder: Path, random: Random, stock: Stock) -> None:
    """Write one article: a headline, eight paragraphs, two or three people and a place named."""
    words, weights, people, filed = stock
    text = random.choices(words, cum_weights=weights, k=WORDS)
    for at in range(2, WORDS, 4):
        text[at] = random.choice(SMALL)
    for name in random.sample(people, random.randint(1, 3)):
        text[random.randrange(WORDS)] = name
    text[random.randrange(WORDS)] = random.choice(PLACES)
    length = WORDS // 8
    paragraphs = [" ".join(text[at : at + length]) + "." for at in range(0, WORDS, length)]
    title = " ".join(random.choices(words, cum_weights=weights, k=random.randint(6, 11)))
    key = f"{random.getrandbits(48):012x}"
    day = FIRST + timedelta(days=random.randrange(YEARS * 365))
    topics = [random.randrange(30) for _ in range(2)]
    outlet = random.randrange(24)
    named = ", ".join(f"t{n}" if filed else words[200 + n] for n in topics)
    source = f"outlet: o{outlet}" if filed else f"name: صحيفة {words[100 + outlet]}"
    head = f'id: "{key}"\ntitle: {title}\ndate: {day}\ntopics: [{named}]\nsource: {{{source}}}\n'
    path = folder / "content" / "articles" / key[:2] / f"{key}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\n{head}---\n\n" + "\n\n".join(paragraphs) + "\n", "utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]))
