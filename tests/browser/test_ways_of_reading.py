"""A page is read by keyboard, on paper, without scripts and at a small cost."""

import gzip
import re
import subprocess
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Response, expect
from tests.browser.built import Site
from tests.browser.edited import ARTICLE as EDITED
from tests.browser.kinds import KINDS
from tests.browser.visit import Visit, assert_none, visiting

pytestmark = pytest.mark.browser

ARTICLE = KINDS["article"]
STORY = KINDS["story of five"]
HISTORY = f"{EDITED}history/"
# What stands in the head and foot of every page and is of no use on paper.
NAVIGATION = ("تجاوز إلى المحتوى", "ابحث في الأرشيف", "تنبيهات التصويب", "Atom", "داكن")


def walked(visit: Visit, most: int = 400) -> Iterator[str]:
    """Press Tab from the top of the page to its end; yield what is wrong with a stop."""
    for _ in range(most):
        visit.page.keyboard.press("Tab")
        if visit.page.evaluate("document.activeElement === document.body"):
            return
        yield from visit.probe("focus")
    yield f"the focus did not come round in {most} steps"


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Visit]:
    with visiting(chromium, viewport={"width": 360, "height": 740}) as visit:
        yield visit


@pytest.fixture
def unscripted(chromium: Browser) -> Iterator[Page]:
    with visiting(
        chromium, viewport={"width": 360, "height": 740}, java_script_enabled=False
    ) as visit:
        yield visit.page


@pytest.mark.parametrize("kind", ["home", "article", "story of five", "month", "results"])
def test_every_stop_of_the_keyboard_is_seen(
    sample: Site, visit: Visit, phone: Visit, kind: str
) -> None:
    for window in (visit, phone):
        window.open(sample.address + KINDS[kind])
        window.page.wait_for_load_state("networkidle")
        assert_none(walked(window))


def test_the_keyboard_leads_from_the_skip_link_to_a_result(sample: Site, visit: Visit) -> None:
    page = visit.open(sample.address + ARTICLE)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()

    page.keyboard.press("/")
    expect(page.locator("#find")).to_be_focused()
    page.keyboard.type("فسيفساء")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q="))
    first = page.locator("#search-results .headline a").first
    expect(first).to_be_visible()  # a key pressed while the page still comes reaches nobody
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("/")
    expect(page.locator("#find")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(first).to_be_focused()
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(r"/n/[a-z0-9]+/\?q="))
    expect(page.locator("main")).to_contain_text("فسيفساء")
    assert visit.complaints == []


def test_a_result_keeps_the_focus_when_results_are_shown_again(sample: Site, visit: Visit) -> None:
    page = visit.open(f"{sample.address}search/?q=فسيفساء")
    first = page.locator("#search-results .headline a").first
    first.focus()
    page.evaluate("document.activeElement.closest('ul, ol').firstElementChild.dataset.old = '1'")

    page.evaluate("dispatchEvent(new PopStateEvent('popstate'))")

    expect(page.locator("[data-old]")).to_have_count(0)
    expect(first).to_be_focused()
    assert visit.complaints == []


@pytest.mark.parametrize("kind", ["article", "long read", "english", "story of five", "home"])
def test_reading_needs_no_script(sample: Site, visit: Visit, unscripted: Page, kind: str) -> None:
    unscripted.goto(sample.address + KINDS[kind])
    scripted = visit.open(sample.address + KINDS[kind])
    bare = [line for line in unscripted.locator("main").inner_text().split("\n") if line]
    visit.page.set_viewport_size({"width": 360, "height": 740})

    # Scripts may add (the age, a button that copies); they take nothing away.
    assert_none(line for line in bare if line not in scripted.locator("main").inner_text())
    expect(unscripted.locator("button:visible")).to_have_count(1)  # that of the search form
    assert len(bare) > 10


def test_a_story_is_read_outlet_by_outlet_without_scripts(sample: Site, unscripted: Page) -> None:
    unscripted.goto(sample.address + STORY)
    titles = unscripted.locator("tr.title td")
    expect(titles.nth(0)).to_be_visible()
    expect(titles.nth(1)).to_be_hidden()

    unscripted.locator(".choose label").nth(1).click()

    expect(titles.nth(0)).to_be_hidden()
    expect(titles.nth(1)).to_be_visible()


def test_readers_choose_which_outlets_stand_side_by_side(sample: Site, visit: Visit) -> None:
    page = visit.open(sample.address + STORY)
    titles, boxes = page.locator("tr.title td"), page.locator(".pick input")
    shown = [titles.nth(at).is_visible() for at in range(5)]
    boxes.nth(0).uncheck()
    boxes.nth(4).check()

    assert shown == [True, True, True, True, False]
    assert [titles.nth(at).is_visible() for at in range(5)] == [False, True, True, True, True]


