"""The desk's pages as HTML, by autoescaped templates of this package. The desk's door to Jinja."""

import re
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from warraq.base.package_yaml import package_yaml
from warraq.base.problems import Language, Problem, filled, wording_of
from warraq.desk.site_desk import Desk
from warraq.preview.access import Access

# The desk's rooms, as every page of it links to them: the address and the key of its words.
ROOMS: tuple[tuple[str, str], ...] = (
    ("/-/", "queue.room"),
    ("/-/search", "search"),
    ("/-/names", "names"),
    ("/-/changes", "changes"),
    ("/-/media", "media"),
    ("/-/face", "face"),
)


_DATE = re.compile(r"(?<![\w/-])(?=[0-9]{1,4}[-/][0-9]{1,2}\b)")


@cache
def words(language: Language) -> dict[str, str]:
    """Return key → label from words/: those of all pages together, in one language.

    The form's keys are a `field`, `field.input` or `input=option`; other pages' begin with the
    name of their file.
    """
    found: dict[str, str] = {}
    for file in sorted(files("warraq.desk").joinpath("words").iterdir(), key=lambda one: one.name):
        found.update(package_yaml("warraq.desk", f"words/{file.name}")[language])
    return found


def page(template: str, desk: Desk, access: Access, /, **shown: object) -> str:
    """Return a page; in the template `w` gives the label of the first key that has one.

    With values its fields are filled in, {count:articles} as people say a number of articles.

    A page extends layout.html, which shows `messages` (pairs of an element's id, "" for none, and
    a text), and `done`, a `Notice` or None.
    """

    def label(*keys: str, **values: object) -> str:
        known = words(desk.language)
        text = next((known[key] for key in keys if key in known), keys[-1])
        text = filled(text, desk.language, values) if values else text
        return dates_marked(text, desk.language)

    always = {
        "w": label,
        "language": desk.language,
        "direction": "rtl" if desk.language == "ar" else "ltr",
        "base_path": desk.base_path,
        "rooms": ROOMS,
        "form_token": access.form_token,
        "writable": access.writable,
        "asks_name": desk.asks_name,
        "draft": desk.draft,
        "messages": (),
        "done": None,
    }
    return _environment().get_template(template).render(always | shown)


def said(problem: Problem, language: Language) -> str:
    """Return a problem and its remedy in one line; a form may be sent again where a command is."""
    own = words(language).get(f"said.{problem.code}")
    return dates_marked(own or " — ".join(filter(None, wording_of(problem, language))), language)


def dates_marked(text: str, language: Language) -> str:
    r"""Return `text` with a mark before each date that keeps its parts in order among Arabic words.

    >>> dates_marked("مثل 2025-10-12", "ar") == "مثل \N{LEFT-TO-RIGHT MARK}2025-10-12"
    True
    """
    return _DATE.sub("\N{LEFT-TO-RIGHT MARK}", text) if language == "ar" else text


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("warraq.desk", "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
