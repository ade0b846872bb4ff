"""RawDocument → Draft: the steps in their order. Pure: no file, no clock, no locale."""

import hashlib
import re
from collections.abc import Callable, Sequence
from datetime import date

import msgspec

from warraq.base.problems import Problem, warning
from warraq.intake import bylines, credit, dating, headline, quotations, repair
from warraq.intake.credit import Found
from warraq.intake.dates import Mention, mentions
from warraq.intake.folding import phrase, words
from warraq.intake.furniture import furniture
from warraq.intake.head import head
from warraq.intake.outlets import Knowledge, host_of
from warraq.intake.page import Page, without
from warraq.intake.shapes import STOPS, is_digest, is_headline_like, is_prose
from warraq.intake.work import Work, changed, found_name
from warraq.model import (
    Article,
    Cited,
    Credit,
    DateInfo,
    Decision,
    Draft,
    Evidence,
    Flag,
    Moment,
    Provenance,
    RawDocument,
    Receipt,
    Removed,
)

MIN_BODY = 5  # words; less is no article
FIRST = 2  # paragraphs in which a text may tell the day it was written on
_SEED_ID = re.compile(r"(?<![0-9a-f])(?=[0-9]*[a-f])[0-9a-f]{16}(?![0-9a-f])")
_GENERIC_CREDITS = frozenset(
    ("وكالات", "الوكالات", "متابعات", "مواقع", "خاص", "صحف", "مواقع التواصل")
)


def draft_of(raw: RawDocument, known: Knowledge) -> Draft:
    """Return the article that `raw` holds, its receipt, and what an editor should know.

    The same document and knowledge give the same draft. A document without an article (a digest of
    headlines, nothing but furniture) gives a draft with an empty body and a problem that says so.
    """
    text, flags, notes = repair.characters(raw.text)
    lines = repair.lines_of(text)
    if raw.kind == "markdown":
        lines = repair.unlinked(lines)
    lines = repair.mended(lines)
    work = Work(raw, known, Page(lines, flags=flags, notes=notes))
    for step in STEPS:
        work = step(work)
    return _draft(work)


def disclaimers(work: Work) -> Work:
    """Take out the lines that say a copy is a copy, and keep whom they name."""
    own = [o for o in work.known.outlets if o.disclaimers]
    doomed: dict[int, str] = {}
    for i, line in enumerate(work.page.lines):
        named = credit.disclaimer(line.text, own) if len(line.text) >= 30 else None
        if named is None:
            continue
        doomed[i] = "disclaimer"
        work = changed(
            work,
            origin=work.origin or found_name(named[0], "disclaimer", work.known),
            carrier=work.carrier or found_name(named[1], "disclaimer", work.known),
        )
    return changed(work, page=without(work.page, doomed))


def page_facts(work: Work) -> Work:
    """Take what stands beside the text: the sidecar's or the page's own outlet."""
    told, basis = _outlet_told(work)
    address = work.fact("url")[0]
    by_address = work.known.at(address) if address else None
    if told:
        outlet = work.known.named(told) or by_address
        shown = told if not outlet or basis == "sidecar" else outlet.name
        return changed(work, site=Found(shown, basis, outlet))
    if by_address:
        return changed(work, site=Found(by_address.name, "address", by_address))
    return work


def _outlet_told(work: Work) -> tuple[str, str]:
    """Return the page's own name for its outlet: one that is known, one in Arabic, any."""
    told = [(f.value, f.basis) for f in work.raw.facts if f.key == "outlet"]
    sidecar = [t for t in told if t[1] == "sidecar"]
    title = work.fact("title")[0]
    page_title = work.fact("page-title")[0]
    if title and (behind := headline.site_behind(page_title, title)):
        told.append((behind, "page title"))
    handles = [f.value.lstrip("@").lower() for f in work.raw.facts if f.key == "handle"]
    told += [(work.known.by_handle[h].name, "handle") for h in handles if h in work.known.by_handle]
    named = [t for t in told if work.known.named(t[0])]
    arabic = [t for t in told if repair.is_arabic(t[0])]
    return (sidecar or named or arabic or told or [("", "")])[0]


