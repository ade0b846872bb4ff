import os
import signal
import sys
import threading
from pathlib import Path

import pytest

from warraq.base.locks import lock_when_free, locked
from warraq.base.problems import WarraqError


def test_a_lock_that_is_held_is_refused_and_free_afterwards(tmp_path: Path) -> None:
    file = tmp_path / "new" / "lock"

    with locked(file, "content-busy"):
        with pytest.raises(WarraqError) as caught, locked(file, "content-busy"):
            pass
        assert [p.code for p in caught.value.problems] == ["content-busy"]
        assert caught.value.exit_code == 3

    with locked(file, "content-busy"):
        pass


def test_a_lock_is_free_after_an_exception(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="x"), locked(tmp_path / "lock", "content-busy"):
        raise ValueError("x")

    with locked(tmp_path / "lock", "content-busy"):
        pass


def test_one_who_waits_gets_the_lock_when_it_is_free(tmp_path: Path) -> None:
    order: list[str] = []

    def wait() -> None:
        with lock_when_free(tmp_path / "lock"):
            order.append("second")

    with locked(tmp_path / "lock", "content-busy"):
        thread = threading.Thread(target=wait)
        thread.start()
        order.append("first")
    thread.join()

    assert order == ["first", "second"]


@pytest.mark.skipif(sys.platform == "win32", reason="no fork")
def test_a_forked_child_does_not_hold_the_lock_of_its_parent(tmp_path: Path) -> None:
    ready, wait = os.pipe()
    with locked(tmp_path / "lock", "content-busy"):
        child = os.fork()
        if not child:
            os.write(wait, b"x")
            signal.pause()
        os.read(ready, 1)
    try:
        with locked(tmp_path / "lock", "content-busy"):
            pass
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(ready)
        os.close(wait)
