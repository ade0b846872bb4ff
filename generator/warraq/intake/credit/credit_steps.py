"""The steps that find who is credited, and the one that settles it; the rules are `credit`'s."""

import msgspec

from warraq.intake.credit import credit_rules, outlet_inference
from warraq.intake.credit.cited import cited_in
from warraq.intake.credit.corroboration import corroborated_outlet
from warraq.intake.credit.credit_rules import ADDRESS
from warraq.intake.credit.name_kinds import found_name
from warraq.intake.credit.names import NameFound
from warraq.intake.headline import selection
from warraq.intake.lines.line_features import SENTENCE_ENDS
from warraq.intake.lines.reader_requests import is_about_outlet
from warraq.intake.state import ImportState, basis_of, replace, without_lines
from warraq.intake.text import repair
from warraq.intake.text.folding import phrase, words
from warraq.model import Cited, Decision, Removed

_LANGUAGES = frozenset(
    phrase(w)
    for w in "العربية عربي English Français Türkçe Español فارسی اردو کوردی Kurdî עברית".split()
)
TOP = 5  # lines with words among which a page's own address stands
_GENERIC_CREDITS = frozenset(
    map(phrase, ("وكالات", "الوكالات", "متابعات", "مواقع", "خاص", "صحف", "مواقع التواصل"))
)
_LABELS = frozenset(("المصدر", "مصدر", "المصادر"))  # on a line of their own


def disclaimers(work: ImportState) -> ImportState:
    """Take out the lines that say a copy is a copy, and keep whom they name."""
    own = work.directory.disclaiming
    doomed: dict[int, str] = {}
    for i, line in enumerate(work.page.lines):
        named = credit_rules.disclaimer(line.text, own) if len(line.text) >= 30 else None
        if named is None:
            continue
        doomed[i] = "disclaimer"
        work = replace(
            work,
            origin=work.origin or found_name(named[0], "disclaimer", work.directory),
            carrier=work.carrier or found_name(named[1], "disclaimer", work.directory),
        )
    return replace(work, page=without_lines(work.page, doomed))


def page_facts(work: ImportState) -> ImportState:
    """Take what stands beside the text: the sidecar's or the page's own outlet."""
    told, basis = _outlet_told(work)
    lone = [text for line in work.page.lines if _is_link(text := line.text.strip())]
    top = [line.text.strip() for line in work.page.lines if line.text][:TOP]
    own = work.fact("url")[0] or next((text for text in lone if text in top), "")
    work = replace(work, address=own)
    address = work.fact("url", "host")[0]
    by_address = work.directory.at(address) if address else None
    if told:
        outlet = work.directory.named(told) or by_address or work.directory.hosted(told)
        shown = told if not outlet or basis == "sidecar" else outlet.name
        return replace(work, site=NameFound(shown, basis_of(basis), outlet))
    if by_address is None:
        hosts = (work.directory.hosted(text) for text in top)
        by_address = next(filter(None, (*map(work.directory.at, lone), *hosts)), None)
    if by_address:
        return replace(work, site=NameFound(by_address.name, "address", by_address))
    return work


def _is_link(text: str) -> bool:
    """Tell whether a line is nothing but the address of a page, not of a whole site."""
    return ADDRESS.fullmatch(text) is not None and text.rstrip("/").count("/") > 2


def _outlet_told(work: ImportState) -> tuple[str, str]:
    """Return the page's own name for its outlet: one that is known, one in Arabic, any."""
    told = [(f.value, f.basis) for f in work.raw.facts if f.key == "outlet"]
    sidecar = [t for t in told if t[1] == "sidecar"]
    title = work.fact("title")[0]
    page_title = work.fact("page-title")[0]
    if title and (behind := selection.site_behind(page_title, title)):
        told.append((behind, "page title"))
    handles = [f.value.lstrip("@").lower() for f in work.raw.facts if f.key == "handle"]
    told += [
        (work.directory.by_handle[h].name, "handle")
        for h in handles
        if h in work.directory.by_handle
    ]
    told += [(f.value, f.basis) for f in work.raw.facts if f.key == "site"]
    named = [t for t in told if work.directory.named(t[0])]
    arabic = [t for t in told if repair.is_arabic(t[0])]
    return (sidecar or named or arabic or told or [("", "")])[0]


def credit_lines(work: ImportState) -> ImportState:
    """Take out «المصدر: …» and keep the names."""
    doomed: dict[int, str] = {}
    named: list[NameFound] = []
    lines = work.page.lines
    for i, line in enumerate(lines):
        names = credit_rules.credit_line(line.text) if line.text else ()
        listed = words(line.text)
        if not names and len(listed) == 1 and listed[0] in _LABELS:
            j = next((j for j in range(i + 1, len(lines)) if lines[j].text), i)
            if j > i and len(words(lines[j].text)) <= 5 and i >= len(lines) // 2:
                names = (credit_rules.bare_name(lines[j].text),)
                doomed[j] = "credit-line"
        if names:
            doomed[i] = "credit-line"
            named += [f for n in names if (f := found_name(n, "credit-line", work.directory))]
    return replace(work, page=without_lines(work.page, doomed), named=work.named + tuple(named))


