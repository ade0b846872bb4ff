import pickle

from warraq.base.problems import WarraqError, error, wording_of


def test_an_error_comes_back_whole_from_another_process() -> None:
    fault = WarraqError([error("history-lost", "a.md", commit="1"), error("site-name")], 2)

    back = pickle.loads(pickle.dumps(fault))  # noqa: S301 - our own

    assert (back.problems, back.exit_code) == (fault.problems, 2)


def test_a_list_is_parted_as_its_language_parts_it() -> None:
    problem = error("export-fields", "a.csv", columns="x، y", proposal="")
    assert "x, y" in wording_of(problem, "en")[0]
    assert "x، y" in wording_of(problem, "ar")[0]
