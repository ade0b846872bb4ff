"""Normalise field values of exports: text without HTML, times as ISO 8601, the state.

A CMS stores headlines as HTML, times as numbers of milliseconds, and has a dozen words for
«unpublished». Pure functions, independent of articles.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from warraq.seeds.exports.field_names import folded

_TAG = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|big|blockquote|br|cite|code|del|div|em|font|h[1-6]|i|img|ins|li|mark|ol|"
    r"p|q|s|section|small|span|strike|strong|sub|sup|time|tt|u|ul)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_BLOCK = re.compile(r"</?(?:p|br|div|li|[uo]l|h\d|blockquote|section)\b", re.IGNORECASE)
# Invisible markup, each start with its end.
_UNSHOWN = tuple(
    (re.compile(f"{start}.*?{end}", re.IGNORECASE | re.DOTALL), re.compile(end, re.IGNORECASE))
    for start, end in (
        (r"<script\b", r"</script\s*>"),
        (r"<style\b", r"</style\s*>"),
        ("<!--", "-->"),
    )
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_EDGES = " \u200e\u200f\u061c\ufeff"  # direction marks have no effect at the ends of a text
_PASSES = 2  # some CMSes escape what their editor has escaped already


def plain(text: str) -> str:
    """Return the visible text of an HTML field, without tags and with entities decoded.

    >>> plain("الطريق &#8220;الساحلي&#8221; &amp;amp; <em>الجسر</em>")
    'الطريق “الساحلي” & الجسر'
    >>> plain("إذا كان س < ٥ و ص > ٣، فما الحل؟")
    'إذا كان س < ٥ و ص > ٣، فما الحل؟'
    """
    for _ in range(_PASSES):
        if "<" in text:
            text = _TAG.sub(_gap, _seen(text))
        if "&" not in text:
            break
        text = entities(text)
    return " ".join(text.split()).strip(_EDGES)


def _seen(text: str) -> str:
    """Return a field without scripts and comments; one that is never closed is kept.

    >>> _seen("a<!-- b -->c<script>d</script >e<!-- f")
    'ace<!-- f'
    """
    for whole, end in _UNSHOWN:
        # Searching the text after the last end for one would take quadratic time.
        last = max((found.end() for found in end.finditer(text)), default=0)
        text = whole.sub("", text[:last]) + text[last:]
    return text


_BETWEEN = re.compile(r"\s*[;؛|\n]\s*|\s*[,،]\s+|(?<=[^\W\d_])[,،](?=[^\W\d_])")
_UNDER = re.compile(r"\s+(?:>|»|›|→)\s+|\s*>\s*")


def several(text: str) -> list[str]:
    """Return the categories or tags listed in a field; of «أخبار > محليات» the inner one first.

    >>> several("محليات;اقتصاد"), several("أخبار &gt; محليات"), several("#بحر، <b>صيد</b>")
    (['محليات', 'اقتصاد'], ['محليات', 'أخبار'], ['بحر', 'صيد'])
    """
    listed = [part for found in _BETWEEN.split(plain(text)) if (part := found.lstrip("# "))]
    parted = ([part] if "<" in part else reversed(_UNDER.split(part)) for part in listed)
    return [name for names in parted for name in names if name.casefold() not in NO_CATEGORY]


NO_CATEGORY = frozenset(
    {"", "uncategorized", "uncategorised", "غير مصنف", "غير مصنّف", "بدون تصنيف", "بلا تصنيف"}
    | {"non classé", "sin categoría"}
)
_TAKEN_FROM = re.compile(
    r"(?:نقل[اًً]+\s+عن|منقول[ةه]?\s+(?:من|عن)|عن\s+(?=(?:وكالة|صحيفة|جريدة|موقع|قناة|مجلة)\s)|المصدر\s*:)\s*:?\s*"
)
_BESIDE = re.compile(r"(?:\s*[-–—+|/،,(]\s*|\s+و?)(?:بتصرف|(?:ال)?وكالات|مواقع|متابعات)\s*\)?\s*$")


def outlet(text: str) -> str:
    """Return the outlet's name in a field that may also say how the text was taken over.

    >>> outlet("نقلاً عن مرصد الجبل"), outlet("مرصد الجبل (بتصرف)"), outlet("مرصد الجبل + وكالات")
    ('مرصد الجبل', 'مرصد الجبل', 'مرصد الجبل')
    >>> outlet("وكالات"), outlet("وكالة الجبل")
    ('وكالات', 'وكالة الجبل')
    """
    name = plain(text)
    if begun := _TAKEN_FROM.match(name):
        name = name[begun.end() :]
    return _BESIDE.sub("", name) or plain(text)


def entities(text: str) -> str:
    """Return `text` with complete entities decoded; a bare «&» stays."""
    return _ENTITY.sub(lambda match: unescape(match[0]), text) if "&" in text else text


def _gap(tag: re.Match[str]) -> str:
    """Return the visible gap in place of a tag: none for inline elements."""
    return " " if _BLOCK.match(tag[0]) else ""


def unwrapped(value: object) -> object:
    """Return the value wrapped in MongoDB's extended JSON: `{"$date": …}`, `{"$oid": …}`.

    >>> unwrapped({"$date": {"$numberLong": "1556877600000"}})
    '1556877600000'
    """
    while isinstance(value, Mapping) and len(value) == 1:
        ((key, inner),) = value.items()
        if key not in {"$date", "$oid", "$numberLong", "$numberInt", "$numberDouble", "$uuid"}:
            break
        value = inner
    return value


def one_moment(value: object) -> object:
    """Return a time given in parts as one text, any other value unchanged.

    Firestore, PHP's DateTime, Parse and Java (an array of numbers, year first) write times so.

    >>> one_moment({"_seconds": 1556877600, "_nanoseconds": 0}), one_moment([2019, 5, 3, 10, 0])
    ('1556877600', '2019-05-03 10:00:00')
    >>> one_moment({"date": "2019-05-03 10:00:00.000000", "timezone_type": 3, "timezone": "UTC"})
    '2019-05-03 10:00:00.000000 UTC'
    """
    if isinstance(value, list) and len(value) >= len(_DAY) and all(type(n) is int for n in value):
        return _of_numbers(value)
    if not isinstance(value, Mapping):
        return value
    parts = {str(key).lstrip("_").casefold(): inner for key, inner in value.items()}
    if "seconds" in parts and parts.keys() <= {"seconds", "nanoseconds"}:
        return str(parts["seconds"])
    if "date" in parts and "timezone" in parts:
        return f"{parts['date']} {parts['timezone']}"
    if all(isinstance(parts.get(name), int) for name in _DAY):
        return _of_numbers([parts[name] for name in (*_DAY, "hour", "minute") if name in parts])
    return parts["iso"] if parts.get("type") == "Date" and "iso" in parts else value


_DAY = ("year", "month", "day")


def _of_numbers(numbers: list[Any]) -> object:
    try:
        when = datetime(*numbers[:6])  # noqa: DTZ001 - the site's local time
    except (TypeError, ValueError):
        return numbers
    return f"{when}" if len(numbers) > len(_DAY) else f"{when.date()}"


_EPOCH = re.compile(r"(?:/Date\()?(?P<whole>\d{9,16})(?P<part>\.\d+)?(?P<zone>[+-]\d{4})?(?:\)/)?")
_COMPACT = re.compile(
    r"(?P<day>(?:19|20)\d\d[01]\d[0-3]\d)"
    r"(?:[T ]?(?P<clock>[0-2]\d[0-5]\d(?:[0-5]\d)?)(?P<zone>Z|[+-]\d\d:?\d\d)?)?"
)
_INTERNET = re.compile(r"(?:[A-Za-z]{3,9}, ?)?\d{1,2} [A-Za-z]{3,9} \d{2,4} \d\d?:\d\d.*")
_WITH_WEEKDAY = re.compile(
    r"(?P<weekday>[A-Za-z]{3})[a-z]*,? (?P<day>\d\d?/\d\d?/\d{4})(?: -? ?(?P<clock>\d\d:\d\d))?"
)
_ISO = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)[Tt ](?P<clock>\d\d:\d\d:\d\d)(?:[.,]\d+)?"
    r" ?(?P<zone>[Zz]|[+-]\d\d(?::?\d\d)?)?"
)
_NEVER = re.compile(r"0{4}-00-00.*|0+|0001-01-01.*")
_UNITS = {9: 1, 10: 1, 12: 1000, 13: 1000, 15: 1_000_000, 16: 1_000_000}  # by number of digits


_MOST_MOMENT = 200  # characters; JavaScript's format, with the zone in words, has some seventy


def moment(text: str) -> str:
    """Return a program's timestamp as ISO 8601, other texts unchanged, "" for a null date.

    Reads seconds, milliseconds and microseconds since 1970 (in UTC), ISO 8601's basic format, and
    the dates of mail and RSS.

    >>> moment("1556877600"), moment("1556877600000"), moment("/Date(1556877600000+0300)/")
    ('2019-05-03T10:00:00+00:00', '2019-05-03T10:00:00+00:00', '2019-05-03T13:00:00+03:00')
    >>> moment("20190503"), moment("20190503T101500Z"), moment("Fri, 03 May 2019 10:00:00 +0300")
    ('2019-05-03', '2019-05-03T10:15:00+00:00', '2019-05-03T10:00:00+03:00')
    >>> moment("0000-00-00 00:00:00"), moment("٣ أيار ٢٠١٩")
    ('', '٣ أيار ٢٠١٩')
    """
    text = text.strip()
    if len(text) > _MOST_MOMENT:
        return text
    if not text or _NEVER.fullmatch(text):
        return ""
    try:
        reads = (
            _compact,
            _since_1970,
            _iso,
            _of_internet,
            _of_unix,
            _by_number,
            _by_weekday,
            _in_named_zone,
            _plain_zone,
        )
        return next(filter(None, (read(text) for read in reads)), text)
    except (ValueError, OverflowError, TypeError):
        return text


def _iso(text: str) -> str:
    """Return ISO 8601 without fractions of a second."""
    when = _ISO.fullmatch(text)
    if not when:
        return ""
    zone = (when["zone"] or "").upper().replace("Z", "+00:00")
    zone += ":00" if len(zone) == len("+00") else ""
    clock, at_end = when["clock"], when["clock"] == _END_OF_DAY
    moment = datetime.fromisoformat(f"{when['day']}T{'00:00:00' if at_end else clock}{zone}")
    return (moment + timedelta(days=int(at_end))).isoformat()


_END_OF_DAY = "24:00:00"  # ISO 8601's form of the midnight that ends a day
_UNIX = re.compile(
    r"[A-Z][a-z]{2} +([A-Z][a-z]{2}) +(\d\d?) +(\d\d:\d\d:\d\d)(?: +([+-]\d{4}|UTC|GMT))? +(\d{4})"
)
_WEEK_OR_DAY = re.compile(r"\d{4}-?W\d\d-?[1-7]|\d{4}-\d{3}")
_IN_ZONE = re.compile(r"(?P<moment>.*\d\d:\d\d.*\S) \[?(?P<zone>[A-Z][A-Za-z]+/[A-Z][\w/+-]+)\]?")


def _of_unix(text: str) -> str:
    """Return the ISO 8601 form of a time as `ctime`, `date` and Twitter write it.

    >>> _of_unix("Fri May 03 10:00:00 +0000 2019"), _of_unix("Fri May  3 10:00:00 2019")
    ('2019-05-03T10:00:00+00:00', '2019-05-03T10:00:00')
    """
    found = _UNIX.fullmatch(text)
    if not found:
        return ""
    month, day, clock, zone, year = found.groups()
    stamp = f"{day} {month} {year} {clock} {zone or '-0000'}"
    return parsedate_to_datetime(stamp.replace("UTC", "+0000")).isoformat()


def _by_number(text: str) -> str:
    """Return the day of an ISO 8601 week date or ordinal date.

    >>> _by_number("2019-W18-5"), _by_number("2019-123")
    ('2019-05-03', '2019-05-03')
    """
    if not _WEEK_OR_DAY.fullmatch(text):
        return ""
    week = "W" in text
    day = date.fromisoformat(text) if week else datetime.strptime(text, "%Y-%j").date()  # noqa: DTZ007 - a day
    return day.isoformat()


def _in_named_zone(text: str) -> str:
    """Return a time with the offset of the zone named after it.

    >>> _in_named_zone("2019-05-03 10:00:00 Asia/Riyadh")
    '2019-05-03T10:00:00+03:00'
    """
    found = _IN_ZONE.fullmatch(text)
    when = _parsed(moment(found["moment"])) if found else None
    if not found or when is None:
        return ""
    try:
        return when.replace(tzinfo=ZoneInfo(found["zone"])).isoformat()
    except (ZoneInfoNotFoundError, OSError):
        return ""


def _plain_zone(text: str) -> str:
    """Return `text` with only the offset of JavaScript's «GMT+0300 (…)»."""
    return re.sub(r"GMT(?=[+-]\d{4})|\s*\([^()]*\)$", "", text) if "GMT" in text else text


