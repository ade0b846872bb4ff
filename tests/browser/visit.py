"""A window of the browser that remembers everything its pages complained of."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route

PROBES = (Path(__file__).parent / "probes.js").read_text("utf-8")
HEIGHT = 800


class Visit:
    """A page, and the list of what went wrong in it: errors, foreign and failed requests."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.page: Page = context.new_page()
        self.page.set_default_timeout(15_000)
        self.complaints: list[str] = []
        self.page.on("console", lambda said: self._heard(said.type, said.text))
        self.page.on("pageerror", lambda fault: self.complaints.append(f"exception: {fault}"))
        self.page.on("request", self._asked)
        self.page.on("requestfailed", self._failed)

    def _heard(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self.complaints.append(f"console {kind}: {text}")

    def _asked(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in {"data", "blob"} and address.hostname != "127.0.0.1":
            self.complaints.append(f"foreign request: {request.url}")

    def _failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # we were off to the next page
            self.complaints.append(f"failed: {request.url} {request.failure}")

    def open(self, url: str) -> Page:
        """Go to `url` and load the probes (the console's door: a page's CSP does not bar it)."""
        self.page.goto(url)
        self.page.evaluate(PROBES)
        return self.page

    def probe(self, name: str, *arguments: Any) -> list[str]:  # noqa: ANN401 - JSON of any kind
        """Return the findings of one function of probes.js."""
        found: list[str] = self.page.evaluate(
            f"(given) => probes.{name}(...given)", list(arguments)
        )
        return found

    def alter(self, url: str, change: Callable[[str], str]) -> None:
        """Give the browser `url` changed, from now on: a fault planted on the way."""

        def answer(route: Route) -> None:
            response = route.fetch()
            before = response.text()
            after = change(before)
            assert after != before, "nothing was planted"
            route.fulfill(response=response, body=after)

        self.page.route(url, answer)


@contextmanager
def visiting(browser: Browser, **options: Any) -> Iterator[Visit]:  # noqa: ANN401 - Playwright's own
    """Open a window of its own; `options` are Playwright's for a context."""
    options.setdefault("viewport", {"width": 1280, "height": HEIGHT})
    options.setdefault("reduced_motion", "reduce")
    context = browser.new_context(locale="ar", **options)
    yield Visit(context)
    context.close()


def assert_none(findings: Iterable[str]) -> None:
    """Fail with all of `findings`, one a line, unless there are none."""
    told = list(findings)
    if told:
        pytest.fail("\n".join(told), pytrace=False)
