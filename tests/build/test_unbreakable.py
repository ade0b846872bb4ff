"""A build that is killed, stopped, starved of space or met by another leaves nothing half done."""

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from tests.commands.conftest import tree

from warraq.base.locks import locked
from warraq.build.full import build as plain
from warraq.build.incremental import build
from warraq.commands.verify import verify

pytestmark = pytest.mark.slow

ARTICLE = """---
id: "{id}"
title: خبر {number} {turn}
date: 2025-{month:02}-11
topics: [water]
---

نص الخبر {number} عن حلب، {turn}.
"""


def write(site: Path, turn: str, articles: int = 8) -> None:
    """Write an archive of a few articles; another `turn` changes, adds and removes some."""
    shutil.rmtree(site / "content", ignore_errors=True)
    (site / "content/articles").mkdir(parents=True)
    (site / "content/topics").mkdir()
    (site / "content/places").mkdir()
    (site / "site.yaml").write_text("name: أرشيف\nbase_url: https://a.example/\nhistory: none\n")
    (site / "content/topics/water.md").write_text(f"---\nname: المياه {turn}\n---\n")
    (site / "content/places/aleppo.md").write_text("---\nname: حلب\n---\n")
    for number in range(articles) if turn == "أولى" else range(3, 12):
        key = f"{number:06}"
        text = ARTICLE.format(id=key, number=number, turn=turn, month=number % 12 + 1)
        (site / f"content/articles/{key}.md").write_text(text, "utf-8")


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, bytes]]:
    """Turn → what a plain build makes of it."""
    found = {}
    for turn in ("أولى", "ثانية"):
        site = tmp_path_factory.mktemp("plain")
        write(site, turn)
        plain(site, into=site / "public")
        found[turn] = tree(site / "public")
    return found


def begun(site: Path, *words: str, **env: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "warraq", "-C", str(site), "build", *words]
    pipe = subprocess.PIPE
    return subprocess.Popen(
        command,
        stdout=pipe,
        stderr=pipe,
        env=os.environ | env,
        preexec_fn=hear_signals,  # noqa: PLW1509 - there are no threads in a test
    )


def hear_signals() -> None:
    """Heed what a test that runs in the background was told to ignore."""
    for number in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)


def ended(build: subprocess.Popen[bytes]) -> tuple[int, str]:
    output, faults = build.communicate()
    assert b"Traceback" not in faults, faults.decode()
    return build.returncode, (output + faults).decode()


def turns(site: Path) -> Iterator[str]:
    """Change the archive to and fro for ever."""
    while True:
        for turn in ("ثانية", "أولى"):
            write(site, turn)
            yield turn


def assert_whole(site: Path, *states: dict[str, bytes]) -> None:
    """Every file is that of one of `states`, and the search root leads to files that are there."""
    if not (site / "public").exists():
        return
    for path, content in tree(site / "public").items():
        assert content in [state.get(path) for state in states], path


def test_killed_at_any_instant_every_file_is_whole(
    tmp_path: Path, expected: dict[str, dict[str, bytes]], soak: bool
) -> None:
    draw = random.Random(6)  # noqa: S311 - a test's dice
    write(tmp_path, "أولى")
    started = time.monotonic()
    assert ended(begun(tmp_path, "--jobs", "1"))[0] == 0
    span = time.monotonic() - started
    before = "أولى"
    turn = turns(tmp_path)
    for _ in range(200 if soak else 4):
        now = next(turn)
        build = begun(tmp_path, "--jobs", "1")
        time.sleep(draw.uniform(0, span))
        build.kill()
        build.communicate()
        assert_whole(tmp_path, expected[before], expected[now])

        assert ended(begun(tmp_path, "--jobs", "1"))[0] == 0
        assert tree(tmp_path / "public") == expected[now]
        assert not (tmp_path / ".public.warraq" / "stage").exists()
        before = now


def test_stopped_by_hand_it_leaves_the_site_as_it_was(
    tmp_path: Path, expected: dict[str, dict[str, bytes]]
) -> None:
    write(tmp_path, "أولى")
    ended(begun(tmp_path))
    write(tmp_path, "ثانية")
    build = begun(tmp_path)
    time.sleep(0.3)
    build.send_signal(signal.SIGINT)
    build.communicate()
    assert_whole(tmp_path, expected["أولى"], expected["ثانية"])

    ended(begun(tmp_path))
    assert tree(tmp_path / "public") == expected["ثانية"]


def test_without_space_nothing_is_published(
    tmp_path: Path, expected: dict[str, dict[str, bytes]]
) -> None:
    write(tmp_path, "أولى")
    assert ended(begun(tmp_path))[0] == 0
    write(tmp_path, "ثانية")
    starved = subprocess.run(
        [sys.executable, "-m", "warraq", "-C", str(tmp_path), "build", "--clean"],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (9_000, 9_000)),
        capture_output=True,
        check=False,
    )

    assert starved.returncode == 1
    assert b"Traceback" not in starved.stderr
    assert tree(tmp_path / "public") == expected["أولى"]
    assert ended(begun(tmp_path))[0] == 0
    assert tree(tmp_path / "public") == expected["ثانية"]


