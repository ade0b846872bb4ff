"""An export whose fields nobody knows: one message, and what to write into site.yaml."""

import json
from pathlib import Path

import pytest
import yaml

from warraq.base.problems import Problem
from warraq.model import RawDocument
from warraq.seeds.exports import export_records

BODY = "غيّر النهر مجراه القديم بعد سيول الشتاء، فانتقلت الطاحونة إلى الضفة الأخرى. " * 4
ROWS = [
    {"Nr": n, "Kopfzeile": f"طاحونة النهر تنتقل {n}", "نص الموضوع كاملا": BODY + str(n),
     "erschienen": f"2014-03-0{n}", "Ort im Netz": f"https://n.example/{n}"}
    for n in (1, 2, 3)
]  # fmt: skip


def _read(site: Path, fields: dict[str, str] | None = None) -> list[RawDocument | Problem]:
    text = "\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS)
    (site / "x.jsonl").write_text(text, "utf-8")
    return list(export_records.documents(site / "x.jsonl", site, fields))


def test_one_message_has_the_columns_and_a_map_that_fits(tmp_path: Path) -> None:
    (told,) = _read(tmp_path)
    assert isinstance(told, Problem)
    args = dict(told.args)
    assert (told.code, args["columns"]) == ("export-fields", "، ".join(ROWS[0]))

    fields = yaml.safe_load(args["proposal"])["import"]["fields"]
    assert fields == {
        "title": "Kopfzeile", "body": "نص الموضوع كاملا", "date": "erschienen", "url": "Ort im Netz"
    }  # fmt: skip
    found = _read(tmp_path, fields)
    assert [f.text for f in found if isinstance(f, RawDocument)] == [
        row["نص الموضوع كاملا"] for row in ROWS
    ]


def test_a_map_that_names_no_field_of_the_export_is_told_once(tmp_path: Path) -> None:
    (told,) = _read(tmp_path, {"body": "matn"})
    assert isinstance(told, Problem)
    assert told.code == "export-fields"


@pytest.mark.parametrize("key", ["authors", "topics", "source", "aliases", "lastmod"])
def test_the_keys_of_front_matter_are_known_in_the_map(tmp_path: Path, key: str) -> None:
    found = _read(tmp_path, {"body": "نص الموضوع كاملا", key: "Kopfzeile"})
    assert all(isinstance(f, RawDocument) for f in found)


def test_a_record_without_a_text_among_others_is_told_alone(tmp_path: Path) -> None:
    rows = [{"id": 1, "title": "x"}, {"id": 2, "title": "x", "text": BODY}]
    (tmp_path / "x.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    found = list(export_records.documents(tmp_path / "x.jsonl", tmp_path))
    assert isinstance(found[0], Problem)
    assert found[0].code == "export-no-body"
    assert isinstance(found[1], RawDocument)
