"""Searching as readers do: misspelt, by keyboard, by address, narrowed, hostile, on a bad day."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect
from tests.browser import axe
from tests.browser.built import Site, published, served
from tests.browser.visit import Visit, assert_none, visiting

pytestmark = pytest.mark.browser

RESULTS = "#search-results > li"
LINKS = "#search-results .headline a"
STATUS = "#search-status"
OPTIONS = ".options [role=option]"
# Letters of a query that a reader may paste: none of them may stop the page.
HOSTILE = (
    "ق" * 10_000,
    "وزير الدفاع " * 800,
    '"' * 999 + "حلب",
    '((((( AND OR NOT -- «« " source: المصدر:"',
    "\0\x01\x1b\x7f\u200f\u202e\ufeff\ufffe حلب \udb40\udc41",
    "%00%0a%ff <img src=x onerror=alert(1)> {{7*7}} ../../etc",
    "-حلب -سوريا",
    "٢٠٢٥-١٠-١٢ ﻻ ﷲ ـــــ ًٌٍَُِّْ",
)


# Headlines as they come, of outlets that nobody wrote a file for.
FOREIGN = (
    ("Reuters: حريق في ميناء بعيد", "الساعي"),
    ("<img src=x onerror=alert(1)> حريق كبير في الميناء & دخان يعلو", "الساعي"),
    ("Harbour fire put out حريق", "البرق"),
)


@pytest.fixture(scope="module")
def foreign(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An archive of FOREIGN."""
    source = tmp_path_factory.mktemp("foreign-source")
    (source / "content/articles").mkdir(parents=True)
    settings = "name: أرشيف\nbase_url: https://archive.example/\ntime_zone: UTC\nhistory: none\n"
    (source / "site.yaml").write_text(settings, "utf-8")
    for number, (title, outlet) in enumerate(FOREIGN):
        head = f'id: "aaaaa{number}"\ntitle: "{title}"\nsource: {outlet}\n'
        if number == 1:
            note = "{date: 2025-01-02, kind: retraction, note: لم يحترق شيء}"
            head += f"corrections: [{note}]\n"
        file = source / f"content/articles/aaaaa{number}.md"
        file.write_text(f"---\n{head}---\n\nBBC نقلت أن النار خمدت.\n", "utf-8")
    with served(source, tmp_path_factory.mktemp("foreign")) as site:
        yield site


# A name that an outlet, a person and a topic have; a word with two synonyms.
NAMESAKES = {
    "outlets/nahar": "name: النهار",
    "topics/nahar": "name: النهار",
    "people/nahar": "name: كريم حداد\naliases: [النهار]",
    "articles/aaaab1": "title: مشفى جديد\nsource: النهار\ndate: 2024-05-01",
    "articles/aaaab2": "title: بيمارستان قديم\ntopics: [nahar]\ndate: 2024-06-01",
    "articles/aaaab3": "title: مستشفى بعيد\npeople: [nahar]\ndate: 2023-05-01",
    "articles/aaaab4": "title: جسر قديم على الوادي الكبير\ndate: 2023-06-01",
    "articles/aaaab5": "title: الوادي في الصيف\ndate: 2023-07-01",
}
SYNONYMS = "synonyms: [[مستشفى, مشفى], [مستشفى, بيمارستان]]\n"


def published_namesakes(folders: pytest.TempPathFactory, lang: str) -> Iterator[Site]:
    """Publish an archive of NAMESAKES and SYNONYMS, whose pages are in `lang`."""
    source = folders.mktemp("namesakes-source")
    settings = "name: أرشيف\nbase_url: https://archive.example/\ntime_zone: UTC\nhistory: none\n"
    (source / "site.yaml").write_text(f"{settings}lang: {lang}\n", "utf-8")
    for path, head in NAMESAKES.items():
        file = source / f"content/{path}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        ident = f'id: "{file.stem}"\n' if "articles" in path else ""
        file.write_text(f"---\n{ident}{head}\n---\n\nخبر.\n", "utf-8")
    (source / "content/synonyms.yaml").write_text(SYNONYMS, "utf-8")
    with served(source, folders.mktemp("namesakes")) as site:
        yield site


@pytest.fixture(scope="module")
def namesakes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The archive of NAMESAKES, in Arabic."""
    yield from published_namesakes(tmp_path_factory, "ar")


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The archive of NAMESAKES with pages in English."""
    yield from published_namesakes(tmp_path_factory, "en")


def asked(site: Site, **wanted: str) -> str:
    """Return the address of the search page for a question."""
    return f"{site.address}search/?" + "&".join(f"{k}={quote(v)}" for k, v in wanted.items())


def settled(page: Page) -> Locator:
    """Wait until the page has said something of the search; return its status line."""
    status = page.locator(STATUS)
    expect(status).to_have_text(re.compile(r"\S"))
    expect(status).not_to_have_text("يجري البحث…")
    return status


def state(page: Page) -> dict[str, list[str]]:
    """Return what the address says."""
    return parse_qs(urlsplit(page.url).query)


@pytest.mark.parametrize(
    ("typed", "marked"),
    [
        ("وتركيا", "وتركيا"),
        ("انقره", "أنقرة"),
        ("الاستخبارت", "الاستخبارات"),
        ("ابوقصرة", "أبو قصرة"),
        ("كالين", "قالن"),
    ],
)
def test_typing_finds_what_a_reader_means(own: Site, visit: Visit, typed: str, marked: str) -> None:
    page = visit.open(own.address + "search/")
    page.locator("#find").press_sequentially(typed)

    expect(page.locator(RESULTS)).to_have_count(2)
    expect(settled(page)).to_have_text("مادتان")
    assert state(page)["q"] == [typed]
    words = {" ".join(text.split()) for text in page.locator(f"{RESULTS} mark").all_inner_texts()}
    assert marked in words or set(marked.split()) <= words
    assert visit.complaints == []


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("للمعرض", "معرض الكتاب"),
        ("بفسيفسا", "فسيفساء"),
        ("Hartley", "جون هارتلي"),
        ("كهربا", "الكهرباء"),
        ("قلعه حلب", "قلعة حلب"),
    ],
)
def test_typing_finds_it_among_sixty(sample: Site, visit: Visit, typed: str, first: str) -> None:
    page = visit.open(sample.address + "search/")
    page.locator("#find").press_sequentially(typed)

    expect(page.locator(RESULTS).first).to_contain_text(
        first.rsplit(maxsplit=1)[-1].removeprefix("ال")
    )
    assert visit.complaints == []