def test_of_two_builds_at_once_one_says_that_it_must_wait(
    tmp_path: Path, expected: dict[str, dict[str, bytes]]
) -> None:
    write(tmp_path, "أولى")
    builds = [begun(tmp_path) for _ in range(2)]
    outcomes = [ended(build) for build in builds]

    assert sorted(code for code, _ in outcomes) in ([0, 0], [0, 3])
    assert all(code == 0 or "output-busy" in said for code, said in outcomes)
    assert tree(tmp_path / "public") == expected["أولى"]


def test_builds_into_outputs_of_one_name_keep_out_of_each_others_way(
    tmp_path: Path, expected: dict[str, dict[str, bytes]]
) -> None:
    write(tmp_path, "أولى")
    outputs = [tmp_path / folder / "public" for folder in "xy"]
    builds = [begun(tmp_path, "--output", str(into)) for into in outputs]

    assert [ended(build)[0] for build in builds] == [0, 0]
    assert [tree(into) for into in outputs] == [expected["أولى"]] * 2
    assert all(build(tmp_path, into=into).outcome[1:] == (0, 0) for into in outputs)


def test_busy_has_an_exit_code_of_its_own(tmp_path: Path) -> None:
    write(tmp_path, "أولى")
    held = {
        ".public.warraq/lock": ("output-busy", ["build"]),
        ".warraq/cache.lock": ("cache-busy", ["build"]),
        ".warraq/content.lock": ("content-busy", ["stories", "propose"]),
    }
    for lock, (code, words) in held.items():
        command = [sys.executable, "-m", "warraq", "-C", str(tmp_path), *words]
        with locked(tmp_path / lock, code):
            done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (done.returncode, code in done.stdout) == (3, True), done.stdout + done.stderr


def processes_of(site: Path) -> set[int]:
    """Return the processes whose command names `site`."""
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if os.fsencode(site) in (folder / "cmdline").read_bytes():
                found.add(int(folder.name))
    return found


def until(is_so: Callable[[], bool]) -> None:
    """Wait for what must come; a test that waits in vain fails."""
    for _ in range(3000):
        if is_so():
            return
        time.sleep(0.01)
    raise AssertionError


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGKILL, -9)])
def test_a_build_that_is_ended_takes_its_processes_along(
    tmp_path: Path, number: int, code: int
) -> None:
    write(tmp_path, "أولى", articles=400)
    stopped = begun(tmp_path, "--jobs", "2")
    stage = tmp_path / ".public.warraq/stage"
    until(lambda: stage.exists() and len(processes_of(tmp_path)) == 3)
    os.kill(stopped.pid, number)

    assert ended(stopped)[0] == code
    until(lambda: not processes_of(tmp_path))
    assert not (tmp_path / "public").exists()
    assert stage.exists() == (number == signal.SIGKILL)
    assert ended(begun(tmp_path, "--jobs", "2"))[0] == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_is_answered_in_words(tmp_path: Path, number: int) -> None:
    write(tmp_path, "أولى", articles=400)
    stopped = begun(tmp_path, "--jobs", "1")
    until((tmp_path / ".warraq/cache.db").exists)
    stopped.send_signal(number)

    outcome, words = ended(stopped)
    assert (outcome, len(words.splitlines())) == (128 + number, 1)
    assert not (tmp_path / "public").exists()
    assert not (tmp_path / ".public.warraq/stage").exists()


def test_a_process_ends_with_its_parent_and_holds_no_lock_of_it(tmp_path: Path) -> None:
    """Whatever it is at, and though its parent could tell it nothing."""
    program = f"""
import os, pathlib, time
from warraq.base.locks import locked
from warraq.base.processes import process_pool

folder = pathlib.Path({str(tmp_path)!r})

def sleep_at_work():
    (folder / f"{{os.getpid()}}.started").touch()
    time.sleep(600)

with locked(folder / "lock", "output-busy"), process_pool(2) as pool:
    for _ in range(2):
        pool.submit(sleep_at_work)
    time.sleep(600)
"""
    parent = subprocess.Popen([sys.executable, "-c", program])
    # A process that was forked this moment still has its parent's files open.
    until(lambda: len(list(tmp_path.glob("*.started"))) == 2)
    assert len(processes_of(tmp_path)) == 3
    parent.kill()
    parent.wait()

    with locked(tmp_path / "lock", "output-busy"):
        until(lambda: not processes_of(tmp_path))


