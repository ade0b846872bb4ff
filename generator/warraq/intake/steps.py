"""RawDocument → Draft: the steps in their order. Pure: no file, no clock, no locale."""

import hashlib
import re
from collections.abc import Callable
from datetime import date

import msgspec

from warraq.base.problems import Problem, warning
from warraq.intake import boilerplate, bylines, credit, dating, headline, quotations, repair
from warraq.intake.boilerplate import Match, classified, is_prose
from warraq.intake.credit import Found
from warraq.intake.dates import Mention, mentions
from warraq.intake.folding import phrase, words
from warraq.intake.outlets import Knowledge, host_of
from warraq.intake.page import Page, without
from warraq.model import (
    Article,
    Cited,
    Credit,
    DateInfo,
    Decision,
    Draft,
    Evidence,
    Moment,
    Provenance,
    RawDocument,
    Receipt,
    Removed,
)

MIN_BODY = 5  # words; less is no article
FAR = 6  # lines above the headline from which a name belongs to the page's menu
_SEED_ID = re.compile(r"(?<![0-9a-f])(?=[0-9]*[a-f])[0-9a-f]{16}(?![0-9a-f])")
_GENERIC_CREDITS = frozenset(
    ("وكالات", "الوكالات", "متابعات", "مواقع", "خاص", "صحف", "مواقع التواصل")
)


class Work(msgspec.Struct, frozen=True):
    """A page under way, with what it came from and what steps leave for later ones.

    `head` counts the lines above the body; names found wait in `site`, `origin`, `carrier` and
    `named`.
    """

    raw: RawDocument
    known: Knowledge
    page: Page
    head: int = 0
    site: Found | None = None
    origin: Found | None = None
    carrier: Found | None = None
    named: tuple[Found, ...] = ()
    stamps: tuple[dating.Stamp, ...] = ()
    dateline: bylines.Dateline | None = None

    def fact(self, *keys: str) -> tuple[str, str]:
        """Return (value, basis) of the first fact with one of `keys`, ("", "") without."""
        for key in keys:
            for fact in self.raw.facts:
                if fact.key == key and fact.value:
                    return fact.value, fact.basis
        return "", ""


def draft_of(raw: RawDocument, known: Knowledge) -> Draft:
    """Return the article that `raw` holds, its receipt, and what an editor should know.

    The same document and knowledge give the same draft. A document without an article (a digest of
    headlines, nothing but furniture) gives a draft with an empty body and a problem that says so.
    """
    text, flags, notes = repair.characters(raw.text)
    lines = repair.lines_of(text)
    if raw.kind == "markdown":
        lines = repair.unlinked(lines)
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
        work = _with(
            work,
            origin=work.origin or _found(named[0], "disclaimer", work.known),
            carrier=work.carrier or _found(named[1], "disclaimer", work.known),
        )
    return _with(work, page=without(work.page, doomed))


def page_facts(work: Work) -> Work:
    """Take what stands beside the text: the sidecar's or the page's own outlet."""
    told, basis = _outlet_told(work)
    address = work.fact("url")[0]
    by_address = work.known.at(address) if address else None
    if told:
        outlet = work.known.named(told) or by_address
        shown = told if not outlet or basis == "sidecar" else outlet.name
        return _with(work, site=Found(shown, basis, outlet))
    if by_address:
        return _with(work, site=Found(by_address.name, "address", by_address))
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
            if j > i and len(words(lines[j].text)) <= 5 and i > len(lines) // 2:
                names = (credit.core_name(lines[j].text),)
                doomed[j] = "credit-line"
        if names:
            doomed[i] = "credit-line"
            named += [f for n in names if (f := _found(n, "credit-line", work.known))]
    return _with(work, page=without(work.page, doomed), named=work.named + tuple(named))