@pytest.mark.parametrize("kind", ["outlet", "topic", "person", "year"])
def test_a_choice_narrows_stands_in_the_address_and_is_undone(
    sample: Site, visit: Visit, kind: str
) -> None:
    page = visit.open(asked(sample, q="حلب"))
    settled(page)
    before = page.locator(RESULTS).count()
    tick = page.locator(f"#search-facets input[name={kind}]").first
    value = tick.get_attribute("value")
    told = int(re.sub(r"\D", "", tick.locator("xpath=..").locator(".count").inner_text()))

    tick.check()
    expect(page.locator(RESULTS)).to_have_count(min(told, 10))
    assert state(page) == {"q": ["حلب"], kind: [value]}
    page.reload()  # a link to it shows the same
    expect(page.locator(RESULTS)).to_have_count(min(told, 10))
    expect(page.locator(f"#search-facets input[name={kind}]:checked")).to_have_count(1)
    page.go_back()
    expect(page.locator(RESULTS)).to_have_count(before)
    assert state(page) == {"q": ["حلب"]}
    page.go_forward()
    page.locator(".chosen button").first.click()
    expect(page.locator(RESULTS)).to_have_count(before)
    assert visit.complaints == []


def test_it_works_by_keys_alone(sample: Site, visit: Visit) -> None:
    page = visit.open(sample.address + "search/")
    page.keyboard.press("/")
    box, links = page.locator("#find"), page.locator(LINKS)
    expect(box).to_be_focused()
    page.keyboard.type("حلب")
    expect(links.nth(1)).to_be_visible()
    expect(page.locator(OPTIONS).first).to_be_visible()

    page.keyboard.press("Escape")  # the completions first
    expect(page.locator(OPTIONS).first).to_be_hidden()
    page.keyboard.press("ArrowDown")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("Escape")
    expect(box).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/n/[a-z0-9]+/"))
    page.go_back()
    expect(box).to_have_value("حلب")
    expect(links.nth(1)).to_be_visible()
    assert visit.complaints == []


def test_what_is_typed_is_completed(sample: Site, visit: Visit) -> None:
    page = visit.open(sample.address + "search/")
    box = page.locator("#find")
    box.press_sequentially("فسيف")
    options = page.locator(f"{OPTIONS}:not([data-url])")
    expect(options.first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    word = options.first.inner_text()

    while options.first.get_attribute("aria-selected") != "true":
        box.press("ArrowDown")
    box.press("Enter")
    expect(box).to_have_value(word)
    expect(page.locator(RESULTS).first).to_contain_text("فسيفساء")
    assert state(page)["q"] == [word]
    assert visit.complaints == []


def test_a_name_is_completed_to_its_page_or_to_its_articles(sample: Site, visit: Visit) -> None:
    page = visit.open(sample.address + "search/")
    box, options = page.locator("#find"), page.locator(OPTIONS)
    box.press_sequentially("المارد")
    expect(options.filter(has_text="شخص")).to_have_text("هالة المارديني شخص")
    axe.load(page)
    assert_none(axe.findings(page))
    options.filter(has_text="اقتصر على «هالة المارديني»").click()
    expect(page.locator(".chosen button").first).to_contain_text("هالة المارديني")
    assert state(page)["person"] == ["hala-mardini"]

    page.goto(sample.address)
    box.press_sequentially("هالة")
    expect(options.filter(has_text="شخص")).to_be_visible()
    box.press("ArrowDown")
    box.press("Enter")
    expect(page).to_have_url(sample.address + "people/hala-mardini/")
    assert visit.complaints == []


def test_the_box_of_any_page_leads_to_articles_and_costs_nothing_before(
    sample: Site, visit: Visit
) -> None:
    asked_for: list[str] = []
    visit.page.on("request", lambda request: asked_for.append(request.url))
    page = visit.open(sample.address)
    assert not [url for url in asked_for if "/search/" in url or "search-box" in url]

    page.locator("#find").press_sequentially("فسيفس")  # articles for a word only begun too
    headline = page.locator(".options .direct").first
    expect(headline).to_contain_text("فسيفساء")
    headline.click()
    expect(page).to_have_url(re.compile(r"/n/[a-z0-9]+/"))
    assert visit.complaints == []


def test_days_limit_a_search_and_stand_in_the_address(sample: Site, visit: Visit) -> None:
    page = visit.open(asked(sample, q="حلب"))
    settled(page)
    before = page.locator(RESULTS).count()
    since = page.locator("input[name=from]")
    since.fill("1 كانون الثاني 2090")
    since.press("Enter")

    expect(page.locator(RESULTS)).to_have_count(0)
    assert state(page) == {"q": ["حلب"], "from": ["2090-01-01"]}
    page.go_back()
    expect(page.locator(RESULTS)).to_have_count(before)
    assert visit.complaints == []


@pytest.mark.parametrize("typed", ["2025-03", "آذار 2025", "مارس ٢٠٢٥", "3/2025"])
def test_a_day_may_be_typed_as_people_write_it(sample: Site, visit: Visit, typed: str) -> None:
    page = visit.open(asked(sample, q="حلب"))
    settled(page)
    for end in ("from", "to"):
        page.locator(f"input[name={end}]").fill(typed)
        page.locator(f"input[name={end}]").press("Tab")
        expect(page.locator(f"input[name={end}]")).to_have_value("آذار/مارس 2025")

    assert state(page) == {"q": ["حلب"], "from": ["2025-03"], "to": ["2025-03"]}
    expect(page.locator(f"{RESULTS} time").first).to_contain_text("آذار/مارس 2025")
    assert visit.complaints == []


def test_what_is_no_day_is_said_and_changes_nothing(sample: Site, visit: Visit) -> None:
    page = visit.open(asked(sample, q="حلب"))
    settled(page)
    before = page.locator(RESULTS).count()
    field = page.locator("input[name=from]")
    field.fill("القاهرة")
    field.press("Enter")

    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile("لم يُفهم"))
    expect(page.locator(RESULTS)).to_have_count(before)
    assert state(page) == {"q": ["حلب"]}
    axe.load(page)
    assert_none(axe.findings(page))


