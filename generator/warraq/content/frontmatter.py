"""The text of a content file ↔ its fields. Pure.

`parse_article` and `parse_authority` read files and report every problem with its line;
`article_text` and `authority_text` write new files in a fixed key order.
"""

import re
from collections.abc import Collection, Iterable
from typing import NamedTuple, TypeVar

from msgspec.structs import replace

from warraq.base import values as v
from warraq.base.builtins import fields_of
from warraq.base.marked_yaml import ScalarNode, compose, hidden, line_in, line_of, pairs, plain
from warraq.base.problems import Problem, WarraqError, error, warning
from warraq.base.slips import nearest_key, slips
from warraq.base.urls import is_key
from warraq.base.yaml_output import Bare, Quoted, yaml_text
from warraq.content import fields as f
from warraq.model import KIND_TRAITS, Article, Authority, AuthorityKind, DateInfo, Moment

FENCE = re.compile(r"^---[ \t]*(?:\n|\Z)", re.MULTILINE)  # the end of front matter
ARTICLE: dict[str, v.Reader] = {
    "id": f.article_id,
    "external_ids": f.text_map,
    "title": v.text,
    "title_status": v.choice("outlet", "cleaned", "generated"),
    "description": v.text,
    "date": f.moment,
    "date_info": f.date_info,
    "event_date": f.edtf,
    "lastmod": f.moment,
    "draft": v.flag,
    "aliases": v.many(f.old_address),
    "lang": v.language,
    "section": v.text,
    "topics": v.many(v.text),
    "people": v.many(v.text),
    "places": v.many(v.text),
    "organizations": v.many(v.text),
    "authors": v.many(v.text),
    "dateline": v.text,
    "source": f.credit,
    "via": v.many(f.credit),
    "cited": v.many(f.cited),
    "image": f.figure,
    "figures": v.many(f.figure),
    "corrections": v.many(f.correction),
    "status": v.choice("live", "removed"),
    "removed": f.removal,
    "copy_of": f.article_id,
    "same_text_as": f.article_id,
    "rights": f.rights,
    "flags": v.many(f.oddity),
    "settled": v.many(v.choice("date", "title", "source", "topics")),
    "not": f.rejected,
    "provenance": f.provenance,
}
_Record = TypeVar("_Record", bound=Article | Authority)
_FIELD_OF_KEY = {"not": "rejected"}
_KEY_OF_FIELD = {field: key for key, field in _FIELD_OF_KEY.items()}
# Keys of other generators that have no effect here, and the warning about each.
_IDLE = {"slug": "key-slug"}
READ_AS_TOPICS = ("tags", "categories")

_PAGE: dict[str, v.Reader] = {
    "name": v.text,
    "title": v.text,
    "formerly": v.many(f.former),
    "description": v.text,
}
_COMMON: dict[str, v.Reader] = {
    **_PAGE,
    "aliases": v.many(v.text),
    "role": v.text,
    "wikidata": f.wikidata,
    "url": f.address,
    "country": v.text,
}
_STORY: dict[str, v.Reader] = {
    "aliases": v.many(v.text),
    "articles": v.many(f.article_id),
    "status": v.choice("confirmed", "proposed"),
    "reasons": v.many(v.text),
    "event_date": f.edtf,
    "place": v.text,
}
_OUTLET: dict[str, v.Reader] = {
    "type": v.text,
    **dict.fromkeys(
        ("hosts", "handles", "bylines", "disclaimers", "furniture", "categories", "keep"),
        v.many(v.text),
    ),
    "rights": f.rights,
}
AUTHORITY: dict[AuthorityKind, dict[str, v.Reader]] = {
    "outlets": {**_COMMON, **_OUTLET},
    "authors": _COMMON,
    "people": _COMMON,
    "places": {**_COMMON, "coordinates": f.coordinates},
    "organizations": _COMMON,
    "topics": _COMMON,
    "stories": {**_PAGE, **_STORY},
    "pages": _PAGE,
}


class Split(NamedTuple):
    """A content file cut in two; `body_line` is the file line on which the body begins."""

    head: str
    body: str
    body_line: int


