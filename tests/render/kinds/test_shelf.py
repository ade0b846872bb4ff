from tests.render import samples

from warraq.model import Person
from warraq.render.kinds.shelf import ShelfPart, kind_view, shelf_part_view, shelf_parts, shelf_view
from warraq.render.site_pages import plan, render


def test_a_short_shelf_is_one_page_and_a_long_one_has_its_years() -> None:
    short, long = samples.busy(100), samples.busy(500)
    whole = shelf_view("/topics/ports/", "topics", "ports", context=short)
    newest = shelf_view("/topics/ports/", "topics", "ports", context=long)

    assert (len(whole.articles), whole.years) == (100, ())
    assert len(newest.articles) == 30
    assert [(bar.text, bar.path) for bar in newest.years] == [
        ("2020", "topics/ports/2020/"),
        ("2019", "topics/ports/2019/"),
    ]


def test_a_large_year_of_a_shelf_is_split_by_month() -> None:
    context = samples.busy(365)
    pages = list(shelf_parts(context.catalogue.shelf_counts("topics", "ports")))
    year = shelf_part_view(ShelfPart("topics", "ports", 2019), context)
    march = shelf_part_view(ShelfPart("topics", "ports", 2019, 3), context)

    assert pages == [(2019, 0), *((2019, month) for month in range(1, 13))]
    assert len(year.parts) == 12
    assert sum(len(g.articles) for g in year.groups) == 0
    assert sum(len(g.articles) for g in march.groups) == 31


def test_every_part_of_a_shelf_is_planned_and_renders() -> None:
    context = samples.busy(365)
    found = [page for page in plan(context) if isinstance(page, ShelfPart)]

    assert len(found) == 26  # the outlet's thirteen and the topic's
    assert all(b"<h1" in render(page.view(context), samples.theme(), page.url) for page in found)


def test_a_long_index_stands_under_letters() -> None:
    names = [f"شخص {at}" for at in range(1, 59)] + ["أحمد", "Zaman", "إبراهيم", "٧ إخوة"]
    people = tuple(Person(f"p{at}", name) for at, name in enumerate(names))
    view = kind_view("/people/", "people", samples.context(authorities=people))

    assert [link.text for link in view.names][:4] == ["٧ إخوة", "إبراهيم", "أحمد", "شخص 1"]
    assert [(letter.text, letter.after - letter.first) for letter in view.letters] == [
        ("أرقام", 1), ("أ", 2), ("ش", 58), ("Z", 1),
    ]  # fmt: skip
    short = kind_view("/people/", "people", samples.context(authorities=people[:60]))
    assert short.letters == ()
