"""Time stamps: lines that tell a day and hardly anything else, and the day they come to."""

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from warraq.intake.credit.name_kinds import (
    OUTLET_WORDS,
    introduces,
    is_generic_credit,
    is_person,
    is_place,
)
from warraq.intake.dates.mention import DateMention, TimeStamp
from warraq.intake.dates.phrases import mentions
from warraq.intake.dates.resolution import (
    MOON_SIGHTING,
    fits_day,
    has_year,
    moment,
    resolve,
    today_mentions,
)
from warraq.intake.lines.boilerplate import boilerplate_rule
from warraq.intake.lines.line_features import is_sentence
from warraq.intake.text.folding import fold, words
from warraq.model import Basis, DateInfo, Evidence, Moment

_PUBLISHED = re.compile(
    r"(?:تاريخ (?:ال)?(?:نشر|اضافه|انشاء)|نشر(?:ت|ه)?(?: (?:في|بتاريخ|يوم))?|تم النشر|اضيف(?: في)?|اخر نشر|"  # noqa: E501
    r"published|posted(?: on)?|date|بتاريخ|التاريخ|تاريخ)\s*:?\s*$"
)
_UPDATED = re.compile(
    r"(?:(?:اخر|تم) (?:ال)?(?:تحديث|تعديل)|تاريخ (?:ال)?(?:تحديث|تعديل)|التحديث|تحديث|محدث|محدثه|التعديل|عدل|حدث|"  # noqa: E501
    r"(?:last )?(?:updated|modified)(?: on)?)(?: (?:في|بتاريخ|يوم))?\s*:?\s*$"
)
# «نشره admin في 26 يناير», "Posted by editor on …"
_POSTED = re.compile(r"(?:نشره?|نشرت|كتبه|اضافه|اضيف|ارسله|posted|published|submitted)(?!\w)")
# «الكاتب20 أكتوبر، 2024»: a page's row of labels, saved without what parted them.
_GLUED = re.compile(
    r"(?<=[\u0621-\u064a])-(?=\d{4}-\d\d-\d\d)|(?<=[\u0621-\u064a:])(?=\d{4}[./-]\d\d?[./-]\d\d?(?!\d)|\d{1,2}(?:\s[\u0621-\u064a]+(?:\s[\u0621-\u064a]+)?[،,]?\s|[./-]\d\d?[./-])\d{4}(?!\d))"
)
_ZONE = re.compile(r"(?<!\w)بتوقيت(?: [^\W\d]+){1,2}")  # «بتوقيت القدس الشريف»
_DIGIT = re.compile(r"\d")
_BRACKETED = re.compile(r"\([^()\d]{4,40}\)")  # «(ذا ناشونال ريدر) 28/9/2023»
# A day of something else: «من أرشيف الصحيفة 12 مارس 1974».
_OTHER_DAY = re.compile(
    r"(?<!\w)(?:ال)?(?:ارشيف|ارشيفيه|احداث|ذكري|حدث في|التقطت|صوره|مثل هذا اليوم"
    r"|زي النهارده)(?!\w)"
)
_PARTS = re.compile(r"\s*[|/،,:()]+\s*|\s[-–—]\s")
LEAST_TOLD = 2  # words of its own from which a line with a day is no time stamp
MOST_BESIDE = 7  # words beside a day
MOST_POSTED = 7  # words from «نشره» to the day, whoever did
_CAPTIONED = 3  # words before a comma and a day from which they tell what is in a picture
_LABELS = frozenset(
    word
    for line in (
        "نشر نشرت نشره تاريخ النشر اخر تحديث التحديث تعديل التعديل تم في بتاريخ التاريخ يوم الساعه",
        "ميلادي ميلاديه هجري هجريه لـ ل كود رقم رمز الخبر",
        "بتوقيت توقيت محلي المحلي غرينتش جرينتش مكه صباحا مساء ظهرا ليلا عصرا فجرا ص م ه هـ",
        "mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday",
        "الموافق محدث محدثه gmt utc ksa published posted updated last on at date اضيف الاضافه حدث عدل كتب منذ",  # noqa: E501
    )
    for word in line.split()
)


