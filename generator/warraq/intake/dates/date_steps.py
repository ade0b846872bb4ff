"""The steps that settle the day of publication and flag days that contradict each other."""

from collections.abc import Callable
from datetime import date

import msgspec

from warraq.intake.dates import resolution
from warraq.intake.dates.editions import edition, lone_year, may_be_title
from warraq.intake.dates.mention import DateMention
from warraq.intake.dates.phrases import hour_alone, mentions
from warraq.intake.dates.time_stamps import from_stamps, is_anniversary, stamps
from warraq.intake.state import RECORD_BASES, ImportState, basis_of, replace
from warraq.model import Basis, DateInfo, Decision, Evidence, Flag, Moment

LATE = 1  # days that a text may be older than its page, or than another time zone's day
BESIDE = 2  # lines between the one that tells the day and the one that tells the hour
FIRST = 2  # paragraphs in which a text may tell the day it was written on


def dates(work: ImportState) -> ImportState:
    """Settle the day of publication: sidecar, page data, the head of the text, `received`."""
    paragraphs = [line.text for line in work.page.lines]
    for value, basis in _dated_facts(work):
        if found := _of_fact(work, value, basis, paragraphs):
            return _dated(work, *found)
    when, info = _settled(work, paragraphs)
    if when and (against := _against_text(work, paragraphs[:FIRST], when.day)):
        when, info = None, msgspec.structs.replace(against, basis=info.basis)
    evidence = dict.fromkeys(info.evidence + _phrases(paragraphs, work.directory.day(when)))
    info = msgspec.structs.replace(info, evidence=tuple(evidence))
    return _dated(work, when, info)


def _of_fact(
    work: ImportState, value: str, basis: str, paragraphs: list[str]
) -> tuple[Moment | None, DateInfo] | None:
    """Return what a fact tells of the day: one, a month or a year, one of two; None: nothing."""
    ground_of = basis_of(basis)
    if basis in RECORD_BASES - {"sidecar"} and (days := resolution.ambiguous_days(value)):
        return _one_of(work, days, Evidence(value, "stated"), ground_of, paragraphs)
    if when := resolution.exact_moment(value, work.directory.time_zone):
        day = work.directory.day(when) or when.day
        info = DateInfo("exact", ground_of, day.isoformat(), (), (Evidence(value, "stated"),))
        if basis != "sidecar" and (against := _against(work, day)):
            return None, msgspec.structs.replace(against, basis=ground_of)
        return when, info
    if told := edition(value) or lone_year(value):
        return None, DateInfo("exact", ground_of, told, (), (Evidence(value, "stated"),))
    return None


def _one_of(
    work: ImportState, days: tuple[date, ...], told: Evidence, basis: Basis, paragraphs: list[str]
) -> tuple[Moment | None, DateInfo]:
    """Return which of the two days that «3/5/2019» may mean is told by anything else.

    Its address or a stamp settles it; the text's «اليوم الجمعة» lets it be inferred.
    """
    shown = {resolution.day_in_address(work.address)}
    shown |= {resolution.resolve(stamp.mention).day for stamp in work.stamps}
    options = tuple(day.isoformat() for day in days)
    evidence = (told,)
    if len(sure := [day for day in days if day in shown]) == 1:
        return Moment(sure[0]), DateInfo("exact", basis, sure[0].isoformat(), (), evidence)
    fitting = [day for day in days if resolution.fits_day(day, paragraphs[:FIRST])]
    if len(fitting) == 1:
        edtf = fitting[0].isoformat()
        return Moment(fitting[0]), DateInfo("inferred", basis, edtf, options, evidence)
    return None, DateInfo("conflicting", basis, "", options, evidence, "day-or-month")


def _settled(work: ImportState, paragraphs: list[str]) -> tuple[Moment | None, DateInfo]:
    """Return the day by the first place that tells anything of one."""
    when, info = None, DateInfo()
    for read in _PLACES:
        when, info = read(work, paragraphs)
        if info.status != "unknown" or info.evidence:
            break
    return when, info


def _from_head(work: ImportState) -> tuple[Moment | None, DateInfo]:
    when, info = from_stamps(work.stamps, "head", work.directory.time_zone)
    return _with_hour(work, when) if when else None, info


def _from_received(work: ImportState, paragraphs: list[str]) -> tuple[Moment | None, DateInfo]:
    """Return the day by that of the import; a day that is told and cannot be read is another."""
    if unread := tuple(Evidence(value, "open") for value, _ in _dated_facts(work)):
        return None, DateInfo(evidence=unread)
    received = work.fact("received")[0] or work.directory.received
    day = resolution.exact_moment(received) if received else None
    if day is None:
        return None, DateInfo()
    return resolution.from_received((work.page.title, *paragraphs), day.day)


