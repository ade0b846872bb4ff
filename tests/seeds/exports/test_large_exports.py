"""Memory does not grow with an export, whatever its format; a record's share of it is small."""

import csv
import json
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from warraq.base.problems import Problem
from warraq.seeds.exports import export_records, json_records, xml_records

BODY = "عبر القطيع الوادي مع أول الضوء وتبعه الرعاة على بغالهم محمّلين بالخيام والزاد. " * 40
COUNT = 1200  # records; some 7 MB


def _wordpress(path: Path) -> None:
    with path.open("w", encoding="utf-8") as out:
        out.write('<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel>')
        for n in range(COUNT):
            out.write(f"<item><title>x & {n}</title><wp:post_id>{n}</wp:post_id>")
            out.write(f"<description><![CDATA[{BODY}]]></description></item>\n")
        out.write("</channel></rss>")


def _json(path: Path) -> None:
    with path.open("w", encoding="utf-8") as out:
        out.write('{"meta": {}, "posts": [')
        for n in range(COUNT):
            out.write((", " if n else "") + json.dumps({"id": n, "body": BODY}, ensure_ascii=False))
        out.write("]}")


def _table(path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([("id", "body"), *((n, BODY) for n in range(COUNT))])


@pytest.fixture
def measured() -> Iterator[None]:
    tracemalloc.start()
    yield
    tracemalloc.stop()


WRITERS = {"a.xml": _wordpress, "a.json": _json, "a.csv": _table}


@pytest.mark.slow
@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.usefixtures("measured")
def test_records_are_read_one_by_one(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for reader in (json_records, xml_records):
        monkeypatch.setattr(reader, "_CHUNK", 64 * 1024)  # of a megabyte, for a small file
    WRITERS[name](tmp_path / name)
    size = (tmp_path / name).stat().st_size
    tracemalloc.reset_peak()
    found = sum(
        not isinstance(f, Problem) for f in export_records.records(tmp_path / name, tmp_path)
    )
    _, peak = tracemalloc.get_traced_memory()
    assert found == COUNT
    assert peak < size / 1.5
