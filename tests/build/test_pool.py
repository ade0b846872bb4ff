"""Work is done in a window: what waits to be taken is bounded, and the order is kept."""

from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warraq.build.pool import in_window


@given(st.lists(st.integers()), st.integers(1, 9))
def test_no_more_is_started_than_the_window_holds(items: list[int], size: int) -> None:
    started: list[int] = []

    def start(item: int) -> Future[int]:
        started.append(item)
        future = Future[int]()
        future.set_result(item * 2)
        return future

    results = in_window(start, items, size)

    assert started == items[:size]  # before any is taken
    for at, result in enumerate(results):
        assert result == items[at] * 2
        assert started == items[: at + 1 + size]
    assert started == items


def test_results_come_in_order_and_a_fault_where_it_is() -> None:
    with ThreadPoolExecutor(3) as executor:
        results = in_window(lambda number: executor.submit(divmod, 60, number), [7, 3, 0, 5], 3)

        assert [next(results), next(results)] == [(8, 4), (20, 0)]
        with pytest.raises(ZeroDivisionError):
            next(results)
