import msgspec
from tests.render import samples
from tests.render.built import Read, site

from warraq.model import Credit
from warraq.render.context import RenderContext
from warraq.render.kinds.carried import NEWEST, CarriedPage
from warraq.render.kinds.shelf import shelf_view
from warraq.render.site_pages import plan
from warraq.render.views import ListView

URL = "outlets/naqil/carried/"


def view(context: RenderContext) -> ListView:
    found = CarriedPage("outlets", "naqil").view(context)
    assert isinstance(found, ListView)
    return found


def test_only_an_outlet_that_carried_articles_has_the_page() -> None:
    planned = [page for page in plan(samples.context()) if isinstance(page, CarriedPage)]

    assert planned == [CarriedPage("outlets", "naqil")]
    assert not CarriedPage("outlets", "marsad").exists(samples.context())
    assert not CarriedPage("outlets", "nobody").exists(samples.context())


def test_it_lists_what_came_through_the_outlet_but_no_copy() -> None:
    (group,) = view(samples.context()).groups

    assert [article.path for article in group.articles] == ["n/a0000000000000b1/"]


def test_the_outlets_page_links_to_it_only_where_it_exists() -> None:
    context = samples.context()
    paths = {
        key: [link.path for row in shelf.facts for link in row.links if "carried" in link.path]
        for key in ("naqil", "marsad")
        for shelf in [shelf_view(f"/outlets/{key}/", "outlets", key, context=context)]
    }

    assert paths == {"naqil": [URL], "marsad": []}


def test_of_many_articles_the_newest_are_listed() -> None:
    count = NEWEST + 5
    many = {
        key: samples.entry(msgspec.structs.replace(e.article, via=(Credit("ناقل نت", "naqil"),)))
        for key, e in samples.busy_entries(count).items()
    }
    shown = view(samples.context(entries=many))
    (group,) = shown.groups

    assert len(group.articles) == NEWEST
    assert group.articles[0].path == f"n/d{count - 1:07}/"
    assert str(NEWEST) in shown.text
    assert str(count) in shown.text


def test_the_file_names_outlet_and_article_and_is_in_the_sitemap() -> None:
    html = site()[f"{URL}index.html"].decode()

    assert Read(html).inside("h1") == "مواد نُقلت عبر ناقل نت"
    assert "افتتاح رصيف الصيادين في المرسى" in html
    assert URL.encode() in site()["sitemap-pages.xml"]
