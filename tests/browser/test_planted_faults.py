"""Every check sees the fault it is for: a page is broken on its way to the browser, and caught.

The checks are the ones that the other tests call on the pages as they are.
"""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route
from tests.browser import axe, checker, machines, markup
from tests.browser.built import SAMPLE, Site
from tests.browser.kinds import KINDS
from tests.browser.test_ways_of_reading import NAVIGATION, printed, unprinted, walked
from tests.browser.visit import Visit

from warraq.content import store

pytestmark = pytest.mark.browser

ARTICLE = KINDS["article"]
BODY = '<div class="body">'


def after(mark: str, extra: str) -> Callable[[str], str]:
    """Return a change that puts `extra` behind the first `mark`."""
    return lambda text: text.replace(mark, mark + extra, 1)


def styled(css: str) -> Callable[[str], str]:
    """Return a change that adds rules to a style sheet, over all layers."""
    return lambda sheet: f"{sheet}\n{css}"


def opened(visit: Visit, site: Site, change: Callable[[str], str], path: str = ARTICLE) -> Page:
    """Open a page with its source changed."""
    visit.alter(site.address + path, change)
    return visit.open(site.address + path)


def restyled(visit: Visit, site: Site, css: str, path: str = ARTICLE) -> Page:
    """Open a page under a changed style sheet."""
    visit.alter(f"{site.address}assets/site.css", styled(css))
    return visit.open(site.address + path)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (after(BODY, "<button></button>"), "button-name"),
        (after(BODY, '<img src="../../media/rose.png">'), "image-alt"),
        (lambda html: html.replace(' lang="ar"', "", 1), "html-has-lang"),
        (after(BODY, "<input>"), "label"),
        (after(BODY, '<p aria-labelledby="none" role="tab">أ</p>'), "aria-required-parent"),
        (lambda html: html.replace("<h1", "<h5", 1).replace("</h1>", "</h5>", 1), "heading-one"),
    ],
)
def test_axe_sees(sample: Site, visit: Visit, change: Callable[[str], str], rule: str) -> None:
    page = opened(visit, sample, change)
    axe.load(page)

    assert [found for found in axe.findings(page) if rule in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_sees_pale_text_in_each_scheme(sample: Site, visit: Visit, scheme: str) -> None:
    css = f"@media (prefers-color-scheme: {scheme}) {{ .body {{ color: #777 }} }}"
    page = restyled(visit, sample, css)
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    axe.load(page)

    assert [found for found in axe.findings(page) if found.startswith("color-contrast")]


@pytest.mark.parametrize(
    "css",
    [
        ".body { inline-size: 60rem; max-inline-size: none }",
        ".body { margin-inline-end: -3rem }",
        "h1 { white-space: nowrap }",
        ".body p { block-size: 1em; overflow: clip }",
        ".headline, .body p { overflow-x: clip; white-space: nowrap }",
    ],
)
def test_overflow_sees(sample: Site, visit: Visit, css: str) -> None:
    page = restyled(visit, sample, css)
    page.set_viewport_size({"width": 320, "height": 800})

    assert visit.probe("overflow")


@pytest.mark.parametrize("reader", ["enlarged", "spaced"])
def test_overflow_sees_what_only_a_readers_settings_show(
    sample: Site, visit: Visit, reader: str
) -> None:
    css = "#boxed { block-size: 20px; font: 1rem/1 sans-serif; overflow: hidden }"
    visit.alter(f"{sample.address}assets/site.css", styled(css))
    visit.alter(sample.address + ARTICLE, after(BODY, '<p id="boxed">كلمة</p>'))
    visit.open(sample.address + ARTICLE)
    visit.probe("plain")
    before = [found for found in visit.probe("overflow") if "boxed" in found]
    visit.probe(reader)

    assert before == []
    assert [found for found in visit.probe("overflow") if "boxed" in found]


@pytest.mark.parametrize(
    "text",
    [
        "قبل 2025-10-12 بعد",
        "فازوا 2-1 أمس",
        "بين 14,950-15,100 ليرة",
        "بين ٢٠–٢٥ سنة",
        'بين 14,<bdi dir="ltr">950-15</bdi>,100 ليرة',
        "والحرارة -5 ليلًا",
        "هاتف 0931 222 333 نهارًا",
        "على +963 41 555 222 نهارًا",
        "والوسم #5 هنا",
        "وبلغة C++ كتب",
        "سفينة Nour، 12 يومًا",
        "<span>Okaz</span> · 12 تشرين",
        "نشرت Okaz · Reuters معًا",
        "زار <bdi>Haj.gov.sa.</bdi> أمس",
        "كتابه «<bdi>Fire</bdi>, <bdi>water</bdi>» صدر",
        "باب <bdi>Aleppo</bdi>'<bdi>s soap</bdi> أمس",
    ],
)
def test_order_sees(sample: Site, visit: Visit, text: str) -> None:
    opened(visit, sample, after(BODY, f'<p id="planted">{text}</p>'))

    assert [found for found in visit.probe("order") if "#planted" in found]


@pytest.mark.parametrize(
    "text",
    [
        'قبل <bdi dir="ltr">2025-10-12</bdi> بعد',
        "في 10/12 الساعة 12:30 دفعوا 1,234.5 ليرة أي 50% منها",
        "بين 2019 و2025 ثم 12 و13",
        "طائرة B-52 أو iPhone 15",
        "<bdi>Okaz</bdi> · 12 تشرين",
        "<bdi>Okaz</bdi> · <bdi>Reuters</bdi>",
        "زار <bdi>Haj.gov.sa</bdi>.",
    ],
)
def test_order_lets_pass(sample: Site, visit: Visit, text: str) -> None:
    opened(visit, sample, after(BODY, f'<p id="planted">{text}</p>'))

    assert [found for found in visit.probe("order") if "#planted" in found] == []


@pytest.mark.parametrize(
    "change",
    [
        lambda html: html.replace('dir="rtl"', 'dir="ltr"', 1),
        after(BODY, "<p>The whole of this paragraph is English and has no direction.</p>"),
        after(BODY, '<p dir="ltr">وهذه الفقرة عربية كلها واتجاهها معكوس</p>'),
    ],
)
def test_direction_sees(sample: Site, visit: Visit, change: Callable[[str], str]) -> None:
    opened(visit, sample, change)

    assert visit.probe("direction")


def test_direction_sees_text_set_to_one_side(sample: Site, visit: Visit) -> None:
    restyled(visit, sample, ".body { text-align: right }")

    assert visit.probe("direction")


@pytest.mark.parametrize(
    "css",
    [
        ".body { font-size: 16px }",
        ".body { line-height: 1.5 }",
        "h1 { line-height: 1.2 }",
        ".text, .body { max-inline-size: 60rem }",
        ".body { max-inline-size: 15rem }",
        "h1 { letter-spacing: 0.02em }",
        ".meta, h1 { font-style: italic }",
        ".badge { font-size: 11px }",
    ],
)
def test_setting_sees(sample: Site, visit: Visit, css: str) -> None:
    restyled(visit, sample, css, KINDS["long read"])

    assert visit.probe("setting")


@pytest.mark.parametrize(
    "css",
    [
        "@keyframes turn { to { rotate: 1turn } } .badge { animation: turn 1s infinite }",
        "a { transition: color 1s }",
        "html { scroll-behavior: smooth }",
    ],
)
def test_motion_sees(sample: Site, visit: Visit, css: str) -> None:
    restyled(visit, sample, css)

    assert visit.probe("motion")


@pytest.mark.parametrize(
    "css",
    [
        ":focus-visible { outline: 0 }",
        ".skip:focus { inset-block-start: -6rem }",
        "body::after { content: ''; position: fixed; inset: 0; z-index: 9 }",
    ],
)
def test_the_walk_by_keyboard_sees(sample: Site, visit: Visit, css: str) -> None:
    restyled(visit, sample, css)

    assert next(walked(visit), "")


def test_the_walk_by_keyboard_sees_a_trap(sample: Site, visit: Visit) -> None:
    visit.open(sample.address + ARTICLE)
    visit.page.evaluate(
        """() => document.getElementById("find").addEventListener(
            "keydown", (event) => event.preventDefault())"""
    )

    assert [found for found in walked(visit, most=20) if "come round" in found]


@pytest.mark.parametrize(
    "css",
    [
        "@media print { body { background: #fff8e0 !important } }",
        "@media print { .body { color: #999 !important } }",
        "@media print { .strip { background: #ccc !important } }",
    ],
)
def test_paper_sees(sample: Site, visit: Visit, css: str) -> None:
    restyled(visit, sample, css).emulate_media(media="print")

    assert visit.probe("paper")


def test_navigation_on_paper_is_seen(sample: Site, visit: Visit, tmp_path: Path) -> None:
    visit.alter(
        f"{sample.address}assets/site.css",
        lambda css: (
            css.replace("display: none !important", "opacity: 1") + ".body { display: none }"
        ),
    )
    page = visit.open(sample.address + ARTICLE)
    page.emulate_media(media="print")
    words = printed(page, tmp_path / "page.pdf")

    assert [found for found in visit.probe("paper") if found.startswith("printed")]
    assert [label for label in NAVIGATION if not unprinted(words, label)]
    assert unprinted(words, "استحواذ القلعة على الكرة")


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (after(BODY, "<script>document.title = ''</script>"), "Content Security Policy"),
        (after(BODY, '<p style="color: red">أ</p>'), "Content Security Policy"),
        (after(BODY, '<img alt="أ" src="https://cdn.example/a.png">'), "foreign request"),
        (after(BODY, '<img alt="أ" src="no-such.png">'), "404"),
    ],
)
def test_the_window_hears(
    sample: Site, visit: Visit, change: Callable[[str], str], complaint: str
) -> None:
    opened(visit, sample, change).wait_for_load_state("networkidle")

    assert [found for found in visit.complaints if complaint in found]


