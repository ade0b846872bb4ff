"""`warraq search`: the articles in content/ as the editors' search indexes them."""

from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import msgspec

from warraq.base.config import SiteConfig, load
from warraq.base.file_stamps import stamps
from warraq.base.problems import WarraqError, unexpected_as_problem
from warraq.base.zones import local
from warraq.content import store
from warraq.content.frontmatter import parse_article
from warraq.prose.entries import compose, names_of
from warraq.search.authority_names import usual_synonyms
from warraq.search.editors import Answer, ContentFile, EditorDocument, Library
from warraq.search.editors.editor_index import up_to_date
from warraq.search.editors.finding import matching as find_all
from warraq.search.editors.finding import search as find
from warraq.search.editors.search_fields import AuthorityFiles, document_of


def search(site: Path, query: str, *, limit: int = 20, first: int = 0) -> Answer:
    """Return what the editors' search finds for `query`: `limit` hits after the best `first`."""
    config, _ = load(site)
    library, today = library_of(site, config), _today(config)
    return find(site, query, library=library, limit=limit, first=first, today=today)


def matching(site: Path, query: str) -> tuple[str, ...]:
    """Return the paths of all articles that `query` finds; WarraqError if it cannot be read."""
    config, _ = load(site)
    return find_all(site, query, library=library_of(site, config), today=_today(config))


def update(site: Path) -> None:
    """Bring the index of the editors' search up to date, so that no search has to."""
    config, _ = load(site)
    with up_to_date(site, library_of(site, config)):
        pass


def _today(config: SiteConfig) -> date:
    return date.fromisoformat(local(datetime.now(UTC).isoformat(), config.time_zone)[:10])


def library_of(site: Path, config: SiteConfig) -> Library:
    """Return the articles as the editors' search indexes them."""
    authorities, _ = store.load_authorities(site)
    names = names_of(authorities)
    known = AuthorityFiles.of(names.authorities)
    folder = "content/articles/"
    listed = [ContentFile(folder + p, s.size, s.mtime) for p, s in stamps(site / folder, ".md")]

    def read(path: str) -> EditorDocument | None:
        try:
            with unexpected_as_problem(path):
                article, _ = parse_article((site / path).read_text("utf-8"), path)
                if not article:
                    return None
                return document_of(compose(article, names, config), known)
        except WarraqError:  # `warraq check` reports it
            return None

    context = sha256(msgspec.msgpack.encode((authorities, config))).hexdigest()
    lists, _ = store.synonyms_of(site)
    return Library(listed, read, context, (*usual_synonyms(), *lists))
