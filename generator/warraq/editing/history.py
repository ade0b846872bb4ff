"""Taking a committed change set back without losing what came after it."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from warraq.base.controls import without_controls
from warraq.base.problems import Language, WarraqError, error, message
from warraq.editing import repository
from warraq.editing.change_set import ChangeSet, FileChange
from warraq.editing.repository import RecordedChange
from warraq.editing.validation import errors_after
from warraq.editing.writing import content_now


def taken_back(site: Path, made: RecordedChange, subject: str) -> ChangeSet:
    """Return the change set that undoes `made` and keeps every later edit.

    Raises WarraqError with every file in which a later edit changed the same lines, or with what
    `warraq check` would find wrong afterwards and does not now.
    """
    if made.is_first:
        raise WarraqError([error("undo-first")])
    changes = ChangeSet.of(subject, _undone(site, made))
    if errors := errors_after(site, changes.changes):
        raise WarraqError(errors)
    return changes._replace(undoes=made.commit)


def sentence(site: Path, made: RecordedChange, language: Language) -> str:
    """Return the subject of the commit that takes `made` back, or back again."""
    if first := made.undoes and repository.logged(site, made.undoes):
        return without_controls(message("say-commit-redo", language, subject=first.subject))
    return without_controls(message("say-commit-undo", language, subject=made.subject))


def _undone(site: Path, made: RecordedChange) -> Iterator[FileChange]:
    overtaken = []
    before = repository.contents_at(site, f"{made.commit}^", made.paths)
    after = repository.contents_at(site, made.commit, made.paths)
    for path in made.paths:
        now = content_now(site, path)
        was, became = (_as_checked_out(side.get(path), now) for side in (before, after))
        if now == became:
            yield FileChange(path, now, was)
        elif now is None or was is None or became is None:
            if now != was:
                overtaken.append(path)
        elif (back := _merged(now, became, was)) is None:
            overtaken.append(path)
        else:
            yield FileChange(path, now, back)
    if overtaken:
        ways = ((path, _in_the_way(site, made, path)) for path in overtaken)
        raise WarraqError([error("undo-overtaken", path, why=why) for path, why in ways])


def _in_the_way(site: Path, made: RecordedChange, path: str) -> str:
    """Return who changed a file last since `made`, and with which sentence."""
    later = repository.newest(site, 1, paths=[path], which=[f"{made.commit}..HEAD"])
    said = (f"«{one.subject}»، {one.author}" for one in later)
    return without_controls(next(said, "why-unrecorded"))


def _as_checked_out(kept: bytes | None, now: bytes | None) -> bytes | None:
    """Return what git keeps with CRLF if the file has it (`core.autocrlf`)."""
    is_other = kept and now and b"\r\n" in now and b"\r\n" not in kept
    return kept.replace(b"\n", b"\r\n") if kept and is_other else kept


def _merged(ours: bytes, base: bytes, theirs: bytes) -> bytes | None:
    """Return `ours` with what leads from `base` to `theirs`, None if both changed a line."""
    with TemporaryDirectory(prefix="warraq-") as folder:
        files = [Path(folder, name) for name in ("ours", "base", "theirs")]
        for file, content in zip(files, (ours, base, theirs), strict=True):
            file.write_bytes(content)
        return repository.merged(*files)
