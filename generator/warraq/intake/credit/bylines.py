"""Bylines: lines that say who wrote, for which outlet, and where."""

import re
from collections.abc import Iterable
from itertools import takewhile

from warraq.intake.credit.name_kinds import (
    LATIN_NAME,
    OUTLET_WORDS,
    OWN_WORDS,
    introduction,
    is_generic_credit,
    is_given_name,
    is_outlet,
    is_person,
    is_place,
    kind_of,
    two_people,
)
from warraq.intake.credit.names import NameKind, NamePart, Signature, agencies_in, texts_of
from warraq.intake.credit.outlets import OutletDirectory
from warraq.intake.credit.thresholds import CREDIT
from warraq.intake.lines.line_features import is_prose
from warraq.intake.text.folding import fold, phrase, stem, words

SEPARATORS = re.compile(
    r"\s*(?:\s[-–—\u0640]+\s|[-–—]{2,}|[&/|\\()\[\]«»“”\"،,؛:*_]|(?<=\S)[–—-]\s|\s[–—-](?=\S)|[–—]|(?<=[^\W\d])-(?=[^\W\d]))+\s*"
)
# A headline that names its writer: «سمر نجم تكتب: …» (Samar Najm writes: …).
WRITES = re.compile(r"(?P<name>\w+(?: \w+){1,3}) [يت]كتب\s*[:.…]")
_CLOSED = re.compile(r"\s*[/\\–—-]+\s*\.{0,3}$")  # «مرآة الشرق/..», «سمر نجم -»
# «سمر نجم قبل 3 ساعات» (Samar Najm, 3 hours ago)
_AGO = re.compile(
    r"[\s|•·–-]+(?:منذ|قبل) (?:\d+ )?(?:دقيقة|دقائق|ساعة|ساعات|ساعتين|يوم|يومين|أيام)$"
)
# «إعداد: سمر نجم – تحرير: رامي القاسم» (prepared by … – edited by …)
_EDITED = re.compile(r"(?<=\w)\s*[-–—|/،]\s*(?:تحرير|مراجعة|تدقيق|إشراف)\s*:.*$")
# «سمر نجم صحافية @samar» (…, journalist)
_TRADE = re.compile(
    r"(?:[\s|،–-]+(?:(?:صحافي|صحفي|كاتب|مراسل|باحث|محرر|إعلامي)ة?(?: [^\W\d]+ي?ة?)?|@\w+|\w+@))+$"
)
_CORRESPONDENT = re.compile(r"^(?:من )?مراسل(?:نا|ة|ي)?(?: (?:في|من))? (?=\S)")
_REPORTERS = frozenset(map(phrase, "مراسل مراسلة مندوب مندوبة محرر محررة موفد موفدة".split()))
# These introduce only writers, with or without a colon.
_ONLY_WRITERS = frozenset(phrase(w) for w in ("بواسطة", "بقلم", "by", "written by"))


def parts_of(line: str) -> list[str]:
    """Return the parts of a line that marks separate: place, name, agency.

    >>> parts_of("حمص - سمر نجم (مرآة الشرق)")
    ['حمص', 'سمر نجم', 'مرآة الشرق']
    """
    return [part for part in SEPARATORS.split(line.replace(":", " - ")) if words(part)]


def signature(line: str, directory: OutletDirectory, *, first: bool = False) -> Signature | None:
    """Return what a byline, outlet or place line names, or None if `line` is none of these.

    `first` allows a short unknown name before a colon on its own: the outlet opening a text.
    """
    if len(line) > CREDIT.max_byline_chars:
        return None
    bare = line.strip(" *_#>|•·\t")
    closed = _CLOSED.sub("", bare)
    sent = _CORRESPONDENT.sub("", closed)
    name = _TRADE.sub("", _AGO.sub("", sent))
    text = name if is_person(name) else sent
    if _is_sentence(text) or WRITES.match(text):
        return None
    if introduced := introduced_writers(text, directory):
        return introduced
    if first and (opening := _opening_outlet(text, bare)):
        return opening
    by_correspondent = text != closed  # «مراسل الجريدة – حلب» (the paper's correspondent – Aleppo)
    parts = [
        NamePart(part, _kind_in_line(part, text, directory, by_correspondent=by_correspondent))
        for part in SEPARATORS.split(text)
        if words(part)
    ]
    if ":" in text and {part.kind for part in parts} == {"place", ""}:
        return None  # a headline: «قطر: …» (Qatar: …)
    return _joint_signature(parts)


