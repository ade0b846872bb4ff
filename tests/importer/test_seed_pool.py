"""Batches, and the processes that work on them."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.commands.conftest import tree
from tests.importer.seeds import FIRST, TITLE, write_seed

from warraq.importer.drafted import Refused, Seed
from warraq.importer.process import SeedProcessor, SiteContext
from warraq.importer.run import import_seeds
from warraq.importer.seed_pool import PoolSizes, process_seeds
from warraq.intake import outlet_directory


def test_the_number_of_processes_leaves_no_trace(site: Path, tmp_path: Path) -> None:
    words = [f"كلمة{n}" for n in range(400)]
    for n in range(90):
        write_seed(site, f"{n}.txt", "عنوان الخبر رقم كذا", "", " ".join(words[n : n + 60]) + ".")
    one = shutil.copytree(site, tmp_path / "one")
    import_seeds(site, jobs=2)
    import_seeds(one, jobs=1)
    assert tree(site / "content") == tree(one / "content")


@pytest.mark.parametrize("jobs", [1, 2])
def test_seeds_are_taken_as_they_are_done_not_all_at_once(site: Path, jobs: int) -> None:
    taken = 0

    def seeds() -> Iterator[Refused]:
        nonlocal taken
        for taken in range(1, 20_001):
            yield Refused(Seed(f"seeds/{taken}.txt"), ())

    drafter = SeedProcessor(site, SiteContext(outlet_directory()))
    assert next(process_seeds(seeds(), drafter, jobs)).seed.name == "seeds/1.txt"
    assert taken < 10_000


@pytest.mark.parametrize("jobs", [1, 2])
def test_seeds_come_out_in_their_order_however_they_are_batched(site: Path, jobs: int) -> None:
    files = [write_seed(site, f"{n}.txt", TITLE, "", FIRST) for n in range(7)]
    processor = SeedProcessor(site, SiteContext(outlet_directory()))
    seeds = [Seed(file.name, file=file) for file in files]
    sizes = PoolSizes(batch=2, sequential=2)
    assert [found.seed.name for found in process_seeds(seeds, processor, jobs, sizes)] == [
        f"{n}.txt" for n in range(7)
    ]