def test_one_result_stands_for_a_story_that_fills_the_list(sample: Site, visit: Visit) -> None:
    page = visit.open(asked(sample, q="المياه"))
    status = settled(page)
    tick = page.locator("input[name=group]")
    expect(tick).to_be_checked()
    expect(page.locator(RESULTS)).to_have_count(4)
    told = status.inner_text()  # of all articles
    tick.uncheck()
    expect(page.locator(RESULTS)).to_have_count(8)
    before = page.locator(RESULTS).count()
    assert told == f"{before} مواد"
    assert state(page) == {"q": ["المياه"], "group": ["none"]}
    page.reload()  # a link to it shows the same
    expect(page.locator(RESULTS)).to_have_count(before)
    page.locator("input[name=group]").check()
    expect(page.locator(RESULTS)).to_have_count(4)
    assert state(page) == {"q": ["المياه"], "group": ["story"]}

    others = page.locator(f"{RESULTS} .note a")
    expect(others).to_have_text("4 مواد أخرى من القصة")
    others.click()
    expect(page.locator(RESULTS)).to_have_count(5)
    assert state(page) == {
        "q": ["المياه"],
        "group": ["none"],
        "story": ["inqita-miyah-halab-2025"],
    }
    page.locator(".chosen button").first.click()
    expect(page.locator(RESULTS)).to_have_count(before)
    assert visit.complaints == []


def test_more_results_stand_in_the_address(sample: Site, visit: Visit) -> None:
    page = visit.open(asked(sample, q="قال", sort="newest"))
    settled(page)
    expect(page.locator(RESULTS)).to_have_count(10)
    page.locator("#search-more button").click()
    expect(page.locator(f"{RESULTS}:nth-child(11) a").first).to_be_focused()
    shown = page.locator(RESULTS).count()
    assert state(page)["shown"] == [str(shown)]

    page.reload()
    expect(page.locator(RESULTS)).to_have_count(shown)
    assert visit.complaints == []


def test_what_more_cannot_be_had_may_be_asked_for_again(sample: Site, visit: Visit) -> None:
    visit.page.route("**/search/d/*", _missing)
    page = visit.open(asked(sample, q="قال", sort="newest"))
    more = page.locator("#search-more button")
    more.click()
    expect(more).to_be_enabled()
    expect(page.locator("#search-notices")).to_contain_text("تعذر تحميل")
    page.unroute_all(behavior="wait")
    more.click()
    expect(page.locator(f"{RESULTS}:first-child a").first).to_be_focused()
    expect(page.locator(RESULTS)).to_have_count(10)


def test_another_question_may_come_before_more_has(sample: Site, visit: Visit) -> None:
    page = visit.open(asked(sample, q="قال", sort="newest"))
    settled(page)
    page.locator("#search-more button").evaluate(
        """(more) => {
            more.click();
            document.getElementById("find").value = "فسيفساء";
            document.getElementById("find").form.requestSubmit();
        }"""
    )
    expect(page.locator(RESULTS).first).to_contain_text("فسيفساء")
    expect(page.locator("#search-heading")).to_contain_text("فسيفساء")
    assert visit.complaints == []


def test_what_was_found_stays_where_nothing_can_be_counted(sample: Site, visit: Visit) -> None:
    visit.page.route("**/search/facets.js*", _missing)
    page = visit.open(asked(sample, q="النهر"))
    expect(page.locator("#search-facets input[name=from]")).to_be_visible()
    assert page.locator(RESULTS).count() > 0


def test_back_returns_to_the_question_before(sample: Site, visit: Visit) -> None:
    page = visit.open(asked(sample, q="المياه"))
    settled(page)
    box = page.locator("#find")
    box.fill("")
    box.press_sequentially("فسيفساء")
    expect(page.locator(RESULTS).first).to_contain_text("فسيفساء")
    assert state(page)["q"] == ["فسيفساء"]

    page.go_back()
    expect(box).to_have_value("المياه")
    expect(page.locator(RESULTS).first).to_contain_text("المياه")
    assert visit.complaints == []


def test_the_beginning_of_a_word_is_gone_on_with(sample: Site, visit: Visit) -> None:
    page = visit.open(asked(sample, q="فسيف"))
    settled(page)
    expect(page.locator(RESULTS).first).to_contain_text("فسيفساء")
    expect(page.locator("#search-understood button")).to_contain_text("فسيفساء")
    expect(page.locator("#search-notes")).not_to_contain_text("فسيفساء")  # that is said
    assert visit.complaints == []


def test_every_result_in_view_shows_what_was_found(sample: Site, visit: Visit) -> None:
    page = visit.open(asked(sample, q="المدينة"))
    settled(page)

    results = page.locator(RESULTS)
    for at in range(results.count()):
        results.nth(at).scroll_into_view_if_needed()
        expect(results.nth(at).locator("mark").first).to_be_visible()
    assert visit.complaints == []


