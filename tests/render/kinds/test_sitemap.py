import re
import xml.etree.ElementTree as ET

from tests.render.built import pages, site

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def test_the_sitemap_names_every_page_that_may_be_indexed_once() -> None:
    index = ET.fromstring(site()["sitemap.xml"])  # noqa: S314 - our own output
    parts = [loc.text or "" for loc in index.iter(f"{SITEMAP}loc")]
    urls = [
        (loc.text or "").removeprefix("https://example.org/daftar/")
        for part in parts
        for loc in ET.fromstring(site()[part.rpartition("/")[2]]).iter(f"{SITEMAP}loc")  # noqa: S314
    ]
    open_pages = {
        path.removesuffix("index.html")
        for path, page in pages().items()
        if '<meta name="robots" content="noindex">' not in page
        and f'canonical" href="https://example.org/daftar/{path.removesuffix("index.html")}"'
        in page
        and not path.endswith("history/index.html")
    }

    assert len(urls) == len(set(urls))
    assert set(urls) == open_pages
    assert "Sitemap: https://example.org/daftar/sitemap.xml" in site()["robots.txt"].decode()


def test_headers_carry_the_policy_of_the_pages() -> None:
    headers = site()["_headers"].decode()

    assert headers.startswith(
        "/daftar/*\n  Content-Security-Policy: default-src 'none'; script-src 'self'"
    )
    assert "frame-ancestors 'none'" in headers


def test_headers_keep_hashed_search_files_for_good_and_ask_about_their_root() -> None:
    headers = site()["_headers"].decode()
    blocks = dict(re.findall(r"^(/\S+)\n((?:  .*\n)+)", headers, re.MULTILINE))
    cached = {rule: told for rule, told in blocks.items() if "Cache-Control" in told}

    assert "immutable" in cached["/daftar/search/t/*"]
    assert "immutable" in cached["/daftar/search/story/*"]
    assert cached["/daftar/search/root.json"] == "  Cache-Control: no-cache\n"
    # One rule a file: no rule's folder lies in another's.
    folders = [rule.removesuffix("*") for rule in cached]
    assert [a for a in folders for b in folders if a != b and a.startswith(b)] == []