def test_two_versions_are_compared_without_scripts(edited: Site, unscripted: Page) -> None:
    unscripted.goto(f"{edited.address}{HISTORY}")
    pairs, wrong = unscripted.locator(".pair"), unscripted.locator(".versus .empty")
    expect(pairs.filter(visible=True)).to_contain_text("تبدأ المرحلة الثانية")
    expect(wrong).to_be_hidden()

    unscripted.get_by_label("إلى النسخة 2").check()
    expect(pairs.filter(visible=True)).to_have_count(1)
    expect(pairs.filter(visible=True).locator("ins").first).to_contain_text("14")
    unscripted.get_by_label("من النسخة 3").check()

    expect(pairs.filter(visible=True)).to_have_count(0)
    expect(wrong).to_be_visible()


@pytest.mark.parametrize("old", range(5))
@pytest.mark.parametrize("new", range(1, 6))
def test_the_style_knows_every_pair_of_versions(
    edited: Site, visit: Visit, old: int, new: int
) -> None:
    numbers = range(6)
    rows = "".join(
        f'<input type="radio" name="old" id="o{at}"{" checked" * (at == old)}>'
        f'<input type="radio" name="new" id="n{at}"{" checked" * (at == new)}>'
        for at in numbers
    )
    pairs = "".join(
        f'<p class="pair v{first}-{second}">{first} {second}</p>'
        for first, second in combinations(numbers, 2)
    )
    page = visit.open(edited.address)
    page.locator("main").evaluate(
        "(main, html) => { main.innerHTML = html }",
        f'<div class="versus">{rows}<p class="empty">-</p>{pairs}</div>',
    )

    shown = page.locator(".versus p").filter(visible=True).all_inner_texts()
    assert shown == ([f"{old} {new}"] if old < new else ["-"])


def printed(page: Page, into: Path) -> str:
    """Return the words of `page` as a printer gets them."""
    page.pdf(path=into, format="A4")
    told = subprocess.run(
        ["pdftotext", "-layout", str(into), "-"], check=True, capture_output=True, text=True
    )
    return told.stdout


def unprinted(text: str, wanted: str) -> list[str]:
    """Return the words of `wanted` that `text` lacks (letters alone: joins and marks vary)."""
    have = "".join(re.findall(r"\w", text))
    return [
        word
        for word in re.findall(r"[^\W\d_]{3,}", wanted)
        if word not in have and word[::-1] not in have
    ]


@pytest.mark.parametrize("kind", ["article", "story of five", "english"])
def test_print_holds_the_text_and_no_navigation(
    sample: Site, visit: Visit, tmp_path: Path, kind: str
) -> None:
    page = visit.open(sample.address + KINDS[kind])
    page.emulate_media(media="print", color_scheme="dark")
    words = printed(page, tmp_path / "page.pdf")

    assert_none(visit.probe("paper"))
    assert_none(unprinted(words, page.locator("h1").inner_text()))
    if kind != "story of five":
        assert_none(unprinted(words, page.locator(".body").inner_text()))
    assert [label for label in NAVIGATION if not unprinted(words, label)] == []


def test_a_story_is_printed_outlet_below_outlet(sample: Site, visit: Visit, tmp_path: Path) -> None:
    page = visit.open(sample.address + STORY)
    heads = page.locator("thead th").all_inner_texts()
    alone = page.locator("tr.unique li").all_inner_texts()
    page.set_viewport_size({"width": 660, "height": 900})  # what A4 has between its margins
    page.emulate_media(media="print")
    words = printed(page, tmp_path / "page.pdf")

    assert len(heads) == 5
    assert_none(found for text in (*heads, *alone) for found in unprinted(words, text))
    assert_none(visit.probe("overflow"))


def test_an_article_costs_little(sample: Site, visit: Visit) -> None:
    answers: list[Response] = []
    visit.page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 - Playwright marks it
    visit.open(sample.address + ARTICLE)
    visit.page.wait_for_load_state("networkidle")

    assert len(answers) <= 6
    assert sum(len(gzip.compress(answer.body())) for answer in answers) <= 25_000


def test_the_chosen_colours_stay_from_page_to_page(sample: Site, visit: Visit) -> None:
    page = visit.open(sample.address)
    page.get_by_role("button", name="داكن").click()
    page.goto(sample.address + ARTICLE)

    expect(page.locator("html")).to_have_attribute("data-scheme", "dark")
    expect(page.locator("body")).to_have_css("background-color", "rgb(20, 19, 15)")


def test_the_404_page_leads_on_from_any_depth(sample: Site, visit: Visit) -> None:
    page = visit.open(sample.address + "no/such/page/")
    page.get_by_role("navigation", name="أقسام الأرشيف").get_by_text("المواضيع").click()

    expect(page).to_have_url(sample.address + "topics/")
    expect(page.locator("h1")).to_have_text("المواضيع")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("people/layla-sabag/", "people/layla-sabbagh/"),
        ("stories/inqita-miyah-halab/", ""),
        ("topics/watr", "topics/water/"),
        ("people/x/", ""),
        ("n/abcdef/", ""),
    ],
)
def test_the_404_page_offers_the_nearest_address(
    sample: Site, visit: Visit, asked: str, found: str
) -> None:
    page = visit.open(sample.address + asked)
    page.wait_for_load_state("networkidle")
    hint = page.locator("#nearest")

    expect(hint).to_be_visible(visible=bool(found))
    if found:
        hint.get_by_role("link").click()
        expect(page).to_have_url(sample.address + found)
