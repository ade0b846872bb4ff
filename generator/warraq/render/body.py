"""An article's body, pictures and corrections as its page, feeds and data show them."""

import re
from collections.abc import Iterable
from html import unescape
from typing import get_args
from urllib.parse import unquote

from warraq.base.urls import is_hosted_at, is_web_address, media_path
from warraq.model import Article, Card, Correction, EmbedKind, Entry, Figure, Moment
from warraq.render.bidi import isolated
from warraq.render.context import RenderContext
from warraq.render.views import CorrectionNote, Picture
from warraq.render.wording import Wording, direction, shortened

_EMBED = re.compile(rf'<a class="embed-({"|".join(get_args(EmbedKind))})"')
_PICTURE = re.compile(r'<img((?: [a-z]+="[^"]*")*? src="/media/[^"]*"(?: [a-z]+="[^"]*")*)>')
_ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*)"')
_OWN_ADDRESS = re.compile(r'(<[^>]*? (?:href|src)=")/(?!/)')
EXCERPT = 300  # code points shown where rights allow an excerpt and nobody wrote a summary


def article_body(entry: Entry, root: str, lang: str, context: RenderContext) -> str:
    """Return the body as its page shows it, "" unless rights allow it."""
    is_shown = entry.card.rights.display == "full"
    return body_html(entry.html, root, lang, context) if is_shown else ""


def body_html(html: str, root: str, lang: str, context: RenderContext) -> str:
    """Return sanitised `html` as a page shows it.

    Pictures have their size, so that nothing moves when they load; a missing one is replaced by its
    description. Links within the site are relative, a link in place of a player says of what kind
    it is, and left-to-right runs are isolated in a right-to-left text.
    """
    wording = context.wording
    html = _EMBED.sub(lambda link: f"{wording.text(f'embed_{link[1]}')} {link[0]}", html)
    if '="/' in html:
        html = _PICTURE.sub(lambda picture: _sized(picture[1], context), html)
        html = _OWN_ADDRESS.sub(rf"\g<1>{root}", html)
    return isolated(html) if direction(lang) == "rtl" else html


def _sized(attributes: str, context: RenderContext) -> str:
    """Return the element of a picture with these attributes, as sanitising wrote them."""
    values: dict[str, str] = dict(_ATTRIBUTE.findall(attributes))
    size = context.size_of(unquote(unescape(values.get("src", "")))[1:])
    if size is None:
        return values.get("alt", "")
    width, height = size
    return f"<img{attributes}" + (f' width="{width}" height="{height}">' if width else ">")


def excerpt_of(entry: Entry) -> str:
    """Return what replaces the body where rights allow only an excerpt, else ""."""
    if entry.card.rights.display != "excerpt":
        return ""
    return entry.card.summary or shortened(entry.text, EXCERPT)


def corrections_of(card: Card, wording: Wording) -> tuple[CorrectionNote, ...]:
    """Return an article's corrections, latest first."""
    return _notes(card.corrections, wording)


def _notes(corrections: Iterable[Correction], wording: Wording) -> tuple[CorrectionNote, ...]:
    latest_first = sorted(corrections, key=lambda c: (c.date, c.note), reverse=True)
    return tuple(
        CorrectionNote(wording.text(c.kind), wording.moment(Moment(c.date)), c.note)
        for c in latest_first
    )


def retraction_of(card: Card, wording: Wording) -> CorrectionNote | None:
    """Return the last retraction of an article, None for most."""
    retractions = [note for note in card.corrections if note.kind == "retraction"]
    return next(iter(_notes(retractions, wording)), None)


def lead_picture(article: Article, card: Card, context: RenderContext) -> Picture | None:
    """Return an article's lead picture, None unless rights show it."""
    if article.image is None or card.rights.display != "full":
        return None
    return shown_figure(article.image, context)


def shown_figure(figure: Figure, context: RenderContext) -> Picture | None:
    """Return a figure as pages show it, None if its host is not allowed or its file is missing."""
    own = not is_web_address(figure.src)
    if not own and not is_hosted_at(figure.src, context.config.image_hosts):
        return None
    src = media_path(figure.src) if own else figure.src
    size = context.size_of(src) if own else (0, 0)
    return Picture(src, own, figure.alt, figure.caption, figure.credit, *size) if size else None
