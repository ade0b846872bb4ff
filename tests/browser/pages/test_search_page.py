"""Searching as a reader does: by address, by keys, by choice; and what is said when it fails."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser


def test_the_address_carries_the_question(page: Page, base: str) -> None:
    page.goto(base + "search/?q=رصيف")

    expect(page.get_by_role("status").first).to_contain_text("نتائج")
    expect(page.locator("#find")).to_have_value("رصيف")
    assert page.locator("#search-results mark").count() > 0


def test_every_page_leads_to_the_search(page: Page, base: str) -> None:
    page.goto(base + "n/a0000000000000b1/")
    page.keyboard.press("/")
    expect(page.locator("#find")).to_be_focused()
    page.keyboard.type("المنارة")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("/search/\\?q="))
    expect(page.locator("#search-results .headline").first).to_contain_text("المنارة")


def test_arrows_walk_the_results_and_escape_returns(page: Page, base: str) -> None:
    page.goto(base + "search/?q=رصيف")
    links = page.locator("#search-results .headline a")
    expect(links.nth(1)).to_be_visible()
    page.locator("#find").focus()
    page.keyboard.press("ArrowDown")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#find")).to_be_focused()


def test_a_choice_narrows_and_back_undoes_it(page: Page, base: str) -> None:
    page.goto(base + "search/?q=رصيف")
    results = page.locator("#search-results > li")
    expect(results).to_have_count(3)
    page.get_by_role("checkbox", name="بوابة الميناء").check()
    expect(results).to_have_count(1)
    expect(page).to_have_url(re.compile("outlet=bawaba"))
    page.go_back()
    expect(results).to_have_count(3)


def test_typing_searches_and_nothing_found_says_what_next(page: Page, base: str) -> None:
    page.goto(base + "search/")
    page.locator("#find").fill("زرافة")

    expect(page.get_by_role("status").first).to_contain_text("لا نتائج")
    expect(page.locator("#search-none")).to_be_visible()


def test_what_a_reader_types_is_never_markup(page: Page, base: str) -> None:
    page.goto(base + "search/?q=%3Cimg%20src=x%20onerror=alert(1)%3E")
    expect(page.get_by_role("status").first).not_to_be_empty()

    assert page.locator("main img").count() == 0


def test_a_missing_index_is_said_in_words(page: Page, base: str) -> None:
    page.route("**/root.json", lambda route: route.abort())
    page.goto(base + "search/?q=رصيف")

    expect(page.get_by_role("status").first).to_contain_text("تعذّر")


def test_without_scripts_the_page_says_what_to_do(chromium: Browser, base: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(base + "search/?q=رصيف")

    expect(page.locator("main")).to_contain_text("تستطيع من دونها", use_inner_text=True)
    context.close()
