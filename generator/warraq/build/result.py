"""What a build returns, whether full or incremental."""

from typing import NamedTuple

from warraq.base.problems import Problem
from warraq.publish.tree import Outcome


class BuildResult(NamedTuple):
    """What a build did.

    `undated` counts the articles that feeds must leave out. `templates` are (template, pages,
    seconds) of those that were rendered, the slowest first.
    """

    outcome: Outcome
    articles: int
    undated: int
    problems: tuple[Problem, ...]
    templates: tuple[tuple[str, int, float], ...] = ()
