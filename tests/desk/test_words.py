"""The words of the desk's pages: whole in both languages, and none of two files at once."""

from collections import Counter
from importlib.resources import files

from warraq.base.package_yaml import package_yaml


def test_every_word_stands_once_and_in_both_languages() -> None:
    met: Counter[str] = Counter()
    for file in files("warraq.desk").joinpath("words").iterdir():
        wordings = package_yaml("warraq.desk", f"words/{file.name}")
        assert list(wordings["ar"]) == list(wordings["en"]), file.name
        met.update(list(wordings["ar"]))

    assert [key for key, count in met.items() if count > 1] == []
