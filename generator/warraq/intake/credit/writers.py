"""Fields that name writers → writers, place, agencies: «الرياض - واس» (Riyadh - SPA)."""

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from warraq.base.urls import is_key
from warraq.intake.credit import name_kinds
from warraq.intake.credit.outlets import OutletDirectory
from warraq.intake.text.folding import fold, phrase, words

_MAIL = re.compile(
    r"[<(\[]?(?:mailto:)?(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)+[>)\]]?", re.IGNORECASE
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|(?<!\w)@\w+", re.IGNORECASE)
_LIST = re.compile(r"\s*[;؛\n]\s*|\s*[،,]\s*|\s+(?:and|و|et|&|\+)\s+")
_PARTS = re.compile(r"\s*(?:\s[-–—ـ]+\s|[|/\\:•·]|\s[-–—]|[-–—]\s)+\s*|^[-–—]\s*|\s*[-–—:/]$")
_LETTERS = re.compile(r"[^\W\d_](?: ?\.? [^\W\d_]){1,3}\.?")  # «أ ف ب»
_QUOTED = re.compile(r"^[\"“]([^\"“”]+)[\"”]$")
_BRACKETS = re.compile(r"\s*[(\[«]([^()\[\]«»]*)[)\]»]")
_INTRODUCED = re.compile(
    r"^(?:بقلم|كتبت?|كتبه|كتبها|اعداد|اعده|اعدها|حرره|حررها|تقرير|تحقيق|حوار|حاورهت?|ترجمه|بواسطه|"
    r"نشره|written by|posted by|by)"
    r"(?:\s*[:/\-–—]+\s*|\s+)(?=\S)"
)
_TRADE = re.compile(
    r"^(?:مراسل(?:نا|تنا|ه)?|موفد(?:نا|تنا|ه)?|مندوب(?:نا|ه)?)(?!\w)(?:\s+(?:في|الى))?\s*"
)
# Desks and roles, which sign for nobody: «هيئة التحرير» (the editors), «خاص» (exclusive).
_NOBODY = frozenset(
    phrase(name)
    for name in (
        "المحرر", "محرر", "التحرير", "هيئة التحرير", "أسرة التحرير", "قسم التحرير", "رئيس التحرير",
        "غرفة الأخبار", "فريق التحرير", "مدير الموقع", "إدارة الموقع", "خاص", "متابعات", "متابعة",
        "رصد", "رصد ومتابعة",
        "عواصم", "غير معروف", "بدون كاتب", "لا يوجد", "مجهول", "unknown", "none",
        "null", "n/a", "n a", "nan", "undefined", "nil",
        "تصوير", "ترجمة", "إعداد", "anonymous", "staff", "newsroom",
        "editorial",
    )
)  # fmt: skip
# First words of an employer or office in place of a name: «جامعة …» (university of …).
_BODIES = frozenset(
    phrase(word)
    for word in (
        "جامعة كلية معهد مركز مكتب قسم وحدة دائرة وزارة مديرية مؤسسة جمعية مدرسة فريق أسرة هيئة "
        "إدارة لجنة صحفي صحفية صحافي صحافية كاتب كاتبة باحث باحثة أستاذ أستاذة أكاديمي "
        "أكاديمية إعلامي إعلامية محلل محللة ناقد ناقدة محرر محررة المحرر المحررة "
        "خبير خبيرة رئيس مدير مديرة"
    ).split()
)
_AGENCIES = frozenset(map(phrase, ("وكالات", "الوكالات", "وكالة", "عواصم - وكالات", "agencies")))


class Writers(NamedTuple):
    """The names in fields: writers, the place they wrote from, agencies they took it from."""

    authors: tuple[str, ...] = ()
    place: str = ""
    agencies: tuple[str, ...] = ()


def writers_of(fields: Iterable[str], directory: OutletDirectory) -> Writers:
    """Return the names in `fields`; web and mail addresses are nobody's name.

    What is no outlet, place or desk is taken for a name as it is: the field is one for names.
    """
    authors: dict[str, None] = {}
    places: list[str] = []
    agencies: dict[str, None] = {}
    for field in fields:
        bare = _ADDRESS.sub(" ", _MAIL.sub(" ", field))
        for name in _LIST.split(" ".join(bare.split())):
            for kind, part in _typed(name, directory):
                if kind == "author":
                    authors.setdefault(part)
                elif kind == "agency":
                    agencies.setdefault(part)
                elif kind == "place":
                    places.append(part)
    return Writers(tuple(authors), next(iter(places), ""), tuple(agencies))


def is_login(name: str) -> bool:
    """Whether `name` looks like the name of an account: «admin», «s.najm»."""
    return is_key(name) or bool(re.fullmatch(r"[a-z0-9._-]+", name))


def _typed(name: str, directory: OutletDirectory) -> list[tuple[str, str]]:
    """Return (kind, words) of each part of one name: outside its brackets, then inside them."""
    if phrase(name) in _NOBODY:
        return []
    inner = [part for text in _BRACKETS.findall(name) for part in _parts(text)]
    outer = _parts(_stripped(_BRACKETS.sub(" ", name)))
    typed = [(_kind(part, directory), part) for part in outer]
    known_kinds = {kind for kind, _ in typed} - {""}
    out: list[tuple[str, str]] = []
    for kind, part in typed:
        # Next to an agency or a person, a single unknown word is the place of writing.
        is_place = not kind and len(outer) > 1 and bool(known_kinds) and len(words(part)) == 1
        out.append((kind or ("place" if is_place else "author"), part))
    for part in inner:
        kind = _kind(part, directory)
        out.append((kind or ("place" if len(words(part)) <= 2 else ""), part))
    return out


def _parts(text: str) -> list[str]:
    parts = (person for part in _PARTS.split(text) for person in name_kinds.two_people(part))
    return [bare for part in parts if words(bare := _stripped(part))]


def _stripped(part: str) -> str:
    """Return a name without its introduction: «بقلم» (by), «مراسلنا في» (our man in)."""
    text = _QUOTED.sub(r"\1", part.strip(" .*_#،,-–—"))
    for pattern in (_INTRODUCED, _TRADE):
        if (match := pattern.match(fold(text))) and len(fold(text)) == len(text):
            text = text[match.end() :]
            if (
                pattern is _TRADE and " في " in text
            ):  # «مراسلة الغيمة في القاهرة» (correspondent in Cairo) names nobody
                return ""
    text = _QUOTED.sub(r"\1", " ".join(text.split()))
    return text[3:] if text.startswith("من ") and name_kinds.is_person(text[3:]) else text


def _kind(part: str, directory: OutletDirectory) -> str:
    """Return what one part of a field names, "" for what may be a person's name."""
    kinds: tuple[tuple[str, Callable[[str], object]], ...] = (
        ("nobody", lambda p: phrase(p) in _NOBODY or set(words(p)[:1]) & _BODIES),
        ("agency", lambda p: phrase(p) in _AGENCIES or directory.named(p) or _LETTERS.fullmatch(p)),
        ("place", name_kinds.is_place),
        ("author", name_kinds.is_person),
        ("author", lambda p: is_login(p) and not name_kinds.is_generic_credit(p)),
        ("place", lambda p: name_kinds.is_place(p.split()[0])),  # «طرابلس الغرب»
        ("agency", lambda p: name_kinds.is_outlet(p, directory)),
        ("nobody", name_kinds.is_generic_credit),
    )
    return next((kind for kind, holds in kinds if holds(part)), "")
