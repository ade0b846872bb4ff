import msgspec
from tests.render import samples
from tests.render.built import Read, pages

from warraq.model import Rights, Story
from warraq.render.kinds.story import COLUMNS, SIDE_BY_SIDE, story_view
from warraq.render.site_pages import plan


def test_a_proposed_story_goes_when_the_site_does_not_show_proposals() -> None:
    config = msgspec.structs.replace(samples.CONFIG, stories_show_proposed=False)
    urls = {page.url for page in plan(samples.context(config))}

    assert "/stories/delegation/" not in urls
    assert "/stories/quay/" in urls


def test_a_story_without_a_live_report_has_no_page() -> None:
    story = Story("gone", "ذهبت", articles=("e0000000000000f2",))
    urls = {p.url for p in plan(samples.context(authorities=(*samples.AUTHORITIES, story)))}

    assert "/stories/gone/" not in urls


def test_reports_stand_side_by_side_in_order_of_publication() -> None:
    view = story_view("/stories/quay/", "quay", samples.context())
    rows = {row.kind: row.cells for row in view.rows}

    assert [c.name for c in view.columns] == ["بوابة الميناء", "مرصد الساحل", "Coast Daily"]
    assert [c.dir for c in view.columns] == ["", "", "ltr"]
    assert rows["source"][0].lines == ("مديرية الموانئ", "بائعو السوق")
    assert rows["quotes"][1].lines[0].startswith("هذا الرصيف ملك")
    assert rows["unique"][0].lines[0].startswith("واحتج نحو 30 من بائعي السوق")
    assert rows["shared"][0].lines == ("فقرتان من 4 ترد لدى مصدر آخر أو تكاد",)


def test_a_report_that_may_not_be_shown_is_named_but_not_quoted() -> None:
    hidden = samples.ENTRIES["a0000000000000b2"]
    changed = msgspec.structs.replace(hidden.article, rights=Rights("", "excerpt", index=True))
    entries = samples.ENTRIES | {changed.id: samples.entry(changed)}
    view = story_view("/stories/quay/", "quay", samples.context(entries=entries))
    rows = {row.kind: row.cells for row in view.rows}

    assert rows["title"][0].link is not None
    assert all(
        rows[kind][0] == msgspec.structs.replace(rows[kind][0], lines=())
        for kind in ("quotes", "unique", "numbers")
    )
    assert rows["quotes"][0].withheld


def test_a_proposal_says_that_it_is_one() -> None:
    html = pages()["stories/delegation/index.html"]

    assert "قصة اقترحها البرنامج" in html
    assert "تاريخان متقاربان" in html


def test_the_comparison_is_a_table_with_heads() -> None:
    page = Read(pages()["stories/quay/index.html"])
    scopes = [found.get("scope") for found in page.attributes("th")]

    assert scopes.count("col") == 3
    assert scopes.count("row") == 8


def test_a_story_of_many_reports_compares_the_first_of_each_outlet() -> None:
    ids = tuple(sorted(samples.ENTRIES))
    story = Story("all", "الكل", articles=ids)
    view = story_view(
        "/stories/all/", "all", samples.context(authorities=(*samples.AUTHORITIES, story))
    )

    assert len(view.columns) == COLUMNS
    live = [e.card for e in samples.ENTRIES.values() if e.card.status == "live"]
    assert len(view.steps) == len([card for card in live if not card.copy_of])
    assert [column.first for column in view.columns] == [True] * SIDE_BY_SIDE + [False] * 2
    assert view.choose
    assert view.partial == "تُقارَن هنا 6 روايات، وكلها في الترتيب أدناه."
    copied = [step for step in view.steps if step.copies]
    assert [link.text for step in copied for link in step.copies] == ["ناقل نت"]
