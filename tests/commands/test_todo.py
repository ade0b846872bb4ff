"""`warraq todo`: what waits for an editor, counted and listed."""

import json
import os
from pathlib import Path

import pytest
from tests.commands.archive import article, authority, started, written
from tests.commands.conftest import Run

Queues = dict[str, list[dict[str, object]]]
PROVENANCE = 'provenance: {seed: seeds/a.txt, sha256: "' + "0" * 64 + '"}'


def waiting(site: Path, run: Run, *words: str) -> Queues:
    said = run(site, "todo", "--format", "json", *words)
    assert (said.returncode, said.stderr) == (0, "")
    found: Queues = json.loads(said.stdout)
    return found


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = started(tmp_path / "site", "messages: ar\n")
    article(folder, "aaaa01", PROVENANCE, "topics: [syria]", "flags:\n- {kind: typo, text: مسئول}")
    article(folder, "bbbb02", "date: 2024-05-01", body="انظر [هنا](/topics/nothing/).")
    article(folder, "cccc03", "date: 2025-05-01", "source: وكالة")
    article(folder, "dddd04", "draft: true")
    authority(folder, "topics", "syria", name="سوريا")
    authority(folder, "stories", "one", "articles: [aaaa01, bbbb02]", "status: proposed")
    return folder


def test_each_decision_waits_in_one_queue_the_newest_article_first(site: Path, run: Run) -> None:
    found = waiting(site, run)

    assert {name: [one["id"] for one in rows] for name, rows in found.items()} == {
        "dates": ["aaaa01"],
        "sources": ["aaaa01"],
        "stories": [""],
        "flags": ["aaaa01"],
        "links": ["bbbb02"],
        "topics": ["cccc03", "bbbb02"],
        "others": [""],
    }
    (flag,) = found["flags"]
    assert (flag["code"], flag["line"], flag["title"]) == ("open-flag", 7, "خبر aaaa01")
    assert [one["code"] for one in found["others"]] == ["seed-gone"]


def test_a_queue_is_listed_by_itself(site: Path, run: Run) -> None:
    assert list(waiting(site, run, "topics")) == ["topics"]
    assert waiting(site, run, "titles") == {}
    assert run(site, "todo", "nothing").returncode == 2


def test_counts_come_first_then_the_lists(site: Path, run: Run) -> None:
    for number in range(7):
        article(site, f"eeee0{number}", "date: 2020-01-01", "source: وكالة")
    lines = run(site, "todo").stdout.splitlines()

    assert "     9  topics     مواد بلا موضوع" in lines
    assert "  … وبقي 4: warraq todo topics --all" in lines
    assert sum("المادة بلا موضوع" in line for line in lines) == 5
    whole = run(site, "todo", "topics").stdout
    assert whole.count("المادة بلا موضوع") == 9


def test_what_breaks_a_build_waits_first(site: Path, run: Run) -> None:
    article(site, "ffff05", "date: 2024-13-01", "topics: [syria]")
    written(site, "articles/gg/gggg06.md", "نص بلا مقدمة")
    found = waiting(site, run)

    assert next(iter(found)) == "errors"
    assert sorted(str(one["code"]) for one in found["errors"]) == [
        "date-invalid",
        "frontmatter-missing",
    ]


def test_people_who_are_introduced_often_wait_for_a_file(site: Path, run: Run) -> None:
    for ident in ("eeee01", "eeee02", "eeee03"):
        article(
            site,
            ident,
            "topics: [syria]",
            body="قال وزير الدفاع مرهف أبو قصرة إن اللقاء انتهى.\n\nوأضاف أبو قصرة أن ذلك مهم.",
        )
    (name,) = waiting(site, run)["names"]
    assert (name["code"], name["args"]) == (
        "open-name",
        {"count": "3", "name": "مرهف أبو قصرة", "role": "وزير الدفاع"},
    )

    written(site, "not-names.yaml", "not_names: [مرهف أبو قصرة]\n")
    assert "names" not in waiting(site, run)
    (site / "content/not-names.yaml").unlink()
    assert "names" in waiting(site, run)

    authority(site, "people", "murhaf", name="مرهف أبو قصرة")
    assert "names" not in waiting(site, run)


def test_what_an_editor_leaves_as_it_is_waits_no_more(site: Path, run: Run) -> None:
    article(site, "aaaa01", PROVENANCE, "settled: [date, source, topics]")
    article(site, "bbbb02", "settled: [topics]")
    article(site, "cccc03", "settled: [topics, source]")

    assert sorted(waiting(site, run)) == ["others", "stories"]


def test_seeds_that_were_imported_wait_for_dates_and_flags(bare: Path, run: Run) -> None:
    assert run(bare, "import").returncode == 0
    found = waiting(bare, run)

    assert len(found["dates"]) + len(found.get("inferred", ())) == 2
    assert len(found["flags"]) > 5
    assert len(found["topics"]) == 2


def test_nothing_waits_where_all_is_settled(tmp_path: Path, run: Run) -> None:
    settled = started(tmp_path / "settled", "messages: ar\n")
    article(settled, "aaaa01", "date: 2024-05-01", "topics: [سوريا]", "source: وكالة")

    assert run(settled, "todo").stdout == "لا شيء ينتظر\n"
    assert waiting(settled, run) == {}


def test_the_order_is_the_same_each_time(site: Path, run: Run) -> None:
    said = [run(site, "todo", "--all", PYTHONHASHSEED=seed).stdout for seed in ("1", "2")]

    assert said[0] == said[1]
    assert os.linesep.join(said)
