"""What a name means: a place, a person, an outlet, or a generic credit («وكالات», agencies)."""

import re
from collections.abc import Sequence
from functools import cache

from warraq.intake.credit.names import NameFound, NameKind
from warraq.intake.credit.outlets import OutletDirectory
from warraq.intake.rule_data import load
from warraq.intake.text.folding import fold, phrase, words
from warraq.model import Basis

OUTLET_WORDS = frozenset(
    phrase(w) for w in ["صحيفة", "جريدة", "وكالة", "شبكة", "موقع", "قناة", "نت", "نيوز", "برس", "بوست", "أونلاين", "تايمز", "مجلة", "بوابة", "إذاعة", "راديو", "تلفزيون", "ميديا", "الإخبارية", "الإخباري", "للأنباء", "للإعلام", "الإعلامية", "الصحفي", "الآن", "TV", "News", "Press"]  # noqa: E501
)  # fmt: skip
# Words by which any paper calls itself («الجريدة», the paper); one is also an outlet's name.
OWN_WORDS = frozenset(
    phrase(w) for w in "الجريدة الصحيفة الموقع الوكالة القناة المجلة البوابة الإذاعة".split()
)
# Numbers that outlets carry in their names: «كوردستان 24», «زنقة 20».
_NUMBERED = frozenset(("24", "20", "21", "360", "365", "180", "48", "7"))
_FAMILY = re.compile(r"ال\w{2,}ي")
_KINSHIP = frozenset(("ابو", "بو", "ابن", "بن", "ولد", "بنت", "ال", "عبد"))
_NO_NAME = frozenset(
    phrase(
        "عليه عليهم عليهما عليكم عليك عليها عنه عنهم عنهما "
        "الخير الرئيس الوزير القارئ القراء أمام خلال في مع من بعد قبل عند داخل خارج أثناء "
        "المحرر المدير الشعب الأمة الأهالي القانون الجميع"
    ).split()
)
_INITIAL = re.compile(r"[^\W\d_]\. ?[^\W\d_]{2,}(?: [^\W\d_]{2,}){0,2}")  # «ر. آيت قاسي»
_SAYING = frozenset(phrase("إلى لا ما التي الذي أن").split())  # no outlet has them in its name
_OPENERS = frozenset(phrase(w) for w in ("صوت", "صدى", "منبر", "مرآة", "نبض", "مرصد", "أنباء"))
LATIN_NAME = re.compile(r"[A-ZÇĞİÖŞÜ][\w'.-]+(?: [A-ZÇĞİÖŞÜ][\w'.-]*){1,3}")
# «أ.د. سليم الجنابي», «د. سمر نجم», «الدكتور رامي القاسم»
_HONORIFIC = re.compile(
    r"(?:(?:[أا]\s?\.\s?)?[دم]\s?[./]\s?|(?:ال)?(?:دكتور|دكتورة|مهندس|مهندسة)\s)+"
)


@cache
def _list(name: str, key: str) -> frozenset[str]:
    entries = load(name)
    return frozenset(phrase(text) for text in entries[key])


def is_place(text: str) -> bool:
    """Whether `text` is a city or country that datelines name."""
    return phrase(text) in _list("places", "places")


def is_generic_credit(text: str) -> bool:
    """Whether `text` stands in for an outlet's name: «خاص» (exclusive), «وكالات» (agencies)."""
    return phrase(text) in _list("places", "generic credits")


def is_outlet(text: str, directory: OutletDirectory) -> bool:
    """Whether `text` names a listed outlet or, by one of its words, must name another one."""
    return kind_of(text, directory) in {"outlet", "unlisted"}


