"""Shelves: the index of a kind (people, topics…), one authority's page, its years and months.

A shelf's front shows all of up to 100 articles; of a longer one the newest 30, and every year has
a page, a large year a page per month. Buckets of time, so that a backfill moves no other page.
"""

from collections import Counter
from collections.abc import Iterator

from warraq.base.urls import is_web_address
from warraq.model import Authority, AuthorityKind, Card, Count
from warraq.render import structured
from warraq.render.archive import MOST_NAMED, by_day
from warraq.render.article import body_html
from warraq.render.calendar import bars
from warraq.render.material import WITH_FEEDS, Material
from warraq.render.spotlights import ranked, spotlight
from warraq.render.views import Bar, Fact, Feed, Group, KindView, Link, ListView, ShelfView
from warraq.render.wording import Wording

WHOLE = 100
NEWEST = 30
LARGE_YEAR = 200  # articles; beyond it a shelf's year is split by month
COMPANY = 8


def kind_view(url: str, kind: AuthorityKind, material: Material) -> KindView:
    """Return the index of a kind: every authority by name, with its number of articles."""
    wording = material.wording
    about = wording.text(f"about_{kind}")
    frame = material.frame(
        url,
        wording.text(kind),
        description=about,
        crumbs=(Link(wording.text("home"), ""),),
        current=f"{kind}/",
    )
    if kind == "stories":
        stories = ranked(material)
        entries = tuple(spotlight(story, material) for story in stories[:WHOLE])
        names = tuple(_entry(story, material) for story in stories[WHOLE:])
        return KindView(**frame, text=about, entries=entries, names=names)
    found = material.catalogue.authorities(kind)
    return KindView(**frame, text=about, names=tuple(_entry(a, material) for a in found))


def shelf_view(url: str, kind: AuthorityKind, key: str, *, material: Material) -> ShelfView:
    """Return the page of one authority."""
    authority = _known(kind, key, material)
    cards, wording = material.shelf(kind, key), material.wording
    feeds = (Feed(authority.name, f"{kind}/{key}/feed"),) if has_feed(authority, material) else ()
    frame = material.frame(
        url,
        authority.name,
        title=f"{authority.name} · {wording.text(f'one_{kind}')}",
        description=authority.description or authority.role or material.gist(authority.name, cards),
        crumbs=(Link(wording.text(kind), f"{kind}/"),),
        current=f"{kind}/",
        feeds=feeds,
    )
    frame["structured"] = structured.encoded(
        structured.collection(material.config, url[1:], authority.name, cards[:MOST_NAMED]),
        structured.breadcrumb_list(frame["crumbs"], material.config.base_url),
    )
    partial = len(cards) > WHOLE
    return ShelfView(
        **frame,
        singular=wording.text(f"one_{kind}"),
        aliases=authority.aliases if kind != "stories" else (),
        facts=_facts(authority, cards, material),
        about=authority.description,
        body=body_html(material.body_of(authority), frame["root"], material.config.lang),
        total=wording.count("count_articles", len(cards)),
        over_time=_over_time(cards, material),
        company=_company(kind, key, cards, material=material),
        articles=material.list(cards[:NEWEST] if partial else cards),
        partial=partial,
        years=_years(authority, cards, material) if partial else (),
    )


def shelf_part_view(  # noqa: PLR0913 - a part is named by kind, key, year and month
    url: str, kind: AuthorityKind, key: str, *, year: int, month: int, material: Material
) -> ListView:
    """Return a shelf's year (month 0), month, or undated articles (year 0)."""
    authority, wording = _known(kind, key, material), material.wording
    cards = part_of(material.shelf(kind, key), year, month)
    code = "shelf_month" if month else "shelf_year" if year else "shelf_undated"
    gaps = {"year": wording.month_of(year), "month": wording.month_of(year, month)} if year else {}
    heading = wording.text(code, name=authority.name, **gaps)
    frame = material.frame(
        url,
        heading,
        title=f"{heading} · {wording.text(f'one_{kind}')}",
        description=material.gist(heading, cards),
        crumbs=(Link(wording.text(kind), f"{kind}/"), Link(authority.name, authority.address[1:])),
        current=f"{kind}/",
    )
    split = not month and len(cards) > LARGE_YEAR
    loose = tuple(c for c in cards if not c.date)
    groups = (*by_day(cards, material), *((Group("", material.list(loose)),) if loose else ()))
    return ListView(
        **frame,
        text=wording.count("count_articles", len(cards)),
        empty=wording.text("shelf_empty"),
        groups=(Group("", material.list(part_of(cards, year, 0, exact=True))),)
        if split
        else groups,
        parts=_months(authority, cards, year, material=material) if split else (),
    )


def parts(counts: tuple[Count, ...]) -> Iterator[tuple[int, int]]:
    """Yield the (year, month) pages of a shelf beside its front, by its months; month 0: the year.

    (0, 0) stands for the undated.
    """
    years: Counter[int] = Counter()
    for count in counts:
        years[count.year] += count.articles
    if years.total() <= WHOLE:
        return
    for year in sorted(years, reverse=True):
        yield year, 0
        if year and years[year] > LARGE_YEAR:
            yield from ((year, m) for m in sorted(c.month for c in counts if c.year == year) if m)


