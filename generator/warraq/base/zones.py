"""Time zones by name, from the tzdata package only, so that every machine has the same data.

A system's copy may differ before 1970 (Debian builds it with other options), and a minimal system
has none.
"""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

import tzdata

_OFFSET = re.compile(r"(?:UTC|GMT)? ?([+-])(\d{1,2})(?::?00)?", re.IGNORECASE)


# The largest offset in use is Kiribati's, +14:00.
_NUMERIC = re.compile(r"Z|[+-](?:0\d|1[0-4]):?[0-5]\d")


def is_offset(text: str) -> bool:
    """Whether `text` is a possible offset from UTC.

    >>> is_offset("+03:00"), is_offset("-0930"), is_offset("Z"), is_offset("+23:59")
    (True, True, True, False)
    """
    return _NUMERIC.fullmatch(text) is not None


def is_zone(name: str) -> bool:
    """Whether `name` is exactly the name of a time zone.

    >>> is_zone("Asia/Damascus"), is_zone("asia/damascus"), is_zone("Damascus")
    (True, False, False)
    """
    return name == "UTC" or name in _names()


def nearest_zones(name: str) -> tuple[str, ...]:
    """Return the zones that `name` may mean, the most similar first; () if there is none.

    >>> nearest_zones("Damascus"), nearest_zones("asia damascus"), nearest_zones("Africa/Tunes")
    (('Asia/Damascus',), ('Asia/Damascus',), ('Africa/Tunis',))
    >>> nearest_zones("GMT+3")
    ('Etc/GMT-3',)
    """
    if offset := _OFFSET.fullmatch(name.strip()):
        # POSIX has the opposite sign: three hours east of Greenwich is GMT-3.
        zone = f"Etc/GMT{'-' if offset[1] == '+' else '+'}{int(offset[2])}"
        return (zone,) if zone in _names() else ()
    wanted = _plain(name)
    plain = {_plain(zone): zone for zone in sorted(_names(), key=lambda zone: zone.count("/"))}
    if wanted in plain:
        return (plain[wanted],)
    cities = {_plain(zone.rpartition("/")[2]): zone for zone in sorted(_names())}
    asked = _plain(re.split(r"[/\\]", name)[-1])
    if asked in cities:
        return (cities[asked],)
    near = (plain[found] for found in get_close_matches(wanted, plain, n=3, cutoff=0.8))
    close = (cities[found] for found in get_close_matches(asked, cities, n=3, cutoff=0.8))
    return tuple(dict.fromkeys((*near, *close)))[:3]


def local(iso: str, zone: str) -> str:
    """Return a moment, ISO 8601 with offset, in local time of `zone`; a bare day unchanged.

    >>> local("2019-12-31T23:30:00Z", "Asia/Damascus"), local("2019-12-31", "Asia/Damascus")
    ('2020-01-01T01:30:00+02:00', '2019-12-31')
    """
    if len(iso) <= len("2019-12-31"):
        return iso
    moment = datetime.fromisoformat(iso)
    if moment.tzinfo is None:
        return moment.replace(tzinfo=_offset(moment, zone)).isoformat()
    try:
        return moment.astimezone(_offset(moment, zone)).isoformat()
    except OverflowError:  # the first or last day of the calendar
        return iso


def rfc3339(iso: str, zone: str) -> str:
    """Return a day or moment as RFC 3339; a bare day begins at midnight in `zone`.

    >>> rfc3339("1925-05-06", "Asia/Riyadh"), rfc3339("2020-01-01T01:30:00+02:00", "UTC")
    ('1925-05-06T00:00:00+03:07', '2019-12-31T23:30:00+00:00')
    """
    return local(iso if len(iso) > len("2019-12-31") else f"{iso}T00:00:00", zone)


def data_year() -> int:
    """Return the year of the installed time zone data, a lower bound of the current one."""
    return int(tzdata.IANA_VERSION[:4])


def _offset(moment: datetime, zone: str) -> timezone:
    """Return the offset of `zone` at `moment` in whole minutes, as RFC 3339 needs it.

    Before standard time, clocks showed solar time: Riyadh was at +03:06:52.
    """
    place = _zone(zone)
    try:
        here = moment.replace(tzinfo=place) if moment.tzinfo is None else moment.astimezone(place)
    except OverflowError:
        here = moment
    seconds = (here.utcoffset() or timedelta()).total_seconds()
    return timezone(timedelta(minutes=round(seconds / 60)))


@cache
def _zone(name: str) -> tzinfo:
    if name == "UTC":
        return UTC
    with (files("tzdata") / "zoneinfo" / name).open("rb") as data:
        return ZoneInfo.from_file(data, key=name)


@cache
def _names() -> frozenset[str]:
    return frozenset((files("tzdata") / "zones").read_text("ascii").split())


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9+/-]", "", name.casefold().replace("\\", "/").replace(" ", "/"))