def credit_lines(work: Work) -> Work:
    """Take out «المصدر: …» and keep the names."""
    doomed: dict[int, str] = {}
    named: list[Found] = []
    lines = work.page.lines
    for i, line in enumerate(lines):
        names = credit.credit_line(line.text) if line.text else ()
        if not names and phrase(line.text) in {"المصدر", "مصدر", "المصادر"}:
            j = next((j for j in range(i + 1, len(lines)) if lines[j].text), i)
            if j > i and len(words(lines[j].text)) <= 5 and i >= len(lines) // 2:
                names = (credit.core_name(lines[j].text),)
                doomed[j] = "credit-line"
        if names:
            doomed[i] = "credit-line"
            named += [f for n in names if (f := found_name(n, "credit-line", work.known))]
    return changed(work, page=without(work.page, doomed), named=work.named + tuple(named))


def tail(work: Work) -> Work:
    """Take out time stamps and signatures that stand below the last paragraph."""
    lines = work.page.lines
    full = [i for i, line in enumerate(lines) if line.text]
    doomed: dict[int, str] = {}
    stamps: list[dating.Stamp] = []
    named: list[Found] = []
    authors: tuple[str, ...] = ()
    doomed.update(_elsewhere(work, full))
    for i in reversed(full[1:]):
        text = lines[i].text
        if i in doomed:
            continue
        if found := dating.stamps(text):
            rests = [s.rest.removesuffix(" في") for s in found if words(s.rest)]
            if any(not bylines.is_place(r) for r in rests) and not any(s.role for s in found):
                break
            doomed[i] = "date-line"
            stamps = [*found, *stamps]
        elif (
            len(words(text)) <= 5
            and (told := bylines.signature(text, work.known))
            and (told.outlet or told.agencies)
        ):
            doomed[i] = "byline"
            named += [f for n in (told.outlet,) if (f := found_name(n, "byline", work.known))]
        elif not work.page.authors and _signs(work, full, i):
            doomed[i] = "byline"
            authors = (text.strip(" -–"),)
        elif doomed and (label := furniture(text)) and label.rule == "category":
            doomed[i] = label.rule
        else:
            break
    return changed(
        work,
        page=without(work.page, doomed, authors=work.page.authors or authors),
        stamps=work.stamps or tuple(stamps),
        named=work.named + tuple(named),
    )


def _signs(work: Work, full: Sequence[int], i: int) -> bool:
    """Tell whether line `i`, the last one, is the writer's name under paragraphs that stop."""
    lines = work.page.lines
    above = [lines[j].text for j in full if j < i][-2:]
    name = lines[i].text.strip(" -–")
    alone = i == full[-1] and len(above) == 2 and len(words(name)) <= 4
    told = {word for j in full if j < i for word in words(lines[j].text)}
    return (
        alone
        and bylines.is_person(name)
        and not told.issuperset(words(name))  # then it is a row of tags
        and all(is_prose(text) and text.endswith(STOPS) for text in above)
    )


def _elsewhere(work: Work, full: Sequence[int]) -> dict[int, str]:
    """Return the headlines below a line that is the outlet's name and ends the article."""
    lines = work.page.lines
    below: dict[int, str] = {}
    for i in reversed(full[2:]):
        text = lines[i].text
        if below and work.known.named(text) and lines[full[full.index(i) - 1]].text.endswith(STOPS):
            return below
        if is_prose(text) or not is_headline_like(text):
            break
        below[i] = "below-furniture"
    return {}


def body(work: Work) -> Work:
    """Join hard-wrapped lines, make stray marks harmless, read the dateline."""
    lines = repair.unwrapped(work.page.lines)
    lines, flags = repair.harmless(lines, kind=work.raw.kind)
    page = msgspec.structs.replace(work.page, lines=lines, kinds=(), flags=work.page.flags + flags)
    opening = bylines.dateline(lines[0].text, work.known) if lines else None
    if opening is None:
        return changed(work, page=page)
    found = found_name(opening.outlet, "dateline", work.known)
    page = msgspec.structs.replace(page, dateline=page.dateline or opening.place)
    named = (*work.named, found) if found else work.named
    return changed(work, page=page, dateline=opening, named=named)


