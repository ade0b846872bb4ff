"""Refused seeds, as long as they are unchanged: `content/.imports/refused.jsonl`.

A refusal is reported once; a later run that meets the same again does not repeat it. One line a
seed, sorted, so that git shows and merges it as any list. Deleting the file, or losing lines of it
in a merge, only brings the messages back.
"""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from warraq.base.files import write_atomic
from warraq.base.problems import Problem

PATH = "content/.imports/refused.jsonl"


class Refusal(msgspec.Struct, frozen=True):
    """A seed, why it was refused (codes), and a fingerprint of its bytes and the problems."""

    seed: str
    why: tuple[str, ...]
    fingerprint: str = msgspec.field(name="print")


def refusal(seed: str, digest: str, problems: Iterable[Problem]) -> Refusal:
    """Return the refusal of `seed`, equal for an equal `digest` of it and equal problems."""
    found = tuple(problems)
    content = msgspec.json.encode((digest, found), order="sorted")
    why = tuple(sorted({problem.code for problem in found}))
    return Refusal(seed, why, hashlib.sha256(content).hexdigest()[:16])


def load(site: Path) -> dict[str, Refusal]:
    """Return seed → its refusal; unreadable lines are ignored."""
    try:
        lines = (site / PATH).read_bytes().splitlines()
    except OSError:
        return {}
    found = {}
    for line in lines:
        try:
            refused = msgspec.json.decode(line, type=Refusal)
        except msgspec.DecodeError:
            continue
        found[refused.seed] = refused
    return found


def save(site: Path, refused: Mapping[str, Refusal]) -> None:
    """Write the refusals, or delete the file if there are none. Raises OSError."""
    lines = [msgspec.json.encode(refused[seed]) + b"\n" for seed in sorted(refused)]
    content = b"".join(lines)
    file = site / PATH
    if not content:
        file.unlink(missing_ok=True)
    elif not file.is_file() or file.read_bytes() != content:
        write_atomic(file, content)
