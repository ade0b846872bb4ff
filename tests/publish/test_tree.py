import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warraq.base.problems import WarraqError
from warraq.model import OutputFile
from warraq.publish.tree import MARKER, present, publish, workspace


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    (folder / "content").mkdir(parents=True)
    return folder


def out(**files: str) -> list[OutputFile]:
    return [OutputFile(path.replace("__", "/"), text.encode()) for path, text in files.items()]


def tree(folder: Path) -> dict[str, str]:
    return {
        p.relative_to(folder).as_posix(): p.read_text()
        for p in sorted(folder.rglob("*"))
        if p.is_file() and p.name != MARKER
    }


def test_the_folder_holds_exactly_the_files(site: Path) -> None:
    into = site / "public"

    publish(out(a="1", b__c="2"), site=site, into=into)
    outcome = publish(out(a="1", b__d="3"), site=site, into=into)

    assert tree(into) == {"a": "1", "b/d": "3"}
    assert outcome == (2, 1, 1)


def test_an_unchanged_file_is_not_written_again(site: Path) -> None:
    into = site / "public"
    publish(out(a="1", b="2"), site=site, into=into)
    before = (into / "a").stat()

    publish(out(a="1", b="3"), site=site, into=into)

    assert (into / "a").stat().st_mtime_ns == before.st_mtime_ns
    assert (into / "a").stat().st_ino == before.st_ino


def test_a_failing_build_leaves_the_folder_as_it_was(site: Path) -> None:
    into = site / "public"
    publish(out(a="1"), site=site, into=into)

    def broken() -> Iterator[OutputFile]:
        yield OutputFile("a", b"2")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        publish(broken(), site=site, into=into)

    assert tree(into) == {"a": "1"}
    assert not (workspace(into) / "stage").exists()


@pytest.mark.parametrize("turn", [("a", "a__b"), ("a__b", "a")])
def test_a_file_and_a_folder_may_trade_places(site: Path, turn: tuple[str, str]) -> None:
    into = site / "public"
    first, second = turn

    publish(out(**{first: "1"}), site=site, into=into)
    publish(out(**{second: "2"}), site=site, into=into)

    assert tree(into) == {second.replace("__", "/"): "2"}


def test_a_journal_found_is_rolled_forward_first(site: Path) -> None:
    into = site / "public"
    publish(out(a="1", old="1"), site=site, into=into)
    work = workspace(into)
    (work / "stage").mkdir()
    (work / "stage" / "new").write_text("2")
    (work / "journal.json").write_text(json.dumps({"removals": ["gone", "old"]}))

    with pytest.raises(WarraqError):
        publish([OutputFile("../x", b"")], site=site, into=into)

    assert tree(into) == {"a": "1", "new": "2"}
    assert not (work / "journal.json").exists()


NEVER = [".", "content", "content/x", "static", "..", "/", "~", "seeds", ".git"]


@pytest.mark.parametrize("where", NEVER)
def test_some_folders_are_never_written(site: Path, where: str) -> None:
    into = Path(where).expanduser() if where == "~" else site / where

    with pytest.raises(WarraqError) as caught:
        publish(out(a="1"), site=site, into=into)

    assert caught.value.problems[0].code == "output-forbidden"
    assert caught.value.exit_code == 2


def test_a_folder_of_somebody_else_is_left_alone(site: Path, tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "thesis.txt").write_text("years of work")

    with pytest.raises(WarraqError) as caught:
        publish(out(a="1"), site=site, into=theirs)

    assert caught.value.problems[0].code == "output-foreign"
    assert tree(theirs) == {"thesis.txt": "years of work"}


@pytest.mark.parametrize("path", ["../x", "/etc/x", "a/../../x", "a\\b", ""])
def test_no_file_leaves_the_folder(site: Path, path: str) -> None:
    with pytest.raises(WarraqError) as caught:
        publish([OutputFile(path, b"")], site=site, into=site / "public")

    assert caught.value.problems[0].code == "output-path"


@pytest.mark.parametrize("paths", [("a", "a"), ("a", "a/b")])
def test_two_files_of_one_path_are_an_error(site: Path, paths: tuple[str, str]) -> None:
    with pytest.raises(WarraqError) as caught:
        publish([OutputFile(p, b"") for p in paths], site=site, into=site / "public")

    assert caught.value.problems[0].code == "output-twice"
    assert not (site / "public").exists()