def _is_sentence(text: str) -> bool:
    """Whether `text` is too long for a byline, or ends as sentences do."""
    stopped = text.rstrip('»"”').endswith((".", "؟", "!"))
    return stopped or not 1 <= len(words(text)) <= CREDIT.max_byline_words


def _opening_outlet(text: str, bare: str) -> Signature | None:
    """Return the outlet that opens a text: a short name, perhaps with a place, before a colon."""
    if (
        not (text.endswith(":") or bare.endswith((" -", " –", " —")))
        or len(words(text)) > CREDIT.max_opening_outlet_words
    ):
        return None
    parts = [part for part in SEPARATORS.split(text) if words(part)]
    if len(parts) == 1 or (len(parts) == 2 and is_place(parts[1])):
        return Signature(outlet=parts[0].rstrip(" :"), place="".join(parts[1:]))
    return None


def _kind_in_line(
    part: str, text: str, directory: OutletDirectory, *, by_correspondent: bool
) -> NameKind:
    """Return what `part` of the line `text` names, by itself or by its quotation marks."""
    if _is_own_reporter(part, by_correspondent=by_correspondent):
        return "generic"
    return kind_of(part, directory) or ("unlisted" if _is_quoted_name(part, text) else "")


def _is_own_reporter(part: str, *, by_correspondent: bool) -> bool:
    """Whether `part` is a paper's reporter without a name, or the paper itself behind that word."""
    *before, last = words(part) or ("",)
    reporter = len(before) == 1 and stem(before[0]) in _REPORTERS
    return last in OWN_WORDS and (reporter or (by_correspondent and not before))


def _is_quoted_name(part: str, text: str) -> bool:
    """Whether `part` is a paper's name in quotation marks: «جدة: «مرآة الشرق»» (Jeddah: "…")."""
    start = text.find(part)
    end = start + len(part)
    quoted = start > 0 and text[start - 1] in '«“"' and text[end : end + 1] in {"»", "”", '"'}
    apart = re.search(r"(?:^|[:/|،()–-])\s*.?$", text[:start])  # not within a sentence
    return bool(quoted and apart) and len(words(part)) <= 3


# Bodies that issue statements under a name of their own.
_BODIES = re.compile(
    r"(?:مرصد|منظمه|جمعيه|مركز|شبكه|اتحاد|نقابه|حزب|حركه|تيار|هييه|لجنه|وزاره|موسسه|مجلس|تجمع|رابطه|امانه|"
    r"ال(?:جمعيه|مركز|منظمه|شبكه|مرصد|هييه|لجنه|اتحاد|امانه))(?: \w+){1,6}"
)


def letterhead(line: str, rest: Iterable[str]) -> Signature | None:
    """Return the issuer of the statement that a page is, if its first `line` is only a name.

    The headline is among the `rest`.
    """
    if not _BODIES.fullmatch(fold(line.strip(" *_#>|•·"))):
        return None
    below = takewhile(lambda text: not is_prose(text), rest)
    titled = any(len(words(text)) >= CREDIT.min_letterhead_title_words for text in below)
    return Signature(outlet=line) if titled else None


def unknown_writer(line: str) -> Signature | None:
    """Return the signature of two or three plain words above a day, if they may be a name.

    A section's name («شؤون محلية», local affairs; «ثقافة وفنون», arts and culture) is found there
    as well.
    """
    listed = line.split()
    plain = 2 <= len(listed) <= 3 and not re.search(r"[^\w ]|[\d_]", line)
    folded = words(line)
    section = any(word[:2] in {"ال", "لل"} for word in folded[:1]) or any(
        word.startswith("و") or word.endswith(("يه", "ات")) for word in folded[1:]
    )
    typed = OUTLET_WORDS & set(folded) or any(map(is_place, listed))
    return Signature((line,)) if plain and not (section or typed) else None