def test_on_a_phone_counts_are_fetched_when_asked_for(sample: Site, chromium: Browser) -> None:
    with visiting(chromium, viewport={"width": 390, "height": 800}) as visit:
        asked_for: list[str] = []
        visit.page.on("request", lambda request: asked_for.append(request.url))
        page = visit.open(asked(sample, q="النهر"))
        settled(page)
        assert not [url for url in asked_for if "/search/outlet/" in url or "/facets.js" in url]
        page.locator("select[name=sort]").focus()
        page.keyboard.press("Tab")  # keys come to it where it is seen
        expect(page.locator("#search-facets summary")).to_be_focused()
        page.locator("#search-facets summary").click()
        outlet = page.locator("#search-facets input[name=outlet]").first
        outlet.check()
        expect(page.locator(".chosen button").first).to_be_visible()
        expect(outlet).to_be_visible()  # the reader opened them

        page.reload()  # a link to it shows the results first
        expect(page.locator(".chosen button").first).to_be_visible()
        expect(outlet).to_be_hidden()
        page.locator("#search-facets summary").click()
        expect(outlet).to_be_checked()
        expect(outlet).to_be_visible()

        page.goto(asked(sample, q="ضضضضض"))  # no room is kept for counts of nothing
        settled(page)
        side = page.locator("#search-facets")
        assert side.evaluate("(side) => side.offsetHeight") < 16


def test_filters_work_by_keys(sample: Site, visit: Visit) -> None:
    page = visit.open(asked(sample, q="حلب"))
    settled(page)
    tick = page.locator("#search-facets input[name=outlet]").first
    for _ in range(80):
        page.keyboard.press("Tab")
        if tick.evaluate("(tick) => tick === document.activeElement"):
            break
    page.keyboard.press("Space")

    expect(page.locator("#search-facets input:checked")).to_have_count(1)
    assert "outlet" in state(page)


def test_what_had_the_focus_keeps_it(sample: Site, visit: Visit) -> None:
    page = visit.open(asked(sample, q="حلب"))
    settled(page)
    tick = page.locator("#search-facets input[name=topic]").first
    tick.press("Space")
    expect(page.locator("#search-facets .chosen button")).to_have_count(2)
    expect(tick).to_be_focused()

    order = page.locator("select[name=sort]")
    order.focus()
    order.select_option("newest")
    expect(page).to_have_url(re.compile("sort=newest"))
    settled(page)
    expect(order).to_be_focused()
    page.locator(".chosen button").first.press("Enter")
    expect(page.locator(".chosen button")).to_have_count(0)
    expect(page.locator("#search-facets summary")).to_be_focused()


def test_a_result_that_was_retracted_says_so(foreign: Site, visit: Visit) -> None:
    page = visit.open(asked(foreign, q="حريق"))

    expect(page.locator(RESULTS)).to_have_count(len(FOREIGN))
    marked = page.locator(RESULTS, has=page.locator(".badge.retracted"))
    expect(marked).to_have_count(1)
    expect(marked).to_contain_text("مسحوبة")
    expect(marked).to_contain_text(FOREIGN[1][0])


def test_an_outlet_without_a_file_narrows_too(foreign: Site, visit: Visit) -> None:
    page = visit.open(asked(foreign, q="حريق"))
    expect(page.locator(RESULTS)).to_have_count(3)
    page.locator("#search-facets input[name=outlet]").first.check()
    expect(page.locator(RESULTS)).to_have_count(2)
    assert state(page)["outlet"] == ["الساعي"]

    page.goto(asked(foreign, q="حريق المصدر:البرق"))
    expect(page.locator(LINKS)).to_have_text(["Harbour fire put out حريق"])
    assert visit.complaints == []


def test_a_text_is_set_as_most_of_it_is_written_and_no_markup_runs(
    foreign: Site, visit: Visit
) -> None:
    page = visit.open(asked(foreign, q="حريق"))
    expect(page.locator(RESULTS)).to_have_count(3)

    written = {link.inner_text(): link.get_attribute("dir") for link in page.locator(LINKS).all()}
    assert written == {title: "ltr" if title[0] == "H" else None for title, _ in FOREIGN}
    assert {s.get_attribute("dir") for s in page.locator(f"{RESULTS} .summary").all()} == {None}
    assert page.locator("main img").count() == 0
    assert visit.complaints == []


def test_a_question_names_its_page(sample: Site, visit: Visit) -> None:
    page = visit.open(sample.address + "search/")
    expect(page.locator("h1")).to_have_text("بحث")
    page.locator("#find").fill("حلب")
    expect(page.locator("h1")).to_have_text("نتائج «حلب»")
    expect(page).to_have_title("نتائج «حلب» · أرشيف الحكايات المحلية")

    page.locator("#find").fill("س" * 500)
    expect(page.locator("h1")).to_contain_text("س…»")
    page.locator("#find").fill("")
    expect(page.locator("h1")).to_have_text("بحث")
    expect(page).to_have_title("بحث · أرشيف الحكايات المحلية")
    assert visit.complaints == []


def test_a_result_tells_outlet_and_day_title_and_two_lines(sample: Site, visit: Visit) -> None:
    page = visit.open(asked(sample, q="النهر"))
    settled(page)
    first = page.locator(RESULTS).first

    assert [" ".join(line.split()) for line in first.locator("p").all_inner_texts()][:2] == [
        "نهر الخبر · 5 تشرين الأول/أكتوبر 2024",
        "النهر الذي نسيته المدينة",
    ]
    picture = first.locator("img.thumb")
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("(i) => [i.naturalWidth > 0, i.loading, i.alt]") == [True, "lazy", ""]
    assert page.locator("img.thumb").count() == 1  # the others have no picture