def head(work: Work) -> Work:
    """Find the headline and the first paragraph; take out all else that stands above the body."""
    lines = [line.text for line in work.page.lines]
    own = {phrase(p): o.key for o in work.known.outlets for p in o.furniture}
    matches = classified(work.page.lines, own)
    metas = _metas(work, lines, matches)
    candidates, lead = _candidates(lines, matches, metas, work.known)
    told = work.fact("title")[0] or work.fact("page-title")[0]
    site = work.site.name if work.site else ""
    told = headline.without_site(told, site, work.known) if told else ""
    cuts = [i for i, m in enumerate(matches) if m and m.rule in {"menu", "category", "breadcrumb"}]
    found = headline.find(
        lines,
        candidates,
        lead,
        told=told,
        menu_above=lambda at: sum(i < at for i in cuts) >= 2,
        known=work.known,
    )
    work = _take_metas(work, metas, found, lead)
    return _cut_head(work, matches, metas, found, lead)


def _metas(
    work: Work, lines: list[str], matches: tuple[Match | None, ...]
) -> dict[int, bylines.Signature | tuple[dating.Stamp, ...]]:
    """Return the byline, outlet and date lines above the first paragraph, by index."""
    found: dict[int, bylines.Signature | tuple[dating.Stamp, ...]] = {}
    seen = 0
    for i, text in enumerate(lines):
        if not text:
            continue
        stamped = dating.stamps(text)
        if stamped and not (is_prose(text) and len(text.split()) >= boilerplate.PROSE_WORDS):
            found[i] = stamped
        elif matches[i] is None:
            if is_prose(text) and seen:
                break
            told = bylines.signature(text, work.known, first=not seen)
            if told is not None:
                found[i] = told
            else:
                seen += 1
                if is_prose(text) and headline.is_opening_paragraph(text):
                    break
    return found


def _candidates(
    lines: list[str],
    matches: tuple[Match | None, ...],
    metas: dict[int, bylines.Signature | tuple[dating.Stamp, ...]],
    known: Knowledge,
) -> tuple[list[int], int]:
    """Return the lines that may be the headline, and the first paragraph's (-1: there is none)."""
    candidates: list[int] = []
    for i, text in enumerate(lines):
        if not text or matches[i] is not None or i in metas:
            continue
        opening = headline.is_opening_paragraph(text) or (
            len(words(text)) >= 8 and bylines.dateline(text, known) is not None
        )
        if opening or (candidates and is_prose(text)):
            return candidates, i
        candidates.append(i)
    return candidates, -1


def _take_metas(
    work: Work,
    metas: dict[int, bylines.Signature | tuple[dating.Stamp, ...]],
    found: headline.Headline | None,
    lead: int,
) -> Work:
    at = found.at if found else -1
    authors: list[str] = []
    named: list[Found] = []
    place = ""
    near: list[dating.Stamp] = []
    above: list[dating.Stamp] = []
    last = lead if lead >= 0 else len(work.page.lines)
    for i, told in sorted(metas.items()):
        if i > last:
            continue
        if isinstance(told, bylines.Signature):
            if at - i > FAR:
                continue
            authors += told.authors
            place = place or told.place
            named += [
                f for n in (told.outlet, *told.agencies) if (f := _found(n, "byline", work.known))
            ]
            continue
        (near if i > at else above).extend(told)
        for stamp in told:
            rest = _beside_stamp(stamp.rest, work.known)
            if rest and rest.outlet:
                named.append(
                    _found(rest.outlet, "byline", work.known) or Found(rest.outlet, "byline")
                )
            if rest and rest.authors:
                authors += rest.authors
    if found and found.site:
        named.append(_found(found.site, "title", work.known) or Found(found.site, "title"))
    between = [i for i in metas if i <= at and not isinstance(metas[i], bylines.Signature)]
    if not near and between and at - max(between) <= 4:
        near = above
    page = msgspec.structs.replace(
        work.page, authors=tuple(dict.fromkeys(authors)), dateline=place,
        section=found.category if found else "",
    )  # fmt: skip
    return _with(work, page=page, named=(*named, *work.named), stamps=tuple(near))


