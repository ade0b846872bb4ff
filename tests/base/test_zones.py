"""Clocks of every zone: the same moment, told in whole minutes, on any machine."""

import os
import re
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import tzdata
from hypothesis import given
from hypothesis import strategies as st

from warraq.base.zones import is_zone, local, rfc3339

FOLDER = Path(tzdata.__file__).parent
ZONES = sorted((FOLDER / "zones").read_text().split())
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")


@given(
    st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - the zone is drawn beside them
    st.sampled_from(ZONES),
)
def test_a_moment_stays_the_moment_it_is(moment: datetime, zone: str) -> None:
    moment = moment.replace(microsecond=0)

    told = local(moment.isoformat(), zone)

    assert RFC_3339.fullmatch(told)
    assert datetime.fromisoformat(told) == moment
    with (FOLDER / "zoneinfo" / zone).open("rb") as data:  # Debian's own has other days before 1970
        clock = moment.astimezone(ZoneInfo.from_file(data)).replace(tzinfo=None)
    off = datetime.fromisoformat(told).replace(tzinfo=None) - clock
    assert abs(off) <= timedelta(seconds=30)


@given(st.dates(date(1, 1, 1), date(9999, 12, 31)), st.sampled_from(ZONES))
def test_a_bare_day_begins_on_that_day(day: date, zone: str) -> None:
    told = rfc3339(day.isoformat(), zone)

    assert RFC_3339.fullmatch(told)
    assert told.startswith(f"{day}T00:00:00")
    assert local(day.isoformat(), zone) == day.isoformat()


@pytest.mark.parametrize(
    ("iso", "zone", "told"),
    [
        ("2024-03-20T23:00:00Z", "Africa/Casablanca", "2024-03-20T23:00:00+00:00"),  # in Ramadan
        ("2024-06-20T23:30:00Z", "Africa/Casablanca", "2024-06-21T00:30:00+01:00"),
        ("2021-12-31T20:45:00Z", "Asia/Tehran", "2022-01-01T00:15:00+03:30"),
        ("2011-12-30T09:59:59Z", "Pacific/Apia", "2011-12-29T23:59:59-10:00"),
        ("2011-12-30T10:00:00Z", "Pacific/Apia", "2011-12-31T00:00:00+14:00"),
        ("2022-03-24T22:30:00Z", "Asia/Damascus", "2022-03-25T01:30:00+03:00"),  # no midnight
        ("2024-02-29T23:59:59-12:00", "Pacific/Kiritimati", "2024-03-02T01:59:59+14:00"),
        ("1899-12-31T22:00:00Z", "Africa/Cairo", "1900-01-01T00:05:00+02:05"),  # +02:05:09
        ("9999-12-31T23:30:00Z", "Asia/Damascus", "9999-12-31T23:30:00+00:00"),
    ],
)
def test_clocks_are_those_of_the_place(iso: str, zone: str, told: str) -> None:
    assert local(iso, zone) == told


def test_a_machine_without_zones_of_its_own_has_the_same(tmp_path: Path) -> None:
    program = (
        "from warraq.base.zones import rfc3339\n"
        "print(rfc3339('1925-05-06', 'Asia/Riyadh'), rfc3339('1940-01-01', 'Asia/Kuwait'))"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            text=True,
            check=True,
            env=os.environ | {"PYTHONTZPATH": where},
        ).stdout
        for where in ("", "/usr/share/zoneinfo", str(tmp_path))
    }

    assert told == {"1925-05-06T00:00:00+03:07 1940-01-01T00:00:00+03:07\n"}


@pytest.mark.parametrize("name", ["", "/etc/passwd", "..", "Asia", "asia/Riyadh", "Asia/Riyadh "])
def test_only_the_very_name_is_a_zone(name: str) -> None:
    assert not is_zone(name)
