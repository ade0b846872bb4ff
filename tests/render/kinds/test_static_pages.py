import json

import pytest
from tests.render import samples

from warraq.render.kinds.static_pages import (
    ContentPage,
    CorrectionsPage,
    NotFoundPage,
    SearchPage,
)
from warraq.render.views import CorrectionsView, NotFoundView, PageView, SearchView


def test_a_content_page_has_its_text_and_its_description() -> None:
    view = ContentPage("pages", "about").view(samples.context())

    assert isinstance(view, PageView)
    assert view.heading == "عن الأرشيف"
    assert (view.description, view.body) == (view.text, "<p>نحفظ ما نُشر كما نُشر.</p>")


def test_a_page_without_a_file_is_no_page() -> None:
    page = ContentPage("pages", "nobody")

    assert not page.exists(samples.context())
    with pytest.raises(KeyError):
        page.view(samples.context())


def test_corrections_list_corrected_and_removed_articles() -> None:
    view = CorrectionsPage().view(samples.context())

    assert isinstance(view, CorrectionsView)
    assert [entry.article.path for entry in view.corrected] == ["n/a0000000000000b1/"]
    assert [link.path for link in view.removed] == ["n/e0000000000000f2/"]


def test_the_search_page_gives_its_script_every_word() -> None:
    view = SearchPage().view(samples.context())

    assert isinstance(view, SearchView)
    messages = json.loads(view.messages)
    assert messages["months"][0] == "كانون الثاني/يناير"
    assert all(messages.values())


def test_links_of_the_404_page_are_absolute() -> None:
    view = NotFoundPage().view(samples.context())

    assert isinstance(view, NotFoundView)
    assert (view.root, view.indexed) == ("/daftar/", False)
