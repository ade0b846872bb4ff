"""Measure search: index time, memory, size, what a first query moves, known items; peers beside it.

    python benchmarks/search.py [--articles 10000] [--peers FOLDER] [--only NAME …]
    python benchmarks/search.py --archive news --articles 1500 [--unseen] [--faults 20] …

FOLDER is one in which `npm install pagefind lunr lunr-languages minisearch` was run. Prints the
rows of the table in benchmarks/README.md. The archive of words (search_corpus.py) has the size of
news, that of news (news_corpus.py) its meaning, with graded answers to seven kinds of queries: half
of them are asked, the other half with --unseen. Needs Linux for the figures of memory.
"""

import argparse
import gzip
import json
import math
import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "generator"), str(ROOT / "benchmarks")]

import msgspec  # noqa: E402
import news_corpus  # noqa: E402
import news_queries  # noqa: E402
import numpy as np  # noqa: E402
from news_queries import Question  # noqa: E402
from search_corpus import articles, queries  # noqa: E402

from warraq.build.index_input import scripts  # noqa: E402
from warraq.search.authority_names import AllNames, usual_synonyms  # noqa: E402
from warraq.search.index_store import IndexStore  # noqa: E402
from warraq.search.records import SearchDocument, encode_record, to_record  # noqa: E402

CLIENT = ROOT / "generator/warraq/search/client"
PEERS = ("pagefind", "lunr", "minisearch")
QUERIES = 500
FIRST_QUERIES = 60
FIRST_SCRIPTS = ("/search.js", "/ranking.js", "/analysis.js", "/format.js")
BATCH = 200  # articles a worker reads at once
MEGA = 1_000_000
TOP, TOP_GRADE = 10, 3
_document = msgspec.json.Decoder(SearchDocument).decode
Said = dict[str, Any]


