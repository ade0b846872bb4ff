"""What a body holds and its page does not show: findings of prose as problems with their lines."""

from collections.abc import Iterable, Iterator

from warraq.base.problems import Problem, warning
from warraq.content.store import LineFinder
from warraq.model import Finding


def omissions(path: str, findings: Iterable[Finding], lines: LineFinder) -> Iterator[Problem]:
    """Yield a warning for each of `findings` about the body of the file at `path`."""
    for finding in findings:
        line = lines.of_body(path, finding.line)
        yield warning(finding.code, path, line, value=finding.value)
