from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warraq.base.urls import (
    folded_path,
    is_article_id,
    is_key,
    is_web_address,
    old_path,
    output_path,
    relative,
    root_of,
    site_path,
)

PAGES = st.lists(st.sampled_from(["n", "a", "2025", "abc123"]), max_size=4).map(
    lambda parts: "".join(f"/{part}" for part in parts) + "/"
)


@given(PAGES, PAGES)
def test_a_relative_link_leads_to_its_target(target: str, page: str) -> None:
    link = relative(target, page)

    assert urljoin(f"https://a.example{page}", link) == f"https://a.example{target}"
    assert site_path(link, page, "") == target


@given(PAGES)
def test_the_root_is_the_front_page(page: str) -> None:
    assert urljoin(f"https://a.example{page}", root_of(page)) == "https://a.example/"


@pytest.mark.parametrize("link", ["/n/abc123/#a", "/search/?q=x"])
def test_a_fragment_or_query_stays_on_a_relative_link(link: str) -> None:
    assert urljoin("https://a.example/people/x/", relative(link, "/people/x/")) == (
        f"https://a.example{link}"
    )


@pytest.mark.parametrize("key", ["", "-a", "a--b", "A", "a_b", "a/b", "أ", "a" * 81])
def test_what_is_no_key(key: str) -> None:
    assert not is_key(key)


@pytest.mark.parametrize("article_id", ["abc12", "a" * 17, "ABCDEF", "abc-123", "abc123\n"])
def test_what_is_no_id(article_id: str) -> None:
    assert not is_article_id(article_id)


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "//a.example", "https://", "https://u:p@a.example/", "http://[",
     "https://a.example/ x", "https://a.example\\b", "ftp://a.example/"],
)  # fmt: skip
def test_what_is_no_web_address(address: str) -> None:
    assert not is_web_address(address)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/a/b", "/a/b/"),
        ("/a/b.html", "/a/b.html"),
        ("/a/b.HTM", "/a/b.HTM"),
        ("/a/.git/x", ""),
        ("/a//b", ""),
        ("/%ff", ""),
        ("/a\N{RIGHT-TO-LEFT OVERRIDE}b", ""),
        (
            "/\u0645\u06cc\N{ZERO WIDTH NON-JOINER}\u0631",
            "/\u0645\u06cc\N{ZERO WIDTH NON-JOINER}\u0631/",
        ),
        ("/" + "a" * 256, ""),
        ("/" + "/".join(["a" * 200] * 6), ""),
    ],
)
def test_an_old_address_is_served_by_a_file_or_refused(address: str, expected: str) -> None:
    assert old_path(address) == expected


@given(PAGES)
def test_a_page_is_served_by_the_index_of_its_folder(page: str) -> None:
    assert f"/{output_path(page)}" == f"{page}index.html"


def test_paths_that_a_file_system_takes_for_one_are_equal() -> None:
    composed, decomposed = "/\u0622/", "/\u0627\u0653/"

    assert folded_path(composed) == folded_path(decomposed)
    assert folded_path("/A/") == folded_path("/a/") != folded_path("/b/")
