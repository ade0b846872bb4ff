"""Measure the search index: size, time, memory, bytes and requests of a first query, known items.

    python benchmarks/search.py [--articles 10000] [--output FOLDER]

The archive is drawn from a fixed seed: Arabic words of the lexicon, made-up roots in common shapes,
with particles and endings, in Zipf's proportions, each article on a topic of its own. It has the
size and the unevenness of news, not its meaning: figures of size, time and bytes carry over, those
of known items show only that inflection, spelling and typing errors are survived.
"""

import argparse
import datetime as dt
import gzip
import hashlib
import json
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "generator"))

import numpy as np  # noqa: E402

from warraq.search.analysis import STOP_WORDS  # noqa: E402
from warraq.search.index import index_files  # noqa: E402
from warraq.search.records import SearchDocument, tokens_of  # noqa: E402
from warraq.search.stems import lexicon  # noqa: E402

CLIENT = ROOT / "generator/warraq/search/client"
WORDS_EACH = 350
VOCABULARY = 130_000  # surface words, as 10,000 articles of news have
QUERIES = 500


def vocabulary(draw: random.Random) -> list[str]:
    """Return surface words, the commonest first: stop words, the lexicon, then derived forms."""
    known = sorted(word for word in lexicon() if "ء" <= word[0] <= "ي")
    draw.shuffle(known)
    letters = "بتثجحخدذرزسشصضطظعغفقكلمنهوي"
    shapes = (
        "{}{}{}",
        "{}ا{}{}",
        "م{}{}و{}",
        "{}{}ي{}",
        "ا{}{}ا{}",
        "ت{}{}ي{}",
        "م{}ا{}{}ه",
        "ا{}ت{}ا{}",
    )
    bases = dict.fromkeys(known)
    while len(bases) < 24_000:
        bases[draw.choice(shapes).format(*draw.sample(letters, 3))] = None
    words = dict.fromkeys([*sorted(STOP_WORDS), *bases])
    common = list(bases)
    while len(words) < VOCABULARY:
        base = common[min(int(draw.paretovariate(0.6)), len(common) - 1)]
        words[draw.choice(PREFIXES) + base + draw.choice(SUFFIXES)] = None
    return list(words)


PREFIXES = ("", "", "ال", "ال", "و", "وال", "ب", "بال", "ل", "لل", "ف", "س", "ك")
SUFFIXES = ("", "", "", "ه", "ها", "ات", "ين", "ون", "ي", "يه", "هم", "ان", "ا")


def articles(count: int) -> list[SearchDocument]:
    """Return `count` articles over ten years; two runs give the same."""
    draw = random.Random(20251012)
    words = vocabulary(draw)
    numbers = np.random.default_rng(20251012)
    weights = 1 / (np.arange(len(words)) + 2.7) ** 1.02
    bounds = np.cumsum(weights / weights.sum())
    found = []
    for number in range(count):
        length = int(WORDS_EACH * numbers.uniform(0.5, 1.5))
        chosen = np.searchsorted(bounds, numbers.random(length))
        own = np.searchsorted(bounds, numbers.random(80))
        own = own[own > 400]
        if len(own):
            on_topic = numbers.random(length) < 0.4
            chosen[on_topic] = numbers.choice(own, int(on_topic.sum()))
        text = [words[at] for at in np.minimum(chosen, len(words) - 1)]
        title = [word for word in dict.fromkeys(text) if word not in STOP_WORDS][:8]
        ident = hashlib.sha256(str(number).encode()).hexdigest()[:12]
        day = dt.date(2015, 1, 1) + dt.timedelta(int(numbers.integers(3650)))
        found.append(
            SearchDocument(
                id=ident,
                url=f"/n/{ident}/",
                title=" ".join(title),
                text=" ".join(text),
                day=day.isoformat(),
                source=f"وكالة {number % 40}",
                outlet=f"outlet-{number % 40}",
                topics=(f"topic-{number % 60}",),
                people=tuple(f"person-{int(n) % 500}" for n in numbers.zipf(1.5, 3)),
                places=(f"place-{int(numbers.zipf(1.5)) % 100}",),
            )
        )
    return found