def _compact(text: str) -> str:
    found = _COMPACT.fullmatch(text)
    if not found:
        return ""
    day, clock, zone = found["day"], found["clock"] or "", found["zone"] or ""
    if not clock:
        return datetime.strptime(day, "%Y%m%d").replace(tzinfo=UTC).date().isoformat()
    when = datetime.fromisoformat(f"{day}T{clock}{zone}")
    return when.isoformat()


def _by_weekday(text: str) -> str:
    """Return the time of Drupal's «Fri, 05/03/2019 - 10:00»; its weekday decides the order.

    >>> _by_weekday("Fri, 05/03/2019 - 10:00"), _by_weekday("Friday, 03/05/2019")
    ('2019-05-03 10:00', '2019-05-03')
    """
    found = _WITH_WEEKDAY.fullmatch(text)
    if not found:
        return ""
    for order in ("%m/%d/%Y", "%d/%m/%Y"):
        try:
            day = datetime.strptime(found["day"], order).replace(tzinfo=UTC)
        except ValueError:
            continue
        if f"{day:%a}" == found["weekday"].title():
            return " ".join(filter(None, (day.date().isoformat(), found["clock"])))
    return ""


def _since_1970(text: str) -> str:
    found = _EPOCH.fullmatch(text)
    if not found or len(found["whole"]) not in _UNITS:
        return ""
    seconds = int(found["whole"]) // _UNITS[len(found["whole"])]
    when = datetime.fromtimestamp(seconds, UTC)
    if sign := found["zone"]:
        shift = timedelta(hours=int(sign[1:3]), minutes=int(sign[3:]))
        when = when.astimezone(timezone(-shift if sign[0] == "-" else shift))
    return when.isoformat()


