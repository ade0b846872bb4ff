"""How well import reads the labelled cases of tests/cases/import, against benchmarks/floors.json.

    python benchmarks/quality.py            both halves, in figures; exit 1 below a floor
    python benchmarks/quality.py --faults   what went wrong in the open half (names in -a)

The half whose names end in -b stays unread while rules are made: only its figures are printed.
A case is a head of «key: value» lines, then `---`, then lines that begin with what they are:
T the headline, B body, F furniture, O either, _ an empty line. The list `inline` names pieces of
body lines that may go or stay. A page (suffix .html) is given whole, followed by `=== body` and
`=== gone`.
"""

import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import yaml

from warraq.intake import draft_of, outlet_directory
from warraq.intake.text.folding import phrase, words
from warraq.intake.text.repair import repair_characters
from warraq.model import Draft
from warraq.seeds import reader

CASES = Path(__file__).parents[1] / "tests" / "cases" / "import"
FLOORS = Path(__file__).with_name("floors.json")
_ADDRESS = re.compile(r"(?<=\])\([^()\s]+\)")  # of a link: no words of the article
_OF_PAGE = re.compile(rf"{_ADDRESS.pattern}|^[ >]*\d+\. ", re.MULTILINE)  # and numbers of items
HALVES = {"open": "-a", "held out": "-b"}


class Case(NamedTuple):
    """One labelled sample: what is known of it, the seed's text, and what import should make."""

    name: str
    facts: dict[str, object]
    seed: str
    body: tuple[str, ...]
    gone: tuple[str, ...]
    either: tuple[str, ...]


class Score(NamedTuple):
    """What import made of one case. `date` is right, wrong, missed or none (rightly no date)."""

    name: str
    hit: int
    wanted: int
    given: int
    title: bool | None
    source: bool | None
    authors: bool | None
    date: str
    leaks: tuple[str, ...]
    gone: int
    faults: tuple[str, ...]


def read_case(path: Path) -> Case:
    """Return the case in the file at `path`."""
    head, _, rest = path.read_text("utf-8").partition("\n---\n")
    facts = yaml.load(head, Loader=yaml.BaseLoader)  # noqa: S506 - strings only
    if "\n=== body\n" in rest:
        page, _, labels = rest.partition("\n=== body\n")
        body, _, gone = labels.partition("\n=== gone\n")
        return Case(path.stem, facts, page, _full(body), _full(gone), ())
    kept: dict[str, list[str]] = {"T": [], "B": [], "F": [], "O": []}
    seed = []
    for line in rest.rstrip("\n").split("\n"):
        label, text = line[:1], line[2:]
        seed.append("" if label == "_" else text)
        if label in kept:
            kept[label].append(text)
    for piece in facts.get("inline", ()):
        kept["B"] = [text.replace(piece, " ", 1) for text in kept["B"]]
        kept["O"].append(piece)
    return Case(
        path.stem, facts, "\n".join(seed), tuple(kept["B"]), tuple(kept["F"]), tuple(kept["O"])
    )


def imported(case: Case, folder: Path) -> Draft:
    """Return what import makes of `case`, written to `folder` as a seed."""
    facts = case.facts
    seed = folder / f"{case.name}{facts.get('suffix', '.txt')}"
    newline = "\r\n" if facts.get("newline") == "crlf" else "\n"
    seed.write_bytes(case.seed.replace("\n", newline).encode(str(facts.get("encoding", "utf-8"))))
    if "sidecar" in facts:
        seed.with_suffix(".json").write_text(json.dumps(facts["sidecar"]), "utf-8")
    known = outlet_directory(received=str(facts.get("received", "")))
    return draft_of(reader.read(seed, folder), known)


def score(case: Case, draft: Draft) -> Score:
    """Return how `draft` compares with what `case` asks for."""
    article, facts, faults = draft.article, case.facts, []
    whole = case.facts.get("suffix") == ".html"
    body = (_OF_PAGE if whole else _ADDRESS).sub("", article.body)
    made = Counter(words(body))
    wanted = Counter(w for line in case.body for w in words(repair_characters(line)[0]))
    made -= (made - wanted) & Counter(w for line in case.either for w in words(line))
    hit = (made & wanted).total()
    if hit < wanted.total():
        faults.append("lost: " + " ".join((wanted - made).elements()))
    if hit < made.total():
        faults.append("kept: " + " ".join((made - wanted).elements()))
    title = _title(case, draft)
    if title is False:
        faults.append(f"title: {article.title} [{article.title_status}]")
    source = None
    if "source" in facts:
        source = article.source is not None and _alike(article.source.name, str(facts["source"]))
        if not source:
            faults.append(f"source: {article.source}")
    authors = None
    if "authors" in facts:
        authors = list(article.authors) == list(facts["authors"])  # type: ignore[call-overload]
        if not authors:
            faults.append(f"authors: {article.authors}")
    when = article.date.day.isoformat() if article.date else "none"
    date = _date(when, str(facts.get("date", "none")))
    if date in {"wrong", "missed"}:
        faults.append(f"date: {when} {article.date_info.status} {article.date_info.candidates}")
    lines = {phrase(line) for line in body.split("\n")}
    inside = phrase(body)
    gone = [g for g in case.gone if phrase(g)]
    leaks = tuple(g for g in gone if (phrase(g) in inside if whole else phrase(g) in lines))
    return Score(
        case.name, hit, wanted.total(), made.total(), title, source, authors, date, leaks,
        len(gone), tuple(faults),
    )  # fmt: skip


