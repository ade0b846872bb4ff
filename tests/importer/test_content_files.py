"""The articles and receipts under content/, read and written."""

from pathlib import Path

import pytest
from tests.importer.seeds import FIRST, TITLE, run_import, write_seed

from warraq.base.problems import StoppedError, WarraqError
from warraq.content import receipts
from warraq.content.receipts import Identity
from warraq.importer.content_files import ContentFiles, write_if_changed


def test_an_article_is_known_by_its_id_wherever_it_was_moved(site: Path) -> None:
    folder = site / "content/articles/2024"
    folder.mkdir(parents=True)
    (folder / "a1.md").write_text("---\nid: a1\ntitle: خبر\n---\n\nنص.\n", "utf-8")
    files = ContentFiles(site)
    assert "a1" in files
    assert files.path_of("a1") == "content/articles/2024/a1.md"
    assert files.body("a1").strip() == "نص."
    files.write_article("a1", b"new")
    assert (folder / "a1.md").read_bytes() == b"new"


def test_an_article_that_does_not_exist_is_none_and_has_no_text(site: Path) -> None:
    files = ContentFiles(site)
    assert files.article("a1") is None
    assert files.body("a1") == ""
    assert files.path_of("a1") == "a1"
    assert files.receipt(Identity("a1", "seeds/a.txt", "one")).sha256 == "one"


def test_an_unreadable_receipt_is_named_by_its_article(site: Path) -> None:
    write_seed(site, "a.txt", TITLE, "", FIRST)
    (line,) = run_import(site).lines
    path = site / receipts.path_of(line.article)
    path.write_text("{", "utf-8")
    ((article_id, problems),) = ContentFiles(site).identities()
    assert article_id == line.article
    assert isinstance(problems, tuple)
    assert [problem.code for problem in problems] == ["receipt-broken"]


def test_an_article_in_another_encoding_is_an_error(site: Path) -> None:
    folder = site / "content/articles"
    folder.mkdir(parents=True)
    (folder / "a1.md").write_bytes("خبر".encode("windows-1256"))
    with pytest.raises(WarraqError) as caught:
        ContentFiles(site).text_of("a1")
    assert [problem.code for problem in caught.value.problems] == ["file-unreadable"]


def test_the_file_of_a_record_is_what_its_name_has_before_a_number_sign(site: Path) -> None:
    (site / "seeds/a#1.csv").write_text("", "utf-8")
    files = ContentFiles(site)
    assert not files.seed_is_missing("seeds/a#1.csv#7")
    assert files.seed_is_missing("seeds/b.csv#7")


def test_a_dry_run_keeps_new_articles_in_memory(site: Path) -> None:
    files = ContentFiles(site, dry_run=True)
    text = "---\nid: a1\ntitle: خبر\n---\n\nنص.\n".encode()
    files.write_article("a1", text)
    files.keep_unwritten("a1", text)
    article = files.article("a1")
    assert article is not None
    assert article.title == "خبر"
    assert not (site / "content").exists()


def test_a_file_that_cannot_be_written_stops_the_import(tmp_path: Path) -> None:
    (tmp_path / "content").write_text("a file", "utf-8")
    with pytest.raises(StoppedError) as caught:
        write_if_changed(tmp_path, "content/a.md", b"x")
    assert [problem.code for problem in caught.value.problems] == ["file-unwritable"]
