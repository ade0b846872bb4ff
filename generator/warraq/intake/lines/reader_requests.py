"""Lines in which a page speaks to its readers, in whatever words its outlet has for it."""

import re

from warraq.intake.text.folding import phrase, stem, words

MOST = 16  # words of such a line
# The outlet as «we»: nobody else has these at a reader's disposal.
_OURS = frozenset(
    words(
        "معنا لنا إلينا صفحتنا صفحاتنا موقعنا قناتنا قنواتنا تطبيقنا تقاريرنا أخبارنا منصاتنا "
        "حسابنا حساباتنا مجموعتنا مجموعاتنا نشرتنا راسلونا راسلنا شاركونا شاركنا تابعونا تابعنا "
        "متابعتنا أخبرنا أخبرونا زورونا مراسلتنا تطبيقاتنا بريدنا بموقعنا بقناتنا لقناتنا لصفحتنا "
        "بصفحتنا ادعمونا ادعمنا"
    )
)
# What the outlet asks of readers, and where.
_ASKED = frozenset(
    stem(word)
    for word in words(
        "واتساب واتس تلغرام تليغرام تلجرام تيليجرام فيسبوك تويتر انستغرام انستجرام يوتيوب "
        "تيك منصات الإعجاب إعجابكم جرس التعليقات تعليقاتكم تعليقك رابط "
        "اشترك اشتركوا انضم انضموا زوروا صوركم مقاطعكم مقاطع إعلاناتكم إعلانك إعلاناتك رأيك رأيكم "
        "آراءكم أرسلوا أرسل اكتب اكتبوا ساهم ساهموا تبرع تبرعوا شارك شاركوا فعل فعلوا حمل حملوا "
        "قراءتكم لقراءتكم متابعتكم لمتابعتكم المنبر استمرار أصدقائك أصدقائكم البريد الإيميل"
    )
)
_HERE = re.compile(
    r"(?<!\w)(?:اضغط|انقر|اضغطوا|انقروا) (?:هنا|علي الرابط)(?!\w)|(?<!\w)ادعمو?نا(?!\w)"
)
_READ = re.compile(
    r"(?:اذا |ان |هل )?(?:اعجبكم?|اعجبتكم?) (?:هذا |هذه )?(?:ال)?"
    r"(?:موضوع|مقال|خبر|تقرير|ماده|محتوي|قصه)"
)
_REACHED = re.compile(r"\d{7,}|@|(?:https?://|www\.|t\.me/)")


def asks_readers(text: str) -> bool:
    """Tell whether a line at the foot asks the readers for something and says where.

    >>> asks_readers("لا تنسوا الإعجاب بصفحتنا ليصلكم كل جديد"), asks_readers("هاتوا أيديكم معنا")
    (True, False)
    """
    listed = words(text)
    if len(listed) > MOST or text.startswith(("«", '"', "“", "-", "–", "•")):
        return False
    folded = phrase(text)
    if _HERE.search(folded) or _READ.match(folded.lstrip("0123456789 ")):
        return True
    ours = not _OURS.isdisjoint(listed)
    return ours and (bool(_REACHED.search(text)) or not _ASKED.isdisjoint(map(stem, listed)))


_TRADES = frozenset(
    words(
        "كاتب كاتبة صحافي صحافية صحفي صحفية باحث باحثة أكاديمي أكاديمية روائي روائية "
        "إعلامي إعلامية ناقد ناقدة مترجم مترجمة محلل محللة"
    )
)
MOST_TRADE = 9  # words of the line under an article that says what its writer is


def is_writers_trade(text: str) -> bool:
    """Tell whether a line below an article says what its writer is.

    >>> is_writers_trade("كاتب وباحث في شؤون المدن"), is_writers_trade("كاتب الرسالة لم يعرف.")
    (True, False)
    """
    listed = words(text)
    named = 2 <= len(listed) <= MOST_TRADE and listed[0] in _TRADES
    more = named and (not listed[1].startswith("ال") or len(listed) == 2)  # «كاتب الرسالة»
    return more and not re.search(r"\d|[.؟:،!…]$", text.rstrip())


# What outlets say of themselves, and articles hardly of their own.
_SELF = re.compile(
    r"(?:غير ربحيه|لا (?:تبتغي|يبتغي|تهدف الي|يهدف الي) (?:ال)?ربح|(?:ت|ي)صدر عن |مستقله?(?!\w)|"
    r"(?:ت|ي)عني ب|ادعم|دعمكم|عملنا|تمويل|لسان حال|تاسست?(?!\w)|رييس التحرير|المدير العام)"
)
_BEFORE = re.compile(r"(?:موقع|صحيفه|جريده|وكاله|قناه|شبكه|منصه|مجله|اذاعه|راديو|بوابه) ")
MOST_SELF = 40  # words of one in which an outlet presents itself
MOST_SLOGAN = 9  # words


def is_about_outlet(text: str, name: str) -> bool:
    """Tell whether a line below the article says what the outlet `name` is.

    >>> is_about_outlet("«مرآة الشرق» صوت من لا صوت له", "مرآة الشرق")
    True
    >>> is_about_outlet("مرآة الشرق لم تتلق رداً.", "مرآة الشرق")
    False
    """
    own, line = _BEFORE.sub("", phrase(name)), _BEFORE.sub("", phrase(text))
    if not line.startswith(f"{own} "):
        return False
    if _SELF.search(line) and len(words(text)) <= MOST_SELF:
        return True
    return len(words(text)) <= MOST_SLOGAN and not re.search(r"\d|[.؟:،]$", text.rstrip())