def test_a_picture_keeps_its_place_and_a_lost_one_none(sample: Site, visit: Visit) -> None:
    visit.page.route("**/media/**", lambda _: None)  # it never comes
    page = visit.open(asked(sample, q="النهر"))
    box = page.locator("img.thumb").bounding_box()
    assert box is not None
    assert (box["width"], box["height"]) == (128, 96)
    visit.page.unroute_all(behavior="ignoreErrors")

    visit.page.route("**/media/**", _missing)
    page.reload()
    settled(page)
    expect(page.locator("img.thumb")).to_have_count(0)


def test_why_is_said_once(sample: Site, visit: Visit) -> None:
    page = visit.open(asked(sample, q="جسور"))
    settled(page)
    expect(page.get_by_text(re.compile("صيغ قريبة من «جسور»: .*جسر"))).to_have_count(1)

    page.goto(asked(sample, q="فسيفصاء"))
    settled(page)
    notes = page.locator("#search-notes")
    expect(notes).to_contain_text("هل قصدت: فسيفساء")
    expect(notes).not_to_contain_text("صيغ قريبة")


PAINTED = "() => [...(CSS.highlights.get('found') ?? [])].map(String)"


def test_a_found_page_shows_what_was_asked_for(sample: Site, visit: Visit) -> None:
    page = visit.open(asked(sample, q="للفسيفسا زعفران"))
    settled(page)
    page.locator(LINKS).first.click()
    page.wait_for_function("() => CSS.highlights.get('found')?.size > 0")

    words = page.evaluate(PAINTED)
    assert any("فسيفساء" in word for word in words)
    assert all(word.strip() for word in words)
    assert state(page) == {"q": ["للفسيفسا زعفران"]}
    canonical = page.locator("link[rel=canonical]").get_attribute("href") or ""
    assert "?" not in canonical
    text, marked = page.locator("main").inner_html(), page.evaluate("() => scrollY")
    page.goto(page.url.partition("?")[0])
    assert re.sub(r" \(قبل [^)]*\)", "", page.locator("main").inner_html()) == re.sub(
        r" \(قبل [^)]*\)", "", text
    )
    assert marked == 0
    assert page.evaluate(PAINTED) == []
    assert visit.complaints == []


DATED = {"آذار", "2025"}


@pytest.mark.parametrize(
    ("query", "literal", "dated"),
    [
        ("أهالي آذار 2025", "", False),
        ("أهالي آذار 2025", "آذار 2025", True),  # the reader takes it back
        ("سوق الصوف آذار 2031", "", True),  # the archive does
        ("الاهالى انقطعت", "", False),  # words that are nearly so
    ],
)
def test_an_article_has_the_marks_of_its_result(
    sample: Site, visit: Visit, query: str, literal: str, dated: bool
) -> None:
    page = visit.open(asked(sample, q=query, **({"literal": literal} if literal else {})))
    settled(page)
    result = page.locator(RESULTS).first
    found = {" ".join(mark.split()) for mark in result.locator("mark").all_inner_texts()}
    assert found
    result.locator(".headline a").click()
    page.wait_for_function("() => CSS.highlights.get('found')?.size > 0")
    painted = set(page.evaluate(PAINTED))
    assert found <= painted
    assert bool(painted & DATED) == dated
    assert visit.complaints == []


def test_a_page_that_nobody_searched_for_fetches_no_engine(sample: Site, visit: Visit) -> None:
    asked_for: list[str] = []
    visit.page.on("request", lambda request: asked_for.append(urlsplit(request.url).path))
    page = visit.open(sample.address + "n/c8361f9b468e/")
    page.wait_for_load_state("networkidle")
    assert [path for path in asked_for if "search" in path or "found" in path] == []
    page.goto(sample.address + "pages/about/?q=حلب")
    page.wait_for_load_state("networkidle")
    assert [path for path in asked_for if "found" in path] == []


CHIPS = "#search-understood button"


def test_a_name_leads_to_its_page_and_is_read_as_words_if_wanted(
    sample: Site, visit: Visit
) -> None:
    page = visit.open(asked(sample, q="هالة المارديني"))
    settled(page)
    card = page.locator(".namesake")
    expect(card).to_contain_text("هالة المارديني")
    expect(page.locator(CHIPS)).to_have_count(0)
    axe.load(page)
    assert_none(axe.findings(page))
    card.get_by_role("button").click()
    expect(card).to_have_count(0)
    chip = page.locator(CHIPS)
    expect(chip).to_have_attribute("aria-pressed", "false")
    assert state(page) == {
        "q": ["هالة المارديني"],
        "literal": ["هالة المارديني=person:hala-mardini"],
    }
    page.reload()
    chip.press("Space")
    expect(card).to_be_visible()
    assert state(page) == {"q": ["هالة المارديني"]}

    card.get_by_role("link").last.click()
    expect(page.locator(".chosen button").first).to_contain_text("هالة المارديني")
    assert state(page) == {"person": ["hala-mardini"]}
    page.go_back()
    card.get_by_role("link").first.click()
    expect(page).to_have_url(sample.address + "people/hala-mardini/")
    assert visit.complaints == []


def test_the_name_of_a_story_is_said_to_be_one(sample: Site, visit: Visit) -> None:
    page = visit.open(asked(sample, q="انقطاع المياه عن أحياء حلب الشرقية"))
    settled(page)
    card = page.locator(".namesake")
    expect(card.locator("span").first).to_have_text("القصة:")
    expect(card.get_by_role("button")).to_have_accessible_name(re.compile("^إزالة: القصة: "))
    page.goto(asked(sample, q="القصة:انقطاع"))
    settled(page)
    expect(page.locator(f"{CHIPS} span:first-child")).to_have_text(["القصة: انقطاع"])
    assert visit.complaints == []


