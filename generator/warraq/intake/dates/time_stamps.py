"""Time stamps: lines that give a day and hardly anything else, and the day they come to."""

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
from warraq.intake.dates.resolution import fits_day, has_year, moment, resolve, today_mentions
from warraq.intake.dates.thresholds import DATES
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
# «نشره admin في 26 يناير» (posted by admin on …), "Posted by editor on …"
_POSTED = re.compile(r"(?:نشره?|نشرت|كتبه|اضافه|اضيف|ارسله|posted|published|submitted)(?!\w)")
# «الكاتب20 أكتوبر، 2024»: a row of labels, saved without what separated them.
_GLUED = re.compile(
    r"(?<=[\u0621-\u064a])-(?=\d{4}-\d\d-\d\d)|(?<=[\u0621-\u064a:])(?=\d{4}[./-]\d\d?[./-]\d\d?(?!\d)|\d{1,2}(?:\s[\u0621-\u064a]+(?:\s[\u0621-\u064a]+)?[،,]?\s|[./-]\d\d?[./-])\d{4}(?!\d))"
)
_ZONE = re.compile(r"(?<!\w)بتوقيت(?: [^\W\d]+){1,2}")  # «بتوقيت القدس الشريف» (Jerusalem time)
_DIGIT = re.compile(r"\d")
_BRACKETED = re.compile(r"\([^()\d]{4,40}\)")  # «(ذا ناشونال ريدر) 28/9/2023»
# A day of something else: «من أرشيف الصحيفة 12 مارس 1974» (from the archive …).
_OTHER_DAY = re.compile(
    r"(?<!\w)(?:ال)?(?:ارشيف|ارشيفيه|احداث|ذكري|حدث في|التقطت|صوره|مثل هذا اليوم"
    r"|زي النهارده)(?!\w)"
)
_PARTS = re.compile(r"\s*[|/،,:()]+\s*|\s[-–—]\s")
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
    """Return the days of a line that is a time stamp, () for a line that says much else.

    «نُشر: … آخر تعديل: …» means: published … last changed …

    >>> line = "نُشر: 6 مايو 2024 آخر تعديل: 7/5/2024"
    >>> [(s.mention.readings[0].day, s.role) for s in stamps(line)]
    [(6, 'published'), (7, 'updated')]
    >>> stamps("وصل الوفد في 6 مايو 2024 إلى المدينة والتقى عدداً من المسؤولين فيها ثم غادر")
    ()
    """
    if len(line) > DATES.max_stamp_chars or not _DIGIT.search(line):
        return ()
    line = _GLUED.sub(" ", line)
    found = [_without_name(m, line) for m in mentions(line) if has_year(m)]
    if not found:
        return ()
    rest = outside(line, found)
    own = [w for w in words(rest) if w not in _LABELS]
    if len(own) > DATES.max_stamp_words or (own and line.endswith(".") and is_sentence(line)):
        return ()
    bracketed = bool(_BRACKETED.search(line))
    starts = (0, *(mention.end for mention in found))
    return tuple(
        TimeStamp(mention, _role(line[start : mention.start], line[start:]), rest, bracketed)
        for start, mention in zip(starts, found, strict=False)
    )


def _role(lead: str, text: str) -> str:
    """Return the role that the words before a day give it; `text` is the line from them on."""
    label = fold(lead).strip(" :|-–،•")
    if _UPDATED.search(label):
        return "updated"
    if _PUBLISHED.search(label):
        return "published"
    is_bulletin = text.lstrip().startswith("نشرة")  # a noun, not «نُشرت» (was published)
    if not is_bulletin and _POSTED.match(label) and len(label.split()) <= DATES.max_posted_words:
        return "published"
    return "event" if _is_event(lead) else ""


def says_more(found: Iterable[TimeStamp], least: int = DATES.min_own_words) -> bool:
    """Whether a line with a day has at least `least` words of its own, as many headlines do.

    A writer, a place or a section next to the day do not count; an hour or a label makes the line a
    time stamp. The examples: gold prices today …; Samar Najm …; published on ….

    >>> lines = ("أسعار الذهب اليوم الأحد 12/10/2025", "سمر نجم 12/10/2025", "نشر في: 12/10/2025")
    >>> [says_more(stamps(line)) for line in lines]
    [True, False, False]
    """
    listed = list(found)
    if any(s.role in {"published", "updated"} or s.mention.clock for s in listed):
        return False
    parts = [part for s in listed[:1] for part in _PARTS.split(s.rest)]
    return sum(len(words(part)) for part in parts if not _is_stamp_detail(part)) >= least