def outlet_lines(work: ImportState) -> ImportState:
    """Take out the lines that the site's outlets are said to sign by, and their sections' names."""
    doomed: dict[int, str] = {}
    named: list[NameFound] = []
    sections: list[str] = []
    for i, line in enumerate(work.page.lines):
        folded = phrase(line.text)
        if outlet := work.directory.bylines.get(folded):
            doomed[i] = "byline"
            named.append(NameFound(outlet.name, "byline", outlet))
        elif folded in work.directory.sections:
            doomed[i] = "category"
            sections.append(line.text.strip(credit_rules.EDGE_MARKS))
    page = without_lines(work.page, doomed, section=next(iter(sections), work.page.section))
    return replace(work, page=page, named=work.named + tuple(named))


def _is_paper(found: NameFound) -> bool:
    """Tell whether a name is that of a known outlet other than an agency, which all print."""
    return found.outlet is not None and found.outlet.type != "agency"


def self_descriptions(work: ImportState) -> ImportState:
    """Take out what the outlet says of itself below the article («رصيف منظمة غير ربحية»)."""
    page = work.page
    name = page.source.name if page.source else ""
    doomed: dict[int, str] = {}
    full = [i for i, line in enumerate(page.lines) if line.text]
    for at in range(len(full) - 1, 1, -1):
        text, above = page.lines[full[at]].text, page.lines[full[at - 1]].text
        if not name or not is_about_outlet(text, name):
            break
        if above.endswith(SENTENCE_ENDS) or is_about_outlet(above, name):
            doomed[full[at]] = "below-furniture"
    return replace(work, page=without_lines(page, doomed))


def attribution(work: ImportState) -> ImportState:
    """Settle source, via and cited from all the names found."""
    page = work.page
    rules = {"follow", "footer", "feedback", "tags", "comments", "opinion-note", "notice"}
    removed = [r.text for r in page.removed if r.rule in rules]
    labels = {"menu", "above-headline", "head-label", "broadcaster", "byline"}
    removed += [fact.value for fact in work.raw.facts if fact.key == "rights"]
    logos = (Removed("logo", f.value, 0, 0) for f in work.raw.facts if f.key == "logo")
    rights = [Removed("footer", f.value, 0, 0) for f in work.raw.facts if f.key == "rights"]
    mastheads = (r.text for r in page.removed if r.rule == "masthead")
    removed += [text for text in mastheads if work.directory.named(text)]
    removed += [r.text for r in page.removed if r.rule == "broadcaster"]
    short = [r.text for r in page.removed if r.rule in labels and len(words(r.text)) <= 4]
    if len(_LANGUAGES & set(map(phrase, short))) > 1:  # «العربية» is no outlet beside «English»
        short = [text for text in short if phrase(text) not in _LANGUAGES]
    menus = (r.text for r in page.removed if r.rule == "menu")
    removed += [text for text in menus if outlet_inference.repeats_outlet(text, work.directory)]
    body_text = "\n".join(line.text for line in page.lines)
    footer = (
        outlet_inference.by_footer(removed, work.directory, short)
        or outlet_inference.by_logo((*page.removed, *logos), work.directory)
        or outlet_inference.by_reader_line((*page.removed, *rights))
        or outlet_inference.by_self_description(page.removed, work.directory)
        or outlet_inference.by_repetition(page.removed, body_text, page.title)
        or corroborated_outlet(page.removed, body_text, page.title, work.directory)
        or outlet_inference.by_time_stamp(page.removed)
        or outlet_inference.by_photo_credit(page.removed, work.directory)
        or outlet_inference.by_interview(body_text, work.directory)
    )
    real = [f for f in work.named if phrase(f.name) not in _GENERIC_CREDITS]
    generic = [f for f in work.named if f not in real]
    order = {"title": 0, "byline": 1, "credit-line": 2, "dateline": 3}
    told = any(f.basis == "credit-line" and _is_paper(f) for f in real)
    unsure = 2.5 if told else 1  # a name in the head that no list has, «المصدر: …» one that has
    real.sort(key=lambda f: order.get(f.basis, 9) if f.outlet or f.basis != "byline" else unsure)
    if footer:  # «المصدر: القاش» on the pages of «منصة القاش الإخبارية» is the paper's short name
        whole = set(words(footer.name))
        real = [f for f in real if f.outlet or not set(words(f.name)) < whole]
        unsure = not any(map(_is_paper, real))  # agencies, whom all print, and unknown names
        real.insert(0 if footer.outlet and unsure else len(real), footer)
    copied = any(r.rule == "disclaimer" for r in page.removed)
    source, via, rest = credit_rules.assign_credits(
        work.site, work.origin, work.carrier, real, work.directory, copied=copied
    )
    cited = {
        phrase(c.name): c for c in cited_in((line.text for line in page.lines), work.directory)
    }
    for found in (*rest, *generic):
        if (source and phrase(found.name) == phrase(source.name)) or found is footer:
            continue
        kind = found.outlet.type if found.outlet else "agency"
        cited.setdefault(phrase(found.name), Cited(found.name, kind))
    decisions = [Decision("source", source.name, source.basis)] if source else []
    decisions += [Decision("via", c.name, c.basis) for c in via]
    return replace(
        work,
        page=msgspec.structs.replace(
            page, source=source, via=via, cited=tuple(cited.values()),
            decisions=page.decisions + tuple(decisions),
        ),
    )  # fmt: skip
