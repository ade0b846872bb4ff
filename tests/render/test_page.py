"""The law of the incremental build: every page that an edit changes was named as dirty."""

from datetime import date

import msgspec
import pytest
from tests.render import samples

from warraq.model import Article, Authority, AuthorityKind, Credit, Moment, Place, Rights, Story
from warraq.render.context import RenderContext
from warraq.render.kinds.archive import DayPage, MonthPage, YearPage
from warraq.render.kinds.article import ArticlePage
from warraq.render.kinds.redirect import RedirectPage
from warraq.render.page import Page, changes_of
from warraq.render.site_pages import SitemapPages, decoded, dirty_pages, encoded, plan

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


# What an edit of an authority file may change, by kind and key; the file as it is then.
PLACED = Story(
    "placed", "قصة في بلدة", articles=("c0000000000000d2", "c0000000000000d5"), place="beirut"
)
BEIRUT = Place("beirut", "بيروت")
AUTHORITIES = (*samples.AUTHORITIES, PLACED, BEIRUT)
EDITS: dict[str, tuple[AuthorityKind, str, dict[str, object]]] = {
    "an outlet's name": ("outlets", "marsad", {"name": "مرصد الشاطئ"}),
    "an outlet's country": ("outlets", "naqil", {"country": "لبنان"}),
    "a topic's name": ("topics", "ports", {"name": "المرافئ"}),
    "a topic's description": ("topics", "markets", {"description": "ما يباع ويشترى."}),
    "a person's name": ("people", "laila-haddad", {"name": "ليلى حداد"}),
    "a person's role": ("people", "salem-bahri", {"role": "صياد"}),
    "a person's former key": ("people", "salem-bahri", {"formerly": ("bahri",)}),
    "a place's name": ("places", "marsa", {"name": "مرسى الساحل"}),
    "the name of a place that only a story names": ("places", "beirut", {"name": "بيروت الكبرى"}),
    "an author's text": ("authors", "nada-rami", {"body": "كاتبة."}),
    "an organization's name": ("organizations", "ports-office", {"name": "إدارة الموانئ"}),
    "a story's name": ("stories", "quay", {"name": "رصيف جديد"}),
    "a story's articles": ("stories", "quay", {"articles": (LEAD, "c0000000000000d3")}),
    "a story confirmed": ("stories", "delegation", {"status": "confirmed"}),
    "a story withdrawn": ("stories", "quay", {"status": "proposed"}),
    "a page's text": ("pages", "about", {"body": "نص آخر."}),
}  # fmt: skip


def site_of(authorities: tuple[Authority, ...], *, show_proposed: bool = True) -> RenderContext:
    entries = {key: samples.entry(e.article, authorities) for key, e in samples.ENTRIES.items()}
    config = msgspec.structs.replace(samples.CONFIG, stories_show_proposed=show_proposed)
    return samples.context(config, entries=entries, authorities=authorities)


def named_by_authority(
    old: RenderContext, new: RenderContext, kind: AuthorityKind, key: str
) -> set[Page]:
    """Return what is dirty, as a build asks it: with the articles whose cards the edit changed."""
    pairs = [(old.catalogue.card(id_), new.catalogue.card(id_)) for id_ in samples.ENTRIES]
    cards = [card for before, after in pairs if before != after for card in (before, after) if card]
    found: set[Page] = set()
    for context in (old, new):
        authority = context.catalogue.authority(kind, key)
        changes = changes_of(cards, [authority] if authority else [], context)
        found |= set(dirty_pages(changes, context))
    return found if set(plan(old)) == set(plan(new)) else found | {SitemapPages()}


def without(kind: AuthorityKind, key: str) -> tuple[Authority, ...]:
    return tuple(a for a in AUTHORITIES if (a.kind, a.key) != (kind, key))


@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize("show_proposed", [True, False])
def test_an_edit_of_an_authority_changes_only_pages_that_were_named(
    edit: str, *, show_proposed: bool
) -> None:
    kind, key, fields = EDITS[edit]
    (before,) = (a for a in AUTHORITIES if (a.kind, a.key) == (kind, key))
    edited = (*without(kind, key), msgspec.structs.replace(before, **fields))
    old = site_of(AUTHORITIES, show_proposed=show_proposed)
    new = site_of(edited, show_proposed=show_proposed)

    assert differing(old, new) - named_by_authority(old, new, kind, key) == set()


@pytest.mark.parametrize("address", [(a.kind, a.key) for a in AUTHORITIES])
def test_an_authority_more_or_less_changes_only_pages_that_were_named(
    address: tuple[AuthorityKind, str],
) -> None:
    with_it, without_it = site_of(AUTHORITIES), site_of(without(*address))

    for old, new in ((with_it, without_it), (without_it, with_it)):
        assert differing(old, new) - named_by_authority(old, new, *address) == set()


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
