import pytest
from tests.render.built import pages

from warraq.base.urls import old_path

ID = "a0000000000000b1"


def test_old_addresses_lead_to_the_new_ones() -> None:
    html = pages()["2025/10/raseef.html"]

    assert f'content="0; url=../../n/{ID}/"' in html
    assert f'<link rel="canonical" href="https://example.org/daftar/n/{ID}/">' in html
    assert "قديم/رصيف/index.html" in pages()
    assert "stories/quay-old/index.html" in pages()


@pytest.mark.parametrize(
    "alias",
    [
        "../x",
        "/a/../b",
        "//evil/x",
        "/.git/x",
        "",
        "/",
        "a\x00b",
        "C:\\x",
        "x" * 300,
        "/?p=1",
        "/a#b",
    ],
)
def test_an_alias_cannot_leave_the_site(alias: str) -> None:
    found = old_path(alias)

    assert ".." not in found
    assert found in {"", "/", "/evil/x/"}
