"""Lines in which an outlet speaks to its readers, of its writers or of itself, in its own words."""

import re

from warraq.intake.lines.thresholds import LINES
from warraq.intake.text.folding import phrase, stem, words

# The outlet as «we»: with us, to us, our page, our site, our channel, our app, our newsletter…
_OURS = frozenset(
    words(
        "معنا لنا إلينا صفحتنا صفحاتنا موقعنا قناتنا قنواتنا تطبيقنا تقاريرنا أخبارنا منصاتنا "
        "حسابنا حساباتنا مجموعتنا مجموعاتنا نشرتنا راسلونا راسلنا شاركونا شاركنا تابعونا تابعنا "
        "متابعتنا أخبرنا أخبرونا زورونا مراسلتنا تطبيقاتنا بريدنا بموقعنا بقناتنا لقناتنا لصفحتنا "
        "بصفحتنا ادعمونا ادعمنا"
    )
)
# What the outlet asks of readers, and where: WhatsApp, Telegram, likes, comments, your photographs,
# subscribe, join, visit, write, donate, share, download…
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
# «Click here», «press the link», «support us»
_HERE = re.compile(
    r"(?<!\w)(?:اضغط|انقر|اضغطوا|انقروا) (?:هنا|علي الرابط)(?!\w)|(?<!\w)ادعمو?نا(?!\w)"
)
# «If you liked this article»
_READ = re.compile(
    r"(?:اذا |ان |هل )?(?:اعجبكم?|اعجبتكم?) (?:هذا |هذه )?(?:ال)?"
    r"(?:موضوع|مقال|خبر|تقرير|ماده|محتوي|قصه)"
)
_REACHED = re.compile(r"\d{7,}|@|(?:https?://|www\.|t\.me/)")


def asks_readers(text: str) -> bool:
    """Whether a line at the foot asks the readers for something and says where.

    >>> asks_readers("لا تنسوا الإعجاب بصفحتنا ليصلكم كل جديد")  # do not forget to like our page
    True
    >>> asks_readers("هاتوا أيديكم معنا")  # give us your hands: a song's words
    False
    """
    listed = words(text)
    if len(listed) > LINES.max_request_words or text.startswith(("«", '"', "“", "-", "–", "•")):
        return False
    folded = phrase(text)
    if _HERE.search(folded) or _READ.match(folded.lstrip("0123456789 ")):
        return True
    ours = not _OURS.isdisjoint(listed)
    return ours and (bool(_REACHED.search(text)) or not _ASKED.isdisjoint(map(stem, listed)))


# Writer, journalist, researcher, academic, novelist, critic, translator, analyst
_TRADES = frozenset(
    words(
        "كاتب كاتبة صحافي صحافية صحفي صحفية باحث باحثة أكاديمي أكاديمية روائي روائية "
        "إعلامي إعلامية ناقد ناقدة مترجم مترجمة محلل محللة"
    )
)


def is_writers_trade(text: str) -> bool:
    """Whether a line below an article says what its writer is.

    >>> is_writers_trade("كاتب وباحث في شؤون المدن")  # writer and student of cities
    True
    >>> is_writers_trade("كاتب الرسالة لم يعرف.")  # the letter's writer is unknown
    False
    """
    listed = words(text)
    if not LINES.min_trade_words <= len(listed) <= LINES.max_trade_words:
        return False
    indefinite = len(listed) == 2 or not listed[1].startswith("ال")  # else «the writer of the …»
    return listed[0] in _TRADES and indefinite and not re.search(r"\d|[.؟:،!…]$", text.rstrip())


# What outlets say of themselves: non-profit, published by, independent, concerned with, support,
# our work, funding, mouthpiece, founded, editor in chief, director general.
_SELF = re.compile(
    r"(?:غير ربحيه|لا (?:تبتغي|يبتغي|تهدف الي|يهدف الي) (?:ال)?ربح|(?:ت|ي)صدر عن |مستقله?(?!\w)|"
    r"(?:ت|ي)عني ب|ادعم|دعمكم|عملنا|تمويل|لسان حال|تاسست?(?!\w)|رييس التحرير|المدير العام)"
)
# Site, newspaper, agency, channel, network, platform, magazine, radio, portal
_KIND_OF_OUTLET = re.compile(r"(?:موقع|صحيفه|جريده|وكاله|قناه|شبكه|منصه|مجله|اذاعه|راديو|بوابه) ")


def is_about_outlet(text: str, name: str) -> bool:
    """Whether a line below the article says what the outlet `name` is.

    >>> is_about_outlet("«مرآة الشرق» صوت من لا صوت له", "مرآة الشرق")  # voice of the voiceless
    True
    >>> is_about_outlet("مرآة الشرق لم تتلق رداً.", "مرآة الشرق")  # has received no answer
    False
    """
    own, line = (_KIND_OF_OUTLET.sub("", phrase(one)) for one in (name, text))
    if not line.startswith(f"{own} "):
        return False
    if _SELF.search(line) and len(words(text)) <= LINES.max_self_portrait_words:
        return True
    return len(words(text)) <= LINES.max_slogan_words and not re.search(
        r"\d|[.؟:،]$", text.rstrip()
    )
