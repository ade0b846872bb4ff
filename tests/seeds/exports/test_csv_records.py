"""Tables in the dialects that spreadsheets and databases write."""

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warraq.base.problems import Problem
from warraq.intake import draft_of, outlet_directory
from warraq.model import Article, RawDocument
from warraq.seeds.exports import export_records

BODY = "نقلت القافلة ملح السبخة إلى المدينة، وباعته في سوق الجمعة بسعر العام الماضي."
MORE = "وعاد الجمّالون في المساء محمّلين بالشاي والسكر والقماش إلى قراهم البعيدة."
ROW = ["7", "ملح السبخة", BODY, "2017-09-15"]
NEXT = ["8", "سوق الجمعة", MORE, "2017-09-16"]
HEADER = ["id", "title", "body", "date"]


def _read(site: Path, content: str | bytes, name: str = "t.csv") -> list[RawDocument | Problem]:
    path = site / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(export_records.documents(path, site))


def _articles(found: list[RawDocument | Problem]) -> list[Article]:
    known = outlet_directory()
    return [draft_of(f, known).article for f in found if isinstance(f, RawDocument)]


def _table(*rows: list[str], delimiter: str = ",", header: list[str] | None = None) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerows([header or HEADER, *rows])
    return out.getvalue()


def _told(article: Article) -> tuple[str, str, str]:
    return article.title, article.body, article.date.iso if article.date else ""


EXPECTED = [tuple(ROW[1:]), tuple(NEXT[1:])]
PADDED = [" ID ", "Title ", " BODY", "Date"]
MARKED = ["\ufeffid", "\u200fالعنوان", "نص\u00a0المقالة", "تاريخ_النشر"]
ARABIC = ["الرقم", "العنوان", "النص", "تاريخ النشر"]
DIALECTS: dict[str, str | bytes] = {
    "commas": _table(ROW, NEXT),
    "semicolons": _table(ROW, NEXT, delimiter=";"),
    "bars": _table(ROW, NEXT, delimiter="|"),
    "tabs": _table(ROW, NEXT, delimiter="\t"),
    "UTF-16 with tabs, as Excel's Unicode text": _table(ROW, NEXT, delimiter="\t").encode("utf-16"),
    "windows-1256": _table(ROW, NEXT, delimiter=";").encode("windows-1256"),
    "a mark before UTF-8": _table(ROW, NEXT).encode("utf-8-sig"),
    "line ends of an old Mac": _table(ROW, NEXT).replace("\r\n", "\r"),
    "sep=": "sep=;\r\n" + _table(ROW, NEXT, delimiter=";"),
    "an odd delimiter that sep= names": "sep=~\n" + _table(ROW, NEXT, delimiter="~"),
    "empty lines first": "\r\n\r\n" + _table(ROW, NEXT),
    "a title above": "تقرير المقالات;;;\n" + _table(ROW, NEXT, delimiter=";"),
    "empty rows between": _table(ROW, ["", "", "", ""], NEXT),
    "padded names in capitals": _table(ROW, NEXT, header=PADDED),
    "names with marks that nobody sees": _table(ROW, NEXT, header=MARKED),
    "Arabic names": _table(ROW, NEXT, header=ARABIC),
    "columns too many, empty": _table([*ROW, "", ""], [*NEXT, ""]),
    "names too many, empty": _table(ROW, NEXT, header=[*HEADER, "", ""]),
}


@pytest.mark.parametrize("kind", DIALECTS)
def test_a_table_says_the_same_in_every_dialect(tmp_path: Path, kind: str) -> None:
    found = _read(tmp_path, DIALECTS[kind])
    assert [_told(a) for a in _articles(found)] == EXPECTED
    assert not [f for f in found if isinstance(f, Problem)]


