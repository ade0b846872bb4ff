"""What a line looks like by itself: a paragraph, a headline, a list of many articles' headlines."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from warraq.intake.text.folding import fold, stem, words

PROSE_WORDS = 18  # a line of so many words is no headline and no label
PARAGRAPH = 25  # a line of so many words is never furniture by its shape alone
HEADLINE_WORDS = 22  # a related headline has at most so many
CLOSING_MARKS = (".", "!", "؟", "?", "…", "»", "”", '"', "“", ":", "؛", ")")
SENTENCE_ENDS = (".", "!", "؟", "?", ".»", ".”", '."')


@lru_cache(maxsize=4096)  # a dozen rules ask it of each line
def is_prose(text: str) -> bool:
    """Tell whether `text` is a paragraph rather than a headline, a label or a name."""
    count = len(text.split())
    return count >= PROSE_WORDS or (count >= 6 and text.rstrip(" *_").endswith(SENTENCE_ENDS))


def is_sentence(text: str) -> bool:
    """Tell whether `text` is a short paragraph: a few words and a full stop, as no headline has."""
    return len(text.split()) >= 4 and text.rstrip(' *_»"”').endswith(".") and text[-2:] != ".."


def is_question(text: str) -> bool:
    """Tell whether `text` is a short question or exclamation, which may well be a headline."""
    return text.endswith(("؟", "?", "!")) and len(text.split()) < PROSE_WORDS


@lru_cache(maxsize=4096)
def is_headline_like(text: str) -> bool:
    """Tell whether `text` may be a related headline: short, no full stop, no «وقال» to open it."""
    bare = text.rstrip(" *_")
    stopped = bare.endswith((".", ":", "؛", "،")) and not bare.endswith("..")
    return len(bare.split()) <= HEADLINE_WORDS and not stopped and not is_continuation(bare)


# Words that begin with و and begin headlines too.
_OWN_WAW = ("وزير", "وزار", "وفاه", "وفيات", "وكال", "وصول", "وفد", "واشنطن", "وسط", "وقف", "وحد",
            "ورش", "والي", "وساط", "وثيق", "وثائق", "وداع", "وجه", "وعد", "وليد", "وائل", "وسام")  # fmt: skip  # noqa: E501


def is_continuation(text: str) -> bool:
    """Tell whether `text` continues an account, as paragraphs do («وأضاف…») and headlines don't.

    >>> lines = ["وأضاف المدير أن العمل سيستمر أسبوعاً", "وزير الري يتفقد القناطر الخيرية اليوم"]
    >>> [is_continuation(line) for line in lines]
    [True, False]
    """
    if text[:1] in {"«", "“", '"'} and text[-1:] in {"»", "”", '"'}:
        return False  # somebody's words
    folded = fold(text.lstrip('«“"*_ '))
    listed = folded.split(maxsplit=7)
    return len(listed) >= 6 and folded[0] == "و" and not folded.startswith(_OWN_WAW)


# How statements, letters and announcements close: whom to ask, the blessing, who issued them.
_CLOSINGS = (
    "للاستفسار", "لمزيد من الاستفسار", "للمزيد من المعلومات", "لمزيد من المعلومات", "للحجز",
    "والله ولي", "والله الموفق", "والله من وراء", "وبالله التوفيق", "والسلام عليكم", "هذا والله",
    "صدر عن", "صادر عن", "صدر في", "حرر في", "حرر ب",
    "انا لله", "وانا اليه", "الرحمه للشهداء", "المجد للشهداء", "عاش ", "عاشت ", "تحيا ", "الموقعون",
    "وتفضلوا بقبول", "رحمه الله", "رحمها الله", "رحمهم الله", "رحم الله", "لا اراكم الله", "اللهم",
    "الف مبروك", "عقبال", "وعقبال", "كل عام", "مع المحبه", "مع التحيه", "دمتم", "تصبحون",
)  # fmt: skip


# How letters, statements and speeches begin.
_GREETINGS = (
    "عزيزي ", "عزيزتي ", "ايها ", "ايتها ", "يا ", "معالي ", "سعاده ", "حضره ", "الساده ", "السيد ",
    "السيده ", "تحيه ", "بسم الله", "الحمد لله", "السلام عليكم", "الي من يهمه", "اخواني ", "اخوتي ",
    "استاذنا ", "اساتذتنا ", "زملاءنا ", "احبتنا ", "سيدي ", "سيداتي ", "سادتي ",
)  # fmt: skip
MOST_GREETING = 5  # words of such a line


def is_greeting(text: str) -> bool:
    """Tell whether `text` is among the first lines of a letter or a speech, and belongs to it."""
    folded = fold(text.lstrip('«“"*_- '))
    return folded.startswith(_GREETINGS) and len(folded.split()) <= MOST_GREETING


_ISSUERS = re.compile(r"(?:ال\w+ ){2}لل?\w+(?: ال\w+| \w+ ال\w+){0,3}")


def is_issuer(text: str) -> bool:
    """Tell whether a line is the name of who issues statements: «المكتب التنفيذي لنقابة كذا»."""
    return bool(_ISSUERS.fullmatch(fold(text.strip(' «“"*_-'))))


def is_closing(text: str) -> bool:
    """Tell whether `text` is among the last lines of a statement or a letter, and belongs to it."""
    return fold(text.lstrip('«“"*_- ')).startswith(_CLOSINGS)


_DIGEST = re.compile(
    r"(?:عناوين|موجز|نشره|اهم الاخبار|ابرز الاخبار|اخبار الساعه|العناوين|جوله (?:في )?الصحاف)"
)
DIGEST_LINES = 5
DIGEST_WORDS = 5  # that its lines have, taken together; those of lists and poems have fewer


def is_digest(title: str, paragraphs: Sequence[str], *, told: bool = False) -> bool:
    """Tell whether the lines under `title` are headlines of many articles, not one article.

    Not one is a paragraph, none carries on from another, and they have hardly a word in common.
    `told`: the title must say so, as the lines may be a list's or a poem's.
    """
    named = bool(_DIGEST.search(fold(title)))
    if told and not named:
        return False
    if len(paragraphs) < DIGEST_LINES or any(is_prose(text) for text in paragraphs):
        return False
    if sum(is_continuation(text) for text in paragraphs) > 0.1 * len(paragraphs):
        return False
    told_each = 2 * sum(": " in text for text in paragraphs) > len(paragraphs)  # «الموج: متران»
    few = sum(len(words(t)) for t in paragraphs) < DIGEST_WORDS * len(paragraphs)
    if few and (told_each or not named):
        return False
    said = [{stem(w) for w in words(text) if len(w) > 3} for text in paragraphs]
    common = Counter(word for line in said for word in line)
    repeated = sum(count for count in common.values() if count > 1)
    limit = 0.5 if named else 0.15
    return repeated <= limit * sum(common.values())
