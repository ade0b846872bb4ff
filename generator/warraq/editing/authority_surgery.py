"""Authority files made, renamed, merged and split, with every article that asserts them.

What was published stays reachable: the former key is written in `formerly`, which redirects.
Spellings are kept as aliases. Names that an article has as plain words stay as they are.
"""

from collections.abc import Collection, Iterable, Iterator
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from warraq.base.builtins import fields_of
from warraq.base.problems import Problem, WarraqError, error, listed, warning
from warraq.base.urls import is_key
from warraq.content.frontmatter import AUTHORITY, READ_AS_TOPICS, authority_text, list_of, with_body
from warraq.content.splice import Position, with_items, with_key, with_scalars, with_values
from warraq.content.store import Content, LineFinder
from warraq.editing.change_set import ChangeSet, FileChange, edited
from warraq.editing.validation import new_errors, parsed
from warraq.editing.writing import content_now
from warraq.model import KIND_TRAITS, Authority, AuthorityKind, Outlet, Story

_LISTS_OF: dict[AuthorityKind, tuple[str, ...]] = {"topics": ("topics", *READ_AS_TOPICS)}
# What the file that stays has for itself, whatever the other one says.
_OWN = ("name", "title", "status", "aliases", "formerly")
_CALLED = {  # what people call the other keys of which a file has one value
    "description": "say-field-description",
    "role": "say-field-role",
    "wikidata": "say-field-wikidata",
    "url": "say-field-url",
    "country": "say-field-country",
    "coordinates": "say-field-coordinates",
    "type": "say-field-type",
    "rights": "say-field-rights",
    "event_date": "say-field-event-date",
    "place": "say-field-place",
}


def made(  # noqa: PLR0913, PLR0917 - a file that is not there yet
    site: Path,
    authorities: Iterable[Authority],
    kind: AuthorityKind,
    key: str,
    name: str,
    subject: str,
) -> ChangeSet:
    """Return the change set that makes a file of one of the `authorities`, with nothing but a name.

    Raises WarraqError if the key is none, or another file has it or had it, or without a name.
    """
    path = _free_path(site, authorities, kind, key)
    written = authority_text(KIND_TRAITS[kind].type(key, name, path)).encode()
    _, problems = parsed(path, written)
    if problems:
        raise WarraqError(problems)
    return ChangeSet.of(subject, [FileChange(path, None, written)])


def renamed(site: Path, content: Content, old: Authority, key: str, subject: str) -> ChangeSet:
    """Return the change set that gives the file `old` another key.

    Raises WarraqError if the key is none, or another file has it or had it.
    """
    path = _free_path(site, content.authorities, old.kind, key, own=old.key)
    former = dict.fromkeys((*(one for one in old.formerly if one != key), old.key))
    moved = edited(old.path, _content(site, old), lambda t: _with(t, old, "formerly", [*former]))
    changes = [
        moved._replace(after=None),
        FileChange(path, None, moved.after),
        *_references(site, content, old.kind, old.key, key),
    ]
    return _whole(site, content, changes, subject, _left_behind(site, content, old))


def merged(
    site: Path, content: Content, old: Authority, into: Authority, subject: str
) -> ChangeSet:
    """Return the change set that makes `into` one with `old`, whose file goes.

    Its name and spellings become aliases, its key and former ones redirect, and what only its file
    says is added; where both say something else, that of `into` stays and a warning says what goes.
    """
    if old.kind != into.kind or old.key == into.key:
        raise WarraqError([error("merge-kinds", old.path, other=into.path)], exit_code=2)
    added, lost = _of_both(old, into)

    def edit(text: str) -> str:
        for key, value in added.items():
            text = _with(text, into, key, value)
        bodies = dict.fromkeys((into.body.strip(), old.body.strip()))
        return text if old.body.strip() in into.body else with_body(text, "\n\n".join(bodies))

    changes = [
        FileChange(old.path, _content(site, old), None),
        edited(into.path, _content(site, into), edit),
        *_references(site, content, old.kind, old.key, into.key),
    ]
    problems = (*lost, *_left_behind(site, content, old))
    return _whole(site, content, changes, subject, problems)


def split(  # noqa: PLR0913, PLR0917 - a file, another one, and whose articles
    site: Path,
    content: Content,
    old: Authority,
    key: str,
    name: str,
    paths: Collection[str],
    subject: str,
) -> ChangeSet:
    """Return the change set that gives the articles at `paths` a new file instead of `old`.

    The rights of an outlet hold for the new one. Raises WarraqError if none of the articles asserts
    `old`.
    """
    new = type(old)(key, name, _free_path(site, content.authorities, old.kind, key))
    if isinstance(new, Outlet) and isinstance(old, Outlet):
        new = replace(new, rights=old.rights)
    changes = list(_references(site, content, old.kind, old.key, key, paths))
    if isinstance(new, Story) and isinstance(old, Story):
        ids = {article.id for article in content.articles if article.path in paths}
        new = replace(new, articles=tuple(one for one in old.articles if one in ids))
        rest = [one for one in old.articles if one not in ids]
        if new.articles:
            edit = edited(old.path, _content(site, old), lambda t: _with(t, old, "articles", rest))
            changes.append(edit)
    if not changes:
        raise WarraqError([error("split-none", old.path)])
    changes.append(FileChange(new.path, None, authority_text(new).encode()))
    return _whole(site, content, changes, subject)


