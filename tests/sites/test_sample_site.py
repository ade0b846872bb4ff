"""The sample site is whole, and as varied as the browser tests need it."""

from collections import Counter
from pathlib import Path

import pytest

from warraq.commands.check import check
from warraq.content import store
from warraq.content.store import Content
from warraq.model import Outlet, Story

SAMPLE = Path(__file__).with_name("sample")


@pytest.fixture(scope="module")
def content() -> Content:
    return store.load(SAMPLE)


def test_nothing_is_wrong_with_it() -> None:
    counts = ["articles-sourceless", "articles-topicless"]  # one each, to be looked at
    assert [problem.code for problem in check(SAMPLE)] == counts


def test_it_holds_some_sixty_articles_from_many_outlets(content: Content) -> None:
    kinds = Counter(a.kind for a in content.authorities)

    assert len(content.articles) == 61
    assert kinds["outlets"] >= 10
    assert kinds["people"] >= 15
    assert {"places", "organizations", "topics", "authors", "stories", "pages"} <= kinds.keys()


def test_every_kind_of_date_is_there(content: Content) -> None:
    dated = [a for a in content.articles if a.date]
    hours = [a for a in dated if a.date and a.date.clock]
    months = [a for a in content.articles if not a.date and a.date_info.edtf]
    statuses = Counter(a.date_info.status for a in content.articles)

    assert len(hours) >= 3
    assert {len(a.date_info.edtf) for a in months} >= {4, 7}
    assert statuses.keys() == {"exact", "inferred", "conflicting", "unknown"}


def test_every_state_of_an_article_is_there(content: Content) -> None:
    articles = content.articles
    shown = {a.rights.display for a in articles} | {
        o.rights.display for o in content.authorities if isinstance(o, Outlet)
    }

    assert sum(a.status == "removed" for a in articles) == 2
    assert sum(a.draft for a in articles) == 2
    assert any(a.copy_of for a in articles)
    assert any(a.aliases for a in articles)
    assert any(a.lang == "en" for a in articles)
    assert any(a.image and a.image.alt for a in articles)
    assert any(len(a.title) > 130 for a in articles)
    assert any("|---|" in a.body for a in articles)
    assert {c.kind for a in articles for c in a.corrections} == {
        "correction",
        "clarification",
        "update",
        "retraction",
    }
    assert shown >= {"full", "excerpt", "none"}


def test_there_are_long_reads_and_stories_of_two_to_five(content: Content) -> None:
    stories = [a for a in content.authorities if isinstance(a, Story)]

    assert sum(len(a.body.split()) > 800 for a in content.articles) >= 4
    copies = {a.id for a in content.articles if a.copy_of}
    assert {len({*story.articles} - copies) for story in stories} >= {2, 3, 4, 5}
    assert {story.status for story in stories} == {"confirmed", "proposed"}
