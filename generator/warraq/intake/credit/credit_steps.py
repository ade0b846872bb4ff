"""The steps that find who is credited, and the one that assigns source, via and cited."""

from collections.abc import Iterable, Sequence

import msgspec

from warraq.intake.credit import credit_rules, outlet_inference
from warraq.intake.credit.cited import cited_in
from warraq.intake.credit.corroboration import corroborated_outlet
from warraq.intake.credit.credit_rules import ADDRESS
from warraq.intake.credit.name_kinds import found_name
from warraq.intake.credit.names import NameFound
from warraq.intake.credit.outlets import host_of
from warraq.intake.credit.thresholds import CREDIT
from warraq.intake.headline import selection
from warraq.intake.lines.line_features import SENTENCE_ENDS
from warraq.intake.lines.reader_requests import is_about_outlet
from warraq.intake.state import ImportState, basis_of, replace, without_lines
from warraq.intake.text.folding import phrase, words
from warraq.intake.text.languages import is_arabic
from warraq.model import Cited, Credit, Decision, Removed

_LANGUAGES = frozenset(
    phrase(w)
    for w in "العربية عربي English Français Türkçe Español فارسی اردو کوردی Kurdî עברית".split()
)
# «وكالات» (agencies), «متابعات» (follow-ups), «خاص» (exclusive), «صحف» (newspapers).
_GENERIC_CREDITS = frozenset(
    map(phrase, ("وكالات", "الوكالات", "متابعات", "مواقع", "خاص", "صحف", "مواقع التواصل"))
)
_SOURCE_LABELS = frozenset(("المصدر", "مصدر", "المصادر"))  # source(s), on a line of its own


def disclaimers(state: ImportState) -> ImportState:
    """Remove the lines that say a copy is a copy, and keep the names in them."""
    own = state.directory.disclaiming
    removed: dict[int, str] = {}
    for i, line in enumerate(state.page.lines):
        named = credit_rules.disclaimer(line.text, own)
        if named is None:
            continue
        removed[i] = "disclaimer"
        state = replace(
            state,
            origin=state.origin or found_name(named[0], "disclaimer", state.directory),
            carrier=state.carrier or found_name(named[1], "disclaimer", state.directory),
        )
    return replace(state, page=without_lines(state.page, removed))


def page_facts(state: ImportState) -> ImportState:
    """Take what is given next to the text: the sidecar's or the page's own outlet."""
    links = [text for line in state.page.lines if _is_link(text := line.text.strip())]
    top = [line.text.strip() for line in state.page.lines if line.text][: CREDIT.top_lines]
    own = state.fact("url")[0] or next((text for text in links if text in top), "")
    state = replace(state, address=own)
    directory, address = state.directory, state.fact("url", "host")[0]
    by_address = directory.at(address) if address else None
    name, basis = _stated_outlet(state)
    if name:
        outlet = directory.named(name) or by_address or directory.hosted(name)
        shown = name if not outlet or basis == "sidecar" else outlet.name
        return replace(state, site=NameFound(shown, basis_of(basis), outlet))
    if by_address is None:
        candidates = (*map(directory.at, links), *map(directory.hosted, top))
        by_address = next(filter(None, candidates), None)
    if by_address:
        return replace(state, site=NameFound(by_address.name, "address", by_address))
    return state


def _is_link(text: str) -> bool:
    """Whether a line is nothing but the address of a page, not of a whole site."""
    return ADDRESS.fullmatch(text) is not None and text.rstrip("/").count("/") > 2


def _stated_outlet(state: ImportState) -> tuple[str, str]:
    """Return (name, basis) of the outlet as the page names it: a listed one, one in Arabic, any."""
    directory = state.directory
    stated = [(f.value, f.basis) for f in state.raw.facts if f.key == "outlet"]
    sidecar = [(name, basis) for name, basis in stated if basis == "sidecar"]
    title = state.fact("title")[0]
    page_title = state.fact("page-title")[0]
    if title and (behind := selection.site_behind(page_title, title)):
        stated.append((behind, "page title"))
    handles = [f.value.lstrip("@").lower() for f in state.raw.facts if f.key == "handle"]
    known = (directory.by_handle[h] for h in handles if h in directory.by_handle)
    stated += [(outlet.name, "handle") for outlet in known]
    stated += [(f.value, f.basis) for f in state.raw.facts if f.key == "site"]
    listed = [(name, basis) for name, basis in stated if directory.named(name)]
    arabic = [(name, basis) for name, basis in stated if is_arabic(name)]
    return (sidecar or listed or arabic or stated or [("", "")])[0]


