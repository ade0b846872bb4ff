"""Lines that say who wrote, for whom and where: bylines, outlet lines, datelines."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import takewhile

from warraq.intake.credit.names import Dateline, NameFound, Signature
from warraq.intake.credit.outlets import OutletDirectory
from warraq.intake.dates.phrases import mentions
from warraq.intake.lines.line_features import is_prose
from warraq.intake.rule_data import load
from warraq.intake.text.folding import fold, phrase, stem, words
from warraq.model import Basis

_PARTS = re.compile(
    r"\s*(?:\s[-–—\u0640]+\s|[-–—]{2,}|[&/|\\()\[\]«»“”\"،,؛:*_]|(?<=\S)[–—-]\s|\s[–—-](?=\S)|[–—]|(?<=[^\W\d])-(?=[^\W\d]))+\s*"
)
OUTLET_WORDS = frozenset(
    phrase(w) for w in ["صحيفة", "جريدة", "وكالة", "شبكة", "موقع", "قناة", "نت", "نيوز", "برس", "بوست", "أونلاين", "تايمز", "مجلة", "بوابة", "إذاعة", "راديو", "تلفزيون", "ميديا", "الإخبارية", "الإخباري", "للأنباء", "للإعلام", "الإعلامية", "الصحفي", "الآن", "TV", "News", "Press"]  # noqa: E501
)  # fmt: skip
# A headline that names its writer: «سمر نجم تكتب: …».
WRITES = re.compile(r"(?P<name>\w+(?: \w+){1,3}) [يت]كتب\s*[:.…]")
_CLOSED = re.compile(r"\s*[/\\–—-]+\s*\.{0,3}$")  # «مرآة الشرق/..», «سمر نجم -»
# «سمر نجم قبل 3 ساعات»
_AGO = re.compile(
    r"[\s|•·–-]+(?:منذ|قبل) (?:\d+ )?(?:دقيقة|دقائق|ساعة|ساعات|ساعتين|يوم|يومين|أيام)$"
)
# «إعداد: سمر نجم – تحرير: رامي القاسم»
_EDITED = re.compile(r"(?<=\w)\s*[-–—|/،]\s*(?:تحرير|مراجعة|تدقيق|إشراف)\s*:.*$")
# «سمر نجم صحافية @samar»
_TRADE = re.compile(
    r"(?:[\s|،–-]+(?:(?:صحافي|صحفي|كاتب|مراسل|باحث|محرر|إعلامي)ة?(?: [^\W\d]+ي?ة?)?|@\w+|\w+@))+$"
)
_CORRESPONDENT = re.compile(r"^(?:من )?مراسل(?:نا|ة|ي)?(?: (?:في|من))? (?=\S)")
# Words by which any paper calls itself; one of them is also an outlet's name.
OWN_WORDS = frozenset(
    phrase(w) for w in "الجريدة الصحيفة الموقع الوكالة القناة المجلة البوابة الإذاعة".split()
)
_REPORTERS = frozenset(map(phrase, "مراسل مراسلة مندوب مندوبة محرر محررة موفد موفدة".split()))
_DATELINE_END = re.compile(r"[-–—:/،)]+\s*|\s\.\.?\s|\s\u0640+\s")
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
_LATIN_NAME = re.compile(r"[A-ZÇĞİÖŞÜ][\w'.-]+(?: [A-ZÇĞİÖŞÜ][\w'.-]*){1,3}")
_WITH_WRITER = re.compile(
    r"(?P<place>[^/،.:\d]{2,30})\s?/\s?(?P<writer>[^/،.:\d]{5,40})\s?/\s?(?P<outlet>[^\W\d]+)(?!\w)"
)
# «نادين سلوم (رويترز) - »: the agency in brackets, whoever stands before it.
_BY_AGENCY = re.compile(r"(?P<writer>[^()،.:/\d]{3,40})\s?\((?P<outlet>[^()]{2,30})\)\s*[-–—:]")
# «أ.د. سليم الجنابي», «د. سمر نجم», «الدكتور رامي القاسم»
_HONORIFIC = re.compile(
    r"(?:(?:[أا]\s?\.\s?)?[دم]\s?[./]\s?|(?:ال)?(?:دكتور|دكتورة|مهندس|مهندسة)\s)+"
)
LONGEST = 200  # code points of a line that says who wrote
LEAST_TITLE = 5  # words of a headline below the name of who issued it
MOST_DATELINE = 90  # code points into the first paragraph


# These introduce nobody but a writer, with or without a colon.
_ONLY_WRITERS = frozenset(phrase(w) for w in ("بواسطة", "بقلم", "by", "written by"))


@cache
def _list(name: str, key: str) -> frozenset[str]:
    entries = load(name)
    return frozenset(phrase(text) for text in entries[key])


def is_place(text: str) -> bool:
    """Tell whether `text` is a city or country of the table of datelines."""
    return phrase(text) in _list("places", "places")


def stands_beside(text: str) -> bool:
    """Tell whether `text` is a word that stands beside an outlet's name: «خاص», «وكالات»."""
    return phrase(text) in _list("places", "beside")