@lru_cache(maxsize=1024)  # several rules ask it of each line
def stamps(line: str) -> tuple[TimeStamp, ...]:
    """Return the days that `line` tells as a time stamp: nothing else of weight may stand there.

    >>> line = "نُشر: 6 مايو 2024 آخر تعديل: 7/5/2024"
    >>> [(s.mention.readings[0].day, s.role) for s in stamps(line)]
    [(6, 'published'), (7, 'updated')]
    >>> stamps("وصل الوفد في 6 مايو 2024 إلى المدينة والتقى عدداً من المسؤولين فيها ثم غادر")
    ()
    """
    if len(line) > 220 or not _DIGIT.search(line):
        return ()
    line = _GLUED.sub(" ", line)
    found = [_without_name(m, line) for m in mentions(line) if has_year(m)]
    if not found:
        return ()
    rest = outside(line, found)
    told = [w for w in words(rest) if w not in _LABELS]
    if len(told) > MOST_BESIDE or (told and line.endswith(".") and is_sentence(line)):
        return ()
    out, before = [], 0
    for mention in found:
        lead = fold(line[before : mention.start]).strip(" :|-–،•")
        role = (
            "updated" if _UPDATED.search(lead) else "published" if _PUBLISHED.search(lead) else ""
        )
        bulletin = line[before:].lstrip().startswith("نشرة")
        if not (role or bulletin) and _POSTED.match(lead) and len(lead.split()) <= MOST_POSTED:
            role = "published"
        if not role and _tells_an_event(line[before : mention.start]):
            role = "event"
        out.append(TimeStamp(mention, role, rest, bool(_BRACKETED.search(line))))
        before = mention.end
    return tuple(out)


def says_more(found: Iterable[TimeStamp], least: int = LEAST_TOLD) -> bool:
    """Tell whether a line with a day says `least` words of its own, as many a headline does.

    A name, a place and a section stand beside a time stamp; what has an hour or a label is one.

    >>> seen = ("أسعار الذهب اليوم الأحد 12/10/2025", "سمر نجم 12/10/2025", "نشر في: 12/10/2025")
    >>> [says_more(stamps(line)) for line in seen]
    [True, False, False]
    """
    told = list(found)
    if any(s.role in {"published", "updated"} or s.mention.clock for s in told):
        return False
    parts = [part for s in told[:1] for part in _PARTS.split(s.rest)]
    return sum(len(words(part)) for part in parts if not _stands_beside(part)) >= least


def _stands_beside(part: str) -> bool:
    """Tell whether `part` is what stands beside a time stamp: who, where, for whom, in what."""
    name = part.strip().removesuffix(" في")
    label = boilerplate_rule(name)
    placed = is_place(name) or (name and all(map(is_place, name.split())))  # «أبوظبي الإمارات»
    named = placed or is_person(name) or introduces(name) or is_generic_credit(name)
    return (
        named or bool(OUTLET_WORDS & set(words(name))) or bool(label and label.rule == "category")
    )


def _tells_an_event(lead: str) -> bool:
    """Tell whether the words before a day tell what happened on it, in a picture or elsewhere.

    >>> [_tells_an_event(t) for t in ("مرفأ الصيد في ", "قوارب أمام الرصيف القديم، ", "جدة في ")]
    [True, True, False]
    """
    folded = fold(lead).strip()
    if is_anniversary(lead):
        return True
    least = 1 if re.search(r"(?<!\w)في$", folded) else _CAPTIONED
    if least == _CAPTIONED and not folded.endswith(("،", ",")):
        return False
    last = re.split(r"[|/:–-]", lead.strip(" ،,"))[-1].strip().removesuffix(" في")
    told = [word for word in words(last) if word not in _LABELS]
    signed = is_place(last) or is_person(last) or introduces(last)
    return len(told) >= least and not signed


def is_anniversary(lead: str) -> bool:
    """Tell whether the words before a day make it one of the past: «في مثل هذا اليوم 6 أكتوبر»."""
    return bool(_OTHER_DAY.search(fold(lead)))


