"""axe-core in an open page: WCAG 2.2 AA and axe's best practices."""

import json

from playwright.sync_api import Page
from tests.browser.built import REPOSITORY

SCRIPT = REPOSITORY / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
_RUN = """tags => axe.run(document, {runOnly: tags, resultTypes: ["violations"]}).then(
    ({violations}) => violations.flatMap(rule => rule.nodes.map(
        node => `${rule.id}: ${node.target.join(" ")} ${node.any[0]?.message ?? rule.help}`)))"""


def load(page: Page) -> None:
    """Put axe into the page, through the console's door: a script element would break the CSP."""
    page.evaluate(SCRIPT.read_text("utf-8"))


def findings(page: Page) -> list[str]:
    """Return "rule: element why" for everything axe holds against the page as it is now."""
    found: list[str] = page.evaluate(_RUN, json.loads(json.dumps(TAGS)))
    return found