def _of_internet(text: str) -> str:
    # In Arabic texts AST is Arabia's, not the Atlantic's, so it is taken as the site's own time.
    text = re.sub(r"\s+AST$", "", text)
    return parsedate_to_datetime(text).isoformat() if _INTERNET.fullmatch(text) else ""


def in_own_zone(local: str, utc: str) -> str:
    """Return the local time with the offset computed from the same time in UTC.

    >>> in_own_zone("2019-05-04 01:00:00", "2019-05-03 22:00:00")
    '2019-05-04T01:00:00+03:00'
    >>> in_own_zone("2019-05-04 01:00:00", "0000-00-00 00:00:00"), in_own_zone("", "")
    ('2019-05-04T01:00:00', '')
    """
    here, there = (_parsed(moment(text)) for text in (local, utc))
    if here is None:
        return there.replace(tzinfo=UTC).isoformat() if there else ""
    if there is None:
        return here.isoformat()
    offset = timedelta(minutes=round((here - there).total_seconds() / 60))
    if abs(offset) > timedelta(hours=14):  # one of the two was edited by hand
        return there.replace(tzinfo=UTC).isoformat()
    return here.replace(tzinfo=timezone(offset)).isoformat()


def _parsed(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None) if text else None
    except ValueError:
        return None


# Fields that mark a record as unpublished; names are compared as `folded`.
_STATES = (
    *("status", "post status", "state", "visibility", "publish status", "publication status"),
    *("content status", "post visibility", "workflow state", "moderation state", "workflow"),
    *("الحالة", "حالة النشر", "حالة المقال", "حالة الخبر"),
)
_YES_IF_SHOWN = (
    *("published", "is_published", "ispublished", "publish", "visible", "is_visible", "public"),
    *("is_public", "ispublic", "active", "is_active", "منشور"),
)
_YES_IF_NOT = (
    *("draft", "is_draft", "isdraft", "private", "is_private", "isprivate", "hidden", "is_hidden"),
    *("deleted", "is_deleted", "isdeleted", "trashed", "unpublished", "password_protected"),
    *("مسودة", "محذوف", "خاص", "مخفي"),
)
_SECRET = ("post_password", "password", "deleted_at", "deletedat", "trashed_at")
_YES = frozenset("true yes y 1 on نعم".split())
_NO = frozenset("false no n 0 off لا".split())
_KEPT_BACK = frozenset(
    word.strip()
    for word in (
        "draft, drafts, archived, auto-draft, autodraft, private, pending, pending review, "
        "pending_review, "
        "needs review, needs_review, in review, in_review, review, future, scheduled, embargo, "
        "embargoed, unpublished, unpublish, "
        "not published, not_published, hidden, invisible, deleted, trash, "
        "trashed, removed, inherit, rejected, spam, disabled, inactive, offline, password, "
        "password protected, protected, members, paid, subscribers, brouillon, privé, corbeille, "
        "مسودة, مسوده, مسودات, محذوف, محذوفة, خاص, خاصة, مخفي, مخفية, محجوب, محجوبة, غير منشور, "
        "غير منشورة, غير مفعل, معلق, معلقة, مجدول, مجدولة, مؤجل, مؤجلة, قيد المراجعة, "
        "بانتظار المراجعة, في انتظار المراجعة, بانتظار النشر, قيد الانتظار, مهملات, سلة المهملات, "
        "مرفوض, مرفوضة, ملغى, ملغاة, محمي بكلمة مرور"
    ).split(",")
)
_OF_WORDPRESS = {"publish", "published"}  # a plug-in's own states are never public
_MARKS = re.compile("[\u064b-\u0652\u0640]")


