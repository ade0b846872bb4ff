"""What the readers of exports give: the records of a file as they come, and whose they are."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from warraq.base.problems import Problem

COMMENTS = "comments_left"  # how many readers' comments a record had
Record = Mapping[str, object]
MAX_RECORD = 16 * 1024 * 1024  # letters; an article has some 10,000


class Numbered(NamedTuple):
    """A record and the line it begins on, from 1; `notes` say what had to be mended in it."""

    number: int
    record: Record
    notes: tuple[str, ...] = ()


class Export(NamedTuple):
    """The records of one file, a Problem in the place of each that cannot be read.

    `origin` names the site that gave the records their ids, "" where the file does not tell;
    `formerly` are names under which earlier versions kept these ids. `ours`: its fields have our
    own names, and the map in site.yaml is for other exports; `named`: site.yaml names the origin.
    """

    records: Iterator[Numbered | Problem]
    origin: str = ""
    formerly: tuple[str, ...] = ()
    ours: bool = False
    named: bool = False
