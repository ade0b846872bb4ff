"""Decisions as change sets: taken back, they leave the bytes that were there."""

import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.desk.waiting_archive import ASKED, PROVENANCE, article, write_archive

from warraq.base.problems import WarraqError, warning
from warraq.commands.todo import Waiting, queue_of, still_waits, todo
from warraq.editing.answers import Answers, Question
from warraq.editing.change_set import ChangeSet
from warraq.editing.decisions import decided, kind_of
from warraq.editing.history import taken_back
from warraq.editing.repository import recorded
from warraq.editing.writing import write

LINES = (
    "# سطر للمحرر",
    "mine: {a: [1, 2]}",
    "topics: [طرق, 'جسور'] # اثنان",
    "topics:\n- طرق # الأول",
    "source: {name: وكالة}",
    "source:\n  name: وكالة # كما جاء",
    "date: 2024-05-01 # قال المحرر",
    "date_info: {status: inferred, basis: received}",
    "date_info:\n  status: conflicting # اثنان\n  candidates:\n  - 2024-05-01",
    "settled: [topics] # يكفي",
    "flags:\n- {kind: typo, text: مسئول} # مرتان\n- kind: quote\n  text: س",
    "section: محليات",
)
WORDS = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=8)
ANSWERS = st.one_of(
    st.tuples(st.just("open-date"), st.just("date"), st.just("day"), st.dates().map(str)),
    st.tuples(st.just("open-date"), st.just("keep"), st.just("x"), st.just("")),
    st.tuples(st.just("open-inferred"), st.just("confirm"), st.just("basis"), WORDS),
    st.tuples(st.just("open-source"), st.just("source"), st.just("outlet"), WORDS),
    st.tuples(st.just("open-title"), st.just("title"), st.just("title"), WORDS),
    st.tuples(st.just("open-topics"), st.just("topics"), st.just("more"), WORDS),
    st.tuples(st.just("open-flag"), st.just("correct"), st.just("correction"), WORDS),
    st.tuples(st.just("open-flag"), st.just("dismiss"), st.just("x"), st.just("")),
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("decisions")
    write_archive(folder)
    return folder


def files(site: Path) -> dict[str, bytes]:
    content = (file for file in (site / "content").rglob("*") if file.is_file())
    return {file.relative_to(site).as_posix(): file.read_bytes() for file in content}


def take_back(site: Path, commit: str) -> None:
    made = recorded(site, commit)
    assert made
    write(site, taken_back(site, made, "back"))


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    lines=st.lists(st.sampled_from(LINES), max_size=6, unique_by=lambda line: line.split(":")[0]),
    answer=ANSWERS,
    has_cr=st.booleans(),
)
def test_a_decision_and_its_undo_leave_the_same_bytes(
    site: Path, lines: list[str], answer: tuple[str, str, str, str], has_cr: bool
) -> None:
    article(site, "zzzz01", "عنوان # لا", PROVENANCE, *lines, body="قال مسئول، ثم مسئول.\n\nآخر.")
    file = site / "content/articles/aa/zzzz01.md"
    if has_cr:
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    for words in (("add", "-A", "content"), ("commit", "-qm", "x", "--allow-empty")):
        subprocess.run(["git", "-C", str(site), *words], check=True)
    code, action, name, value = answer
    args = {"kind": "typo", "value": "مسئول"} if code == "open-flag" else {}
    question = Question(site, warning(code, "content/articles/aa/zzzz01.md", 1, **args), "ar")
    before = files(site)
    try:
        done = write(site, decided(question, action, Answers(((name, value),))))
    except WarraqError:
        assert files(site) == before
        return

    assert [problem.code for problem in done.problems] == []
    after = files(site)
    assert file.read_text("utf-8").count("# سطر للمحرر") == lines.count("# سطر للمحرر")
    if done.commit:
        assert after != before
        take_back(site, done.commit)
    assert files(site) == before


def test_every_kind_of_question_is_decided_and_taken_back(site: Path) -> None:
    subprocess.run(["git", "-C", str(site), "reset", "-q", "--hard", "first"], check=True)
    subprocess.run(["git", "-C", str(site), "clean", "-qfd", "content"], check=True)
    start = files(site)
    waiting = todo(site)
    commits = []
    for asked in ASKED:
        if asked.answer["do"] == "lines":
            continue
        (one,) = (one for one in waiting[asked.queue] if _is(one, asked.title, asked.answer["do"]))
        action, _, value = asked.answer["do"].partition(":")
        rows = [(name, text) for name, text in asked.answer.items() if name != "member"]
        rows += [("member", ident) for ident in asked.answer.get("member", "").split()]
        question = Question(site, one.problem, "en")
        planned = decided(question, action, Answers((*rows, ("value", value))))
        commits.append(write(site, planned).commit)
        assert queue_of(one.problem) == asked.queue
        if kind_of(question) not in {"near", "shared", "link", "picture"}:  # the whole archive's
            assert still_waits(site, one) is None, asked

    for commit in reversed(commits):
        take_back(site, commit)
    assert files(site) == start


