"""Labels of the preview's own pages, in the language of the site's messages."""

from functools import cache

from warraq.base.package_yaml import package_yaml
from warraq.base.problems import Language


@cache
def words(language: Language) -> dict[str, str]:
    """Return key → label from words.yaml; «{count}» is a placeholder."""
    wordings: dict[str, dict[str, str]] = package_yaml("warraq.preview", "words.yaml")
    return wordings[language]
