"""What waits, in memory: a decision leaves at once, and no older count brings it back."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request
from starlette.responses import Response

from warraq.base.problems import Problem, warning
from warraq.commands.todo import Waiting
from warraq.desk.after_build import after_build
from warraq.desk.queue_page import pages
from warraq.desk.site_desk import Desk
from warraq.desk.waiting_list import Counted, Queued, WaitingList
from warraq.preview.access import Access


def waiting(*names: str) -> list[Waiting]:
    return [Waiting(Problem(f"{name}.md", 1, "open-date", "warning")) for name in names]


def paths(kept: WaitingList) -> list[str]:
    return [one.problem.path for _, one in kept.queue("dates").waiting]


def key(name: str) -> str:
    return waiting(name)[0].key


def shown(site: Path, kept: WaitingList, path: str) -> str:
    """Return a page of the queues as HTML."""
    home, queue = pages(Desk(site, "/", "ar", "ar"), kept)
    page = home if path == home.path else queue
    name = path.removeprefix("/-/queue/")
    scope = {"path": path, "path_params": {"name": name}, "query_string": b"", "headers": []}

    async def answer() -> Response:
        assert page.show
        return await page.show(Request({"type": "http", **scope}), Access.new())

    with ThreadPoolExecutor(1) as alone:  # a browser's test leaves a loop in this thread
        response = alone.submit(lambda: asyncio.run(answer())).result()
    return bytes(response.body).decode()


def test_a_decision_leaves_at_once_and_comes_back_with_no_older_count() -> None:
    kept = WaitingList()
    kept.arrived(Counted.of({"dates": waiting("a", "b")}, ()), kept.begins())
    begun_before = kept.begins()

    kept.made([key("a")])
    assert paths(kept) == ["b.md"]

    kept.arrived(Counted.of({"dates": waiting("a", "b", "c")}, ()), begun_before)
    assert paths(kept) == ["b.md", "c.md"]


def test_a_decision_taken_back_comes_with_the_next_count() -> None:
    kept = WaitingList()
    kept.arrived(Counted.of({"dates": waiting("a")}, ()), kept.begins())
    kept.made([key("a")])

    kept.arrived(Counted.of({"dates": waiting("a")}, ()), kept.begins())

    assert paths(kept) == ["a.md"]


def test_a_count_that_broke_off_keeps_the_list_and_says_why() -> None:
    kept = WaitingList()
    kept.arrived(Counted.of({"dates": waiting("a")}, ()), kept.begins())

    kept.failed((Problem("site.yaml", 1, "site-name"),))

    assert paths(kept) == ["a.md"]
    assert [problem.code for problem in kept.problems] == ["site-name"]
    assert kept.is_current


def test_only_a_count_that_began_after_a_save_is_current() -> None:
    kept = WaitingList()
    seen = [kept.is_current]
    kept.arrived(Counted.of({}), kept.begins())
    seen.append(kept.is_current)

    under_way = kept.begins()
    kept.outdated()
    kept.arrived(Counted.of({}), under_way)
    seen.append(kept.queue("dates").is_current)

    kept.arrived(Counted.of({}), kept.begins())
    assert [*seen, kept.queue("dates").is_current] == [False, True, False, True]


@pytest.mark.parametrize("path", ["/-/", "/-/queue/stories"])
def test_nothing_is_said_to_be_settled_before_it_is_counted(tmp_path: Path, path: str) -> None:
    kept = WaitingList()
    assert "data-counting" in shown(tmp_path, kept, path)

    kept.arrived(Counted.of({}), kept.begins())
    empty = shown(tmp_path, kept, path)
    assert "data-counting" not in empty
    assert "لا شيء ينتظر" in empty
    assert "قرارات" not in empty

    kept.outdated()
    assert "data-counting" in shown(tmp_path, kept, path)
    kept.arrived(Counted.of({"stories": waiting("a")}), kept.begins())
    assert "data-counting" not in shown(tmp_path, kept, path)


@pytest.mark.parametrize("path", ["/-/", "/-/queue/others"])
def test_a_sentence_that_begins_in_latin_letters_reads_from_the_right(
    tmp_path: Path, path: str
) -> None:
    kept = WaitingList()
    rows = [
        Waiting(warning("media-unused", "", 0, count=1, names=name)) for name in ("a.png", "b.png")
    ]
    kept.arrived(Counted.of({"others": rows}), kept.begins())

    assert shown(tmp_path, kept, path).count('<bdi dir="rtl">') >= 2


def test_the_first_page_leads_to_the_review_of_imports(tmp_path: Path) -> None:
    kept = WaitingList()
    kept.arrived(Counted.of({"dates": waiting("a")}), kept.begins())

    assert 'href="/-/review"' in shown(tmp_path, kept, "/-/")


@given(st.lists(st.sampled_from("abcdef"), unique=True), st.sets(st.sampled_from("abcdef")))
def test_following_next_comes_to_every_decision_once(names: list[str], made: set[str]) -> None:
    one = waiting("x")[0]
    queue = Queued(dict.fromkeys(names, one), frozenset(made))
    left = [name for name in names if name not in made]

    seen, at = [], ""
    for _ in left:
        at = queue.around(at)[1]
        seen.append(at)

    assert seen == left
    for before, after in pairwise(left):
        assert queue.around(after)[0] == before


def test_settings_that_cannot_be_read_wait_alone(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text("name: [x\n", "utf-8")

    (counted,) = after_build(tmp_path)

    (only,) = counted.queues["errors"].values()
    assert (list(counted.queues), only.problem.path) == (["errors"], "site.yaml")
