"""Time the editors' search on a made-up archive: first index, after one edit, several queries.

python benchmarks/editors_search.py [ARTICLES]
"""

import os
import random
import sys
import tempfile
from itertools import accumulate
from pathlib import Path
from time import perf_counter

from warraq.search.editors import ContentFile, EditorDocument, Library
from warraq.search.editors.finding import search

LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
# Drawn so that 10,000 articles have some 300,000 different words, as Arabic news has.
BEFORE = ("",) * 12 + ("ال",) * 10 + ("و", "وال", "ب", "بال", "ل", "لل")
AFTER = ("",) * 24 + ("ة",) * 6 + ("ات", "ين", "ها", "ي", "ية", "ه")
QUERIES = ("{0} {1} {2}", '"{0} {1}"', "title:{3}", "{4}*", "date:[2019-03 to 2021-05] {5}")


def main(count: int) -> None:
    """Print seconds for `count` articles of 380 words."""
    draw = random.Random(1)
    stems = ["".join(draw.choices(LETTERS, k=draw.randint(3, 5))) for _ in range(12_000)]
    share = list(accumulate(1 / (rank + 3) for rank in range(len(stems))))

    def text(words: int) -> str:
        chosen = draw.choices(stems, cum_weights=share, k=words)
        return " ".join(draw.choice(BEFORE) + stem + draw.choice(AFTER) for stem in chosen)

    def document(number: int) -> EditorDocument:
        day = f"{draw.randint(2012, 2026)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
        return EditorDocument(
            {
                "id": (f"{number:012x}",),
                "path": (f"content/articles/{number:012x}.md",),
                "title": (text(9),),
                "body": (text(380),),
                "date": (day,),
                "year": (day[:4],),
                "outlet": (text(2),),
                "person": (text(2), text(3)),
                "topic": (text(1),),
            }
        )

    documents = {made.first("path"): made for made in map(document, range(count))}
    files = [ContentFile(path, 1, 1) for path in documents]
    with tempfile.TemporaryDirectory() as cache:
        os.environ["XDG_CACHE_HOME"] = cache
        site = Path(cache, "no", "such", "site")
        timed("first index", site, stems[3], Library(files, documents.__getitem__))
        timed("no change", site, stems[3], Library(files, documents.__getitem__))
        changed = document(7)
        documents[changed.first("path")] = changed
        files[7] = ContentFile(changed.first("path"), 2, 2)
        timed("after one edit", site, stems[3], Library(files, documents.__getitem__))
        for query in QUERIES:
            asked = query.format(*stems[5:60:9])
            timed(asked, site, asked, Library(files, documents.__getitem__))
        size = sum(part.stat().st_size for part in Path(cache).rglob("*") if part.is_file())
        print(f"{size / 1e6:8.1f} MB on disk")


def timed(name: str, site: Path, query: str, library: Library) -> None:
    """Print how long one search takes, on the clock and of the processor."""
    start, cpu = perf_counter(), sum(os.times()[:4])
    answer = search(site, query, library=library)
    seconds, cpu = perf_counter() - start, sum(os.times()[:4]) - cpu
    print(f"{seconds:8.2f} s ({cpu:.2f} CPU)  {name}: {answer.total} hits")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
