"""People that a text introduces: office and name («وزير الدفاع مرهف أبو قصرة», defence minister …).

For the import's report, which proposes a file for a frequent name that has none. Pure.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from warraq.intake.quotes import titled_names
from warraq.intake.rule_data import load
from warraq.intake.text.folding import fold, phrase

MIN_ARTICLES = 3  # that introduce a name before it is proposed

_RANKS = frozenset(phrase(w) for w in load("speech")["ranks"])


class IntroducedPerson(NamedTuple):
    """A person's name and the office the text gives with it, ranks and courtesies left out."""

    name: str
    role: str = ""


class ProposedPerson(NamedTuple):
    """A name worth a file: the office it is given most often, and the articles that have it."""

    name: str
    role: str
    articles: tuple[str, ...]


def introduced_people(paragraphs: Sequence[str]) -> tuple[IntroducedPerson, ...]:
    """Return the people that `paragraphs` introduce, each name once, with its first office.

    >>> introduced_people(["استقبل وزير الري هاني سويلم، أمس، المهندس سمير عادل."])[0]
    IntroducedPerson(name='هاني سويلم', role='وزير الري')
    """
    found: dict[str, IntroducedPerson] = {}
    for titles, name in titled_names(paragraphs):
        role = " ".join(w for w in titles if _core(w) not in _RANKS)
        known = found.get(phrase(name))
        if known is None or (role and not known.role):
            found[phrase(name)] = IntroducedPerson(name, role)
    return tuple(found.values())


def _core(word: str) -> str:
    return fold(word).removeprefix("ال")


def proposed_people(
    met: Mapping[str, Iterable[IntroducedPerson]],
    least: int = MIN_ARTICLES,
    *,
    not_names: Iterable[str] = (),
) -> tuple[ProposedPerson, ...]:
    """Return the names that at least `least` articles introduce, the most frequent first.

    `met` maps an article's id to the people it introduces; `not_names` are none, as editors say.
    """
    passed = set(map(phrase, not_names))
    articles: dict[str, list[str]] = defaultdict(list)
    names: dict[str, Counter[str]] = defaultdict(Counter)
    roles: dict[str, Counter[str]] = defaultdict(Counter)
    for article_id, people in met.items():
        for person in people:
            key = phrase(person.name)
            articles[key].append(article_id)
            names[key][person.name] += 1
            roles[key].update([person.role] if person.role else [])
    often = sorted(
        (-len(ids), key) for key, ids in articles.items() if len(ids) >= least and key not in passed
    )
    return tuple(
        ProposedPerson(_commonest(names[key]), _commonest(roles[key]), tuple(sorted(articles[key])))
        for _, key in often
    )


def _commonest(counted: Counter[str]) -> str:
    return min(counted, key=lambda text: (-counted[text], text), default="")
