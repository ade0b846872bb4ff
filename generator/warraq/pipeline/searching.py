"""Entries and authority files to what search may know of them, and the files of public/search/."""

from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files as resource_files

from msgspec.structs import replace

from warraq.model import Authority, Card, Entry, OutputFile
from warraq.search.index import index_files
from warraq.search.records import Record, SearchDocument, tokens_of
from warraq.search.spellings import Names

_SEARCH_KINDS = {
    "outlets": "outlet",
    "topics": "topic",
    "people": "person",
    "places": "place",
    "stories": "story",
}


def record_of(entry: Entry) -> Record | None:
    """Return the search record of an article, None for what readers may not find.

    Found is what is live and open to indexes. The story is filled in by `search_files`.
    """
    card = entry.card
    if card.status != "live" or card.rights.index is False:
        return None
    return tokens_of(_searched(entry))


def search_files(
    records: Iterable[Record], authorities: Sequence[Authority]
) -> Iterator[OutputFile]:
    """Yield the index and the scripts that read it."""
    names: dict[str, dict[str, Names]] = {kind: {} for kind in _SEARCH_KINDS.values()}
    for authority in authorities:
        if kind := _SEARCH_KINDS.get(authority.kind):
            names[kind][authority.key] = Names(authority.name, authority.aliases)
    told = (a for a in authorities if a.kind == "stories")
    stories: dict[str, str] = {}
    for story in sorted(told, key=lambda story: story.key):
        for article_id in story.articles:
            stories.setdefault(article_id, story.key)
    placed = (replace(r, story=stories[r.id]) if r.id in stories else r for r in records)
    for path, content in index_files(placed, names):
        yield OutputFile(f"search/{path}", content)
    for script in sorted((resource_files("warraq.search") / "client").iterdir(), key=str):
        if script.name.endswith(".js"):  # types.d.ts is for those who write the scripts
            yield OutputFile(f"search/{script.name}", script.read_bytes())


def _searched(entry: Entry) -> SearchDocument:
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
        day=card.date.day.isoformat() if card.date else _month(card),
        source=source.name if source else "",
        outlet=source.outlet if source else "",
        topics=card.topics,
        people=card.people,
        places=card.places,
        copy_of=card.copy_of,
        display=display,
    )


def _month(card: Card) -> str:
    if not card.year:
        return ""
    return f"{card.year:04}-{card.month:02}" if card.month else f"{card.year:04}"
