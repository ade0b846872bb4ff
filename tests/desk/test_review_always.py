"""A line that always goes, or always stays, in an outlet's articles: now and in later imports."""

import json
import re
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from tests.desk.editor import Fields
from tests.desk.imported_archive import (
    MARSA,
    Reviewer,
    as_at_first,
    form_of,
    served_archive,
)
from tests.editing.unlike_seeds import FIRST, OTHERS, SECOND
from tests.preview.served import Served

from warraq.content.frontmatter import parse_authority
from warraq.model import Outlet

BUTTON = "اترك تعليق"  # a rule's
LABEL = "تابعوا البقية في عدد الغد"  # no rule's: «follow the rest in tomorrow's issue»
TALE = (
    "وصلت إلى المرفأ سفينة تدريب شراعية في رحلة حول المتوسط تقل أربعين بحارًا.",
    "وفُتحت السفينة للزوار ثلاثة أيام، وشرح البحارة للأطفال كيف تُرفع الأشرعة.",
)
CARRIED = (
    "اختتمت مدرسة القرية العليا أسبوع المطالعة بعرض مسرحي كتبه التلاميذ أنفسهم.",
    "وقدمت المكتبة الجوالة لكل تلميذ كتابًا، ووعدت بالعودة إلى القرية كل شهر.",
)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served_archive(tmp_path_factory.mktemp("always")) as running:
        yield running


@pytest.fixture
def editor(served: Served) -> Reviewer:
    return as_at_first(served)


def add_seed(editor: Reviewer, name: str, outlet: str, *lines: str) -> None:
    """Write a seed that says its outlet beside it, and import it."""
    folder = editor.site / "seeds"
    (folder / f"{name}.txt").write_text("\n\n".join(lines) + "\n", "utf-8")
    (folder / f"{name}.json").write_text(json.dumps({"outlet": outlet}), "utf-8")
    editor.import_again(again=False)
    editor.git("add", "-A", "content", "seeds")
    editor.git("commit", "-qm", name)


def address(editor: Reviewer, seed: str, text: str, **query: str) -> str:
    """Return the address of the page about the line with `text`, as its row links to it."""
    page = editor.page(seed)
    row = next(row for row in page.split("<li ")[1:] if text in row)
    link = re.search(r'href="(/-/review/[^"]+/always\?line=[^"]+)"', row)
    assert link, row
    return link[1] + (f"&{urlencode(query)}" if query else "")


def confirm(editor: Reviewer, where: str, /, **changed: str) -> tuple[int, str]:
    """Open the page, and send its form with what is `changed` ("-" leaves a field out)."""
    response, page = editor.get(where)
    assert response.status == 200, page
    fields: Fields = form_of(page) | changed
    path = where.partition("?")[0]
    return editor.post(path, {name: one for name, one in fields.items() if one != "-"})


def marsa(editor: Reviewer) -> str:
    return (editor.site / "content" / "outlets" / "marsa.md").read_text("utf-8")


@pytest.fixture
def labelled(editor: Reviewer) -> Reviewer:
    """Two articles of one outlet and one of another end in the same line."""
    for name, outlet, lines in (
        ("one", "نشرة المرسى", (TALE[0], TALE[1], LABEL)),
        ("two", "نشرة المرسى", (CARRIED[0], CARRIED[1], LABEL)),
        ("three", "مرصد الجبل", (*OTHERS, LABEL)),
    ):
        add_seed(editor, name, outlet, f"خبر {name}", *lines)
    for name in ("one", "two", "three"):
        assert editor.line(f"{name}.txt", LABEL).state == "kept"
    return editor