def credit_lines(state: ImportState) -> ImportState:
    """Remove «المصدر: …» (source: …) and keep the names."""
    removed: dict[int, str] = {}
    named: list[NameFound] = []
    for i, line in enumerate(state.page.lines):
        names = credit_rules.credit_line(line.text) if line.text else ()
        if not names and (below := _listed_source(state, i)):
            names = (credit_rules.bare_name(state.page.lines[below].text),)
            removed[below] = "credit-line"
        if names:
            removed[i] = "credit-line"
            named += [f for n in names if (f := found_name(n, "credit-line", state.directory))]
    page = without_lines(state.page, removed)
    return replace(state, page=page, named=state.named + tuple(named))


def _listed_source(state: ImportState, i: int) -> int:
    """Return the line that names the source below the label in line `i`, 0 if that is no label."""
    lines = state.page.lines
    listed = words(lines[i].text)
    if len(listed) != 1 or listed[0] not in _SOURCE_LABELS or i < len(lines) // 2:
        return 0
    below = next((j for j in range(i + 1, len(lines)) if lines[j].text), 0)
    is_name = below and len(words(lines[below].text)) <= CREDIT.max_listed_source_words
    return below if is_name else 0


def outlet_lines(state: ImportState) -> ImportState:
    """Remove the lines that the site's outlets sign with, and the names of their sections."""
    removed: dict[int, str] = {}
    named: list[NameFound] = []
    sections: list[str] = []
    for i, line in enumerate(state.page.lines):
        folded = phrase(line.text)
        if outlet := state.directory.bylines.get(folded):
            removed[i] = "byline"
            named.append(NameFound(outlet.name, "byline", outlet))
        elif folded in state.directory.sections:
            removed[i] = "category"
            sections.append(line.text.strip(credit_rules.EDGE_MARKS))
    page = without_lines(state.page, removed, section=next(iter(sections), state.page.section))
    return replace(state, page=page, named=state.named + tuple(named))


def self_descriptions(state: ImportState) -> ImportState:
    """Remove what the outlet says of itself below the article («رصيف منظمة غير ربحية»).

    (Raseef is a non-profit organization.)
    """
    page = state.page
    name = page.source.name if page.source else ""
    removed: dict[int, str] = {}
    full = [i for i, line in enumerate(page.lines) if line.text]
    for at in range(len(full) - 1, 1, -1):
        text, above = page.lines[full[at]].text, page.lines[full[at - 1]].text
        if not name or not is_about_outlet(text, name):
            break
        if above.endswith(SENTENCE_ENDS) or is_about_outlet(above, name):
            removed[full[at]] = "below-furniture"
    return replace(state, page=without_lines(page, removed))


def attribution(state: ImportState) -> ImportState:
    """Assign source, via and cited from all the names found."""
    page = state.page
    generic = [f for f in state.named if phrase(f.name) in _GENERIC_CREDITS]
    named = _by_trust([f for f in state.named if f not in generic])
    inferred = _inferred_outlet(state)
    if inferred:
        named = _with_inferred(named, inferred)
    found = credit_rules.CreditNames(state.site, state.origin, state.carrier, tuple(named))
    copied = any(r.rule == "disclaimer" for r in page.removed)
    source, via, rest = credit_rules.assign_credits(found, state.directory, copied=copied)
    if source is None and not via:
        source = _capture_site(state)
    others = [f for f in (*rest, *generic) if f is not inferred]
    decisions = [Decision("source", source.name, source.basis)] if source else []
    decisions += [Decision("via", c.name, c.basis) for c in via]
    page = msgspec.structs.replace(
        page,
        source=source,
        via=via,
        cited=_cited(state, others, source),
        decisions=page.decisions + tuple(decisions),
    )
    return replace(state, page=page)


# Lines that speak for the outlet; what they say names it.
_OUTLET_RULES = frozenset(
    ("follow", "footer", "feedback", "tags", "comments", "opinion-note", "notice")
)
_LABEL_RULES = frozenset(("menu", "above-headline", "head-label", "broadcaster", "byline"))


