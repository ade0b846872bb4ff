"""The front matter of other generators → facts: Hugo, Jekyll, Pelican, Zola, Obsidian notes.

YAML between lines of `---`, TOML between `+++`, a JSON object, or `Key: value` lines ended by an
empty line. `_KEYS` lists the keys that are read; any other key becomes a fact `dropped`, for the
receipt. Prose with a colon is not front matter: without fences, every line must have a key, and one
of them must be the title.

Sources: gohugo.io/content-management/front-matter, jekyllrb.com/docs/front-matter and /permalinks,
docs.getpelican.com/en/latest/content.html, getzola.org/documentation/content/page, and
help.obsidian.md/properties.
"""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import NamedTuple

from warraq.base.marked_yaml import compose, plain
from warraq.base.problems import WarraqError
from warraq.base.urls import is_web_address, old_path, url_parts
from warraq.model import Fact, Figure
from warraq.seeds.exports.field_values import moment
from warraq.seeds.exports.jsontext import parsed

BASIS = "front-matter"
_FENCES = {"---": ("---", "..."), "+++": ("+++",)}
_LINE = re.compile(r"(?P<key>[^\W\d][\w -]{0,30}?)[ \t]*:(?:[ \t]+(?P<value>.*)|)$")
_EMPTY = re.compile(r"\n(?=[ \t]*\n)")
_ORG = re.compile(r"#\+([A-Za-z_]+):(?:\s+(.*)|)$")
_STAMP = re.compile(r"[<\[](\d{4}-\d\d-\d\d)[^\d<>\[\]]*(\d\d?:\d\d)?[^<>\[\]]*[>\]]")
_HEADING = re.compile(r"(?m)^[ ]{0,3}#{1,2} \S")
_SURE = 2  # lines from which Arabic `Key: value` is front matter; a single one may be prose

# The meaning of each key, by its name in lower case with underscores.
_KEYS = {
    **dict.fromkeys(("title", "العنوان"), "title"),
    **dict.fromkeys(("date", "publishdate", "published", "published_at", "pubdate",
                     "date_published", "publish_date", "datepublished", "التاريخ", "تاريخ_النشر"),
                    "date"),
    **dict.fromkeys(("lastmod", "modified", "updated", "last_modified_at", "last_modified"),
                    "modified"),
    **dict.fromkeys(("author", "authors", "byline", "الكاتب", "المؤلف"), "author"),
    **dict.fromkeys(("tags", "tag", "keywords", "topics", "الوسوم"), "topic"),
    **dict.fromkeys(("categories", "category", "section", "sections", "التصنيف", "القسم"),
                    "section"),
    **dict.fromkeys(("description", "summary", "excerpt", "subtitle", "standfirst"), "description"),
    **dict.fromkeys(("url", "permalink"), "address"),
    **dict.fromkeys(("aliases", "alias", "redirect_from", "old_urls"), "alias"),
    **dict.fromkeys(("slug", "path"), "slug"),
    **dict.fromkeys(("source", "link", "source_url", "canonical_url", "original", "external_url",
                     "المصدر", "الرابط"), "source"),
    **dict.fromkeys(("outlet", "publisher"), "outlet"),
    **dict.fromkeys(("lang", "language", "locale", "اللغة"), "lang"),
    **dict.fromkeys(("draft", "private", "hidden", "unlisted", "password"), "draft"),
    **dict.fromkeys(("status", "visibility"), "status"),
    **dict.fromkeys(("image", "images", "cover", "cover_image", "coverimage", "featured_image",
                     "featuredimage", "feature_image", "hero_image", "heroimage", "hero",
                     "thumbnail", "banner", "header", "og_image", "صورة", "الصورة"), "image"),
}  # fmt: skip
_SOURCES = ("src", "image", "url", "path", "file", "teaser", "overlay_image", "feature", "relative")
_FILE = re.compile(r"[^:?#{}]+\.(?:jpe?g|png|gif|webp|avif)\Z", re.IGNORECASE)
_WITHIN = ("taxonomies", "extra", "params")  # tables of Hugo and Zola whose keys are read as well
_KEPT_BACK = frozenset("draft private pending future unpublished hidden trash deleted".split())
_NO = frozenset(("", "false", "no", "off", "0"))
_YES = frozenset(("true", "yes", "on", "1"))
_HOUR = re.compile(
    r"(\d{4}-\d\d-\d\d)[ T](\d\d?:\d\d(?::\d\d)?)(?:\.\d+)?(?: ?([+-]\d\d):?(\d\d))?$"
)
_WIKI = re.compile(r"!?\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]")
_COMMA = re.compile(r"[,،;؛]")
# Jekyll's built-in permalink styles.
_STYLES = {
    "date": "/:categories/:year/:month/:day/:title.html",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title.html",
    "none": "/:categories/:title.html",
}
_NAMED = re.compile(r"(?P<day>\d{4}-\d\d-\d\d|(?:19|20)\d{6})(?:[-_ ]+(?P<slug>[^/]+))?\.\w+$")


