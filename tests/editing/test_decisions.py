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
