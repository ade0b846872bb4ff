"""What a user may ask of an import."""

from pathlib import Path
from typing import NamedTuple


class ImportOptions(NamedTuple):
    """What the user asked for.

    `received` is the day the texts were collected, YYYY-MM-DD or "". A seed whose bytes and sidecar
    are unchanged is skipped unless `again` asks for it to be cleaned again (docs/decisions/0021).
    An article that an editor deleted stays deleted unless `restore`. `dry_run` writes nothing.
    `pictures` is a folder with pictures that articles name by their web address: those in it are
    copied, the addresses of the others are listed in it. `strict` reports every refusal, also one
    that an earlier run reported and that is unchanged.
    """

    received: str = ""
    again: bool = False
    restore: bool = False
    dry_run: bool = False
    pictures: Path | None = None
    strict: bool = False


DEFAULTS = ImportOptions()