def credits(work: Work) -> Work:  # noqa: A001 - the word of the trade
    """Settle source, via and cited from all the names found."""
    page = work.page
    rules = {"follow", "footer", "feedback", "tags"}
    removed = [r.text for r in page.removed if r.rule in rules]
    labels = {"menu", "above-headline", "head-label", "broadcaster", "byline"}
    removed += _facts(work.raw, "rights")
    mastheads = (r.text for r in page.removed if r.rule == "masthead")
    removed += [text for text in mastheads if work.known.named(text)]
    removed += [
        r.text
        for r in page.removed
        if r.rule == "broadcaster" or (r.rule in labels and len(words(r.text)) <= 3)
    ]
    body_text = "\n".join(line.text for line in page.lines)
    footer = (
        credit.in_footers(removed, work.known)
        or credit.self_named(page.removed, body_text)
        or credit.beside_stamp(page.removed)
        or credit.photographed(page.removed, work.known)
    )
    real = [f for f in work.named if phrase(f.name) not in {phrase(g) for g in _GENERIC_CREDITS}]
    generic = [f for f in work.named if f not in real]
    order = {"title": 0, "byline": 1, "credit-line": 2, "dateline": 3}
    real.sort(key=lambda f: order.get(f.basis, 9))
    if footer:
        real.append(footer)
    copied = any(r.rule == "disclaimer" for r in page.removed)
    source, via, rest = credit.settled(
        work.site, work.origin, work.carrier, real, work.known, copied=copied
    )
    cited = {
        phrase(c.name): c for c in credit.cited_in((line.text for line in page.lines), work.known)
    }
    for found in (*rest, *generic):
        if (source and phrase(found.name) == phrase(source.name)) or found is footer:
            continue
        kind = found.outlet.type if found.outlet else "agency"
        cited.setdefault(phrase(found.name), Cited(found.name, kind))
    decisions = [Decision("source", source.name, source.basis)] if source else []
    decisions += [Decision("via", c.name, c.basis) for c in via]
    return changed(
        work,
        page=msgspec.structs.replace(
            page, source=source, via=via, cited=tuple(cited.values()),
            decisions=page.decisions + tuple(decisions),
        ),
    )  # fmt: skip


def dates(work: Work) -> Work:
    """Settle the day of publication: sidecar, page data, the head of the text, `received`."""
    paragraphs = [line.text for line in work.page.lines]
    for value, basis in _dated_facts(work):
        if when := dating.stated(value):
            info = DateInfo("exact", basis, when.day.isoformat(), (), (Evidence(value, "stated"),))
            if basis != "sidecar" and (against := _against(work, when.day)):
                return _dated(work, None, msgspec.structs.replace(against, basis=basis))
            return _dated(work, when, info)
    when, info = dating.from_stamps(work.stamps, "head")
    if info.status == "unknown" and not info.evidence:
        when, info = _from_dateline(work)
    if info.status == "unknown" and not info.evidence:
        when, info = dating.from_today(paragraphs[:FIRST])
    if info.status == "unknown" and not info.evidence:
        received = work.fact("received")[0] or work.known.received
        if day := dating.stated(received) if received else None:
            when, info = dating.from_received(paragraphs, day.day)
    anchor = when.day if when else None
    evidence = _phrases(paragraphs, anchor)
    info = msgspec.structs.replace(info, evidence=info.evidence + evidence)
    return _dated(work, when, info)


def contradictions(work: Work) -> Work:
    """Flag the phrases of the body whose weekday and day do not fit, or cannot be told to."""
    page = work.page
    received = dating.stated(work.fact("received")[0] or work.known.received)
    found = dating.contradictions(
        (line.text for line in page.lines),
        anchor=page.date.day if page.date else None,
        received=received.day if received else None,
    )
    flags = tuple(Flag("date", text, note) for text, note in found)
    decisions = tuple(
        Decision("flags", text, "weekday and day", (Evidence(text, note),)) for text, note in found
    )
    page = msgspec.structs.replace(
        page, flags=page.flags + flags, decisions=page.decisions + decisions
    )
    return changed(work, page=page)