def queries(documents: list[SearchDocument]) -> list[tuple[str, str, str]]:
    """Return (kind, query, id): title words as they stand, with particles, with a letter lost."""
    draw = random.Random(7)
    rows = []
    for at, document in enumerate(draw.sample(documents, min(QUERIES, len(documents)))):
        words = [word for word in document.title.split() if len(word) >= 4]
        if len(words) < 3:
            continue
        chosen = draw.sample(words, 3)
        kind = ("plain", "particles", "typo", "two words")[at % 4]
        if kind == "particles":
            chosen = [w if w.startswith(("ال", "و", "ب", "ل", "ف")) else f"و{w}" for w in chosen]
        elif kind == "typo":
            longest = max(range(3), key=lambda n: len(chosen[n]))
            word = chosen[longest]
            chosen[longest] = word[: len(word) // 2] + word[len(word) // 2 + 1 :]
        elif kind == "two words":
            chosen = chosen[:2]
        rows.append((kind, " ".join(chosen), document.id))
    return rows


def write_index(records: list, folder: Path, pool: ProcessPoolExecutor) -> tuple[int, int]:
    """Write the index; return (files, bytes)."""
    files = size = 0
    for path, content in index_files(records, {}, map_=partial(pool.map, chunksize=8)):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
        files, size = files + 1, size + len(content)
    return files, size


ASK = """
import { gzipSync } from "node:zlib";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
const { client, base, rows } = JSON.parse(readFileSync(0, "utf8"));
const { open } = await import(client);
const moved = [];
let bytes = 0, requests = 0;
const load = async (url) => {
  const found = await readFile(new URL(url));
  requests++;
  bytes += url.endsWith(".json") ? gzipSync(found).length : found.length;
  return new Uint8Array(found).buffer;
};
for (const [kind, query] of rows.filter(([kind]) => kind === "two words").slice(0, 60)) {
  bytes = requests = 0;
  await (await open(base, { load })).search(query);
  moved.push([bytes, requests]);
}
const engine = await open(base);
const results = [], times = [];
for (const [kind, query, id] of rows) {
  await engine.search(query);
  const start = performance.now();
  const { results: found, total } = await engine.search(query);
  times.push(performance.now() - start);
  results.push([kind, found.findIndex((result) => result.id === id), total]);
}
process.stdout.write(JSON.stringify({ moved, results, times }));
"""


def middle(values: list[float], share: float = 0.5) -> float:
    """Return the value below which `share` of `values` lie."""
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]


def report_queries(folder: Path, rows: list[tuple[str, str, str]]) -> None:
    """Print what queries move, how long they take, and how often the known item is found."""
    asked = {"client": (CLIENT / "search.js").as_uri(), "base": folder.as_uri() + "/", "rows": rows}
    ran = subprocess.run(
        ["node", "--input-type=module", "-e", ASK],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
    )
    said = json.loads(ran.stdout)
    scripts = [
        gzip.compress((CLIENT / name).read_bytes(), 9) for name in ("search.js", "analysis.js")
    ]
    engine = sum(map(len, scripts))
    moved = [size + engine for size, _ in said["moved"]]
    requests = [count + len(scripts) for _, count in said["moved"]]
    print(f"engine {engine} bytes in {len(scripts)} files (gzip)")
    print(f"first two-word query: {middle(moved)} bytes (p90 {middle(moved, 0.9)}), "
          f"{middle(requests)} requests (p90 {middle(requests, 0.9)})")  # fmt: skip
    times = said["times"]
    print(f"warm query: median {middle(times):.1f} ms, p95 {middle(times, 0.95):.1f} ms")
    for kind in dict.fromkeys(kind for kind, _, _ in said["results"]):
        ranks = [rank for name, rank, _ in said["results"] if name == kind]
        empty = sum(total == 0 for name, _, total in said["results"] if name == kind)
        found = sum(0 <= rank < 10 for rank in ranks)
        gain = sum(1 / np.log2(rank + 2) for rank in ranks if 0 <= rank < 10) / len(ranks)
        print(f"{kind}: {found}/{len(ranks)} in the first ten, nDCG@10 {gain:.3f}, {empty} empty")


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--output", type=Path)
    given = parser.parse_args()
    folder = given.output or Path(tempfile.mkdtemp())
    documents = articles(given.articles)
    rows = queries(documents)
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(abs, range(4)))
        start = time.perf_counter()
        records = list(pool.map(tokens_of, documents, chunksize=100))
        read = time.perf_counter() - start
        files, size = write_index(records, folder, pool)
        print(f"{given.articles} articles: tokens {read:.1f} s, "
              f"all {time.perf_counter() - start:.1f} s")  # fmt: skip
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{files} files, {size / 1e6:.1f} MB; peak memory of the main process {peak} MB")
    report_queries(folder, rows)
    if not given.output:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