def split(text: str, path: str) -> Split:
    r"""Return front matter and body. Raises WarraqError when the fences are missing.

    >>> split("---\ntitle: x\n---\n\nBody\n", "a.md")
    Split(head='title: x\n', body='Body\n', body_line=5)
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not text.startswith("---\n"):
        raise WarraqError([error("frontmatter-missing", path, 1)])
    end = FENCE.search(text, 4)
    if not end:
        raise WarraqError([error("frontmatter-open", path, 1)])
    body = text[end.end() :]
    blank = len(body) - len(body.lstrip("\n"))
    return Split(text[4 : end.start()], body[blank:], text.count("\n", 0, end.end()) + 1 + blank)


def line_of_value(text: str, value: str, *keys: str) -> int:
    r"""Return the file line of `value` under one of `keys`, else that of one of the keys.

    1 if there is no such key.

    >>> line_of_value("---\ntitle: x\nvia:\n- name: a\n- name: b\n---\n", "b", "source", "via")
    5
    """
    try:
        root = compose(split(text, "").head, "", first_line=2)
    except WarraqError:
        return 1
    return line_in(root, value, *keys, first_line=2)


def parse_article(text: str, path: str) -> tuple[Article | None, list[Problem]]:
    """Return the article in a content file and its problems.

    None if it cannot be read at all; otherwise invalid fields keep their default.
    """
    values, extra, body, problems = _parse(text, path, ARTICLE)
    if values is None:
        return None, problems
    if tags := _tags(extra):
        topics = values.get("topics")
        known = topics if isinstance(topics, tuple) else ()
        values["topics"] = (*known, *(tag for tag in tags if tag not in known))
    problems += _missing(values, ("id", "title"), path, problems)
    values = {"id": "", "title": "", **values}
    for key in list(values):
        values[_FIELD_OF_KEY.get(key, key)] = values.pop(key)
    if values.get("status") == "removed":
        problems += _missing(values, ("removed",), path, problems)
    return Article(path=path, body=body, extra=extra, **values), problems  # type: ignore[arg-type] # each reader gives its type


def parse_authority(
    text: str, path: str, kind: AuthorityKind, key: str
) -> tuple[Authority | None, list[Problem]]:
    """Return the authority of `kind` and `key`, and its problems."""
    values, extra, body, problems = _parse(text, path, AUTHORITY[kind])
    if values is None:
        return None, problems
    title = values.pop("title", None)
    values.setdefault("name", title or "")
    if kind == "stories":
        values.update(_former_keys(values))
    problems += _missing(values, ("name",), path, problems)
    known = KIND_TRAITS[kind].type
    return known(key=key, path=path, body=body, extra=extra, **values), problems  # type: ignore[arg-type] # as above


def _former_keys(values: dict[str, object]) -> dict[str, object]:
    """Return `aliases` and `formerly` of a story: former keys used to be written as aliases."""
    aliases, formerly = (values.get(key) for key in ("aliases", "formerly"))
    spellings = aliases if isinstance(aliases, tuple) else ()
    keys = (*(formerly if isinstance(formerly, tuple) else ()), *filter(is_key, spellings))
    rest = tuple(spelling for spelling in spellings if not is_key(spelling))
    return {"aliases": rest, "formerly": tuple(dict.fromkeys(keys))}


def readers_of(record: Article | Authority) -> dict[str, v.Reader]:
    """Return what reads the front matter of files such as that of `record`, in written order."""
    return AUTHORITY[record.kind] if isinstance(record, Authority) else ARTICLE


def with_field(record: _Record, key: str, value: object) -> _Record:
    """Return `record` with a key of its front matter set to `value`: text, list and dict.

    None or an empty value is the key's default. Raises WarraqError if the value does not fit.

    >>> with_field(Article("a1b2c3", "عنوان"), "rights", {"display": "none"}).rights.display
    'none'
    """
    field = field_of(key)
    if value in (None, "", [], {}):
        return replace(record, **{field: getattr(type(record)("", ""), field)})
    root = compose(yaml_text({key: value}), record.path)
    (node,) = [node for _, _, node in pairs(root)] if root else []
    try:
        return replace(record, **{field: readers_of(record)[key](node)})
    except v.UnfitError as unfit:
        raise WarraqError([replace(_unfit(unfit, record.path, key), line=0)]) from None


def field_of(key: str) -> str:
    """Return the attribute that holds a key of front matter."""
    return _FIELD_OF_KEY.get(key, key)


def with_body(text: str, body: str) -> str:
    """Return the file `text` with another body."""
    end = FENCE.search(text, 4)
    head = text[: end.end()] if end else text
    return f"{head}\n{body.strip()}\n" if body.strip() else head


def faults_of(
    text: str, keys: Collection[str], path: str, readers: dict[str, v.Reader] = ARTICLE
) -> list[Problem]:
    """Return what is wrong with the lists and maps at `keys` of the file `text`."""
    root = compose(split(text, path).head, path, first_line=2) if keys else None
    found = []
    for key, _, node in pairs(root) if root else ():
        if key in keys and not isinstance(node, ScalarNode):
            try:
                readers[key](node)
            except v.UnfitError as unfit:
                found.append(_unfit(unfit, path, key))
    return found


def list_of(text: str, key: str, path: str) -> list[str]:
    """Return the names in the list `key` of the file `text`, as they stand there."""
    root = compose(split(text, path).head, path, first_line=2)
    values = {name: node for name, _, node in pairs(root)} if root else {}
    return _names(plain(values[key])) if key in values else []


def _tags(extra: dict[str, object]) -> list[str]:
    tags = [tag for name in READ_AS_TOPICS for tag in _names(extra.pop(name, []))]
    return list(dict.fromkeys(tags))


def _names(value: object) -> list[str]:
    found = value if isinstance(value, list) else [value]
    return [name for name in found if isinstance(name, str) and name]


_Parsed = tuple[dict[str, object] | None, dict[str, object], str, list[Problem]]


def _parse(text: str, path: str, readers: dict[str, v.Reader]) -> _Parsed:
    try:
        parts = split(text, path)
        root = compose(parts.head, path, first_line=2)
    except WarraqError as fault:
        return None, {}, "", list(fault.problems)
    values: dict[str, object] = {}
    extra: dict[str, object] = {}
    problems = hidden(root, path, 2) if "\\" in parts.head else []
    problems += slips(parts.head, root, path, 2) if root else ()
    for key, key_node, node in pairs(root) if root else ():
        if key not in readers:
            extra[key] = plain(node)
            if key in _IDLE:
                problems.append(warning(_IDLE[key], path, line_of(key_node, 2)))
            elif near := _near(key, readers):
                line = line_of(key_node, 2)
                problems.append(warning("key-unknown-near", path, line, key=key, near=near))
        elif not (isinstance(node, ScalarNode) and node.value == ""):
            try:
                values[key] = readers[key](node)
            except v.UnfitError as unfit:
                problems.append(_unfit(unfit, path, key))
    return values, extra, parts.body, problems


def _near(key: str, readers: dict[str, v.Reader]) -> str:
    also = READ_AS_TOPICS if readers is ARTICLE else ()
    return "" if key in also else nearest_key(key, (*readers, *also))


def _unfit(unfit: v.UnfitError, path: str, key: str) -> Problem:
    args = {"key": key, "value": v.shown(unfit.node), "want": unfit.want}
    return error(unfit.code or "field-invalid", path, line_of(unfit.node, 2), **args)


def _missing(
    values: dict[str, object], required: Iterable[str], path: str, problems: Iterable[Problem]
) -> list[Problem]:
    """Return the missing keys as problems; an invalid value is present, and already reported."""
    refused = {("key", key) for key in required} & {pair for p in problems for pair in p.args}
    missing = (key for key in required if not values.get(key) and ("key", key) not in refused)
    return [error("field-missing", path, 1, key=key) for key in missing]


def front_matter(record: Article | Authority) -> dict[str, object]:
    """Return the front matter of `record` in the fixed key order, ready for `yaml_text`."""
    return _of_article(record) if isinstance(record, Article) else _of_authority(record)


def _of_authority(authority: Authority) -> dict[str, object]:
    values = fields_of(authority)
    ordered = {key: values[key] for key in AUTHORITY[authority.kind] if key in values}
    return ordered | authority.extra


def _of_article(article: Article) -> dict[str, object]:
    values = fields_of(article)
    for field, key in _KEY_OF_FIELD.items():
        if field in values:
            values[key] = values.pop(field)
    ordered = {key: values[key] for key in ARTICLE if key in values}
    ordered["id"] = Quoted(article.id)
    if article.date_info != DateInfo():  # here `unknown` is a result, not a default to omit
        ordered["date_info"] = {"status": article.date_info.status} | fields_of(article.date_info)
    for key in ("date", "lastmod"):
        moment = getattr(article, key)
        if isinstance(moment, Moment):
            ordered[key] = Bare(moment.iso)
    for key in ("copy_of", "same_text_as"):
        if key in ordered:
            ordered[key] = Quoted(ordered[key])
    return ordered | article.extra


def article_text(article: Article) -> str:
    """Return a new content file: fixed key order, then the body, one final newline."""
    return f"---\n{yaml_text(front_matter(article))}---\n\n{article.body.strip()}\n"


def authority_text(authority: Authority) -> str:
    """Return a new authority file."""
    body = authority.body.strip()
    return f"---\n{yaml_text(front_matter(authority))}---\n" + (f"\n{body}\n" if body else "")
