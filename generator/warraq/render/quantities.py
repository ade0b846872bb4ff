"""The quantities in a text: numbers with what they count, to be compared between reports.

A year, a day, an hour, a score, a telephone number and the number that names a thing («المادة 12»)
count nothing. Arabic grammar says what can be counted: a plural behind 3 to 10, a singular in the
accusative behind 11 to 99, a singular behind 100 and more. In doubt there is none:
a number without its noun misleads more than it says.
"""

import re
from collections.abc import Iterator

from warraq.base.arabic import bare, fold

_GROUPED = r"\d{1,3}(?:[,٬\u00A0\u202F]\d{3})+(?:[.٫]\d+)?"
_PLAIN = r"(?!0\d)\d{1,6}(?:[.,٫]\d+)?"  # a longer row of digits names an account or a telephone
# A number may carry a particle of one letter, «و30»; a span is one number, «5–7».
_AMOUNT = re.compile(
    r"(?:(?<=\b[وفبكل])|(?<=ـ)|(?<![\w.,:/+()–-])(?<!\d[ \u00A0]))"
    rf"(?P<number>[−-]?\$?(?:{_GROUPED}|{_PLAIN}))(?:[–-](?P<high>{_GROUPED}|{_PLAIN}))?"
    r"(?P<mark>[%٪$€£]?)(?![\w:/+–-]|[.,٫]\d|[ \u00A0]\d)"
)
_LETTERS = "(?:[^\\W\\d_]|[\u064b-\u0652])+"
_NEXT = re.compile(f"[ \u00a0]({_LETTERS}[²³]?)")
_LAST = re.compile(f"({_LETTERS})[ \u00a0]+(?:[وفبكل]|بـ)?$")
# A span in words: «بين 30 و40», «من 30 إلى 40»; its lower end may have the noun too.
_OPENER = re.compile("(?:(?<=\\b[وف])|(?<=\\b))(من|بين|from|between)[ \u00a0]+$")
_BETWEEN = re.compile(
    f"(?P<noun>(?:[ \u00a0]{_LETTERS}){{0,3}}?)[ \u00a0]"
    "(?P<by>إلى|الى|حتى|أو|او|و|to|or|and)[ \u00a0]?"
)
_SPELT = re.compile(
    "(?:عشر(?:ة|ين|ون)?|(?:ثلاث|أربع|خمس|ست|سبع|ثمان|تسع)(?:ة|ي?[يو]ن)|ثمانية|مئة|مائة|مئتي|ألف|مليون|مليار"
    r"|(?:من|بين)[ \u00a0](?!ال)[^\W\d_]+ين)"
    "[ \u00a0](?:(?:إلى|الى|أو|او)[ \u00a0]|و)$"
)
_PREFIX = re.compile("^[وف]?[بكل]?(?=.{2})")
_DEFINITE = re.compile("^[وف]?(?:[بك]?ال|لل)(?=.{2})")
_LATIN = re.compile("[a-zµ]")
_YEAR = re.compile("(?:18|19|20)[0-9]{2}")
_ADJECTIVE = re.compile("..(?:ي|يه)$")  # «سورية», «أمريكي»
# The shapes of nouns, and of what is none. The first and the last are of folded words.
_PLURAL = re.compile("(?:ات|ين)$")
_BROKEN_PLURAL = re.compile("(?:ه|اء)$|^ا..ا?.$|^(?![يتا]).[^ا]ا.{1,3}$")  # طلبة، أشخاص، رجال
_ACCUSATIVE = re.compile("(?:\u064b[اى]|[اىةء]\u064b)$")
_MAYBE_ACCUSATIVE = re.compile("..[اة]$")
_VERB = re.compile("^[يا].*[^هء]$|^و|..ت$")


def _folded(words: str) -> frozenset[str]:
    return frozenset(map(fold, words.split()))


