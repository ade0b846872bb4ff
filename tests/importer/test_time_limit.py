"""What one seed may take: nesting, time, a process. Whatever it is, the others come in."""

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import trafilatura

from warraq.importer.drafted import Ready, Refused, Seed
from warraq.importer.process import SeedProcessor, SiteContext
from warraq.importer.report import ReportLine
from warraq.importer.run import import_seeds
from warraq.importer.time_limit import TimeLimitError, time_limit
from warraq.intake import outlet_directory

TITLE = "فتح الطريق الساحلي بعد صيانته"
WORDS = "أعلنت البلدية فتح الطريق الساحلي من جديد بعد انتهاء أعمال الصيانة في الجسر رقم {}."


def paragraph(number: int) -> str:
    return WORDS.format(number)


def archive(site: Path, **seeds: str) -> Path:
    (site / "seeds").mkdir()
    (site / "site.yaml").write_text("name: أرشيف\n", "utf-8")
    for name, text in seeds.items():
        (site / "seeds" / name.replace("__", ".")).write_text(text, "utf-8")
    return site


def body(site: Path, line: ReportLine) -> str:
    (path,) = (site / "content/articles").rglob(f"{line.article}.md")
    return path.read_text("utf-8").partition("\n---\n")[2]


def page(inside: str) -> str:
    head = f"<html><head><title>{TITLE}</title></head>"
    return f"{head}<body><h1>{TITLE}</h1><div class='entry-content'>{inside}</div></body></html>"


def record(inside: str) -> str:
    return json.dumps({"id": 1, "title": TITLE, "content": inside}, ensure_ascii=False)


@pytest.mark.parametrize(("name", "whole"), [("a__html", page), ("a__jsonl", record)])
@pytest.mark.parametrize(
    ("tag", "count"), [("<font size=4>", 400), ("<div>", 400), ("<blockquote>", 900)]
)
def test_no_paragraph_is_lost_in_tags_that_nobody_closed(
    tmp_path: Path, name: str, whole: Callable[[str], str], tag: str, count: int
) -> None:
    told = "".join(f"{tag}<p>{paragraph(n)}</p>" for n in range(count))
    site = archive(tmp_path, **{name: whole(told)})
    (line,) = import_seeds(site).lines
    found = body(site, line)
    assert [n for n in range(count) if paragraph(n) not in found] == []


def test_style_is_taken_off_before_anything_is_cut(tmp_path: Path) -> None:
    told = "".join(f"<font><span><p>{paragraph(n)}</p>" for n in range(1500))
    site = archive(tmp_path, a__html=page(told))
    (line,) = import_seeds(site).lines
    assert paragraph(1499) in body(site, line)
    assert [p.code for p in line.problems] == []


def test_what_is_deeper_than_can_be_read_is_said(tmp_path: Path) -> None:
    told = "".join(f"<p>{paragraph(n)}</p>" for n in range(5))
    told = f"{told}{'<div>' * 2100}{told}"
    site = archive(tmp_path, a__html=page(told), b__jsonl=record(told))
    for line in import_seeds(site).lines:
        assert line.outcome == "imported"
        assert [p.code for p in line.problems if p.code != "seed-copy"] == ["seed-deep"]


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="a timer of POSIX")
def test_a_seed_that_takes_for_ever_is_refused_and_harms_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def extracted(text: str, **_: object) -> str:
        while "ينتظر" in text:
            pass
        return text

    monkeypatch.setattr(trafilatura, "extract", extracted)
    slow, fast = (page(f"<p>{paragraph(1)} {word}</p>" * 3) for word in ("ينتظر", "يمضي"))
    site = archive(tmp_path, a__html=slow, b__html=fast)
    processor = SeedProcessor(site, SiteContext(outlet_directory(), seconds=0.3))
    files = (site / "seeds/a.html", site / "seeds/b.html")

    first, second = (processor.process(Seed(file.name, file=file)) for file in files)

    assert isinstance(first, Refused)
    assert [p.code for p in first.problems] == ["seed-too-long"]
    assert isinstance(second, Ready)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="a timer of POSIX")
def test_time_is_over_for_those_too_who_heed_no_exception() -> None:
    told = 0
    with time_limit(0.05):
        while told < 2:
            try:
                while True:
                    pass
            except TimeLimitError:
                told += 1
    assert told == 2
    assert signal.getitimer(signal.ITIMER_VIRTUAL)[0] == 0


KILLED = """
import json, os, signal, sys
from pathlib import Path

import trafilatura

from warraq.importer.run import import_seeds

def extracted(text, **_):
    if "ينفد" in text:  # as the kernel does it where memory is short
        os.kill(os.getpid(), signal.SIGKILL)
    return text

trafilatura.extract = extracted
report = import_seeds(Path(sys.argv[1]), jobs=2)
refused = {x.seed: x.problems[0].code for x in report.lines if x.outcome == "refused"}
print(json.dumps([len(report.lines), refused]))
"""


@pytest.mark.slow
def test_a_process_that_is_killed_names_its_seed_and_costs_no_other(tmp_path: Path) -> None:
    seeds: dict[str, str] = {}
    fatal = (40, 41, 90)
    for n in range(130):
        inside = f"<p>{paragraph(n)} {'ينفد' if n in fatal else ''}</p>"
        seeds[f"{n:03}__html"] = page(inside)
    site = archive(tmp_path, **seeds)
    # A program of its own: where other threads run, as beside other tests, no process is forked,
    # and what is patched here would be whole there.
    command = [sys.executable, "-c", KILLED, str(site)]

    done = subprocess.run(command, capture_output=True, text=True, check=True)

    told = {f"seeds/{n:03}.html": "seed-killed" for n in fatal}
    assert json.loads(done.stdout) == [130, told]
