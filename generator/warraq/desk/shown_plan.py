"""What a page shows of a plan before it is written, and how it knows that plan again.

The form that writes carries a digest of each change; where planning again gives another, that is
shown and nothing is written.
"""

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from hashlib import sha256
from typing import NamedTuple
from urllib.parse import quote, unquote

from warraq.base.problems import Language, filled, listed
from warraq.commands.edit import Edited
from warraq.content.frontmatter import front_matter
from warraq.desk.page_templates import said, words
from warraq.editing.change_set import FileChange
from warraq.editing.field_edits import FIELDS, name_of
from warraq.editing.validation import parsed
from warraq.model import Article

_MOST = 50  # articles whose changes are shown; the others are counted
_LEFT = 100  # reasons
_NAMED = 5  # articles named in a sentence


class ShownChange(NamedTuple):
    """What the page shows of one article's change: of each field the values, those gone too.

    The sign of a value is "-" where it goes, "+" where it comes, else " ".
    """

    id: str
    title: str
    fields: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]

    @classmethod
    def of(cls, change: FileChange, language: Language) -> "ShownChange":
        """Return what is shown of `change`."""
        read = (parsed(change.path, side or b"")[0] for side in (change.before, change.after))
        old, new = (one if isinstance(one, Article) else Article("", "") for one in read)
        was, becomes = (front_matter(one) for one in (old, new))
        fields = tuple(
            (_label(key, language), _compared(_texts(was.get(key)), _texts(becomes.get(key))))
            for key in {**becomes, **was}
            if was.get(key) != becomes.get(key)
        )
        return cls(new.id, new.title, fields)


def _label(key: str, language: Language) -> str:
    """Return what the form of an article calls a key, else what an edit does."""
    known = words(language)
    return known[key] if key in known else name_of(key, language) if key in FIELDS["set"] else key


def _compared(was: list[str], becomes: list[str]) -> tuple[tuple[str, str], ...]:
    """Return the values of a field before and after, with their signs.

    >>> _compared(["a", "b"], ["b", "c"])
    (('-', 'a'), (' ', 'b'), ('+', 'c'))
    """
    found: list[tuple[str, str]] = []
    matcher = SequenceMatcher(None, was, becomes, autojunk=False)
    for tag, first, last, start, stop in matcher.get_opcodes():
        if tag == "equal":
            found += [(" ", text) for text in becomes[start:stop]]
        else:
            found += [("-", text) for text in was[first:last]]
            found += [("+", text) for text in becomes[start:stop]]
    return tuple(found)


def _texts(value: object) -> list[str]:
    """Return the texts in a value of front matter, whatever holds them."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return [text for one in value for text in _texts(one)]
    return [] if value in (None, "") else [_plain(value)]


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


class ShownPlan(NamedTuple):
    """What the page shows of a plan. `left` says what is not applied, and why, with its path."""

    changed: int
    unchanged: int
    left: tuple[tuple[str, str], ...]
    changes: tuple[ShownChange, ...]
    more: int
    seen: str

    @classmethod
    def of(cls, planned: Edited, language: Language) -> "ShownPlan":
        """Return what is shown of `planned`."""
        changes, found = planned.planned.changes, planned.found or 0
        refused = {one.path for one in planned.problems if one.severity == "error"}
        are_articles = all(path.startswith("content/articles/") for path in refused)
        left = tuple((one.path, said(one, language)) for one in planned.problems)
        return cls(
            len(changes),
            max(0, found - len(changes) - len(refused)) if are_articles else 0,  # not of cells
            left[:_LEFT],
            tuple(ShownChange.of(one, language) for one in changes[:_MOST]),
            max(0, len(changes) - _MOST),
            _seen(changes),
        )


def _seen(changes: Iterable[FileChange]) -> str:
    """Return what a form carries of the changes that it was shown with: a line for each."""
    return "\n".join(f"{digest} {quote(path)}" for path, digest in _digests(changes).items())


def _digests(changes: Iterable[FileChange]) -> dict[str, str]:
    sides = ((path, sha256(before or b""), sha256(after or b"")) for path, before, after in changes)
    return {p: sha256(old.digest() + new.digest()).hexdigest()[:20] for p, old, new in sides}


def unlike(seen: str, changes: Iterable[FileChange]) -> list[str]:
    """Return the paths whose change is not the one that the form was shown with."""
    rows = (line.partition(" ") for line in seen.splitlines())
    shown = {unquote(path): digest for digest, _, path in rows}
    now = _digests(changes)
    return sorted(path for path in shown.keys() | now if shown.get(path) != now.get(path))


def overtaken(others: Sequence[str], language: Language) -> str:
    """Return the sentence that names the paths whose change is another one now."""
    names = listed((path.rpartition("/")[2] for path in others), _NAMED)
    return filled(
        words(language)["plan-overtaken"], language, {"count": len(others), "names": names}
    )
