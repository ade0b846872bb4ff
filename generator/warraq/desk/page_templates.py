"""The desk's pages as HTML, by autoescaped templates of this package. The desk's door to Jinja."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from warraq.base.package_yaml import package_yaml
from warraq.base.problems import Language


@cache
def words(language: Language) -> dict[str, str]:
    """Return key → label from words.yaml: of a `field`, `field.input` or `input=option`."""
    wordings: dict[str, dict[str, str]] = package_yaml("warraq.desk", "words.yaml")
    return wordings[language]


def page(template: str, language: Language, **shown: object) -> str:
    """Return a page; in the template `w` gives the label of the first key that has one."""

    def label(*keys: str) -> str:
        known = words(language)
        return next((known[key] for key in keys if key in known), keys[-1])

    direction = "rtl" if language == "ar" else "ltr"
    return (
        _environment()
        .get_template(template)
        .render(shown, w=label, language=language, direction=direction)
    )


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("warraq.desk", "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
