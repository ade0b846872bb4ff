"""site.yaml: read, checked, and frozen. An unknown key is a warning with the nearest known one."""

import hashlib
import re
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal, get_args, get_type_hints
from unicodedata import normalize
from urllib.parse import urlsplit

import msgspec
from msgspec import structs

from warraq.base.conflicts import conflicts_in
from warraq.base.controls import controls_in, without_controls
from warraq.base.days import Digits, Months
from warraq.base.files import is_regular
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
from warraq.base.problems import Language, Problem, WarraqError, error, reason_code, warning
from warraq.base.slips import slips
from warraq.base.urls import is_web_address
from warraq.base.values import Reader, UnfitError, choice, flag, language, shown, text
from warraq.base.zones import is_zone, nearest_zones

FILE = "site.yaml"
_ROBOTS = "static/robots.txt"
# RFC 4151: a domain or an e-mail address, and a day on which it was the archive's.
_TAGGING_ENTITY = re.compile(
    r"(?:[\w.-]+@)?[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+"
    r",\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?",
    re.ASCII,
)
_WANT_IMPORT = "fields: {title: headline, …}, topics: {طرق: roads, …}"
_WANT_COLOUR = '"#8b1e2d" | {light: "#8b1e2d", dark: "#f0a0a8"}'
_HOST = re.compile(r"[a-z0-9.-]+")
_HEX = re.compile(r"#(?:[0-9a-f]{3}){1,2}")
_PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif", ".svg", ".ico")
# Folders and a name, none of which begins with a dot; nothing that an address gives a meaning.
_SITE_FILE = re.compile(r"/?(?:[^/\\.?#:%\s][^/\\?#:%]*/)*[^/\\.?#:%\s][^/\\?#:%]*")


class NavigationItem(msgspec.Struct, frozen=True):
    """A link in the site's menu: `url` is a site path ("/stories/") or an absolute address."""

    label: str
    url: str


class Colour(msgspec.Struct, frozen=True):
    """A colour of the theme as site.yaml sets it, `#rrggbb`; "" leaves a scheme's to the theme."""

    light: str
    dark: str = ""


def _time_zone(node: Node) -> str:
    name = node.value.strip() if isinstance(node, ScalarNode) else ""
    if not is_zone(name):
        near = nearest_zones(name) or ("Asia/Damascus", "Africa/Cairo", "UTC")
        raise UnfitError(node, " | ".join(near), "time-zone-unknown")
    return name


def _one(node: Node) -> int:
    """Return the number of an interface that has had one version so far."""
    choice("1")(node)
    return 1


def _base_url(node: Node, want: str = "https://example.org/") -> str:
    if not isinstance(node, ScalarNode) or not is_web_address(node.value):
        raise UnfitError(node, want)
    parts = urlsplit(node.value)
    if parts.query or parts.fragment or not re.fullmatch(r"[!-~]*", node.value):
        raise UnfitError(node, "https://example.org/archive/")
    return str(node.value).rstrip("/") + "/"


def _feed_id(node: Node) -> str:
    value = node.value if isinstance(node, ScalarNode) else ""
    if _TAGGING_ENTITY.fullmatch(value):
        return value
    return _base_url(node, want="example.org,2025 | https://example.org/")


def _site_language(node: Node) -> str:
    return language(node, want="ar | ar-SY | en …")


def _pattern(node: Node) -> str:
    try:
        groups = re.compile(node.value).groups if isinstance(node, ScalarNode) else 0
    except re.error:
        groups = 0
    if groups != 1:
        raise UnfitError(node, "want-pattern")
    return str(node.value)


def _navigation(node: Node) -> tuple[NavigationItem, ...]:
    want = "- {label: …, url: /topics/}"
    if not isinstance(node, SequenceNode):
        raise UnfitError(node, want)
    items = []
    for item in node.value:
        values = _map(item, {"label": text, "url": text})
        label, url = str(values.get("label", "")), str(values.get("url", ""))
        local = url.startswith("/") and not url.startswith("//")
        if not label or not (local or is_web_address(url)):
            raise UnfitError(item, want)
        items.append(NavigationItem(label, url))
    return tuple(items)


