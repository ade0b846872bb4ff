"""The form in Chromium: by keyboard alone, without scripts, at both widths, in light and dark."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser import axe
from tests.desk.editor import ARTICLE, Editor
from tests.preview.served import PATIENCE

pytestmark = pytest.mark.browser
FORM = f"-/edit/{ARTICLE}"


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context()
    context.set_default_timeout(PATIENCE * 1000)
    expect.set_options(timeout=PATIENCE * 1000)
    yield context.new_page()
    context.close()


def enter(page: Page, editor: Editor) -> str:
    """Come in with the token of the printed address, return the preview's own without it.

    By a file: the page of a site may just be loading itself again, as its archive has changed.
    """
    root, _, token = editor.served.address.partition("?")
    page.goto(f"{root}-/desk.css?{token}")
    return root


def test_a_save_by_keyboard_shows_on_the_open_page(editor: Editor, page: Page) -> None:
    root = enter(page, editor)
    reader = page.context.new_page()
    reader.goto(f"{root}n/{ARTICLE}/")
    reader.get_by_role("link", name="Edit this article").focus()
    page.goto(root + FORM)

    page.get_by_label("Headline", exact=True).fill("عنوان كُتب في النموذج")
    page.keyboard.press("Control+s")

    expect(page.get_by_role("status").first).to_contain_text("saved")
    reader.bring_to_front()
    expect(reader.locator("h1").first).to_contain_text("عنوان كُتب في النموذج")
    assert "title: عنوان كُتب في النموذج" in editor.text


def test_the_text_is_shown_as_it_is_typed_and_nothing_of_it_runs(
    editor: Editor, page: Page
) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    root = enter(page, editor)
    page.goto(root + FORM)
    expect(page.locator("#seen p").first).to_contain_text("أبو قصرة")

    page.locator("#body").fill("**قوي** <img src=x onerror=alert(1)><script>alert(1)</script>")

    expect(page.locator("#seen strong")).to_have_text("قوي")
    assert page.locator("#seen script").count() == 0
    assert [line for line in complaints if "404" not in line] == []


def test_it_works_without_scripts(editor: Editor, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    root = enter(page, editor)
    page.goto(root + FORM)
    page.get_by_label("Published on").fill("2025-13-01")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#about-date")).to_contain_text("2025-13-01")

    page.get_by_label("Published on").fill("2025-10-11")
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_role("status").first).to_contain_text("saved")
    assert "date: 2025-10-11" in editor.text
    context.close()


def test_a_fault_takes_the_focus_and_a_further_row_can_be_added(editor: Editor, page: Page) -> None:
    root = enter(page, editor)
    page.goto(root + FORM)
    page.get_by_role("button", name="Add to: People").click()
    assert page.evaluate("document.activeElement.name") == "people.2"
    page.keyboard.type("no-such-person")
    page.keyboard.press("Control+s")

    expect(page.locator("#people-2")).to_be_focused()
    expect(page.get_by_role("alert")).to_contain_text("no-such-person")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_and_nothing_is_cut(
    editor: Editor, chromium: Browser, width: int, scheme: str
) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    root = enter(page, editor)
    page.goto(root + FORM)
    for summary in page.locator("summary").all():
        summary.click()
    axe.load(page)
    found = axe.findings(page)
    page.get_by_label("Published on").fill("2025-13-01")
    page.keyboard.press("Control+s")
    expect(page.locator("#about-date")).to_be_visible()
    axe.load(page)

    assert found + axe.findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert re.fullmatch(r"/-/edit/\w+", page.evaluate("location.pathname"))
    context.close()
