"""Drafts and the history in Chromium: without scripts, and by keyboard alone."""

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.desk.editor import ARTICLE, Editor
from tests.desk.test_browser import enter
from tests.preview.served import PATIENCE

pytestmark = pytest.mark.browser
NAME = "ملف الانتخابات"


def test_a_draft_is_started_published_and_taken_back_without_scripts(
    editor: Editor, chromium: Browser
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    context.set_default_timeout(PATIENCE * 1000)
    page = context.new_page()
    root = enter(page, editor)
    before = editor.text
    page.goto(f"{root}-/changes")
    page.get_by_role("link", name="Drafts of the site").click()
    page.get_by_label("Its name").fill(NAME)
    page.get_by_role("button", name="Start it").click()
    expect(page.get_by_role("banner")).to_contain_text(NAME)
    page.goto(f"{root}-/edit/{ARTICLE}")
    page.get_by_label("Section", exact=True).fill("في المسودة")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="You are working on a draft").click()
    expect(page.locator("ins").first).to_contain_text("في المسودة")
    page.get_by_role("button", name="Publish the draft").click()
    expect(page.get_by_role("status").first).to_contain_text(NAME)
    assert "section: في المسودة" in editor.text

    page.get_by_role("button", name="Take it back").click()

    expect(page.get_by_role("status").first).to_contain_text("تراجع عن")
    assert editor.text == before
    context.close()


def test_by_keyboard_a_change_is_taken_back_and_read(editor: Editor, chromium: Browser) -> None:
    context = chromium.new_context()
    context.set_default_timeout(PATIENCE * 1000)
    page = context.new_page()
    root = enter(page, editor)
    before = editor.text
    assert editor.save(editor.open() | {"section": "محليات"})[0] == 200
    page.goto(f"{root}-/changes")

    pressed(page, "Take it back")

    expect(page.get_by_role("status").first).to_contain_text("تراجع عن")
    assert editor.text == before
    expect(page.get_by_text("taken back", exact=True)).to_be_visible()
    page.get_by_role("link", name="عدّل").last.focus()
    page.keyboard.press("Enter")
    expect(page.locator("ins")).to_contain_text("محليات")
    expect(page.locator("ins .unseen")).to_have_text("Added: ")
    context.close()


def pressed(page: Page, name: str) -> None:
    """Come to a button by Tab alone, and press it."""
    for _ in range(100):
        page.keyboard.press("Tab")
        label = page.evaluate(
            "(at => at.getAttribute('aria-label') ?? at.innerText)(document.activeElement)"
        )
        if label.startswith(name):
            page.keyboard.press("Enter")
            return
    raise AssertionError(name)