def _hosts(node: Node) -> tuple[str, ...]:
    if not isinstance(node, SequenceNode) or not all(
        isinstance(item, ScalarNode) and _HOST.fullmatch(item.value) for item in node.value
    ):
        raise UnfitError(node, "- images.example.org")
    return tuple(item.value for item in node.value)


def _picture(node: Node) -> str:
    """Return the site path of a picture of content/media, or of static/ where it begins with /."""
    return _own_file(node, _PICTURES, "logo.png | /logo.svg", "media/")


def _share_picture(node: Node) -> str:
    """Return the site path of a picture that other sites can show: they take no SVG."""
    return _own_file(node, tuple(set(_PICTURES) - {".svg"}), "card.png | /card.png", "media/")


def _sheets(node: Node) -> tuple[str, ...]:
    return _listed(node, (".css",), "[own.css]")


def _fonts(node: Node) -> tuple[str, ...]:
    """Return the site paths of a font's files: regular, bold."""
    files = _listed(node, (".woff2",), "[naskh.woff2, naskh-bold.woff2]")
    if len(files) > 2:
        raise UnfitError(node, "[naskh.woff2, naskh-bold.woff2]")
    return files


def _listed(node: Node, endings: tuple[str, ...], want: str) -> tuple[str, ...]:
    """Return the site paths of a list of files of static/."""
    if not isinstance(node, SequenceNode):
        raise UnfitError(node, want)
    return tuple(
        _own_file(item, endings, want.strip("[]").partition(",")[0]) for item in node.value
    )


def _own_file(node: Node, endings: tuple[str, ...], want: str, folder: str = "") -> str:
    """Return the site path of a file of the site; a name without "/" before it is in `folder`."""
    path = node.value if isinstance(node, ScalarNode) else ""
    if not _SITE_FILE.fullmatch(path) or not path.lower().endswith(endings):
        raise UnfitError(node, want)
    if folder and not path.startswith("/"):
        return folder + path.removeprefix(folder)
    return normalize("NFC", path).removeprefix("/")  # as files of static/ are published


def _colour(node: Node) -> Colour:
    if isinstance(node, ScalarNode):
        return Colour(_hex(node))
    return Colour(**{"light": "", **_map(node, {"light": _hex, "dark": _hex}, _WANT_COLOUR)})  # type: ignore[arg-type] # both are text


def _hex(node: Node) -> str:
    value = node.value.lower() if isinstance(node, ScalarNode) else ""
    if not _HEX.fullmatch(value):
        raise UnfitError(node, _WANT_COLOUR)
    return value if len(value) == 7 else "#" + "".join(digit * 2 for digit in value[1:])


def _terms(node: Node) -> dict[str, str]:
    if not isinstance(node, MappingNode):
        raise UnfitError(node, _WANT_IMPORT)
    return {key: value.value for key, _, value in pairs(node) if isinstance(value, ScalarNode)}


def _map(node: Node, readers: dict[str, Reader], want: str = "") -> dict[str, object]:
    """Return the values of a map whose keys are all among `readers`."""
    if not isinstance(node, MappingNode):
        raise UnfitError(node, want or ", ".join(readers))
    values: dict[str, object] = {}
    for name, key_node, value in pairs(node):
        if name not in readers:
            raise UnfitError(key_node, want or ", ".join(readers))
        values[name] = readers[name](value)
    return values