def test_what_was_understood_is_taken_off_and_put_back(sample: Site, visit: Visit) -> None:
    page = visit.open(asked(sample, q="أهالي آذار 2025"))
    settled(page)
    chip = page.locator(CHIPS)
    expect(chip).to_have_accessible_name("آذار/مارس 2025")
    expect(chip).to_have_attribute("aria-pressed", "true")
    days = page.locator(f"{RESULTS} time").all_inner_texts()
    assert all("آذار/مارس 2025" in day for day in days)

    chip.press("Space")
    expect(chip).to_have_attribute("aria-pressed", "false")
    expect(chip).to_be_focused()
    assert state(page) == {"q": ["أهالي آذار 2025"], "literal": ["آذار 2025"]}
    expect(page.locator(RESULTS).nth(len(days))).to_be_visible()
    axe.load(page)
    assert_none(axe.findings(page))
    page.reload()
    expect(chip).to_have_attribute("aria-pressed", "false")
    chip.click()
    expect(chip).to_have_attribute("aria-pressed", "true")
    expect(page.locator(RESULTS)).to_have_count(len(days))
    assert state(page) == {"q": ["أهالي آذار 2025"]}
    page.locator("#find").fill("أهالي")  # another question has no part of this one
    expect(chip).to_have_count(0)
    assert visit.complaints == []


def test_each_of_several_readings_is_taken_off_by_itself(namesakes: Site, visit: Visit) -> None:
    page = visit.open(asked(namesakes, q="النهار"))
    settled(page)
    cards = page.locator(".namesake")
    expect(cards).to_have_count(3)
    cards.filter(has_text="الموضوع").get_by_role("button").click()
    expect(cards).to_have_count(2)
    expect(page.locator(CHIPS)).to_have_text(re.compile("الموضوع: النهار"))
    page.reload()
    expect(cards).to_have_count(2)
    page.locator(CHIPS).click()
    expect(cards).to_have_count(3)
    assert state(page) == {"q": ["النهار"]}
    assert visit.complaints == []


def test_the_synonyms_of_a_word_are_one_chip(namesakes: Site, visit: Visit) -> None:
    page = visit.open(asked(namesakes, q="مستشفى"))
    expect(page.locator(RESULTS)).to_have_count(3)
    chip = page.locator(CHIPS)
    expect(chip).to_have_count(1)
    for word in ("«مستشفى»", " أو «مشفى»", " أو «بيمارستان»"):
        expect(chip).to_contain_text(word)
    chip.click()
    expect(chip).to_have_attribute("aria-pressed", "false")
    expect(page.locator(RESULTS)).to_have_count(1)
    chip.click()
    expect(page.locator(RESULTS)).to_have_count(3)
    assert state(page) == {"q": ["مستشفى"]}


def test_a_sentence_keeps_its_direction_around_foreign_words(english: Site, visit: Visit) -> None:
    page = visit.open(asked(english, q="مستشفى قديم"))
    expect(page.locator(STATUS)).to_have_text(re.compile("articles"))
    edges = """(part) => {
      const text = document.createRange();
      text.selectNodeContents(part);
      const word = part.querySelector("bdi").getBoundingClientRect();
      return [text.getBoundingClientRect().left, word.left, word.right];
    }"""
    start, left, right = page.locator("h1").evaluate(edges)
    assert start < left < right  # “Results for” comes first
    expect(page.locator("h1")).to_have_text("Results for “مستشفى قديم”")
    expect(page.locator(f"{CHIPS} > :first-child").first).to_have_attribute("dir", "ltr")
    assert visit.complaints == []


def test_the_focus_goes_on_to_what_took_the_place_of_a_button(
    namesakes: Site, visit: Visit
) -> None:
    page = visit.open(asked(namesakes, q="النهار"))
    settled(page)
    page.locator(".namesake button").first.press("Enter")
    chip = page.locator(CHIPS)
    expect(chip).to_be_focused()  # which puts the name back
    chip.press("Enter")
    expect(page.locator(".namesake button").first).to_be_focused()

    page.goto(asked(namesakes, q="قديم", year="2024", **{"from": "2023"}))
    settled(page)
    chosen = page.locator(".chosen button")
    expect(chosen).to_have_count(3)
    chosen.first.press("Enter")
    expect(chosen).to_have_count(2)
    expect(chosen.first).to_be_focused()
    chosen.last.press("Enter")
    expect(chosen).to_have_count(0)
    expect(page.locator("#search-facets summary")).to_be_focused()

    page.goto(asked(namesakes, year="2024"))  # nothing is left of the question
    settled(page)
    chosen.first.press("Enter")
    expect(page.locator("#find")).to_be_focused()
    assert visit.complaints == []


def test_what_was_taken_off_is_heard(namesakes: Site, visit: Visit) -> None:
    page = visit.open(asked(namesakes, q="قديم 2024"))
    status = settled(page)
    expect(status).to_have_text("مادة واحدة")
    page.locator(CHIPS).press("Space")
    expect(status).to_have_text("مادتان، بعد إلغاء: 2024")
    page.locator(CHIPS).press("Space")
    expect(status).to_have_text("مادة واحدة")

    page.goto(asked(namesakes, q="الوادي مايو 2031"))  # the engine takes it off
    said = page.get_by_role("status").filter(has_text="من أيار/مايو 2031")
    expect(said).to_be_visible()


def test_what_holds_little_stands_under_a_heading_of_its_own(namesakes: Site, visit: Visit) -> None:
    page = visit.open(asked(namesakes, q="جسر على الوادي الكبير"))
    status = settled(page)
    expect(page.locator(LINKS)).to_have_text(["جسر قديم على الوادي الكبير"])
    expect(status).to_have_text("مادة واحدة")
    beyond = page.get_by_role("region", name="نتائج أقل صلة")
    expect(beyond.get_by_role("link")).to_have_text(["الوادي في الصيف"])
    page.locator(LINKS).focus()
    page.keyboard.press("ArrowDown")
    expect(beyond.get_by_role("link")).to_be_focused()
    axe.load(page)
    assert_none(axe.findings(page))

    page.locator("#find").fill("قديم")
    expect(page.locator(RESULTS)).to_have_count(2)
    expect(beyond).to_be_hidden()


