"""CSV as spreadsheets save it and workbooks of strangers: read as they are, or refused."""

import zipfile
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from warraq.base.problems import WarraqError
from warraq.editing.spreadsheets import Sheet, csv_bytes, read, xlsx_bytes

ROWS = [["المعرّف", "عنوان"], ["a1b2c3", 'سطر أول\nوثانٍ؛ «كذا»، "هكذا"; نعم']]


def held(content: bytes) -> Sheet:
    return read(content, "table")


def texts(sheet: Sheet) -> list[list[str]]:
    return [[cell.text for cell in row] for row in sheet.rows]


def refused(content: bytes) -> str:
    with pytest.raises(WarraqError) as fault:
        held(content)
    assert fault.value.exit_code == 2
    return dict(fault.value.problems[0].args)["why"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1256"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_csv_is_read_as_spreadsheets_save_it(encoding: str, delimiter: str, end: str) -> None:
    text = csv_bytes(ROWS).decode("utf-8-sig").replace(",", delimiter).replace("\r\n", end)
    mark = "\ufeff" if encoding == "utf-16-le" else ""
    sheet = held((mark + text).encode(encoding))

    assert texts(sheet) == ROWS
    assert (sheet.is_csv, sheet.is_legacy) == (True, encoding == "cp1256")
    assert sheet.rows[1][1].name == "B2"


def test_excels_own_hint_is_no_row() -> None:
    assert texts(held(b"sep=;\r\na;b\r\n")) == [["a", "b"]]


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\n"])
def test_an_empty_file_is_an_empty_table(content: bytes) -> None:
    assert not any(cell for row in texts(held(content)) for cell in row)


def test_what_is_no_table_is_refused() -> None:
    assert refused(b"PK\x03\x04 and nothing") == "why-cut"
    assert refused(b"\x00\x01\x02") == "why-encoding"
    assert refused(b"\xff\xfe\x00\xd8") == "why-encoding"
    empty = BytesIO()
    with zipfile.ZipFile(empty, "w") as packed:
        packed.writestr("x.txt", "x")
    assert refused(empty.getvalue()) == "why-book"


def test_a_workbook_of_ours_is_text_and_is_read_right_to_left() -> None:
    odd = ["=1+1", "00123", "2025-10-12", "TRUE", "_x0041_", " ", "", "'نص", "12e5", "+1"]
    content = xlsx_bytes([["أ"] * len(odd), odd], right_to_left=True)

    assert texts(held(content))[1] == odd
    sheet = load_workbook(BytesIO(content)).worksheets[0]
    assert {cell.number_format for row in sheet.iter_rows() for cell in row} == {"@"}
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert (sheet.sheet_view.rightToLeft, sheet.freeze_panes) == (True, "A2")
    assert sheet.column_dimensions["J"].hidden


def test_what_a_spreadsheet_made_of_a_cell_is_told() -> None:
    book, file = Workbook(), BytesIO()
    moments = [date(2025, 10, 12), datetime(2025, 10, 12, 9, 30), time(9, 30)]  # noqa: DTZ001 - as it is
    book.active.append(["=1+1", "#N/A", True, 1984, 1.5, 10**16, *moments])
    book.save(file)

    cells = held(file.getvalue()).rows[0]

    assert [(cell.text, cell.day, cell.why) for cell in cells] == [
        ("=1+1", "", "why-cell-formula"),
        ("#N/A", "", "why-cell-error"),
        ("true", "", "why-cell-flag"),
        ("1984", "1905-06-06", ""),
        ("1.5", "", "why-cell-number"),
        ("1e+16", "", "why-cell-number"),
        ("2025-10-12", "2025-10-12", "why-cell-date"),
        ("2025-10-12 09:30:00", "", "why-cell-date"),
        ("09:30:00", "", "why-cell-date"),
    ]


def packed_with(content: bytes, changes: dict[str, bytes]) -> bytes:
    """Return a workbook with other contents of some of its parts."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(made, "w", 8) as new:
        for name in {*old.namelist(), *changes}:
            new.writestr(name, changes.get(name) or old.read(name))
    return made.getvalue()


def test_nothing_of_a_workbook_is_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("سر", "utf-8")
    content = xlsx_bytes([["a", "b"], ["c", "d"]], right_to_left=False)
    sheet = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(BytesIO(content)) as packed:
        text = packed.read(sheet).decode()
    outside = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]>' + text.replace(">d<", ">&e;<")
    laughing = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(10)
    )

    for hostile in (outside, laughing + "]>" + text.replace(">d<", ">&k;<")):
        found = packed_with(content, {sheet: hostile.encode()})
        try:
            shown = str(texts(held(found)))
        except WarraqError as fault:
            shown = str(fault)
        assert "سر" not in shown
        assert "haha" not in shown


def test_a_workbook_that_unpacks_to_too_much_is_refused() -> None:
    bomb = BytesIO(xlsx_bytes([["a", "b"]], right_to_left=False))
    with zipfile.ZipFile(bomb, "a") as packed:
        packed.writestr("xl/media/zeros.bin", b"0")
        packed.infolist()[-1].file_size = 10**9  # as the list of its parts says

    assert refused(bomb.getvalue()) == "why-large"


def test_a_sheet_of_a_million_empty_rows_is_read() -> None:
    book, file = Workbook(), BytesIO()
    book.active["A1"] = "a"
    book.active["XFD1048576"] = "far away"
    book.save(file)

    assert texts(held(file.getvalue()))[0][0] == "a"
