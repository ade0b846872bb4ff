"""Propose a field map for site.yaml if an export has no known field for the text."""

import json
import re
from collections.abc import Iterable, Mapping

from warraq.base.problems import listed
from warraq.seeds.exports.exported import Record
from warraq.seeds.exports.field_names import is_known

_DAY = re.compile(r"\s*(?:\d{4}[-/.]\d\d?(?!\d)|\d\d?[-/.]\d\d?[-/.]\d{4}(?!\d))")
_SHOWN = 30  # fields
_TITLE = (8, 200)  # characters


def columns(records: Iterable[Record]) -> str:
    """Return the names of all fields, in order of appearance."""
    names = list(dict.fromkeys(str(name) for record in records for name in record))
    return listed(names, _SHOWN)


def proposal(records: Iterable[Record]) -> str:
    """Return a field map to paste into site.yaml, guessed from the fields' values.

    >>> proposal([{"Kopf": "Der Weg ist frei", "Rumpf": "Lang. " * 50, "Tag": "2019-05-03"}])
    'import: {fields: {title: Kopf, body: Rumpf, date: Tag}}'
    """
    texts_by_column = {name: texts for name, texts in _texts_by_column(records).items() if texts}
    means = {name: sum(map(len, texts)) / len(texts) for name, texts in texts_by_column.items()}
    body = max(means, key=means.__getitem__, default="")
    others = [name for name in texts_by_column if name != body and not is_known(name)]
    dates = [n for n in others if all(map(_DAY.match, texts_by_column[n]))]
    addresses = [n for n in others if all(t.startswith("http") for t in texts_by_column[n])]
    titles = [
        n
        for n in others
        if n not in {*dates, *addresses}
        and _TITLE[0] <= means[n] <= _TITLE[1]
        and len(set(texts_by_column[n])) == len(texts_by_column[n])
    ]
    longest = sorted(titles, key=means.__getitem__)[-1:]
    guessed = {"title": longest, "body": [body], "date": dates, "url": addresses}
    fields = ", ".join(f"{key}: {_quoted(names[0])}" for key, names in guessed.items() if names)
    return f"import: {{fields: {{{fields}}}}}"


def _texts_by_column(records: Iterable[Record]) -> dict[str, list[str]]:
    texts_by_column: dict[str, list[str]] = {}
    for record in records:
        for name, value in record.items():
            inner = value.items() if isinstance(value, Mapping) else [("", value)]
            for part, text in inner:
                if isinstance(text, str | int) and str(text).strip():
                    key = f"{name}.{part}" if part else str(name)
                    texts_by_column.setdefault(key, []).append(str(text))
    return texts_by_column


def _quoted(name: str) -> str:
    return name if re.fullmatch(r"[^\W\d][\w.]*", name) else json.dumps(name, ensure_ascii=False)
