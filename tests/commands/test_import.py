import json
import os
from pathlib import Path

from tests.commands.conftest import Run, tree

from warraq.content.frontmatter import parse_article

IDS = ["19805c34f5b7eaf3", "4d3d081484502be0"]


def test_both_seeds_become_articles_with_receipts(bare: Path, run: Run) -> None:
    done = run(bare, "import")

    assert done.returncode == 0, done.stdout + done.stderr
    for key in IDS:
        path = f"content/articles/{key[:2]}/{key}.md"
        article, problems = parse_article((bare / path).read_text("utf-8"), path)
        assert problems == []
        assert article is not None
        assert article.date is None
        assert article.date_info.status == "unknown"
        receipt = json.loads((bare / f"content/.imports/{key[:2]}/{key}.json").read_bytes())
        assert receipt["removed"]


def test_a_second_import_changes_no_byte(bare: Path, run: Run) -> None:
    run(bare, "import")
    before = tree(bare)

    again = run(bare, "import")

    assert again.returncode == 0
    assert tree(bare) == before
    assert "0 imported, 0 merged, 2 unchanged" in again.stdout


def test_an_edit_is_never_overwritten(bare: Path, run: Run) -> None:
    run(bare, "import")
    path = bare / "content/articles/19/19805c34f5b7eaf3.md"
    path.write_text(path.read_text("utf-8").replace("أعرب", "عبّر"), "utf-8")
    seed = bare / "seeds/000_19805c34f5b7eaf3.txt"
    seed.write_text(
        seed.read_text("utf-8") + "\n\nفقرة زادها الموقع بعد أيام على الخبر الأول.\n", "utf-8"
    )

    run(bare, "import")

    assert "عبّر" in path.read_text("utf-8")


def test_an_article_deleted_by_an_editor_stays_deleted(bare: Path, run: Run) -> None:
    run(bare, "import")
    path = bare / "content/articles/19/19805c34f5b7eaf3.md"
    path.unlink()

    done = run(bare, "import")

    assert done.returncode == 0
    assert not path.exists()


def test_a_bad_seed_is_refused_and_harms_no_other(bare: Path, run: Run) -> None:
    (bare / "seeds/empty.txt").write_bytes(b"")
    (bare / "seeds/binary.txt").write_bytes(b"\x7fELF\0\0\1\2" * 200)
    (bare / "seeds/folder.txt").mkdir()
    (bare / "seeds/link.txt").symlink_to("/etc/passwd")

    done = run(bare, "import")

    assert done.returncode == 1
    assert "Traceback" not in done.stdout + done.stderr
    assert "2 imported" in done.stdout
    for name in ("empty.txt", "binary.txt", "folder.txt", "link.txt"):
        assert f"seeds/{name}: error[" in done.stdout or f"seeds/{name}:1: error[" in done.stdout
    assert "seeds/empty.txt  the seed is empty\n" in done.stdout  # in the table too
    assert len(list((bare / "content/articles").rglob("*.md"))) == 2


def test_a_dry_run_writes_nothing(bare: Path, run: Run) -> None:
    before = tree(bare)

    done = run(bare, "import", "--dry-run", "--format", "json")

    outcomes = [line["outcome"] for line in json.loads(done.stdout)["lines"]]
    assert outcomes == ["imported", "imported"]
    assert tree(bare) == before


def test_odd_names_links_and_pipes_among_the_seeds(bare: Path, run: Run) -> None:
    one, two = sorted((bare / "seeds").glob("*.txt"))
    one.rename(bare / "seeds/first\nline.txt")
    two.rename(bare / "seeds/\u202etxt.خبر.txt")
    (bare / "seeds/again.txt").symlink_to("first\nline.txt")
    (bare / "seeds/self").symlink_to(".")
    os.mkfifo(bare / "seeds/pipe.json")
    for noise in ("Thumbs.db", "desktop.ini", "~$table.csv", "~$text.txt"):
        (bare / "seeds" / noise).write_bytes(b"\1\2")

    done = run(bare, "import", "--format", "json")

    told = json.loads(done.stdout)
    assert sorted(line["outcome"] for line in told["lines"]) == ["imported", "imported", "refused"]
    assert not any(noise in done.stdout for noise in ("humbs", "desktop", "~$"))
    assert "seeds/pipe.json" in done.stdout
    checked = run(bare, "check").stdout
    assert not any(code in checked for code in ("seed-gone", "seed-changed", "hidden-controls"))
