"""What programs write for a language → its tag: «Arabic», `ar_SA.UTF-8`, «عربي» are `ar`."""

import re

from warraq.intake.text.folding import fold

_TAG = re.compile(r"(?P<main>[a-z]{2,3})(?P<rest>(?:-[a-z0-9]{2,8})*)")
_NAMES = {
    "ar": "arabic ara arabe arapca عربي عربيه العربيه اللغه_العربيه",
    "en": "english eng anglais انجليزي انجليزيه الانجليزيه انكليزي الانكليزيه",
    "fr": "french fra fre francais français فرنسي فرنسيه الفرنسيه",
    "tr": "turkish tur turkce türkçe تركي تركيه التركيه",
    "fa": "persian farsi per fas فارسي فارسيه الفارسيه فارسی",
    "ku": "kurdish kur kurmanji kurdi kurdî كردي كرديه الكرديه کوردی كوردی كوردي",
    "ckb": "sorani سوراني السورانيه",
    "he": "hebrew heb iw عبري عبريه العبريه עברית",
    "de": "german deu ger deutsch الماني المانيه الالمانيه",
    "es": "spanish spa espanol español اسباني اسبانيه الاسبانيه",
    "it": "italian ita italiano ايطالي ايطاليه الايطاليه",
    "ru": "russian rus russkij روسي روسيه الروسيه русский",
    "ur": "urdu urd اردو",
}
_KNOWN = {name.replace("_", " "): tag for tag, names in _NAMES.items() for name in names.split()}
_NONE = frozenset(("und", "mul", "zxx", "xx", "all", "none", "null"))


def language_tag(name: str) -> str:
    """Return the tag of the language that `name` or code means, "" for none.

    Arabic is one language here whatever the country: a tag with a region would differ from the
    site's own.

    >>> [language_tag(t) for t in ("Arabic", "ar_SA", "AR", "عربي", "en-gb", "EN_us.UTF-8", "???")]
    ['ar', 'ar', 'ar', 'ar', 'en-GB', 'en-US', '']
    """
    plain = " ".join(fold(name).lower().split())
    if plain in _KNOWN:
        return _KNOWN[plain]
    found = _TAG.fullmatch(plain.partition(".")[0].partition("@")[0].replace("_", "-"))
    if not found or plain in _NONE:
        return ""
    main = _KNOWN.get(found["main"], found["main"])
    parts = (part.upper() if len(part) == 2 else part for part in found["rest"].split("-"))
    return main if main == "ar" else main + "-".join(parts)


_ARABIC = re.compile("[\u0600-\u06ff]")


def is_arabic(text: str) -> bool:
    """Whether `text` has more Arabic letters than others."""
    letters = "".join(filter(str.isalpha, text))
    return len(_ARABIC.findall(letters)) * 2 > len(letters)