def test_the_window_hears_an_exception(sample: Site, visit: Visit) -> None:
    visit.alter(f"{sample.address}assets/site.js", after('"use strict";', "missing();"))
    visit.open(sample.address + ARTICLE)

    assert [found for found in visit.complaints if found.startswith("exception")]


def test_a_search_page_that_throws_is_seen(sample: Site, visit: Visit) -> None:
    def rubbish(route: Route) -> None:
        route.fulfill(content_type="text/javascript", body="throw new Error('planted')")

    visit.page.route("**/search-page.js", rubbish)
    visit.open(f"{sample.address}search/?q=حلب")

    assert [found for found in visit.complaints if "planted" in found]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (after(BODY, "<script>1</script>"), "an inline script"),
        (after(BODY, '<p style="color: red">'), "an inline style"),
        (after(BODY, '<p onclick="1">'), "an inline onclick"),
        (after("<head>", "<style>a{}</style>"), "an inline style sheet"),
        (after(BODY, '<a href=" javascript:1">أ</a>'), "a script for an address"),
        (after(BODY, '<img src="a.png">'), "a picture without words"),
        (after(BODY, "<h1>أ</h1>"), "heads of levels"),
        (after(BODY, "<h5>أ</h5>"), "a head of level 5"),
        (after(BODY, '<p id="find">أ</p>'), "the id find"),
        (lambda html: html.replace(' dir="rtl"', "", 1), "no language or direction"),
        (lambda html: html.replace('class="skip"', "", 1), "no skip link"),
        (lambda html: html.replace("Content-Security-Policy", "X"), "0 content security"),
        (lambda html: html.replace("script-src &#39;self&#39;", "script-src *"), "another policy"),
        (after("<head>", '<script src="a.js"></script>'), "the policy comes after"),
    ],
)
def test_the_source_is_read(sample: Site, change: Callable[[str], str], fault: str) -> None:
    whole = sample.html(ARTICLE)
    broken = change(whole)

    assert list(markup.of_page(whole)) == []
    assert broken != whole
    assert [found for found in markup.of_page(broken) if found.startswith(fault)]


