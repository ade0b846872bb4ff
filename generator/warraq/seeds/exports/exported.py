"""What the readers of exports return: a file's records and the site they are from."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from warraq.base.problems import Problem

COMMENTS = "comments_left"  # the number of a record's reader comments
Record = Mapping[str, object]
MAX_RECORD = 16 * 1024 * 1024  # characters; an article has some 10,000


class Numbered(NamedTuple):
    """A record and the line it begins on, from 1; `notes` list the repairs made to it."""

    number: int
    record: Record
    notes: tuple[str, ...] = ()


class Export(NamedTuple):
    """The records of one file, with a Problem in place of each unreadable one.

    `origin` names the site that assigned the records' ids, "" if the file does not name it;
    `formerly` are names under which earlier versions stored these ids. `ours`: its fields have our
    own names, and the map in site.yaml does not apply; `named`: site.yaml names the origin.
    """

    records: Iterator[Numbered | Problem]
    origin: str = ""
    formerly: tuple[str, ...] = ()
    ours: bool = False
    named: bool = False
