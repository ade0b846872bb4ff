"""The steps that find the day of publication and flag days that contradict each other."""

from collections.abc import Callable
from datetime import date

import msgspec

from warraq.intake.dates import field_dates, resolution
from warraq.intake.dates.editions import edition, lone_year, may_be_title
from warraq.intake.dates.mention import DateMention
from warraq.intake.dates.phrases import hour_alone, mentions
from warraq.intake.dates.thresholds import DATES
from warraq.intake.dates.time_stamps import from_stamps, is_anniversary, stamps
from warraq.intake.state import RECORD_BASES, ImportState, basis_of, replace
from warraq.model import Basis, DateInfo, Decision, Evidence, Flag, Moment

Dated = tuple[Moment | None, DateInfo]


def dates(state: ImportState) -> ImportState:
    """Find the day of publication: in facts of the seed, around the text, in it, by `received`."""
    paragraphs = [line.text for line in state.page.lines]
    for value, basis in _date_facts(state):
        if found := _from_fact(state, value, basis, paragraphs):
            return _with_date(state, *found)
    when, info = _first_dated(state, paragraphs)
    if when and (
        conflict := _text_conflict(state, paragraphs[: DATES.opening_paragraphs], when.day)
    ):
        when, info = None, msgspec.structs.replace(conflict, basis=info.basis)
    evidence = dict.fromkeys(
        info.evidence + _relative_phrases(paragraphs, state.directory.day(when))
    )
    info = msgspec.structs.replace(info, evidence=tuple(evidence))
    return _with_date(state, when, info)


def _from_fact(state: ImportState, value: str, basis: str, paragraphs: list[str]) -> Dated | None:
    """Return the day, month or year of a fact, perhaps open between two days; None without one."""
    date_basis = basis_of(basis)
    if basis in RECORD_BASES - {"sidecar"} and (days := field_dates.ambiguous_days(value)):
        return _choose_day(state, days, Evidence(value, "stated"), date_basis, paragraphs)
    if when := field_dates.exact_moment(value, state.directory.time_zone):
        day = state.directory.day(when) or when.day
        info = DateInfo("exact", date_basis, day.isoformat(), (), (Evidence(value, "stated"),))
        if basis != "sidecar" and (conflict := _shown_conflict(state, day)):
            return None, msgspec.structs.replace(conflict, basis=date_basis)
        return when, info
    if edtf := edition(value) or lone_year(value):
        return None, DateInfo("exact", date_basis, edtf, (), (Evidence(value, "stated"),))
    return None


def _choose_day(
    state: ImportState,
    days: tuple[date, ...],
    evidence: Evidence,
    basis: Basis,
    paragraphs: list[str],
) -> Dated:
    """Return which of the two days that «3/5/2019» may mean anything else confirms.

    The address or a stamp makes it exact; the text's «اليوم الجمعة» (today, Friday) inferred.
    """
    shown = {field_dates.day_in_address(state.address)}
    shown |= {resolution.resolve(stamp.mention).day for stamp in state.stamps}
    options = tuple(day.isoformat() for day in days)
    if len(sure := [day for day in days if day in shown]) == 1:
        return Moment(sure[0]), DateInfo("exact", basis, sure[0].isoformat(), (), (evidence,))
    fitting = [
        day for day in days if resolution.fits_day(day, paragraphs[: DATES.opening_paragraphs])
    ]
    if len(fitting) == 1:
        edtf = fitting[0].isoformat()
        return Moment(fitting[0]), DateInfo("inferred", basis, edtf, options, (evidence,))
    return None, DateInfo("conflicting", basis, "", options, (evidence,), "day-or-month")


def _first_dated(state: ImportState, paragraphs: list[str]) -> Dated:
    """Return the day by the first reader that finds any evidence of one."""
    when, info = None, DateInfo()
    for read in _READERS:
        when, info = read(state, paragraphs)
        if info.status != "unknown" or info.evidence:
            break
    return when, info


def _from_head(state: ImportState) -> Dated:
    when, info = from_stamps(state.stamps, "head", state.directory.time_zone)
    return _with_hour(state, when) if when else None, info


def _from_received(state: ImportState, paragraphs: list[str]) -> Dated:
    """Return the day inferred from that of collection, unless a fact has one that is unreadable."""
    if unread := tuple(Evidence(value, "open") for value, _ in _date_facts(state)):
        return None, DateInfo(evidence=unread)
    received = state.fact("received")[0] or state.directory.received
    day = field_dates.exact_moment(received) if received else None
    if day is None:
        return None, DateInfo()
    return resolution.from_received((state.page.title, *paragraphs), day.day)


def contradictions(state: ImportState) -> ImportState:
    """Flag the phrases of the body whose weekday and day do not fit, or cannot be checked."""
    page = state.page
    received = field_dates.exact_moment(state.fact("received")[0] or state.directory.received)
    found = resolution.contradictions(
        (line.text for line in page.lines),
        anchor=state.directory.day(page.date),
        received=received.day if received else None,
    )
    flags = tuple(Flag("date", text, note) for text, note in found)
    decisions = tuple(
        Decision("flags", text, "weekday and day", (Evidence(text, note),)) for text, note in found
    )
    page = msgspec.structs.replace(
        page, flags=page.flags + flags, decisions=page.decisions + decisions
    )
    return replace(state, page=page)


