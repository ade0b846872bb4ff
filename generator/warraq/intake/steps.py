"""RawDocument → Draft: the steps in their order. Pure: no file, no clock, no locale."""

from collections.abc import Callable, Sequence

import msgspec

from warraq.intake import draft
from warraq.intake.credit import datelines
from warraq.intake.credit.credit_steps import (
    attribution,
    credit_lines,
    disclaimers,
    outlet_lines,
    page_facts,
    self_descriptions,
)
from warraq.intake.credit.name_kinds import found_name
from warraq.intake.credit.outlets import OutletDirectory
from warraq.intake.credit.page_foot import foot
from warraq.intake.dates.date_steps import contradictions, dates
from warraq.intake.dates.editions import may_be_title
from warraq.intake.headline import selection
from warraq.intake.headline.page_head import read_page_head
from warraq.intake.lines.captions import is_subject
from warraq.intake.lines.line_breaks import (
    drop_unclosed_bold,
    rejoin_broken_lines,
    split_lines,
    unwrap,
    unwrap_link_lines,
)
from warraq.intake.lines.line_features import is_digest
from warraq.intake.lines.line_markdown import fold_markdown_blocks, markdown_forms
from warraq.intake.lines.own_lines import directory_of, is_changed_by, own_lines
from warraq.intake.lines.page_frames import strip_page_frame
from warraq.intake.state import Forms, ImportState, Line, SeedPage, replace
from warraq.intake.text import repair
from warraq.intake.text.oddities import oddity_flags
from warraq.model import Decision, Draft, Flag, RawDocument, TitleStatus


def draft_of(raw: RawDocument, directory: OutletDirectory) -> Draft:
    """Return the article in `raw`, its receipt, and what an editor should know.

    The same document and directory give the same draft. A document without an article (a digest of
    headlines, nothing but boilerplate) gives a draft with an empty body and a problem that says so.
    """
    state = _all_steps(raw, directory)
    known = directory_of(state)
    if is_changed_by(state, known):
        state = _all_steps(raw, known)
    return draft.from_state(state)


def _all_steps(raw: RawDocument, directory: OutletDirectory) -> ImportState:
    state = _initial_state(raw, directory)
    for step in STEPS:
        state = step(state)
    return state


def _initial_state(raw: RawDocument, directory: OutletDirectory) -> ImportState:
    raw, page, forms = page_of(raw)
    return ImportState(raw, directory, page, forms=forms)


def page_of(raw: RawDocument) -> tuple[RawDocument, SeedPage, Forms]:
    """Return the document and its page before the first step: characters repaired, lines split.

    Line numbers of receipts are those of its lines.
    """
    raw, hidden = repair.without_hidden_characters(raw)
    text, held = raw.text, dict(enumerate(raw.markdown, start=1))
    if raw.kind == "markdown":
        text, held = fold_markdown_blocks(text)
    text, flags, notes = repair.repair_characters(text)
    lines = split_lines(text)
    forms = markdown_forms(lines, held)
    if raw.kind == "markdown":
        lines = unwrap_link_lines(lines)
    if raw.kind != "html":  # else the lines are blocks already
        lines = rejoin_broken_lines(lines)
    return raw, SeedPage(lines, flags=(*flags, *hidden), notes=notes), forms


def body(state: ImportState) -> ImportState:
    """Join hard-wrapped lines, drop a mark that is never closed, read the dateline."""
    lines, flags = paragraphs(state.page.lines, state.raw.kind)
    page = msgspec.structs.replace(
        state.page, lines=lines, kinds=(), flags=state.page.flags + flags
    )
    opening = datelines.dateline(lines[0].text, state.directory) if lines else None
    if opening is None:
        return replace(state, page=page)
    found = found_name(opening.outlet, "dateline", state.directory)
    page = msgspec.structs.replace(
        page,
        dateline=page.dateline or opening.place,
        authors=page.authors or opening.authors,
    )
    named = (*state.named, found) if found else state.named
    return replace(state, page=page, dateline=opening, named=named)


def paragraphs(lines: Sequence[Line], kind: str) -> tuple[tuple[Line, ...], tuple[Flag, ...]]:
    """Return what is left of a seed's lines as paragraphs, and what was dropped in them."""
    return drop_unclosed_bold(lines if kind == "html" else unwrap(lines))


def titles(state: ImportState) -> ImportState:
    """Detect a digest; give an article without a headline one from its own words."""
    page = state.page
    if is_digest(page.title, [line.text for line in page.lines], named_only=state.alone):
        return replace(state, page=msgspec.structs.replace(page, digest=True))
    if page.title or not page.lines:
        return state
    above = [removed for removed in page.removed if 0 < removed.first < page.lines[0].first]
    opening = page.lines[0].text
    if len(above) == 1 and (may_be_title(above[0].text) or is_subject(above[0].text, opening)):
        # A month, a season or two words that are all there is above the text are its title.
        rest = tuple(removed for removed in page.removed if removed is not above[0])
        page = msgspec.structs.replace(page, removed=rest)
        return replace(state, page=_with_title(page, above[0].text, "outlet", "head"))
    title = selection.headline_from_paragraph(opening)
    return replace(state, page=_with_title(page, title, "generated", "generated"))


def _with_title(page: SeedPage, title: str, status: TitleStatus, basis: str) -> SeedPage:
    """Return `page` with a headline and the decision for it."""
    decisions = (*page.decisions, Decision("title", title, basis))
    return msgspec.structs.replace(page, title=title, title_status=status, decisions=decisions)


def oddities(state: ImportState) -> ImportState:
    """Flag what looks wrong in headline, body and disclaimers; change nothing."""
    page = state.page
    kept = [r.text for r in page.removed if r.rule == "disclaimer"]
    texts = [page.title, page.section, *(line.text for line in page.lines), *kept]
    return replace(
        state, page=msgspec.structs.replace(page, flags=page.flags + oddity_flags(texts))
    )


STEPS: tuple[Callable[[ImportState], ImportState], ...] = (
    disclaimers, page_facts, credit_lines, outlet_lines, strip_page_frame, read_page_head, foot,
    body, titles, attribution, self_descriptions, own_lines, dates, contradictions,
    oddities,
)  # fmt: skip
