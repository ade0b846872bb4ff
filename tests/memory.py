"""Rows in memory for a test that asks one question of a catalogue or an index."""

import sqlite3
import weakref
from collections.abc import Callable
from typing import TypeVar

from warraq.archive.catalogue import Catalogue, prepare

Owner = TypeVar("Owner")


def on_rows(make: Callable[[sqlite3.Connection], Owner]) -> Owner:
    """Return what `make` builds on rows in memory; they are closed when it is forgotten."""
    # Forgotten is an owner where the collector runs, which may be in another thread.
    rows = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    owner = make(rows)
    weakref.finalize(owner, rows.close)
    return owner


def catalogue() -> Catalogue:
    return on_rows(lambda rows: Catalogue(prepare(rows)))