_THOUSANDS = _folded("ألف ألفا آلاف مليون مليونا ملايين مليار مليارا مليارات بليون")
_CURRENCIES = _folded(
    "ليرة ليرات دولار دولارات يورو دينار دنانير ريال ريالات درهم دراهم جنيه جنيهات"
)
_METRES = _folded("متر كيلومتر سنتيمتر أمتار")
_SQUARED = _folded("مكعب مكعبة مربع مربعة")
_WEIGHED = _folded("طن أطنان لتر ليتر غرام كيلو كيلوغرام كغ كغم برميل رأس كيس علبة حصة")
_UNITS = (
    _CURRENCIES
    | _METRES
    | _WEIGHED
    | _folded(
        """كم كلم م م² م³ سم مم غ غرامات كيلومترات ميغاواط كيلوواط هكتار هكتارات دونم دونمات
        براميل درجة درجات ميل أميال قدم أقدام ثانية ثوان دقيقة دقائق ساعة ساعات يوم أيام ليلة
        ليال أسبوع أسابيع شهر أشهر شهور سنة سنوات عام أعوام شخص أشخاص نسمة قتيل قتلى جريح
        جرحى مصاب ضحية ضحايا طفل أطفال أسرة أسر عائلة عائلات امرأة نساء رجل رجال جثة جثث دولة
        دول مدينة مدن قرية قرى كتاب كتب نسخة نسخ مرة مرات قطعة قطع صورة صور غرفة غرف سفينة
        سفن طريق طرق فريق فرق خيمة خيم بيت بيوت سد بئر آبار"""
    )
)
# A number behind one of these names a thing or a time.
_NAMED = _folded(
    """ص صص عام العام سنة السنة موسم الموسم مواليد رقم الرقم الدقيقة الساعة المادة مادة الفقرة البند
    بند الفصل فصل القرار قرار المرسوم مرسوم القانون قانون الصفحة صفحة العدد عدد الحلقة حلقة
    الدورة الجلسة القناة قناة الخط الطابق الغرفة المقسم الباب اليوم يوم تاريخ الموافق هاتف
    الهاتف جوال الجوال فاكس عيار شارع مجموعة الطعن كأس المجموعة اللواء الفرقة الفوج الطريق
    البوابة العيار النسخة الطراز"""
)
_SINCE = _folded(
    "في منذ حتى بين مطلع نهاية بداية أواخر أوائل خلال صيف شتاء ربيع خريف in since until"
)
_ABOUT = _folded("نحو حوالي قرابة زهاء بلغ بلغت")
_NO_NOUN = _folded(
    """من في على إلى عن مع أو أم ثم حتى منذ قبل بعد بين أمام ضد دون فوق تحت خلف وراء نحو ضمن رغم
    حول لدى غير سوى خلال بينهم بينها منها منهم منه عند عندما كما مما إن أن أنه قد لا لم لن ما
    هو هي هذا هذه ذلك تلك الذي التي كان كانت أي أكثر أقل فقط أيضا هنا هناك إذا لكن بل مقابل
    مقارنة صباحا مساء ظهرا ليلا فجرا عصرا نهارا يوميا سنويا شهريا تقريبا آخرون كانون شباط
    آذار نيسان أيار حزيران تموز آب أيلول تشرين يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس
    سبتمبر أكتوبر نوفمبر ديسمبر محرم صفر ربيع جمادى رجب شعبان رمضان شوال a an and as at by
    for from in is of on or per since than that the to was were with january february march
    april may june july august september october november december"""
)


def quantities(text: str) -> Iterator[str]:
    """Yield the numbers in a text, each with what it counts.

    >>> list(quantities("أصيب 12 شخصًا وبلغت الكلفة 2.4 مليار ليرة سورية، في اتفاق عام 1974."))
    ['12 شخصًا', '2.4 مليار ليرة سورية']
    """
    first, waiting = None, ""
    for match in _AMOUNT.finditer(text):
        quantity = _quantity(match)
        if quantity and (opening := _opening(first, match, quantity)) is not None:
            quantity = opening and opening + quantity
        elif waiting:
            yield waiting
        first, waiting = match, quantity
    if waiting:
        yield waiting


def _quantity(match: re.Match[str]) -> str:
    """Return a number with what it counts, "" for one that counts nothing."""
    if match["high"] and _value(match["high"]) <= _value(match["number"]):
        return ""  # a score
    if "$" in match["number"] or match["mark"] in {"$", "€", "£"}:
        return match[0]
    counted = _counted(match, _words_after(match.string, match.end()))
    return " ".join((match[0], *counted)) if counted else ""


