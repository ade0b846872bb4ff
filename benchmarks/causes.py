"""Where the CPU of a build goes, by cause: a table of ms an article, over all its processes.

    python benchmarks/causes.py SITE [--rounds 3] [--before FOLDER]

SITE is copied into memory and built cold. `--before` names the folder `generator` of another
version, built in turns with this one: a column each. Each process asks its own interpreter, every
5 ms of CPU, which Python frame it is in; the sample weighs as much as was spent since the last. A
cause is a rule of CAUSES that the innermost frame fits, else its caller, and so on. What C code
spends counts for the line of Python that called it, so a rule may look at that line, too.
"""

import argparse
import importlib
import json
import os
import re
import resource
import runpy
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from multiprocessing import util
from pathlib import Path
from types import CodeType, FrameType
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
INTERVAL = 0.005  # seconds of CPU
DEEPEST = 60  # frames that are looked at

START, MESSAGES = "start: imports, templates compiled", "messages between processes"
# Cause, and what "module function: source of the call" of a frame must hold. In order; base and
# model fit no rule, since their callers tell what for.
CAUSES = [
    (START, r"^jinja2\.(?:compiler|lexer|parser|nodes|visitor|optimizer|idtracking|bccache)"),
    (START, r"^jinja2\.environment _?(?:compile|parse)"),
    ("hashing", r": .*(?:blake2b|sha256|content_digest)\b"),
    ("escaping", r": (?:escape|_escape_inner|Markup)\(|^markupsafe|^html "),
    ("writing files", r"^warraq\.publish"),
    (MESSAGES, r"^(?:multiprocessing|concurrent)\b"),
    ("catalogue and cache (SQLite)", r"^warraq\.(?:archive|search\.index_tables)\b"),
    (
        "catalogue and cache (SQLite)",
        r"^warraq\.build\.(?:cache|catalogue)|: .*\.(?:execute|fetch)",
    ),
    ("front matter (YAML)", r"^warraq\.content|^yaml"),
    ("mentions", r"^warraq\.prose\.mentions|: .*words_of\("),
    ("cards and findings", r"^warraq\.(?:prose\.entries|build\.(?:omissions|index_input))"),
    ("Markdown to HTML and text", r"^warraq\.prose|^markdown"),
    ("search: words and stems", r"^warraq\.search\.(?:analysis|records|stems|spellings)"),
    ("search: shards packed", r"^warraq\.search|^numpy"),
    ("direction (bidi)", r"^warraq\.render\.bidi"),
    ("templates", r"^template |^jinja2|^warraq\.render\.(?:environment|site_pages)"),
    ("views of pages", r"^warraq\.render|: .*(?:page\.view|_encode)\("),
    ("plan, stamps, the rest", r"^warraq\.(?:build|cli|commands)"),
]
OTHER = "start and end of interpreters"
_RULES = [(cause, re.compile(rule)) for cause, rule in CAUSES]
_IDLE = re.compile(r"^(?:threading|selectors|queue)\b|^multiprocessing\.connection|^subprocess")

Stack = tuple[tuple[CodeType, int], ...]


