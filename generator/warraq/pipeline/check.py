"""`warraq check`: everything wrong with a site, without building it."""

from pathlib import Path

from warraq.base.config import load
from warraq.base.problems import Problem
from warraq.content import store


def check(site: Path) -> tuple[Problem, ...]:
    """Return everything wrong with site.yaml and content."""
    _, warnings = load(site)
    return tuple(sorted((*warnings, *store.load(site).problems)))