def test_rows_of_wordpress_own_table_that_are_no_posts_are_counted(tmp_path: Path) -> None:
    header = ["ID", "post_date", "post_title", "post_content", "post_status", "post_type"]
    rows = [
        [str(n), "2017-09-15 10:00:00", "ملح السبخة", BODY, status, kind]
        for n, (status, kind) in enumerate(
            [("publish", "post"), ("inherit", "revision"), ("publish", "page")]
        )
    ]
    found = _read(tmp_path, _table(*rows, header=header))
    assert [_told(a) for a in _articles(found)] == [EXPECTED[0]]
    assert [(p.code, p.severity) for p in found if isinstance(p, Problem)] == [
        ("export-passed", "warning")
    ]


def test_a_row_that_ends_early_has_no_more_to_say(tmp_path: Path) -> None:
    (article,) = _articles(_read(tmp_path, f'id,title,body,date\n7,ملح,"{BODY}"\n'))
    assert _told(article) == ("ملح", BODY, "")


def test_backslashes_of_a_database_are_no_letters(tmp_path: Path) -> None:
    body = f'قال: \\"نعم\\"، ثم مضى. {BODY}'
    (article,) = _articles(_read(tmp_path, f'id,title,body\n7,"ملح \\"السبخة\\" اليوم","{body}"\n'))
    assert _told(article)[:2] == ('ملح "السبخة" اليوم', f'قال: "نعم"، ثم مضى. {BODY}')


def test_a_backslash_of_a_text_is_one(tmp_path: Path) -> None:
    body = f"{BODY} المسار C:\\new."
    (article,) = _articles(_read(tmp_path, _table(["7", "ملح", body, ""])))
    assert article.body.replace("\\\\", "\\") == body


SLOPPY = {
    "marks that are not doubled": f'7,"ملح","قال "نعم" ثم مضى. {BODY}",2017-09-15\n',
    "a mark that is never closed": f'7,"ملح","{BODY},2017-09-15\n',
    "over two lines": f'7,"ملح","قال "نعم"\n\n{BODY}",2017-09-15\n',
}


@pytest.mark.parametrize("kind", SLOPPY)
@pytest.mark.parametrize("quoted", [True, False])
def test_a_quotation_mark_too_many_costs_no_other_row(
    tmp_path: Path, kind: str, quoted: bool
) -> None:
    others = _table(ROW, NEXT) if quoted else "\n".join(map(",".join, [HEADER, ROW, NEXT])) + "\n"
    head, first, second = others.replace("\r\n", "\n").splitlines(keepends=True)
    found = _read(tmp_path, f"{head}{first.replace('7', '6', 1)}{SLOPPY[kind]}{second}")

    ids = [f.external_ids["t"] for f in found if isinstance(f, RawDocument)]
    assert ids == ["6", "7", "8"]
    bad = next(f for f in found if isinstance(f, RawDocument) and f.external_ids["t"] == "7")
    assert BODY in bad.text
    assert bad.notes == ("mended",)


def test_a_row_of_too_many_cells_is_told_and_costs_no_other(tmp_path: Path) -> None:
    found = _read(tmp_path, _table(ROW, [*ROW, "x"], NEXT))
    assert [type(f) for f in found] == [RawDocument, Problem, RawDocument]
    assert isinstance(found[1], Problem)
    assert found[1].line == 3


@given(st.lists(st.lists(st.text("اب \"\n,;'\\x", max_size=9), min_size=3, max_size=3)))
def test_what_csv_writes_is_read(rows: list[list[str]]) -> None:
    given_rows = [[f"r{n}", *(" ".join(c.split()) for c in row)] for n, row in enumerate(rows)]
    with TemporaryDirectory() as folder:
        path = Path(folder, "t.csv")
        path.write_text(_table(*given_rows, header=["id", "title", "body", "x"]), "utf-8")
        found = [
            f for f in export_records.records(path, Path(folder)) if not isinstance(f, Problem)
        ]
    assert [f.own for f in found] == [row[0] for row in given_rows]
