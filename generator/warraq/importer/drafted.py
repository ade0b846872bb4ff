"""What goes into processing, a `Seed`, and what comes out: `Ready`, `Skipped` or `Refused`."""

from pathlib import Path
from typing import NamedTuple, TypeAlias

from warraq.base.problems import Problem
from warraq.importer.picture_files import FoundPicture
from warraq.importer.report import ReportLine
from warraq.intake.people import IntroducedPerson
from warraq.model import Draft
from warraq.prose.mentions import Mention
from warraq.seeds.exports import export_records


class Seed(NamedTuple):
    """A seed to be drafted: a `file`, or the `record` of an export. `name` is its path in the site.

    `sidecar_sha256` is the digest of its sidecar, `received` the --received day of an earlier
    import of the same bytes.
    """

    name: str
    sha256: str = ""
    sidecar_sha256: str = ""
    received: str = ""
    file: Path = Path()
    record: export_records.Exported | None = None

    @property
    def external_ids(self) -> dict[str, str]:
        """Return the ids in the CMS that it was exported from."""
        return self.record.external_ids if self.record else {}

    @property
    def formerly(self) -> tuple[tuple[str, str], ...]:
        """Return the same ids as earlier versions of warraq recorded them."""
        return self.record.formerly if self.record else ()

    @property
    def modified(self) -> str:
        """Return when its record was last changed, according to the export."""
        return self.record.modified if self.record else ""

    @property
    def thrown_away(self) -> bool:
        """Whether it is in the CMS's trash."""
        return bool(self.record and self.record.thrown_away)

    def without_payload(self) -> "Seed":
        """Return the seed without its record's fields, which nothing reads after drafting."""
        return self._replace(record=self.record._replace(record={})) if self.record else self


class Ready(NamedTuple):
    """A seed with a draft, ready to be written.

    `text` and `receipt` are the bytes of both files under the draft's own id. `sketch` finds near
    duplicates, `mentions` are the names that have an authority file, `introduced` all people whom
    the text introduces. `pictures` are to be copied to content/media, `away` are the addresses of
    pictures that are not available locally.
    """

    seed: Seed
    draft: Draft
    text: bytes
    receipt: bytes
    sketch: tuple[int, ...] = ()
    mentions: tuple[Mention, ...] = ()
    introduced: tuple[IntroducedPerson, ...] = ()
    pictures: tuple[FoundPicture, ...] = ()
    away: tuple[str, ...] = ()


class Skipped(NamedTuple):
    """A seed that needs no drafting, with its line in the report."""

    seed: Seed
    line: ReportLine


class Refused(NamedTuple):
    """A seed that gives no article, and why."""

    seed: Seed
    problems: tuple[Problem, ...]


Drafted: TypeAlias = Ready | Skipped | Refused
