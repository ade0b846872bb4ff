"""The archive as data: article.json, a file per year as JSON and CSV, citations as BibTeX and RIS.

Rights apply as on pages: no summary or body that may not be displayed, neither of them where
`rights.machines` is false.
"""

import csv
import io
from collections.abc import Iterator
from typing import ClassVar, Self

import msgspec

from warraq.base.urls import is_web_address, media_path
from warraq.model import AuthorityKind, Card, Entry, Figure
from warraq.render.body import excerpt_of
from warraq.render.context import RenderContext
from warraq.render.page import Changes, Page, PageOfArticle, SinglePage
from warraq.render.views import AnyView, DataView, Link, Text

FIELDS = tuple(
    """
    id url title title_status date date_status source source_url via topics people places
    organizations authors section lang words summary pictures copy_of same_text_as retracted
    corrections lastmod rights_holder rights_display rights_index rights_machines
    """.split()
)
_LIST_SEPARATOR = "; "
# What a spreadsheet takes for a formula at the start of a cell (OWASP's list).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def data_years(context: RenderContext) -> tuple[int, ...]:
    """Return the years that have data files, newest first; 0, the undated, last."""
    undated = (0,) if context.catalogue.undated_size else ()
    return (*(count.year for count in context.years), *undated)


def year_json(year: int, context: RenderContext) -> Text:
    """Return a year's live articles, newest first, each with its copies, as a JSON array."""
    records = [_record(card, context) for card in _of_year(year, context)]
    return Text("[\n" + ",\n".join(msgspec.json.encode(r).decode() for r in records) + "\n]\n")


def year_csv(year: int, context: RenderContext) -> Text:
    """Return the same as CSV (RFC 4180, UTF-8 with a mark so that spreadsheets read Arabic).

    A cell that a spreadsheet would take for a formula begins with an apostrophe.
    """
    stream = io.StringIO()
    stream.write("\N{ZERO WIDTH NO-BREAK SPACE}")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(FIELDS)
    for card in _of_year(year, context):
        writer.writerow(map(_cell, _record(card, context).values()))
    return Text(stream.getvalue())


def article_json(article_id: str, context: RenderContext) -> Text:
    """Return one article whole, as far as it may be displayed."""
    entry = context.entry_of(article_id)
    article = entry.article
    plain = msgspec.to_builtins(article)
    # msgspec omits a default that is the same object; the status is always written.
    plain["date_info"] = {"status": article.date_info.status, **plain.get("date_info", {})}
    if entry.card.rights.machines is False:
        plain["date_info"].pop("evidence", None)  # words of the text
    kept = {key: plain[key] for key in _OPEN_FIELDS if key in plain}
    record = {**_record(entry.card, context), **kept, **_content(entry, context)}
    return Text(msgspec.json.format(msgspec.json.encode(record), indent=1).decode() + "\n")


_OPEN_FIELDS = tuple("external_ids date_info event_date section dateline cited provenance".split())


def _content(entry: Entry, context: RenderContext) -> dict[str, object]:
    if entry.card.rights.machines is False:
        return {}
    if entry.card.rights.display == "full":
        article = entry.article
        image = _figures((article.image,) if article.image else (), entry.card, context)
        return {
            "description": article.description,
            "text": entry.text,
            "html": entry.html,
            **({"image": image[0]} if image else {}),
            "figures": _figures(article.figures, entry.card, context),
        }
    excerpt = excerpt_of(entry)
    return {"excerpt": excerpt} if excerpt else {}


def _figures(
    figures: tuple[Figure, ...], card: Card, context: RenderContext
) -> list[dict[str, object]]:
    """Return the figures that are published with an article, with absolute addresses."""
    paths = ((f, f.src if is_web_address(f.src) else media_path(f.src)) for f in figures)
    return [
        {**msgspec.to_builtins(figure), "src": context.picture(src)}
        for figure, src in paths
        if src in card.pictures and context.has_picture(src)
    ]


def _of_year(year: int, context: RenderContext) -> list[Card]:
    listed = context.in_year(year) if year else context.catalogue.undated()
    return [card for original in listed for card in (original, *context.copies(original))]