_ISSUE = re.compile(r"[\s|،,–-]+العدد(?: رقم)?[\s:]*\d+\W*$")  # «جريدة الضفاف العدد 1204»
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
    if outlet is None and rest and stands_beside(first):
        name, outlet = rest, directory.named(rest)  # «خاص الوطن»
    return NameFound(name, basis, outlet)


def parts_of(line: str) -> list[str]:
    """Return what marks part in a line: place, name, agency.

    >>> parts_of("حمص - سمر نجم (مرآة الشرق)")
    ['حمص', 'سمر نجم', 'مرآة الشرق']
    """
    return [part for part in _PARTS.split(line.replace(":", " - ")) if words(part)]


def is_outlet(text: str, known: OutletDirectory) -> bool:
    """Tell whether `text` is a known outlet's name or, by one of its words, can be nothing else."""
    return _type(text, known) in {"outlet", "named"}


def is_person(text: str) -> bool:
    """Tell whether `text` looks like a person's name: 2 to 5 words, the first a given name.

    An unknown one is told by the kinship behind it («الطيب أبو سن») or by a family's name, which
    has the article and yet no noun with the article before it («سليم الجنابي»).
    """
    if text.startswith("على "):  # the preposition; its folding is that of a name
        return False
    parts = words(_HONORIFIC.sub("", text.strip()))
    if not 2 <= len(parts) <= 5 or re.search(r"\d", text):
        return False
    if _NO_NAME & set(parts) or OUTLET_WORDS & set(parts[1:]):
        return False  # «رضوان الله عليهم», «عدنان الحموي أمام دكانه», «نبراس برس»
    if parts[0] in _list("names", "given") or _INITIAL.fullmatch(text.strip()):
        return True
    if {parts[0], parts[-1]} & _list("names", "nobody") or OUTLET_WORDS & set(parts):
        return False
    kin = len(parts) >= 3 and parts[1] in _KINSHIP and not parts[0].endswith("ه")
    plain = len(parts) <= 3 and not any(part.startswith("ال") for part in parts[:-1])
    return kin or (plain and len(parts[0]) >= 3 and bool(_FAMILY.fullmatch(parts[-1])))


@cache
def _introduction() -> re.Pattern[str]:
    names = sorted(_list("names", "introductions"), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(names)})(?:\s*[:/\-–—|,،]+\s*|\s+)")


def introduces(text: str) -> bool:
    """Tell whether `text` opens with, or has behind its first word, what introduces a writer."""
    rest = fold(text).partition(" ")[2]
    return bool(_introduction().match(fold(text)) or _introduction().match(rest))


def signature(line: str, known: OutletDirectory, *, first: bool = False) -> Signature | None:
    """Return what a byline, outlet or place line tells, or None when `line` is none of these.

    `first` allows a short unknown name before a colon on its own: the outlet opening a text.
    """
    if len(line) > LONGEST:
        return None
    bare = line.strip(" *_#>|•·\t")
    text = _CORRESPONDENT.sub("", _CLOSED.sub("", bare))
    name = _TRADE.sub("", _AGO.sub("", text))
    text = name if is_person(name) else text
    stopped = text.rstrip('»"”').endswith((".", "؟", "!"))
    short = 1 <= len(words(text)) <= 12 and not stopped
    if not short or WRITES.match(text):
        return None
    if told := _introduced(text, known):
        return told
    parts = [p for p in _PARTS.split(text) if words(p)]
    opens = text.endswith(":") or bare.endswith((" -", " –", " —"))
    opens = first and opens and len(words(text)) <= 3
    if opens and (len(parts) == 1 or (len(parts) == 2 and is_place(parts[1]))):
        return Signature(outlet=parts[0].rstrip(" :"), place="".join(parts[1:]))
    typed = [(part, _type(part, known) or _quoted(part, text)) for part in parts]
    sent = text != _CLOSED.sub("", bare)  # «مراسل الجريدة – حلب»
    typed = [(part, "beside" if _is_own(part, sent=sent) else kind) for part, kind in typed]
    if ":" in text and {kind for _, kind in typed} == {"place", ""}:
        return None  # a headline: «قطر: …»
    return _signed(typed)


def _is_own(part: str, *, sent: bool) -> bool:
    """Tell whether `part` is a paper's own reporter, without name, or itself behind that word."""
    *before, last = words(part) or ("",)
    reporter = len(before) == 1 and stem(before[0]) in _REPORTERS
    return last in OWN_WORDS and (reporter or (sent and not before))


