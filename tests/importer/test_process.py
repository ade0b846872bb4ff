"""One seed: drafted, or refused with its reason."""

from pathlib import Path

import pytest
from tests.importer.seeds import FIRST, SECOND, TITLE, write_seed

from warraq.importer.drafted import Ready, Refused, Seed
from warraq.importer.process import SeedProcessor, SiteContext, TermMapping
from warraq.intake import outlet_directory
from warraq.model import Article
from warraq.seeds import reader


@pytest.fixture
def processor(site: Path) -> SeedProcessor:
    return SeedProcessor(site, SiteContext(outlet_directory()))


def test_a_seed_becomes_an_article_with_its_receipt(site: Path, processor: SeedProcessor) -> None:
    file = write_seed(site, "a.txt", TITLE, "", FIRST, SECOND)
    found = processor.process(Seed("seeds/a.txt", "old", "beside", file=file))
    assert isinstance(found, Ready)
    assert found.draft.article.title == TITLE
    assert found.draft.receipt.sidecar_sha256 == "beside"
    assert found.seed.sha256 == reader.digest(file)
    assert found.sketch


def test_a_seed_without_an_article_is_refused(site: Path, processor: SeedProcessor) -> None:
    file = write_seed(site, "a.txt", "")
    found = processor.process(Seed("seeds/a.txt", file=file))
    assert isinstance(found, Refused)
    assert found.problems


def test_the_received_day_of_an_earlier_import_counts_where_none_is_given(
    site: Path, processor: SeedProcessor
) -> None:
    file = write_seed(site, "a.txt", TITLE, "", f"{FIRST} وذلك اليوم الأحد.", SECOND)
    found = processor.process(Seed("seeds/a.txt", received="2025-10-13", file=file))
    assert isinstance(found, Ready)
    assert str(found.draft.article.date and found.draft.article.date.day) == "2025-10-12"


def test_terms_and_writers_get_the_names_of_the_archive() -> None:
    terms = TermMapping({"قسم": ("one", "two"), "وسم": ()}, frozenset({"قسم"}), {"سمر": "samar"})
    article = Article("a", TITLE, section="قسم", topics=("وسم", "آخر"), authors=("سمر", "علي"))
    found = terms.apply(article)
    assert found.topics == ("one", "two", "آخر")
    assert found.authors == ("samar", "علي")
