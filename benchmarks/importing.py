"""How long `warraq import` takes: seeds of any kind and number, then once more unchanged.

    python benchmarks/importing.py texts 10000           text seeds as a scraper leaves them
    python benchmarks/importing.py export 10000          NDJSON: HTML bodies, pictures, old URLs
    python benchmarks/importing.py pages 500             saved pages of 55 to 120 KB (pages.py)
    python benchmarks/importing.py export 10000 --keep DIR   and leave the site there

The seeds are made up from the words of corpus.py: the same bytes for the same number. Told are wall
seconds, processor seconds of all processes, in milliseconds a seed too, and the largest process's
peak of memory.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import NamedTuple

from corpus import FAMILIES, NAMES, PLACES, SMALL, vocabulary
from pages import page

OFFICES = "وزير الصحة,محافظ المدينة,المتحدث باسم البلدية,مدير المشروع,رئيس الجامعة".split(",")
DAYS = "أمس السبت,اليوم الأحد,الخميس الماضي,في الثامن من الشهر الجاري,قبل يومين".split(",")
MONTHS = "كانون الثاني,شباط,آذار,نيسان,أيار,حزيران,تموز,آب,أيلول,تشرين الأول".split(",")
OUTLETS = "الجزيرة نت,العربي الجديد,عنب بلدي,الشرق الأوسط,اليوم السابع,هسبريس".split(",")
ABOVE = ("الرئيسية", "أخبار محلية")
BELOW = ("شارك الخبر", "فيسبوك", "تويتر", "اقرأ أيضاً", "{0}", "{1}", "الوسوم: {2}", "اترك تعليقاً")
TITLES = 400  # of other stories, in the boxes of pages
PARAGRAPHS = 8
WORDS = 45  # in a paragraph; as long as corpus.py's articles


class Story(NamedTuple):
    """An invented article before it becomes a text or a record."""

    title: str
    author: str
    outlet: str
    day: str
    paragraphs: list[str]
    others: tuple[str, str, str]


def stories(count: int) -> Iterator[Story]:
    """Yield `count` stories, always the same."""
    random = Random(3)
    words = vocabulary(Random(7))
    weights = list(accumulate(1 / (rank + 20) for rank in range(len(words))))

    def run(length: int) -> str:
        drawn = random.choices(words, cum_weights=weights, k=length)
        drawn[2::4] = (random.choice(SMALL) for _ in drawn[2::4])
        return " ".join(drawn)

    def person() -> str:
        return f"{random.choice(NAMES)} {random.choice(FAMILIES)}"

    for _ in range(count):
        speaker = f"{random.choice(OFFICES)} {person()}"
        told = [f"{run(WORDS)}." for _ in range(PARAGRAPHS - 3)]
        told.insert(
            0, f"{random.choice(PLACES)} - قال {speaker}، {random.choice(DAYS)}، إن {run(30)}."
        )
        told.insert(3, f"وأضاف {speaker}: «{run(25)}»، مشيراً إلى أن {run(12)}.")
        told.insert(5, f"وذكرت وكالة الأناضول أن {run(20)} في {random.choice(PLACES)}، {run(15)}.")
        day = f"{random.randint(1, 28)} {random.choice(MONTHS)} {random.randint(2014, 2024)}"
        yield Story(
            run(random.randint(6, 11)), person(), random.choice(OUTLETS), day, told,
            (run(8), run(7), run(2)),
        )  # fmt: skip


def write_texts(folder: Path, count: int) -> None:
    """Write `count` text seeds, a hundred a folder."""
    for number, story in enumerate(stories(count)):
        below = (line.format(*story.others) for line in BELOW)
        lines = [*ABOVE, story.title, f"{story.outlet} - {story.author}", story.day,
                 *story.paragraphs, *below]  # fmt: skip
        file = folder / f"{number // 100:03d}" / f"{number:06d}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\n".join(lines) + "\n", "utf-8")


def write_export(folder: Path, count: int) -> None:
    """Write one NDJSON export of `count` records."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "cms.ndjson").open("w", encoding="utf-8") as stream:
        for number, story in enumerate(stories(count)):
            body = "".join(f"<p>{text}</p>\n" for text in story.paragraphs)
            picture = f"/media/{number}.jpg"
            record = {
                "id": number, "title": story.title, "html": body,
                "published_at": f"2019-0{number % 9 + 1}-1{number % 10}T08:00:00+03:00",
                "authors": [story.author], "section": "محليات", "url": f"https://old.example/{number}",
                "old_urls": [f"/node/{number}", f"/?p={number}"],
                "images": [{"src": picture, "caption": story.others[0], "credit": story.author}],
            }  # fmt: skip
            stream.write(json.dumps(record, ensure_ascii=False) + "\n")


def write_pages(folder: Path, count: int) -> None:
    """Write `count` saved pages, a hundred a folder."""
    titles = [story.title for story in stories(TITLES)]
    for number, story in enumerate(stories(count)):
        file = folder / f"{number // 100:03d}" / f"{number:06d}.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(page(story, [t for t in titles if t != story.title], number), "utf-8")


def measured(site: Path, jobs: int, count: int) -> str:
    """Import what lies in `site` and return the figures in a line."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    command = [sys.executable, "-m", "warraq", "-C", str(site), "import", "--jobs", str(jobs),
               "--format", "json"]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    most = after.ru_maxrss / 1024
    return (
        f"{wall:6.1f} s wall {cpu:6.1f} s processor ({cpu / count * 1000:5.1f} ms a seed) "
        f"{most:5.0f} MB  exit {done.returncode}"
    )


KINDS = {"texts": write_texts, "export": write_export, "pages": write_pages}


def main() -> None:
    """Write the seeds, import them twice, tell what it took."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("kind", choices=tuple(KINDS))
    parser.add_argument("count", type=int)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--keep", type=Path)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        site = told.keep or Path(folder)
        site.mkdir(parents=True, exist_ok=True)
        (site / "site.yaml").write_text("name: قياس\nbase_url: https://bench.example/\n", "utf-8")
        KINDS[told.kind](site / "seeds", told.count)
        print("first     ", measured(site, told.jobs, told.count))
        print("unchanged ", measured(site, told.jobs, told.count))


if __name__ == "__main__":
    main()
