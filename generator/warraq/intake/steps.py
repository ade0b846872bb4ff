"""RawDocument → Draft: the steps in their order. Pure: no file, no clock, no locale."""

from collections.abc import Callable

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
from warraq.intake.lines.line_features import is_digest
from warraq.intake.lines.page_frames import strip_page_frame
from warraq.intake.state import ImportState, SeedPage, replace
from warraq.intake.text import repair
from warraq.model import Decision, Draft, RawDocument


def draft_of(raw: RawDocument, known: OutletDirectory) -> Draft:
    """Return the article that `raw` holds, its receipt, and what an editor should know.

    The same document and knowledge give the same draft. A document without an article (a digest of
    headlines, nothing but furniture) gives a draft with an empty body and a problem that says so.
    """
    raw, hidden = repair.without_hidden_characters(raw)
    text, held = raw.text, dict(enumerate(raw.markdown, start=1))
    if raw.kind == "markdown":
        text, held = repair.fold_markdown_blocks(text)
    text, flags, notes = repair.repair_characters(text)
    lines = repair.split_lines(text)
    forms = repair.markdown_forms(lines, held)
    if raw.kind == "markdown":
        lines = repair.unwrap_link_lines(lines)
    if raw.kind != "html":  # else the lines are blocks already
        lines = repair.rejoin_broken_lines(lines)
    work = ImportState(
        raw, known, SeedPage(lines, flags=(*flags, *hidden), notes=notes), forms=forms
    )
    for step in STEPS:
        work = step(work)
    return draft.from_state(work)


def body(work: ImportState) -> ImportState:
    """Join hard-wrapped lines, drop a mark that nothing closes, read the dateline."""
    lines = work.page.lines if work.raw.kind == "html" else repair.unwrap(work.page.lines)
    lines, flags = repair.drop_unclosed_bold(lines)
    page = msgspec.structs.replace(work.page, lines=lines, kinds=(), flags=work.page.flags + flags)
    opening = datelines.dateline(lines[0].text, work.directory) if lines else None
    if opening is None:
        return replace(work, page=page)
    found = found_name(opening.outlet, "dateline", work.directory)
    page = msgspec.structs.replace(
        page,
        dateline=page.dateline or opening.place,
        authors=page.authors or opening.authors,
    )
    named = (*work.named, found) if found else work.named
    return replace(work, page=page, dateline=opening, named=named)


def titles(work: ImportState) -> ImportState:
    """Make a headline of the text's own words where it has none; tell a digest from an article."""
    page = work.page
    if is_digest(page.title, [line.text for line in page.lines], named_only=work.alone):
        return replace(work, page=msgspec.structs.replace(page, digest=True))
    if page.title or not page.lines:
        return work
    above = [removed for removed in page.removed if 0 < removed.first < page.lines[0].first]
    if len(above) == 1 and may_be_title(above[0].text):
        # All that stands above the text: what it is called, for all anybody knows, and no date.
        rest = tuple(removed for removed in page.removed if removed is not above[0])
        page = msgspec.structs.replace(
            page, title=above[0].text, title_status="outlet", removed=rest,
            decisions=(*page.decisions, Decision("title", above[0].text, "head")),
        )  # fmt: skip
        return replace(work, page=page)
    title = selection.headline_from_paragraph(page.lines[0].text)
    page = msgspec.structs.replace(
        page, title=title, title_status="generated",
        decisions=(*page.decisions, Decision("title", title, "generated")),
    )  # fmt: skip
    return replace(work, page=page)


def oddities(work: ImportState) -> ImportState:
    """Flag what looks wrong in headline, body and disclaimer; change nothing."""
    page = work.page
    kept = [r.text for r in page.removed if r.rule == "disclaimer"]
    texts = [page.title, page.section, *(line.text for line in page.lines), *kept]
    return replace(
        work, page=msgspec.structs.replace(page, flags=page.flags + repair.oddity_flags(texts))
    )


STEPS: tuple[Callable[[ImportState], ImportState], ...] = (
    disclaimers, page_facts, credit_lines, outlet_lines, strip_page_frame, read_page_head, foot,
    body, titles, attribution, self_descriptions, dates, contradictions, oddities,
)  # fmt: skip
