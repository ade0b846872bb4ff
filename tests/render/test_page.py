"""The law of a build that keeps its output: whatever comes out otherwise had been named."""

from datetime import date

import msgspec
import pytest
from tests.render import samples

from warraq.model import Article, Credit, Moment, Rights
from warraq.render.context import RenderContext
from warraq.render.kinds.archive import DayPage, MonthPage, YearPage
from warraq.render.kinds.article import ArticlePage
from warraq.render.kinds.redirect import RedirectPage
from warraq.render.page import Page, changes_of
from warraq.render.pages import SitemapPages, decoded, dirty_pages, encoded, plan

LEAD = "a0000000000000b1"
CHANGES: dict[str, dict[str, object]] = {
    "a new headline": {"title": "عنوان آخر"},
    "another's headline": {"title": "انقطاع الماء عن أربعة أحياء", "source": samples.BAWABA},
    "another year": {"date": Moment(date(2021, 3, 4))},
    "no date": {"date": None},
    "another outlet": {"source": Credit("ناقل نت", "naqil"), "via": ()},
    "another topic": {"topics": ("memory",)},
    "nobody named": {"people": ()},
    "another text": {"body": "نص جديد كليًّا عن «شيء لم يقله أحد»."},
    "rights": {"rights": Rights("وكالة", "none", index=False)},
    "removed": {"status": "removed"},
    "an old address": {"aliases": ("/else/",)},
    "a copy": {"copy_of": "c0000000000000d1"},
    "a print": {"same_text_as": "c0000000000000d1"},
}  # fmt: skip


def views(context: RenderContext) -> dict[Page, bytes]:
    return {page: msgspec.msgpack.encode(page.view(context)) for page in plan(context)}


def named(old: RenderContext, new: RenderContext, article_id: str) -> set[Page]:
    cards = [card for c in (old, new) if (card := c.catalogue.card(article_id))]
    found: set[Page] = set()
    for context in (old, new):
        found |= {*YearPage.plan(context), *MonthPage.plan(context)}
        found |= set(dirty_pages(changes_of(cards, (), context), context))
    return found if set(plan(old)) == set(plan(new)) else found | {SitemapPages()}


def differing(old: RenderContext, new: RenderContext) -> set[Page]:
    before, after = views(old), views(new)
    return {page for page in {*before, *after} if before.get(page) != after.get(page)}


@pytest.mark.parametrize("change", CHANGES)
def test_an_edit_touches_no_page_that_was_not_named(change: str) -> None:
    edited = msgspec.structs.replace(samples.ENTRIES[LEAD].article, **CHANGES[change])
    old = samples.context()
    new = samples.context(entries=samples.ENTRIES | {LEAD: samples.entry(edited)})

    assert differing(old, new) - named(old, new, LEAD) == set()


@pytest.mark.parametrize("article_id", sorted(samples.ENTRIES))
def test_an_article_more_or_less_touches_no_page_that_was_not_named(article_id: str) -> None:
    fewer = {key: entry for key, entry in samples.ENTRIES.items() if key != article_id}
    old, new = samples.context(), samples.context(entries=fewer)

    assert differing(old, new) - named(old, new, article_id) == set()


def test_what_is_named_exists_when_it_is_in_the_plan() -> None:
    context = samples.context()
    planned = set(plan(context))
    changes = changes_of([e.card for e in samples.ENTRIES.values()], (), context)
    asked = {*dirty_pages(changes, context), ArticlePage("nobody"), YearPage(1990)}
    asked = {page for page in asked if not isinstance(page, RedirectPage)}

    assert {page for page in asked if page.exists(context)} == asked & planned


def test_a_month_that_grows_large_names_its_days() -> None:
    entries = {}
    for at in range(401):
        found = Article(f"d{at:07}", f"خبر {at}", date=Moment(date(2019, 1, 1 + at % 31)))
        entries[found.id] = samples.entry(found)
    new = samples.context(entries=entries)
    last, *_ = (e for e in reversed(entries.values()))
    old = samples.context(entries={k: e for k, e in entries.items() if k != last.article.id})

    assert differing(old, new) - named(old, new, last.article.id) == set()
    assert any(isinstance(page, DayPage) for page in plan(new))
    assert not any(isinstance(page, DayPage) for page in plan(old))


def test_a_page_is_the_same_after_it_was_encoded() -> None:
    planned = list(plan(samples.context()))

    assert [decoded(encoded(page)) for page in planned] == planned


def test_no_two_pages_of_the_plan_have_one_address() -> None:
    addresses = [page.url for page in plan(samples.context())]

    assert len(addresses) == len({*addresses})