def _quoted(part: str, text: str) -> str:
    """Return "named" for a paper's name in quotation marks: «جدة: «مرآة الشرق»»."""
    at = text.find(part)
    end = at + len(part)
    marked = at > 0 and text[at - 1] in '«“"' and text[end : end + 1] in {"»", "”", '"'}
    parted = re.search(r"(?:^|[:/|،()–-])\s*.?$", text[:at])  # not within a sentence
    return "named" if marked and parted and len(words(part)) <= 3 else ""


# Who issues statements under a name of their own.
_BODIES = re.compile(
    r"(?:مرصد|منظمه|جمعيه|مركز|شبكه|اتحاد|نقابه|حزب|حركه|تيار|هييه|لجنه|وزاره|موسسه|مجلس|تجمع|رابطه|امانه|"
    r"ال(?:جمعيه|مركز|منظمه|شبكه|مرصد|هييه|لجنه|اتحاد|امانه))(?: \w+){1,6}"
)


def letterhead(line: str, rest: Iterable[str]) -> Signature | None:
    """Return who issued the statement that a page is, when its first `line` is nothing but a name.

    The headline stands below, in the `rest`.
    """
    if not _BODIES.fullmatch(fold(line.strip(" *_#>|•·"))):
        return None
    below = takewhile(lambda text: not is_prose(text), rest)
    titled = any(len(words(text)) >= LEAST_TITLE for text in below)
    return Signature(outlet=line) if titled else None


