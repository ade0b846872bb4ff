import os
import signal
import threading

from warraq.base.processes import process_pool


def test_work_is_done_in_other_processes() -> None:
    with process_pool(2) as pool:
        pids = set(pool.map(_pid, range(4)))

    assert pids
    assert os.getpid() not in pids


def test_each_process_calls_begin_first() -> None:
    with process_pool(1, _begin) as pool:
        assert pool.submit(_state).result() == "begun"


def test_a_worker_leaves_interrupts_to_the_main_process() -> None:
    with process_pool(1) as pool:
        assert pool.submit(_handler).result() == signal.SIG_IGN


def test_a_pool_works_while_another_thread_runs() -> None:
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        with process_pool(1) as pool:
            assert pool.submit(_state).result() == ""
    finally:
        done.set()
        thread.join()


_STATE = {"state": ""}


def _begin() -> None:
    _STATE["state"] = "begun"


def _state() -> str:
    return _STATE["state"]


def _pid(_: int) -> int:
    return os.getpid()


def _handler() -> object:
    return signal.getsignal(signal.SIGINT)
