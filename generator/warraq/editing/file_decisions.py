"""What editors decide in the lines of a file, and between an import and an edit of theirs."""

from collections.abc import Callable, Iterator
from datetime import date

import msgspec
from msgspec.structs import replace

from warraq.base import config
from warraq.base.controls import without_controls
from warraq.base.problems import Problem, WarraqError, error
from warraq.content import receipts
from warraq.content.frontmatter import with_field
from warraq.content.merge import BODY
from warraq.content.not_names import PATH as NOT_NAMES
from warraq.content.not_names import parse_not_names
from warraq.content.synonyms import PATH as SYNONYMS
from warraq.content.synonyms import parse_synonyms
from warraq.editing.answers import Answers, Decide, Question, change_of, checked
from warraq.editing.change_set import ChangeSet, FileChange, edited
from warraq.editing.writing import content_now
from warraq.model import Article, Moment

_AROUND = 6  # lines shown before and after the one in question
_SETTINGS: dict[str, Callable[[str], list[Problem]]] = {
    config.FILE: lambda text: config.parse(text)[1],
    SYNONYMS: lambda text: parse_synonyms(text)[1],
    NOT_NAMES: lambda text: parse_not_names(text)[1],
}
_MOMENTS = ("date", "lastmod")


def is_editable(path: str) -> bool:
    """Whether the lines of the file at `path` may be edited: content, and settings."""
    return path in _SETTINGS or (path.startswith("content/") and path.endswith(".md"))


def lines_around(question: Question) -> tuple[int, str]:
    """Return the lines of the file around the place in question, and the number of the first.

    Raises WarraqError if the file is gone or is no text.
    """
    lines = _text_of(question).split("\n")
    first = max(0, min(question.problem.line, len(lines)) - 1 - _AROUND)
    return first + 1, "\n".join(lines[first : first + 2 * _AROUND + 1])


def _text_of(question: Question) -> str:
    content = content_now(question.site, question.path)
    if content is None:
        raise WarraqError([error("decide-changed", question.path)], exit_code=3)
    try:
        return content.decode().removeprefix("\ufeff").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise WarraqError([error("file-unreadable", question.path, why="why-encoding")]) from None


def _rewritten(question: Question, answers: Answers) -> ChangeSet:
    """Write some lines of the file anew, wherever they are now."""
    path, old, new = question.path, answers.text("old"), without_controls(answers.text("new"))
    if not is_editable(path):
        raise WarraqError([error("edit-outside", path)])
    first = int(answers.one("first")) if answers.one("first").isdecimal() else 1

    def edit(text: str) -> str:
        lines, sought = text.split("\n"), old.split("\n")
        found = [at for at in range(len(lines)) if lines[at : at + len(sought)] == sought]
        if not found:
            raise WarraqError([error("decide-changed", path)], exit_code=3)
        at = min(found, key=lambda at: abs(at + 1 - first))
        return "\n".join([*lines[:at], *new.split("\n"), *lines[at + len(sought) :]])

    before = content_now(question.site, path)
    if before is None:
        raise WarraqError([error("decide-changed", path)], exit_code=3)
    change = edited(path, before, edit)
    subject = question.subject("say-decided-lines", path=path)
    if path not in _SETTINGS:
        return checked(question.site, [change], subject)
    if found := list(_new_in_settings(change)):
        raise WarraqError(found)
    return ChangeSet.of(subject, [change])


def _new_in_settings(change: FileChange) -> Iterator[Problem]:
    """Yield the errors of settings that a change brings, whatever their lines."""
    read = _SETTINGS[change.path]
    before, after = (
        [one for one in read((side or b"").decode().removeprefix("\ufeff")) if _is_error(one)]
        for side in (change.before, change.after)
    )
    known = {(one.code, one.args) for one in before}
    yield from (one for one in after if (one.code, one.args) not in known)


def _is_error(problem: Problem) -> bool:
    return problem.severity == "error"


def conflicts_of(question: Question) -> dict[str, str]:
    """Return what the import would have written, by field, as its receipt keeps it."""
    content = content_now(question.site, question.args["receipt"])
    if content is None:
        raise WarraqError([error("decide-changed", question.path)], exit_code=3)
    return dict(receipts.summary(content, question.args["receipt"]).conflicts)


def theirs_of(field: str, kept: str) -> object:
    """Return the value of a field as front matter has it; a body as it is."""
    if field == BODY:
        return kept
    value: object = msgspec.json.decode(kept)
    if field in _MOMENTS and isinstance(value, dict):
        return Moment(date.fromisoformat(value["day"]), value.get("clock", "")).iso
    return value


def _resolved(question: Question, answers: Answers) -> ChangeSet:
    """Decide each conflict that has an answer: `ours`, `theirs`, or `both` for texts and lists.

    Of a text only `both` is theirs: where their paragraphs belong is not known, so they go to the
    end, and nothing is lost.
    """
    article, kept = question.article(), conflicts_of(question)
    chosen = {field: answers.one(f"choose.{field}") for field in kept}
    decided = {field: how for field, how in chosen.items() if how in {"ours", "theirs", "both"}}
    if not decided:
        raise WarraqError([error("decide-choose", question.path)])
    after = article
    for field, how in decided.items():
        if how != "ours":
            after = _taken(after, field, theirs_of(field, kept[field]), both=how == "both")
    path = question.args["receipt"]
    receipt = content_now(question.site, path) or b""
    rest = {field: text for field, text in kept.items() if field not in decided}
    changes = [
        change_of(question.site, article, after),
        FileChange(path, receipt, _with_conflicts(receipt, rest)),
    ]
    subject = question.subject("say-decided-conflict", title=article.title)
    found = checked(question.site, changes[:1], subject)
    return ChangeSet.of(subject, [*found.changes, changes[1]])


def _taken(article: Article, field: str, theirs: object, *, both: bool) -> Article:
    if field == BODY:
        return replace(article, body=f"{article.body.strip()}\n\n{theirs}")
    ours = msgspec.to_builtins(getattr(article, field))
    if both and isinstance(theirs, list) and isinstance(ours, list | tuple):
        theirs = [*ours, *(one for one in theirs if one not in ours)]
    return with_field(article, field, theirs)


def _with_conflicts(receipt: bytes, conflicts: dict[str, str]) -> bytes:
    """Return a receipt with other conflicts, written as import does; unknown keys stay."""
    known = msgspec.json.decode(receipt, type=dict[str, object])
    known.pop("conflicts", None)
    if conflicts:
        known["conflicts"] = conflicts
    return msgspec.json.format(msgspec.json.encode(known, order="sorted"), indent=1) + b"\n"


FILES: dict[str, Decide] = {"lines": _rewritten}
CONFLICTS: dict[str, Decide] = {"resolve": _resolved}
