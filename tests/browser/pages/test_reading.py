"""Pages as a browser shows them: whole, quiet, in reading order, usable by keyboard and alone."""

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.render import samples

from warraq.render.pages import plan

pytestmark = pytest.mark.browser

ARTICLE = "n/a0000000000000b1/"
ONE_OF_EACH = {
    planned.kind: planned.url[1:]
    for planned in plan(samples.material())
    if planned.url.endswith(("/", "404.html")) and planned.kind != "redirect"
}
SHOWN_ORDER = """(text) => {
  const span = document.createElement("p");
  span.innerHTML = text;
  document.querySelector(".body").append(span);
  const places = [];
  const walk = document.createTreeWalker(span, NodeFilter.SHOW_TEXT);
  for (let node; (node = walk.nextNode()); )
    for (let at = 0; at < node.length; at++) {
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      places.push([range.getBoundingClientRect().left, node.data[at]]);
    }
  return places.sort((a, b) => a[0] - b[0]).map((place) => place[1]).join("");
}"""


@pytest.mark.parametrize("kind", sorted(ONE_OF_EACH))
def test_a_page_asks_no_other_host_and_the_console_is_quiet(
    page: Page, base: str, kind: str
) -> None:
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda fault: said.append(str(fault)))
    page.goto(base + ONE_OF_EACH[kind])

    assert [url for url in asked if not url.startswith(base)] == []
    assert said == []


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
@pytest.mark.parametrize("size", [16, 32])
def test_no_page_is_wider_than_the_screen(
    chromium: Browser, base: str, width: int, size: int
) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    wide = {}
    for kind, url in ONE_OF_EACH.items():
        page.goto(base + url)
        page.evaluate(f"document.documentElement.style.fontSize = '{size}px'")
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if over > 0:
            wide[kind] = over
    context.close()

    assert wide == {}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2025-10-12", "2025-10-12"),
        ("2-1", "2-1"),
        ("+90", "+90"),
        ("0931 222 333", "0931 222 333"),
        ("C++", "C++"),
    ],
)
def test_numbers_show_as_they_are_read(page: Page, base: str, text: str, shown: str) -> None:
    from warraq.render.bidi import isolated  # noqa: PLC0415 - beside its use

    page.goto(base + ARTICLE)

    assert shown in page.evaluate(SHOWN_ORDER, isolated(f"قبل {text} بعد"))
    if text != "C++":
        assert shown not in page.evaluate(SHOWN_ORDER, f"قبل {text} بعد")  # without the filter


def test_a_latin_name_does_not_drag_the_number_after_it(page: Page, base: str) -> None:
    from warraq.render.bidi import isolated  # noqa: PLC0415 - beside its use

    page.goto(base + ARTICLE)
    plain = "سفينة Nour، 12 يومًا"

    assert page.evaluate(SHOWN_ORDER, isolated(plain)).index("12") < page.evaluate(
        SHOWN_ORDER, isolated(plain)
    ).index("Nour")
    assert page.evaluate(SHOWN_ORDER, plain).index("12") > page.evaluate(SHOWN_ORDER, plain).index(
        "Nour"
    )


def test_the_first_tab_is_the_skip_link_and_it_leads_to_the_content(page: Page, base: str) -> None:
    page.goto(base + ARTICLE)
    page.keyboard.press("Tab")

    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_an_article_is_light(page: Page, base: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(base + ARTICLE)
    page.wait_for_load_state("networkidle")

    assert len(asked) <= 6


def test_the_type_is_set_for_reading(page: Page, base: str) -> None:
    page.goto(base + "n/c0000000000000d3/")
    size, leading, width = page.evaluate(
        """() => {
          const body = document.querySelector(".body");
          const style = getComputedStyle(body);
          return [parseFloat(style.fontSize), parseFloat(style.lineHeight), body.clientWidth];
        }"""
    )
    letters = page.evaluate(
        """() => {
          const text = document.querySelector(".body p").firstChild.data;
          const range = document.createRange();
          range.selectNodeContents(document.querySelector(".body p").firstChild);
          const lines = new Set([...range.getClientRects()].map((line) => Math.round(line.bottom)));
          return text.length / lines.size;
        }"""
    )

    assert size >= 17
    assert leading / size >= 1.6
    assert width <= 38 * 16
    assert 45 <= letters <= 85


def test_a_story_is_read_outlet_by_outlet_on_a_phone_without_scripts(
    chromium: Browser, base: str
) -> None:
    context = chromium.new_context(
        viewport={"width": 360, "height": 740}, java_script_enabled=False
    )
    page = context.new_page()
    page.goto(base + "stories/quay/")
    cells = page.locator("tr.title td")

    expect(cells.nth(0)).to_be_visible()
    expect(cells.nth(1)).to_be_hidden()
    page.get_by_label("مرصد الساحل").check()
    expect(cells.nth(0)).to_be_hidden()
    expect(cells.nth(1)).to_be_visible()
    context.close()


def test_the_chosen_colours_stay_from_page_to_page(page: Page, base: str) -> None:
    page.goto(base)
    page.get_by_role("button", name="داكن").click()
    page.goto(base + ARTICLE)

    assert page.evaluate("document.documentElement.dataset.scheme") == "dark"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 19, 15)"


def test_print_leaves_the_navigation_out(page: Page, base: str) -> None:
    page.goto(base + ARTICLE)
    page.emulate_media(media="print", color_scheme="dark")

    for part in (".menu", ".find", ".foot", ".skip"):
        expect(page.locator(part)).to_be_hidden()
    expect(page.locator(".strip")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_the_404_page_works_at_any_depth(page: Page, base: str) -> None:
    html = page.request.get(base + "404.html").text()
    page.route("**/no/such/page/", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto(base + "no/such/page/")
    page.get_by_role("navigation", name="أقسام الأرشيف").get_by_text("المواضيع").click()

    expect(page).to_have_url(base + "topics/")