def contradictions(work: ImportState) -> ImportState:
    """Flag the phrases of the body whose weekday and day do not fit, or cannot be told to."""
    page = work.page
    received = resolution.exact_moment(work.fact("received")[0] or work.directory.received)
    found = resolution.contradictions(
        (line.text for line in page.lines),
        anchor=work.directory.day(page.date),
        received=received.day if received else None,
    )
    flags = tuple(Flag("date", text, note) for text, note in found)
    decisions = tuple(
        Decision("flags", text, "weekday and day", (Evidence(text, note),)) for text, note in found
    )
    page = msgspec.structs.replace(
        page, flags=page.flags + flags, decisions=page.decisions + decisions
    )
    return replace(work, page=page)


def _dated_facts(work: ImportState) -> list[tuple[str, str]]:
    facts = [f for f in work.raw.facts if f.key == "date"]
    return [(f.value, f.basis) for f in facts]


def _against(work: ImportState, day: date) -> DateInfo | None:
    """Return the contradiction when the page shows its readers another day than its data tells.

    A day of difference is a time zone; the day of an update is no contradiction, nor is 10/12 for
    the twelfth of October.
    """
    shown = [s for s in work.stamps if s.role not in {"updated", "event"}]
    days = [found.day for s in shown if (found := resolution.resolve(s.mention)).day]
    update = resolution.exact_moment(work.fact("modified")[0])
    alike = {day, update.day if update else day, resolution.day_month_swapped(day)}
    if not days or any(abs(d - other).days <= 1 for d in days for other in alike if other):
        return None
    options = tuple(sorted({day.isoformat(), *(d.isoformat() for d in days)}))
    evidence = tuple(Evidence(s.mention.text, "shown") for s in shown)
    return DateInfo("conflicting", "", "", options, evidence, "page-data-differs")


def _against_text(work: ImportState, paragraphs: list[str], day: date) -> DateInfo | None:
    """Return the contradiction when the text's own «اليوم» is another day than `day`.

    A weekday in the text does not outweigh the one that a time stamp has itself.
    """
    own = any(reading.kind == "weekday" for s in work.stamps for reading in s.mention.readings)
    if not own and not resolution.fits_day(day, paragraphs):
        told_days = resolution.today_mentions(paragraphs)
        phrases = tuple(Evidence(m.text, "weekday-differs") for m, *_ in told_days)
        return DateInfo("conflicting", "", "", (day.isoformat(),), phrases, "text-differs")
    told = resolution.from_today(paragraphs)[0]
    if told and abs((told.day - day).days) > LATE:
        options = tuple(sorted((day.isoformat(), told.day.isoformat())))
        return DateInfo("conflicting", "", "", options, (), "text-differs")
    return None


def _from_address(work: ImportState) -> tuple[Moment | None, DateInfo]:
    """Return the day in the page's address, which a stamp contradicts only if it is labelled.

    A bare one may be the day on which the page was saved.
    """
    address = work.address
    day = resolution.day_in_address(address)
    if day is None:
        return None, DateInfo()
    labelled = tuple(s for s in work.stamps if s.role == "published")
    if against := _against(replace(work, stamps=labelled), day):
        return None, msgspec.structs.replace(against, basis="address")
    evidence = (Evidence(address, "stated"),)
    return Moment(day), DateInfo("exact", "address", day.isoformat(), (), evidence)


def _from_headline(title: str, paragraphs: list[str]) -> tuple[Moment | None, DateInfo]:
    """Return the day that a headline holds, as a candidate: a match's or a price's day.

    It is the day of publication where the text calls that weekday its own.
    """
    told = [
        m
        for m in mentions(title)
        if resolution.has_year(m) and not is_anniversary(title[: m.start])
    ]
    days = [day for m in told if (day := resolution.resolve(m).day)]
    if len(days) != 1:
        return None, DateInfo()
    (day,), edtf = days, days[0].isoformat()
    evidence = (Evidence(told[0].text, edtf),)
    if any(resolution.today_mentions(paragraphs)) and resolution.fits_day(day, paragraphs):
        return Moment(day), DateInfo("inferred", "text", edtf, (edtf,), evidence)
    return None, DateInfo("unknown", "head", "", (edtf,), evidence)


def _with_hour(work: ImportState, when: Moment) -> Moment:
    """Return `when` with the hour on a line of its own beside that of the day, if it has none."""
    head = [r for r in work.page.removed if r.first > 0]
    days = [
        r.first
        for r in head
        if any(resolution.resolve(m).day == when.day for m in mentions(r.text))
    ]
    near = (r for r in head if any(0 < abs(r.first - line) <= BESIDE for line in days))
    hours = {hour for r in near if (hour := hour_alone(r.text))[0]}
    if when.clock or len(hours) != 1:
        return when
    ((clock, zone),) = hours
    return resolution.at_hour(when.day, clock, zone or work.directory.time_zone)