def _dated_facts(work: Work) -> list[tuple[str, str]]:
    facts = [f for f in work.raw.facts if f.key == "date"]
    return [(f.value, f.basis) for f in facts]


def _against(work: Work, day: date) -> DateInfo | None:
    """Return the contradiction when the page shows its readers another day than its data tells.

    A day of difference is a time zone; the day of an update is no contradiction, nor is 10/12 for
    the twelfth of October.
    """
    shown = [s for s in work.stamps if s.role != "updated"]
    days = [found.day for s in shown if (found := dating.resolve(s.mention)).day]
    update = dating.stated(work.fact("modified")[0])
    alike = {day, update.day if update else day, dating.swapped(day)}
    if not days or any(abs(d - other).days <= 1 for d in days for other in alike if other):
        return None
    options = tuple(sorted({day.isoformat(), *(d.isoformat() for d in days)}))
    evidence = tuple(Evidence(s.mention.text, "shown") for s in shown)
    return DateInfo("conflicting", "", "", options, evidence, "page-data-differs")


def _from_dateline(work: Work) -> tuple[Moment | None, DateInfo]:
    mention = work.dateline.mention if work.dateline else None
    if mention is None:
        return None, DateInfo()
    found = dating.resolve(mention)
    evidence = (Evidence(mention.text, found.edtf or found.note),)
    if found.status == "exact" and found.day:
        return Moment(found.day), DateInfo("exact", "dateline", found.edtf, (), evidence)
    if found.status == "conflicting":
        return None, DateInfo("conflicting", "dateline", "", found.candidates, evidence, found.note)
    return None, DateInfo()


def _phrases(paragraphs: list[str], anchor: date | None) -> tuple[Evidence, ...]:
    """Return the phrases of the body that depend on the day of publication, with what they say."""
    out: dict[Evidence, None] = {}
    for text in paragraphs:
        for mention in mentions(text):
            relative = [f for f in mention.faces if f.kind in {"shift", "weekday"} or f.course]
            if not relative:
                continue
            found = dating.resolve(mention, anchor)
            meaning = found.edtf or found.note or _meaning(mention)
            out.setdefault(Evidence(mention.text, meaning))
    return tuple(out)[:20]


def _meaning(mention: Mention) -> str:
    shift = next((f.day for f in mention.faces if f.kind == "shift"), None)
    if shift is not None:
        return "publication-day" if shift == 0 else f"publication-day{shift:+d}"
    return "open"


def _dated(work: Work, when: Moment | None, info: DateInfo) -> Work:
    decision = Decision("date", when.iso if when else "", info.basis or info.status, info.evidence)
    page = msgspec.structs.replace(
        work.page, date=when, date_info=info, decisions=(*work.page.decisions, decision)
    )
    return changed(work, page=page)


def titles(work: Work) -> Work:
    """Make a headline of the text's own words where it has none; tell a digest from an article."""
    page = work.page
    if is_digest(page.title, [line.text for line in page.lines]):
        return changed(work, page=msgspec.structs.replace(page, digest=True))
    if page.title or not page.lines:
        return work
    title = headline.generated(page.lines[0].text)
    page = msgspec.structs.replace(
        page, title=title, title_status="generated",
        decisions=(*page.decisions, Decision("title", title, "generated")),
    )  # fmt: skip
    return changed(work, page=page)


def oddities(work: Work) -> Work:
    """Flag what looks wrong in headline, body and disclaimer; change nothing."""
    page = work.page
    kept = [r.text for r in page.removed if r.rule == "disclaimer"]
    texts = [page.title, page.section, *(line.text for line in page.lines), *kept]
    return changed(
        work, page=msgspec.structs.replace(page, flags=page.flags + repair.flags_in(texts))
    )


STEPS: tuple[Callable[[Work], Work], ...] = (
    disclaimers, page_facts, credit_lines, head, tail, body, titles, credits, dates, contradictions,
    oddities,
)  # fmt: skip


