"""An outlet on no list: a short name in one place of the page to which another place agrees."""

import re
from collections.abc import Iterable, Iterator, Sequence

from warraq.intake.credit import bylines, name_kinds
from warraq.intake.credit.credit_rules import bare_name
from warraq.intake.credit.names import NameFound
from warraq.intake.credit.outlet_inference import NO_NAMES
from warraq.intake.credit.outlets import OutletDirectory
from warraq.intake.dates.phrases import fold_with_offsets
from warraq.intake.text.folding import phrase, stem, words
from warraq.model import Removed

MOST_NAME = 3  # words
MOST_LINE = 8  # words of a line that may name it
OPENING = 80  # code points into the first paragraph that may name the outlet
_APART = frozenset(
    ("above-headline", "head-label", "byline", "label-below", "broadcaster", "below-furniture",
     "masthead", "menu", "photo-credit")
)  # fmt: skip
_SPEAKS = frozenset(("follow", "footer", "feedback", "newsletter", "opinion-note", "contact"))
# «(مرآة الشرق)», «صورة: مرآة الشرق», «سمر نجم/مرآة الشرق» behind a caption
_CAPTIONED = re.compile(r"[(/:–-]\s*([^()/:–\d-]{3,30})\)?\s*\.?$")
# Whom people speak to writes the text; a bare «لـ» counts behind a word of speech only.
_TO = (
    r"(?:ل?مراسل[هي]?|موفد[هي]?|خصت? به|لشبكه|لوكاله|لموقع|لصحيفه|لقناه|لاذاعه|"
    r"(?:حوار|مقابله|لقاء|حديث) مع|"
    r"(?:قال|يقول|تقول|اوضح|اكد|اضاف|صرح|ادلي|تصريح|حديث)\w*[^.\n]{0,80}? ل\u0640?)"
)


def corroborated_outlet(
    removed: Sequence[Removed], body: str, title: str, known: OutletDirectory
) -> NameFound | None:
    """Return the one short name in the head, the dateline or a caption that is the outlet's.

    People in the text speak to it, or a line to the readers names it («تطبيق مرآة الشرق»).
    """
    flat = fold_with_offsets(body)[0]
    calls = [phrase(line.text) for line in removed if line.rule in _SPEAKS]
    found: dict[str, str] = {}
    for name in _names(removed, body):
        folded = phrase(name)
        if folded in found or not _may_be(name, title):
            continue
        own = re.escape(folded)
        quoted = rf"(?<!\w)ل\u0640?\s?[«\"“(]{{1,2}}{own}[»\"”)]"
        spoken = re.search(rf"(?<!\w)[وف]?{_TO}\s?[«\"“(]{{0,2}}{own}(?!\w)|{quoted}", flat)
        if spoken or any(re.search(rf"(?<!\w)[لب]?{own}(?!\w)", c) and c != folded for c in calls):
            found[folded] = name
    if len(found) != 1:
        return None
    name = bare_name(next(iter(found.values())))
    outlet = known.named(name)
    return NameFound(outlet.name if outlet else name, "named twice", outlet)


def _names(removed: Iterable[Removed], body: str) -> Iterator[str]:
    """Yield the short names in the lines around the article and at the article's beginning."""
    for line in removed:
        if line.rule in _APART and len(words(line.text)) <= MOST_LINE:
            yield from bylines.parts_of(line.text)
        if line.rule == "photo-credit" and (match := _CAPTIONED.search(line.text)):
            yield match[1].strip()
    yield from bylines.parts_of(body[:OPENING].partition("\n")[0])[:-1]


def _may_be(name: str, title: str) -> bool:
    """Tell whether `name` can be an outlet's: no place, person or thing of the headline."""
    listed = words(name)
    short = 1 <= len(listed) <= MOST_NAME and len(phrase(name)) > MOST_NAME
    plain = short and not re.search(r"[\d#@؟!]", name)
    told = (
        name_kinds.is_place(name)
        or name_kinds.is_generic_credit(name)
        or name_kinds.is_person(name)
    )
    told = told or not NO_NAMES.isdisjoint(map(stem, listed))  # «تطبيق الهاتف»
    return plain and not told and phrase(name) not in phrase(title)
