"""An import as a whole: the settings it heeds, and what is left to an editor."""

from pathlib import Path

from tests.importer.seeds import (
    FIRST,
    SECOND,
    THIRD,
    TITLE,
    articles,
    edit,
    run_import,
    write_export,
    write_seed,
)

from warraq.commands.check import check


def test_the_sites_field_map_is_used(site: Path) -> None:
    (site / "site.yaml").write_text(
        "name: أرشيف\nimport: {fields: {body: matn, title: unwan, system: old-cms}}\n", "utf-8"
    )
    write_export(
        site, "x.ndjson", {"id": 5, "unwan": TITLE, "matn": f"<p>{FIRST}</p><p>{SECOND}</p>"}
    )
    run_import(site)
    (article,) = articles(site)
    assert (article.title, article.external_ids) == (TITLE, {"old-cms": "5"})


def test_check_lists_what_waits_for_an_editor(site: Path) -> None:
    write_seed(site, "a.txt", TITLE, "", FIRST, SECOND)
    run_import(site)
    edit(site, SECOND, "وقال رئيسها بحسب المحرر كلاماً آخر غير الذي في الأصل.")
    write_seed(site, "a.txt", TITLE, "", FIRST, THIRD)
    run_import(site)
    counts = {"articles-topicless", "articles-sourceless"}
    waiting = {"import-conflict", "open-date", "open-source"}
    assert {p.code for p in check(site)} - counts == waiting