COUNTED = "return { async search(query, options) { (globalThis.put ??= []).push(query);"


@pytest.mark.parametrize(
    ("wanted", "times"),
    [
        ({"q": "النهر"}, 1),
        ({"q": "حلب", "year": "2025"}, 1),
        ({"q": "ضضضضض"}, 1),
        ({"q": "المياه", "group": "story"}, 1),
        ({"q": "المياه"}, 2),  # its stories are gathered once the first results are known
    ],
)
def test_a_question_is_put_once(
    sample: Site, visit: Visit, wanted: dict[str, str], times: int
) -> None:
    plant = re.compile(r"return \{\s*async search\(query, options\) \{")
    visit.alter(f"{sample.address}search/search.js", lambda script: plant.sub(COUNTED, script))
    page = visit.open(asked(sample, **wanted))
    settled(page)
    expect(page.locator("#search-facets fieldset").first).to_be_attached()
    assert page.evaluate("() => globalThis.put.length") == times


@pytest.mark.parametrize(
    ("query", "chips"),
    [
        ("حلب -الشرقية", ["المكان: حلب", "بدون: الشرقية"]),
        ("من:2025-03 إلى:2025-06", ["منذ آذار/مارس 2025", "حتى حزيران/يونيو 2025"]),
        ("«خط المياه»", ["«خط المياه»"]),
        ("المياه المصدر:الياسمين", ["الموضوع: المياه", "المصدر: الياسمين"]),
    ],
)
def test_each_reading_is_said_in_words(
    sample: Site, visit: Visit, query: str, chips: list[str]
) -> None:
    page = visit.open(asked(sample, q=query))
    settled(page)
    expect(page.locator(f"{CHIPS} span:first-child")).to_have_text(chips)
    expect(page.locator(RESULTS).first).to_be_visible()


def test_days_without_articles_are_said_and_left_out(sample: Site, visit: Visit) -> None:
    page = visit.open(asked(sample, q="حلب مايو 2031"))
    settled(page)
    expect(page.locator("#search-notices .notice")).to_contain_text("من أيار/مايو 2031")
    expect(page.locator(RESULTS).first).to_be_visible()
    page.goto(asked(sample, q="حلب 3/2031 5/2031"))
    said = "من آذار/مارس 2031، أيار/مايو 2031"
    expect(page.locator("#search-notices .notice")).to_contain_text(said)


def test_a_day_alone_without_articles_leads_to_others(sample: Site, visit: Visit) -> None:
    page = visit.open(asked(sample, q="مايو 2031"))
    expect(settled(page)).to_have_text("لا مواد من أيار/مايو 2031.")
    expect(page.locator("#search-notices")).to_be_empty()
    page.locator(".offer").first.get_by_role("link").first.click()
    expect(page.locator(RESULTS).first).to_be_visible()
    assert visit.complaints == []


def test_a_field_that_names_nothing_is_said_and_read_as_words(sample: Site, visit: Visit) -> None:
    page = visit.open(asked(sample, q="من:القاهرة حلب"))
    settled(page)
    expect(page.locator("#search-notices .notice")).to_contain_text("«من:القاهرة»")
    expect(page.locator(RESULTS).first).to_be_visible()


def test_where_nothing_is_found_there_is_more_to_ask(sample: Site, visit: Visit) -> None:
    page = visit.open(asked(sample, q="ضضضضض"))
    settled(page)
    page.locator(".offer").first.get_by_role("link").first.click()
    expect(page.locator(RESULTS).first).to_be_visible()

    page.goto(asked(sample, q="حلب مايو 2031"))
    month = page.locator(".offer").get_by_role("link", name="آذار/مارس 2025")
    month.click()
    expect(page.locator(f"{CHIPS} span:first-child").last).to_have_text("آذار/مارس 2025")
    expect(page.locator(RESULTS).first).to_be_visible()
    assert visit.complaints == []


@pytest.mark.parametrize("query", ["ضضضضض", "حلب مايو 2031", "هالة المارديني فسيفساء"])
def test_an_offer_leads_to_as_many_articles_as_it_says(
    sample: Site, visit: Visit, query: str
) -> None:
    page = visit.open(asked(sample, q=query))
    settled(page)
    offers = page.locator(".offer li").evaluate_all(
        "offers => offers.map((offer) => [offer.querySelector('a').href,"
        " offer.querySelector('.count').textContent])"
    )
    assert offers
    for address, count in offers:
        page.goto(address)
        expect(settled(page)).to_have_text(count)


def test_words_that_a_result_lacks_are_said(sample: Site, visit: Visit) -> None:
    page = visit.open(asked(sample, q="هالة المارديني فسيفساء"))
    settled(page)
    expect(page.locator(f"{RESULTS} .lacking").first).to_have_text("دون: فسيفساء")


def test_the_ways_to_ask_lead_to_answers(sample: Site, visit: Visit) -> None:
    page = visit.open(sample.address + "search/")
    ways = page.locator(".starting kbd")
    assert "من:2025-03" in ways.all_inner_texts()  # as it is typed
    ways.filter(has_text="من:2025-03").first.click()
    expect(page.locator("#find")).to_have_value("من:2025-03")
    expect(page.locator(RESULTS).first).to_be_visible()


def test_a_listener_hears_of_it(sample: Site, visit: Visit) -> None:
    page = visit.open(asked(sample, q="حلب"))
    expect(page.get_by_role("status").filter(has_text="9 مواد")).to_have_count(1)
    expect(page.get_by_role("search").get_by_role("searchbox")).to_have_accessible_name(
        "ابحث في الأرشيف"
    )

    page.locator("#find").fill("ضضضضض")
    expect(page.get_by_role("status").filter(has_text="لا نتائج")).to_have_count(1)
    expect(page.locator("#search-none")).to_be_visible()
    expect(page.locator("#search-none").get_by_role("link")).not_to_have_count(0)