def put(folder: Path, path: str, text: str) -> None:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(text)


OTHERS = (".git/HEAD", ".git/objects/ab/cd", ".htaccess", ".well-known/x", "b/.keep", "n/.a/b.html")


def test_what_others_keep_under_a_dot_is_spared(site: Path) -> None:
    into = site / "public"
    publish(out(a="1", b__c="2"), site=site, into=into)
    for path in OTHERS:
        put(into, path, "theirs")

    outcome = publish(out(a="1"), site=site, into=into)

    assert tree(into) == {"a": "1", **dict.fromkeys(OTHERS, "theirs")}
    assert outcome.removed == 1


def test_a_worktree_file_alone_is_no_foreign_folder(site: Path) -> None:
    into = site / "public"
    put(into, ".git", "gitdir: elsewhere")

    publish(out(a="1"), site=site, into=into)

    assert tree(into) == {"a": "1", ".git": "gitdir: elsewhere"}


def test_what_warraq_wrote_under_a_dot_goes_when_its_source_does(site: Path) -> None:
    into = site / "public"
    mine = [OutputFile(p, b"ours") for p in (".well-known/a", ".well-known/b", "n/.x", "a")]
    publish(mine, site=site, into=into)
    put(into, ".well-known/theirs", "theirs")
    assert {*present(into)} == {file.path for file in mine}

    publish(mine[1:], site=site, into=into)
    assert not (into / ".well-known/a").exists()

    publish(mine[3:], site=site, into=into)
    assert tree(into) == {"a": "ours", ".well-known/theirs": "theirs"}
    assert not (into / "n").exists()


@pytest.mark.parametrize(
    "marker",
    [b"", b"text\n[]\n", b'text\n"../content/x"\n"b"\n', b"text\n\xff\n", b'text\n".l/x"\n'],
)
def test_a_marker_that_was_altered_removes_nothing_of_others(site: Path, marker: bytes) -> None:
    into = site / "public"
    publish(out(a="1"), site=site, into=into)
    put(site, "content/x", "an article")
    put(into, ".git/HEAD", "theirs")
    (into / ".l").symlink_to(site / "content")
    (into / MARKER).write_bytes(marker)

    publish(out(a="1"), site=site, into=into)

    assert (site / "content/x").read_text() == "an article"
    assert (into / ".git/HEAD").read_text() == "theirs"


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [(".well-known", ".well-known/a"), (".well-known/a", ".well-known"), ("b/.keep", "b")],
)
def test_where_others_keep_something_no_file_is_put(site: Path, theirs: str, ours: str) -> None:
    into = site / "public"
    publish(out(a="1", b__c="2"), site=site, into=into)
    put(into, theirs, "theirs")
    before = tree(into)

    with pytest.raises(WarraqError) as caught:
        publish([OutputFile("a", b"2"), OutputFile(ours, b"ours")], site=site, into=into)

    assert [(p.code, dict(p.args)["other"]) for p in caught.value.problems] == [
        ("output-taken", theirs)
    ]
    assert tree(into) == before
    publish(out(a="2", b__c="2"), site=site, into=into)
    assert tree(into) == before | {"a": "2"}


OURS = ("a", "b/c", ".h", ".w/x", ".w/y/z", "n/.k", "n/l")
STEPS = st.lists(
    st.tuples(st.sets(st.sampled_from(OURS)), st.sets(st.sampled_from(OTHERS))), max_size=6
)


@given(STEPS)
@settings(max_examples=40)
def test_any_row_of_publications_leaves_ours_and_all_of_others(
    steps: list[tuple[set[str], set[str]]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "content").mkdir()
        into, theirs = Path(folder) / "public", dict[str, str]()
        for wanted, put_there in steps:
            publish(
                [OutputFile(p, p.encode()) for p in sorted(wanted)], site=Path(folder), into=into
            )
            for path in put_there:
                put(into, path, "theirs")
                theirs[path] = "theirs"
            assert tree(into) == {**{path: path for path in wanted}, **theirs}
            assert {*present(into)} == wanted
