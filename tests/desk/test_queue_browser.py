"""The queues in Chromium: decided by keyboard alone, without scripts, at both widths."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser import axe
from tests.desk.editor import Editor
from tests.preview.served import PATIENCE

from warraq.commands.todo import QUEUES

pytestmark = pytest.mark.browser


@pytest.fixture
def page(chromium: Browser, desk: Editor) -> Iterator[Page]:
    context = chromium.new_context()
    context.set_default_timeout(PATIENCE * 1000)
    expect.set_options(timeout=PATIENCE * 1000)
    found = context.new_page()
    enter(found, desk)
    yield found
    context.close()


def enter(page: Page, desk: Editor) -> None:
    root, _, token = desk.served.address.partition("?")
    page.goto(f"{root}-/desk.css?{token}")


def at(desk: Editor, path: str) -> str:
    return desk.served.address.partition("?")[0].rstrip("/") + path


def press(page: Page, key: str) -> None:
    """Press a key on a page whose scripts have run."""
    page.wait_for_load_state()
    page.keyboard.press(key)


def heading(page: Page) -> str:
    return page.locator("#case").inner_text()


def test_a_queue_is_walked_and_decided_by_keyboard(page: Page, desk: Editor) -> None:
    page.goto(at(desk, "/-/"))
    page.get_by_role("link", name="articles without a date").press("Enter")
    first = heading(page)

    press(page, "j")
    expect(page.locator("#case")).not_to_have_text(first)
    second = heading(page)
    press(page, "k")
    expect(page.locator("#case")).to_have_text(first)
    press(page, "ArrowRight")
    expect(page.locator("#case")).to_have_text(second)

    page.get_by_label("Day of publication").focus()
    page.keyboard.type("jk2023-04-05")  # no keys for the queue while one types
    assert heading(page) == second
    page.get_by_label("Day of publication").fill("2023-04-05")
    page.keyboard.press("Enter")

    expect(page.get_by_role("status").first).to_contain_text(f"Date «{second}»: 2023-04-05")
    expect(page.locator("#case")).to_be_focused()
    assert second not in page.locator("main ol.list").inner_text().split("\n")
    assert desk.git("log", "-1", "--format=%s") == f"Date «{second}»: 2023-04-05"


def test_letters_can_be_switched_off(page: Page, desk: Editor) -> None:
    page.goto(at(desk, "/-/queue/links"))
    first = heading(page)
    page.get_by_text("Keys", exact=True).click()
    page.get_by_label("Use j for next").uncheck()
    page.get_by_text("Keys", exact=True).focus()
    press(page, "j")
    press(page, "ArrowRight")
    expect(page.locator("#case")).not_to_have_text(first)
    second = heading(page)
    press(page, "k")

    assert heading(page) == second


def test_it_is_decided_without_scripts(desk: Editor, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    enter(page, desk)
    page.goto(at(desk, "/-/queue/topics"))
    title = heading(page)
    page.get_by_label("طرق").check()
    page.get_by_role("button", name="These are its topics").click()

    expect(page.get_by_role("status").first).to_contain_text(f"Set topics of «{title}»: طرق")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_and_nothing_is_cut(
    desk: Editor, chromium: Browser, width: int, scheme: str
) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    enter(page, desk)
    found = []
    for name in ("", *sorted(QUEUES)):
        path = f"queue/{name}" if name else ""
        page.goto(at(desk, f"/-/{path}"))
        for summary in page.locator("summary").all():
            summary.click()
        axe.load(page)
        found += axe.findings(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    page.goto(at(desk, "/-/queue/dates"))
    page.get_by_label("Day of publication").fill("soon")
    page.get_by_role("button", name="This is its date").click()
    expect(page.get_by_role("alert")).to_contain_text("no date that can be read")
    axe.load(page)

    assert found + axe.findings(page) == []
    context.close()
