"""Article → Entry: what every output needs of an article, made once. Pure."""

from collections import defaultdict
from typing import NamedTuple

from msgspec import structs

from warraq.base.config import SiteConfig
from warraq.base.edtf import year_month
from warraq.base.problems import unexpected_as_problem
from warraq.base.urls import is_key, old_path
from warraq.base.zones import local
from warraq.model import (
    MENTIONED_KINDS,
    Article,
    Authority,
    AuthorityKind,
    Card,
    Credit,
    DateStatus,
    Entry,
    Moment,
    Named,
    Outlet,
    Rights,
)
from warraq.prose.markdown import lead_of, rendered, text_of
from warraq.prose.mentions import Matcher, Mention
from warraq.prose.pictures import pictures_of

# Median silent reading of Arabic: 138 words a minute (Trauzettel-Klosinski & Dietz 2012, IReST).
WORDS_A_MINUTE = 138
SUMMARY_WORDS = 32


class AuthorityNames(NamedTuple):
    """The authority files by kind and key, outlets by every spelling, and the matcher of names."""

    authorities: dict[tuple[AuthorityKind, str], Authority]
    outlet_keys: dict[str, str]
    matcher: Matcher


def names_of(authorities: tuple[Authority, ...]) -> AuthorityNames:
    """Return the lookup tables for composing; a spelling that two outlets share is neither's."""
    owners: dict[str, set[str]] = defaultdict(set)
    for outlet in authorities:
        if outlet.kind == "outlets":
            for name in (outlet.name, *outlet.aliases):
                owners[name].add(outlet.key)
    spellings = {name: next(iter(keys)) for name, keys in owners.items() if len(keys) == 1}
    return AuthorityNames(
        {(a.kind, a.key): a for a in authorities}, spellings, Matcher(authorities)
    )


def compose(article: Article, names: AuthorityNames, config: SiteConfig) -> Entry:
    """Return `article` with its body as HTML and text, and the card that lists show.

    Raises WarraqError with the file of an article that crashes the program.
    """
    with unexpected_as_problem(article.path):
        return _composed(article, names, config)


def _composed(article: Article, names: AuthorityNames, config: SiteConfig) -> Entry:
    html, findings = rendered(article.body if article.status == "live" else "")
    text = text_of(html)
    card = _card(article, html, text, names=names, config=config)
    if article.status == "live" and card.rights.display == "full":
        card = structs.replace(card, pictures=pictures_of(article, html, config))
    return Entry(article, card, html, text, findings)


def summary_of(text: str, words: int = SUMMARY_WORDS) -> str:
    """Return the first `words` words, cut between words and marked with an ellipsis when cut.

    >>> summary_of("واحد اثنان ثلاثة", 2)
    'واحد اثنان…'
    """
    first = text.split(maxsplit=words)
    if len(first) <= words:
        return " ".join(first)
    return " ".join(first[:words]).rstrip("،,؛:.") + "…"


def _summary(article: Article, html: str, text: str) -> str:
    return article.description or summary_of(text_of(lead_of(html)) or text)


def _card(
    article: Article, html: str, text: str, *, names: AuthorityNames, config: SiteConfig
) -> Card:
    source = _resolved(article.source, names)
    via = tuple(c for credit in article.via if (c := _resolved(credit, names)))
    rights = _rights(article, source, names, config)
    words = text.count(" ") + text.count("\n") + bool(text)  # one space or line end between two
    date, lastmod = (_local(moment, config) for moment in (article.date, article.lastmod))
    edtf = date.day.isoformat() if date else article.date_info.edtf
    year, month = (date.day.year, date.day.month) if date else year_month(edtf)
    mentions = _mentions(article, text, names)
    named = {k: (*getattr(article, k), *mentions.get(k, ())) for k in Named.__struct_fields__}
    keys = {kind: _keys(values, kind, names) for kind, values in named.items()}
    return Card(
        id=article.id,
        url=article.url,
        title=article.title,
        title_status=article.title_status,
        lang=article.lang or config.lang,
        date=date,
        date_status=_date_status(article),
        edtf=edtf,
        year=year,
        month=month,
        summary=_summary(article, html, text) if rights.display != "none" else "",
        section=article.section,
        source=source,
        via=via,
        **keys,
        named=_with_names(named, keys),
        outlets=tuple(dict.fromkeys(c.outlet for c in (source, *via) if c and c.outlet)),
        minutes=max(1, round(words / WORDS_A_MINUTE)),
        words=words,
        corrections=article.corrections,
        status=article.status,
        copy_of=article.copy_of,
        same_text_as="" if article.copy_of else article.same_text_as,
        rights=rights,
        lastmod=lastmod.iso if lastmod else "",
        aliases=tuple(dict.fromkeys(filter(None, map(old_path, article.aliases)))),
    )


def _local(moment: Moment | None, config: SiteConfig) -> Moment | None:
    """Return `moment` in the site's time zone; at New Year that may change the year."""
    return Moment.of(local(moment.iso, config.time_zone)) if moment else None


def _date_status(article: Article) -> DateStatus:
    # A date that an editor wrote without explaining it is the outlet's own date.
    if article.date and article.date_info.status == "unknown":
        return "exact"
    return article.date_info.status


def _mentions(article: Article, text: str, names: AuthorityNames) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {kind: [] for kind in MENTIONED_KINDS}
    if article.status != "live":
        return found
    asserted = {Mention(kind, key) for kind in MENTIONED_KINDS for key in getattr(article, kind)}
    for mention in names.matcher.find(f"{article.title}\n{text}", asserted):
        if mention.key not in getattr(article.rejected, mention.kind):
            found[mention.kind].append(mention.key)
    return found


def _with_names(named: dict[str, tuple[str, ...]], keys: dict[str, tuple[str, ...]]) -> Named:
    """Return the kinds with a name that has no file; the others are given by the card's keys."""
    mixed = {kind: tuple(dict.fromkeys(values)) for kind, values in named.items()}
    return Named(**{kind: values for kind, values in mixed.items() if values != keys[kind]})


def _keys(values: tuple[str, ...], kind: str, names: AuthorityNames) -> tuple[str, ...]:
    keys = (v for v in values if is_key(v) and (kind, v) in names.authorities)
    return tuple(dict.fromkeys(keys))


def _resolved(credit: Credit | None, names: AuthorityNames) -> Credit | None:
    if credit is None:
        return None
    key = credit.outlet or names.outlet_keys.get(credit.name, "")
    outlet = names.authorities.get(("outlets", key))
    return Credit(
        name=credit.name or (outlet.name if outlet else key),
        outlet=key if outlet else "",
        url=credit.url,
        basis=credit.basis,
    )


def _rights(
    article: Article, source: Credit | None, names: AuthorityNames, config: SiteConfig
) -> Rights:
    outlet = names.authorities.get(("outlets", source.outlet)) if source else None
    defaults = Rights(
        source.name if source else "",
        config.rights_display,
        index=config.rights_index,
        machines=config.rights_machines,
    )
    own = (outlet.rights,) if isinstance(outlet, Outlet) else ()
    chain = (article.rights, *own, defaults)
    return Rights(
        holder=next((r.holder for r in chain if r.holder), ""),
        display=next(r.display for r in chain if r.display),
        index=next(r.index for r in chain if r.index is not None),
        machines=next(r.machines for r in chain if r.machines is not None),
    )
