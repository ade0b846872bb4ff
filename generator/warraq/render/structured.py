"""JSON-LD: what search engines and researchers' tools read of a page, as text of one JSON object.

schema.org's NewsArticle, CollectionPage, WebSite and BreadcrumbList, filled from the same fields as
the page; nothing is null, nothing is guessed. What is told in full once, the archive on the front
page and the outlet in its article, has its `@id` elsewhere. Takes links and cards, returns JSON.
"""

from collections.abc import Mapping
from urllib.parse import quote

import msgspec

from warraq.base.config import SiteConfig
from warraq.base.edtf import coverage
from warraq.model import Article, AuthorityKind, Card, Correction, Credit
from warraq.render.views import Link

Thing = dict[str, object]

_CONTEXT = "https://schema.org"


def encoded(*things: Thing) -> str:
    """Return one JSON object: the thing itself, or a @graph of several."""
    full = [_clean(thing) for thing in things if thing]
    if not full:
        return ""
    first = full[0] if isinstance(full[0], dict) else {}
    whole = first if len(full) == 1 else {"@graph": full}
    return msgspec.json.encode({"@context": _CONTEXT, **whole}).decode()


def breadcrumbs(trail: tuple[Link, ...], base_url: str) -> str:
    """Return the BreadcrumbList of a page as JSON, "" without a trail."""
    return encoded(breadcrumb_list(trail, base_url))


def breadcrumb_list(trail: tuple[Link, ...], base_url: str) -> Thing:
    """Return the way from the front page to this one; the last of `trail` is the page itself."""
    if not trail:
        return {}
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": at, "name": link.text, "item": base_url + link.path}
            for at, link in enumerate(trail, 1)
        ],
    }


def website(config: SiteConfig) -> Thing:
    """Return the WebSite with its SearchAction, for the front page."""
    return {
        "@type": "WebSite",
        "@id": config.base_url + "#site",
        "url": config.base_url,
        "name": config.name,
        "description": config.description,
        "inLanguage": config.lang,
        "publisher": publisher(config),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": config.base_url + "search/?q={search_term_string}",
            },
            "query-input": "required name=search_term_string",
        },
    }


def publisher(config: SiteConfig) -> Thing:
    """Return the archive as the publisher of its copies; it is never their author."""
    return {
        "@type": "ArchiveOrganization",
        "@id": config.base_url + "#archive",
        "name": config.name,
        "url": config.base_url,
        "publishingPrinciples": config.base_url + "pages/",
        "logo": {"@type": "ImageObject", "url": config.base_url + _logo(config)},
    }


def _logo(config: SiteConfig) -> str:
    return quote(config.logo or config.icon or "assets/icon.png")


def _publisher(config: SiteConfig) -> Thing:
    """Return the archive by its id and name: the front page tells the rest."""
    whole = publisher(config)
    return {key: whole[key] for key in ("@type", "@id", "name")}


def collection(config: SiteConfig, path: str, name: str, cards: tuple[Card, ...]) -> Thing:
    """Return a CollectionPage with the articles it lists that search engines may list too."""
    indexed = (card for card in cards if card.rights.index is not False)
    return {
        "@type": "CollectionPage",
        "@id": config.base_url + path,
        "url": config.base_url + path,
        "name": name,
        "inLanguage": config.lang,
        "isPartOf": {"@id": config.base_url + "#site"},
        "mainEntity": {
            "@type": "ItemList",
            "itemListElement": [
                {"@type": "ListItem", "position": at, "url": config.base_url + card.url[1:]}
                for at, card in enumerate(indexed, 1)
            ],
        },
    }


