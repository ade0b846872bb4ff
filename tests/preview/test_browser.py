"""The open page in Chromium: it follows a save by itself and shows what is broken."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.preview.served import PATIENCE, Served, eventually

pytestmark = pytest.mark.browser


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    opened = chromium.new_page()
    opened.set_default_timeout(PATIENCE * 1000)
    expect.set_options(timeout=PATIENCE * 1000)
    yield opened
    opened.close()


def test_a_save_shows_an_error_shows_and_goes(served: Served, page: Page) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(served.address + "a/")

    served.write("a.txt", "الخبر بعد التعديل")
    expect(page.locator("#text")).to_have_text("الخبر بعد التعديل")

    served.write("a.txt", "BROKEN <b>x</b>")
    panel = page.locator("warraq-desk [role=alert]")
    expect(panel).to_contain_text("content/a.txt:3")
    expect(panel).to_contain_text("«BROKEN <b>x</b>»")
    expect(panel).to_contain_text("write one of")
    expect(page.locator("#text")).to_have_text("الخبر بعد التعديل")

    served.write("a.txt", "عاد الخبر")
    expect(page.locator("#text")).to_have_text("عاد الخبر")
    expect(page.locator("warraq-desk")).to_have_count(0)
    assert complaints == []


def test_an_open_page_tells_of_a_stopped_server_and_follows_the_next(
    start: Callable[..., Served], page: Page
) -> None:
    first = start()
    assert eventually(lambda: first.get("/a/")[0].status == 200)
    with page.expect_response("**/-/events"):  # from then on it knows whether the server is there
        page.goto(first.address + "a/")
    expect(page.locator("#text")).to_have_text("الخبر الأول")

    first.stop()
    expect(page.locator("warraq-desk")).to_contain_text("stopped")

    first.write("a.txt", "كُتب أثناء التوقف")
    start(port=first.port)
    expect(page.locator("#text")).to_have_text("كُتب أثناء التوقف")


def test_a_page_before_the_first_build_becomes_the_page(served: Served, page: Page) -> None:
    page.goto(served.address + "later/")
    expect(page.locator("h1")).to_have_text("There is no page at this address.")

    served.write("later.txt", "وصل الخبر")

    expect(page.locator("#text")).to_have_text("وصل الخبر")