def main() -> None:
    """Draw the archive, measure, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--peers", type=Path)
    parser.add_argument("--only", nargs="*", default=("warraq", *PEERS))
    parser.add_argument("--archive", choices=("words", "news"), default="words")
    parser.add_argument("--unseen", action="store_true", help="ask the unseen half of the queries")
    parser.add_argument("--faults", type=int, default=0, help="list the worst answers of each kind")
    given = parser.parse_args()
    if given.unseen and given.faults:
        parser.error("the unseen half stays unseen")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = folder / "articles.ndjson"
        if given.archive == "news":
            rows = draw_news(file, given.articles, unseen=given.unseen)
        else:
            rows = draw(file, given.articles)
        print(f"## {given.articles} articles, {len(rows)} queries\n\n{head(rows)}", flush=True)
        for engine in given.only:
            if engine == "warraq":
                names = news_corpus.names() if given.archive == "news" else {}
                said = measured(folder, rows, names)
            elif given.peers:
                said = peer(engine, given.peers.resolve(), folder, rows)
            else:
                continue
            print(row(engine, said, rows), flush=True)
            for fault in faults(said, rows, given.faults):
                print(f"    {fault}")


def draw(file: Path, count: int) -> list[Question]:
    """Write the articles, one a line; return labelled queries for some of them."""
    step = max(1, count // QUERIES)
    asked = []
    with file.open("wb") as out:
        for number, document in enumerate(articles(count)):
            out.write(msgspec.json.encode(document) + b"\n")
            if number % step == 0:
                asked.append((number, document))
    return [Question(kind, query, {ident: 3}) for kind, query, ident in queries(asked)]


def draw_news(file: Path, count: int, *, unseen: bool) -> list[Question]:
    """Write the articles of the news archive; return one half of its queries."""
    reports = list(news_corpus.reports(count))
    with file.open("wb") as out:
        for report in reports:
            out.write(msgspec.json.encode(report.document) + b"\n")
    return [one for one in news_queries.questions(reports) if one.is_unseen == unseen]


def first_queries(rows: list[Question]) -> list[str]:
    """Return queries of two words, of which the bytes are counted."""
    two = [one.query for one in rows if one.kind == "two words"]
    of_three = (one.query.split()[:2] for one in rows if one.kind == "three words")
    return (two or [" ".join(some) for some in of_three])[:FIRST_QUERIES]


# --- this engine ---------------------------------------------------------------------------------


def measured(folder: Path, rows: list[Question], names: AllNames) -> Said:
    """Index as a build does (words in workers, rows, files), then ask; return the figures."""
    out = folder / "search"
    with memory() as peak:
        start, cpu = time.perf_counter(), sum(os.times()[:4])
        rows_of = sqlite3.connect(folder / "rows.db", isolation_level=None)
        rows_of.executescript("pragma journal_mode = memory; pragma synchronous = off;")
        store = IndexStore(rows_of)
        rows_of.execute("begin")
        files = size = 0
        with ProcessPoolExecutor(2) as pool:
            for records in pool.map(records_of, batches(folder / "articles.ndjson")):
                store.put(records)
        for path, content in store.files(names, usual_synonyms()):
            (out / path).parent.mkdir(parents=True, exist_ok=True)
            (out / path).write_bytes(content or b"")
            files, size = files + 1, size + len(content or b"")
        rows_of.execute("commit")
        rows_of.close()
        seconds, cpu = time.perf_counter() - start, sum(os.times()[:4]) - cpu
    asked = {"client": (CLIENT / "search.js").as_uri(), "base": out.as_uri() + "/"} | to_ask(rows)
    said, _ = run(["node", "--input-type=module", "-e", ASK], asked)
    loaded = [len(gzip.compress(s.content, 9)) for s in scripts() if s.path.endswith(FIRST_SCRIPTS)]
    moved = [[size + sum(loaded), count + len(loaded)] for size, count in said["moved"]]
    known = {"files": files, "size": size, "seconds": seconds, "cpu": cpu, "memory": peak[0]}
    return {**said, **known, "moved": moved}


def to_ask(rows: list[Question]) -> Said:
    """Return what every engine is asked."""
    return {"queries": [one.query for one in rows], "first": first_queries(rows)}


def batches(file: Path) -> Iterator[list[bytes]]:
    """Yield the lines of `file`, BATCH at a time."""
    with file.open("rb") as lines:
        while batch := list(islice(lines, BATCH)):
            yield batch


def records_of(lines: list[bytes]) -> list[bytes]:
    """Return the packed records of articles: a worker's part."""
    return [encode_record(to_record(_document(line))) for line in lines]


@contextmanager
def memory() -> Iterator[list[int]]:
    """Give a list whose item becomes the most bytes that this process and its children held.

    Shared pages count once (PSS); what was held before does not count.
    """
    peak, done = [0], threading.Event()
    before = held()

    def watch() -> None:
        while not done.wait(0.25):
            peak[0] = max(peak[0], held() - before)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield peak
    finally:
        done.set()
        watcher.join()


def held() -> int:
    """Return the proportional set size of this process and its children, in bytes."""
    tasks = Path("/proc/self/task").iterdir()
    children = {c for task in tasks for c in (task / "children").read_text().split()}
    total = 0
    for process in ("self", *children):
        with suppress(OSError):
            lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
            total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total * 1024


ASK = """
import { gzipSync } from "node:zlib";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
const { client, base, queries, first } = JSON.parse(readFileSync(0, "utf8"));
const { open } = await import(client);
const moved = [], times = [], answers = [], totals = [];
let bytes = 0, requests = 0;
const load = async (url) => {
  const found = await readFile(new URL(url));
  requests++;
  bytes += url.endsWith(".json") ? gzipSync(found).length : found.length;
  return new Uint8Array(found).buffer;
};
for (const query of first) {
  bytes = requests = 0;
  await (await open(base, { load })).search(query);
  moved.push([bytes, requests]);
}
const engine = await open(base);
for (const query of queries) {
  await engine.search(query);
  const start = performance.now();
  const { results, total } = await engine.search(query);
  times.push(performance.now() - start);
  answers.push(results.map(({ id }) => id));
  totals.push(total);
}
process.stdout.write(JSON.stringify({ moved, answers, totals, times }));
"""