def test_a_line_goes_always_here_before_and_in_later_imports(labelled: Reviewer) -> None:
    where = address(labelled, "one.txt", LABEL)
    _, page = labelled.get(where)
    assert "عدد المواد التي يخصها هذا: 2" in page
    assert [one in page for one in map(labelled.id_of, ("two.txt", "three.txt"))] == [True, False]
    assert ">+furniture:</p>" in page

    assert confirm(labelled, where)[0] == 303

    assert marsa(labelled) == MARSA.replace("zebra:", f"furniture:\n- {LABEL}\nzebra:")
    bodies = {name: labelled.article(f"{name}.txt").body for name in ("one", "two", "three")}
    assert [name for name, body in bodies.items() if LABEL in body] == ["three"]
    assert labelled.git("log", "-1", "--format=%s") == (
        f"من زوائد الصفحة دائمًا في «نشرة المرسى»: «{LABEL}» (مادتان)"
    )
    assert labelled.git("show", "--stat", "--format=", "HEAD").count("|") == 3

    add_seed(labelled, "later", "نشرة المرسى", "خبر later", FIRST, LABEL, SECOND)
    add_seed(labelled, "other", "مرصد الجبل", "خبر other", FIRST, LABEL, SECOND)
    assert LABEL not in labelled.article("later.txt").body
    assert labelled.line("later.txt", LABEL).heading.endswith("بحسب ملفه: نشرة المرسى")
    assert LABEL in labelled.article("other.txt").body

    labelled.import_again()
    assert {n: labelled.article(f"{n}.txt").body for n in bodies} == bodies


def test_what_was_imported_before_is_left_where_that_is_not_asked_for(labelled: Reviewer) -> None:
    assert confirm(labelled, address(labelled, "one.txt", LABEL), all="-")[0] == 303

    assert LABEL in marsa(labelled)
    assert LABEL not in labelled.article("one.txt").body
    assert LABEL in labelled.article("two.txt").body


def test_a_line_stays_always_and_comes_back_to_all_articles(editor: Reviewer) -> None:
    add_seed(editor, "one", "نشرة المرسى", "خبر one", *TALE, BUTTON)
    add_seed(editor, "two", "نشرة المرسى", "خبر two", CARRIED[0], CARRIED[1], BUTTON)
    add_seed(editor, "three", "مرصد الجبل", "خبر three", *OTHERS, BUTTON)
    (editor.site / "seeds" / "two.txt").rename(editor.site / "seeds" / "two.off")
    where = address(editor, "text.txt", BUTTON)
    assert "عدد المواد التي يخصها هذا: 3" in editor.get(where)[1]

    status, page = confirm(editor, where)

    assert status == 200  # one could not be changed, and that is said
    assert "استُورد من قبل وليس هنا الآن" in page
    assert "(مادتان)" in page
    assert editor.article("text.txt").body.strip().endswith(BUTTON)
    assert editor.article("one.txt").body.strip().endswith(BUTTON)
    assert BUTTON not in editor.article("two.txt").body + editor.article("three.txt").body
    assert marsa(editor) == MARSA.replace("zebra:", f"keep:\n- {BUTTON}\nzebra:")

    (editor.site / "seeds" / "two.off").rename(editor.site / "seeds" / "two.txt")
    editor.import_again()
    assert editor.article("two.txt").body.strip().endswith(BUTTON)
    assert BUTTON not in editor.article("three.txt").body
    add_seed(editor, "later", "نشرة المرسى", "خبر later", FIRST, SECOND, BUTTON)
    assert editor.article("later.txt").body.strip().endswith(BUTTON)


def test_a_line_that_goes_is_not_one_that_stays(labelled: Reviewer) -> None:
    confirm(labelled, address(labelled, "one.txt", LABEL))
    assert confirm(labelled, address(labelled, "one.txt", LABEL))[0] == 303
    # An editor took it out of the article; that it goes is listed already.
    assert marsa(labelled).count(LABEL) == 1

    add_seed(labelled, "later", "نشرة المرسى", "خبر later", FIRST, LABEL, SECOND)
    assert confirm(labelled, address(labelled, "later.txt", LABEL))[0] == 303

    assert f"keep:\n- {LABEL}\n" in marsa(labelled)
    assert "furniture:" not in marsa(labelled)
    assert labelled.article("later.txt").body.split("\n\n")[1] == LABEL


@pytest.mark.parametrize("listed", ["bylines", "disclaimers", "categories"])
def test_a_line_may_be_another_thing_of_the_outlet(labelled: Reviewer, listed: str) -> None:
    where = address(labelled, "one.txt", LABEL, **{"as": listed})

    assert confirm(labelled, where)[0] == 303

    assert f"{listed}:\n- {LABEL}\n" in marsa(labelled)
    add_seed(labelled, "later", "نشرة المرسى", "خبر later", FIRST, LABEL, SECOND)
    assert LABEL not in labelled.article("later.txt").body
    assert (labelled.article("later.txt").section == LABEL) == (listed == "categories")


