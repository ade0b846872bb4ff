"""The text of site.yaml after some of its settings have changed: only their lines differ. Pure."""

import re
from collections.abc import Mapping

from warraq.base.config import FILE, KEYS
from warraq.content.splice import with_items, with_key, with_values

Setting = str | bool | list[object] | dict[str, object] | None

# Comments and directives before the mark that may begin a YAML file.
_BEGINNING = re.compile(r"(?:(?:[ \t]*(?:#.*)?|%.*)\n)*---[ \t]*(?:#.*)?\n")


def with_settings(text: str, changed: Mapping[str, Setting]) -> str:
    r"""Return `text`, a site.yaml with LF line ends, with keys set as `changed` says.

    None removes a key. Comments, the order of keys and unknown keys stay; of a list or a map, what
    stays keeps its lines. Raises WarraqError if `text` cannot be read. A layout that has no lines
    of its own for its keys (`{name: أ, lang: ar}`) may come out wrong: compare what is read.

    >>> with_settings("# لنا\nname: أ # هنا\n", {"name": "ب", "lang": "en"})
    '# لنا\nname: ب # هنا\nlang: en\n'
    """
    begun = _BEGINNING.match(text)
    before, rest = (begun[0], text[begun.end() :]) if begun else ("", text)
    ended = rest if rest.endswith("\n") or not rest else f"{rest}\n"
    # As a content file: its front matter is what can be spliced.
    wrapped = f"---\n{ended}---\n"
    for key, value in changed.items():
        wrapped = _with(wrapped, key, value)
    return before + wrapped.removeprefix("---\n").removesuffix("---\n")


def _with(text: str, key: str, value: Setting) -> str:
    if isinstance(value, list):
        return with_items(text, key, value, order=KEYS, path=FILE)
    if isinstance(value, dict):
        return with_values(text, key, value, order=KEYS, path=FILE)
    return with_key(text, key, value, order=KEYS, path=FILE)
