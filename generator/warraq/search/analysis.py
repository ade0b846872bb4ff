"""Text to terms: the one definition of Arabic analysis for index, browser and editors.

Takes plain text; gives tokens with their place, a *family* under which all forms of a word are
kept together, and the forms that may remain when particles and endings are taken off. Which of
those forms is the word's stem is not decided here: that needs the collection (stems.py).

search/client/analysis.js is the twin; tests/golden/analysis.json holds what both must answer.
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from warraq.base.arabic import DIGIT, HAMZA, INVISIBLE, PLAIN, WORD, bare, fold, is_arabic


class Token(NamedTuple):
    """One word of a text: `term` is folded, `surface` as written less marks, place in code points.

    `start` and `end` mark what is written, both words of a name of two. A token's position is its
    index in the token list.
    """

    term: str
    surface: str
    start: int
    end: int


# Words that say nothing about what a text is on, folded. They keep their position, so that a
# phrase with one of them still fits; they are in no posting list.
STOP_WORDS = frozenset(
    fold(word)
    for word in """
    في من على إلى عن مع أن إن أنه أنها إنه إنها لأن ان ما لا لم لن هل قد كما هذا هذه ذلك تلك هؤلاء
    التي الذي الذين اللذين اللتين هو هي هم نحن أنا أنت كان كانت يكون تكون كانوا ليس ليست
    أو أم ثم بل لكن حتى إذا إذ لو بين عند عندما حيث كل بعض غير أي أيضا فيه فيها منه منها عليه عليها
    إليه إليها به بها له لها لهم بهم منهم عنه عنها بأن بأنه بأنها وأن وأنه وأنها وإن فإن وفي ومن
    وعلى وإلى وعن ومع ولا وما ولم ولن وقد وهو وهي وهذا وهذه وذلك وكان وكانت كذلك وكذلك مما فيما بما
    لما عما كي لكي لدى لقد فقد منذ خلال بعد قبل دون سوى نحو ضد حول أمام تحت فوق هنا هناك ذات مثل
    ولكن ولو وكما وحتى وبين بينما وبعد وقبل ولكل وكل فهو فهي اي وأي يا إما أما إلا ألا وإذا
    و ف ب ل ك ها های هایی را که از
    the of and in to a for on at by is
    """.split()
)

# Words before a number that are part of a name with it, though only a space parts them: names of
# Latin letters that mean nothing else in Arabic, and what has numbers («ميغ 29», «كوفيد 19»). With
# an article two of them are words: «آلاف», «التي».
_NUMBERED = re.compile(
    "و?(?:اف|تي|(?:ب?ال|لل)?(?:اس|سي|جي|بي|دي|يو|سو|اتش|اكس))|[وف]?[بلك]?(?:ال)?(?:ميغ|ميج|كوفيد)|covid|mig|su"
)
_NUMBERED_ENDS = frozenset("اف اس سي جي تي بي دي يو سو تش كس يغ يج يد id ig su".split())
# Names of Latin letters that are stop words too: in «إم-16» a hyphen tells.
_LETTER_STOP_WORDS = frozenset({"ام", "ان", "او", "في", "كي", "اي"})
_NUMBER = re.compile("(?!(?:1[89]|20)[0-9]{2}$)[1-9][0-9]{0,3}[a-z]{0,2}")  # no year
_GLUED = re.compile("([^0-9]+)((?!(?:1[89]|20)[0-9]{2}$)[1-9][0-9]{0,3})")
_HYPHENS = "-\u2010-\u2013\u2212"
_HYPHEN = re.compile(f"[{INVISIBLE}]*[{_HYPHENS}][{INVISIBLE}]*")
_FURTHER_NUMBER = re.compile(f"[{_HYPHENS}]{DIGIT}")
_FATHER = re.compile("[وفبلك]?اب[ويا]")
_JOINED_FATHER = re.compile("[وفبلك]?ابو((?:ال)?[^ا].{2,})")
_JOINED_SERVANT = re.compile("[وفبل]?عبد(ال..+)")
_SPACE = re.compile(r"[\s\u200b-\u200f\u0640]{0,3}")
MAX_TERM = 44  # code points: MAX_WORD of base.arabic and a joined particle


class _Word(NamedTuple):
    """What one written word gives by itself.

    `name` is set if it may begin a name of two words, or one with a number; `second` if it holds
    both; then `term` is the whole name. No term: the word is nothing but marks.
    """

    term: str
    surface: str
    name: str = ""
    second: str = ""


@lru_cache(maxsize=1 << 16)
def _word(written: str) -> _Word:
    term, surface = fold(written), bare(written)
    if glued := _GLUED.fullmatch(term):
        return _Word(term, surface, second=glued[2])
    return _named(term, surface)


def _named(term: str, surface: str) -> _Word:
    if term[-2:] in _NUMBERED_ENDS and _NUMBERED.fullmatch(term):
        return _Word(term, surface, name=term)
    if "ب" not in term[1:3] and term != "ام":  # as in the name of nobody
        return _Word(term, surface)
    for joined, name in ((_JOINED_FATHER, "ابو"), (_JOINED_SERVANT, "عبد")):
        if split := joined.fullmatch(term):
            return _Word(name + split[1], surface, second=split[1])
    if _FATHER.fullmatch(term):
        return _Word(term, surface, name="ابو")
    if term == "ام" or (term.endswith("عبد") and len(term) <= 4):
        return _Word(term, surface, name=term[-3:])
    return _Word(term, surface)


class _Table(dict[str, str | None]):
    """What stands between two spaces → what `shape` makes of its word.

    None if it is not one word, or if what stands beside it matters. A plain dictionary: an archive
    asks it millions of times.
    """

    def __init__(self, shape: Callable[[str, str], str]) -> None:
        super().__init__()
        self.shape = shape
        self.alone = lru_cache(1 << 14)(self._alone)

    def __missing__(self, chunk: str) -> str | None:
        if len(self) >= MOST_REMEMBERED:
            self.clear()
        shaped = self._shaped(chunk)
        if len(chunk) <= MOST_CHUNK:
            self[chunk] = shaped
        return shaped

    def _shaped(self, chunk: str) -> str | None:
        plain = chunk.strip(_BESIDE)
        if PLAIN.fullmatch(plain):
            word = _named(fold(plain), plain)
        else:
            written = WORD.findall(chunk)
            if len(written) != 1 or _A_DIGIT.search(chunk):
                return None
            word = _word(written[0])
        if not word.term or word.name or word.second:
            return None
        return self.shape(word.term, word.surface)

    def _alone(self, chunk: str) -> list[str] | None:
        """Return the shapes of the words of `chunk`, None if the last may begin a name."""
        written = [word for word in map(_word, WORD.findall(chunk)) if word.term]
        return None if written and written[-1].name else self.of_tokens(chunk)

    def of_tokens(self, text: str) -> list[str]:
        """Return the shapes of all words of `text`, the long way."""
        return [self.shape(token.term, token.surface) for token in tokens(text)]


def _line(term: str, surface: str) -> str:
    if term in STOP_WORDS:
        return ""
    return term if surface == term or not surface else f"{term}\t{surface}"


def _term(term: str, _surface: str) -> str:
    return term


_A_DIGIT = re.compile(DIGIT)
_BESIDE = '،؛؟.:!"«»()'  # what stands beside words and is in none
MOST_REMEMBERED = 1 << 18
MOST_CHUNK = 64  # code points; what is longer is hardly met again
_LINES, _TERMS = _Table(_line), _Table(_term)


def tokens(text: str) -> list[Token]:
    """Return the words of `text` in order, names of two words under one spelling.

    «أبو قصرة» and «أبوقصرة» both give the two terms «ابوقصره», «قصره»; so does «أبا قصرة». F-16 and
    F16 both give f16 and 16, «إف-16» and «إف 16» give «اف16» and 16.

    >>> [token.term for token in tokens("وأضاف أبو قصرة: لقاءُ ١٢/١٠")]
    ['واضاف', 'ابوقصره', 'قصره', 'لقاء', '12', '10']
    >>> [token.term for token in tokens("F-16, 2019-2020")]
    ['f16', '16', '2019', '2020']
    """
    written = [(match[0], *match.span()) for match in WORD.finditer(text)]
    words = [(_word(item), start, end) for item, start, end in written]
    words = [row for row in words if row[0].term]
    return [
        Token(term, surface, start, end if term in (word.term, word.second) else after)
        for (word, start, end), (following, then, after) in pairwise([*words, _END])
        for term, surface in _read(word, following, text[end:then], text[after : after + 2])
    ]


def lines_of(text: str) -> list[str]:
    """Return what a record keeps of each token of `text`, in order.

    That is "" for a stop word, else the term, or term, tab and surface where they differ.
    """
    return _shaped(text, _LINES)


def terms_of(text: str) -> list[str]:
    """Return the term of each token of `text`, in order.

    >>> terms_of("وأضاف أبو قصرة")
    ['واضاف', 'ابوقصره', 'قصره']
    """
    return _shaped(text, _TERMS)


def hyphenated(text: str) -> str:
    """Return `text` with hyphens between names and their numbers, for who parts words by spaces.

    >>> hyphenated("طائرات إف 16 و16 صوتا")
    'طائرات إف-16 و16 صوتا'
    """
    written = list(WORD.finditer(text))
    parts, end = [], 0
    for first, second in pairwise(written):
        name, number = fold(first[0]), fold(second[0])
        between = text[first.end() : second.start()]
        if _NUMBERED.fullmatch(name) and _NUMBER.fullmatch(number) and between.isspace():
            parts += [text[end : first.end()], "-"]
            end = second.start()
    return "".join([*parts, text[end:]])


def _shaped(text: str, table: _Table) -> list[str]:
    """Return the shapes of the words of `text`.

    Spaces part words, but not all of a name or of a number. So where chunks side by side are no
    plain words, their stretch of the text and the plain word after it are read the long way.
    """
    chunks = text.split()
    found = list(map(table.__getitem__, chunks))
    if None not in found:
        return found  # type: ignore[return-value] # the line says so
    shaped: list[str] = []
    done = walked = end = 0  # chunks whose shapes are there; those before `end` in the text
    for first in [at for at, shape in enumerate(found) if shape is None]:
        if first < done:
            continue
        shaped += found[done:first]  # type: ignore[arg-type] # none is None
        after = first + 1
        alone = table.alone(chunks[first])
        if alone is not None and (after == len(found) or found[after] is not None):
            shaped += alone
            done = after
            continue
        while after < len(found) and found[after] is None:
            after += 1
        done = min(after + 1, len(found))
        for chunk in chunks[walked:first]:
            end = text.index(chunk, end) + len(chunk)
        begin = end
        for chunk in chunks[first:done]:
            end = text.index(chunk, end) + len(chunk)
        walked = done
        shaped += table.of_tokens(text[begin:end])
    return shaped + found[done:]  # type: ignore[operator] # none is None


def _read(word: _Word, following: _Word, between: str, after: str) -> list[tuple[str, str]]:
    """Return the (term, surface) of `word`, names of two words joined.

    `between` is what parts it from `following`, `after` the two characters behind that.
    """
    if word.second:
        return [(word.term, word.surface), (word.second, "")]
    if (
        "1" <= following.term < ":"
        and _NUMBER.fullmatch(following.term)
        and not _FURTHER_NUMBER.match(after)
    ):
        if _HYPHEN.fullmatch(between) and _may_be_numbered(word.term):
            return [
                ((word.term + following.term)[:MAX_TERM], f"{word.surface}-{following.surface}")
            ]
        if word.name == word.term and _SPACE.fullmatch(between) and _NUMBERED.fullmatch(word.term):
            return [
                ((word.term + following.term)[:MAX_TERM], f"{word.surface} {following.surface}")
            ]
        return [(word.term, word.surface)]
    if word.name and _continues(word.name, following.term) and _SPACE.fullmatch(between):
        return [((word.name + following.term)[:MAX_TERM], f"{word.surface} {following.surface}")]
    return [(word.term, word.surface)]


def _may_be_numbered(term: str) -> bool:
    """Whether a hyphen may tie a number to `term`: to a Latin letter, to a word."""
    if _A_DIGIT.search(term):
        return False
    if len(term) < 2:
        return not is_arabic(term)
    return term not in STOP_WORDS or term in _LETTER_STOP_WORDS


_NOTHING = _Word("", "")
_END = (_NOTHING, 0, 0)


def _continues(name: str, term: str) -> bool:
    """Whether `term` may be the second word of a name that begins with `name`."""
    if len(term) < 2 or _NUMBERED.fullmatch(name):
        return False
    if name == "عبد":
        return term.startswith("ال") and len(term) >= 4
    return name != "ام" or (is_arabic(term) and term not in STOP_WORDS)


# --- families ------------------------------------------------------------------------------------

_LETTERS = re.compile("[^0-9]+")
_HEBREW_PARTICLES = re.compile("^[ושבלהמכ]+(?=..)")
_LATIN_ENDING = re.compile("(?<=...)(?:ing?|e[dnrsm]?|[aiosy])+$")
_DOUBLED_END = re.compile(r"(.)\1$")
_LEADING = "فبلك"
_TRAILING = re.compile("(?:[هكت]م|[تهنك])+$")
_MAY_TRAIL = frozenset("متهنك")
_DOUBLED = re.compile(r"(.)\1+")
# Letters that write one sound of foreign names by turns («غوتيريش», «جوتيريش»); the first of each
# stands for all.
TWIN_LETTERS = ("كغجق", "تث", "ضظ")
TWINS = str.maketrans({letter: twins[0] for twins in TWIN_LETTERS for letter in twins[1:]})
# No family begins with ك or ends in ت or ك, but its twins may: «قازان», «اليزابيث», «زوكربيرغ».
_TWIN_ENDING = re.compile("(?<=...)[تك]+$")
LONG = 4  # letters: ق and ك are too common in roots of three to share a shard
_SHORT_TWINS = {letter: twin for letter, twin in TWINS.items() if letter != ord("ق")}
_SHORT_TWIN_ENDING = re.compile("(?<=..)ت$")
_DERIVING = re.compile("^[متنك]+(?=...)")
_FUTURE = re.compile("([وف]?)س(?=[يتنا])")
_ARTICLE = re.compile("ال(?=..)|[وف]?[بك]?ال(?=...)|[وف]?لل(?=..)")
_ENDING = re.compile("(?<=..)(?:هما|وات|اءات|ات|اء|ان|ين|ون|يه|وا|ها|هم|هن|كم|نا|ه|ي|ت|ا)$")
_FURTHER_ENDING = re.compile(
    "(?:(?<=..)(?:هما|وات|اءات|ات|اء|ان|ين|ون|يه|وا|ها|هم|هن|كم|نا)|(?<=...)[هيتا])$"
)
_PARTICLE = re.compile("[وفبلك](?=..)|س(?=[يت]...)")


@lru_cache(maxsize=1 << 17)
def family(term: str) -> str:
    """Return the key under which `term` is kept with every form that may share its stem.

    The key is what is left of the consonants when all letters that could be a particle or an
    ending are gone, whether they are one in this word or not; so a word and what a particle was
    put on agree, without any knowledge of the collection, and a broken plural agrees with its
    singular. Words made of such letters alone fall back on `_cautious_family`.

    >>> family("وزير") == family("الوزراء") == family("لوزيرها")
    True
    >>> family("لبنان") == family("اللبنانيين") == family("وبلبنان")
    True

    A number behind letters is no part of it. Of a Latin word it is the first five letters, less
    what may be an ending there in one of the languages; of a Hebrew one what may be particles goes.

    >>> family("negotiation") == family("negotiations"), family("covid19") == family("covid")
    (True, True)
    """
    letters = _LETTERS.match(term)
    if not letters:
        return term
    term = letters[0]
    if not is_arabic(term):
        if "a" <= term[0] <= "z":
            return _latin_family(term)
        return _HEBREW_PARTICLES.sub("", term)
    noun = _without_article(term)
    core = _core(noun)
    return core if len(core) >= 2 else _cautious_family(noun)


def _latin_family(term: str) -> str:
    return _DOUBLED_END.sub(r"\1", _LATIN_ENDING.sub("", term[:5]))


def tribe(key: str) -> str:
    """Return the key of the shard of a family: families of derived words and twins share it.

    Derived are words that differ in a leading م, ت or ن; twins the spellings of one foreign name
    with غ, ج, ق or ك (ق only where four letters are left), with ث or ت, with ظ or ض. So a reader's
    word and those lie in one file. No more than that is told by it: other families share a tribe by
    chance.

    >>> tribe(family("تحذير")) == tribe(family("يحذر")) == tribe(family("محذر"))
    True
    >>> tribe(family("انتخاب")) == tribe(family("المنتخبون"))
    True
    >>> tribe(family("زوكربيرغ")) == tribe(family("زوكربيرج")) == tribe(family("زوكربيرك"))
    True
    """
    if not is_arabic(key):
        return key
    core = _DERIVING.sub("", key)
    if len(core) < LONG:
        return _SHORT_TWIN_ENDING.sub("", core.translate(_SHORT_TWINS))
    folded = _DOUBLED.sub(r"\1", core.translate(TWINS))
    return _TWIN_ENDING.sub("", _DERIVING.sub("", folded))


def _without_article(term: str) -> str:
    article = _ARTICLE.match(term) if "ل" in term[:4] else None
    return term[article.end() :] if article else term


def _core(noun: str) -> str:
    if "س" in noun[:2] and (future := _FUTURE.match(noun)):
        noun = future[1] + noun[future.end() :]
    core = _without_weak(noun)
    if core[-1:] in _MAY_TRAIL:
        core = _TRAILING.sub("", core)
    core = core.lstrip(_LEADING)
    return _DOUBLED.sub(r"\1", core) if _DOUBLED.search(core) else core


def _without_weak(noun: str) -> str:
    return noun.replace("ا", "").replace("و", "").replace("ي", "").replace("ء", "")


def _cautious_family(noun: str) -> str:
    """Return a finer key for words such as «سلام» or «لبنان», of which too little would be left.

    It is the word less endings, particles and weak letters inside, as long as two letters remain.
    """
    form, before = _ENDING.sub("", noun), noun
    while form != before:
        form, before = _FURTHER_ENDING.sub("", form), form
    before = ""
    while form != before:
        form, before = (form[1:] if _PARTICLE.match(form) else form), form
    return form[:1] + _without_weak(form[1:-1]) + form[-1:] if len(form) > 2 else form


# --- what may be a particle, what may be an ending -----------------------------------------------

ARTICLES = ("وبال", "فبال", "وال", "فال", "بال", "كال", "وكال", "ولل", "فلل", "ال", "لل")
PARTICLES = ("وس", "فس", "وب", "فب", "ول", "فل", "وك", "و", "ف", "ب", "ل", "ك", "س")
PRONOUNS = ("هما", "ها", "هم", "هن", "كم", "نا", "ه", "ي", "ك")
NUMBERS = ("تان", "تين", "ات", "ان", "ين", "ون", "وا", "يه", "ه", "ي", "ا", "ت", "و")

# A feminine plural or dual may stand for ة; «امريكي» may come from «امريكا», «بيئي» from «بيئه».
_PLACES = {"ات": ("ه",), "تان": ("ه",), "تين": ("ه",), "ي": ("ا", "ه"), "يه": ("ا", "ه")}


def _by_letter(at: int, affixes: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for affix in affixes:
        found.setdefault(affix[at], []).append(affix)
    return found


_STARTS = _by_letter(0, (*ARTICLES, *PARTICLES))
_ENDS = _by_letter(-1, dict.fromkeys((*PRONOUNS, *NUMBERS)))


@lru_cache(maxsize=1 << 16)
def _starts(opening: str) -> tuple[tuple[str, int, int], ...]:
    """Return (particle, its length, least length of a word) for words beginning with `opening`.

    `opening` is a word's first four letters, since most words have no particle that fits them.
    """
    return tuple(
        (prefix, len(prefix), len(prefix) + (2 if prefix in ARTICLES else 3))
        for prefix in _STARTS.get(opening[:1], ())
        if opening.startswith(prefix)
    )


@lru_cache(maxsize=1 << 16)
def _ends(closing: str) -> tuple[tuple[str, int, bool, tuple[str, ...]], ...]:
    """Return (ending, its length, whether a pronoun, what may replace it) for words in `closing`.

    `closing` is a word's last three letters.
    """
    return tuple(
        (ending, len(ending), ending in PRONOUNS, _PLACES.get(ending, ()))
        for ending in _ENDS.get(closing[-1:], ())
        if closing.endswith(ending)
    )


def unprefixed(term: str) -> list[tuple[str, str]]:
    """Return (prefix, rest) for every particle or article that `term` may begin with.

    The rest has 3 letters, or 2 after an article.
    """
    return [(prefix, term[cut:]) for prefix, cut, least in _starts(term[:4]) if len(term) >= least]


def unsuffixed(term: str) -> list[tuple[str, str]]:
    """Return (ending, rest) for every ending `term` may have, the rest of 3 letters or more.

    A ت before a pronoun may be a ة: «زيارته» leaves «زياره». «ات» may stand for «ة»: both are
    given. A final alif may have lost its hamza: «وزرا» gives «وزراء».
    """
    length = len(term)
    if length < 4 or term[-1] not in _ENDS:
        return []
    ways = [("", term + HAMZA)] if term[-1] == "ا" else []
    for ending, cut, pronoun, places in _ends(term[-3:]):
        if length >= cut + 3:
            rest = term[:-cut]
            ways.append((ending, rest))
            if pronoun and rest[-1] == "ت":
                ways.append((ending, rest[:-1] + "ه"))
            if places:
                ways += [(ending, rest + place) for place in places]
    return ways


def forms(term: str) -> list[str]:
    """Return `term` and what may remain of it, the least changed first.

    That is how a reader's word is looked up when the collection does not hold it.
    """
    if not is_arabic(term):
        return [term]
    starts = [term, *(rest for _, rest in unprefixed(term))]
    found = dict.fromkeys(starts)
    for start in starts:
        for _, rest in unsuffixed(start):
            found[rest] = None
            found.update(dict.fromkeys(further for _, further in unsuffixed(rest)))
    return list(found)
