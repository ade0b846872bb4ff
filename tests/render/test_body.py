import msgspec
import pytest
from tests.render import samples
from tests.render.articles import ID, view, with_article

from warraq.model import Figure, Rights
from warraq.render.body import body_html


def test_own_links_and_pictures_lead_from_this_page() -> None:
    html = (
        '<p><a href="/n/abc123/">x</a> <img src="/media/a.png" alt=""> <a href="//x.y/">z</a></p>'
    )

    assert body_html(html, "../../", "en", samples.context()) == html.replace(
        '"/n', '"../../n'
    ).replace('"/media', '"../../media')


@pytest.mark.parametrize(("display", "body"), [("full", True), ("excerpt", False), ("none", False)])
def test_rights_decide_what_of_the_body_is_shown(display: str, body: bool) -> None:
    shown = view(ID, with_article(rights=Rights("", display, index=True)))  # type: ignore[arg-type]

    assert bool(shown.body) == body
    assert bool(shown.excerpt) == (display == "excerpt")
    assert bool(shown.withheld) != body
    assert shown.history == body


def test_a_picture_of_the_site_is_linked_and_shared() -> None:
    shown = view(ID, with_article(image=Figure("ميناء.jpg", alt="الميناء", credit="أرشيف")))

    assert shown.picture == "https://example.org/daftar/media/%D9%85%D9%8A%D9%86%D8%A7%D8%A1.jpg"
    assert shown.picture_shown is not None
    assert shown.picture_shown.own


def test_a_picture_of_another_host_is_shown_only_where_the_site_allows_it() -> None:
    image = Figure("https://images.example/a.jpg", alt="صورة")
    changed = with_article(image=image, figures=(image,))
    shown = view(ID, changed)
    changed.config = msgspec.structs.replace(changed.config, image_hosts=("images.example",))

    assert (shown.picture_shown, shown.figures, shown.picture) == (None, (), "")
    assert len(view(ID, changed).figures) == 1
