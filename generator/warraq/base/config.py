"""site.yaml: read, checked, and frozen. An unknown key is a warning with the nearest known one."""

import hashlib
import re
from collections.abc import Callable
from difflib import get_close_matches
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import msgspec

from warraq.base.conflicts import conflicts_in
from warraq.base.controls import controls_in, without_controls
from warraq.base.days import Digits, Months
from warraq.base.marked_yaml import (
    MappingNode,
    Node,
    ScalarNode,
    SequenceNode,
    compose,
    hidden,
    line_of,
    pairs,
)
from warraq.base.problems import Language, Problem, WarraqError, error, reason, warning
from warraq.base.slips import slips
from warraq.base.urls import is_web_address
from warraq.base.zones import is_zone, nearest_zones

FILE = "site.yaml"
# RFC 4151: a domain or an e-mail address, and a day on which it was the archive's.
_TAGGING_ENTITY = re.compile(
    r"(?:[\w.-]+@)?[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+"
    r",\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?",
    re.ASCII,
)


class NavigationItem(msgspec.Struct, frozen=True):
    """A link in the site's menu: `url` is a site path ("/stories/") or an absolute address."""

    label: str
    url: str


class SiteConfig(msgspec.Struct, frozen=True, omit_defaults=True):
    """The settings of one site, as design §3 lists them. `base_url` ends in "/"."""

    name: str
    description: str = ""
    base_url: str = "http://localhost:8000/"
    lang: str = "ar"
    time_zone: str = "UTC"
    months: Months = "dual"
    digits: Digits = "latn"
    hijri: bool = False
    week_start: Literal["saturday", "sunday", "monday"] = "saturday"
    messages: Language | None = None  # None: by the locale of the terminal
    history: Literal["git", "none"] = "git"
    rights_display: Literal["full", "excerpt", "none"] = "full"
    rights_index: bool = True
    rights_machines: bool = True
    show_proposed: bool = True
    fonts: Literal["system", "naskh"] = "system"
    theme_api: int = 1
    content_schema: int = 1
    navigation: tuple[NavigationItem, ...] = ()
    seed_id: str = ""
    contact: str = ""
    image_hosts: tuple[str, ...] = ()
    feed_id: str = ""
    # The field map for exports (NDJSON, CSV), as plain data; intake checks what it means.
    import_fields: dict[str, str] = {}
    # What terms of other systems are called here: a topic's key or name, "" for none.
    import_topics: dict[str, str] = {}

    @property
    def base_path(self) -> str:
        """The path part of `base_url`, "/" or "/archive/"."""
        return urlsplit(self.base_url).path or "/"

    def feed_id_of(self, path: str) -> str:
        """Return the id that feeds give what stands at a site path: the same at any `base_url`.

        A tag: URI (RFC 4151), by the setting `feed_id` or else by the archive's name under a domain
        that nobody can own (RFC 2606); or an address, if the archive began with such ids.
        """
        if is_web_address(self.feed_id):
            return self.feed_id + path[1:]
        name = hashlib.blake2b(self.name.encode(), digest_size=6).hexdigest()
        return f"tag:{self.feed_id or f'{name}.invalid,2025'}:{path}"


def load(site: Path) -> tuple[SiteConfig, tuple[Problem, ...]]:
    """Return the settings of a site folder and its warnings; WarraqError (exit 2) if unusable."""
    try:
        text = (site / FILE).read_text("utf-8")
    except FileNotFoundError:
        if not site.is_dir():
            raise WarraqError([error("site-folder", str(site))], exit_code=2) from None
        raise WarraqError(
            [error("site-missing", FILE, folder=site.resolve())], exit_code=2
        ) from None
    except (OSError, UnicodeDecodeError) as fault:
        raise WarraqError(
            [error("file-unreadable", FILE, why=reason(fault))], exit_code=2
        ) from None
    config, problems = parse(text)
    if any(p.severity == "error" for p in problems):
        raise WarraqError(problems, exit_code=2)
    return config, tuple(problems)


def parse(text: str, path: str = FILE) -> tuple[SiteConfig, list[Problem]]:
    """Return the settings `text` gives and every problem; broken values keep their default."""
    if lines := conflicts_in(text):
        return SiteConfig(name=""), [error("merge-conflict", path, line) for line in lines]
    problems = [
        warning("hidden-controls", path, line, value=names) for line, names in controls_in(text)
    ]
    try:
        root = compose(without_controls(text), path)
    except WarraqError as fault:
        return SiteConfig(name=""), [*problems, *fault.problems]
    problems += hidden(root, path)
    problems += slips(text, root, path, 1) if root else ()
    found: dict[str, object] = {}
    for key, key_node, node in pairs(root) if root else ():
        if key not in _READERS:
            near = get_close_matches(key, _READERS, n=1)
            code = "key-unknown-near" if near else "key-unknown"
            problems.append(
                warning(code, path, line_of(key_node), key=key, near=near[0] if near else "")
            )
            continue
        try:
            found.update(_READERS[key](key, node))
        except _UnfitError as unfit:
            problems.append(
                error(unfit.code, path, line_of(node), key=key, value=_shown(node), want=unfit.want)
            )
    if not found.get("name"):
        problems.append(error("site-name", path))
        found["name"] = ""
    return SiteConfig(**found), problems  # type: ignore[arg-type] # each reader returns its own type


class _UnfitError(Exception):
    def __init__(self, want: str, code: str = "setting-invalid") -> None:
        self.want = want
        self.code = code


_Reader = Callable[[str, Node], dict[str, object]]