def _date_facts(state: ImportState) -> list[tuple[str, str]]:
    facts = [f for f in state.raw.facts if f.key == "date"]
    return [(f.value, f.basis) for f in facts]


def _shown_conflict(state: ImportState, day: date) -> DateInfo | None:
    """Return the contradiction if the page shows its readers another day than `day`, from its data.

    A day of difference is a time zone; neither the day of an update contradicts it, nor 10/12 for
    the twelfth of October.
    """
    shown = [s for s in state.stamps if s.role not in {"updated", "event"}]
    days = [found.day for s in shown if (found := resolution.resolve(s.mention)).day]
    update = field_dates.exact_moment(state.fact("modified")[0])
    alike = {day, update.day if update else day, field_dates.day_month_swapped(day)}
    if not days or any(abs(d - other).days <= 1 for d in days for other in alike if other):
        return None
    options = tuple(sorted({day.isoformat(), *(d.isoformat() for d in days)}))
    evidence = tuple(Evidence(s.mention.text, "shown") for s in shown)
    return DateInfo("conflicting", "", "", options, evidence, "page-data-differs")


def _text_conflict(state: ImportState, paragraphs: list[str], day: date) -> DateInfo | None:
    """Return the contradiction if the text's own «اليوم» (today) is another day than `day`.

    A weekday in the text does not outweigh the weekday of a time stamp.
    """
    readings = (r for stamp in state.stamps for r in stamp.mention.readings)
    has_weekday = any(reading.kind == "weekday" for reading in readings)
    if not has_weekday and not resolution.fits_day(day, paragraphs):
        today = (mention for mention, *_ in resolution.today_mentions(paragraphs))
        evidence = tuple(Evidence(mention.text, "weekday-differs") for mention in today)
        return DateInfo("conflicting", "", "", (day.isoformat(),), evidence, "text-differs")
    own = resolution.from_today(paragraphs)[0]
    if own and abs((own.day - day).days) > DATES.max_zone_days:
        options = tuple(sorted((day.isoformat(), own.day.isoformat())))
        return DateInfo("conflicting", "", "", options, (), "text-differs")
    return None


def _from_address(state: ImportState) -> Dated:
    """Return the day in the page's address, which only a labelled stamp contradicts.

    A bare one may be the day on which the page was saved.
    """
    address = state.address
    day = field_dates.day_in_address(address)
    if day is None:
        return None, DateInfo()
    labelled = tuple(s for s in state.stamps if s.role == "published")
    if conflict := _shown_conflict(replace(state, stamps=labelled), day):
        return None, msgspec.structs.replace(conflict, basis="address")
    evidence = (Evidence(address, "stated"),)
    return Moment(day), DateInfo("exact", "address", day.isoformat(), (), evidence)


def _from_headline(title: str, paragraphs: list[str]) -> Dated:
    """Return the day in a headline as a candidate: it may be the day of a match, or of prices.

    It is the day of publication if the text calls that weekday today.
    """
    full = [
        m
        for m in mentions(title)
        if resolution.has_year(m) and not is_anniversary(title[: m.start])
    ]
    days = [day for m in full if (day := resolution.resolve(m).day)]
    if len(days) != 1:
        return None, DateInfo()
    (day,), edtf = days, days[0].isoformat()
    evidence = (Evidence(full[0].text, edtf),)
    if any(resolution.today_mentions(paragraphs)) and resolution.fits_day(day, paragraphs):
        return Moment(day), DateInfo("inferred", "text", edtf, (edtf,), evidence)
    return None, DateInfo("unknown", "head", "", (edtf,), evidence)


def _with_hour(state: ImportState, when: Moment) -> Moment:
    """Return `when` with the hour of a line near the day's, if it has none and there is one."""
    head = [r for r in state.page.removed if r.first > 0]
    days = [
        r.first
        for r in head
        if any(resolution.resolve(m).day == when.day for m in mentions(r.text))
    ]
    near = (
        r for r in head if any(0 < abs(r.first - line) <= DATES.max_hour_lines for line in days)
    )
    hours = {hour for r in near if (hour := hour_alone(r.text))[0]}
    if when.clock or len(hours) != 1:
        return when
    ((clock, zone),) = hours
    return resolution.at_hour(when.day, clock, zone or state.directory.time_zone)


def _from_edition(state: ImportState) -> DateInfo:
    """Return the month, season or issue of the head, which counts where no day is given.

    A text with the title «صيف 2012» (summer 2012) may be of that summer, or about it.
    """
    if may_be_title(title := state.page.title):
        evidence = (Evidence(title, "open"),)
        return DateInfo("unknown", "head", "", (edition(title),), evidence)
    start = state.page.lines[0].first if state.page.lines else 0
    head = [removed.text for removed in state.page.removed if 0 < removed.first <= start]
    lines = (*head, state.fact("issue")[0])
    editions = {edtf: text for text in lines if (edtf := edition(text))}
    if len(editions) != 1:
        return DateInfo()
    ((edtf, text),) = editions.items()
    return DateInfo("exact", "head", edtf, (), (Evidence(text, edtf),))


