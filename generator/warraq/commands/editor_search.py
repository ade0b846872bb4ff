"""`warraq search`: content/ as the editors' search reads it."""

from hashlib import sha256
from pathlib import Path

import msgspec

from warraq.base.config import SiteConfig, load
from warraq.base.file_stamps import stamps
from warraq.base.problems import WarraqError, naming
from warraq.content import store
from warraq.content.frontmatter import parse_article
from warraq.model import Article, Authority, AuthorityKind
from warraq.prose.entries import AuthorityNames, compose, names_of
from warraq.search.editors import Answer, ContentFile, EditorDocument, Library
from warraq.search.editors.finding import search as find


def search(site: Path, query: str, *, limit: int = 20) -> Answer:
    """Return what the editors' index finds for `query` in content/articles."""
    config, _ = load(site)
    return find(site, query, library=library_of(site, config), limit=limit)


def library_of(site: Path, config: SiteConfig) -> Library:
    """Return the articles as the editors' search reads them."""
    authorities, _ = store.load_authorities(site)
    names = names_of(authorities)
    folder = "content/articles/"
    listed = [ContentFile(folder + p, s.size, s.mtime) for p, s in stamps(site / folder, ".md")]

    def read(path: str) -> EditorDocument | None:
        try:
            with naming(path):
                article, _ = parse_article((site / path).read_text("utf-8"), path)
                return _document(article, names, config) if article else None
        except WarraqError:  # `warraq check` says it
            return None

    context = sha256(msgspec.msgpack.encode((authorities, config))).hexdigest()
    return Library(listed, read, context)


def _document(article: Article, names: AuthorityNames, config: SiteConfig) -> EditorDocument:
    entry = compose(article, names, config)
    card = entry.card

    def named(kind: AuthorityKind) -> tuple[str, ...]:
        keys = getattr(card, kind)
        files = (names.authorities.get((kind, key)) for key in keys)
        spelled = (s for a in files if a for s in _spellings(a))
        return tuple(dict.fromkeys((*getattr(article, kind, ()), *keys, *spelled)))

    credited = tuple(c.name for c in (card.source, *card.via) if c)
    return EditorDocument(
        id=article.id,
        path=article.path,
        title=article.title,
        body=entry.text,
        date=card.day,
        certainty=card.date_status,
        status="draft" if article.draft else article.status,
        lang=card.lang,
        outlets=tuple(dict.fromkeys((*credited, *named("outlets")))),
        people=named("people"),
        places=named("places"),
        organizations=named("organizations"),
        topics=named("topics"),
        authors=named("authors"),
    )


def _spellings(authority: Authority) -> tuple[str, ...]:
    return (authority.name, *authority.aliases)