def _beside_stamp(rest: str, known: Knowledge) -> bylines.Signature | None:
    """Return who is named on the line of a time stamp: «قانون اليوم | 2024/04/18»."""
    if not rest:
        return None
    told = bylines.signature(rest.replace(" | ", " – "), known)
    if told is not None:
        return told
    parts = [part for part in rest.split(" | ") if boilerplate.furniture(part) is None]
    if len(parts) == 1 and 1 <= len(words(parts[0])) <= 4 and not re.search(r"\d", parts[0]):
        return bylines.Signature(outlet=parts[0])
    return None


def _cut_head(
    work: Work,
    matches: tuple[Match | None, ...],
    metas: dict[int, bylines.Signature | tuple[dating.Stamp, ...]],
    found: headline.Headline | None,
    lead: int,
) -> Work:
    lines = work.page.lines
    doomed: dict[int, str] = {}
    at = found.at if found else -1
    end = lead if lead >= 0 else len(lines)
    for i in range(end):
        text, match = lines[i].text, matches[i]
        if not text:
            continue
        if found and i > at and match is not None and match.effect == "list":
            end = i  # its headlines go with it, and only the sweep knows how many there are
            break
        if rule := _head_rule(text, match, metas.get(i), found, below=i - at):
            doomed[i] = rule
        elif lead > i and len(words(text)) <= 3 and not text.endswith(boilerplate.ENDS):
            doomed[i] = "head-label"
    page = without(work.page, doomed)
    kept = [m for i, m in enumerate(matches) if i not in doomed]
    start = sum(1 for i in range(max(0, end)) if i not in doomed)
    if found:
        decision = Decision("title", found.title, "text" if at >= 0 else work.fact("title")[1])
        page = msgspec.structs.replace(
            page,
            title=found.title,
            title_status=found.status,
            decisions=(*page.decisions, decision),
        )
    page = boilerplate.sweep(page, kept, min(start, len(page.lines)))
    return _with(work, page=page, head=start)


def _head_rule(
    text: str,
    match: Match | None,
    meta: object,
    found: headline.Headline | None,
    *,
    below: int,
) -> str:
    """Return the rule by which a line of the head goes, "" when it stays.

    `below` counts lines from the headline, negative ones above it.
    """
    if found and (below == 0 or repair.same(headline.bare(text), found.title)):
        return "headline"
    if found and found.at >= 0 and below < 0:
        return _why(match, meta, "above-headline")
    if meta is not None or match is not None:
        return _why(match if meta is None else None, meta, "")
    return "headline" if found and _contains(text, found.title) else ""


def _why(match: Match | None, meta: object, other: str) -> str:
    if match is not None:
        return match.rule
    if meta is None:
        return other
    return "byline" if isinstance(meta, bylines.Signature) else "date-line"


def _contains(text: str, title: str) -> bool:
    short, long = phrase(title), phrase(text)
    return bool(short) and short in long and len(long.split()) - len(short.split()) <= 6


def tail(work: Work) -> Work:
    """Take out time stamps and signatures that stand below the last paragraph."""
    lines = work.page.lines
    full = [i for i, line in enumerate(lines) if line.text]
    doomed: dict[int, str] = {}
    stamps: list[dating.Stamp] = []
    named: list[Found] = []
    for i in reversed(full[1:]):
        text = lines[i].text
        if found := dating.stamps(text):
            if any(w for s in found for w in words(s.rest)) and not any(s.role for s in found):
                break
            doomed[i] = "date-line"
            stamps = [*found, *stamps]
        elif (
            len(words(text)) <= 5
            and (told := bylines.signature(text, work.known))
            and (told.outlet or told.agencies)
        ):
            doomed[i] = "byline"
            named += [f for n in (told.outlet,) if (f := _found(n, "byline", work.known))]
        else:
            break
    return _with(
        work,
        page=without(work.page, doomed),
        stamps=work.stamps or tuple(stamps),
        named=work.named + tuple(named),
    )


