"""The counts of the last build, read while nobody knows whether another one runs."""

import sqlite3
from pathlib import Path

from tests.commands.archive import article, authority, started

from warraq.build.cache import rows_of
from warraq.build.incremental import build
from warraq.build.shelf_sizes import shelf_sizes


def test_names_are_counted_by_the_last_build_and_not_while_one_writes(tmp_path: Path) -> None:
    site = started(tmp_path / "site")
    into = site / ".warraq" / "preview"
    authority(site, "topics", "roads", name="طرق")
    authority(site, "people", "samir", name="سمير الحداد")
    article(site, "aaaa01", "topics: [roads]", body="قال سمير الحداد.")
    article(site, "bbbb02", "topics: [roads]")
    assert shelf_sizes(site, into) is None

    build(site, into=into)

    assert shelf_sizes(site, into) == {("topics", "roads"): 2, ("people", "samir"): 1}
    with sqlite3.connect(rows_of(site, into)) as writing:
        writing.execute("begin exclusive")
        assert shelf_sizes(site, into) is None
    writing.close()
