"""Exports packed by gzip are read as they are unpacked, and never farther than they may grow."""

import gzip
import json
import tracemalloc
import zlib
from pathlib import Path

import pytest

from warraq.base.problems import Problem
from warraq.seeds.exports import export_records, packed

BODY = "نزلت السفن إلى الميناء صباح أمس بعد أسبوع من الريح، وباع الصيادون ما حملته في السوق القديم."
ROWS = [{"id": str(n), "title": f"خبر الميناء {n}", "body": f"{BODY} {n}"} for n in range(3)]
TEXTS = {
    "wire.json": json.dumps(ROWS),
    "wire.ndjson": "\n".join(map(json.dumps, ROWS)),
    "wire.csv": "id,title,body\n" + "".join(f"{','.join(row.values())}\n" for row in ROWS),
    "wire.xml": '<rss xmlns:wp="http://wordpress.org/export/1.2/" xmlns:c="http://purl.org/rss/'
    '1.0/modules/content/"><channel>'
    + "".join(
        f"<item><title>{r['title']}</title><wp:post_id>{r['id']}</wp:post_id>"
        f"<c:encoded>{r['body']}</c:encoded></item>"
        for r in ROWS
    )
    + "</channel></rss>",
}  # fmt: skip


def _read(folder: Path, name: str, content: bytes) -> list[str]:
    """Return the titles of the records in a file, and the codes of what is wrong with it."""
    (folder / name).write_bytes(content)
    found = export_records.records(folder / name, folder)
    return [f.code if isinstance(f, Problem) else str(f.record["title"]) for f in found]


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1256"])
def test_packed_is_as_unpacked(tmp_path: Path, name: str, encoding: str) -> None:
    content = TEXTS[name].encode(encoding)
    bare = _read(tmp_path, name, content)
    assert len(bare) == len(ROWS)
    assert _read(tmp_path, f"{name}.gz", gzip.compress(content)) == bare
    twice = gzip.compress(content[:100]) + gzip.compress(content[100:])  # as `cat a.gz b.gz`
    assert _read(tmp_path, f"{name}.GZ", twice) == bare


def test_what_a_browser_has_unpacked_already_is_read(tmp_path: Path) -> None:
    content = TEXTS["wire.csv"].encode()
    assert _read(tmp_path, "wire.csv.gz", content) == [row["title"] for row in ROWS]


def test_ids_are_kept_under_the_same_name() -> None:
    assert export_records.system_of(Path("seeds/wire-2025.ndjson.gz")) == "wire"


@pytest.mark.parametrize("name", TEXTS)
def test_what_breaks_off_is_read_to_there_and_told(tmp_path: Path, name: str) -> None:
    content = gzip.compress(TEXTS[name].encode(), 0)  # stored as it is, to be cut at a known place
    at = content.rindex(json.dumps(ROWS[2])[:20].encode() if "json" in name else "خبر".encode())
    told = _read(tmp_path, f"{name}.gz", content[:at])
    assert told[:2] == [row["title"] for row in ROWS[:2]]
    assert told.count("export-broken") == 1


def test_damaged_bytes_are_told(tmp_path: Path) -> None:
    content = bytearray(gzip.compress(TEXTS["wire.ndjson"].encode()))
    content[len(content) // 2] ^= 0xFF
    assert "export-broken" in _read(tmp_path, "wire.ndjson.gz", bytes(content))


def test_what_grows_beyond_all_text_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packed, "SPARED", 1024 * 1024)
    press, zeros = zlib.compressobj(9, wbits=31), b" " * (1024 * 1024)
    bomb = b"".join(press.compress(zeros) for _ in range(64)) + press.flush()
    tracemalloc.start()
    assert _read(tmp_path, "wire.json.gz", b"".join((bomb, bomb))) == ["export-bomb"]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 16 * 1024 * 1024  # of 128


def test_what_repeats_itself_much_is_no_bomb(tmp_path: Path) -> None:
    rows = "\n".join(json.dumps({"id": n, "title": "x", "body": BODY * 20}) for n in range(300))
    assert len(_read(tmp_path, "wire.ndjson.gz", gzip.compress(rows.encode()))) == 300