def _from_edition(work: ImportState) -> DateInfo:
    """Return the month, season or issue that lines of the head tell, where no day is told.

    A text that is called «صيف 2012» may be of that summer, or tell of it.
    """
    if may_be_title(title := work.page.title):
        evidence = (Evidence(title, "open"),)
        return DateInfo("unknown", "head", "", (edition(title),), evidence)
    start = work.page.lines[0].first if work.page.lines else 0
    head = [removed.text for removed in work.page.removed if 0 < removed.first <= start]
    lines = (*head, work.fact("issue")[0])
    told = {edtf: text for text in lines if (edtf := edition(text))}
    if len(told) != 1:
        return DateInfo()
    ((edtf, text),) = told.items()
    return DateInfo("exact", "head", edtf, (), (Evidence(text, edtf),))


def _from_update(work: ImportState, paragraphs: list[str]) -> tuple[Moment | None, DateInfo]:
    """Return what a record's last change tells where it tells no day of publication, as in Atom.

    It was published on that day or earlier: on it where the text calls that weekday its own.
    """
    told = [f for f in work.raw.facts if f.key == "modified" and f.basis in RECORD_BASES]
    when = resolution.exact_moment(told[0].value, work.directory.time_zone) if told else None
    if when is None or _dated_facts(work):
        return None, DateInfo()
    day = work.directory.day(when) or when.day
    evidence = (Evidence(told[0].value, "open"),)
    first = paragraphs[:FIRST]
    if any(resolution.today_mentions(first)) and resolution.fits_day(day, first):
        edtf = f"{day.isoformat()}~"
        return Moment(day), DateInfo("inferred", "updated", edtf, (day.isoformat(),), evidence)
    return None, DateInfo("inferred", "updated", f"[..{day.isoformat()}]", (), evidence)


def _from_name(work: ImportState) -> tuple[Moment | None, DateInfo]:
    """Return the day that the seed's own name tells, unless the page shows its readers another."""
    told = work.fact("name-day")[0]
    when = resolution.exact_moment(told) if told else None
    if when is None or _against(work, when.day):
        return None, DateInfo()
    evidence = (Evidence(told, "stated"),)
    return when, DateInfo("exact", "file-name", told, (), evidence)


def _from_dateline(work: ImportState) -> tuple[Moment | None, DateInfo]:
    mention = work.dateline.mention if work.dateline else None
    if mention is None:
        return None, DateInfo()
    found = resolution.resolve(mention)
    evidence = (Evidence(mention.text, found.edtf or found.note),)
    if found.status == "exact" and found.day:
        return Moment(found.day), DateInfo("exact", "dateline", found.edtf, (), evidence)
    if found.status == "conflicting":
        return None, DateInfo("conflicting", "dateline", "", found.candidates, evidence, found.note)
    return None, DateInfo()


def _phrases(paragraphs: list[str], anchor: date | None) -> tuple[Evidence, ...]:
    """Return the phrases of the body that depend on the day of publication, with what they say.

    A day told with its year stands by itself. Where that of publication is known, only those
    which tell it by its weekday or contradict it: what is read from the day proves nothing.
    """
    out: dict[Evidence, None] = {}
    for text in paragraphs:
        for mention in mentions(text):
            shift = any(f.kind == "shift" for f in mention.readings)
            relative = shift or any(f.kind == "weekday" or f.direction for f in mention.readings)
            if not relative or (resolution.has_year(mention) and not shift):
                continue
            found = resolution.resolve(mention, anchor)
            meaning = found.note or _meaning(mention)
            if anchor is None or found.note or _names_day(mention):
                out.setdefault(Evidence(mention.text, meaning))
    return tuple(out)[:20]


def _names_day(mention: DateMention) -> bool:
    """Tell whether a phrase names the weekday of the day of publication: «اليوم الأحد»."""
    kinds = {f.kind for f in mention.readings if not f.direction}
    return {"shift", "weekday"} <= kinds


def _meaning(mention: DateMention) -> str:
    shift = next((f.day for f in mention.readings if f.kind == "shift"), None)
    if shift is not None:
        return "publication-day" if shift == 0 else f"publication-day{shift:+d}"
    return "open"


def _dated(work: ImportState, when: Moment | None, info: DateInfo) -> ImportState:
    decision = Decision("date", when.iso if when else "", info.basis or info.status, info.evidence)
    page = msgspec.structs.replace(
        work.page, date=when, date_info=info, decisions=(*work.page.decisions, decision)
    )
    return replace(work, page=page)


_PLACES: tuple[Callable[[ImportState, list[str]], tuple[Moment | None, DateInfo]], ...] = (
    lambda work, _: _from_address(work),
    lambda work, _: _from_name(work),
    lambda work, _: _from_head(work),
    lambda work, _: _from_dateline(work),
    lambda work, _: from_stamps(stamps(work.fact("issue")[0]), "issue", work.directory.time_zone),
    lambda work, texts: resolution.from_today((work.page.title, *texts[:FIRST])),
    lambda work, texts: _from_headline(work.page.title, texts),
    lambda work, _: (None, _from_edition(work)),
    _from_update,
    _from_received,
)