def part_path(authority: Authority, year: int, month: int) -> str:
    """Return the path of a shelf's part, without its leading slash."""
    part = f"{year:04}/" if year else "undated/"
    return f"{authority.address[1:]}{part}{f'{month:02}/' if month else ''}"


def part_of(
    cards: tuple[Card, ...], year: int, month: int, *, exact: bool = False
) -> tuple[Card, ...]:
    """Return the cards of a year, of a month; with `exact` month 0 means: month unknown."""
    return tuple(c for c in cards if c.year == year and (c.month == month or not (month or exact)))


def has_feed(authority: Authority, material: Material) -> bool:
    """Tell whether an authority's page has feeds: a kind that gets them, and something dated."""
    kind, key = authority.kind, authority.key
    if kind == "stories":
        return any(card.date for card in material.shelf(kind, key))
    return kind in WITH_FEEDS and material.catalogue.has_dated(kind, key)


def _known(kind: AuthorityKind, key: str, material: Material) -> Authority:
    authority = material.catalogue.authority(kind, key)
    if authority is None:
        raise KeyError(kind, key)
    return authority


def _entry(authority: Authority, material: Material) -> Link:
    if authority.kind == "pages":
        return Link(authority.name, authority.address[1:], authority.description)
    kind, key = authority.kind, authority.key
    if kind == "stories":
        count = material.wording.count("count_reports", len(material.reports(key)))
    else:
        count = material.wording.count("count_articles", material.size(kind, key))
    return Link(authority.name, authority.address[1:], count)


def _facts(authority: Authority, cards: tuple[Card, ...], material: Material) -> tuple[Fact, ...]:
    wording = material.wording
    kind = wording.find(f"outlet_{authority.type}") or authority.type
    wikidata = f"https://www.wikidata.org/wiki/{authority.wikidata}"
    website = authority.url if is_web_address(authority.url) else ""
    years = sorted({card.year for card in cards if card.year})
    span = [wording.month_of(year) for year in years]
    rows: list[tuple[str, Link | None, bool]] = [
        ("role", Link(authority.role) if authority.role else None, False),
        ("type", Link(kind) if kind else None, False),
        ("country", Link(authority.country) if authority.country else None, False),
        ("first_last", Link(_span(span, wording)) if span else None, False),
        *_relays(authority, cards, wording),
        ("website", Link(website, website) if website else None, True),
        ("wikidata", Link(authority.wikidata, wikidata) if authority.wikidata else None, True),
    ]
    return tuple(Fact(wording.text(label), (link,), out) for label, link, out in rows if link)


def _span(years: list[str], wording: Wording) -> str:
    first, last = years[0], years[-1]
    return first if first == last else wording.text("span", first=first, last=last)


def _relays(
    authority: Authority, cards: tuple[Card, ...], wording: Wording
) -> list[tuple[str, Link | None, bool]]:
    if authority.kind != "outlets":
        return []
    credited = sum(1 for c in cards if c.source and c.source.outlet == authority.key)
    carried = sum(1 for c in cards if any(v.outlet == authority.key for v in c.via))
    return [
        ("originals", Link(wording.count("count_articles", credited)) if credited else None, False),
        ("relays", Link(wording.count("count_articles", carried)) if carried else None, False),
    ]


def _over_time(cards: tuple[Card, ...], material: Material) -> tuple[Bar, ...]:
    """Bars by year, or by month when a shelf lies in one year; none for a handful of articles."""
    wording = material.wording
    years = Counter(card.year for card in cards if card.year)
    if sum(years.values()) < 4:
        return ()
    if len(years) > 1:
        rows = [(wording.month_of(y), f"archive/{y:04}/", years[y]) for y in sorted(years)]
        return bars(rows, wording)
    months = Counter((card.year, card.month) for card in cards if card.month)
    rows = [
        (wording.month_of(y, m), f"archive/{y:04}/{m:02}/", months[y, m]) for y, m in sorted(months)
    ]
    return bars(rows, wording) if len(rows) > 1 else ()


def _company(
    kind: AuthorityKind, key: str, cards: tuple[Card, ...], *, material: Material
) -> tuple[Link, ...]:
    met = Counter(person for card in cards for person in card.people)
    if kind == "people":
        del met[key]
    ranked = sorted(met.items(), key=lambda item: (-item[1], item[0]))[:COMPANY]
    return tuple(
        Link(link.text, link.path, material.wording.number(number))
        for person, number in ranked
        if (link := material.link("people", person))
    )


def _years(authority: Authority, cards: tuple[Card, ...], material: Material) -> tuple[Bar, ...]:
    wording = material.wording
    counts = Counter(card.year for card in cards)
    rows = [
        (
            wording.month_of(y) if y else wording.text("undated"),
            part_path(authority, y, 0),
            counts[y],
        )
        for y in sorted(counts, reverse=True)
    ]
    return bars(rows, wording)


def _months(
    authority: Authority, cards: tuple[Card, ...], year: int, *, material: Material
) -> tuple[Bar, ...]:
    counts = Counter(card.month for card in cards if card.month)
    rows = [
        (material.wording.month_of(year, m), part_path(authority, year, m), counts[m])
        for m in sorted(counts)
    ]
    return bars(rows, material.wording)