def _is(one: Waiting, title: str, do: str) -> bool:
    """Whether a decision is the one that the table asks about; an article may have several."""
    is_alt = one.problem.code == "picture-alt"
    named = title in {one.title, dict(one.problem.args).get("name", "")}
    if one.problem.code == "name-shared":
        return named or (title == "النهار" and "نهار" in one.title)
    return named and is_alt == (do == "alt")


def changed(planned: ChangeSet) -> dict[str, tuple[list[str], list[str]]]:
    """Return path → the lines that leave a file and those that enter it."""
    found = {}
    for path, before, after in planned.changes:
        old, new = ((side or b"").decode().splitlines() for side in (before, after))
        found[path] = (
            [line for line in old if line not in new],
            [line for line in new if line not in old],
        )
    return found


def ask(
    site: Path, code: str, path: str, do: str, *rows: tuple[str, str], **args: str
) -> ChangeSet:
    action, _, value = do.partition(":")
    question = Question(site, warning(code, path, 1, **args), "en")
    return decided(question, action, Answers((*rows, ("value", value))))


def test_what_is_no_name_is_kept_in_a_list(site: Path) -> None:
    name = "نائب الرئيس"
    planned = ask(site, "open-name", "", "no-name", name=name, role="", count="3")

    assert changed(planned) == {"content/not-names.yaml": ([], ["not_names:", f"- {name}"])}


def test_a_story_loses_the_articles_that_are_not_ticked(site: Path) -> None:
    path = "content/stories/two.md"
    members = (("member", "aaaa10"), ("member", "aaaa12"))

    assert changed(ask(site, "open-story", path, "split", *members)) == {
        path: (
            ["articles: [aaaa10, aaaa11, aaaa12] # ثلاثة"],
            ["articles: [aaaa10, aaaa12] # ثلاثة"],
        )
    }
    for do, rows in (("split", members[:1]), ("story", ()), ("story", (("member", "aaab01"),))):
        with pytest.raises(WarraqError) as refused:
            ask(site, "open-story", path, do, *rows)
        assert [problem.code for problem in refused.value.problems] == ["decide-members"]


def test_prints_of_a_removed_text_get_another_first_one(site: Path) -> None:
    removed = "removed: {date: 2025-01-01, reason: طلب}"
    article(site, "aaad01", "أول", "status: removed", removed)
    for ident in ("aaad02", "aaad03"):
        article(site, ident, "طبعة", 'same_text_as: "aaad01"')
    paths = [f"content/articles/aa/aaad0{number}.md" for number in (2, 3)]
    args = {"id": "aaad01", "next": "aaad02"}
    line = 'same_text_as: "aaad01"'

    assert changed(ask(site, "same-text-removed", paths[0], "first", **args)) == {
        paths[0]: ([line], [])
    }
    assert changed(ask(site, "same-text-removed", paths[1], "first", **args)) == {
        paths[0]: ([line], []),
        paths[1]: ([line], ['same_text_as: "aaad02"']),
    }


def test_a_copy_is_retracted_as_its_original_was(site: Path) -> None:
    note = "corrections: [{date: 2025-02-01, kind: retraction, note: خبر كاذب}]"
    article(site, "aaad04", "أصل", note)
    article(site, "aaad05", "نسخة", 'copy_of: "aaad04"')
    path = "content/articles/aa/aaad05.md"
    planned = ask(site, "copy-unretracted", path, "retract", ("note", "سُحب أصلها"), id="aaad04")

    assert changed(planned) == {
        path: (
            [],
            ["corrections:", "- date: '2025-02-01'", "  kind: retraction", "  note: سُحب أصلها"],
        )
    }


PICTURES = "image: {src: media/Road.png, alt: طريق} # غلاف"


def test_a_picture_in_front_matter_gets_another_name_or_goes(site: Path) -> None:
    article(site, "aaad06", "صورة", PICTURES, "figures:\n- src: media/Road.png\n  alt: جسر # أول")
    path = "content/articles/aa/aaad06.md"
    args = {"src": "Road.png", "near": "road.png"}
    again = ("picture", "road.png")

    planned = ask(site, "picture-missing-near", path, "picture", again, **args)
    assert changed(planned)[path][1] == [
        "image: {src: media/road.png, alt: طريق} # غلاف",
        "- src: media/road.png",
        "  alt: جسر",
    ]
    gone = changed(ask(site, "picture-missing-near", path, "no-picture", **args))[path]
    assert gone == ([PICTURES, "figures:", "- src: media/Road.png", "  alt: جسر # أول"], [])
    for name in ("../x.png", "https://x.example/a.png", "//x/a.png", ""):
        with pytest.raises(WarraqError):
            ask(site, "picture-missing-near", path, "picture", ("picture", name), **args)