def _from_update(state: ImportState, paragraphs: list[str]) -> Dated:
    """Return the date by a record's last change if it has no day of publication, as in Atom.

    It was published on that day or earlier: on it if the text calls that weekday today.
    """
    updates = [f for f in state.raw.facts if f.key == "modified" and f.basis in RECORD_BASES]
    when = (
        field_dates.exact_moment(updates[0].value, state.directory.time_zone) if updates else None
    )
    if when is None or _date_facts(state):
        return None, DateInfo()
    day = state.directory.day(when) or when.day
    evidence = (Evidence(updates[0].value, "open"),)
    first = paragraphs[: DATES.opening_paragraphs]
    if any(resolution.today_mentions(first)) and resolution.fits_day(day, first):
        edtf = f"{day.isoformat()}~"
        return Moment(day), DateInfo("inferred", "updated", edtf, (day.isoformat(),), evidence)
    return None, DateInfo("inferred", "updated", f"[..{day.isoformat()}]", (), evidence)


def _from_candidate(state: ImportState) -> Dated:
    """Return the day in the name of a plain text as a candidate: it may be that of a download."""
    day = state.fact("name-candidate")[0]
    evidence = (Evidence(day, "open"),)
    return None, DateInfo("unknown", "file-name", "", (day,), evidence) if day else DateInfo()


def _from_capture(state: ImportState) -> Dated:
    """Return what the hour of a capture says: the page was published on that day or earlier."""
    hour, basis = state.fact("received")
    zone = state.directory.time_zone
    when = field_dates.exact_moment(hour, zone) if basis == "capture" else None
    if when is None:
        return None, DateInfo()
    day = state.directory.day(when) or when.day
    evidence = (Evidence(hour, "open"),)
    return None, DateInfo("inferred", "received", f"[..{day.isoformat()}]", (), evidence)


def _from_name(state: ImportState) -> Dated:
    """Return the day in the seed's own name, unless the page shows its readers another."""
    name_day = state.fact("name-day")[0]
    when = field_dates.exact_moment(name_day) if name_day else None
    if when is None or _shown_conflict(state, when.day):
        return None, DateInfo()
    evidence = (Evidence(name_day, "stated"),)
    return when, DateInfo("exact", "file-name", name_day, (), evidence)


def _from_dateline(state: ImportState) -> Dated:
    mention = state.dateline.mention if state.dateline else None
    if mention is None:
        return None, DateInfo()
    found = resolution.resolve(mention)
    evidence = (Evidence(mention.text, found.edtf or found.note),)
    if found.status == "exact" and found.day:
        return Moment(found.day), DateInfo("exact", "dateline", found.edtf, (), evidence)
    if found.status == "conflicting":
        return None, DateInfo("conflicting", "dateline", "", found.candidates, evidence, found.note)
    return None, DateInfo()


def _relative_phrases(paragraphs: list[str], anchor: date | None) -> tuple[Evidence, ...]:
    """Return the phrases of the body that depend on the day of publication, with their meaning.

    A day with its year depends on nothing. If the day of publication is known, only phrases that
    name its weekday or contradict it count: what is derived from the day proves nothing.
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
    return tuple(out)[: DATES.max_evidence_phrases]


def _names_day(mention: DateMention) -> bool:
    """Whether a phrase names the weekday of the day of publication: «اليوم الأحد»."""
    kinds = {f.kind for f in mention.readings if not f.direction}
    return {"shift", "weekday"} <= kinds


def _meaning(mention: DateMention) -> str:
    shift = next((f.day for f in mention.readings if f.kind == "shift"), None)
    if shift is not None:
        return "publication-day" if shift == 0 else f"publication-day{shift:+d}"
    return "open"


def _with_date(state: ImportState, when: Moment | None, info: DateInfo) -> ImportState:
    decision = Decision("date", when.iso if when else "", info.basis or info.status, info.evidence)
    page = msgspec.structs.replace(
        state.page, date=when, date_info=info, decisions=(*state.page.decisions, decision)
    )
    return replace(state, page=page)


_READERS: tuple[Callable[[ImportState, list[str]], Dated], ...] = (
    lambda state, _: _from_address(state),
    lambda state, _: _from_name(state),
    lambda state, _: _from_head(state),
    lambda state, _: _from_dateline(state),
    lambda state, _: from_stamps(
        stamps(state.fact("issue")[0]), "issue", state.directory.time_zone
    ),
    lambda state, texts: resolution.from_today(
        (state.page.title, *texts[: DATES.opening_paragraphs])
    ),
    lambda state, texts: _from_headline(state.page.title, texts),
    lambda state, _: (None, _from_edition(state)),
    _from_update,
    _from_received,
    lambda state, _: _from_candidate(state),
    lambda state, _: _from_capture(state),
)
