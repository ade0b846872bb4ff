"""The one stated history input: which commits changed which article, as git tells it.

Without git, or with `history: none`, every article simply has no versions. What readers see of a
version is its title and body, and what the front matter tells them; not what the tool keeps.
"""

import subprocess
from collections import defaultdict
from collections.abc import Callable
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

from warraq.base.files import is_inside
from warraq.content.frontmatter import parse_article
from warraq.model import Article, Change, ChangedField, Version

_RECORD = "\x1e"
_FIELD = "\x1f"
# The repository's own settings must not change what is read, nor run anything.
_GIT = ("git", "-c", "core.fsmonitor=false", "-c", "log.showSignature=false", "--no-pager")


class Commit(NamedTuple):
    """One commit that changed an article. `date` is the author's, ISO 8601 with offset."""

    commit: str
    date: str
    author: str
    subject: str


def edits(site: Path) -> dict[str, tuple[Commit, ...]]:
    """Return path → commits, oldest first, of the articles that more than one commit changed.

    Nothing outside a repository. What is read does not depend on the repository's own settings.
    """
    form = _RECORD + _FIELD.join(("%H", "%aI", "%aN", "%s"))
    command = (
        *_GIT,
        *("log", f"--format={form}", "--name-only", "--no-renames", "--relative", "-z"),
        *("--diff-filter=AM", "--no-ext-diff", "--", "content/articles"),
    )
    try:
        answer = subprocess.run(command, cwd=site, capture_output=True, check=True)  # noqa: S603 - fixed words, no shell
    except (OSError, subprocess.CalledProcessError):
        return {}
    found: dict[str, list[Commit]] = defaultdict(list)
    for record in answer.stdout.decode("utf-8", "replace").split(_RECORD)[1:]:
        head, _, names = record.partition("\0")
        commit, date, author, subject = head.strip("\n").split(_FIELD, 3)
        for name in filter(None, (name.strip("\n") for name in names.split("\0"))):
            found[name].append(Commit(commit, date, author, subject))
    return {path: tuple(reversed(c)) for path, c in found.items() if len(c) > 1}


def head(site: Path) -> str:
    """Return the commit that is checked out, "" outside a repository."""
    command = (*_GIT, "rev-parse", "--verify", "-q", "HEAD")
    try:
        answer = subprocess.run(command, cwd=site, capture_output=True, check=True)  # noqa: S603 - as above
    except (OSError, subprocess.CalledProcessError):
        return ""
    return answer.stdout.decode("ascii").strip()


CommitsOf = Callable[[str], tuple[Commit, ...]]


class History:
    """The versions of the articles under `site`; `commits_of` a path gives its commits in order."""

    def __init__(self, site: Path, commits_of: CommitsOf) -> None:
        """Ask git for a text when a version is first asked for."""
        self._site = site
        self._commits_of = commits_of
        self.versions = lru_cache(1024)(self._versions)

    def _versions(self, path: str) -> tuple[Version, ...]:
        """Return what each commit made of one article, from the raw seed on; () if only imported.

        A commit that changes nothing a reader sees is passed over.
        """
        commits = self._commits_of(path)
        if len(commits) < 2:
            return ()
        found: list[Version] = []
        before, text = None, ""
        for commit in commits:
            article = parse_article(self._text(commit.commit, path), path)[0]
            if article is None:  # a state that could not be read then either
                continue
            after = f"{article.title}\n\n{article.body.strip()}"
            changes = _changes(before, article) if before else ()
            text = text if before else _seed_text(self._site, article)
            if after != text or changes:
                found.append(
                    Version(commit.date, commit.author, commit.subject, text, after, changes)
                )
            before, text = article, after
        return tuple(found) if len(found) > 1 else ()

    @cached_property
    def _blobs(self) -> subprocess.Popen[bytes]:
        command = (*_GIT, "cat-file", "--batch")
        return subprocess.Popen(  # noqa: S603 - as above
            command, cwd=self._site, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def _text(self, commit: str, path: str) -> str:
        if "\n" in path or not (self._blobs.stdin and self._blobs.stdout):
            return ""
        self._blobs.stdin.write(f"{commit}:./{path}\n".encode())
        self._blobs.stdin.flush()
        head = self._blobs.stdout.readline().split()
        if len(head) != 3 or head[1] != b"blob":
            return ""
        return self._blobs.stdout.read(int(head[2]) + 1)[:-1].decode("utf-8", "replace")

    def close(self) -> None:
        """Let git go, if it was asked at all."""
        if "_blobs" in self.__dict__:
            self._blobs.communicate()


def _changes(before: Article, after: Article) -> tuple[Change, ...]:
    old, new = _told(before), _told(after)
    return tuple(Change(key, old[key], new[key]) for key in old if old[key] != new[key])


def _told(article: Article) -> dict[ChangedField, str]:
    """Return what readers are told beside the text, each as one line."""
    return {
        "date": article.date.iso if article.date else article.date_info.edtf,
        "date_basis": article.date_info.basis,
        "date_note": article.date_info.note,
        "event_date": article.event_date,
        "description": article.description,
        "source": article.source.name if article.source else "",
        "via": "، ".join(credit.name for credit in article.via),
        "authors": "، ".join(article.authors),
        "corrections": " ".join(correction.note for correction in article.corrections),
    }


def _seed_text(site: Path, article: Article) -> str:
    """Return the seed's lines, a paragraph each, "" where it is gone or lies outside the site."""
    if not article.provenance:
        return ""
    seed = site / article.provenance.seed
    try:
        text = seed.read_text("utf-8") if is_inside(seed, site) else ""
    except (OSError, ValueError):  # ValueError: not UTF-8, or a path that no system has
        return ""
    return "\n\n".join(line.strip() for line in text.splitlines() if line.strip())
