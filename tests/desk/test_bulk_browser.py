"""Search and editing together in Chromium: by keyboard, and without scripts."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.desk.editor import ARTICLE, Editor
from tests.desk.test_browser import enter
from tests.preview.served import PATIENCE

pytestmark = pytest.mark.browser
QUERY = "أبوقصرة"


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context()
    yield opened(context)
    context.close()


def opened(context: BrowserContext) -> Page:
    context.set_default_timeout(PATIENCE * 1000)
    expect.set_options(timeout=PATIENCE * 1000)
    return context.new_page()


def test_a_topic_is_added_by_keyboard_and_taken_from_the_files_again(
    editor: Editor, page: Page
) -> None:
    page.goto(enter(page, editor) + "-/search")
    page.keyboard.type(QUERY)
    page.keyboard.press("Enter")
    expect(page.locator("mark").first).to_be_visible()

    expect(page.get_by_label("All of this page")).to_be_visible()  # the script has begun
    page.get_by_label("All of this page").focus()
    page.keyboard.press("Space")
    expect(page.locator("#chosen")).to_have_text("Chosen: 2")
    page.get_by_role("button", name="Edit the chosen together").press("Enter")
    page.get_by_label("Field").first.select_option("add topic")
    page.get_by_label("Value").first.fill("صيد اللؤلؤ")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="2 articles would change")).to_be_focused()
    page.get_by_role("button", name="Write these changes").press("Enter")

    expect(page.get_by_role("status").first).to_contain_text("صيد اللؤلؤ")
    expect(page.get_by_role("button", name="Take it back")).to_be_visible()
    assert "صيد اللؤلؤ" in editor.text
    page.get_by_role("button", name="Take it back").press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("تراجع")
    expect(page.get_by_role("searchbox")).to_have_value(QUERY)
    assert editor.git("diff", "--stat", "first") == ""


def test_a_value_is_completed_from_the_files_of_its_field(editor: Editor, page: Page) -> None:
    page.goto(enter(page, editor) + f"-/bulk?q=x&id={ARTICLE}")
    page.get_by_label("Field").first.select_option("add topic")

    known = page.get_by_label("Value").first.evaluate(
        "input => [...input.list.options].map(option => option.value)"
    )

    assert "syria-turkey" in known
    assert "exact" not in known


def test_it_works_without_scripts(editor: Editor, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = opened(context)
    page.goto(enter(page, editor) + "-/search")
    page.get_by_role("searchbox").fill(QUERY)
    page.keyboard.press("Enter")
    page.get_by_label("All that have your words").check()
    page.get_by_role("button", name="Edit the chosen together").click()
    page.get_by_label("Field").first.select_option("unset topic")
    page.get_by_role("button", name="Show what would change").click()
    page.get_by_role("button", name="Write these changes").click()

    expect(page.get_by_role("status").first).to_be_visible()
    assert "topics:" not in editor.text
    context.close()
