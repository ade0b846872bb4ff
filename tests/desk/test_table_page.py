"""A table that was edited in a spreadsheet, sent to the desk: written as it was shown."""

import csv
from io import BytesIO, StringIO

import pytest
from lxml import html
from openpyxl import load_workbook
from tests.desk.editor import ARTICLE, Editor
from tests.desk.test_media_page import multipart

TABLE = "/-/table"


def downloaded(editor: Editor, suffix: str) -> bytes:
    path = f"{TABLE}/articles{suffix}?q=path:*&all=1"
    response, body = editor.served.get(path, Cookie=editor.cookie)
    assert response.status == 200
    return body


def edited(table: bytes, head: str, value: str) -> bytes:
    """Return a CSV table with another value in a column of the article's row."""
    rows = list(csv.reader(StringIO(table.decode("utf-8-sig"), newline="")))
    next(row for row in rows if row[0] == ARTICLE)[rows[0].index(head)] = value
    text = StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def sent(editor: Editor, name: str, table: bytes) -> tuple[int, str]:
    _, page = editor.get(TABLE)
    token = html.fromstring(page).xpath("//input[@name='form_token']/@value")[0]
    body, kind = multipart({"form_token": token}, name, table)
    own = {
        "Content-Type": kind,
        "Cookie": editor.cookie,
        "Origin": f"http://127.0.0.1:{editor.served.port}",
    }
    response, answer = editor.served.send(TABLE, "POST", body, own)
    return response.status, answer.decode()


def to_write(page: str) -> list[tuple[str, str]]:
    form = html.fromstring(page).xpath("//form[@class='write']")[0]
    return [(str(name), str(value or "")) for name, value in form.form_values()]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_an_edited_table_is_shown_then_written_as_one_commit(editor: Editor, suffix: str) -> None:
    before, table = editor.text, downloaded(editor, suffix)
    if suffix == ".xlsx":
        book, file = load_workbook(BytesIO(table)), BytesIO()
        rows = [*book.worksheets[0].iter_rows()]
        next(row for row in rows if row[0].value == ARTICLE)[1].value = "عنوان من جدول"
        book.save(file)
        table = file.getvalue()
    else:
        table = edited(table, "headline", "عنوان من جدول")

    status, page = sent(editor, f"مواد{suffix}", table)
    assert (status, "1 article would change" in page, editor.text) == (200, True, before)
    status, _ = editor.post(TABLE, to_write(page))

    assert status == 303
    assert "title: عنوان من جدول" in editor.text
    assert editor.git("log", "-1", "--format=%an: %s") == (
        f"محرر: مادة واحدة: تعديلات من الجدول «مواد{suffix}»"
    )


def test_a_table_that_nobody_edited_changes_nothing(editor: Editor) -> None:
    status, page = sent(editor, "t.csv", downloaded(editor, ".csv"))

    assert (status, "Nothing would change" in page) == (200, True)


def test_a_cell_that_is_not_clear_is_named_and_the_rest_written(editor: Editor) -> None:
    table = edited(downloaded(editor, ".csv"), "date", "05/03/2024")
    _, page = sent(editor, "t.csv", edited(table, "section", "محليات"))
    assert "t.csv:C" in page
    assert "may be more than one day" in page

    editor.post(TABLE, to_write(page))

    assert "section: محليات" in editor.text
    assert "2024" not in editor.text.partition("\n---\n")[0]


def test_an_article_that_changed_after_it_was_shown_is_named_and_not_written(
    editor: Editor,
) -> None:
    table = edited(downloaded(editor, ".csv"), "section", "محليات")
    _, page = sent(editor, "t.csv", table)
    editor.text = editor.text.replace("\n---\n", "\n# رأي\n---\n", 1)
    before = editor.text

    status, again = editor.post(TABLE, to_write(page))

    assert (status, editor.text) == (409, before)
    assert f"({ARTICLE}.md)" in again
    assert editor.post(TABLE, to_write(again))[0] == 303
    assert "# رأي" in editor.text
    assert "section: محليات" in editor.text


@pytest.mark.parametrize(
    "table", [b"", b"PK\x03\x04", b"a,b\r\n1,2\r\n", b"\x00", b"<script>alert(1)</script>"]
)
def test_what_is_no_table_is_said(editor: Editor, table: bytes) -> None:
    status, page = sent(editor, '"><script>alert(1)</script>.csv', table)

    assert (status, 'role="alert"' in page) == (422, True)
    assert "<script>alert" not in page


@pytest.mark.parametrize("carried", ["", "x", "!!", "eJw=", "eJx7f" * 3])
def test_a_form_that_carries_no_table_writes_nothing(editor: Editor, carried: str) -> None:
    head = editor.git("rev-parse", "HEAD")
    token = editor.open()["form_token"]

    status, _ = editor.post(TABLE, {"form_token": token, "name": "t", "table": carried, "seen": ""})

    assert (status, editor.git("rev-parse", "HEAD")) == (422, head)