class SiteConfig(msgspec.Struct, frozen=True, omit_defaults=True):
    """The settings of one site, as docs/format.md lists them. `base_url` ends in "/".

    A row is all that a setting needs: its key, its type and its default. It is read as its type
    says, or by the reader that its annotation names. Those called `rights_…`, `stories_…`,
    `outputs_…` and `import_…` are keys of the maps `rights`, `stories`, `outputs` and `import`.
    """

    name: str
    description: str = ""
    base_url: Annotated[str, _base_url] = "http://localhost:8000/"
    lang: Annotated[str, _site_language] = "ar"
    time_zone: Annotated[str, _time_zone] = "UTC"
    months: Months = "dual"
    digits: Digits = "latn"
    hijri: bool = False
    week_start: Literal["saturday", "sunday", "monday"] = "saturday"
    # None: as the locale of the terminal says.
    messages: Annotated[Language | None, choice(*get_args(Language))] = None
    history: Literal["git", "none"] = "git"
    rights_display: Literal["full", "excerpt", "none"] = "full"
    rights_index: bool = True
    rights_machines: bool = True
    stories_show_proposed: bool = True
    # What is made beside the pages (docs/decisions/0045-output-on-a-diet.md).
    outputs_article_json: bool = True
    outputs_citations: bool = True
    outputs_csv: bool = True
    outputs_json_feeds: bool = True
    outputs_robots: bool = True
    outputs_shelf_feeds: Literal["full", "summary", "none"] = "summary"
    fonts: Literal["system", "naskh"] = "system"
    font_files: Annotated[tuple[str, ...], _fonts] = ()
    # Files of the site by their site paths, and colours; render/colours.py holds these to WCAG.
    logo: Annotated[str, _picture] = ""
    logo_dark: Annotated[str, _picture] = ""
    icon: Annotated[str, _picture] = ""
    share: Annotated[str, _share_picture] = ""
    colours_accent: Annotated[Colour | None, _colour] = None
    colours_link: Annotated[Colour | None, _colour] = None
    colours_paper: Annotated[Colour | None, _colour] = None
    colours_ink: Annotated[Colour | None, _colour] = None
    extra_css: Annotated[tuple[str, ...], _sheets] = ()
    foot: str = ""
    theme_api: Annotated[int, _one] = 1
    content_schema: Annotated[int, _one] = 1
    navigation: Annotated[tuple[NavigationItem, ...], _navigation] = ()
    seed_id: Annotated[str, _pattern] = ""
    contact: str = ""
    image_hosts: Annotated[tuple[str, ...], _hosts] = ()
    feed_id: Annotated[str, _feed_id] = ""
    # The field map for exports (NDJSON, CSV), as plain data; the importer checks what it means.
    import_fields: Annotated[dict[str, str], _terms] = {}
    # What terms of other systems are called here: a topic's key or name, "" for none.
    import_topics: Annotated[dict[str, str], _terms] = {}

    @property
    def published(self) -> "SiteConfig":
        """The settings without those that no page shows: all that a build may know."""
        return structs.replace(self, messages=None, seed_id="", import_fields={}, import_topics={})

    @property
    def pictures(self) -> dict[str, str]:
        """Setting → site path of the pictures that every page shows or names."""
        settings = {name: getattr(self, name) for name in ("logo", "logo_dark", "icon", "share")}
        return {name: path for name, path in settings.items() if path}

    @property
    def own_files(self) -> tuple[tuple[str, str], ...]:
        """(setting, site path) of all files that every page loads or names."""
        listed = ("extra_css", "font_files")
        return (*self.pictures.items(), *((k, path) for k in listed for path in getattr(self, k)))

    @property
    def colours(self) -> dict[str, Colour]:
        """The colours that are set, by their names in the theme."""
        names = ("paper", "ink", "accent", "link")
        return {name: colour for name in names if (colour := getattr(self, f"colours_{name}"))}

    @property
    def base_path(self) -> str:
        """The path part of `base_url`, "/" or "/archive/"."""
        return urlsplit(self.base_url).path or "/"

    def feed_id_of(self, path: str) -> str:
        """Return the id that feeds give to the page at a site path: the same at any `base_url`.

        A tag: URI (RFC 4151) from the setting `feed_id`, by default from the archive's name under a
        domain that nobody can own (RFC 2606); or an address, if the archive began with such ids.
        """
        if is_web_address(self.feed_id):
            return self.feed_id + path[1:]
        name = hashlib.blake2b(self.name.encode(), digest_size=6).hexdigest()
        return f"tag:{self.feed_id or f'{name}.invalid,2025'}:{path}"


def _reader_for(hint: object) -> Reader:
    """Return the reader for a setting whose type is `hint`."""
    if named := getattr(hint, "__metadata__", ()):
        reader: Reader = named[0]
        return reader
    if options := get_args(hint):
        return choice(*options)
    return flag if hint is bool else text


