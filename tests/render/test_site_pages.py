from tests.render import samples

from warraq.render.page import SinglePage
from warraq.render.site_pages import PAGE_KINDS, plan, render


def test_an_empty_archive_has_every_page() -> None:
    context = samples.context(entries={}, authorities=())

    pages = list(plan(context))
    for page in pages:
        assert render(page.view(context), samples.theme(), page.url)
    always = {kind for kind in PAGE_KINDS if issubclass(kind, SinglePage)}
    assert always <= {type(page) for page in pages}