def unknown_writer(line: str) -> Signature | None:
    """Return the signature of two or three plain words, a name that no list has, over a day.

    A section's name («شؤون محلية», «ثقافة وفنون») stands there too.
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


def _introduced(text: str, known: OutletDirectory) -> Signature | None:
    text = _EDITED.sub("", text)
    match = _introduction().match(fold(text))
    if not match:
        name = text[3:] if text.startswith("من ") else ""  # a given name must be known as one
        given = set(words(name)[:1]) & _list("names", "given")
        return Signature((name,)) if given and is_person(name) else None
    bare = text if len(fold(text)) == len(text) else fold(text)
    rest = [p for p in _PARTS.split(bare[match.end() :].strip(" :.-–")) if words(p)]
    rest = [name for part in rest for name in two_people(part)]
    if any(is_outlet(part, known) for part in rest):
        return None  # «خاص – مرآة الشرق»
    marked = bool(re.search(r"[:/–—,،-]", match[0])) or phrase(match[0]) in _ONLY_WRITERS
    rest = [p for p in rest if not stands_beside(p)]  # «بواسطة هيئة التحرير»
    people = [p for p in rest if is_person(p) or (marked and 2 <= len(words(p)) <= 4)]
    if not people or len(people) < len(rest) - 1 or not (marked or is_person(people[0])):
        return None
    return Signature(authors=tuple(people[:3]))


def two_people(part: str) -> list[str]:
    """Return the names in «سمر نجم ورامي القاسم», or `part` alone."""
    one, _, other = part.partition(" و")
    one, other = one.strip(), other.strip()
    return [one, other] if is_person(one) and is_person(other) else [part]


def _type(part: str, known: OutletDirectory) -> str:
    if is_place(part) or all(is_place(word) for word in part.split()):  # «طرابلس لبنان»
        return "place"
    if known.named(part):
        return "outlet"
    if stands_beside(part):
        return "beside"
    if is_person(part) or _LATIN_NAME.fullmatch(part):
        return "person"
    listed = words(part)
    numbered = 2 <= len(listed) <= 3 and listed[-1] in _NUMBERED and listed[0].isalpha()
    special = 2 <= len(listed) <= 4 and stands_beside(listed[0])  # «خاص الوطن»
    if numbered or special or (len(listed) == 2 and listed[0] in _OPENERS):
        return "named"
    said = bool(set(listed[1:]) & _SAYING)  # «رسالة إلى جريدة بعيدة»
    return "named" if set(listed) & OUTLET_WORDS and len(listed) <= 5 and not said else ""


def _signed(typed: list[tuple[str, str]]) -> Signature | None:
    kinds = [kind for _, kind in typed]
    if not typed:
        return None
    unknown = [part for part, kind in typed if not kind]
    if len(unknown) > 1 or (unknown and (len(typed) < 2 or len(words(unknown[0])) > 4)):
        return None
    if unknown and not set(kinds) & {"place", "beside", "person", "outlet"}:
        return None
    if kinds == ["person"] and _LATIN_NAME.fullmatch(typed[0][0]):
        return None  # alone, two Latin words are a button as soon as a name
    outlets = [part for part, kind in typed if kind == "outlet"]
    named = [part for part, kind in typed if kind == "named"]
    people = [part for part, kind in typed if kind == "person"]
    if len(typed) == 3 and kinds[::2] == ["place", "person"] and unknown:
        named = unknown  # «الكرك – مرآة الشرق – سمر نجم»
    elif unknown and (outlets or named or set(kinds) == {"place", ""}):  # «الفيوم - ميلاد يوسف»
        people += [u for u in unknown if 2 <= len(words(u)) <= 3 and u[:2] != "ال"]
    heads = bool(people) and typed[0] == ((unknown or [""])[0], "") and len(words(typed[0][0])) <= 2
    if unknown and (heads or not (outlets or named or people)):
        named = unknown  # «الفداء: سمر نجم»
    return Signature(
        tuple(people),
        (outlets or named or [""])[0],
        _first(typed, "place"),
        (*outlets[1:], *(part for part, kind in typed if kind == "beside" and "كال" in part)),
    )


def _first(typed: list[tuple[str, str]], kind: str) -> str:
    return next((part for part, k in typed if k == kind), "")


def dateline(paragraph: str, known: OutletDirectory) -> Dateline | None:
    """Return the place, agency and day that open `paragraph`, or None.

    They are read, not cut: the words stay in the body as they came.
    """
    if best := _with_writer(paragraph, known):
        return best
    head, colon, _ = paragraph[:MOST_DATELINE].partition(":")
    if colon and (by := _introduced(head, known)) and re.match("كتب", head):
        return Dateline("", "", None, len(head) + 1, by.authors)  # «كتبت سمر نجم: …»
    for end in _ends(paragraph):
        head = paragraph[:end]
        dated = [m for m in mentions(head) if not known.named(_PARTS.split(head[: m.end])[-1])]
        for mention in reversed(dated):
            head = head[: mention.start] + " | " + head[mention.end :]
        parts = [_bare(p) for p in _PARTS.split(head)]
        parts = [p for p in parts if words(p) and not p.isdigit()]
        typed = [(part, _type(part, known)) for part in parts]
        # «سمر نجم - القاهرة في 23 أكتوبر 2024 -», «القاهرة – سمر نجم:»
        written = dated or (typed and typed[0][1] == "place" and len(typed) == 2)
        told = {"place", "outlet", "named", "beside", *(("person",) if written else ())}
        if not typed or len(typed) > 4 or any(k not in told for _, k in typed):
            if not typed or not _trailing_outlet(typed, known):
                continue
            typed = _trailing_outlet(typed, known)
        if any(kind == "named" and len(words(part)) > 3 for part, kind in typed):
            continue
        place = _first(typed, "place")
        outlet = _first(typed, "outlet") or _first(typed, "named")
        if not outlet:
            outlet = next((p for p, k in typed if k == "beside" and "كال" in p), "")
        if not place and not outlet:
            continue
        people = tuple(part for part, kind in typed if kind == "person")
        best = Dateline(place, outlet, dated[0] if dated else None, end, people)
    return best


def _with_writer(paragraph: str, known: OutletDirectory) -> Dateline | None:
    """Return the opening «إسطنبول/ سمر نجم/ الأناضول», or «سمر نجم (رويترز) -»."""
    match = _BY_AGENCY.match(paragraph)
    if match and known.named(match["outlet"]) and is_person(match["writer"]):
        return Dateline("", match["outlet"], None, match.end(), (match["writer"].strip(),))
    match = _WITH_WRITER.match(paragraph)
    if not match or not is_place(match["place"]) or not known.named(match["outlet"]):
        return None
    return Dateline(
        match["place"].strip(), match["outlet"], None, match.end(), (match["writer"].strip(),)
    )


def _trailing_outlet(typed: list[tuple[str, str]], known: OutletDirectory) -> list[tuple[str, str]]:
    """Return the parts with «قلقيلية وفا» told apart, or [] when that does not explain them."""
    out: list[tuple[str, str]] = []
    for part, kind in typed:
        if kind in {"place", "outlet", "beside", "named"}:
            out.append((part, kind))
            continue
        head, _, last = part.rpartition(" ")
        if is_place(head) and known.named(last):
            out += [(head, "place"), (last, "outlet")]
        else:
            return []
    return out


def _bare(part: str) -> str:
    tokens = part.split()
    while tokens and fold(tokens[0]) in {"في", "من"}:
        tokens.pop(0)
    while tokens and fold(tokens[-1]) in {"في", "من", "يوم"}:
        tokens.pop()
    return " ".join(tokens)


def _ends(paragraph: str) -> Iterator[int]:
    for match in _DATELINE_END.finditer(paragraph[:MOST_DATELINE]):
        if match.end() >= 3 and match.end() < len(paragraph):
            yield match.end()