@pytest.mark.parametrize(
    ("path", "change", "fault"),
    [
        ("", after("<main", ' id="x"><a href="n/none/">أ</a'), "a dead link to n/none/"),
        ("", after("<main", '><a href="archive/#none">أ</a'), "a link to #none"),
        ("", after("<main", '><img src="media/none.png"'), "a dead link to media/none.png"),
        (
            "archive/",
            lambda html: re.sub("<title>.*?</title>", "<title>أ</title>", html),
            "2 pages",
        ),
        ("archive/", lambda html: re.sub("<title>.*?</title>", "", html), "1 pages"),
    ],
)
def test_the_site_is_read(path: str, change: Callable[[str], str], fault: str) -> None:
    head = "<html><title>{}</title><body><main id='m'>"
    pages = {
        "": head.format("ب") + '<a href="./archive/#m">س</a><a href="a">س</a>',
        "archive/": head.format("س") + '<a href="../">ب</a>',
        "a": head.format("أ"),
    }
    files = frozenset({"index.html", "archive/index.html", "a"})

    assert list(markup.of_site(pages, files, prefix="/local/")) == []
    pages[path] = change(pages[path])
    assert [found for found in markup.of_site(pages, files, prefix="/local/") if fault in found]


def test_a_page_without_a_way_to_it_is_seen(sample: Site) -> None:
    pages = {path: sample.html(path) for path in sample.pages} | {"lost/": "<title>ل</title>"}

    found = list(markup.of_site(pages, frozenset(), prefix="/local/"))

    assert "no way leads from home to lost/" in found