def _text(key: str, node: Node) -> dict[str, object]:
    if not isinstance(node, ScalarNode):
        raise _UnfitError("want-text")
    return {key: " ".join(node.value.split())}


def _choice(*options: str) -> _Reader:
    def read(key: str, node: Node) -> dict[str, object]:
        if not isinstance(node, ScalarNode) or node.value not in options:
            raise _UnfitError(" | ".join(options))
        return {key: node.value}

    return read


def _flag(key: str, node: Node) -> dict[str, object]:
    if not isinstance(node, ScalarNode) or node.value not in {"true", "false"}:
        raise _UnfitError("true | false")
    return {key: node.value == "true"}


def _time_zone(key: str, node: Node) -> dict[str, object]:
    name = node.value.strip() if isinstance(node, ScalarNode) else ""
    if not is_zone(name):
        near = nearest_zones(name)
        raise _UnfitError(
            " | ".join(near or ("Asia/Damascus", "Africa/Cairo", "UTC")), "time-zone-unknown"
        )
    return {key: name}


def _number(key: str, node: Node) -> dict[str, object]:
    if not isinstance(node, ScalarNode) or node.value != "1":
        raise _UnfitError("1")
    return {key: 1}


def _base_url(key: str, node: Node, want: str = "https://example.org/") -> dict[str, object]:
    if not isinstance(node, ScalarNode) or not is_web_address(node.value):
        raise _UnfitError(want)
    parts = urlsplit(node.value)
    if parts.query or parts.fragment or not re.fullmatch(r"[!-~]*", node.value):
        raise _UnfitError("https://example.org/archive/")
    return {key: node.value.rstrip("/") + "/"}


def _feed_id(key: str, node: Node) -> dict[str, object]:
    value = node.value if isinstance(node, ScalarNode) else ""
    if _TAGGING_ENTITY.fullmatch(value):
        return {key: value}
    return _base_url(key, node, want="example.org,2025 | https://example.org/")


def _lang(key: str, node: Node) -> dict[str, object]:
    if not isinstance(node, ScalarNode) or not re.fullmatch(
        r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", node.value
    ):
        raise _UnfitError("ar | ar-SY | en …")
    return {key: node.value}


def _pattern(key: str, node: Node) -> dict[str, object]:
    try:
        groups = re.compile(node.value).groups if isinstance(node, ScalarNode) else 0
    except re.error:
        groups = 0
    if groups != 1:
        raise _UnfitError("want-pattern")
    return {key: node.value}


def _rights(_key: str, node: Node) -> dict[str, object]:
    readers = {"display": _choice("full", "excerpt", "none"), "index": _flag, "machines": _flag}
    return {f"rights_{name}": value for name, value in _within(node, readers)}


def _stories(_key: str, node: Node) -> dict[str, object]:
    return dict(_within(node, {"show_proposed": _flag}))


def _import(_key: str, node: Node) -> dict[str, object]:
    want = "fields: {title: headline, …}, topics: {طرق: roads, …}"
    if not isinstance(node, MappingNode):
        raise _UnfitError(want)
    found: dict[str, object] = {}
    for name, _, value in pairs(node):
        if name not in {"fields", "topics"} or not isinstance(value, MappingNode):
            raise _UnfitError(want)
        found[f"import_{name}"] = {
            key: scalar.value for key, _, scalar in pairs(value) if isinstance(scalar, ScalarNode)
        }
    return found


def _within(node: Node, readers: dict[str, _Reader]) -> list[tuple[str, object]]:
    if not isinstance(node, MappingNode):
        raise _UnfitError(", ".join(readers))
    values: list[tuple[str, object]] = []
    for name, _, value in pairs(node):
        if name not in readers:
            raise _UnfitError(", ".join(readers))
        values += readers[name](name, value).items()
    return values


def _navigation(key: str, node: Node) -> dict[str, object]:
    want = "- {label: …, url: /topics/}"
    if not isinstance(node, SequenceNode):
        raise _UnfitError(want)
    items = []
    for item in node.value:
        values = dict(_within(item, {"label": _text, "url": _text}))
        label, url = str(values.get("label", "")), str(values.get("url", ""))
        local = url.startswith("/") and not url.startswith("//")
        if not label or not (local or is_web_address(url)):
            raise _UnfitError(want)
        items.append(NavigationItem(label, url))
    return {key: tuple(items)}


def _hosts(key: str, node: Node) -> dict[str, object]:
    if not isinstance(node, SequenceNode) or not all(
        isinstance(item, ScalarNode) and re.fullmatch(r"[a-z0-9.-]+", item.value)
        for item in node.value
    ):
        raise _UnfitError("- images.example.org")
    return {key: tuple(item.value for item in node.value)}


_READERS: dict[str, _Reader] = {
    "name": _text,
    "description": _text,
    "base_url": _base_url,
    "lang": _lang,
    "time_zone": _time_zone,
    "months": _choice("levantine", "egyptian", "maghreb", "dual"),
    "digits": _choice("latn", "arab"),
    "hijri": _flag,
    "week_start": _choice("saturday", "sunday", "monday"),
    "messages": _choice("ar", "en"),
    "history": _choice("git", "none"),
    "rights": _rights,
    "stories": _stories,
    "fonts": _choice("system", "naskh"),
    "theme_api": _number,
    "content_schema": _number,
    "navigation": _navigation,
    "seed_id": _pattern,
    "contact": _text,
    "image_hosts": _hosts,
    "feed_id": _feed_id,
    "import": _import,
}


def _shown(node: Node) -> str:
    return node.value[:60] if isinstance(node, ScalarNode) else "…"
