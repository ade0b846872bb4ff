"""How many articles each authority has, as the last build counted them, without waiting for one."""

import sqlite3
from pathlib import Path

from warraq.build.cache import read_only, rows_of

ShelfSizes = dict[tuple[str, str], int]  # kind and key → articles on its page
_PATIENCE = 100  # milliseconds for a build that is writing


def shelf_sizes(site: Path, into: Path) -> ShelfSizes | None:
    """Return the counts of the last build of `site` into `into`, derived facts among them.

    None if there was no build, or while one is writing.
    """
    query = "select kind, key, count(*) from shelf where state < 2 group by kind, key"
    try:
        with read_only(rows_of(site, into)) as rows:
            rows.execute(f"pragma busy_timeout = {_PATIENCE}")
            return {(kind, key): count for kind, key, count in rows.execute(query)}
    except sqlite3.Error:
        return None
