"""The words of the desk's own pages, in the language of the site's messages."""

from functools import cache
from importlib.resources import files

import yaml

from warraq.base.problems import Language


@cache
def words(language: Language) -> dict[str, str]:
    """Return key → wording as words.yaml gives them; «{count}» and «{fields}» are gaps."""
    text = files("warraq.preview").joinpath("words.yaml").read_text("utf-8")
    wordings: dict[str, dict[str, str]] = yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506 - our own file, strings only
    return wordings[language]