def _is_stamp_detail(part: str) -> bool:
    """Whether `part` is what time stamps have next to them: a writer, place, outlet or section."""
    name = part.strip().removesuffix(" في")
    label = boilerplate_rule(name)
    placed = is_place(name) or (name and all(map(is_place, name.split())))  # «أبوظبي الإمارات»
    named = placed or is_person(name) or introduces(name) or is_generic_credit(name)
    return (
        named or bool(OUTLET_WORDS & set(words(name))) or bool(label and label.rule == "category")
    )


def _is_event(lead: str) -> bool:
    """Whether the words before a day say what happened on it, in a picture or elsewhere.

    The examples: the fishing harbour on …; boats at the old quay, …; Jeddah on ….

    >>> [_is_event(t) for t in ("مرفأ الصيد في ", "قوارب أمام الرصيف القديم، ", "جدة في ")]
    [True, True, False]
    """
    if is_anniversary(lead):
        return True
    folded = fold(lead).strip()
    least = 1 if re.search(r"(?<!\w)في$", folded) else DATES.min_caption_words  # «في» (on)
    if least > 1 and not folded.endswith(("،", ",")):
        return False
    last = re.split(r"[|/:–-]", lead.strip(" ،,"))[-1].strip().removesuffix(" في")
    own = [word for word in words(last) if word not in _LABELS]
    is_signed = is_place(last) or is_person(last) or introduces(last)
    return len(own) >= least and not is_signed


def is_anniversary(lead: str) -> bool:
    """Whether the words before a day make it one of the past: «في مثل هذا اليوم» (on this day)."""
    return bool(_OTHER_DAY.search(fold(lead)))


def _without_name(mention: DateMention, line: str) -> DateMention:
    """Return `mention` less an «اليوم» (today) that ends the name before it: «المصري اليوم …»."""
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
    """Return what `line` says besides its mentions, without labels of time stamps at the ends."""
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
    """Return the publication day of time stamps, and why; hours without a zone are in `zone`.

    A labelled stamp outweighs an unlabelled one; two that disagree make the date conflicting.
    """
    candidates = [s for s in found if s.role not in {"updated", "event"}]
    labelled = [s for s in candidates if s.role == "published"] or candidates
    labelled = [s for s in labelled if not s.elsewhere] or labelled
    if not labelled:
        return None, DateInfo()
    resolved = [(s, resolve(s.mention)) for s in labelled]
    evidence = tuple(Evidence(s.mention.text, r.edtf or r.note) for s, r in resolved)
    if broken := [r for _, r in resolved if r.status == "conflicting"]:
        options = tuple(dict.fromkeys(c for r in broken for c in r.candidates))
        return None, DateInfo("conflicting", basis, "", options, evidence, broken[0].note)
    days = {r.day for _, r in resolved if r.day}
    if len(days) > 1:
        options = tuple(sorted(d.isoformat() for d in days))
        return None, DateInfo("conflicting", basis, "", options, evidence, "stamps-differ")
    if not days:
        options = tuple(c for _, r in resolved for c in r.candidates)
        return None, DateInfo("unknown", basis, "", options, evidence)
    day = days.pop()
    dated = [stamp.mention for stamp, resolution in resolved if resolution.day]
    best = max(dated, key=lambda m: (bool(m.clock and m.zone), bool(m.clock)))
    when = moment(best, day, zone)
    return when, DateInfo("exact", basis, day.isoformat(), (), evidence)


def is_visit_date(stamp: TimeStamp, paragraphs: Iterable[str]) -> bool:
    """Whether a stamp is a bare weekday and date, as pages print of the visit they were saved on.

    It is not if `paragraphs` call that weekday today.

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
    near = (
        abs((day - other).days) <= DATES.max_moon_sighting_days for other in days if day and other
    )
    return "hijri" in kinds and "day" not in kinds and any(near)