@pytest.mark.parametrize(
    "css",
    [
        "a{margin-left:1px}",
        "a{ left: 0 }",
        "a{text-align:right}",
        "a{max-width:9px}",
        "a{border-right-color:red}",
        "a{border-top-left-radius:1px}",
        "a{float:inline-start}",
        "a{padding:1px 2px 3px 4px}",
    ],
)
def test_a_physical_style_is_seen(css: str) -> None:
    assert list(markup.of_style("a{margin:1px 2px;inset-inline:0}")) == []
    assert list(markup.of_style(css))


def test_the_html_checker_sees(sample: Site, tmp_path: Path) -> None:
    whole = sample.html(ARTICLE)
    (tmp_path / "tag.html").write_text(whole.replace("<h1", "<titel", 1), "utf-8")
    (tmp_path / "twice.html").write_text(after(BODY, "<p id=a><p id=a>")(whole), "utf-8")
    (tmp_path / "sheet.css").write_text("a { colour: red }", "utf-8")
    (tmp_path / "drawing.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><a b="1"/>')
    shutil.copy(sample.folder / ARTICLE / "index.html", tmp_path / "whole.html")

    files = {found.partition(":")[0] for found in checker.findings(tmp_path)}

    assert files == {"tag.html", "twice.html", "sheet.css", "drawing.svg"}


BASE = "https://archive.example/local/"


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ('"og:image:alt"', '"x"', "no og:image:alt"),
        ('"og:url" content="', '"og:url" content="x', "og:url is not"),
        ("local/assets/share.png", "local/assets/none.png", "machines are sent to"),
        ('"twitter:card"', '"x"', "no twitter:card"),
        ('{"@context"', '{"@context', "JSON-LD that is none"),
        ("https://schema.org", "https://schema.example", "JSON-LD without its vocabulary"),
        ('"headline":"', '"headline":"x', "headline is «x"),
        ('"datePublished":"', '"datePublished":"1', "datePublished is «1"),
        (' property="og:description"', "", "no og:description"),
        ('"inLanguage":"ar",', "", "NewsArticle without inLanguage"),
        ('"isAccessibleForFree":true', '"isAccessibleForFree":null', "nothing is told of"),
        ('"position":2', '"position":3', "breadcrumbs numbered"),
        ("local/outlets/", "local/outlet/", "machines are sent to"),
    ],
)
def test_what_machines_read_is_read(sample: Site, before: str, after: str, fault: str) -> None:
    whole, files = sample.html(ARTICLE), sample.files

    assert list(machines.of_page(ARTICLE, files, BASE, whole)) == []
    broken = whole.replace(before, after, 1)
    assert broken != whole
    assert [f for f in machines.of_page(ARTICLE, files, BASE, broken) if f.startswith(fault)]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("headline", "غيره"),
        ("dateModified", None),
        ("sourceOrganization", {"name": "غيره"}),
        ("mentions", []),
        ("correction", []),
        ("contentLocation", []),
        ("identifier", ["غيره"]),
        ("image", []),
    ],
)
def test_what_front_matter_says_is_missed(sample: Site, field: str, value: object) -> None:
    path = KINDS["corrected"]
    (article,) = (a for a in store.load(SAMPLE).articles if a.url[1:] == path)
    text = re.findall(r'ld\+json">(.+?)</script>', sample.html(path))[0]
    news = json.loads(text)["@graph"][0]

    assert list(machines.of_article(news, article)) == []
    assert [f for f in machines.of_article({**news, field: value}, article) if field in f]


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("</feed>", "", "cannot be read"),
        ('rel="self"', 'rel="related"', "calls itself"),
        ("<published>2", "<published>1", "is not in order"),
        (
            'href="https://archive.example/local/n/',
            'href="https://archive.example/local/m/',
            "sent to",
        ),
        (":/n/", ":/x/", "tells other articles"),
    ],
)
def test_a_broken_feed_is_seen(sample: Site, before: str, after: str, fault: str) -> None:
    files = sample.files
    broken = files["feed.xml"].replace(before.encode(), after.encode(), 1)

    assert broken != files["feed.xml"]
    assert [f for f in machines.of_feeds(files | {"feed.xml": broken}, BASE) if fault in f]