def summary(scores: Iterable[Score]) -> dict[str, float]:
    """Return the figures for `scores`: shares, and `false_dates` as a count."""
    every = list(scores)
    dated = [s for s in every if s.date in {"right", "missed", "wrong"} and s.date != "invented"]
    return {
        "recall": _share(sum(s.hit for s in every), sum(s.wanted for s in every)),
        "precision": _share(sum(s.hit for s in every), sum(s.given for s in every)),
        "title": _share_of(s.title for s in every),
        "source": _share_of(s.source for s in every),
        "authors": _share_of(s.authors for s in every),
        "dates": _share(sum(s.date == "right" for s in dated), len(dated)),
        "false_dates": float(sum(s.date in {"wrong", "invented"} for s in every)),
        "leaks": _share(sum(len(s.leaks) for s in every), sum(s.gone for s in every)),
    }


def drafts() -> list[tuple[Case, Draft]]:
    """Return all cases and what import makes of each, in the order of their names."""
    with tempfile.TemporaryDirectory() as folder:
        cases = [read_case(path) for path in sorted(CASES.glob("*.md"))]
        return [(case, imported(case, Path(folder))) for case in cases]


def run() -> list[Score]:
    """Return the scores of all cases, in the order of their names."""
    return [score(case, draft) for case, draft in drafts()]


def half_of(scores: Iterable[Score], half: str) -> list[Score]:
    """Return the scores of one half, in their order."""
    return [score for score in scores if score.name.endswith(HALVES[half])]


def main() -> int:
    """Print the figures; return 1 when one is below its floor."""
    scores = run()
    floors = json.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {}
    status = 0
    for half in HALVES:
        figures = summary(half_of(scores, half))
        print(f"{half:9}", "  ".join(f"{key} {value:.4f}" for key, value in figures.items()))
        for key, floor in floors.get(half, {}).items():
            below = (
                figures[key] > floor if key in {"leaks", "false_dates"} else figures[key] < floor
            )
            if below:
                print(f"          {key} {figures[key]:.4f} misses its floor {floor}")
                status = 1
    if "--faults" in sys.argv:
        for found in scores:
            if found.name.endswith("-a") and (found.faults or found.leaks):
                print(found.name, *found.faults, *(f"leak: {x}" for x in found.leaks), sep="\n    ")
    return status


def _title(case: Case, draft: Draft) -> bool | None:
    if case.facts.get("title_status") == "generated":
        return draft.article.title_status == "generated"
    if "title" not in case.facts:
        return None
    return draft.article.title == case.facts["title"]


# «صحيفة الوسط البحرينية» is «الوسط»: words of kind and country, which labels give or leave out.
_BESIDE_NAME = frozenset(
    words(
        "صحيفة جريدة موقع الصحيفة الجريدة الموقع السورية اللبنانية الأردنية الفلسطينية العراقية "
        "الكويتية البحرينية القطرية الإماراتية العمانية السعودية اليمنية المصرية السودانية الليبية "
        "التونسية الجزائرية المغربية الموريتانية"
    )
)


def _alike(one: str, other: str) -> bool:
    bare = [[word for word in words(name) if word not in _BESIDE_NAME] for name in (one, other)]
    if phrase(one) == phrase(other) or (bare[0] == bare[1] and bare[0]):
        return True
    known = outlet_directory()
    first, second = known.named(one), known.named(other)
    return first is not None and second is not None and first.key == second.key


def _date(made: str, wanted: str) -> str:
    if wanted == "none":
        return "none" if made == "none" else "invented"
    return "right" if made == wanted else "missed" if made == "none" else "wrong"


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 1.0


def _share_of(verdicts: Iterable[bool | None]) -> float:
    told = [v for v in verdicts if v is not None]
    return _share(sum(told), len(told))


def _full(text: str) -> tuple[str, ...]:
    return tuple(line for line in re.split(r"\n+", text) if line.strip())


if __name__ == "__main__":
    raise SystemExit(main())
