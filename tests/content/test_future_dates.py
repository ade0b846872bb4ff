"""Years that are slips of the pen are told by what history knows, never by the clock."""

from pathlib import Path

import pytest
from tests.commands.test_history import commit, git
from tests.commands.test_time import archive

from warraq.commands.check import check

HEADS = {
    "ab0001": "date: 2205-03-01",
    "ab0002": "date: 2025-03-01\nlastmod: 2052-01-01",
    "ab0003": "date_info: {status: inferred, edtf: 2205-03}",
    "ab0004": "date: 2025-03-01\ncorrections: [{date: 2205-01-01, kind: update, note: ن}]",
    "ab0005": "date: 2027-09-30",
    "ab0006": "date: 1925-03-01",
    "ab0007": "event_date: 2034",
    "ab0008": "date: 2027-10-02T10:00:00Z",
}


def named(site: Path) -> dict[str, str]:
    found = [p for p in check(site) if p.code == "date-ahead"]
    assert all(p.severity == "warning" and p.line > 1 for p in found)
    return {p.path[-9:-3]: dict(p.args)["key"] for p in found}


def test_a_day_years_after_the_newest_commit_is_named(tmp_path: Path) -> None:
    site = archive(tmp_path / "site", "UTC", HEADS)
    git(site, "init", "-q")
    commit(site, 1)  # of October 2025

    assert named(site) == {
        "ab0001": "date",
        "ab0002": "lastmod",
        "ab0003": "date_info",
        "ab0004": "corrections",
        "ab0008": "date",
    }


@pytest.mark.parametrize(("received", "more"), [("2025-10-01", {"ab0008": "date"}), ("", {})])
def test_without_commits_what_was_received_tells_or_the_program(
    received: str, more: dict[str, str], tmp_path: Path
) -> None:
    site = archive(tmp_path / "site", "UTC", HEADS)
    receipt = site / "content/.imports/ab/ab0001.json"
    receipt.parent.mkdir(parents=True)
    receipt.write_text(f'{{"id": "ab0001", "seed": "s", "sha256": "x", "received": "{received}"}}')

    far = {"ab0001": "date", "ab0002": "lastmod", "ab0003": "date_info", "ab0004": "corrections"}
    assert named(site) == far | more