def kept_back(record: Mapping[str, object]) -> str:
    """Return what marks a record as unpublished («status: draft»), "" if nothing does.

    >>> kept_back({"status": "publish"}), kept_back({"status": 0}), kept_back({"الحالة": "مسوّدة"})
    ('', 'status: 0', 'الحالة: مسوّدة')
    >>> kept_back({"published": False}), kept_back({"published": "2019-05-03"})
    ('published: false', '')
    >>> kept_back({"status": False}), kept_back({"status": True})
    ('status: false', '')
    """
    fields = {folded(str(key)): (key, value) for key, value in record.items()}

    def said(names: Iterable[str]) -> Iterator[tuple[str, str]]:
        for name in names:
            key, value = fields.get(folded(name), ("", None))
            yield from ((key, text) for text in _words(value))

    for key, text in said(_STATES):
        of_theme = "post_type" in record and _state(text) not in _OF_WORDPRESS
        if is_kept_back(text) or of_theme or text in {"0", "-1", "-2", "false"}:
            return f"{key}: {text}"
    for names, wanted in ((_YES_IF_SHOWN, _NO), (_YES_IF_NOT, _YES)):
        for key, text in said(names):
            if _state(text) in wanted or (names is _YES_IF_SHOWN and is_kept_back(text)):
                return f"{key}: {text}"
    is_secret = (key for key, text in said(_SECRET) if _state(text) not in {*_NO, "null", "none"})
    return next(is_secret, "")  # without the password itself


def is_kept_back(text: str) -> bool:
    """Whether a state is one of KEPT_BACK or begins with one: «مجدول للنشر»."""
    state = _state(text)
    return state in _KEPT_BACK or state.split(" ", maxsplit=1)[0] in _KEPT_BACK


_STATE_IN = ("name", "value", "status", "label")


def _state(text: str) -> str:
    return " ".join(_MARKS.sub("", text).casefold().split())


def _words(value: object) -> Iterable[str]:
    value = unwrapped(value)
    if isinstance(value, bool):
        return (str(value).lower(),)
    if isinstance(value, Mapping):
        return _words(next((v for k in _STATE_IN if (v := value.get(k)) is not None), None))
    if isinstance(value, list | tuple):
        return [text for item in value for text in _words(item)]
    text = "" if value is None else str(value).strip()
    return (text,) if text and not _NEVER_AT.fullmatch(text) else ()


_NEVER_AT = re.compile(r"0{4}-00-00.*")
