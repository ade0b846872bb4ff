"""Whose an article is, and its citation as text, BibTeX and RIS."""

import re
from typing import NamedTuple

from warraq.base.urls import is_web_address
from warraq.model import Card, Credit
from warraq.render.context import RenderContext
from warraq.render.views import Citation, Link
from warraq.render.wording import When

_TEX_MARK = re.compile(r"[{}%&$#_\\~^]")
_TEX_WORDS = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


class Credited(NamedTuple):
    """The writers of an article, in order, and its publication, None if unknown."""

    writers: tuple[Link, ...]
    publication: Credit | None


def credited(card: Card, context: RenderContext) -> Credited:
    """Return the writers and publication of an article for citations, JSON-LD and feeds."""
    return Credited(context.named("authors", card), card.source)


def original_address(card: Card) -> str:
    """Return where the source published an article, "" if that is not known."""
    url = card.source.url if card.source else ""
    return url if is_web_address(url) else ""


def citation(card: Card, published: When, context: RenderContext) -> Citation:
    """Return an article's citation in words and, unless the site has none, BibTeX and RIS."""
    wording, url = context.wording, context.absolute(card.url)
    writers, publication = credited(card, context)
    is_plain = published.status == "exact" or not published.iso
    gaps = {
        "title": wording.titled(card),
        "date": published.short if is_plain else f"{published.short} ({published.badge})",
        "site": context.config.name,
        "url": url,
    }
    if publication:
        text = wording.text("cite_text", source=publication.name, **gaps)
    else:
        text = wording.text("cite_text_unsourced", **gaps)
    if writers:
        names = wording.joined([link.text for link in writers])
        text = wording.text("cite_writers", writers=names, work=text)
    if not context.config.outputs_citations:
        return Citation(text, url)
    return Citation(text, url, bibtex(card, context), ris(card, context))


def bibtex(card: Card, context: RenderContext) -> str:
    """Return the article as a biblatex entry: @article if its newspaper is known, else @online.

    Names have braces of their own, or BibTeX would split Arabic ones at their last word. A date
    that was inferred carries EDTF's question mark; one that is contested is left out.
    """
    writers, publication = credited(card, context)
    fields = {
        "author": " and ".join(f"{{{_tex(link.text)}}}" for link in writers),
        "title": _tex(context.wording.titled(card)),
        "journaltitle": _tex(publication.name) if publication else "",
        "entrysubtype": "newspaper" if publication else "",
        "date": _day(card) + ("?" if card.date_status == "inferred" and _day(card) else ""),
        "url": context.absolute(card.url),
        "addendum" if publication else "organization": _tex(context.config.name),
        "langid": "arabic" if card.lang.startswith("ar") else _tex(card.lang),
    }
    lines = (f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    kind = "article" if publication else "online"
    return f"@{kind}{{{card.id},\n{''.join(lines)}}}\n"


def ris(card: Card, context: RenderContext) -> str:
    """Return the article as an RIS record of type NEWS; of an inferred day it has the year."""
    writers, publication = credited(card, context)
    day = _day(card)
    is_exact = card.date_status == "exact"
    fields = (
        *(("AU", link.text) for link in writers),
        ("TI", context.wording.titled(card)),
        ("T2", publication.name if publication else ""),
        ("PY", day[:4]),
        ("DA", day.replace("-", "/") + "/" * (2 - day.count("-")) if day and is_exact else ""),
        ("DP", context.config.name),
        ("LA", card.lang),
        ("UR", context.absolute(card.url)),
    )
    lines = (f"{tag}  - {_line(value)}\n" for tag, value in fields if value)
    return f"TY  - NEWS\n{''.join(lines)}ER  - \n"


def _day(card: Card) -> str:
    """Return the date as far as it is known, "" where it is contested."""
    if card.date_status not in {"exact", "inferred"}:
        return ""
    return card.day


def _tex(text: str) -> str:
    return _TEX_MARK.sub(lambda m: _TEX_WORDS.get(m[0], f"\\{m[0]}"), _line(text))


def _line(text: str) -> str:
    return " ".join(text.split())
