"""What Wikidata knows of an archive's names: which spellings are new, and which are left out. Pure.

A spelling finds its file in every text. So one that another file has too, or so short that it is
found where nobody means it, is left out and said; names and descriptions that readers see stay the
editors'.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import msgspec

from warraq.base.arabic import fold_name
from warraq.base.problems import Problem, listed, warning
from warraq.editing.wikidata_dump import WikidataEntity
from warraq.model import KIND_TRAITS, Authority, Place, Subject

LANGUAGES = ("ar", "fa", "ur", "he", "en", "fr", "tr", "ku")
_LONGEST = 80  # letters of a spelling; beyond that it is a sentence
_FEWEST = 4  # letters of a spelling of one word that is looked for in texts
_SHOWN = 8  # spellings named in a warning
_EXPLAINED = re.compile(r"[()\[\]<>{}|]|https?:")  # a word of somebody's about the name


class KnownEntity(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is kept of an entity: how it is called in the languages asked for, and where it is."""

    id: str
    label: str
    description: str = ""
    spellings: tuple[str, ...] = ()
    coordinates: str = ""


class Additions(NamedTuple):
    """What a file lacks of what Wikidata knows."""

    file: Subject
    spellings: tuple[str, ...]
    coordinates: str = ""


def known(entity: WikidataEntity, languages: Iterable[str]) -> KnownEntity:
    """Return what is kept of `entity`: labels and aliases, in the order of `languages`.

    >>> found = WikidataEntity("Q1", {"en": "Damascus", "ar": "دمشق"}, {"ar": ("الشام",)}, {})
    >>> known(found, ("ar", "en")).spellings
    ('دمشق', 'الشام', 'Damascus')
    """
    languages = tuple(languages)
    spellings = [
        name
        for language in languages
        for name in (entity.labels.get(language, ""), *entity.aliases.get(language, ()))
        if name and len(name) <= _LONGEST and not _EXPLAINED.search(name)
    ]
    unlike = {fold_name(name): name for name in reversed(spellings) if fold_name(name)}
    return KnownEntity(
        entity.id,
        _first(entity.labels, languages) or entity.id,
        _first(entity.descriptions, languages),
        tuple(name for name in dict.fromkeys(spellings) if unlike.get(fold_name(name)) == name),
        entity.coordinates,
    )


def _first(texts: Mapping[str, str], languages: Iterable[str]) -> str:
    return next((texts[one] for one in languages if texts.get(one)), "")


def additions(
    authorities: Iterable[Authority], entities: Mapping[str, KnownEntity]
) -> tuple[list[Additions], list[Problem]]:
    """Return what the files that have the id of one of `entities` lack, and what is left out."""
    authorities = list(authorities)
    owners = _owners(authorities, entities)
    found, left_out = list[Additions](), list[Problem]()
    for file, entity in _with_ids(authorities, entities):
        had = {fold_name(name) for name in (file.name, *file.aliases)}
        new = [name for name in entity.spellings if fold_name(name) not in had]
        short = [name for name in new if _is_short(name, file)]
        shared = [name for name in new if len(owners[fold_name(name)]) > 1 and name not in short]
        for name in shared:
            others = sorted(owners[fold_name(name)] - {file.path})
            left_out.append(
                warning("wikidata-shared", file.path, value=name, others=listed(others, _SHOWN))
            )
        if short:
            names = listed(short, _SHOWN)
            left_out.append(warning("wikidata-short", file.path, count=len(short), names=names))
        kept = tuple(name for name in new if name not in {*short, *shared})
        lacks_place = isinstance(file, Place) and not file.coordinates
        place = entity.coordinates if lacks_place else ""
        if kept or place:
            found.append(Additions(file, kept, place))
    return found, left_out


def namesakes(
    authorities: Iterable[Authority], entities: Iterable[KnownEntity]
) -> dict[str, list[KnownEntity]]:
    """Return path → the entities that may be meant by a file without an id, by its name alone.

    One whose id another file has is that file's.
    """
    subjects = [one for one in authorities if isinstance(one, Subject)]
    taken = {file.wikidata for file in subjects}
    by_name: dict[str, list[KnownEntity]] = defaultdict(list)
    for entity in (one for one in entities if one.id not in taken):
        for name in {fold_name(spelling) for spelling in entity.spellings}:
            by_name[name].append(entity)
    lacking = (one for one in subjects if not one.wikidata)
    return {
        file.path: sorted(found, key=lambda entity: (len(entity.id), entity.id))
        for file in lacking
        if (found := by_name.get(fold_name(file.name)))
    }


def _with_ids(
    authorities: Iterable[Authority], entities: Mapping[str, KnownEntity]
) -> Iterator[tuple[Subject, KnownEntity]]:
    for file in authorities:
        if isinstance(file, Subject) and file.wikidata in entities:
            yield file, entities[file.wikidata]


def _owners(
    authorities: Iterable[Authority], entities: Mapping[str, KnownEntity]
) -> dict[str, set[str]]:
    """Return folded spelling → paths of the files that have it, or would get it."""
    owners: dict[str, set[str]] = defaultdict(set)
    for file in authorities:
        if isinstance(file, Subject):
            for name in (file.name, *file.aliases):
                owners[fold_name(name)].add(file.path)
    for file, entity in _with_ids(authorities, entities):
        for name in entity.spellings:
            owners[fold_name(name)].add(file.path)
    return owners


def _is_short(name: str, file: Authority) -> bool:
    """Whether texts have `name` for much else: «أحمد», «Us»."""
    if not KIND_TRAITS[file.kind].is_mentioned or " " in name:
        return False
    return file.kind == "people" or len(fold_name(name)) < _FEWEST
