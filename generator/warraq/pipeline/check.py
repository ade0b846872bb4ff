"""`warraq check`: everything wrong with a site, and what waits for an editor, without building."""

from pathlib import Path

from warraq.base.config import load
from warraq.base.problems import Problem
from warraq.content import store
from warraq.content.waiting import waiting


def check(site: Path) -> tuple[Problem, ...]:
    """Return everything wrong with site.yaml and content, and every decision still open."""
    _, warnings = load(site)
    content = store.load(site)
    return tuple(sorted({*warnings, *content.problems, *waiting(site, content.articles)}))
