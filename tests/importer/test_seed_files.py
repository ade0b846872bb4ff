"""Which files are seeds, and what is said of the others."""

import json
import os
from pathlib import Path

import pytest
from tests.importer.seeds import (
    FIRST,
    MORE,
    OTHER,
    SECOND,
    THIRD,
    TITLE,
    articles,
    outcomes,
    record,
    run_import,
    write_seed,
)

from warraq.commands.check import check


def test_names_that_are_no_text_are_told_and_kept_apart(site: Path) -> None:
    written = {
        b"\xce\xc8.txt": f"{TITLE}\n\n{FIRST}\n{SECOND}\n",
        b"\xce\xc9.txt": f"{OTHER}\n\n{MORE}\n{THIRD}\n",
        b"\xd1.jsonl": json.dumps(record(1, f"{SECOND} {THIRD}")),
    }
    try:
        for name, text in written.items():
            (site / "seeds" / os.fsdecode(name)).write_text(text, "utf-8")
    except (OSError, UnicodeEncodeError):
        pytest.skip("a file system whose names are text")

    report = run_import(site)

    expected = ["\\xce\\xc8.txt", "\\xce\\xc9.txt", "\\xd1.jsonl#1"]
    assert outcomes(report) == [(name, "imported") for name in expected]
    assert {line.outcome for line in run_import(site).lines} == {"unchanged"}
    assert not [p for p in check(site) if p.code == "seed-gone"]


def test_bad_records_are_refused_one_by_one(site: Path) -> None:
    (site / "seeds" / "x.ndjson").write_text(
        json.dumps(record(1, FIRST)) + "\n{broken\n" + json.dumps({"id": 3, "title": "x"}) + "\n",
        "utf-8",
    )
    report = run_import(site)
    assert [outcome for _, outcome in outcomes(report)] == ["imported", "refused", "refused"]
    assert [p.code for p in report.problems] == ["export-record", "export-no-body"]


def test_what_is_no_seed_is_said(site: Path) -> None:
    write_seed(site, "a.txt", TITLE, "", FIRST, SECOND)
    for name in ("a.yaml", "b.json", "c.pdf"):
        (site / "seeds" / name).write_text("{}", "utf-8")
    report = run_import(site)
    assert [(p.path, p.code) for p in report.others] == [("seeds/c.pdf", "seed-document")]
    assert outcomes(report) == [("a.txt", "imported"), ("b.json", "refused")]


def test_what_is_one_step_from_a_seed_is_told_that_step(site: Path) -> None:
    for name in ("a.zip", "b.txt.GZ", "c.xlsx", "d.sql", "e.warc.gz", "f.xyz"):
        (site / "seeds" / name).write_bytes(b"x")
    assert [(p.path.removeprefix("seeds/"), p.code) for p in run_import(site).others] == [
        ("a.zip", "seed-packed"),
        ("b.txt.GZ", "seed-packed"),
        ("c.xlsx", "seed-document"),
        ("d.sql", "seed-database"),
        ("f.xyz", "seed-kind"),
    ]


PMA = """<?xml version="1.0"?><pma_xml_export xmlns:pma="https://www.phpmyadmin.net/">
<database name="paper"><table name="wp_posts"><column name="ID">1</column></table></database>
</pma_xml_export>"""


DUMPS = {
    "a.xml": PMA,
    "b.xml": '<?xml version="1.0"?>\n<mysqldump><database name="x"><table_data name="p"><row>'
    '<field name="ID">1</field></row></table_data></database></mysqldump>',
    "c.xml": '<resultset statement="select"><row><field name="id">1</field></row></resultset>',
    "d.sql": "x",
    "e.sql.gz": "x",
    "f.txt": "-- MySQL dump 10.13  Distrib 8.0\n--\nCREATE TABLE `posts` (`ID` int);\n",
    "g.txt": "--\n-- PostgreSQL database dump\n--\n\nSET statement_timeout = 0;\n",
    "h.md": "-- phpMyAdmin SQL Dump\n-- version 5.2\n\nSET SQL_MODE = 'x';\n",
    "i.txt": "INSERT INTO `posts` VALUES (1, 'عنوان', 'نص');\n",
}


@pytest.mark.parametrize("name", DUMPS)
def test_a_dump_of_a_database_is_told_what_to_do(site: Path, name: str) -> None:
    (site / "seeds" / name).write_text(DUMPS[name], "utf-8")
    report = run_import(site)
    assert [p.code for p in report.problems] == ["seed-database"]
    assert articles(site) == []


@pytest.mark.parametrize(
    "line",
    ["-- قال الناطق باسم البلدية إن الطريق مفتوح;", "# MySQL 9 صدر اليوم;", "SET 1;"],
)
def test_words_that_look_like_a_query_are_a_text(site: Path, line: str) -> None:
    write_seed(site, "a.txt", TITLE, "", line, FIRST, SECOND)
    assert run_import(site).counts["imported"] == 1
