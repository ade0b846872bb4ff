"""The archive's names in Chromium: by keyboard alone, and without scripts."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.desk.editor import Editor
from tests.preview.served import PATIENCE

pytestmark = pytest.mark.browser
STORY = "-/names/stories/ankara-meeting-2025-10-12"


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def page(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = chromium.new_context(java_script_enabled=request.param)
    context.set_default_timeout(PATIENCE * 1000)
    expect.set_options(timeout=PATIENCE * 1000)
    yield context.new_page()
    context.close()


def enter(page: Page, editor: Editor) -> str:
    """Come in with the token of the printed address, return the preview's own without it."""
    root, _, token = editor.served.address.partition("?")
    page.goto(f"{root}-/desk.css?{token}")
    return root


def test_a_key_is_changed_and_taken_back_by_keyboard(editor: Editor, page: Page) -> None:
    before = editor.git("rev-parse", "HEAD^{tree}")
    page.goto(enter(page, editor) + "-/names?kind=topics")
    page.locator('ol a[href="/-/names/topics/syria-turkey"]').press("Enter")
    page.get_by_role("link", name="Change its key").press("Enter")
    page.get_by_label("New key").fill("relations")
    page.keyboard.press("Enter")
    expect(page.get_by_text("will refer to the new key")).to_be_visible()
    page.get_by_role("button", name="Change the key").press("Enter")

    expect(page).to_have_url(re.compile("/-/names/topics/relations"))
    expect(page.get_by_role("status").first).to_contain_text("relations")
    assert "relations" in editor.text
    page.get_by_role("button", name="Take it back").press("Enter")

    expect(page.get_by_role("status").first).to_be_visible()
    assert "relations" not in editor.text
    assert editor.git("rev-parse", "HEAD^{tree}") == before


def test_enter_in_a_field_saves_it(editor: Editor, page: Page) -> None:
    page.goto(enter(page, editor) + "-/names/people/hakan-fidan")
    page.get_by_label("Country").fill("تركيا")
    page.keyboard.press("Enter")

    expect(page.get_by_role("status").first).to_contain_text("saved")
    assert "country: تركيا" in (editor.served.site / "content/people/hakan-fidan.md").read_text(
        "utf-8"
    )


def test_articles_are_found_for_a_story(editor: Editor, page: Page) -> None:
    page.goto(enter(page, editor) + STORY)
    page.get_by_label("Article ID").first.fill("")
    page.get_by_label("Words or a query").fill("أبو قصرة")
    page.get_by_role("button", name="Search").press("Enter")
    page.locator("#hits input").first.check()
    page.get_by_role("button", name="Save").press("Enter")

    expect(page.get_by_role("status").first).to_contain_text("saved")
    assert editor.git("log", "-1", "--format=%s").endswith("المواد")