def _without_name(mention: DateMention, line: str) -> DateMention:
    """Return `mention` less an «اليوم» that ends the name before it («المصري اليوم 12/10/2013»)."""
    before = line[: mention.start].rstrip()
    match = re.match(r"اليوم[\s|–—-]+(?=يوم\s|\d)", mention.text)
    if not match or not before or not before[-1].isalpha():
        return mention
    start, readings = (
        mention.start + match.end(),
        tuple(f for f in mention.readings if f.kind != "shift"),
    )
    return mention._replace(start=start, text=mention.text[match.end() :], readings=readings)


def outside(line: str, found: Iterable[DateMention]) -> str:
    """Return what `line` says besides its mentions, labels of time stamps taken off the ends."""
    parts, before = [], 0
    for mention in found:
        parts.append(line[before : mention.start])
        before = mention.end
    parts.append(line[before:])
    left = []
    for part in parts:
        kept = _ZONE.sub(" ", part).strip(" \t|•·,،:-–—/()[]*")
        tokens = kept.split()
        while tokens and all(w in _LABELS for w in words(tokens[0])):
            tokens.pop(0)
        while tokens and all(w in _LABELS for w in words(tokens[-1])):
            tokens.pop()
        left.append(" ".join(tokens).strip(" \t|•·,،:-–—/()[]*"))
    return " | ".join(part for part in left if part)


def from_stamps(
    found: Iterable[TimeStamp], basis: Basis, zone: str = ""
) -> tuple[Moment | None, DateInfo]:
    """Return the publication day that time stamps tell, and why; hours without a zone in `zone`.

    A labelled stamp goes before an unlabelled one; two that disagree make the date conflicting.
    """
    candidates = [s for s in found if s.role not in {"updated", "event"}]
    labelled = [s for s in candidates if s.role == "published"] or candidates
    labelled = [s for s in labelled if not s.elsewhere] or labelled
    if not labelled:
        return None, DateInfo()
    settled = [(s, resolve(s.mention)) for s in labelled]
    evidence = tuple(Evidence(s.mention.text, r.edtf or r.note) for s, r in settled)
    if broken := [r for _, r in settled if r.status == "conflicting"]:
        options = tuple(dict.fromkeys(c for r in broken for c in r.candidates))
        return None, DateInfo("conflicting", basis, "", options, evidence, broken[0].note)
    days = {r.day for _, r in settled if r.day}
    if len(days) > 1:
        options = tuple(sorted(d.isoformat() for d in days))
        return None, DateInfo("conflicting", basis, "", options, evidence, "stamps-differ")
    if not days:
        options = tuple(c for _, r in settled for c in r.candidates)
        return None, DateInfo("unknown", basis, "", options, evidence)
    day = days.pop()
    told = [stamp.mention for stamp, resolved in settled if resolved.day]
    best = max(
        told, key=lambda mention: (bool(mention.clock and mention.zone), bool(mention.clock))
    )
    when = moment(best, day, zone)
    return when, DateInfo("exact", basis, day.isoformat(), (), evidence)


def is_visit_date(stamp: TimeStamp, paragraphs: Iterable[str]) -> bool:
    """Tell whether a stamp is a bare weekday and date that `paragraphs` do not call their own day.

    >>> [is_visit_date(stamps(t)[0], []) for t in ("السبت 2 أغسطس 2025", "السبت 2/8/2025 - 10:15")]
    [True, False]
    """
    listed, day = list(paragraphs), resolve(stamp.mention).day
    kinds = {reading.kind for reading in stamp.mention.readings}
    hour = stamp.mention.clock and "hijri" not in kinds  # both calendars and an hour: a clock's
    bare = "weekday" in kinds and not (stamp.role or hour or words(stamp.rest))
    confirmed = day is not None and any(today_mentions(listed)) and fits_day(day, listed)
    return bare and not confirmed


def is_hijri_of(stamp: TimeStamp, days: Iterable[date | None]) -> bool:
    """Whether a stamp is nothing but the Hijri reading of one of `days`, on its own line."""
    day = resolve(stamp.mention).day
    kinds = {reading.kind for reading in stamp.mention.readings}
    near = (abs((day - other).days) <= MOON_SIGHTING for other in days if day and other)
    return "hijri" in kinds and "day" not in kinds and any(near)