def test_of_two_imports_at_once_no_seed_is_lost(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "site.yaml").write_text(
        "name: أرشيف\nbase_url: https://a.example/\nhistory: none\n"
    )
    text = "افتتح في مدينة {n} اليوم معرض للكتاب.\n\nوشارك في المعرض رقم {n} ناشرون من {n} بلدان.\n"
    for number in range(200, 240):
        (tmp_path / f"seeds/{number}.txt").write_text(text.format(n=number), "utf-8")
    command = [sys.executable, "-m", "warraq", "-C", str(tmp_path), "import", "--jobs", "2"]
    pipe = subprocess.PIPE
    imports = [subprocess.Popen(command, stdout=pipe, stderr=pipe) for _ in range(2)]
    outcomes = [ended(one) for one in imports]

    assert sorted(code for code, _ in outcomes) in ([0, 0], [0, 3])
    assert all(code == 0 or "content-busy" in words for code, words in outcomes)
    assert len(list((tmp_path / "content/articles").rglob("*.md"))) == 40
    assert len(list((tmp_path / "content/.imports").rglob("*.json"))) == 40


@pytest.mark.parametrize(
    "env",
    [
        {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1"},
        {"TZ": "America/Los_Angeles", "PYTHONHASHSEED": "2", "LC_ALL": "C", "PYTHONUTF8": "0"},
        {"LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "3"},
    ],
    ids=["east", "west", "turkish"],
)
def test_no_output_depends_on_clock_locale_or_hash_seed(
    tmp_path: Path, expected: dict[str, dict[str, bytes]], env: dict[str, str]
) -> None:
    site = tmp_path / "another checkout"
    write(site, "أولى")

    assert ended(begun(site, "--jobs", "2", **env))[0] == 0

    assert tree(site / "public") == expected["أولى"]


def test_verify_names_what_is_not_as_it_was_written(tmp_path: Path) -> None:
    write(tmp_path, "أولى")
    ended(begun(tmp_path))
    page = tmp_path / "public/n/000003/index.html"
    stat = page.stat()
    page.write_bytes(page.read_bytes()[:-2] + b"x\n")  # the same size
    os.utime(page, ns=(stat.st_atime_ns, stat.st_mtime_ns))  # and the same time
    (tmp_path / "public/robots.txt").unlink()
    (tmp_path / "public/thesis.txt").write_text("not ours")
    command = [sys.executable, "-m", "warraq", "-C", str(tmp_path), "verify"]

    found = subprocess.run(command, capture_output=True, text=True, check=False)

    assert found.returncode == 1
    for path in ("n/000003/index.html", "robots.txt", "thesis.txt"):
        assert path in found.stdout
    assert ended(begun(tmp_path, "--verify"))[0] == 0
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_a_repository_in_the_output_outlives_every_kind_of_build(tmp_path: Path) -> None:
    write(tmp_path, "أولى")
    build(tmp_path, into=tmp_path / "public")
    theirs = {".git/HEAD": b"ref", ".git/objects/ab/c": b"x", "n/000003/.keep": b"", ".ok": b"1"}
    for path, content in theirs.items():
        (tmp_path / "public" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "public" / path).write_bytes(content)
    before = tree(tmp_path / "public")

    assert build(tmp_path, into=tmp_path / "public").outcome[1:] == (0, 0)
    assert verify(tmp_path, into=tmp_path / "public") == ()
    for turn in ("ثانية", "أولى"):  # articles go and come
        write(tmp_path, turn)
        for verifying, clean in ((False, False), (True, False), (False, True)):
            build(tmp_path, into=tmp_path / "public", verify=verifying, clean=clean)
            assert tree(tmp_path / "public").items() >= theirs.items()
    assert tree(tmp_path / "public") == before
    write(tmp_path, "ثانية")
    plain(tmp_path, into=tmp_path / "public")
    assert tree(tmp_path / "public").items() >= theirs.items()


SLOW = {"babel", "edtf", "lxml", "multiprocessing", "PIL", "pyparsing", "rich", "whoosh"}
BUILDING = {"jinja2", "markdown", "nh3", "numpy", "warraq.render.site_pages"}


def loaded_by_a_build(site: Path) -> set[str]:
    """Return the modules that a build of `site` by the command loads in a process of its own."""
    program = """
import sys
from warraq.cli import main
main(sys.argv[1:], standalone_mode=False)
print(*sys.modules)
"""
    done = subprocess.run(
        [sys.executable, "-c", program, "-C", str(site), "build", "--jobs", "4"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.splitlines()[-1].split())


def test_a_build_with_nothing_to_do_loads_nothing_that_is_slow(tmp_path: Path) -> None:
    write(tmp_path, "أولى")
    build(tmp_path, into=tmp_path / "public")

    assert not loaded_by_a_build(tmp_path) & (SLOW | BUILDING)


def test_a_build_after_one_edit_loads_only_what_it_needs(tmp_path: Path) -> None:
    write(tmp_path, "أولى")
    build(tmp_path, into=tmp_path / "public")
    article = tmp_path / "content/articles/000003.md"
    article.write_text(article.read_text("utf-8") + "\nفقرة عن 12 قرية.\n", "utf-8")

    assert not loaded_by_a_build(tmp_path) & SLOW
