"""Topics and authors that look like keys and have no file: names, or misspelt keys.

A login («admin») or a tag («covid-19») is a name, though it looks like a key; a misspelt key is
similar to a present or former one. docs/decisions/0024.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath as Path

from warraq.base.problems import Problem, listed, warning
from warraq.base.slips import nearest_key
from warraq.base.urls import is_key
from warraq.content.store import KEYS_NAMING, Content, LineFinder
from warraq.model import FREELY_NAMED_KINDS, AuthorityKind

_SHOWN = 10  # names quoted in a message


def names_without_file(content: Content, lines: LineFinder) -> Iterator[Problem]:
    """Yield a warning for each word that may be a misspelt key, and one per kind for the others."""
    for kind in FREELY_NAMED_KINDS:
        keys = _keys(content, kind)
        alone: Counter[str] = Counter()
        for word, paths in _without_file(content, kind).items():
            if not (near := keys.get(nearest_key(word, keys), "")):
                alone[word] = len(paths)
                continue
            for path in paths:
                line = lines.of(path, word, *KEYS_NAMING.get(kind, (kind,)))
                yield warning("name-near-key", path, line, kind=kind, value=word, near=near)
        if alone:
            first = sorted(alone, key=lambda word: (-alone[word], word))
            names, count = listed(first, _SHOWN), len(alone)
            yield warning("name-keyless", "content/articles", kind=kind, count=count, names=names)


def _keys(content: Content, kind: AuthorityKind) -> dict[str, str]:
    """Return present and former keys of `kind`, each with the present one."""
    files = [authority for authority in content.authorities if authority.kind == kind]
    former = {key: authority.key for authority in files for key in authority.formerly}
    return former | {authority.key: authority.key for authority in files}


def _without_file(content: Content, kind: AuthorityKind) -> dict[str, list[str]]:
    """Return the words of `kind` that look like keys and have no file, with the articles."""
    files = {authority.key for authority in content.authorities if authority.kind == kind}
    files |= {Path(path).stem for path in content.unread if Path(path).parts[1] == kind}
    found: dict[str, list[str]] = {}
    for article in content.articles:
        for word in dict.fromkeys(getattr(article, kind)):
            if is_key(word) and word not in files:
                found.setdefault(word, []).append(article.path)
    return found
