"""Measure search: index time, memory, size, what a first query moves, known items; peers beside it.

    python benchmarks/search.py [--articles 10000] [--peers FOLDER] [--only NAME …]

FOLDER is one in which `npm install pagefind lunr lunr-languages minisearch` was run. Prints the
rows of the table in benchmarks/README.md. Needs Linux for the figures of memory.
"""

import argparse
import gzip
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "generator"), str(ROOT / "benchmarks")]

import msgspec  # noqa: E402
import numpy as np  # noqa: E402
from search_corpus import KINDS, articles, queries  # noqa: E402

from warraq.search.index_store import IndexStore  # noqa: E402
from warraq.search.records import SearchDocument, encode_record, to_record  # noqa: E402

CLIENT = ROOT / "generator/warraq/search/client"
PEERS = ("pagefind", "lunr", "minisearch")
QUERIES = 500
BATCH = 200  # articles a worker reads at once
MEGA = 1_000_000
_document = msgspec.json.Decoder(SearchDocument).decode
Said = dict[str, Any]


def main() -> None:
    """Draw the archive, measure, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--peers", type=Path)
    parser.add_argument("--only", nargs="*", default=("warraq", *PEERS))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = draw(folder / "articles.ndjson", given.articles)
        print(f"## {given.articles} articles, {len(rows)} queries\n\n{HEAD}", flush=True)
        for engine in given.only:
            if engine == "warraq":
                print(row(engine, measured(folder, rows)), flush=True)
            elif given.peers:
                print(row(engine, peer(engine, given.peers.resolve(), folder, rows)), flush=True)


def draw(file: Path, count: int) -> list[tuple[str, str, str]]:
    """Write the articles, one a line; return labelled queries for some of them."""
    step = max(1, count // QUERIES)
    asked = []
    with file.open("wb") as out:
        for number, document in enumerate(articles(count)):
            out.write(msgspec.json.encode(document) + b"\n")
            if number % step == 0:
                asked.append((number, document))
    return queries(asked)


# --- this engine ---------------------------------------------------------------------------------


def measured(folder: Path, rows: list[tuple[str, str, str]]) -> Said:
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
        for path, content in store.files({}):
            (out / path).parent.mkdir(parents=True, exist_ok=True)
            (out / path).write_bytes(content or b"")
            files, size = files + 1, size + len(content or b"")
        rows_of.execute("commit")
        rows_of.close()
        seconds, cpu = time.perf_counter() - start, sum(os.times()[:4]) - cpu
    asked = {"client": (CLIENT / "search.js").as_uri(), "base": out.as_uri() + "/", "rows": rows}
    said, _ = run(["node", "--input-type=module", "-e", ASK], asked)
    scripts = [gzip.compress((CLIENT / f).read_bytes(), 9) for f in ("search.js", "analysis.js")]
    moved = [[b + sum(map(len, scripts)), n + len(scripts)] for b, n in said["moved"]]
    known = {"files": files, "size": size, "seconds": seconds, "cpu": cpu, "memory": peak[0]}
    return {**said, **known, "moved": moved, "rows": rows}


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
const { client, base, rows } = JSON.parse(readFileSync(0, "utf8"));
const { open } = await import(client);
const moved = [], times = [], ranks = [], totals = [];
let bytes = 0, requests = 0;
const load = async (url) => {
  const found = await readFile(new URL(url));
  requests++;
  bytes += url.endsWith(".json") ? gzipSync(found).length : found.length;
  return new Uint8Array(found).buffer;
};
for (const [, query] of rows.filter(([kind]) => kind === "two words").slice(0, 60)) {
  bytes = requests = 0;
  await (await open(base, { load })).search(query);
  moved.push([bytes, requests]);
}
const engine = await open(base);
for (const [, query, id] of rows) {
  await engine.search(query);
  const start = performance.now();
  const { results, total } = await engine.search(query);
  times.push(performance.now() - start);
  ranks.push(results.findIndex((result) => result.id === id));
  totals.push(total);
}
process.stdout.write(JSON.stringify({ moved, ranks, totals, times }));
"""


# --- others --------------------------------------------------------------------------------------


def peer(engine: str, packages: Path, folder: Path, rows: list[tuple[str, str, str]]) -> Said:
    """Have another engine index and answer the same; return the figures."""
    command = ["node", "--max-old-space-size=12000", str(ROOT / "benchmarks/peers.mjs")]
    asked = {"articles": str(folder / "articles.ndjson"), "rows": rows}
    asked["output"] = str(folder / "pf")
    said, most = run([*command, engine, str(packages)], asked)
    return {**said, "memory": most, "rows": rows}


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

HEAD = (
    "| engine | index s | memory MB | files | MB | first query KB | requests | query ms, p95"
    f" | {' | '.join(KINDS)} | no result |\n|---|{'---|' * (8 + len(KINDS))}"
)


def row(engine: str, said: Said) -> str:
    """Return a row of the table; of known items the nDCG@10 of each kind."""
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
    for kind in KINDS:
        ranks = [r for r, (k, _, _) in zip(said["ranks"], said["rows"], strict=True) if k == kind]
        gain = sum(1 / np.log2(rank + 2) for rank in ranks if rank >= 0) / len(ranks)
        cells.append(f"{gain:.2f}")
    empty = sum(total == 0 for total in said["totals"]) / len(said["totals"])
    return f"| {' | '.join([*cells, f'{empty:.1%}'])} |"


if __name__ == "__main__":
    main()