class Parted(NamedTuple):
    """A seed without its front matter, which empty lines replace to keep the line numbers."""

    text: str
    facts: tuple[Fact, ...] = ()
    figures: tuple[Figure, ...] = ()


def parted(text: str, name: str, *, dated: bool) -> Parted:
    """Return the seed `text` of the file `name` and the facts in its front matter.

    A date prefix of the file name (`2019-05-03-road.md`) is the date of a post with front matter.
    Without, it is that only if `dated`, else a candidate: it may be the date of a download.
    """
    values, end = _values_of(text)
    named = _NAMED.search(name.rpartition("/")[2])
    day = _day(named["day"]) if named else ""
    if not end:
        key = "name-day" if dated else "name-candidate"
        return Parted(text, (Fact(key, day, "file-name"),) if day else ())
    facts = list(_facts(values, day, (named["slug"] or "") if named else ""))
    if day and not any(fact.key == "date" for fact in facts):
        facts.append(Fact("date", day, "file-name"))
    stem = name.rpartition("/")[2].rpartition(".")[0]
    if dated and " " in stem and not day and not _is_titled(text[end:], facts):
        facts.append(Fact("title", stem, "file-name"))  # a note's file name is its title
    figures = list(_figures(values))
    return Parted("\n" * text.count("\n", 0, end) + text[end:], tuple(facts), tuple(figures))


