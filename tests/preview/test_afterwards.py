"""Work after a build: in a process of its own, one run at a time, and gone at the end."""

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from time import sleep

import pytest
from tests.preview.served import eventually

from warraq.base.problems import Problem, WarraqError, error
from warraq.preview.afterwards import Afterwards


class Kept:
    """What arrived, with the number of its run."""

    def __init__(self) -> None:
        self.runs = 0
        self.results: list[tuple[int, object]] = []
        self.problems: list[str] = []

    def begins(self) -> int:
        self.runs += 1
        return self.runs

    def arrived(self, result: object, run: int) -> None:
        self.results.append((run, result))

    def failed(self, problems: tuple[Problem, ...]) -> None:
        self.problems += [problem.code for problem in problems]


def read_twice(file: Path) -> Iterator[str]:
    yield f"{os.getpid()} {file.read_text()}"
    while file.with_suffix(".hold").exists():
        sleep(0.01)
    yield file.read_text()


def fail(how: str) -> Iterator[str]:
    yield "first"
    if how == "killed":
        os._exit(9)
    raise WarraqError([error("site-name")]) if how == "problem" else ZeroDivisionError("a bug")


def test_results_come_as_they_are_found_from_another_process(tmp_path: Path) -> None:
    (file := tmp_path / "a.txt").write_text("one")
    kept = Kept()
    work = Afterwards(partial(read_twice, file), kept)
    work.start()
    work.ask()

    assert eventually(lambda: len(kept.results) == 2)
    work.stop()
    (_, first), (_, second) = kept.results
    assert str(first) != f"{os.getpid()} one"
    assert str(first).endswith(" one")
    assert second == "one"


def test_what_is_asked_during_a_run_is_done_once_after_it(tmp_path: Path) -> None:
    file, hold = tmp_path / "a.txt", tmp_path / "a.hold"
    file.write_text("one")
    hold.touch()
    kept = Kept()
    work = Afterwards(partial(read_twice, file), kept)
    work.start()
    work.ask()
    assert eventually(lambda: len(kept.results) == 1)

    file.write_text("two")
    for _ in range(5):
        work.ask()
    hold.unlink()

    assert eventually(lambda: len(kept.results) == 4)
    work.stop()
    work.join()
    assert [(run, str(text).rpartition(" ")[2]) for run, text in kept.results] == [
        (1, "one"),
        (1, "two"),
        (2, "two"),
        (2, "two"),
    ]


def test_stopping_kills_what_is_under_way(tmp_path: Path) -> None:
    (file := tmp_path / "a.txt").write_text("one")
    file.with_suffix(".hold").touch()
    kept = Kept()
    work = Afterwards(partial(read_twice, file), kept)
    work.start()
    work.ask()
    assert eventually(lambda: bool(kept.results))
    process = int(str(kept.results[0][1]).split()[0])

    work.stop()
    work.join()

    assert not Path(f"/proc/{process}").exists() or not Path("/proc").exists()
    assert kept.problems == []


@pytest.mark.parametrize(
    ("how", "code"),
    [("problem", "site-name"), ("bug", "preview-fault"), ("killed", "preview-fault")],
)
def test_whatever_breaks_is_said_and_the_next_run_works(how: str, code: str) -> None:
    kept = Kept()
    work = Afterwards(partial(fail, how), kept)
    work.start()
    work.ask()
    assert eventually(lambda: kept.problems == [code])
    work.ask()
    assert eventually(lambda: kept.problems == [code, code])
    work.stop()
    work.join()

    assert kept.results == [(1, "first"), (2, "first")]