def writer(line: str) -> Signature | None:
    """Return the signature of a line that can be nothing but a name, known or not."""
    name = line.strip(" *_#>|•·-–:")
    named = 2 <= len(words(name)) <= 4 and not re.search(r"[\d:؟!|/]", name)
    return Signature((name,)) if named else None


def introduced_writers(text: str, directory: OutletDirectory) -> Signature | None:
    """Return the writers behind what introduces them: «بقلم: سمر نجم» (by Samar Najm)."""
    text = _EDITED.sub("", text)
    match = introduction().match(fold(text))
    if not match:
        name = text[3:] if text.startswith("من ") else ""  # a given name must be known as one
        given = any(map(is_given_name, words(name)[:1]))
        return Signature((name,)) if given and is_person(name) else None
    bare = text if len(fold(text)) == len(text) else fold(text)
    rest = [p for p in SEPARATORS.split(bare[match.end() :].strip(" :.-–")) if words(p)]
    rest = [name for part in rest for name in two_people(part)]
    if any(is_outlet(part, directory) for part in rest):
        return None  # «خاص – مرآة الشرق» (exclusive – …)
    marked = bool(re.search(r"[:/–—,،-]", match[0])) or phrase(match[0]) in _ONLY_WRITERS
    rest = [p for p in rest if not is_generic_credit(p)]  # «بواسطة هيئة التحرير» (by the editors)
    people = [p for p in rest if is_person(p) or (marked and 2 <= len(words(p)) <= 4)]
    if not people or len(people) < len(rest) - 1 or not (marked or is_person(people[0])):
        return None
    return Signature(authors=tuple(people[: CREDIT.max_authors]))


def _joint_signature(parts: list[NamePart]) -> Signature | None:
    """Return the signature that all `parts` of a line make together, or None if they make none.

    At most one part may be unexplained; what the others are says whether it is a person or an
    outlet.
    """
    unknown = texts_of(parts, "")
    if not parts or not _may_sign(parts, unknown):
        return None
    outlets, unlisted, people = (texts_of(parts, kind) for kind in ("outlet", "unlisted", "person"))
    for name in unknown:
        is_between = _is_between_place_and_person(parts)
        if not is_between and _may_be_person(name, parts):
            people.append(name)
        leads = bool(people) and parts[0] == NamePart(name, "") and len(words(name)) <= 2
        if is_between or leads or not (outlets or unlisted or people):
            unlisted = [name]  # «الكرك – مرآة الشرق – سمر نجم», «الفداء: سمر نجم»
    return Signature(
        tuple(people),
        (outlets or unlisted or [""])[0],
        (texts_of(parts, "place") or [""])[0],
        (*outlets[1:], *agencies_in(parts)),
    )


def _may_sign(parts: list[NamePart], unknown: list[str]) -> bool:
    """Whether `parts` may be a signature, given those of them that nothing explains."""
    if len(parts) == 1:  # alone, two Latin words are as likely a button as a name
        is_latin = parts[0].kind == "person" and LATIN_NAME.fullmatch(parts[0].text)
        return not unknown and not is_latin
    if not unknown:
        return True
    kinds = {part.kind for part in parts}
    short = len(unknown) == 1 and len(words(unknown[0])) <= CREDIT.max_unexplained_name_words
    return short and bool(kinds & {"place", "generic", "person", "outlet"})


def _is_between_place_and_person(parts: list[NamePart]) -> bool:
    return [part.kind for part in parts] == ["place", "", "person"]


def _may_be_person(name: str, parts: list[NamePart]) -> bool:
    """Whether the one unexplained part is a person's name, with an outlet or a place alone."""
    kinds = {part.kind for part in parts}  # «الفيوم - ميلاد يوسف»
    expected = kinds & {"outlet", "unlisted"} or kinds == {"place", ""}
    return bool(expected) and 2 <= len(words(name)) <= 3 and not name.startswith("ال")
