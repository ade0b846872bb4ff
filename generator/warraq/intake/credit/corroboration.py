"""An outlet on no list: a short name in one place of the page with which another place agrees."""

import re
from collections.abc import Iterable, Iterator, Sequence

from warraq.intake.credit import bylines
from warraq.intake.credit.credit_rules import bare_name
from warraq.intake.credit.name_kinds import is_generic_credit, is_person, is_place
from warraq.intake.credit.names import NameFound
from warraq.intake.credit.outlet_inference import NO_NAMES
from warraq.intake.credit.outlets import OutletDirectory
from warraq.intake.credit.thresholds import CREDIT
from warraq.intake.dates.phrases import fold_with_offsets
from warraq.intake.text.folding import phrase, stem, words
from warraq.model import Removed

_APART = frozenset(
    (
        "above-headline",
        "head-label",
        "byline",
        "label-below",
        "broadcaster",
        "below-furniture",
        "masthead",
        "menu",
        "photo-credit",
    )
)
_SPEAKS = frozenset(("follow", "footer", "feedback", "newsletter", "opinion-note", "contact"))
# «(مرآة الشرق)», «صورة: مرآة الشرق», «سمر نجم/مرآة الشرق» behind a caption
_CAPTIONED = re.compile(r"[(/:–-]\s*([^()/:–\d-]{3,30})\)?\s*\.?$")
# Whoever is spoken to writes the text; a bare «لـ» (to) counts behind a word of speech only.
_TO = (
    r"(?:ل?مراسل[هي]?|موفد[هي]?|خصت? به|لشبكه|لوكاله|لموقع|لصحيفه|لقناه|لاذاعه|"
    r"(?:حوار|مقابله|لقاء|حديث) مع|"
    r"(?:قال|يقول|تقول|اوضح|اكد|اضاف|صرح|ادلي|تصريح|حديث)\w*[^.\n]{0,80}? ل\u0640?)"
)


def corroborated_outlet(
    removed: Sequence[Removed], body: str, title: str, directory: OutletDirectory
) -> NameFound | None:
    """Return the one short name in the head, the dateline or a caption that is the outlet's.

    People in the text speak to it, or a line to the readers names it («تطبيق مرآة الشرق», its app).
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
    outlet = directory.named(name)
    return NameFound(outlet.name if outlet else name, "named twice", outlet)


def _names(removed: Iterable[Removed], body: str) -> Iterator[str]:
    """Yield the short names in the lines around the article and at the article's beginning."""
    for line in removed:
        if line.rule in _APART and len(words(line.text)) <= CREDIT.max_naming_line_words:
            yield from bylines.parts_of(line.text)
        if line.rule == "photo-credit" and (match := _CAPTIONED.search(line.text)):
            yield match[1].strip()
    yield from bylines.parts_of(body[: CREDIT.opening_chars].partition("\n")[0])[:-1]


def _may_be(name: str, title: str) -> bool:
    """Whether `name` may be an outlet's: no place, no person, nothing that the headline has."""
    listed, folded = words(name), phrase(name)
    short = 1 <= len(listed) <= CREDIT.max_corroborated_words
    if not short or len(folded) < CREDIT.min_corroborated_letters or re.search(r"[\d#@؟!]", name):
        return False
    if is_place(name) or is_generic_credit(name) or is_person(name):
        return False
    if not NO_NAMES.isdisjoint(map(stem, listed)):
        return False  # «تطبيق الهاتف» (phone app)
    return folded not in phrase(title)