@pytest.mark.parametrize(
    ("path", "before", "after", "fault"),
    [
        ("sitemap-2025.xml", "<lastmod>2", "<lastmod>x", "sitemap-2025.xml:"),
        ("sitemap-2025.xml", "<loc>https://archive.example/local/n/", "<loc>x", "is in no sitemap"),
        ("sitemap-2025.xml", "/n/", "/n/x", "is not for indexes"),
        ("sitemap.xml", "sitemap-2025", "sitemap-1025", "a part that is not there"),
        ("robots.txt", "sitemap.xml", "map.xml", "robots.txt names"),
    ],
)
def test_a_broken_sitemap_is_seen(
    sample: Site, path: str, before: str, after: str, fault: str
) -> None:
    files = sample.files
    broken = files[path].replace(before.encode(), after.encode(), 1)

    assert broken != files[path]
    assert [f for f in machines.of_sitemap(files | {path: broken}, BASE) if fault in f]


def test_pages_of_one_description_are_seen(sample: Site) -> None:
    path = KINDS["month"]
    pages = {"": sample.html(""), path: sample.html(path)}
    same = re.sub(r'(?<=property="og:description" content=")[^"]*', "أ", pages[path])
    home = re.sub(r'(?<=property="og:description" content=")[^"]*', "أ", pages[""])

    assert list(machines.of_descriptions(pages)) == []
    assert list(machines.of_descriptions({"": home, path: same})) == [
        "2 pages are described as «أ»"
    ]