def _free_path(
    site: Path, authorities: Iterable[Authority], kind: AuthorityKind, key: str, own: str = ""
) -> str:
    """Return the path of `key`; WarraqError if it is none, or another file has it or had it.

    The file `own` may have had it.
    """
    path = f"content/{kind}/{key}.md"
    if not is_key(key):
        raise WarraqError([error("key-invalid", path, key=key)], exit_code=2)
    alike = [file for file in authorities if file.kind == kind]
    if any(file.key == key for file in alike) or content_now(site, path) is not None:
        raise WarraqError([error("key-taken", path)], exit_code=2)
    if former := next((f for f in alike if key in f.formerly and f.key != own), None):
        raise WarraqError([error("key-redirects", former.path, key=key)], exit_code=2)
    return path


def _content(site: Path, file: Authority) -> bytes:
    if (found := content_now(site, file.path)) is None:
        raise WarraqError([error("edit-overtaken", file.path)], exit_code=3)
    return found


def _of_both(old: Authority, into: Authority) -> tuple[dict[str, object], list[Problem]]:
    """Return what the file of `into` is to say besides, and warnings of what only `old` says."""
    ours, theirs = ({**fields_of(file), **file.extra} for file in (into, old))
    spellings = (*into.aliases, old.name, *old.aliases)
    added: dict[str, object] = {
        "aliases": [one for one in dict.fromkeys(spellings) if one != into.name],
        "formerly": list(dict.fromkeys((*into.formerly, old.key, *old.formerly))),
    }
    if "aliases" not in AUTHORITY[old.kind]:  # a page about the archive has one name
        del added["aliases"]
    lost = []
    for key in (*AUTHORITY[old.kind], *old.extra):
        value, kept = theirs.get(key), ours.get(key)
        if key in _OWN or value in (None, kept):
            continue
        if isinstance(value, list) and isinstance(kept, list):
            added[key] = [*kept, *(item for item in value if item not in kept)]
        elif kept is None:
            added[key] = value
        else:
            called = _CALLED.get(key, key)
            lost.append(warning("merge-lost", old.path, field=called, value=_quoted(value)))
    return added, lost


def _quoted(value: object) -> object:
    """Return what a field holds in one line."""
    if isinstance(value, dict):
        return listed(f"{name}: {inner}" for name, inner in value.items())
    return listed(value) if isinstance(value, list) else value


def _with(text: str, file: Authority, key: str, value: object) -> str:
    """Return the text of `file` with `key` set to a text, a list or a map."""
    order, path = (*AUTHORITY[file.kind], key), file.path
    if isinstance(value, list):
        return with_items(text, key, value, order=order, path=path)
    if isinstance(value, dict):
        return with_values(text, key, value, order=order, path=path)
    return with_key(text, key, value, order=order, path=path)


def _references(  # noqa: PLR0913, PLR0917 - which files, and from which key to which
    site: Path,
    content: Content,
    kind: AuthorityKind,
    old: str,
    new: str,
    paths: Collection[str] | None = None,
) -> Iterator[FileChange]:
    """Yield the changes of the files (of `paths`, if given) that refer to `old`, now to `new`."""
    stories = (file.path for file in content.authorities if isinstance(file, Story))
    for path in (*(article.path for article in content.articles), *stories):
        if paths is None or path in paths:
            before = content_now(site, path)
            if before and old.encode() in before:  # most files do not name it
                edit = partial(_moved, path=path, kind=kind, old=old, new=new)
                change = edited(path, before, edit)
                if change.before != change.after:
                    yield change


def _moved(text: str, *, path: str, kind: AuthorityKind, old: str, new: str) -> str:
    """Return the file `text` with references to `old` made those to `new`, each once."""
    lists = _LISTS_OF.get(kind, (kind,))

    def choose(at: Position, value: str) -> str | None:
        if kind == "outlets":
            is_one = at == ("source", "outlet") or (at[0] == "via" and at[-1] == "outlet")
        else:
            is_one = at[0] in lists or (kind == "places" and at == ("place",))
        return new if value == old and (is_one or at[:2] == ("not", kind)) else None

    moved = with_scalars(text, choose, path=path)
    for key in lists if moved != text else ():
        values = list_of(moved, key, path)
        moved = with_items(moved, key, [*dict.fromkeys(values)], order=(key,), path=path)
    return moved


def _left_behind(site: Path, content: Content, old: Authority) -> Iterator[Problem]:
    """Yield a warning for each file that names the key of `old` and cannot be read."""
    for path in content.unread:
        if old.key.encode() in (content_now(site, path) or b""):
            yield warning("surgery-unread", path, key=old.key)


def _whole(
    site: Path,
    content: Content,
    changes: Iterable[FileChange],
    subject: str,
    problems: Iterable[Problem] = (),
) -> ChangeSet:
    """Return all `changes` as one change set; WarraqError with what they would make wrong."""
    planned = ChangeSet.of(subject, changes, problems)
    if found := new_errors(content, planned.changes, LineFinder(site)):
        raise WarraqError(found)
    return planned