class Sampler:
    """The samples of this process; begins anew in each that is forked, and leaves a file."""

    def __init__(self, folder: str) -> None:
        """Begin; files go to `folder` when a process ends."""
        self.folder, self.sources = folder, dict[str, list[str]]()
        self._begin()
        util.register_after_fork(self, Sampler._begin)

    def _begin(self) -> None:
        self.spent: Counter[Stack] = Counter()
        self.main, self.total = time.thread_time(), time.process_time()
        self.first = threading.main_thread().ident
        signal.signal(signal.SIGPROF, self._sample)
        signal.setitimer(signal.ITIMER_PROF, INTERVAL, INTERVAL)
        # Before the pool's own end; a child of multiprocessing runs no atexit.
        util.Finalize(self, self.write, exitpriority=100)

    def _sample(self, _signal: int, frame: FrameType | None) -> None:
        main, total = time.thread_time(), time.process_time()
        mine, all_of_it = main - self.main, total - self.total
        self.main, self.total = main, total
        self.spent[_stack(frame)] += mine  # type: ignore[assignment] # seconds, not a count
        others = [_stack(f) for i, f in sys._current_frames().items() if i != self.first]  # noqa: SLF001
        others = [stack for stack in others if not self._is_idle(stack)] or [()]
        for stack in others:
            self.spent[stack] += (all_of_it - mine) / len(others)  # type: ignore[assignment] # as above

    def _is_idle(self, stack: Stack) -> bool:
        return bool(stack) and bool(_IDLE.match(_module(stack[0][0])))

    def write(self) -> None:
        """Write cause → seconds of CPU, and the costliest calls, as JSON."""
        signal.setitimer(signal.ITIMER_PROF, 0)
        self._sample(0, sys._getframe(1))  # noqa: SLF001 - the one way to a frame
        begun = time.process_time()
        causes: dict[str, float] = defaultdict(float)
        calls: dict[str, float] = defaultdict(float)
        for stack, seconds in self.spent.items():
            cause, call = self._cause(stack)
            causes[cause] += seconds
            calls[f"{cause} | {call}"] += seconds
        file = Path(self.folder) / f"{os.getpid()}.json"
        own = time.process_time() - begun
        file.write_text(json.dumps([causes, calls, {"": own}]))

    def _cause(self, stack: Stack) -> tuple[str, str]:
        if not stack:
            return MESSAGES, "threads"
        shown = [self._call(code, at) for code, at in stack]
        if any(call.startswith("importlib") for call in shown):
            return START, shown[0]
        for call in shown:
            for cause, rule in _RULES:
                if rule.search(call):
                    return cause, f"{shown[0]} < {call}"
        return OTHER, shown[0]

    def _call(self, code: CodeType, at: int) -> str:
        """Return "module function: source" of the instruction at `at`."""
        name = f"{_module(code)} {code.co_name}"
        line, end, start, stop = next(islice(code.co_positions(), at // 2, None))
        lines = self._source(code.co_filename)
        if not line or line > len(lines):
            return name
        text = lines[line - 1].encode()[start or 0 : stop if end == line else None]
        return f"{name}: {text.decode(errors='replace')[:100]}"

    def _source(self, name: str) -> list[str]:
        if name not in self.sources:
            try:
                self.sources[name] = Path(name).read_text("utf-8").split("\n")
            except OSError:
                self.sources[name] = []
        return self.sources[name]


def _stack(frame: FrameType | None) -> Stack:
    found: list[tuple[CodeType, int]] = []
    while frame and len(found) < DEEPEST:
        found.append((frame.f_code, frame.f_lasti))
        frame = frame.f_back
    return tuple(found)


def _module(code: CodeType) -> str:
    """Return the dotted name of the module of `code`, «template» for a compiled template."""
    path = code.co_filename
    if path.startswith("<frozen "):
        return path[8:-1].removeprefix("_").replace("_bootstrap", "").lstrip(".")
    if not path.endswith(".py"):
        return "template"
    parts = Path(path).with_suffix("").parts
    for root in ("site-packages", "generator"):
        if root in parts:
            return ".".join(parts[parts.index(root) + 1 :]).removesuffix(".__init__")
    found = ".".join(parts[-2:])
    return re.sub(r"^python3\.\d+\.|^lib\.", "", found)


def sampled(folder: str) -> None:
    """Run warraq on the arguments, sampled."""
    sampler = Sampler(folder)
    environment = importlib.import_module("jinja2.environment").Environment
    compiled = environment._compile  # noqa: SLF001 - the source of a template is nowhere else

    def keep(self: object, source: str, filename: str) -> CodeType:
        sampler.sources[filename] = source.split("\n")
        code: CodeType = compiled(self, source, filename)
        return code

    environment._compile = keep  # noqa: SLF001
    runpy.run_module("warraq", run_name="__main__", alter_sys=True)


class Found(NamedTuple):
    """One build: seconds of CPU as the system counts them, and by cause and call."""

    cpu: float
    causes: dict[str, float]
    calls: dict[str, float]


def build(generator: Path, site: Path, jobs: int) -> Found:
    """Build a copy of `site` cold with the package in `generator`; SystemExit if that fails."""
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
        copy, samples = Path(folder) / "site", Path(folder) / "samples"
        shutil.copytree(site, copy, ignore=shutil.ignore_patterns("public", ".*warraq"))
        samples.mkdir()
        program = "import sys, causes; causes.sampled(sys.argv.pop(1))"
        command = [sys.executable, "-c", program, str(samples), "build", "--jobs", str(jobs)]
        env = os.environ | {"PYTHONPATH": os.pathsep.join((str(HERE), str(generator)))}
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(
            command, cwd=copy, env=env, capture_output=True, text=True, check=False
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if done.returncode:
            raise SystemExit(done.stdout + done.stderr)
        causes, calls, own = Counter[str](), Counter[str](), Counter[str]()
        for file in samples.iterdir():
            for total, part in zip((causes, calls, own), json.loads(file.read_text()), strict=True):
                total.update(part)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime - own[""]
    causes[OTHER] += cpu - sum(causes.values())  # type: ignore[assignment] # no sample is taken there
    return Found(cpu, causes, calls)  # type: ignore[arg-type] # seconds, not counts


def table(columns: dict[str, list[Found]], articles: int) -> Iterator[str]:
    """Yield a Markdown table: a row per cause, a column per version, ms an article."""
    yield "| ms of CPU an article | " + " | ".join(columns) + " |"
    yield "|---|" + "--:|" * len(columns)
    for name in [*dict(CAUSES), OTHER]:
        yield _row(
            name, ([f.causes.get(name, 0) for f in found] for found in columns.values()), articles
        )
    yield _row("**all**", ([f.cpu for f in found] for found in columns.values()), articles)


def _row(name: str, columns: Iterable[list[float]], articles: int) -> str:
    cells = (f"{statistics.median(seconds) / articles * 1000:.2f}" for seconds in columns)
    return f"| {name} | " + " | ".join(cells) + " |"


def main() -> None:
    """Build as often as asked, in turns, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("site", type=Path)
    parser.add_argument("--before", type=Path, help="the folder `generator` of another version")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--calls", type=int, default=0, help="print the costliest calls, too")
    asked = parser.parse_args()
    versions = {"before": asked.before} if asked.before else {}
    versions["now"] = HERE.parent / "generator"
    columns: dict[str, list[Found]] = {name: [] for name in versions}
    for _ in range(asked.rounds):
        for name, generator in versions.items():
            columns[name].append(build(generator.resolve(), asked.site.resolve(), asked.jobs))
    articles = sum(1 for _ in (asked.site / "content/articles").rglob("*.md"))
    print("\n".join(table(columns, articles)))
    for call, seconds in Counter(columns["now"][0].calls).most_common(asked.calls):
        print(f"{seconds / articles * 1000:.3f} {call}")


if __name__ == "__main__":
    main()
