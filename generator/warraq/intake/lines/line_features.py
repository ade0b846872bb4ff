"""What a line looks like by itself: a paragraph, a headline, a greeting, a closing formula."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from warraq.intake.lines.thresholds import LINES
from warraq.intake.text.folding import fold, stem, words

# Marks at the end of what is no label: a sentence, a quotation, an introduction, a bracket.
CLOSING_MARKS = (".", "!", "؟", "?", "…", "»", "”", '"', "“", ":", "؛", ")")
# Marks at the end of a sentence, perhaps inside quotation marks.
SENTENCE_ENDS = (".", "!", "؟", "?", ".»", ".”", '."')


@lru_cache(maxsize=4096)  # a dozen rules ask about each line
def is_prose(text: str) -> bool:
    """Whether `text` is a paragraph rather than a headline, a label or a name."""
    count = len(text.split())
    stopped = count >= LINES.stopped_prose_words and text.rstrip(" *_").endswith(SENTENCE_ENDS)
    return count >= LINES.prose_words or stopped


def is_sentence(text: str) -> bool:
    """Whether `text` is a short paragraph: a few words and a full stop, which headlines lack."""
    stopped = text.rstrip(' *_»"”').endswith(".") and text[-2:] != ".."
    return len(text.split()) >= LINES.sentence_words and stopped


def is_question(text: str) -> bool:
    """Whether `text` is a short question or exclamation, which may well be a headline."""
    return text.endswith(("؟", "?", "!")) and len(text.split()) < LINES.prose_words


@lru_cache(maxsize=4096)
def is_headline_like(text: str) -> bool:
    """Whether `text` may be another article's headline: short, without full stop or «و…» (and)."""
    bare = text.rstrip(" *_")
    stopped = bare.endswith((".", ":", "؛", "،")) and not bare.endswith("..")
    short = len(bare.split()) <= LINES.max_related_headline_words
    return short and not stopped and not is_continuation(bare)


# Words that begin with و without its meaning «and»: minister, ministry, death, agency, arrival…
_WAW_OF_THE_WORD = tuple(
    "وزير وزار وفاه وفيات وكال وصول وفد واشنطن وسط وقف وحد ورش والي "
    "وساط وثيق وثائق وداع وجه وعد وليد وائل وسام".split()
)


def is_continuation(text: str) -> bool:
    """Whether `text` continues an account («وأضاف…»: and he added), which headlines do not.

    The first line begins with «and the director added», the second with «minister».

    >>> lines = ["وأضاف المدير أن العمل سيستمر أسبوعاً", "وزير الري يتفقد القناطر الخيرية اليوم"]
    >>> [is_continuation(line) for line in lines]
    [True, False]
    """
    if text[:1] in {"«", "“", '"'} and text[-1:] in {"»", "”", '"'}:
        return False  # a quotation
    folded = fold(text.lstrip('«“"*_ '))
    listed = folded.split(maxsplit=7)
    return (
        len(listed) >= LINES.min_continuation_words
        and folded[0] == "و"
        and not folded.startswith(_WAW_OF_THE_WORD)
    )


# How statements, letters and announcements close: «for inquiries», a blessing, «issued by»,
# «glory to the martyrs», «with my regards».
_CLOSINGS = (
    "للاستفسار", "لمزيد من الاستفسار", "للمزيد من المعلومات", "لمزيد من المعلومات", "للحجز",
    "والله ولي", "والله الموفق", "والله من وراء", "وبالله التوفيق", "والسلام عليكم", "هذا والله",
    "صدر عن", "صادر عن", "صدر في", "حرر في", "حرر ب",
    "انا لله", "وانا اليه", "الرحمه للشهداء", "المجد للشهداء", "عاش ", "عاشت ", "تحيا ", "الموقعون",
    "وتفضلوا بقبول", "رحمه الله", "رحمها الله", "رحمهم الله", "رحم الله", "لا اراكم الله", "اللهم",
    "الف مبروك", "عقبال", "وعقبال", "كل عام", "مع المحبه", "مع التحيه", "دمتم", "تصبحون",
)  # fmt: skip


# How letters, statements and speeches begin: «dear», «O people», «Your Excellency», «gentlemen»,
# «in the name of God».
_GREETINGS = (
    "عزيزي ", "عزيزتي ", "ايها ", "ايتها ", "يا ", "معالي ", "سعاده ", "حضره ", "الساده ", "السيد ",
    "السيده ", "تحيه ", "بسم الله", "الحمد لله", "السلام عليكم", "الي من يهمه", "اخواني ", "اخوتي ",
    "استاذنا ", "اساتذتنا ", "زملاءنا ", "احبتنا ", "سيدي ", "سيداتي ", "سادتي ",
)  # fmt: skip


def is_greeting(text: str) -> bool:
    """Whether `text` is among the first lines of a letter or a speech, and belongs to it."""
    folded = fold(text.lstrip('«“"*_- '))
    short = len(folded.split()) <= LINES.max_greeting_words
    return short and folded.startswith(_GREETINGS)


_ISSUERS = re.compile(r"(?:ال\w+ ){2}لل?\w+(?: ال\w+| \w+ ال\w+){0,3}")


def is_issuer(text: str) -> bool:
    """Whether a line names who issues a statement: «المكتب التنفيذي لنقابة كذا».

    That is «the executive office of such a union»: two words with an article and «of».
    """
    return bool(_ISSUERS.fullmatch(fold(text.strip(' «“"*_-'))))


def is_closing(text: str) -> bool:
    """Whether `text` is among the last lines of a statement or a letter, and belongs to it."""
    return fold(text.lstrip('«“"*_- ')).startswith(_CLOSINGS)


# «Headlines», «bulletin», «the main news», «news of the hour», «press round-up».
_DIGEST = re.compile(
    r"(?:عناوين|موجز|نشره|اهم الاخبار|ابرز الاخبار|اخبار الساعه|العناوين|جوله (?:في )?الصحاف)"
)


def is_digest(title: str, paragraphs: Sequence[str], *, named_only: bool = False) -> bool:
    """Whether the lines under `title` are headlines of many articles, not one article.

    None is a paragraph, hardly one continues another, and they have few words in common.
    `named_only`: the title must say «digest», since the lines may be a list's or a poem's.
    """
    named = bool(_DIGEST.search(fold(title)))
    if named_only and not named:
        return False
    lines = len(paragraphs)
    if lines < LINES.min_digest_lines or any(map(is_prose, paragraphs)):
        return False
    if sum(map(is_continuation, paragraphs)) > LINES.max_digest_continuation_share * lines:
        return False
    labelled = 2 * sum(": " in text for text in paragraphs) > lines  # «الموج: متران» (waves: 2 m)
    few = sum(len(words(text)) for text in paragraphs) < LINES.min_digest_line_words * lines
    if few and (labelled or not named):
        return False
    limit = LINES.max_named_digest_repetition if named else LINES.max_digest_repetition
    counts = _lines_with_stem(paragraphs)
    return sum(count for count in counts.values() if count > 1) <= limit * sum(counts.values())


def _lines_with_stem(lines: Sequence[str]) -> Counter[str]:
    """Return in how many of `lines` the stem of each longer word is."""
    stems = (
        {stem(word) for word in words(line) if len(word) >= LINES.min_compared_letters}
        for line in lines
    )
    return Counter(word for line in stems for word in line)