def _day(text: str) -> str:
    """Return the date in a file name's prefix in ISO 8601, "" if it is not a valid date."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""


def _is_titled(text: str, facts: list[Fact]) -> bool:
    return any(fact.key == "title" for fact in facts) or bool(_HEADING.search(text))


def _values_of(text: str) -> tuple[Mapping[str, object], int]:
    """Return (values, end offset) of the front matter of `text`, ({}, 0) without any."""
    start = len(text) - len(text.lstrip("\ufeff\n\t "))
    first = text[start:].partition("\n")[0].strip()
    if first in _FENCES:
        return _fenced(text, start, first)
    if first.startswith("{"):
        return _of_json(text, start)
    if _ORG.match(first):
        return _of_org(text, start)
    return _of_lines(text, start)


def _fenced(text: str, start: int, fence: str) -> tuple[Mapping[str, object], int]:
    begin = text.index("\n", start) + 1 if "\n" in text[start:] else len(text)
    closing = "|".join(map(re.escape, _FENCES[fence]))
    closed = re.compile(rf"^(?:{closing})[ \t]*(?:\n|\Z)", re.MULTILINE).search(text, begin)
    if closed is None:  # without a closing fence, it ends at an empty line
        return _of_lines(text, begin)
    head = text[begin : closed.start()]
    values = _of_toml(head) if fence == "+++" else _of_yaml(head)
    return (values, closed.end()) if _has_known_key(values) else ({}, 0)


def _has_known_key(values: Mapping[str, object]) -> bool:
    return any(_key(name) in _KEYS for name in values)


def _of_yaml(head: str) -> Mapping[str, object]:
    """Return the values of YAML; parse by line if invalid, as in «title: عاجل: فتح الطريق»."""
    try:
        root = compose(head, "")
    except WarraqError:
        return _by_line(head)
    found = plain(root) if root is not None else {}
    return found if isinstance(found, dict) else {}


def _of_toml(head: str) -> Mapping[str, object]:
    try:
        return tomllib.loads(head)
    except (tomllib.TOMLDecodeError, RecursionError):
        return _by_line(re.sub(r"(?m)^(\w+)[ \t]*=", r"\1:", head))


def _of_json(text: str, start: int) -> tuple[Mapping[str, object], int]:
    try:
        _, end = json.JSONDecoder(strict=False).raw_decode(text, start)
        found = parsed(text[start:end])
    except (ValueError, RecursionError):
        return {}, 0
    is_whole = (
        isinstance(found, dict) and _has_known_key(found) and text[end : end + 1] in {"", "\n"}
    )
    return (found, end) if is_whole and isinstance(found, dict) else ({}, 0)


def _of_org(text: str, start: int) -> tuple[Mapping[str, object], int]:
    """Return the values in an Org file's header: `#+TITLE: …`, `#+DATE: <2019-05-03 Fri>`."""
    values: dict[str, object] = {}
    end = start
    for line in text[start:].splitlines(keepends=True):
        found = _ORG.match(line.strip())
        if not found and line.strip():
            break
        end += len(line)
        if found and (stated := found[2].strip()):
            key = _key(found[1]).removeprefix("file")
            stamp = _STAMP.search(stated) if key == "date" else None
            values[key] = (
                f"{stamp[1]} {stamp[2] or ''}".strip()
                if stamp
                else [tag for tag in stated.split(":") if tag.strip()]
                if key == "tags"
                else stated
            )
    return (values, end) if _has_known_key(values) else ({}, 0)


def _of_lines(text: str, start: int) -> tuple[Mapping[str, object], int]:
    """Return the values of unfenced lines, if all have keys and an empty line follows."""
    ended = _EMPTY.search(text, start)
    end = ended.end() if ended else len(text)
    block = text[start:end]
    lines = block.splitlines() if ended else []
    stated = [line for line in lines if line and not line[0].isspace()]
    keys = [_key(found["key"]) for line in stated if (found := _LINE.match(line))]
    titled = next((key for key in keys if _KEYS.get(key) == "title"), "")
    foreign = [key for key in keys if key not in _KEYS and not key.isascii()]
    if len(keys) < len(stated) or foreign or not titled:
        return {}, 0
    if not titled.isascii() and len(keys) < _SURE:
        return {}, 0
    return _by_line(block), end


def _by_line(head: str) -> dict[str, object]:
    found: dict[str, object] = {}
    key = ""
    for line in head.splitlines():
        named = None if line[:1].isspace() else _LINE.match(line)
        if named:
            key = named["key"]
            found[key] = _value(named["value"] or "")
        elif key and (more := line.strip().removeprefix("- ").strip()):
            held = found[key]
            items = held if isinstance(held, list) else [held] if held else []
            is_item = line.strip().startswith("- ")
            found[key] = (
                [*items, _unquoted(more)] if is_item else " ".join([*map(str, items), more])
            )
    return found


def _value(text: str) -> object:
    text = text.strip()
    if text.startswith("[") and text.endswith("]") and not text.startswith("[["):
        return [_unquoted(item) for item in re.split(r"[,،]", text[1:-1])]
    if re.fullmatch(r"\[[^\[\]]*[,،][^\[\]]*", text):  # a list without a closing bracket
        return [_unquoted(item) for item in re.split(r"[,،]", text[1:])]
    return _unquoted(text)


def _unquoted(text: str) -> str:
    text = text.strip()
    if text[:1] not in {'"', "'"}:
        return text
    if text.count(text[0]) == 1:  # an unclosed quotation mark
        return text[1:]
    return text[1:-1] if text[0] == text[-1] else text


