"""How the index is kept: what is read again, what is rebuilt, what is private."""

import multiprocessing
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.search.editors.conftest import Find, Shelf, document, ids

import warraq
from warraq.search.editors.finding import search


def test_only_what_changed_is_read_again(find: Find, shelf: Shelf) -> None:
    find("قانون")
    shelf.reads.clear()
    shelf.put(document("visit01", title="رحلة"))

    assert ids(find("رحلة")) == ["visit01"]
    assert set(shelf.reads) == {"content/visit01.md"}
    assert ids(find("الحدود")) == []


def test_a_touched_file_of_the_same_words_changes_nothing(
    find: Find, shelf: Shelf, tmp_path: Path
) -> None:
    before = find("قانون")
    made = sorted(p.name for p in (tmp_path / "cache").rglob("MAIN*.seg"))
    shelf.stamps["content/visit01.md"] = 77

    assert find("قانون") == before
    assert sorted(p.name for p in (tmp_path / "cache").rglob("MAIN*.seg")) == made


def test_a_deleted_file_is_not_found(find: Find, shelf: Shelf) -> None:
    find("قانون")
    del shelf.stamps["content/undated1.md"]

    assert ids(find("قانون")) == []


def test_a_broken_file_is_counted_and_found_again_when_fixed(find: Find, shelf: Shelf) -> None:
    whole = shelf.documents["content/undated1.md"]
    assert whole
    shelf.documents["content/undated1.md"] = None

    broken = find("قانون")
    assert (ids(broken), [note.code for note in broken.notes]) == ([], ["search-unread"])

    shelf.put(whole)
    assert (ids(find("قانون")), find("قانون").notes) == (["undated1"], ())


def test_a_new_context_reads_all_but_keeps_what_is_alike(find: Find, shelf: Shelf) -> None:
    find("قانون")
    shelf.reads.clear()
    shelf.context = "another outlet file"

    assert ids(find("قانون")) == ["undated1"]
    assert set(shelf.stamps) <= set(shelf.reads)


def test_a_file_saved_this_very_moment_is_read_once_more(find: Find, shelf: Shelf) -> None:
    shelf.stamps["content/undated1.md"] = 2**62
    find("قانون")
    shelf.documents["content/undated1.md"] = document("undated1", title="لائحة")

    assert ids(find("لائحة")) == ["undated1"]


@pytest.mark.parametrize("cut", ["empty", "flip", "remove", "text", "all"])
def test_a_damaged_index_is_rebuilt(find: Find, tmp_path: Path, cut: str) -> None:
    right = find("وزير")
    for part in [p for p in (tmp_path / "cache").rglob("*") if p.is_file() and p.name != "lock"]:
        content = part.read_bytes()
        if cut == "remove":
            part.unlink()
        elif cut == "all":
            part.write_bytes(b"")
        elif part.name.startswith("MAIN") and content:
            middle = len(content) // 2
            flipped = content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]
            part.write_bytes({"empty": b"", "flip": flipped, "text": "نص".encode()}[cut])

    assert find("وزير") == right


def test_a_damaged_manifest_is_rebuilt(find: Find, tmp_path: Path) -> None:
    right = find("وزير")
    manifest = next((tmp_path / "cache").rglob("manifest.msgpack"))
    manifest.write_bytes(manifest.read_bytes()[:-9])

    assert find("وزير") == right


def test_one_generation_is_kept_and_it_is_private(find: Find, tmp_path: Path) -> None:
    find("وزير")
    next((tmp_path / "cache").rglob("manifest.msgpack")).unlink()
    find("وزير")

    folders = [p for p in (tmp_path / "cache").rglob("index-*") if p.is_dir()]
    assert len(folders) == 1
    assert stat.S_IMODE(folders[0].stat().st_mode) == 0o700


def test_no_index_is_kept_in_the_site_nor_where_others_write(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "site" / "cache"))
    assert ids(search(tmp_path / "site", "قانون", library=shelf.library)) == ["undated1"]
    assert list(tmp_path.rglob("MAIN*")) == []

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "open"))
    search(tmp_path / "site", "قانون", library=shelf.library)
    folder = next(tmp_path.rglob("current")).parent
    folder.chmod(0o777)
    next(folder.glob("index-*/manifest.msgpack")).write_bytes(b"")
    assert ids(search(tmp_path / "site", "قانون", library=shelf.library)) == ["undated1"]
    assert next(folder.glob("index-*/manifest.msgpack")).read_bytes() == b""


def _search_in_another_process(site: Path, cache: str, found: Sequence[str]) -> None:
    os.environ["XDG_CACHE_HOME"] = cache
    shelf = Shelf()
    for round_ in range(5):
        shelf.stamps["content/visit01.md"] = round_
        assert ids(search(site, "وزير", library=shelf.library)) == found


def test_two_processes_do_not_harm_each_other(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    given_ = (tmp_path / "site", str(tmp_path / "cache"), ["match01", "visit01"])
    processes = [context.Process(target=_search_in_another_process, args=given_) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)

    assert [process.exitcode for process in processes] == [0, 0, 0]


def test_another_schema_rebuilds_the_index(tmp_path: Path) -> None:
    site, package = tmp_path / "site", Path(warraq.__file__).parent
    (site / "content" / "articles").mkdir(parents=True)
    (site / "site.yaml").write_text("name: أرشيف\n", "utf-8")
    text = '---\nid: "abc123"\ntitle: افتتاح الجسر\n---\n\nمر أول قطار.\n'
    (site / "content" / "articles" / "abc123.md").write_text(text, "utf-8")
    other = tmp_path / "other" / "warraq"
    shutil.copytree(package, other, ignore=shutil.ignore_patterns("__pycache__"))
    table = other / "search" / "editors" / "search_fields.py"
    was = table.read_text("utf-8")
    table.write_text(was.replace('"لغة", "value"', '"لغة", "text"'), "utf-8")
    assert table.read_text("utf-8") != was

    def generation(program: Path) -> str:
        """Return the index in use after a search by the program that lies at `program`."""
        environment = os.environ | {
            "XDG_CACHE_HOME": str(tmp_path / "c"),
            "PYTHONPATH": str(program),
        }
        command = [sys.executable, "-m", "warraq", "-C", str(site), "search", "قطار"]
        done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
        assert "abc123" in done.stdout
        (current,) = (tmp_path / "c").rglob("current")
        return current.read_text("ascii")

    first = generation(package.parent)
    assert generation(package.parent) == first
    assert generation(other.parent) != first
