"""Pictures of content/media as change sets: one that is added, one that nobody names removed."""

import re
import unicodedata
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from warraq.base.files import walk
from warraq.base.problems import Language, WarraqError, error, message, warning
from warraq.base.urls import folded_path
from warraq.content import store
from warraq.editing.change_set import ChangeSet, FileChange
from warraq.editing.picture_check import checked_picture, picture_name
from warraq.editing.writing import content_now

MEDIA = "content/media"


class AddedPicture(NamedTuple):
    """A picture's path below content/media, and what adds it: nothing if it is there already."""

    path: str
    planned: ChangeSet


def added(site: Path, content: bytes, name: str, language: Language) -> AddedPicture:
    """Return what adds a picture that is called `name` where it comes from.

    The same bytes are the same file, wherever in content/media; no other picture is replaced.
    Raises WarraqError if it may not be published.
    """
    checked = checked_picture(content, name)
    problems = [warning("upload-place", MEDIA)] if checked.had_place else []
    there = _same(site, checked.content)
    path = there or _free_name(site, picture_name(name, checked.ending), checked.content)
    if there:
        return AddedPicture(path, ChangeSet.of("", (), problems))
    subject = message("say-commit-picture", language, name=path)
    change = FileChange(f"{MEDIA}/{path}", None, checked.content)
    return AddedPicture(path, ChangeSet.of(subject, [change], problems))


def removed(site: Path, path: str, language: Language) -> ChangeSet:
    """Return what removes a picture. Raises WarraqError if it is named anywhere, or not there."""
    file = store.picture(site, path)
    if file is None:
        raise WarraqError([error("media-gone", f"{MEDIA}/{path}"[:300])])
    if naming := next(_naming(site, path), ""):
        raise WarraqError([error("media-used", f"{MEDIA}/{path}", other=naming)])
    subject = message("say-commit-picture-gone", language, name=path)
    name = f"{MEDIA}/{path}"
    return ChangeSet.of(subject, [FileChange(name, content_now(site, name), None)])


def _same(site: Path, content: bytes) -> str:
    """Return the path of the picture that holds `content`, "" if there is none."""
    for file in store.media(site):
        try:
            if file.stat().st_size == len(content) and file.read_bytes() == content:
                return file.relative_to(site / MEDIA).as_posix()
        except OSError:
            continue
    return ""


def _free_name(site: Path, name: str, content: bytes) -> str:
    """Return `name`, with a digest of `content` in it if a file has it, however capitalized."""
    folder = site / MEDIA
    taken = {folded_path(file.name) for file in folder.iterdir()} if folder.is_dir() else set()
    if folded_path(name) not in taken:
        return name
    stem, _, ending = name.rpartition(".")
    return f"{stem}-{blake2b(content, digest_size=4).hexdigest()}.{ending}"


def _naming(site: Path, path: str) -> Iterator[str]:
    """Yield the files of the site that name a picture, or have its name in any text."""
    forms = {unicodedata.normalize(form, path) for form in ("NFC", "NFD")}
    names = {name.encode() for form in forms for name in (form, quote(form))}
    # Not as the end of another name, nor as the name of a picture in a folder.
    named = re.compile(rb"(?:(?<=media/)|(?<![\w./%%-]))(?:%b)" % b"|".join(map(re.escape, names)))
    texts = [*walk(site / "content", ".md"), *walk(site / "content", ".yaml"), site / "site.yaml"]
    for file in [*texts, *walk(site / "templates", ""), *walk(site / "static", "")]:
        try:
            content = file.read_bytes()
        except OSError:
            continue
        if named.search(content):
            yield file.relative_to(site).as_posix()
