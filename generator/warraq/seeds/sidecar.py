"""Metadata in a separate file: `name.yaml` or `name.json` next to `name.txt`."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from warraq.base.files import is_inside, relative_name
from warraq.base.marked_yaml import compose, plain
from warraq.base.problems import WarraqError, error, reason_code
from warraq.model import Fact
from warraq.seeds.exports.jsontext import parsed

MAX_SIDECAR = 256 * 1024  # bytes
SUFFIXES = (".yaml", ".yml", ".json")
KEYS = ("url", "received", "outlet", "date", "title", "author", "section", "topic", "description")


def is_sidecar(path: Path) -> bool:
    """Whether `path` may be a sidecar, judged by its name."""
    return path.suffix in SUFFIXES


def digest_beside(path: Path) -> str:
    """Return 16 hex digits of the SHA-256 of the sidecar of the seed at `path`, "" without one."""
    for sidecar in _sidecars(path):
        try:
            return hashlib.sha256(sidecar.read_bytes()).hexdigest()[:16]
        except OSError:
            continue
    return ""


def _sidecars(path: Path) -> Iterator[Path]:
    stem = os.path.splitext(path)[0]  # noqa: PTH122 - called for every seed; pathlib takes ten times as long
    return (Path(stem + suffix) for suffix in SUFFIXES if os.path.isfile(stem + suffix))  # noqa: PTH113


def facts_beside(path: Path, site: Path) -> tuple[Fact, ...]:
    """Return the facts in the sidecar of the seed at `path`, in the order of KEYS; () without one.

    Raise WarraqError if the sidecar is broken or has a key that is not in KEYS: metadata that
    somebody took the trouble to write down is never dropped silently.
    """
    sidecar = next(_sidecars(path), None)
    return _facts(sidecar, site) if sidecar else ()


def _facts(sidecar: Path, site: Path) -> tuple[Fact, ...]:
    name = relative_name(site, sidecar)
    if not is_inside(sidecar, site):
        raise WarraqError([error("seed-outside", name)])
    try:
        if sidecar.stat().st_size > MAX_SIDECAR:
            raise WarraqError([error("sidecar-broken", name, why="why-large")])
        text = sidecar.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise WarraqError([error("sidecar-broken", name, why=reason_code(fault))]) from None
    values = _json(text, name) if sidecar.suffix == ".json" else _yaml(text, name)
    if unknown := sorted(set(values) - set(KEYS)):
        raise WarraqError([error("sidecar-key", name, key=unknown[0], known=", ".join(KEYS))])
    return tuple(
        Fact(key, value, "sidecar") for key in KEYS for value in _texts(values.get(key), name, key)
    )


def _yaml(text: str, name: str) -> dict[str, object]:
    root = compose(text, name)
    found = plain(root) if root is not None else {}
    return found if isinstance(found, dict) else {}


def _json(text: str, name: str) -> dict[str, object]:
    try:
        found = parsed(text)
    except ValueError:
        raise WarraqError([error("sidecar-broken", name, why="why-json")]) from None
    if not isinstance(found, dict):
        raise WarraqError([error("sidecar-broken", name, why="why-object")])
    return found


def _texts(value: object, name: str, key: str) -> list[str]:
    if value is None:
        return []
    values = value if isinstance(value, list) else [value]
    if not all(isinstance(item, str | int) for item in values):
        raise WarraqError([error("sidecar-broken", name, why=key)])
    return [" ".join(str(item).split()) for item in values if str(item).strip()]