def _record(card: Card, context: RenderContext) -> dict[str, object]:
    """Return one record, its keys in the order of FIELDS."""
    return {
        "id": card.id,
        "url": context.absolute(card.url),
        "title": card.title,
        "title_status": card.title_status,
        "date": card.date.iso if card.date else card.day,
        "date_status": card.date_status,
        "source": card.source.name if card.source else "",
        "source_url": card.source.url if card.source else "",
        "via": [credit.name for credit in card.via],
        "topics": _names("topics", card, context),
        "people": _names("people", card, context),
        "places": _names("places", card, context),
        "organizations": _names("organizations", card, context),
        "authors": _names("authors", card, context),
        "section": card.section,
        "lang": card.lang,
        "words": card.words,
        "summary": "" if _is_withheld(card) else card.summary,
        "pictures": [] if _is_withheld(card) else _pictures(card, context),
        "copy_of": card.copy_of,
        "same_text_as": card.same_text_as,
        "retracted": card.standing == "retracted",
        "corrections": [msgspec.to_builtins(correction) for correction in card.corrections],
        "lastmod": card.lastmod,
        "rights_holder": card.rights.holder,
        "rights_display": card.rights.display or "full",
        "rights_index": card.rights.index is not False,
        "rights_machines": card.rights.machines is not False,
    }


def _pictures(card: Card, context: RenderContext) -> list[str]:
    return [context.picture(src) for src in card.pictures if context.has_picture(src)]


def _is_withheld(card: Card) -> bool:
    return card.rights.display == "none" or card.rights.machines is False


def _names(kind: AuthorityKind, card: Card, context: RenderContext) -> list[str]:
    return [link.text for link in context.named(kind, card)]


def _cell(value: object) -> str:
    """Return a record's value as a cell that no spreadsheet runs.

    >>> _cell("=1+1"), _cell(["دمشق", "حلب"]), _cell(True)
    ("'=1+1", 'دمشق; حلب', 'true')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    text = _LIST_SEPARATOR.join(map(_words, value)) if isinstance(value, list) else str(value)
    return "'" + text if text.startswith(_FORMULA) else text


def _words(item: object) -> str:
    return " ".join(map(str, item.values())) if isinstance(item, dict) else str(item)


def data_view(url: str, context: RenderContext) -> DataView:
    """Return the view of the data files' index."""
    wording = context.wording
    fields = context.page_fields(
        url,
        wording.text("data"),
        description=wording.text("data_text"),
        crumbs=(Link(wording.text("home"), ""),),
    )
    return DataView(
        **fields,
        files=tuple(
            Link(
                wording.month_of(year) if year else wording.text("data_undated"),
                f"data/articles-{f'{year:04}' if year else 'undated'}",
            )
            for year in data_years(context)
        ),
        fields=FIELDS,
    )


class DataPage(SinglePage, frozen=True):
    """The index of the data files."""

    path: ClassVar[str] = "/data/"

    def view(self, context: RenderContext) -> AnyView:
        """Return everything that the page shows."""
        return data_view(self.url, context)


class YearJson(Page, frozen=True):
    """The articles of a year, or (0) the undated ones, as JSON."""

    year: int

    suffix: ClassVar[str] = "json"

    @property
    def url(self) -> str:
        """The site path."""
        return f"/data/articles-{f'{self.year:04}' if self.year else 'undated'}.{self.suffix}"

    @classmethod
    def plan(cls, context: RenderContext) -> Iterator[Self]:
        """Yield a file per year that holds articles."""
        return map(cls, data_years(context))

    @classmethod
    def dirtied_by(cls, changes: Changes, _context: RenderContext) -> Iterator[Self]:
        """Yield the years of changed articles."""
        return map(cls, {year for year, _ in changes.periods})

    def exists(self, context: RenderContext) -> bool:
        """Whether the year holds articles."""
        return self.year in data_years(context)

    def view(self, context: RenderContext) -> AnyView:
        """Return everything that the file holds."""
        return year_json(self.year, context)


class YearCsv(YearJson, frozen=True):
    """The same as CSV."""

    suffix: ClassVar[str] = "csv"

    def view(self, context: RenderContext) -> AnyView:
        """Return everything that the file holds."""
        return year_csv(self.year, context)


class ArticleJson(PageOfArticle, frozen=True):
    """An article as JSON, as far as its rights allow."""

    @property
    def url(self) -> str:
        """The site path."""
        return f"/n/{self.id}/article.json"

    @classmethod
    def has_page(cls, card: Card, _context: RenderContext) -> bool:
        """Whether the article is live."""
        return card.status == "live"

    def view(self, context: RenderContext) -> AnyView:
        """Return everything that the file holds."""
        return article_json(self.id, context)
