"""`warraq wikidata`: spellings and coordinates from a dump of Wikidata, without network."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from warraq.base.arabic import fold_name
from warraq.base.config import load
from warraq.base.problems import Problem, WarraqError, error, message, warning
from warraq.commands.edit import Edited, How, history_language
from warraq.content import store
from warraq.content.store import LineFinder
from warraq.editing.article_text import with_fields_of
from warraq.editing.change_set import ChangeSet, FileChange, edited
from warraq.editing.validation import new_errors
from warraq.editing.wikidata_dump import Progress, entities
from warraq.editing.wikidata_extract import keep
from warraq.editing.wikidata_names import Additions, KnownEntity, additions, known, namesakes
from warraq.editing.writing import content_now, write
from warraq.model import Authority, Place, Subject

_BROKEN = 10  # lines named one by one


class FromDump(NamedTuple):
    """What was made of a dump: `met` of the `wanted` ids are in it.

    `namesakes` files without an id have the name of something in it.
    """

    edited: Edited
    met: int
    wanted: int
    namesakes: int


class _Read(NamedTuple):
    entities: dict[str, KnownEntity]
    problems: tuple[Problem, ...]


def add_names(
    site: Path, dump: Path, languages: Iterable[str], how: How, progress: Progress
) -> FromDump:
    """Add what `dump` knows of the files that have an id, and keep it for the desk's forms.

    Raises WarraqError if the dump cannot be read, or has no entity.
    """
    config, _ = load(site)
    authorities, _ = store.load_authorities(site)
    ids = {one.wikidata for one in authorities if isinstance(one, Subject)} - {""}
    read = _read(dump, authorities, ids, tuple(languages), progress)
    met = {key: one for key, one in read.entities.items() if key in ids}
    found, left_out = additions(authorities, met)
    changes = [change for one in found if (change := _change(site, one))]
    subject = message("say-commit-wikidata", history_language(config), count=len(changes))
    planned = ChangeSet.of(how.subject or subject, changes, left_out)
    if errors := new_errors(store.load_about(site, ()), changes, LineFinder(site)):
        raise WarraqError(errors)
    problems = (*read.problems, *planned.problems)
    commit = ""
    if not how.dry_run:
        keep(site, read.entities.values())
        done = write(site, planned, record=how.record)
        commit, problems = done.commit, (*problems, *done.problems)
    alike = namesakes(authorities, read.entities.values())
    return FromDump(Edited(planned, commit, problems), len(met), len(ids), len(alike))


def _read(
    dump: Path,
    authorities: Iterable[Authority],
    ids: set[str],
    languages: tuple[str, ...],
    progress: Progress,
) -> _Read:
    """Return what `dump` has of `ids`, and of the names of files without one."""
    names = {
        fold_name(one.name) for one in authorities if isinstance(one, Subject) and not one.wikidata
    } - {""}
    kept: dict[str, KnownEntity] = {}
    problems: list[Problem] = []
    met = broken = 0
    for one in entities(dump, progress):
        if isinstance(one, Problem):
            broken += 1
            problems += [one] if broken <= _BROKEN or one.code != "wikidata-line" else []
            continue
        met += one.id != ""
        is_alike = any(fold_name(one.labels.get(language, "")) in names for language in languages)
        if one.id in ids or (is_alike and one.id.startswith("Q")):
            kept[one.id] = known(one, languages)
    if not met:
        raise WarraqError([*problems, error("wikidata-none", str(dump))])
    if broken > _BROKEN:
        problems.append(warning("wikidata-lines", str(dump), count=broken - _BROKEN))
    return _Read(kept, tuple(problems))


def _change(site: Path, one: Additions) -> FileChange | None:
    file = one.file
    content = content_now(site, file.path)
    if content is None:
        return None
    after = replace(file, aliases=(*file.aliases, *one.spellings))
    if one.coordinates and isinstance(after, Place):
        after = replace(after, coordinates=one.coordinates)
    return edited(file.path, content, lambda text: with_fields_of(text, file, after))
