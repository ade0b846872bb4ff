"""Sources that a text relies on: agencies, ministries, newspapers, posts."""

import re
from collections.abc import Iterable, Sequence

from warraq.intake.credit.name_kinds import OWN_WORDS
from warraq.intake.credit.outlets import OutletDirectory
from warraq.intake.credit.thresholds import CREDIT
from warraq.intake.dates.phrases import fold_with_offsets
from warraq.intake.text.folding import phrase
from warraq.model import Cited

_SPEECH = (
    r"(?:ذكر|نقل|قال|افاد|اعلن|اكد|اوضح|بين|اشار|كشف|اضاف|نشر|بث|اورد|لفت|حذر|دع)(?:ت|وا|ا)?|"
    r"(?:بحسب|وفق|وفقا ل|حسب|نقلا عن|استنادا الي|طبقا ل|في بيان ل|في تصريح ل|لوكاله)"
)
_INSTITUTION = re.compile(
    rf"(?<!\w)[وف]?(?:{_SPEECH})\s?"
    r"(?P<name>(?:وكاله|صحيفه|قناه|شبكه|موقع|وزاره|مجله|اذاعه)\s+[^،,.:؛()«»“”\"]{2,60}?)"
    r"(?=\s*(?:[،,.:؛(«“\"]|\s(?:ان|انها|عن|في|عبر|علي|الي|من|اليوم|امس|خلال|بان|قوله|قولها|,)(?!\w)|$))"
    r"(?P<bracket>\s*\((?P<short>[^()]{2,25})\))?(?P<channel>\s+عبر\s+(?:قناتها|حسابها|صفحتها)\s+(?:الرسميه\s+)?(?:علي|في)\s+(?:منصه\s+)?[«“\"]?(?P<where>\w+))?"
)
_INSTITUTIONS = ("وكاله", "صحيفه", "قناه", "شبكه", "موقع", "وزاره", "مجله", "اذاعه")
_POST = re.compile(
    r"(?:منشور|تدوينه|تغريده|بيان|تصريح|حسابه|حسابها|صفحته|صفحتها|قناته|قناتها|مقطع)(?:\s+\w+){0,2}\s+(?:علي|عبر|في)\s+(?:منصه|موقع|تطبيق|صفحته|حسابه)?\s*[«“”\"]?"
    r"(?P<where>اكس|x|تويتر|فيسبوك|تلغرام|تليغرام|تيليغرام|تليجرام|انستغرام|تروث سوشيال|يوتيوب|لينكد ان|تيك توك)(?!\w)"  # noqa: E501
)
_KINDS = {
    "وكاله": "agency",
    "وزاره": "ministry",
    "صحيفه": "newspaper",
    "قناه": "broadcaster",
    "اذاعه": "broadcaster",
    "شبكه": "site",
    "موقع": "site",
    "مجله": "magazine",
}


def cited_in(paragraphs: Iterable[str], directory: OutletDirectory) -> tuple[Cited, ...]:
    """Return the sources that the text relies on: agencies, ministries, newspapers, posts.

    «وذكرت وكالة الأناضول» means: Anadolu Agency reported.

    >>> from warraq.intake.credit.outlets import outlet_directory
    >>> [c.name for c in cited_in(["وذكرت وكالة الأناضول، أن الوفد وصل."], outlet_directory())]
    ['وكالة الأناضول']
    """
    found: dict[str, Cited] = {}
    for text in (p for p in paragraphs if len(p) <= CREDIT.max_paragraph_chars):
        flat, offsets = fold_with_offsets(text)
        for match in _INSTITUTION.finditer(flat) if any(k in flat for k in _INSTITUTIONS) else ():
            start, end = match.span("name")
            name = text[offsets[start] : offsets[end - 1] + 1] if offsets else text[start:end]
            short = match["short"] or ""
            if name.startswith("موقع ") and phrase(name[5:]) in OWN_WORDS:
                continue  # «موقع الجريدة» (the paper's site): its own
            outlet = directory.named(short) if short else directory.named(name)
            kind = outlet.type if outlet and outlet.type else _KINDS[match["name"].split()[0]]
            shown = (
                text[slice(*original_span(match.span("short"), offsets))]
                if outlet and short
                else name
            )
            found.setdefault(phrase(shown), Cited(" ".join(shown.split()), kind))
        for match in _POST.finditer(flat):
            where = text[slice(*original_span(match.span("where"), offsets))]
            found.setdefault(phrase(where), Cited(where, "post"))
    return tuple(found.values())


def original_span(span: tuple[int, int], offsets: Sequence[int]) -> tuple[int, int]:
    """Return a span of folded text as one of the text, by `offsets` of `fold_with_offsets`."""
    start, end = span
    return (offsets[start], offsets[end - 1] + 1) if offsets else span