@pytest.mark.parametrize(
    ("body", "after"),
    [
        ("[أ](/x/) [ب](/x/ 'عنوان') [ج](</x/>)", "أ ب ج"),
        ("[![صورة](media/a.png)](/x/)", "![صورة](media/a.png)"),
        (r"[أ \] ب](/x/) و[لا](/y/)", r"أ \] ب و[لا](/y/)"),
    ],
)
def test_a_link_leaves_its_words(site: Path, body: str, after: str) -> None:
    article(site, "aaad07", "روابط", body=body)
    path = "content/articles/aa/aaad07.md"

    assert changed(ask(site, "link-dead", path, "unlink", target="/x/"))[path] == ([body], [after])


ENCODED = "%D8%A7%D9%84%D8%B1%D8%A6%D9%8A%D8%B3"


def linking(site: Path, ident: str, body: str, *codes: str) -> Waiting:
    """Write an article, return the first of what waits of it under these codes."""
    article(site, ident, "روابط", body=body)
    path = f"content/articles/aa/{ident}.md"
    waiting = (one for queue in todo(site).values() for one in queue)
    return next(one for one in waiting if one.problem.path == path and one.problem.code in codes)


@pytest.mark.parametrize("other", [f"/2015/{ENCODED}/{'a' * 20}", f"/2015/{ENCODED * 9}"])
def test_links_that_begin_alike_are_decided_one_by_one(site: Path, other: str) -> None:
    body = f"[أ]({other}-1) ثم [ب]({other}-2)."
    one = linking(site, "aaad11", body, "link-dead")

    after = body.replace(f"[أ]({other}-1)", "أ")
    planned = decided(Question(site, one.problem, "ar"), "unlink", Answers())
    assert changed(planned)[one.problem.path] == ([body], [after])


def test_pictures_of_one_host_are_decided_one_by_one(site: Path) -> None:
    body = "![أ](https://h.example/1.png) ثم ![ب](https://h.example/2.png)."
    one = linking(site, "aaad12", body, "picture-remote")

    gone = decided(Question(site, one.problem, "ar"), "no-picture", Answers())
    assert changed(gone)[one.problem.path] == ([body], ["ثم ![ب](https://h.example/2.png)."])


@pytest.mark.parametrize(
    "link",
    ["[س](/a?x=1&amp;copy=2)", r"[س](/a\(b\))", "![س](media/a%20b.png)", "![س](media/لا-شيء.png)"],
)
def test_an_address_waits_and_is_found_however_it_is_written(site: Path, link: str) -> None:
    one = linking(site, "aaad13", f"قبل {link} بعد.", "link-dead", "picture-missing")

    assert still_waits(site, one)
    answer = "no-picture" if link.startswith("!") else "unlink"
    after = "قبل  بعد." if link.startswith("!") else "قبل س بعد."
    planned = decided(Question(site, one.problem, "ar"), answer, Answers())
    assert changed(planned)[one.problem.path] == ([f"قبل {link} بعد."], [after])


def test_a_link_of_another_form_is_left_to_the_lines(site: Path) -> None:
    article(site, "aaad08", "روابط", body="[أ][1]\n\n[1]: /x/")
    path = "content/articles/aa/aaad08.md"

    with pytest.raises(WarraqError) as refused:
        ask(site, "link-dead", path, "unlink", target="/x/")
    assert [problem.code for problem in refused.value.problems] == ["decide-by-hand"]
    lines = (("old", "[1]: /x/"), ("new", "[1]: /y/"), ("first", "7"))
    assert changed(ask(site, "link-dead", path, "lines", *lines, target="/x/"))[path] == (
        ["[1]: /x/"],
        ["[1]: /y/"],
    )


@pytest.mark.parametrize(
    "path", ["content/../x.md", "templates/article.html", "content/a.json", ""]
)
def test_no_lines_of_other_files_are_written(site: Path, path: str) -> None:
    with pytest.raises(WarraqError):
        ask(site, "seed-gone", path, "lines", ("old", ""), ("new", "x"))


def test_settings_are_written_unless_they_would_be_wrong(site: Path) -> None:
    rows = ("old", "lang: ar")
    assert changed(ask(site, "menu-dead", "site.yaml", "lines", rows, ("new", "lang: en"))) == {
        "site.yaml": (["lang: ar"], ["lang: en"])
    }
    with pytest.raises(WarraqError):
        ask(site, "menu-dead", "site.yaml", "lines", rows, ("new", "lang: [x"))