def test_an_outlet_without_a_file_gets_one(labelled: Reviewer) -> None:
    where = address(labelled, "three.txt", LABEL)
    assert "ليس للمصدر «مرصد الجبل» ملف بعد" in labelled.get(where)[1]

    for key, why in (("", "مفتاح"), ("../x", "مفتاح"), ("marsa", "")):
        status, page = confirm(labelled, where, key=key)
        assert status == 422
        assert why in page
        assert form_of(page)["key"] == key
    assert confirm(labelled, where, key="jabal")[0] == 303

    text = (labelled.site / "content" / "outlets" / "jabal.md").read_text("utf-8")
    read, problems = parse_authority(text, "x.md", "outlets", "jabal")
    assert isinstance(read, Outlet)
    assert (read.name, read.furniture, problems) == ("مرصد الجبل", (LABEL,), [])
    assert LABEL not in labelled.article("three.txt").body


def test_an_outlet_that_is_known_by_default_keeps_what_is_known_of_it(editor: Reviewer) -> None:
    add_seed(editor, "known", "الجزيرة نت", "خبر known", *TALE, LABEL)
    where = address(editor, "known.txt", LABEL)
    key = form_of(editor.get(where)[1])["key"]

    assert confirm(editor, where)[0] == 303

    text = (editor.site / "content" / "outlets" / f"{key}.md").read_text("utf-8")
    assert "aljazeera.net" in text
    assert LABEL in text


def test_what_was_not_seen_is_not_confirmed(labelled: Reviewer) -> None:
    where = address(labelled, "one.txt", LABEL)
    _, page = labelled.get(where)
    sent = form_of(page)
    path = labelled.path_of("two.txt")
    path.write_text(path.read_text("utf-8").replace(LABEL, "غير ذلك"), "utf-8")
    head = labelled.git("rev-parse", "HEAD")

    status, page = labelled.post(where.partition("?")[0], sent)

    assert status == 409
    assert "تغيّر ما يخصه هذا القرار" in page
    assert "عدد المواد التي يخصها هذا: 1" in page
    assert labelled.git("rev-parse", "HEAD") == head
    assert marsa(labelled) == MARSA


def test_the_decision_is_taken_back_as_one(labelled: Reviewer) -> None:
    before = labelled.git("rev-parse", "HEAD^{tree}")
    confirm(labelled, address(labelled, "one.txt", LABEL))
    made = labelled.git("rev-parse", "HEAD")
    token = form_of(labelled.page("one.txt"))["form_token"]

    labelled.post("/-/changes", {"form_token": token, "commit": made, "back": "/-/review"})

    assert labelled.git("rev-parse", "HEAD^{tree}") == before


@pytest.mark.parametrize(
    "query", ["", "line=", "line=1-1-x", "line=4-1-77461041&outlet=99&as=aliases", "outlet=-1"]
)
def test_odd_questions_are_answered_and_change_nothing(editor: Reviewer, query: str) -> None:
    response, page = editor.get(f"/-/review/{editor.id_of('text.txt')}/always?{query}")

    assert response.status == 200
    assert "Traceback" not in page
    assert editor.git("status", "--porcelain", "content") == ""


@pytest.mark.parametrize(
    "line", ["- [a, b]: #", "'يكتب \"هكذا\": {x}'", "*نجمة*", "\u202eسطر مقلوب", "<b>سطر</b>"]
)
def test_any_line_is_written_as_it_is_and_read_again(editor: Reviewer, line: str) -> None:
    add_seed(editor, "odd", "نشرة المرسى", "خبر odd", *TALE, line)
    shown = editor.line("odd.txt", line.strip("\u202e*").split()[-1].strip("<>/b"))
    page = editor.page("odd.txt")
    found = re.findall(r'href="(/-/review/[^"]+/always\?line=[^"]+)"', page)
    if shown.state == "kept" and found:
        assert confirm(editor, found[-1])[0] == 303
        read, problems = parse_authority(marsa(editor), "x.md", "outlets", "marsa")
        assert problems == []
        assert isinstance(read, Outlet)
        assert len(read.furniture) == 1
        assert "\u202e" not in marsa(editor)


def test_an_article_without_a_source_says_what_to_do_first(editor: Reviewer) -> None:
    page = editor.page("wrapped.txt")

    assert "لا يُعرف مصدر هذه المادة" in page
    assert "/always" not in page
