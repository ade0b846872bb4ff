"""`warraq verify` and `warraq check` on seeds that are no longer what was imported."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from warraq.cli import main

SITE = "name: أرشيف\nbase_url: https://archive.example/\ntime_zone: UTC\nhistory: none\n"
TEXT = "افتتاح جسر {}\n\nافتتح المحافظ اليوم الجسر رقم {} على النهر، وقال إن العمل فيه دام سنتين.\n"
RECORDS = [
    {"id": "7", "title": "سوق السمك", "body": "فتحت سوق السمك أبوابها في المرفأ بعد الترميم."},
    {"id": "8", "title": "قطار الجبل", "body": "عاد قطار الجبل إلى العمل بعد توقف طال عامين."},
]
OTHER = {**RECORDS[1], "title": "سواه"}
ONE = "old/bridge#2.txt"
Altering = Callable[[Path], object]


def result_of(site: Path, command: str) -> Result:
    return CliRunner().invoke(main, ["-C", str(site), command], catch_exceptions=False)


def export(site: Path, *records: dict[str, str]) -> int:
    lines = (json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    return (site / "seeds/wire.ndjson").write_text("".join(lines), "utf-8")


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of two seeds in a folder and two records of an export."""
    site = tmp_path_factory.mktemp("imported")
    (site / "site.yaml").write_text(SITE, "utf-8")
    (site / "seeds/old").mkdir(parents=True)
    for number in (1, 2):
        (site / f"seeds/old/bridge#{number}.txt").write_text(TEXT.format(number, number), "utf-8")
    export(site, *RECORDS)
    assert result_of(site, "import").exit_code == 0
    return site


@pytest.fixture
def site(imported: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(imported, tmp_path / "site"))


def put_back(site: Path) -> None:
    seed = site / "seeds/old/bridge#1.txt"
    content = seed.read_bytes()
    seed.unlink()
    seed.write_bytes(content)


def take_over(site: Path) -> None:
    with (site / "seeds/old/bridge#1.txt").open("a", encoding="utf-8") as seed:
        seed.write("\nوشكر المحافظ العمال والمهندسين جميعًا على ما بذلوه.\n")
    assert result_of(site, "import").exit_code == 0


def rename(site: Path) -> None:
    (site / "seeds/old").rename(site / "seeds/older")
    assert result_of(site, "import").exit_code == 0


def take_down(site: Path) -> None:
    (article,) = (
        p for p in (site / "content/articles").rglob("*.md") if "bridge#1" in p.read_text()
    )
    text = article.read_text("utf-8")
    removal = "status: removed\nremoved:\n  date: 2025-01-02\n  reason: طلب أصحابه\n"
    article.write_text(text.replace("\nprovenance:", f"\n{removal}provenance:", 1), "utf-8")
    (site / "seeds/old/bridge#1.txt").unlink()


@pytest.mark.parametrize(
    "altering",
    [
        put_back,
        take_over,
        rename,
        take_down,
        lambda site: export(site, RECORDS[1], {**RECORDS[0]}),
        lambda site: export(site, *RECORDS, {**RECORDS[0], "id": "9"}),
    ],
)  # fmt: skip
def test_seeds_that_are_what_was_imported_are_no_finding(site: Path, altering: Altering) -> None:
    altering(site)
    assert "[seed-" not in result_of(site, "check").output


@pytest.mark.parametrize(
    ("altering", "path", "code"),
    [
        (lambda s: (s / "seeds" / ONE).write_text("غيره"), ONE, "changed"),
        (lambda s: (s / "seeds" / ONE).write_text(""), ONE, "changed"),
        (lambda s: (s / "seeds" / ONE).unlink(), ONE, "gone"),
        (lambda s: shutil.rmtree(s / "seeds/old"), "old", "gone"),
        (lambda s: (s / "seeds/wire.ndjson").unlink(), "wire.ndjson", "gone"),
        (lambda s: export(s, RECORDS[0]), "wire.ndjson#8", "gone"),
        (lambda s: export(s, RECORDS[0], OTHER), "wire.ndjson#8", "changed"),
    ],
)  # fmt: skip
def test_a_seed_that_is_gone_or_another_is_named(
    site: Path, altering: Altering, path: str, code: str
) -> None:
    altering(site)
    said = result_of(site, "check").output
    assert said.count("[seed-") == 1
    assert f"seeds/{path}: warning[seed-{code}]" in said


def test_verify_takes_a_seed_that_is_not_as_it_was_for_an_error(site: Path) -> None:
    assert result_of(site, "build").exit_code == 0
    assert result_of(site, "verify").exit_code == 0
    (site / "seeds/old/bridge#2.txt").write_text("غيره")
    (site / "seeds/wire.ndjson").unlink()
    said = result_of(site, "verify")

    assert said.exit_code == 1
    assert "seeds/old/bridge#2.txt: error[seed-changed]" in said.output
    assert "seeds/wire.ndjson: error[seed-gone]" in said.output
