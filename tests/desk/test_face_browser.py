"""The archive's face and its pictures in Chromium: seen before it is saved, and task by task."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect
from tests.desk.editor import ARTICLE, Editor
from tests.desk.pictures import picture
from tests.preview.served import PATIENCE

pytestmark = pytest.mark.browser


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(PATIENCE * 1000)
    expect.set_options(timeout=PATIENCE * 1000)
    yield context.new_page()
    context.close()


@pytest.fixture
def logo(tmp_path: Path) -> Path:
    file = tmp_path / "شعار.png"
    file.write_bytes(picture(size=(240, 60)))
    return file


def open_page(page: Page, editor: Editor, path: str) -> None:
    """Come in with the token of the printed address, and open a page of the desk."""
    root, _, token = editor.served.address.partition("?")
    page.goto(f"{root}-/desk.css?{token}")
    page.goto(f"{root}{path}")


def frame(page: Page) -> FrameLocator:
    return page.frame_locator("#face-frame")


def settings(editor: Editor) -> str:
    return (editor.served.site / "site.yaml").read_text("utf-8")


def test_a_colour_and_a_name_are_seen_before_they_are_saved(editor: Editor, page: Page) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    before = settings(editor)
    open_page(page, editor, "-/face")
    expect(frame(page).locator(".masthead")).to_be_visible()

    page.get_by_label("Name of the archive").fill("اسم <b>آخر</b>")
    page.get_by_role("group", name="Accent").get_by_label("Light").first.fill("#00695c")

    expect(frame(page).locator(".masthead .name")).to_have_text("اسم <b>آخر</b>")
    bar = frame(page).locator("body")
    expect(bar).to_have_css("border-top-color", "rgb(0, 105, 92)")
    page.get_by_role("radio", name="An article").check()
    expect(frame(page).locator("article h1")).to_be_visible()
    page.get_by_role("radio", name="Computer").check()
    expect(page.locator(".glass")).to_have_class("glass scaled")
    assert page.evaluate("document.getElementById('face-frame').clientWidth") == 1280
    page.get_by_role("radio", name="Dark").check()
    expect(frame(page).locator("html")).to_have_attribute("data-scheme", "dark")
    assert settings(editor) == before
    assert complaints == []


def test_a_faint_colour_is_said_while_it_is_typed_and_one_button_mends_it(
    editor: Editor, page: Page
) -> None:
    open_page(page, editor, "-/face")
    link = page.get_by_role("group", name="Links").get_by_label("Light").first
    link.fill("#99bbff")

    page.get_by_role("button", name="Use #").click()

    expect(link).not_to_have_value("#99bbff")
    expect(page.locator("#face-faults button")).to_have_count(0)
    page.keyboard.press("Control+s")
    expect(page.get_by_role("status").first).to_contain_text("غيّر مظهر الأرشيف: الروابط")
    assert link.input_value() in settings(editor)


def test_the_logo_is_changed_in_three_steps(editor: Editor, page: Page, logo: Path) -> None:
    open_page(page, editor, "-/face")  # 1
    row = page.locator(".input", has=page.get_by_label("Logo", exact=True))
    with page.expect_file_chooser() as chooser:
        row.get_by_role("button", name="Choose a picture").click()
    chooser.value.set_files(logo)  # 2
    expect(page.get_by_label("Logo", exact=True)).to_have_value("shaar.png")
    expect(frame(page).locator(".masthead img.logo")).to_have_js_property("naturalWidth", 240)
    page.get_by_role("button", name="Save").click()  # 3

    expect(page.get_by_role("status").first).to_contain_text("غيّر مظهر الأرشيف: الشعار")
    assert "logo: shaar.png\n" in settings(editor)
    assert editor.git("status", "--porcelain", "content", "site.yaml") == ""


def test_without_scripts_the_logo_is_sent_named_and_seen(
    editor: Editor, chromium: Browser, logo: Path
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    open_page(page, editor, "-/media")
    page.get_by_label("A picture from your device").set_input_files(logo)
    page.get_by_role("button", name="Send the picture").click()
    expect(page.get_by_role("heading", name="shaar.png").first).to_be_visible()
    page.get_by_role("link", name="face").first.click()
    page.get_by_label("Logo", exact=True).fill("shaar.png")

    page.get_by_role("button", name="Show me").click()
    expect(frame(page).locator(".masthead img.logo")).to_be_visible()
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_role("status").first).to_contain_text("غيّر مظهر الأرشيف: الشعار")
    assert "logo: shaar.png\n" in settings(editor)
    context.close()


def test_a_picture_is_put_into_an_article_with_its_description(
    editor: Editor, page: Page, logo: Path
) -> None:
    open_page(page, editor, f"-/edit/{ARTICLE}")
    page.locator("summary", has_text="Pictures").click()
    row = page.locator(".input", has=page.locator("#image-src"))
    with page.expect_file_chooser() as chooser:
        row.get_by_role("button", name="Choose a picture").click()
    chooser.value.set_files(logo)
    expect(page.locator("#image-alt")).to_be_focused()
    page.keyboard.press("Control+s")
    expect(page.get_by_role("alert")).to_contain_text("no description")
    page.locator("#image-alt").fill("شعار أخضر")
    page.keyboard.press("Control+s")

    expect(page.get_by_role("status").first).to_contain_text("saved")
    assert "shaar.png" in editor.text
    assert "شعار أخضر" in editor.text


def test_a_picture_is_dropped_on_the_page_of_pictures(editor: Editor, page: Page) -> None:
    open_page(page, editor, "-/media")
    sent = list(picture(colour="navy"))
    page.evaluate(
        """bytes => {
            const data = new DataTransfer();
            data.items.add(new File([new Uint8Array(bytes)], "drop.png", {type: "image/png"}));
            document.dispatchEvent(new DragEvent("drop", {dataTransfer: data, bubbles: true}));
        }""",
        sent,
    )

    expect(page.get_by_role("heading", name="drop.png").first).to_be_visible()
    assert (editor.served.site / "content/media/drop.png").read_bytes() == bytes(sent)