def _key(name: str) -> str:
    return re.sub(r"[\s-]+", "_", name.strip().lower())


class _Entry(NamedTuple):
    name: str
    value: object


def _facts(values: Mapping[str, object], day: str, slug: str) -> Iterator[Fact]:
    """Yield the facts of all keys; `day` and `slug` are from the file name."""
    known: dict[str, list[_Entry]] = {}
    for name, value in _flat(_as_in_jekyll(values) if day else values):
        known.setdefault(_KEYS.get(_key(name), ""), []).append(_Entry(name, value))
    for item in known.pop("", []):
        yield _dropped(item)
    for item in known.pop("image", []):
        if not list(_shown(item.value)):
            yield _dropped(item)
    for key in ("title", "date", "modified", "author", "description", "lang", "outlet", "topic"):
        for item in known.get(key, []):
            yield from _read(key, item)
    # The first category is the section, since an article has only one; the others are topics.
    sections = [text for item in known.get("section", []) for text in _listed(item.value)]
    for number, text in enumerate(dict.fromkeys(sections)):
        yield Fact("topic" if number else "section", text, BASIS)
    for item in known.get("source", []):
        for text in _texts(item.value):
            yield Fact("url" if is_web_address(text) else "outlet", text, BASIS)
    yield from _kept_back(known)
    yield from _addresses(known, day, slug, sections)


def _as_in_jekyll(values: Mapping[str, object]) -> Mapping[str, object]:
    """Return `values` with «categories» and «tags» split at spaces, as Jekyll does."""
    if "layout" not in values:
        return values
    lines = {
        name: values[name] for name in ("categories", "tags") if isinstance(values.get(name), str)
    }
    names = {
        name: str(line).split() for name, line in lines.items() if not _COMMA.search(str(line))
    }
    return {**values, **names}


def _figures(values: Mapping[str, object]) -> Iterator[Figure]:
    """Yield the pictures named in front matter, each once."""
    seen = set()
    for name, value in _flat(values):
        for figure in _shown(value) if _KEYS.get(_key(name)) == "image" else ():
            if figure.src not in seen:
                yield figure
            seen.add(figure.src)


def _shown(value: object) -> Iterator[Figure]:
    """Yield the pictures of a value: an address, a path, or a table with one and its texts.

    >>> [figure.alt for figure in _shown({"image": "./a.jpg", "alt": "الجسر"})]
    ['الجسر']
    """
    if isinstance(value, list | tuple):
        for item in value:
            yield from _shown(item)
    elif isinstance(value, Mapping):
        entry = {_key(str(name)): inner for name, inner in value.items()}
        src = next((entry[name] for name in _SOURCES if isinstance(entry.get(name), str)), "")
        words = {name: str(entry.get(name) or "") for name in ("alt", "caption", "credit")}
        for figure in _shown(src):
            yield Figure(
                figure.src, words["alt"] or words["caption"], words["caption"], words["credit"]
            )
    elif isinstance(value, str):
        src = _WIKI.sub(r"\1", value.strip()) if value.startswith(("[[", "![[")) else value.strip()
        here = src.removeprefix("./").lstrip("/")
        if is_web_address(src):
            yield Figure(src)
        elif _FILE.match(here) and ".." not in here:
            yield Figure(here)