_READERS = {
    name: _reader_for(hint)
    for name, hint in get_type_hints(SiteConfig, include_extras=True).items()
}
# Keys of site.yaml that hold a map: the readers of its settings by their keys in there.
_MAPS = {
    key: {
        name.removeprefix(f"{key}_"): _READERS[name]
        for name in _READERS
        if name.startswith(f"{key}_")
    }
    for key in ("rights", "stories", "outputs", "colours", "import")
}
KEYS = (*(name for name in _READERS if name.partition("_")[0] not in _MAPS), *_MAPS)


def load(site: Path) -> tuple[SiteConfig, tuple[Problem, ...]]:
    """Return the settings of a site folder and its warnings; WarraqError (exit 2) if unusable."""
    try:
        source = (site / FILE).read_text("utf-8")
    except FileNotFoundError:
        if not site.is_dir():
            raise WarraqError([error("site-folder", str(site))], exit_code=2) from None
        raise WarraqError(
            [error("site-missing", FILE, folder=site.resolve())], exit_code=2
        ) from None
    except (OSError, UnicodeDecodeError) as fault:
        raise WarraqError(
            [error("file-unreadable", FILE, why=reason_code(fault))], exit_code=2
        ) from None
    config, problems = parse(source)
    if any(p.severity == "error" for p in problems):
        raise WarraqError(problems, exit_code=2)
    if is_regular(site / _ROBOTS):
        problems += _own_robots(site, config)
        config = structs.replace(config, outputs_robots=False)
    return config, tuple(problems)


def _own_robots(site: Path, config: SiteConfig) -> Iterator[Problem]:
    """Yield what crawlers would miss in a robots.txt that stands for the one the site makes."""
    try:
        names_sitemap = b"sitemap:" in (site / _ROBOTS).read_bytes().lower()
    except OSError as fault:
        yield warning("file-unreadable", _ROBOTS, why=reason_code(fault))
        return
    if config.rights_index and not names_sitemap:
        yield warning("robots-sitemap", _ROBOTS, address=f"{config.base_url}sitemap.xml")


def parse(source: str, path: str = FILE) -> tuple[SiteConfig, list[Problem]]:
    """Return the settings that `source` gives and every problem; broken ones keep their default."""
    if lines := conflicts_in(source):
        return SiteConfig(name=""), [error("merge-conflict", path, line) for line in lines]
    problems = [
        warning("hidden-controls", path, line, value=names) for line, names in controls_in(source)
    ]
    try:
        root = compose(without_controls(source), path)
    except WarraqError as fault:
        return SiteConfig(name=""), [*problems, *fault.problems]
    problems += hidden(root, path)
    problems += slips(source, root, path, 1) if root else ()
    settings: dict[str, object] = {}
    for key, key_node, node in pairs(root) if root else ():
        if key not in KEYS:
            problems.append(_unknown(key, path, line_of(key_node)))
            continue
        try:
            settings |= _settings(key, node)
        except UnfitError as unfit:
            at = unfit.node
            args = {"key": key, "value": shown(at), "want": unfit.want}
            problems.append(error(unfit.code or "setting-invalid", path, line_of(at), **args))
    if not settings.get("name"):
        problems.append(error("site-name", path))
        settings["name"] = ""
    return SiteConfig(**settings), problems  # type: ignore[arg-type] # each reader returns its own type


def _unknown(key: str, path: str, line: int) -> Problem:
    near = get_close_matches(key, KEYS, n=1)
    if near:
        return warning("key-unknown-near", path, line, key=key, near=near[0])
    return warning("key-unknown", path, line, key=key, near="")


def _settings(key: str, node: Node) -> dict[str, object]:
    """Return setting → value for `key` of site.yaml: several where it holds a map."""
    if key not in _MAPS:
        return {key: _READERS[key](node)}
    want = _WANT_IMPORT if key == "import" else ""
    return {f"{key}_{name}": value for name, value in _map(node, _MAPS[key], want).items()}
