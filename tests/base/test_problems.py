import pickle

from warraq.base.problems import WarraqError, error


def test_an_error_comes_back_whole_from_another_process() -> None:
    fault = WarraqError([error("history-lost", "a.md", commit="1"), error("site-name")], 2)

    back = pickle.loads(pickle.dumps(fault))  # noqa: S301 - our own

    assert (back.problems, back.exit_code) == (fault.problems, 2)