def _flat(values: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    for name, value in values.items():
        if isinstance(value, Mapping) and _key(name) in _WITHIN:
            yield from value.items()
        else:
            yield name, value


def _read(key: str, item: _Entry) -> Iterator[Fact]:
    """Yield the facts of a key; «published: true» is not a date."""
    if key == "date" and str(item.value).lower() in _YES | _NO:
        return
    for text in _listed(item.value) if key in {"author", "topic"} else _texts(item.value):
        bare = text.lstrip("# ") if key == "topic" else text
        if value := moment(_hour(bare)) if key in {"date", "modified"} else bare:
            yield Fact(key, value, BASIS)


def _hour(text: str) -> str:
    """Return «2019-05-03 10:20 +0300» in ISO 8601."""
    found = _HOUR.match(text)
    if not found:
        return text
    clock = found[2].zfill(5) if len(found[2]) < len("10:20:00") else found[2]
    return f"{found[1]}T{clock}" + (f"{found[3]}:{found[4]}" if found[3] else "")


def _kept_back(known: Mapping[str, list[_Entry]]) -> Iterator[Fact]:
    """Yield `draft` if the generator would not publish the page."""
    for item in known.get("draft", []):
        if str(item.value).lower() not in _NO:
            yield Fact("draft", _key(item.name), BASIS)
    for item in known.get("status", []):
        if str(item.value).lower() in _KEPT_BACK:
            yield Fact("draft", str(item.value), BASIS)
        else:
            yield _dropped(item)
    for item in known.get("date", []):
        if str(item.value).lower() in _NO:
            yield Fact("draft", f"{item.name}: {item.value}", BASIS)


def _addresses(
    known: Mapping[str, list[_Entry]], day: str, slug: str, sections: list[str]
) -> Iterator[Fact]:
    """Yield the old addresses: `alias` for a path that a file can serve, else `dropped`.

    A permalink may be a pattern (`/:year/:month/:title/`), filled in from the file name. A slug is
    only the last part of an address, and used as an address only if no other is given.
    """
    stated = [text for item in known.get("address", []) for text in _texts(item.value)]
    for text in stated:
        if is_web_address(text):
            yield Fact("url", text, BASIS)
    whole = [_expanded(text, day, slug, sections) for text in stated]
    for item in known.get("alias", []):
        paths = [text for text in _texts(item.value) if "/" in text or "." in text]
        whole += paths
        if len(paths) < len(_texts(item.value)):
            yield _dropped(item)  # alternative titles of an Obsidian note
    slugs = [text for item in known.get("slug", []) for text in _texts(item.value)]
    for text in dict.fromkeys(whole if stated else [*whole, *slugs]):
        path = _path(text)
        if path and path != "/":
            yield Fact("alias", path, BASIS)
        elif text.strip("/"):
            yield Fact("dropped", text, "old-address")
    if stated:
        for item in known.get("slug", []):
            yield _dropped(item)


def _expanded(address: str, day: str, slug: str, sections: list[str]) -> str:
    """Return a permalink with the placeholders of its pattern filled in.

    >>> _expanded("pretty", "2019-05-03", "road", ["news"])
    '/news/2019/05/03/road/'
    """
    address = _STYLES.get(address, address)
    if "/:" not in address or not day:
        return address
    year, month, number = day.split("-")
    parts = {
        "year": year,
        "month": month,
        "i_month": month.lstrip("0"),
        "day": number,
        "i_day": number.lstrip("0"),
        "short_year": year[2:],
        "title": slug,
        "slug": slug,
        "y_day": f"{date.fromisoformat(day).timetuple().tm_yday:03}",
        "categories": "/".join(sections),
    }
    filled = re.sub(r":(\w+)", lambda found: parts.get(found[1], found[0]), address)
    return re.sub("/{2,}", "/", filled)


def _path(address: str) -> str:
    parts = url_parts(address)
    return "" if parts.query or parts.fragment else old_path(parts.path)


def _dropped(item: _Entry) -> Fact:
    value = (
        item.value
        if isinstance(item.value, str)
        else json.dumps(item.value, ensure_ascii=False, default=str)
    )
    return Fact("dropped", f"{item.name}: {value}", BASIS)


def _listed(value: object) -> list[str]:
    """Return the names in a list, or in a comma-separated line."""
    if isinstance(value, str):
        value = _COMMA.split(value)
    return _texts(value)


def _texts(value: object) -> list[str]:
    if isinstance(value, list | tuple):
        return [text for item in value for text in _texts(item)]
    if isinstance(value, Mapping):
        return _texts(value.get("name") or value.get("title"))
    if isinstance(value, datetime):
        return [value.isoformat()]
    text = "" if value is None else " ".join(_WIKI.sub(r"\1", str(value)).split())
    return [text] if text else []
