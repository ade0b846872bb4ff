"""The archive as data: article.json, and the articles of a year or month as JSON and CSV.

Rights apply as on pages: no summary or body that may not be displayed, neither of them where
`rights.machines` is false.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import ClassVar, Literal, Self

import msgspec

from warraq.base.markup import in_paragraphs
from warraq.base.urls import is_web_address, media_path
from warraq.model import AuthorityKind, Card, Entry, Figure
from warraq.render.body import excerpt_of
from warraq.render.context import RenderContext
from warraq.render.large_years import YearFile
from warraq.render.page import Changes, PageOfArticle, SinglePage
from warraq.render.views import AnyView, DataView, Link, Text

FIELDS = tuple(
    """
    id url title title_status date date_status source source_url via topics people places
    organizations authors section lang words summary pictures copy_of same_text_as retracted
    corrections lastmod rights_holder rights_display rights_index rights_machines
    """.split()
)
Records = tuple[dict[str, object], ...]
_LIST_SEPARATOR = "; "
# What a spreadsheet takes for a formula at the start of a cell (OWASP's list).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def data_files(context: RenderContext) -> tuple[Link, ...]:
    """Return the years, newest first, large ones by month, with the paths of their files.

    Paths have no suffix. The undated come last.
    """
    wording = context.wording
    found = []
    for count in context.years:
        whole = DataFile(count.year)
        for file in reversed(whole.months(context) or (whole,)):
            name = wording.month_of(file.year, file.month or 0)
            note = wording.text("month_unknown") if file.month == 0 else ""
            found.append(Link(name, file.stem, note))
    if context.catalogue.undated_size:
        found.append(Link(wording.text("data_undated"), DataFile(0).stem))
    return tuple(found)


def records_json(records: Records) -> Text:
    """Return records as a JSON array, one a line."""
    return Text(b"[\n" + b",\n".join(map(msgspec.json.encode, records)) + b"\n]\n")


def records_csv(records: Records) -> Text:
    """Return the same as CSV (RFC 4180, UTF-8 with a mark so that spreadsheets read Arabic).

    A cell that a spreadsheet would take for a formula begins with an apostrophe.
    """
    return _csv(FIELDS, (map(_cell, record.values()) for record in records))


def index_json(months: tuple["DataFile", ...], context: RenderContext) -> Text:
    """Return the index of a large year: an object, where a small year has an array."""
    year = months[0].year
    parts = [{"month": month.part, "url": context.absolute(month.url)} for month in months]
    index = msgspec.json.encode({"year": year, "parts": parts})
    return Text(msgspec.json.format(index, indent=1) + b"\n")


def index_csv(months: tuple["DataFile", ...], context: RenderContext) -> Text:
    """Return the same as CSV: other columns than a small year has."""
    return _csv(("month", "url"), ((m.part, context.absolute(m.url)) for m in months))


def _csv(head: tuple[str, ...], rows: Iterable[Iterable[str]]) -> Text:
    stream = io.StringIO()
    stream.write("\N{ZERO WIDTH NO-BREAK SPACE}")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows(rows)
    return Text(stream.getvalue().encode())


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
    return Text(msgspec.json.format(msgspec.json.encode(record), indent=1) + b"\n")


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
            **({} if entry.html == in_paragraphs(entry.text) else {"html": entry.html}),
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


def _records(file: "DataFile", context: RenderContext) -> Records:
    """Return the live articles of a year or month, newest first, each with its copies."""
    return tuple(
        _record(card, context)
        for original in file.cards(context)
        for card in (original, *context.copies(original))
    )


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
    wording, config = context.wording, context.config
    about = [wording.text("data_text")]
    about += [wording.text("data_articles")] if config.outputs_article_json else []
    others = {"full": "data_feeds_full", "summary": "data_feeds_summary", "none": ""}
    feeds = ("data_feeds_text", others[config.outputs_shelf_feeds])
    fields = context.page_fields(
        url,
        wording.text("data"),
        description=" ".join(about),
        crumbs=(Link(wording.text("home"), ""),),
    )
    return DataView(
        **fields,
        files=data_files(context),
        csv=config.outputs_csv,
        fields=FIELDS,
        feeds_text=" ".join(wording.text(code) for code in feeds if code),
    )


class DataPage(SinglePage, frozen=True):
    """The index of the data files."""

    path: ClassVar[str] = "/data/"

    def view(self, context: RenderContext) -> AnyView:
        """Return everything that the page shows."""
        return data_view(self.url, context)


class DataFile(YearFile, frozen=True):
    """The articles of a year or month as JSON, and as CSV unless the site has none."""

    suffix: Literal["json", "csv"] = "json"

    @property
    def stem(self) -> str:
        """The site path without leading slash and suffix."""
        return f"data/articles-{self.part}"

    @property
    def url(self) -> str:
        """The site path."""
        return f"/{self.stem}.{self.suffix}"

    @classmethod
    def plan(cls, context: RenderContext) -> Iterator[Self]:
        """Yield the files of every year, newest first, JSON before CSV; the undated last."""
        undated = (0,) if context.catalogue.undated_size else ()
        for year in (*(count.year for count in context.years), *undated):
            for file in cls.of_year(year, context):
                yield from file.forms(context)

    @classmethod
    def dirtied_by(cls, changes: Changes, context: RenderContext) -> Iterator[Self]:
        """Yield the files of changed articles."""
        for file in super().dirtied_by(changes, context):
            yield from file.forms(context)

    def forms(self, context: RenderContext) -> Iterator[Self]:
        """Yield the file as JSON and, by setting, as CSV."""
        yield self
        if context.config.outputs_csv:
            yield msgspec.structs.replace(self, suffix="csv")

    def view(self, context: RenderContext) -> AnyView:
        """Return everything that the file holds."""
        if months := self.months(context):
            make = index_json if self.suffix == "json" else index_csv
            return make(months, context)
        records = context.last(_records, msgspec.structs.replace(self, suffix="json"))
        return records_json(records) if self.suffix == "json" else records_csv(records)


class ArticleJson(PageOfArticle, frozen=True):
    """An article as JSON, as far as its rights allow."""

    @property
    def url(self) -> str:
        """The site path."""
        return f"/n/{self.id}/article.json"

    @classmethod
    def has_page(cls, card: Card, context: RenderContext) -> bool:
        """Whether the article is live and the site has such files."""
        return card.status == "live" and context.config.outputs_article_json

    def view(self, context: RenderContext) -> AnyView:
        """Return everything that the file holds."""
        return article_json(self.id, context)