def is_person(text: str) -> bool:
    """Whether `text` looks like a person's name: 2 to 5 words, the first a given name.

    Without a known given name, a word of kinship («الطيب أبو سن», al-Tayyib *Abu* Sinn) or a family
    name gives it away: the only word with the article («سليم الجنابي», Salim *al-Janabi*).
    """
    if text.startswith("على "):  # the preposition; its folding is that of a name
        return False
    parts = words(_HONORIFIC.sub("", text.strip()))
    if not 2 <= len(parts) <= 5 or re.search(r"\d", text):
        return False
    if _NO_NAME & set(parts) or OUTLET_WORDS & set(parts[1:]):
        return False  # «رضوان الله عليهم», «عدنان الحموي أمام دكانه», «نبراس برس»
    if is_given_name(parts[0]) or _INITIAL.fullmatch(text.strip()):
        return True
    if {parts[0], parts[-1]} & _list("names", "nobody") or OUTLET_WORDS & set(parts):
        return False
    kin = len(parts) >= 3 and parts[1] in _KINSHIP and not parts[0].endswith("ه")
    plain = len(parts) <= 3 and not any(part.startswith("ال") for part in parts[:-1])
    return kin or (plain and len(parts[0]) >= 3 and bool(_FAMILY.fullmatch(parts[-1])))


@cache
def introduction() -> re.Pattern[str]:
    """Return the pattern of what introduces a writer, in a folded line: «بقلم:» (by)."""
    names = sorted(_list("names", "introductions"), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(names)})(?:\s*[:/\-–—|,،]+\s*|\s+)")


def introduces(text: str) -> bool:
    """Whether `text` introduces a writer with its first word or the next («بقلم …», by …)."""
    rest = fold(text).partition(" ")[2]
    return bool(introduction().match(fold(text)) or introduction().match(rest))


def is_given_name(word: str) -> bool:
    """Whether `word`, which is folded, is a given name."""
    return word in _list("names", "given")


def two_people(part: str) -> list[str]:
    """Return both names in «سمر نجم ورامي القاسم» (Samar Najm and Rami …), or `part` alone."""
    one, _, other = part.partition(" و")
    one, other = one.strip(), other.strip()
    return [one, other] if is_person(one) and is_person(other) else [part]


def kind_of(text: str, directory: OutletDirectory) -> NameKind:
    """Return what one part of a byline names, "" if nothing explains it."""
    if is_place(text) or all(is_place(word) for word in text.split()):  # «طرابلس لبنان»
        return "place"
    if directory.named(text):
        return "outlet"
    if is_generic_credit(text):
        return "generic"
    if is_person(text) or LATIN_NAME.fullmatch(text):
        return "person"
    return "unlisted" if _is_unlisted_outlet(words(text)) else ""


def _is_unlisted_outlet(listed: Sequence[str]) -> bool:
    """Whether words that no list of outlets has can name nothing but one."""
    if 2 <= len(listed) <= 3 and listed[-1] in _NUMBERED and listed[0].isalpha():
        return True  # «كوردستان 24»
    if 2 <= len(listed) <= 4 and is_generic_credit(listed[0]):
        return True  # «خاص الوطن» (exclusive to al-Watan)
    if len(listed) == 2 and listed[0] in _OPENERS:
        return True  # «صوت الجبل» (voice of …)
    is_speech = bool(set(listed[1:]) & _SAYING)  # «رسالة إلى جريدة بعيدة» (a letter to a far paper)
    return bool(set(listed) & OUTLET_WORDS) and len(listed) <= 5 and not is_speech


_ISSUE = re.compile(r"[\s|،,–-]+العدد(?: رقم)?[\s:]*\d+\W*$")  # «… العدد 1204» (issue 1204)
_FROM = re.compile(r"^عن (?=(?:صحيفة|جريدة|موقع|وكالة|مجلة|قناة|شبكة) )")


def found_name(name: str, basis: Basis, directory: OutletDirectory) -> NameFound | None:
    """Return a name as found on `basis`, with the outlet that it belongs to; None for ""."""
    name = _FROM.sub("", _ISSUE.sub("", name))
    if not name:
        return None
    outlet = directory.named(name)
    if outlet is None and (outlet := directory.hosted(name)):
        name = outlet.name
    first, _, rest = name.partition(" ")
    if outlet is None and rest and is_generic_credit(first):
        name, outlet = rest, directory.named(rest)  # «خاص الوطن» (exclusive to al-Watan)
    return NameFound(name, basis, outlet)
