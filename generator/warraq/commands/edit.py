"""`warraq edit`, `rename`, `merge`, `split` and `undo`: editors' work on many files at once."""

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from warraq.base.config import FILE, SiteConfig, load
from warraq.base.marked_yaml import compose, line_in
from warraq.base.problems import Language, Problem, WarraqError, error, listed, message, warning
from warraq.base.zones import local
from warraq.commands.editor_search import matching
from warraq.content import store
from warraq.content.store import Content
from warraq.editing import authority_surgery, bulk, history, repository
from warraq.editing.change_set import ChangeSet
from warraq.editing.field_edits import FieldEdit, sentence, steps
from warraq.editing.named_files import NamedFiles
from warraq.editing.repository import RecordedChange
from warraq.editing.writing import write
from warraq.model import AUTHORITY_KINDS, Authority, AuthorityKind, Story

_LISTED = 50  # changes to choose from
_SHOWN = 5  # files named in a warning
_SHORTEST = 4  # letters that name a commit


class How(NamedTuple):
    """`dry_run` writes nothing; `record` commits; `subject` replaces the commit's sentence."""

    dry_run: bool = False
    record: bool = True
    subject: str = ""


class Edited(NamedTuple):
    """What was planned, the commit ("" if there is none), and how many articles a query found.

    Nothing was written where only a plan was asked for.
    """

    planned: ChangeSet
    commit: str = ""
    problems: tuple[Problem, ...] = ()
    found: int | None = None


def edit(site: Path, which: str | Collection[str], edits: Iterable[FieldEdit], how: How) -> Edited:
    """Apply `edits` to the articles that a query finds in the editors' search, or to those of ids.

    `which` is the one, or the other. Raises WarraqError for what cannot be done to any article.
    """
    config, content = loaded(site)
    edits, files = tuple(edits), NamedFiles(content.authorities)
    made = steps(edits, files, today_of(config))
    paths = paths_of(site, content, which)
    planned = bulk.planned(site, content, dict.fromkeys(paths, made))
    words = sentence(edits, files, history_language(config))
    subject = worded(config, "say-commit-edit", count=len(planned.changes), edits=words)
    planned = planned._replace(subject=how.subject or subject)
    return carried_out(site, planned, how, unread(content), found=len(paths))


def rename(site: Path, name: str, key: str, how: How) -> Edited:
    """Give the authority file `name` (`topics/old`) another key (`new`, or `topics/new`)."""
    config, _ = load(site)
    old = _named(site, name)
    key = _key_of(key, old.kind)
    names = {"name": old.name, "old": old.key, "new": key}
    subject = how.subject or worded(config, "say-commit-rename", **names)
    planned = authority_surgery.renamed(site, about(site, old), old, key, subject)
    return carried_out(site, planned, how, _menu(site, config, old, key))


def merge(site: Path, name: str, into: str, how: How) -> Edited:
    """Make the authority file `name` one with `into`."""
    config, _ = load(site)
    old, kept = _named(site, name), _named(site, into)
    subject = how.subject or worded(config, "say-commit-merge", old=old.name, new=kept.name)
    planned = authority_surgery.merged(site, about(site, old, kept), old, kept, subject)
    return carried_out(site, planned, how, _menu(site, config, old, kept.key))


def split(site: Path, name: str, new: tuple[str, str], query: str, how: How) -> Edited:
    """Give the articles that `query` finds a `new` file (key, name) instead of that of `name`."""
    _named(site, name)  # before the index of the search is made
    return split_off(site, name, new, matching(site, query), how)


def split_off(
    site: Path, name: str, new: tuple[str, str], paths: Iterable[str], how: How
) -> Edited:
    """Give the articles at `paths` a `new` file (key, name) instead of that of `name`."""
    config, _ = load(site)
    old, paths = _named(site, name), frozenset(paths)
    key, words = _key_of(new[0], old.kind), new[1]
    subject = how.subject or worded(config, "say-commit-split", old=old.name, new=words)
    content = about(site, old)
    planned = authority_surgery.split(site, content, old, key, words, paths, subject)
    return carried_out(site, planned, how, unread(content), found=len(paths))


def about(site: Path, *files: Authority) -> Content:
    """Return what an edit of the keys of `files` concerns: what names them, what they name."""
    ids = (one for file in files if isinstance(file, Story) for one in file.articles)
    return store.load_about(site, {*(file.key for file in files), *ids})