def _opening(first: re.Match[str] | None, match: re.Match[str], quantity: str) -> str | None:
    """Return the beginning of a span that ends in `quantity`: «من 30 إلى », None for no span.

    "" where its lower end cannot be read: the upper end alone would mislead.
    """
    text, start = match.string, match.start()
    if _SPELT.search(text, max(0, start - 40), start):
        return ""
    between = _BETWEEN.fullmatch(text, first.end(), start) if first else None
    if first is None or between is None:
        return None
    opener = _OPENER.search(text, max(0, first.start() - 10), first.start())
    if between["by"] in {"و", "and"} and not (opener and opener[1] in {"بين", "between"}):
        return None
    noun = {fold(word) for word in between["noun"].split()}
    if not noun <= {*map(fold, quantity.split()), *_THOUSANDS} or _is_name(first):
        return None
    return text[opener.start() if opener else first.start() : start].replace("\u00a0", " ")


def _is_name(match: re.Match[str]) -> bool:
    """Whether a number names a thing or a time: «الساعة 8», «في 2011»."""
    last = _LAST.search(match.string, max(0, match.start() - 40), match.start())
    before = {fold(bare(last[1])), fold(_PREFIX.sub("", bare(last[1])))} if last else set()
    is_since = bool(_YEAR.fullmatch(match[0]) and not _SINCE.isdisjoint(before))
    return is_since or not _NAMED.isdisjoint(before)


def _words_after(text: str, at: int) -> list[str]:
    """Return up to four words that follow with nothing but a space between."""
    words: list[str] = []
    while len(words) < 4 and (match := _NEXT.match(text, at)):
        words.append(match[1])
        at = match.end()
    return words


def _counted(match: re.Match[str], words: list[str]) -> list[str]:
    """Return the words that say what is counted; [] where nothing is, or in doubt."""
    last = _LAST.search(match.string, max(0, match.start() - 40), match.start())
    before = bare(last[1]) if last else ""
    stem = fold(_PREFIX.sub("", before))
    if not _NAMED.isdisjoint((fold(before), stem)):
        return []
    definite = bool(_DEFINITE.match(before))
    if _of_all(words):  # «30 من البائعين», «62% من السكان»
        return words[:2] if match["mark"] or not definite else []
    thousands = words[:1] if words and fold(words[0]) in _THOUSANDS else []
    rest = words[len(thousands) :]
    if match["mark"] or not rest or not _may_be_noun(rest[0]):
        return []
    if _is_marked(rest[0]):
        is_counted = not (_YEAR.fullmatch(match[0]) and stem in _SINCE)
    elif _YEAR.fullmatch(match[0]) and not thousands:
        is_counted = stem in _ABOUT and _fits(rest[0], match["number"])
    else:
        apposed = definite and not thousands and match["number"].isdecimal()
        is_counted = (not apposed or bool(_PLURAL.search(fold(rest[0])))) and _fits(
            rest[0], "1000" if thousands else match["number"]
        )
    return [*thousands, *_phrase(rest)] if is_counted else []


def _of_all(words: list[str]) -> bool:
    return words[:1] == ["من"] and len(words) > 1 and bool(_DEFINITE.match(bare(words[1])))


def _may_be_noun(word: str) -> bool:
    return fold(word) not in _NO_NOUN and not _DEFINITE.match(bare(word))


def _is_marked(word: str) -> bool:
    """Whether `word` is counted for certain: a unit, or an accusative that is written."""
    return fold(word) in _UNITS or bool(_ACCUSATIVE.search(word))


def _fits(word: str, number: str) -> bool:
    """Whether `word` has the shape of what `number` counts."""
    folded = fold(word)
    if _LATIN.match(folded):
        return len(folded) > 1
    value = _value(number)
    if value >= 100 or value % 1:
        return len(folded) > 1 and not _VERB.search(folded)
    if value > 10:
        return bool(_MAYBE_ACCUSATIVE.search(bare(word)))
    return value > 2 and bool(_PLURAL.search(folded) or _BROKEN_PLURAL.search(folded))


def _value(number: str) -> float:
    return float(re.sub("[^0-9.]", "", fold(number).replace("٫", ".")))


def _phrase(words: list[str]) -> list[str]:
    """Return a noun with what belongs to it: «ليرة سورية», «متر مكعب», «دار نشر», «طن من القمح»."""
    noun, *others = words
    if not others:
        return [noun]
    kind, second = fold(noun), fold(others[0])
    if kind in _WEIGHED and _of_all(others):
        return [noun, *others[:2]]
    of_money = kind in _CURRENCIES and _ADJECTIVE.search(second) and _may_be_noun(others[0])
    of_space = kind in _METRES and second in _SQUARED
    is_short = len(kind) == 3 and kind not in _UNITS and _may_be_noun(others[0])
    return [noun, others[0]] if of_money or of_space or is_short else [noun]