def _inferred_outlet(state: ImportState) -> NameFound | None:
    """Return the outlet that the page gives away, by the surest place first."""
    page, directory = state.page, state.directory
    body = "\n".join(line.text for line in page.lines)
    logos = (Removed("logo", f.value, 0, 0) for f in state.raw.facts if f.key == "logo")
    rights = (Removed("footer", f.value, 0, 0) for f in state.raw.facts if f.key == "rights")
    return (
        outlet_inference.by_footer(_footer_texts(state), directory, _labels(page.removed))
        or outlet_inference.by_logo((*page.removed, *logos), directory)
        or outlet_inference.by_reader_line((*page.removed, *rights))
        or outlet_inference.by_self_description(page.removed, directory)
        or outlet_inference.by_repetition(page.removed, body, page.title)
        or corroborated_outlet(page.removed, body, page.title, directory)
        or outlet_inference.by_time_stamp(page.removed)
        or outlet_inference.by_photo_credit(page.removed, directory)
        or outlet_inference.by_interview(body, directory)
    )


def _footer_texts(state: ImportState) -> list[str]:
    """Return the texts that speak for the outlet, in the order in which they are asked."""
    removed, directory = state.page.removed, state.directory
    of_rule = {rule: [r.text for r in removed if r.rule == rule] for rule in ("masthead", "menu")}
    return [
        *(r.text for r in removed if r.rule in _OUTLET_RULES),
        *(fact.value for fact in state.raw.facts if fact.key == "rights"),
        *(text for text in of_rule["masthead"] if directory.named(text)),
        *(r.text for r in removed if r.rule == "broadcaster"),
        *(text for text in of_rule["menu"] if outlet_inference.repeats_outlet(text, directory)),
    ]


def _labels(removed: Sequence[Removed]) -> list[str]:
    """Return the short lines that may be an outlet's name as a whole."""
    labels = [r.text for r in removed if r.rule in _LABEL_RULES]
    short = [text for text in labels if len(words(text)) <= CREDIT.max_page_label_words]
    if len(_LANGUAGES & set(map(phrase, short))) > 1:  # «العربية» is no outlet next to «English»
        return [text for text in short if phrase(text) not in _LANGUAGES]
    return short


def _capture_site(state: ImportState) -> Credit | None:
    """Return the site that a page was captured from, by its host: sure, if nobody says its name."""
    address, basis = state.fact("url")
    host = host_of(address) if basis == "capture" else ""
    return Credit(host, basis="address") if host else None


def _by_trust(named: list[NameFound]) -> list[NameFound]:
    """Return names in the order in which they are trusted.

    A byline's name that no list has comes after a paper that «المصدر: …» (source: …) names.
    """
    order = {"title": 0.0, "byline": 1.0, "credit-line": 2.0, "dateline": 3.0}
    sourced = any(f.basis == "credit-line" and _is_paper(f) for f in named)
    unlisted_byline = 2.5 if sourced else 1.0

    def rank(found: NameFound) -> float:
        listed = found.outlet is not None or found.basis != "byline"
        return order.get(found.basis, 9.0) if listed else unlisted_byline

    return sorted(named, key=rank)


def _with_inferred(named: list[NameFound], inferred: NameFound) -> list[NameFound]:
    """Return names with the outlet that the page gives away, first where no other paper is named.

    An unlisted name that is a part of it is the same paper's: «المصدر: القاش» on the pages of «منصة
    القاش الإخبارية».
    """
    whole = set(words(inferred.name))
    rest = [f for f in named if f.outlet or not set(words(f.name)) < whole]
    if inferred.outlet and not any(map(_is_paper, rest)):
        return [inferred, *rest]
    return [*rest, inferred]


def _is_paper(found: NameFound) -> bool:
    """Whether a name is that of a known outlet other than an agency, which all outlets print."""
    return found.outlet is not None and found.outlet.type != "agency"


def _cited(
    state: ImportState, others: Iterable[NameFound], source: Credit | None
) -> tuple[Cited, ...]:
    """Return the sources that the text relies on, then names that are neither source nor via."""
    texts = (line.text for line in state.page.lines)
    cited = {phrase(c.name): c for c in cited_in(texts, state.directory)}
    for found in others:
        if source and phrase(found.name) == phrase(source.name):
            continue
        kind = found.outlet.type if found.outlet else "agency"
        cited.setdefault(phrase(found.name), Cited(found.name, kind))
    return tuple(cited.values())
