"""Which old addresses an article may have."""

import pytest

from warraq.build.address_check import is_reserved
from warraq.importer.old_addresses import OldAddresses
from warraq.model import Topic


@pytest.fixture
def addresses() -> OldAddresses:
    return OldAddresses(["media/a.jpg"], [Topic("roads", "طرق", formerly=("/tag/roads/", "ways"))])


def test_an_address_belongs_to_its_first_owner(addresses: OldAddresses) -> None:
    assert addresses.free("a1", ["/2019/a/", "/2019/b/"]) == ("/2019/a/", "/2019/b/")
    assert addresses.free("a2", ["/2019/A/", "/2019/c/"]) == ("/2019/c/",)
    assert addresses.free("a1", ["/2019/a/"]) == ("/2019/a/",)


@pytest.mark.parametrize(
    "alias",
    [
        "/archive/",
        "/archive/2019/05/",
        "/n/a1/",
        "/search/",
        "/topics/",
        "/feed.xml",
        "/404.html",
        "/media/a/",
        "/assets/x/",
        "/sitemap.xml",
        "/Robots/",
        "/people/ali-x/",
    ],
)
def test_the_sites_own_addresses_are_never_free(addresses: OldAddresses, alias: str) -> None:
    assert addresses.free("a1", [alias]) == ()


@pytest.mark.parametrize(
    "alias", ["/tag/roads/", "/topics/ways/", "/topics/roads/", "/topics/roads/a/", "/media/a.jpg"]
)
def test_what_files_and_authorities_have_is_taken(addresses: OldAddresses, alias: str) -> None:
    assert addresses.free("a1", [alias]) == ()


def test_a_page_cannot_be_below_a_file(addresses: OldAddresses) -> None:
    assert addresses.free("a1", ["/2019/b.html"]) == ("/2019/b.html",)
    assert addresses.free("a2", ["/2019/b.html/c/"]) == ()


def test_a_page_of_another_system_may_not_take_the_sites_own_address() -> None:
    assert [
        path for path in ("/404.html", "/sitemap.xml", "/feed/", "/about/") if is_reserved(path)
    ] == [
        "/404.html",
        "/sitemap.xml",
        "/feed/",
    ]
