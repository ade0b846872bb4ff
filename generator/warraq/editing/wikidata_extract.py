"""`.warraq/wikidata.json`: what the last dumps said of the archive's names, for the forms.

It is made of a dump and may be deleted: nothing is published of it, and no build reads it.
"""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from warraq.base.files import write_atomic
from warraq.editing.wikidata_names import KnownEntity

PATH = ".warraq/wikidata.json"
_read = msgspec.json.Decoder(list[KnownEntity]).decode


def kept_entities(site: Path) -> dict[str, KnownEntity]:
    """Return what is kept, by id; nothing if there is no such file, or if it cannot be read."""
    try:
        return {one.id: one for one in _read((site / PATH).read_bytes())}
    except (OSError, msgspec.DecodeError):
        return {}


def keep(site: Path, entities: Iterable[KnownEntity]) -> None:
    """Add `entities` to what is kept; they replace those of the same ids."""
    every = kept_entities(site) | {one.id: one for one in entities}
    write_atomic(site / PATH, msgspec.json.encode([every[one] for one in sorted(every)]))