def _draft(work: Work) -> Draft:
    page, raw = work.page, work.raw
    paragraphs = [line.text for line in page.lines]
    text = "\n\n".join(paragraphs)
    problems = _problems(work, text)
    if page.digest or len(words(text)) < MIN_BODY:
        text = ""
    key = seed_id(raw, work.known.seed_id)
    article = Article(
        id=key,
        title=page.title or "…",
        body=text,
        title_status=page.title_status or "generated",  # type: ignore[arg-type] # a TitleStatus
        external_ids=raw.external_ids,
        date=page.date,
        date_info=page.date_info,
        description=work.fact("description")[0] if raw.external_ids else "",
        lastmod=dating.stated(work.fact("modified")[0]) if raw.external_ids else None,
        aliases=_facts(raw, "alias"),
        lang="" if work.fact("lang")[0] in {"", "ar"} else work.fact("lang")[0],
        draft=bool(_facts(raw, "draft")),
        section=page.section or (_facts(raw, "section") or ("",))[0],
        topics=_facts(raw, "topic") if raw.external_ids else (),
        authors=page.authors or _people(work),
        dateline=page.dateline,
        image=raw.figures[0] if raw.figures else None,
        figures=raw.figures[1:],
        source=_with_url(work),
        via=page.via,
        cited=page.cited,
        flags=page.flags,
        provenance=Provenance(raw.path, raw.sha256),
    )
    receipt = Receipt(
        id=key,
        seed=raw.path,
        sha256=raw.sha256,
        received=work.known.received,
        external_ids=raw.external_ids,
        encoding=raw.encoding,
        removed=tuple(sorted((*page.removed, *_dropped(raw)), key=_place)),
        decisions=page.decisions,
        quotations=quotations.quotations_in(paragraphs),
        notes=page.notes + tuple(Evidence(note, "encoding") for note in raw.notes),
    )
    return Draft(article, receipt, tuple(problems))


def _people(work: Work) -> tuple[str, ...]:
    """Return the writers that the page's own data names, less the outlet signing as one."""
    source = work.page.source
    outlet = phrase(source.name) if source else ""
    names = (name for name in _facts(work.raw, "author") if not name.startswith("http"))
    return tuple(n for n in names if phrase(n) != outlet and not work.known.named(n))


def _dropped(raw: RawDocument) -> tuple[Removed, ...]:
    return tuple(Removed(f"page:{f.basis}", f.value) for f in raw.facts if f.key == "dropped")


def _facts(raw: RawDocument, key: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f.value for f in raw.facts if f.key == key))


def _place(removed: Removed) -> tuple[int, int, str]:
    return removed.first, removed.last, removed.rule


def _with_url(work: Work) -> Credit | None:
    source, url = work.page.source, work.fact("url")[0]
    if source and url and not work.page.via and host_of(url):
        return msgspec.structs.replace(source, url=url)
    return source


def _problems(work: Work, text: str) -> list[Problem]:
    raw, page = work.raw, work.page
    found: list[Problem] = []
    if page.digest:
        found.append(warning("seed-digest", raw.path, count=len(page.lines)))
    elif len(words(text)) < MIN_BODY:
        found.append(warning("seed-no-body", raw.path))
    if "encoding-guessed" in raw.notes:
        found.append(warning("seed-encoding", raw.path, encoding=raw.encoding))
    if "bytes-lost" in raw.notes:
        found.append(warning("seed-bytes-lost", raw.path, encoding=raw.encoding))
    return found


def seed_id(raw: RawDocument, pattern: str = "") -> str:
    """Return the id for a seed.

    From its name by `pattern` (one group); else the 16 hex digits in its name if there is a letter
    among them; else the first 12 of the SHA-256 of its id in an export, or of its bytes.
    """
    name = raw.path.rsplit("/", 1)[-1]
    if pattern and (match := re.search(pattern, name)):
        own = (match[1] or "").lower()
        if re.fullmatch(r"[a-z0-9]{6,16}", own):
            return own
    if raw.external_ids:
        known_as = "\n".join(f"{system}:{own}" for system, own in sorted(raw.external_ids.items()))
        return hashlib.sha256(known_as.encode()).hexdigest()[:12]
    match = _SEED_ID.search(name)
    return match[0] if match else raw.sha256[:12]
