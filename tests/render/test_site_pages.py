from tests.render import samples

from warraq.render.site_pages import plan


def test_an_empty_archive_has_every_page() -> None:
    context = samples.context(entries={}, authorities=())

    assert all(page.view(context) is not None for page in plan(context))