def test_a_link_to_a_question_answers_it(own: Site, visit: Visit) -> None:
    page = visit.open(asked(own, q="انقره"))

    expect(page.locator("#find")).to_have_value("انقره")
    expect(page.locator(RESULTS)).to_have_count(2)
    expect(page.locator(f"{RESULTS} mark").first).to_have_text("أنقرة")


@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
def test_whatever_is_typed_is_answered_in_words(sample: Site, visit: Visit, query: str) -> None:
    page = visit.open(sample.address + "search/")
    box = page.locator("#find")
    # As a paste does it; a lone surrogate cannot be typed.
    box.evaluate(
        "(box, text) => { box.value = text; box.dispatchEvent(new Event('input')); }", query
    )

    settled(page)
    expect(page.locator("main img:not(.thumb)")).to_have_count(0)
    axe.load(page)
    assert_none([*axe.findings(page), *visit.probe("overflow"), *visit.complaints])


@pytest.mark.parametrize("query", ["%", "%ff%fe", "%u0627", "a&q=b&outlet=&year=x&sort=y", "+"])
def test_a_broken_address_is_answered_in_words(sample: Site, visit: Visit, query: str) -> None:
    page = visit.open(f"{sample.address}search/?q={query}")
    if query != "+":
        settled(page)

    expect(page.locator("h1")).to_be_visible()
    assert visit.complaints == []


def _missing(route: Route) -> None:
    route.fulfill(status=404, body="")


def _cut(route: Route) -> None:
    body = route.fetch().body()
    route.fulfill(status=200, body=body[: len(body) // 2])


def _strange(route: Route) -> None:
    route.fulfill(status=200, body="<!doctype html><title>Hotel Wi-Fi</title>")


@pytest.mark.parametrize("fault", [_missing, _cut, _strange])
@pytest.mark.parametrize(
    ("part", "query"),
    [
        ("root.json", "انقره"),
        ("search.js", "انقره"),
        ("t/*.bin", "انقره"),
        ("d/*.bin", "انقره"),
        ("p/*.bin", "«وزير الدفاع»"),
    ],
)
def test_a_broken_index_is_said_in_words(
    own: Site, visit: Visit, part: str, query: str, fault: Callable[[Route], None]
) -> None:
    visit.page.route(f"{own.address}search/{part}", fault)
    page = visit.open(asked(own, q=query))

    expect(page.locator("main")).to_contain_text("تعذر تحميل")
    assert [said for said in visit.complaints if said.startswith("exception")] == []
    visit.page.unroute_all(behavior="wait")
    page.locator("#find").fill("تركيا")  # the next question tries again
    expect(page.locator(RESULTS)).to_have_count(2)


def test_a_page_that_is_open_over_a_publication_finds_what_is_new(
    foreign: Site, visit: Visit
) -> None:
    page = visit.open(asked(foreign, q="حريق"))
    expect(page.locator(RESULTS)).to_have_count(3)
    copy = foreign.folder.parent / "site"
    head = 'id: "aaaaa9"\ntitle: "فيضان في الوادي"\nsource: البرق\n'
    added = copy / "content/articles/aaaaa9.md"
    added.write_text(f"---\n{head}---\n\nأطفأ الفيضان كل حريق.\n", "utf-8")
    try:
        published(copy, foreign.folder)
        page.locator("#find").fill("فيضان")
        page.locator("#find").press("Enter")
        expect(page.locator(LINKS)).to_have_text(["فيضان في الوادي"])
        page.locator("#find").fill("حريق")
        expect(page.locator(RESULTS)).to_have_count(4)
    finally:
        added.unlink()
        published(copy, foreign.folder)


def test_words_that_are_known_are_asked_of_the_newest_index_too(
    foreign: Site, visit: Visit
) -> None:
    visit.page.clock.install()
    page = visit.open(asked(foreign, q="حريق"))
    expect(page.locator(RESULTS)).to_have_count(3)
    copy = foreign.folder.parent / "site"
    head = 'id: "aaaaa8"\ntitle: "حريق آخر"\nsource: البرق\n'
    added = copy / "content/articles/aaaaa8.md"
    added.write_text(f"---\n{head}---\n\nشب حريق آخر.\n", "utf-8")
    try:
        published(copy, foreign.folder)
        page.clock.fast_forward("01:00")  # a reader reads
        page.locator("#find").press("Enter")
        expect(page.locator(RESULTS)).to_have_count(4)
    finally:
        added.unlink()
        published(copy, foreign.folder)


def test_from_a_disk_it_says_that_search_needs_a_server(
    foreign: Site, visit: Visit, chromium: Browser
) -> None:
    with visiting(chromium) as disk:
        disk.page.goto((foreign.folder / "search/index.html").as_uri() + "?q=حريق")
        said = disk.page.locator("#from-disk")
        expect(said).to_be_visible()
        expect(said).to_contain_text("خادم")
        said.get_by_role("link").click()
        expect(disk.page.locator("h1")).to_have_text("الأرشيف")
        disk.page.locator("#find").fill("حريق")
        disk.page.locator("#find").press("Enter")
        expect(disk.page.locator("#from-disk")).to_be_visible()

    visit.open(asked(foreign, q="حريق"))
    expect(visit.page.locator("#from-disk")).to_be_hidden()


def test_without_scripts_it_says_so_and_offers_the_archive(sample: Site, chromium: Browser) -> None:
    with visiting(chromium, java_script_enabled=False) as visit:
        visit.page.goto(asked(sample, q="حلب"))
        expect(visit.page.locator("main noscript .notice")).to_contain_text("جافاسكربت")
        visit.page.locator("main").get_by_role("link", name="الأرشيف").first.click()
        expect(visit.page).to_have_url(sample.address + "archive/")
