"""What is refused is told once; `import && build` goes on afterwards. And what ends a whole run."""

import json
import shutil
from pathlib import Path

import pytest
from tests.commands.conftest import Run, tree

from warraq.content.refusals import PATH
from warraq.importer.options import ImportOptions
from warraq.importer.report import ImportReport
from warraq.importer.run import import_seeds

WORDS = "أعلنت البلدية فتح الطريق الساحلي من جديد بعد انتهاء أعمال الصيانة في الجسر."
RECORD = json.dumps({"id": 1, "title": "فتح الطريق", "body": WORDS}, ensure_ascii=False)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "site.yaml").write_text("name: أرشيف\nbase_url: https://a.example/\n", "utf-8")
    put(tmp_path, "good.txt", f"فتح الطريق الساحلي اليوم\n\n{WORDS}\n")
    put(tmp_path, "empty.txt", "")
    put(tmp_path, "odd.txt", "x\x00y")
    put(tmp_path, "wire.ndjson", f"{RECORD}\n{{broken\n")
    return tmp_path


def put(site: Path, name: str, text: str) -> None:
    (site / "seeds" / name).write_text(text, "utf-8")


def refused(report: ImportReport) -> list[str]:
    lines = (line for line in report.lines if line.outcome == "refused")
    return [line.seed.removeprefix("seeds/") for line in lines]


def again(site: Path, **options: bool) -> list[str]:
    return refused(import_seeds(site, options=ImportOptions(**options)))  # type: ignore[arg-type] # flags


ALL = ["empty.txt", "odd.txt", "wire.ndjson:2"]


def test_a_refusal_is_told_once_and_by_strict_each_time(site: Path) -> None:
    first = import_seeds(site)
    assert refused(first) == ALL
    kept = (site / PATH).read_bytes()
    assert [json.loads(line)["seed"][6:] for line in kept.splitlines()] == ALL

    second = import_seeds(site)
    assert refused(second) == []
    assert second.counts["known"] == 3
    assert second.problems == ()
    assert again(site, strict=True) == ALL
    assert (site / PATH).read_bytes() == kept


def test_a_seed_that_changed_is_told_again_and_one_that_is_mended_forgotten(site: Path) -> None:
    import_seeds(site)
    put(site, "odd.txt", "x\x00z")
    put(site, "empty.txt", "\n")
    assert again(site) == ["empty.txt", "odd.txt"]
    put(site, "empty.txt", f"معرض الكتاب يفتح أبوابه\n\n{WORDS}\n")
    put(site, "odd.txt", f"معرض الكتاب يفتح أبوابه غدا\n\n{WORDS}\n")
    put(site, "wire.ndjson", f"{RECORD}\n")
    assert again(site) == []
    assert not (site / PATH).exists()


def test_records_that_are_added_tell_nothing_of_the_old_anew(site: Path) -> None:
    import_seeds(site)
    put(site, "wire.ndjson", f"{RECORD}\n{{broken\n{RECORD.replace('1', '2')}\n{{broken too\n")
    assert again(site) == ["wire.ndjson:4"]


def test_a_run_over_some_seeds_forgets_no_other(site: Path) -> None:
    import_seeds(site)
    kept = (site / PATH).read_bytes()
    import_seeds(site, [site / "seeds/good.txt"])
    assert (site / PATH).read_bytes() == kept
    (site / "seeds/odd.txt").unlink()
    import_seeds(site, [site / "seeds/good.txt"])
    assert b"odd.txt" not in (site / PATH).read_bytes()


@pytest.mark.parametrize("harm", ["", "<<<<<<< HEAD\n", '{"seed": 1}\n', "\udcff"])
def test_losing_the_memory_only_brings_the_messages_back(site: Path, harm: str) -> None:
    import_seeds(site)
    before = tree(site)
    (site / PATH).write_bytes(harm.encode("utf-8", "surrogateescape"))
    assert again(site) == ALL
    assert tree(site) == before


def test_a_dry_run_remembers_nothing(site: Path) -> None:
    assert again(site, dry_run=True) == again(site, dry_run=True) == ALL
    assert not (site / PATH).exists()


def test_the_command_ends_with_1_once(site: Path, run: Run) -> None:
    first, second, strict = (run(site, "import", *more) for more in ((), (), ("--strict",)))
    assert (first.returncode, second.returncode, strict.returncode) == (1, 0, 1)
    assert "seeds/empty.txt" not in second.stdout
    assert "3" in second.stdout.splitlines()[-2]
    assert "seeds/empty.txt: error[seed-empty]" in strict.stdout


def test_what_cannot_be_written_is_told_once_and_ends_the_run(site: Path, run: Run) -> None:
    for number in range(30):
        put(site, f"more-{number}.txt", f"خبر رقم {number} من المدينة\n\n{WORDS}\n")
    import_seeds(site, [site / "seeds/good.txt"])
    shutil.rmtree(site / "content/articles")
    (site / "content/articles").write_text("no folder", "utf-8")
    done = run(site, "import", "--restore")
    assert done.returncode == 1
    assert done.stdout.count("error[file-unwritable]") == 1
    assert "imported" in done.stdout.splitlines()[-1]
    assert "Traceback" not in done.stderr


def test_a_site_that_cannot_be_moved_in_is_told_once_too(site: Path, run: Run) -> None:
    spaces = (
        'xmlns:wp="http://wordpress.org/export/1.2/"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    )
    posts = "".join(
        f"<item><title>صفحة {n}</title><link>https://old.example/p{n}/</link>"
        f"<content:encoded>{WORDS}</content:encoded><wp:post_id>{n}</wp:post_id>"
        f"<wp:post_name>p{n}</wp:post_name><wp:status>publish</wp:status>"
        "<wp:post_type>page</wp:post_type></item>"
        for n in range(9)
    )
    address = "<wp:base_site_url>https://old.example</wp:base_site_url>"
    put(site, "old.xml", f"<rss {spaces}><channel>{address}{posts}</channel></rss>")
    (site / "content").mkdir()
    (site / "content/pages").write_text("no folder", "utf-8")
    done = run(site, "import")
    assert done.returncode == 1
    assert done.stdout.count("error[") == 1
    assert "error[file-unwritable]" in done.stdout
    assert "imported" in done.stdout.splitlines()[-1]
