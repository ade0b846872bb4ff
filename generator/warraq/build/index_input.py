"""Entries and authority files to what search may know of them, and the files of public/search/."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.resources import files as resource_files

from warraq.base.urls import is_key, is_web_address
from warraq.model import FACET_OF_KIND, Authority, Card, Entry, OutputFile, Story
from warraq.search.authority_names import AllNames, SpelledNames, Synonyms, usual_synonyms
from warraq.search.index import index_files
from warraq.search.records import Record, SearchDocument, to_record
from warraq.search.stemmers import stemmed_language

FOLDER = "search/"  # under public/
_COMMENT = re.compile(
    rb"""^[ \t]*(?:/\*\*(?:[^*]|\*(?!/))*\*/[ \t]*|//[^\n]*)\n  # in lines of its own
       |/\*\*[ ]@(?:[^*]|\*(?!/))*\*/[ ]?  # the type of what follows""",
    re.MULTILINE | re.VERBOSE,
)
_MARGIN = re.compile(rb"^[ \t]+|[ \t]+// [^\n]*$", re.MULTILINE)


def record_of(entry: Entry, stories: Mapping[str, str]) -> Record | None:
    """Return the search record of an article, None for what was removed.

    `rights.index` keeps crawlers out, not the archive's own readers.
    """
    card = entry.card
    if card.status != "live":
        return None
    return to_record(_searched(entry, stories.get(card.id, "")))


def stories_of(authorities: Sequence[Authority]) -> dict[str, str]:
    """Return article id → key of its story, the first by key if it is told in several."""
    stories: dict[str, str] = {}
    known = (authority for authority in authorities if isinstance(authority, Story))
    for story in sorted(known, key=lambda story: story.key):
        for article_id in story.articles:
            stories.setdefault(article_id, story.key)
    return stories


def authority_names(authorities: Sequence[Authority]) -> AllNames:
    """Return kind → key → names, as search calls the kinds."""
    names: dict[str, dict[str, SpelledNames]] = {kind: {} for kind in FACET_OF_KIND.values()}
    for authority in authorities:
        if kind := FACET_OF_KIND.get(authority.kind):
            names[kind][authority.key] = SpelledNames(
                authority.name, authority.aliases, tuple(filter(is_key, authority.formerly))
            )
    return names


def all_synonyms(lists: Synonyms) -> Synonyms:
    """Return the usual synonyms and the archive's own."""
    return (*usual_synonyms(), *lists)


def search_files(
    records: Iterable[Record], authorities: Sequence[Authority], synonyms: Synonyms = ()
) -> Iterator[OutputFile]:
    """Yield the index and the scripts that read it; `synonyms` are the archive's own."""
    names = authority_names(authorities)
    for path, content in index_files(records, names, all_synonyms(synonyms)):
        yield OutputFile(FOLDER + path, content)
    yield from scripts()


def scripts() -> Iterator[OutputFile]:
    """Yield the scripts that read the index, without the comments about lines and behind them.

    With the margins those are a quarter of what a reader's first query would load.
    """
    client = resource_files("warraq.search") / "client"
    for script in sorted(client.iterdir(), key=str):
        if script.name.endswith(".js"):  # types.d.ts is for those who write the scripts
            yield OutputFile(
                FOLDER + script.name, _MARGIN.sub(b"", _COMMENT.sub(b"", script.read_bytes()))
            )
    for file in sorted((client / "snowball").iterdir(), key=str):
        yield OutputFile(f"{FOLDER}snowball/{file.name}", file.read_bytes())


def _searched(entry: Entry, story: str) -> SearchDocument:
    """Return what search may know of an article: its text only as far as rights show it."""
    card = entry.card
    display = card.rights.display or "full"
    shown = {"full": entry.text, "excerpt": card.summary, "none": ""}[display]
    source = card.source
    return SearchDocument(
        id=card.id,
        url=card.url,
        title=card.title,
        text=shown,
        day=card.day,
        source=source.name if source else "",
        facets=_facets(card, story),
        copy_of=card.copy_of,
        display=display,
        standing=card.standing,
        picture=_address(card.pictures[0]) if card.pictures else "",
        lang=stemmed_language(card.lang),
    )


def _address(picture: str) -> str:
    """Return a picture's address; a browser encodes what is no mark of an address by itself.

    >>> _address("media/نهر 50%.png")
    'media/نهر 50%25.png'
    """
    if is_web_address(picture):
        return picture
    return re.sub(r"[%?#]", lambda mark: f"%{ord(mark[0]):X}", picture)


def _facets(card: Card, story: str) -> dict[str, tuple[str, ...]]:
    """Return the keys by which an article is filtered, an outlet without one by its name."""
    source = card.source
    keys = {"outlets": (source.outlet or source.name,) if source else (), "stories": (story,)}
    return {
        facet: tuple(filter(None, keys[kind] if kind in keys else getattr(card, kind)))
        for kind, facet in FACET_OF_KIND.items()
    }
