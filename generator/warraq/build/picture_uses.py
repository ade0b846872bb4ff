"""Which pages show which pictures of content/media, by what the last build left."""

import re
import sqlite3
from collections.abc import Collection, Mapping
from html import escape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from warraq.archive.catalogue import Catalogue
from warraq.base.urls import media_path
from warraq.build.cache import read_only, rows_of
from warraq.build.cached_content import entry_of_rows
from warraq.model import AUTHORITY_KINDS, Entry


class PictureUse(NamedTuple):
    """A page that shows a picture: kind, key, name of its subject; whether it lacks alt there."""

    kind: str
    key: str
    name: str
    lacks_alt: bool = False


Uses = Mapping[str, tuple[PictureUse, ...]]


def pictures_used(site: Path, into: Path) -> frozenset[str] | None:
    """Return the paths below content/media that pages show, None while there is no build."""
    try:
        with read_only(rows_of(site, into)) as rows:
            found = {path for path, _, _ in Catalogue(rows).pictures()}
    except (sqlite3.Error, OSError):
        return None
    return frozenset(path.removeprefix("media/") for path in found)


def picture_uses(site: Path, into: Path, paths: Collection[str]) -> Uses:
    """Return path below content/media → the pages that show it, for some of the pictures."""
    found: dict[str, list[PictureUse]] = {}
    try:
        with read_only(rows_of(site, into)) as rows:
            catalogue = Catalogue(rows)
            for shown, kind, key in catalogue.pictures():
                path = shown.removeprefix("media/")
                if path in paths:
                    found.setdefault(path, []).append(_use(rows, catalogue, kind, key, path))
    except (sqlite3.Error, OSError, KeyError):  # rows that a build is just writing
        return {}
    return {path: tuple(sorted(uses)) for path, uses in found.items()}


def _use(
    rows: sqlite3.Connection, catalogue: Catalogue, kind: str, key: str, path: str
) -> PictureUse:
    if kind == "articles":
        card = catalogue.card(key)
        entry = entry_of_rows(rows, card) if card else None
        return PictureUse(kind, key, card.title if card else key, _lacks_alt(entry, path))
    named = next((one for one in AUTHORITY_KINDS if one == kind), None)
    authority = catalogue.authority(named, key) if named else None
    return PictureUse(kind, key, authority.name if authority else key)


def _lacks_alt(entry: Entry | None, path: str) -> bool:
    if entry is None:
        return False
    article = entry.article
    figures = (*filter(None, (article.image,)), *article.figures)
    src = f'src="[^"]*{re.escape(escape(quote(f"media/{path}")))}"'
    bare = re.search(rf'<img(?=[^>]* {src})(?![^>]* alt="[^"])', entry.html)
    named = any(media_path(one.src) == f"media/{path}" and not one.alt for one in figures)
    return named or bare is not None