# --- others --------------------------------------------------------------------------------------


def peer(engine: str, packages: Path, folder: Path, rows: list[Question]) -> Said:
    """Have another engine index and answer the same; return the figures."""
    command = ["node", "--max-old-space-size=12000", str(ROOT / "benchmarks/peers.mjs")]
    places = {"articles": str(folder / "articles.ndjson"), "output": str(folder / "pf")}
    asked = places | to_ask(rows)
    said, most = run([*command, engine, str(packages)], asked)
    return {**said, "memory": most}


def run(command: list[str], asked: Said) -> tuple[Said, int]:
    """Return what a program answers in JSON, and the most bytes that one of its processes held."""
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as answer:
        given.write(json.dumps(asked).encode())
        given.seek(0)
        process = subprocess.Popen(command, stdin=given, stdout=answer)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"{command[:2]} failed")
        answer.seek(0)
        return json.loads(answer.read()), usage.ru_maxrss * 1024


# --- the table -----------------------------------------------------------------------------------

COLUMNS = (
    "engine",
    "index s",
    "memory MB",
    "files",
    "MB",
    "first query KB",
    "requests",
    "query ms, p95",
)


def parts(rows: list[Question]) -> dict[str, list[int]]:
    """Return column → which queries it is on."""
    found: dict[str, list[int]] = {}
    for at, one in enumerate(rows):
        found.setdefault(one.kind, []).append(at)
    if by_hand := [at for at, one in enumerate(rows) if one.by_hand]:
        found["by hand"] = by_hand
    return {**found, "all": list(range(len(rows)))}


def head(rows: list[Question]) -> str:
    """Return the first lines of the table."""
    names = [*COLUMNS, *parts(rows)]
    return f"| {' | '.join(names)} |\n|{'---|' * len(names)}"


def row(engine: str, said: Said, rows: list[Question]) -> str:
    """Return a row of the table: of each kind nDCG@10, and which share finds nothing."""
    cpu = f" ({said['cpu']:.1f} CPU)" if "cpu" in said else ""
    cells = [
        engine,
        f"{said['seconds']:.1f}{cpu}",
        f"{said['memory'] / MEGA:.0f}",
        f"{said['files']}",
        f"{said['size'] / MEGA:.1f}",
        f"{np.median([size for size, _ in said['moved']]) / 1000:.0f}",
        f"{np.median([count for _, count in said['moved']]):.0f}",
        f"{np.median(said['times']):.1f}, {np.quantile(said['times'], 0.95):.1f}",
    ]
    for some in parts(rows).values():
        mean = sum(gain(said["answers"][at], rows[at].grades) for at in some) / len(some)
        empty = sum(said["totals"][at] == 0 for at in some) / len(some)
        cells.append(f"{mean:.3f} ({empty:.1%})")
    return f"| {' | '.join(cells)} |"


def gain(answer: list[str], grades: Mapping[str, int]) -> float:
    """Return nDCG@10 of an answer; an article of grade g is worth 2^g - 1."""
    worth = [2 ** grades.get(ident, 0) - 1 for ident in answer[:TOP]]
    best = sorted((2**grade - 1 for grade in grades.values()), reverse=True)[:TOP]
    return _discounted(worth) / _discounted(best)


def _discounted(worth: list[int]) -> float:
    return sum(one / math.log2(rank + 2) for rank, one in enumerate(worth))


def faults(said: Said, rows: list[Question], most: int) -> Iterator[str]:
    """Yield the worst answers of each kind: nDCG, query, what was found."""
    gains = [gain(answer, one.grades) for answer, one in zip(said["answers"], rows, strict=True)]
    kinds = parts(rows)
    del kinds["all"]
    for kind, some in kinds.items():
        for at in sorted(some, key=gains.__getitem__)[:most]:
            best = next(ident for ident, grade in rows[at].grades.items() if grade == TOP_GRADE)
            count = said["totals"][at]
            yield f"{gains[at]:.2f} {kind}: {rows[at].query} ({count} found; wanted {best})"


if __name__ == "__main__":
    main()