def news_article(  # noqa: PLR0913 - what the page shows, given once
    article: Article,
    card: Card,
    *,
    config: SiteConfig,
    named: Mapping[AuthorityKind, tuple[Link, ...]],
    credited: tuple[tuple[Link, ...], Credit | None],
    pictures: tuple[str, ...],
    section: str,
) -> Thing:
    """Return the NewsArticle of an article's page.

    `named` holds, by kind, the topics, people, places and organizations it names; `credited` are
    its writers and the publication; `pictures` are absolute addresses. Only a date that is known is
    its `datePublished`: an inferred one is the time it covers, in EDTF with a question mark, unless
    that is given; a contested one is left out.
    """
    writers, publication = credited
    url = config.base_url + card.url[1:]
    return {
        "@type": "NewsArticle",
        "@id": url,
        "url": url,
        "mainEntityOfPage": url,
        "headline": article.title,
        "identifier": _identifiers(article),
        "datePublished": (card.date.iso if card.date else card.day)
        if card.date_status == "exact"
        else "",
        "dateModified": card.lastmod,
        "temporalCoverage": coverage(article.event_date) or _inferred(card),
        "inLanguage": card.lang,
        "wordCount": card.words,
        "timeRequired": f"PT{max(1, card.minutes)}M",
        "isAccessibleForFree": True,
        "articleSection": section,
        "image": list(pictures),
        "author": _authors(writers, publication, config.base_url),
        "publisher": _publisher(config),
        "sourceOrganization": _source(publication, config.base_url),
        "provider": [_outlet(credit, config.base_url) for credit in card.via],
        "isBasedOn": _based_on(card, config.base_url),
        "copyrightHolder": _named("Organization", card.rights.holder),
        "about": _things("Thing", named.get("topics", ()), config.base_url),
        "mentions": [
            *_things("Person", named.get("people", ()), config.base_url),
            *_things("Place", named.get("places", ()), config.base_url),
            *_things("Organization", named.get("organizations", ()), config.base_url),
        ],
        "contentLocation": _named("Place", article.dateline),
        "citation": [cited.name for cited in article.cited],
        "creativeWorkStatus": "Retracted" if card.standing == "retracted" else "",
        "correction": [correction(note) for note in article.corrections],
        "isPartOf": {"@id": config.base_url + "#site"},
    }


def correction(note: Correction) -> Thing:
    """Return a correction as schema.org's CorrectionComment."""
    return {
        "@type": "CorrectionComment",
        "datePublished": note.date.isoformat(),
        "text": note.note,
    }


def _identifiers(article: Article) -> object:
    """Return the archive's id, with those of the systems it was exported from."""
    others = [
        {"@type": "PropertyValue", "propertyID": system, "value": value}
        for system, value in article.external_ids.items()
    ]
    return [article.id, *others] if others else article.id


def _inferred(card: Card) -> str:
    """Return an inferred date as EDTF, marked as uncertain."""
    if card.date_status != "inferred" or not card.edtf:
        return ""
    return card.edtf + "?" if card.edtf.replace("-", "").isdigit() else card.edtf


def _authors(writers: tuple[Link, ...], publication: Credit | None, base_url: str) -> list[Thing]:
    if writers:
        return _things("Person", writers, base_url)
    return [_named("NewsMediaOrganization", publication.name)] if publication else []


def _based_on(card: Card, base_url: str) -> Thing:
    credit = card.source
    if not credit:
        return {}
    return {
        "@type": "NewsArticle",
        "headline": card.title if card.title_status != "generated" else "",
        "url": credit.url,
        "archivedAt": base_url + card.url[1:],
        "publisher": {"@id": _source(credit, base_url)["@id"]},
    }


def _source(credit: Credit | None, base_url: str) -> Thing:
    """Return the outlet in full with its id: a place in its page, or in the article's."""
    if not credit:
        return {}
    outlet = _outlet(credit, base_url)
    return {**outlet, "@id": f"{outlet['url']}#outlet" if outlet["url"] else "#source"}


def _outlet(credit: Credit, base_url: str) -> Thing:
    page = f"{base_url}outlets/{credit.outlet}/" if credit.outlet else ""
    return {"@type": "NewsMediaOrganization", "name": credit.name, "url": page}


def _things(kind: str, links: tuple[Link, ...], base_url: str) -> list[Thing]:
    return [
        {"@type": kind, "name": link.text, "url": base_url + link.path if link.path else ""}
        for link in links
    ]


def _named(kind: str, name: str) -> Thing:
    return {"@type": kind, "name": name} if name else {}


def _clean(value: object) -> object:
    """Return `value` without what is empty, at any depth: no field is null or says nothing."""
    if isinstance(value, dict):
        kept = {
            key: cleaned
            for key, item in value.items()
            if item and (cleaned := item if type(item) is str else _clean(item))
        }
        return kept if len(kept) > ("@type" in kept) else {}
    if isinstance(value, list):
        return [cleaned for item in value if (cleaned := _clean(item))]
    return value