def body(work: Work) -> Work:
    """Join hard-wrapped lines, make stray marks harmless, read the dateline."""
    lines = repair.unwrapped(work.page.lines)
    lines, flags = repair.harmless(lines, markdown=work.raw.kind == "markdown")
    page = msgspec.structs.replace(work.page, lines=lines, kinds=(), flags=work.page.flags + flags)
    opening = bylines.dateline(lines[0].text, work.known) if lines else None
    if opening is None:
        return _with(work, page=page)
    found = _found(opening.outlet, "dateline", work.known)
    page = msgspec.structs.replace(page, dateline=page.dateline or opening.place)
    named = (*work.named, found) if found else work.named
    return _with(work, page=page, dateline=opening, named=named)


def credits(work: Work) -> Work:  # noqa: A001 - the word of the trade
    """Settle source, via and cited from all the names found."""
    page = work.page
    rules = {"follow", "footer", "feedback", "tags"}
    removed = [r.text for r in page.removed if r.rule in rules]
    labels = {"menu", "above-headline", "head-label", "broadcaster"}
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
    )
    real = [f for f in work.named if phrase(f.name) not in {phrase(g) for g in _GENERIC_CREDITS}]
    generic = [f for f in work.named if f not in real]
    order = {"title": 0, "byline": 1, "credit-line": 2, "dateline": 3}
    real.sort(key=lambda f: order.get(f.basis, 9))
    if footer:
        real.append(footer)
    source, via, rest = credit.settled(work.site, work.origin, work.carrier, real, work.known)
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
    return _with(
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
            return _dated(work, when, info)
    when, info = dating.from_stamps(work.stamps, "head")
    if info.status == "unknown" and not info.evidence:
        when, info = _from_dateline(work)
    if info.status == "unknown" and not info.evidence:
        received = work.fact("received")[0] or work.known.received
        if day := dating.stated(received) if received else None:
            when, info = dating.from_received(paragraphs, day.day)
    anchor = when.day if when else None
    evidence = _phrases(paragraphs, anchor)
    info = msgspec.structs.replace(info, evidence=info.evidence + evidence)
    return _dated(work, when, info)


def _dated_facts(work: Work) -> list[tuple[str, str]]:
    facts = [f for f in work.raw.facts if f.key == "date"]
    return [(f.value, f.basis) for f in facts]


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
    return _with(work, page=page)


def titles(work: Work) -> Work:
    """Make a headline of the text's own words where it has none; tell a digest from an article."""
    page = work.page
    if boilerplate.is_digest(page.title, [line.text for line in page.lines]):
        return _with(work, page=msgspec.structs.replace(page, digest=True))
    if page.title or not page.lines:
        return work
    title = headline.generated(page.lines[0].text)
    page = msgspec.structs.replace(
        page, title=title, title_status="generated",
        decisions=(*page.decisions, Decision("title", title, "generated")),
    )  # fmt: skip
    return _with(work, page=page)


def oddities(work: Work) -> Work:
    """Flag what looks wrong in headline, body and disclaimer; change nothing."""
    page = work.page
    kept = [r.text for r in page.removed if r.rule == "disclaimer"]
    texts = [page.title, page.section, *(line.text for line in page.lines), *kept]
    return _with(
        work, page=msgspec.structs.replace(page, flags=page.flags + repair.flags_in(texts))
    )


STEPS: tuple[Callable[[Work], Work], ...] = (
    disclaimers, page_facts, credit_lines, head, tail, body, titles, credits, dates, oddities,
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


def _found(name: str, basis: str, known: Knowledge) -> Found | None:
    return Found(name, basis, known.named(name)) if name else None


def _with(work: Work, **changes: object) -> Work:
    return msgspec.structs.replace(work, **changes)