def undo(site: Path, commit: str, how: How) -> Edited:
    """Take back the change set of `commit` (its beginning); for "" the newest that still holds."""
    config, _ = load(site)
    if not repository.is_repository(site):
        raise WarraqError([error("undo-no-history")])
    for made in _asked_for(site, commit):
        subject = how.subject or history.sentence(site, made, history_language(config))
        planned = history.taken_back(site, made, subject)
        if planned.changes or commit:  # one may have been taken back by hand
            return carried_out(site, planned, how)
    raise WarraqError([error("undo-nothing")])


def recent(site: Path) -> tuple[RecordedChange, ...]:
    """Return the newest changes that warraq made, newest first."""
    return tuple(islice(repository.changes(site), _LISTED))


def _asked_for(site: Path, commit: str) -> Iterator[RecordedChange]:
    """Yield the one change whose commit begins with `commit`; for "" those that hold."""
    made = repository.changes(site)
    if not commit:
        yield from repository.standing(made)
        return
    found = [one for one in made if one.commit.startswith(commit)]
    if len(found) != 1 or len(commit) < _SHORTEST:
        raise WarraqError([error("undo-unknown", value=commit)])
    yield from found


def paths_of(site: Path, content: Content, which: str | Collection[str]) -> Collection[str]:
    """Return the paths of the articles that a query finds, or of those of ids."""
    if isinstance(which, str):
        return matching(site, which)
    return {article.path for article in content.articles if article.id in which}


def loaded(site: Path) -> tuple[SiteConfig, Content]:
    """Return the settings of a site and all of its content."""
    config, _ = load(site)
    return config, store.load(site)


def unread(content: Content) -> Iterator[Problem]:
    """Yield a warning that names the articles that no query finds, since they cannot be read."""
    if broken := [path for path in content.unread if path.startswith("content/articles/")]:
        yield warning("edit-unread", broken[0], count=len(broken), names=listed(broken, _SHOWN))


def _menu(site: Path, config: SiteConfig, old: Authority, key: str) -> Iterator[Problem]:
    """Yield a warning for each entry of the menu that leads to the former address."""
    urls = [
        item.url for item in config.navigation if item.url.strip("/") == f"{old.kind}/{old.key}"
    ]
    root = compose((site / FILE).read_text("utf-8-sig"), FILE) if urls else None
    for url in urls:
        new = f"/{old.kind}/{key}/"
        yield warning("menu-moved", FILE, line_in(root, url, "navigation"), target=url, new=new)


def history_language(config: SiteConfig) -> Language:
    """Return the language of the history: it is the archive's, not the terminal's."""
    return config.messages or ("ar" if config.lang.startswith("ar") else "en")


def worded(config: SiteConfig, code: str, **args: object) -> str:
    """Return a commit's sentence in the language of the history."""
    return message(code, history_language(config), **args)


def today_of(config: SiteConfig) -> date:
    """Return the day on the site's clocks."""
    return date.fromisoformat(local(datetime.now(UTC).isoformat(), config.time_zone)[:10])


def _named(site: Path, name: str) -> Authority:
    """Return the file that `name` names: its path, or kind and key or spelling.

    Raises WarraqError (exit code 2) if there is none, or with what is wrong with it.
    """
    authorities, problems = store.load_authorities(site)
    folder, _, words = _bare(name).partition("/")
    for kind in AUTHORITY_KINDS:
        if kind == folder and (file := NamedFiles(authorities).find(kind, words)):
            return file
    path = f"content/{folder}/{words}.md"
    found = [problem for problem in problems if problem.path == path]
    unknown = error("surgery-unknown", value=name, want=listed(AUTHORITY_KINDS))
    raise WarraqError(found or [unknown], exit_code=2)


def _key_of(typed: str, kind: AuthorityKind) -> str:
    """Return the key in `typed`, which may have its kind before it; WarraqError for another."""
    folder, _, key = _bare(typed).rpartition("/")
    if folder not in {"", kind}:
        raise WarraqError([error("surgery-kind", value=typed, kind=kind)], exit_code=2)
    return key


def _bare(path: str) -> str:
    return path.removeprefix("content/").removesuffix(".md")


def carried_out(
    site: Path,
    planned: ChangeSet,
    how: How,
    notes: Iterable[Problem] = (),
    found: int | None = None,
) -> Edited:
    """Write and commit what was planned, if `how` does not say otherwise."""
    problems = (*notes, *planned.problems)
    if how.dry_run:
        return Edited(planned, "", problems, found)
    written = write(site, planned, record=how.record)
    return Edited(planned, written.commit, (*problems, *written.problems), found)
