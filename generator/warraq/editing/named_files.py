"""Authority files as editors name them: by key, by a former key, or by any spelling. Pure."""

from collections import defaultdict
from collections.abc import Iterable

from warraq.base.arabic import fold_name
from warraq.base.urls import is_key
from warraq.model import Authority, AuthorityKind


class NamedFiles:
    """What the words for authority files refer to."""

    def __init__(self, authorities: Iterable[Authority]) -> None:
        """Keep keys and spellings of `authorities`."""
        self._keys: dict[tuple[AuthorityKind, str], Authority] = {}
        self._spellings: dict[tuple[AuthorityKind, str], dict[str, Authority]] = defaultdict(dict)
        for file in authorities:
            for key in file.formerly:
                self._keys.setdefault((file.kind, key), file)
            for name in (file.name, *file.aliases):
                self._spellings[file.kind, fold_name(name)][file.key] = file
        for file in authorities:
            self._keys[file.kind, file.key] = file

    def find(self, kind: AuthorityKind, words: str) -> Authority | None:
        """Return the file of `kind` that `words` name; None if there is none, or more than one."""
        if is_key(words) and (file := self._keys.get((kind, words))):
            return file
        found = self.named(kind, words)
        return found[0] if len(found) == 1 else None

    def named(self, kind: AuthorityKind, words: str) -> tuple[Authority, ...]:
        """Return the files of `kind` that have `words` for a name or a spelling."""
        return tuple(self._spellings.get((kind, fold_name(words)), {}).values())

    def value(self, kind: AuthorityKind, words: str) -> str:
        """Return what front matter says for `words`: the key of a file, or the words themselves."""
        file = self.find(kind, words)
        return file.key if file else words

    def keys(self, kind: AuthorityKind) -> tuple[str, ...]:
        """Return the present keys of `kind`, sorted."""
        return tuple(
            sorted(
                file.key for (k, key), file in self._keys.items() if k == kind and key == file.key
            )
        )
