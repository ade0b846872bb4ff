"""Detect database dumps, which are not exports, by their beginning, whatever their name."""

import re

_PREAMBLE = re.compile(
    r"\s*+(?:--|/\*|#)\W*+(?:MySQL|MariaDB|phpMyAdmin|Adminer|Sequel|HeidiSQL|mysqldump|PostgreSQL|"
    r"pg_dump|SQLite|Navicat|Dump|Host:|Table)\b"
    r"|\s*+(?:CREATE|INSERT INTO|DROP|PRAGMA|SET|BEGIN)\b",
    re.IGNORECASE,
)
_STATEMENT = re.compile(
    r"^(?:CREATE (?:TABLE|DATABASE)|INSERT INTO|COPY|DROP TABLE|PRAGMA|SET|/\*!\d+ SET) [^\n]*;?$",
    re.MULTILINE,
)
_XML = re.compile(
    r"<(?:pma_xml_export|mysqldump|table_data|table_structure|resultset|RECORDS|ROWDATA|DATA)[\s>]"
    r"|<(?:row|table)\b[^<>]*+>\s*+<(?:field|column)\s[^<>]*+name=",
)
_BEGINNING = 20_000  # characters; a database's structure may precede its tables


def is_sql(text: str) -> bool:
    r"""Whether a text is an SQL dump.

    >>> is_sql("-- MySQL dump 10.13\nCREATE TABLE `posts` ("), is_sql("# MySQL\n\nصدر اليوم;")
    (True, False)
    """
    return bool(_PREAMBLE.match(text) and _STATEMENT.search(text, 0, _BEGINNING))


def is_xml(head: str) -> bool:
    """Whether XML contains a database's tables and not records, judged by its beginning."""
    return bool(_XML.search(head[:_BEGINNING]))
