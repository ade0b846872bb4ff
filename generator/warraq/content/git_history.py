"""The one stated history input: which commits changed which article, as git tells it.

Without git, or with `history: none`, every article simply has no versions. A history that is cut
off is refused: it would publish another site without a word. What readers see of a version is its
title and body, and what the front matter tells them; not what the tool keeps, nor white space.
"""

import os
import re
import subprocess
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import cached_property, lru_cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple
from weakref import finalize

from msgspec.structs import replace

from warraq.base.conflicts import conflicts_in
from warraq.base.controls import without_controls
from warraq.base.files import is_inside
from warraq.base.markup import unescaped
from warraq.base.problems import Problem, WarraqError, error, listed
from warraq.content.frontmatter import parse_article
from warraq.model import Article, Change, ChangedField, Figure, Moment, Version

_CONTENT, _ARTICLES = "content/", "content/articles"
_FIELD = "\x1f"
_RECORD = re.compile("\x1e(?=[0-9a-f]{40,64}\x1f)")  # not one that stands in a commit's subject
_PROMISOR = r"^remote\..*\.promisor$"  # set in a clone that left blobs out
# The repository's own settings must not change what is read, nor run anything.
_SETTINGS = (
    "core.fsmonitor=false",
    "i18n.logOutputEncoding=UTF-8",
    "log.follow=false",
    "log.showSignature=false",
)
_GIT = ("git", *chain.from_iterable(("-c", setting) for setting in _SETTINGS), "--no-pager")


class Commit(NamedTuple):
    """One commit that changed an article into `blob`. `date` is the author's, with offset."""

    commit: str
    date: str
    author: str
    subject: str
    blob: str


def head(site: Path) -> str:
    """Return the commit that is checked out, "" outside a repository.

    Raises WarraqError for a history that is there and cannot be read whole: of a shallow clone, or
    of a repository that git does not trust.
    """
    done = _git(site, "rev-parse", "--is-shallow-repository", "--verify", "-q", "HEAD")
    if done is None:
        return ""
    if b"not a git repository" in done.stderr and "GIT_DIR" not in os.environ:
        return ""
    shallow, _, commit = done.stdout.decode("ascii", "replace").partition("\n")
    articles = _ARTICLES.removeprefix(_prefix(site))
    if shallow == "true" and _git_text(site, "ls-tree", "HEAD", "--", f"{articles}/"):
        raise WarraqError([error("history-shallow", ".git")])
    if done.returncode and done.stderr:
        raise WarraqError([_refused(done.stderr)])
    return commit.strip()


def newest_commit_day(site: Path) -> date | None:
    """Return the day of the newest commit, None outside a repository."""
    stamp = _git_text(site, "log", "-1", "--format=%cI") or ""
    try:
        return date.fromisoformat(stamp[:10])
    except ValueError:
        return None


def article_commits(site: Path) -> dict[str, tuple[Commit, ...]]:
    """Return path → commits, oldest first, of the articles that more than one commit changed.

    Nothing outside a repository. What is read does not depend on the repository's own settings.
    """
    if not head(site):
        return {}
    form = "\x1e" + _FIELD.join(("%H", "%aI", "%cI", "%aN", "%s"))
    prefix = _prefix(site)
    done = _git(
        site,
        *(
            "log",
            f"--format={form}",
            "--raw",
            "--no-abbrev",
            "--find-renames=100%",
            "--relative",
            "-z",
        ),
        *("--diff-filter=AMR", "--no-ext-diff", "--", _ARTICLES.removeprefix(prefix)),
    )
    if done is None:
        return {}
    if done.returncode:
        raise WarraqError([_refused(done.stderr)])
    found: dict[str, list[Commit]] = defaultdict(list)
    moved: dict[
        str, str
    ] = {}  # path → present one, of the files whose move was met on the way back
    for record in _RECORD.split(done.stdout.decode("utf-8", "replace"))[1:]:
        about, _, files = record.partition("\0")
        commit, *dates, author, subject = about.split(_FIELD, 4)
        if stamp := next(filter(_is_moment, dates), ""):
            for blob, path, source in _changed(files):
                present = moved.get(path, path)
                if source:
                    moved[source] = present
                else:
                    found[prefix + present].append(Commit(commit, stamp, author, subject, blob))
    return {path: tuple(reversed(c)) for path, c in found.items() if len(c) > 1}


def fetch(site: Path, commits: Iterable[Commit]) -> None:
    """Fetch at once what a clone without blobs lacks of `commits`; git alone asks for each by each.

    A failure is left to be told when the text is read.
    """
    wanted = {commit.blob for commit in commits}
    settings = _git_text(site, "config", "--get-regexp", _PROMISOR) if wanted else ""
    if not settings:
        return
    remote = settings.split("\n")[0].split()[0].removeprefix("remote.").removesuffix(".promisor")
    here = _git_text(site, "cat-file", "--batch-check=%(objectname)", "--batch-all-objects")
    if lacking := wanted.difference((here or "").split("\n")):
        _git(
            site,
            *("-c", "fetch.negotiationAlgorithm=noop", "fetch", remote, "--no-tags", "--quiet"),
            *("--no-write-fetch-head", "--no-auto-maintenance", "--recurse-submodules=no"),
            *("--filter=blob:none", "--stdin"),
            fed="".join(f"{blob}\n" for blob in sorted(lacking)).encode(),
        )


class History:
    """The versions of the articles under `site`, as their commits made them."""

    def __init__(self, site: Path) -> None:
        """Ask git for a text when a version is first asked for."""
        self._site = site
        self.versions = lru_cache(1024)(self._versions)

    def _versions(self, path: str, commits: tuple[Commit, ...]) -> tuple[Version, ...]:
        """Return what `commits` made of the article at `path`, the raw seed before the first.

        () if it was only imported. A commit that changes nothing a reader sees is passed over.
        """
        found: list[Version] = []
        before: Article | None = None
        is_edited = False
        for commit in commits if len(commits) > 1 else ():
            whole = self._text(commit, path)
            article = None if conflicts_in(whole) else parse_article(whole, path)[0]
            if article is None:  # a state that could not be read then either
                continue
            text = _text(before) if before else _seed_text(self._site, article)
            after, changes = _text(article), _changes(before, article) if before else ()
            is_seen = _is_seen(before, article) if before else text != after
            is_edited |= is_seen and before is not None
            if is_seen:
                author, subject = map(without_controls, (commit.author, commit.subject))
                found.append(Version(commit.date, author, subject, text, after, changes))
            before = article
        return tuple(found) if is_edited else ()

    def with_lastmod(self, article: Article, commits: tuple[Commit, ...]) -> Article:
        """Return `article` with git's day of the last edit readers see, unless it states one."""
        if article.lastmod or not (versions := self.versions(article.path, commits)):
            return article
        return replace(article, lastmod=Moment.of(versions[-1].date))

    @cached_property
    def _blobs(self) -> subprocess.Popen[bytes]:
        pipe = subprocess.PIPE
        command = (*_GIT, "cat-file", "--batch")
        git = subprocess.Popen(  # noqa: S603 - fixed words, no shell
            command, cwd=self._site / _prefix(self._site), env=_environment(),
            stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self._closed = finalize(self, _let_go, git)
        return git

    def _text(self, commit: Commit, path: str) -> str:
        told, answer = self._blobs.stdin, self._blobs.stdout
        if not (told and answer):
            return ""
        try:
            told.write(f"{commit.blob}\n".encode())
            told.flush()
        except BrokenPipeError:
            raise WarraqError([_lost(commit, path)]) from None
        about = answer.readline().split()
        if len(about) != 3:
            raise WarraqError([_lost(commit, path)])
        content = answer.read(int(about[2]) + 1)[:-1]
        return without_controls(content.decode("utf-8", "replace")) if about[1] == b"blob" else ""

    def close(self) -> None:
        """Let git go, if it was asked at all."""
        if "_blobs" in self.__dict__:
            self._closed()


def _let_go(git: subprocess.Popen[bytes]) -> None:
    git.communicate()


def _git(site: Path, *words: str, fed: bytes = b"") -> subprocess.CompletedProcess[bytes] | None:
    """Return what git answered, None where there is no git."""
    try:
        return subprocess.run(  # noqa: S603 - fixed words, no shell
            (*_GIT, *words), cwd=site / _prefix(site), capture_output=True, check=False, input=fed,
            env=_environment(),
        )  # fmt: skip
    except OSError:
        return None


def _prefix(site: Path) -> str:
    """Return "content/" where that is a repository of its own (a submodule, a link), else ""."""
    content = site / _CONTENT
    return _CONTENT if content.is_symlink() or (content / ".git").exists() else ""


def _git_text(site: Path, *words: str) -> str:
    done = _git(site, *words)
    return done.stdout.decode("utf-8", "replace").strip() if done and not done.returncode else ""


def _environment() -> dict[str, str]:
    """Return the environment in which git speaks English and asks nobody for a password.

    A hook sets GIT_DIR for the folder it runs in; told from there, it names nothing here.
    """
    kept = dict(os.environ)
    if not Path(kept.get("GIT_DIR", "/")).is_absolute():
        for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"):
            kept.pop(name, None)
    return {**kept, "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"}


def _refused(told: bytes) -> Problem:
    why = told.decode("utf-8", "replace").strip().partition("\n")[0]
    return error("history-refused", ".git", why=why.removeprefix("fatal: "))


def _lost(commit: Commit, path: str) -> Problem:
    return error("history-lost", path, commit=commit.commit[:12])


def _is_moment(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _changed(files: str) -> Iterator[tuple[str, str, str]]:
    r"""Yield (blob, path, path before a move or "") of what `git log --raw -z` tells of one commit.

    >>> list(_changed("\n:000000 100644 00 ab A\0a.md\0:100644 100644 cd cd R100\0b.md\0c.md\0"))
    [('ab', 'a.md', ''), ('cd', 'c.md', 'b.md')]
    """
    pieces = iter(files.lstrip("\n").split("\0"))
    while about := next(pieces, ""):
        *_, blob, status = about.split()
        source = next(pieces) if status.startswith("R") else ""
        yield blob, next(pieces), source


def _is_seen(before: Article, after: Article) -> bool:
    """Whether readers see a difference: in the title, the body's words, or what is told."""
    one, other = ((a.title, _as_read(a.body), _told(a)) for a in (before, after))
    return one != other


_LINE = re.compile(r" {0,3}[^\s\d#>*+=:|`~<!\[-]")  # how a line begins that is prose alone


def _as_read(body: str) -> list[str]:
    r"""Return the paragraphs of `body` without the white space that Markdown does not show.

    Indents, line ends that break a line, and code keep theirs.

    >>> _as_read("أ  ب \n\n\n\nج\nد\n") == _as_read("أ ب\n\nج د")
    True
    >>> _as_read("أ  \nب") == _as_read("أ ب"), _as_read("    أ") == _as_read("أ")
    (False, False)
    """
    if "```" in body or "~~~" in body:
        return [line.rstrip() for line in body.rstrip().split("\n")]
    return [
        " ".join(block.split())
        if all(_LINE.match(line) for line in block.split("\n")) and "  \n" not in block
        else block.rstrip()
        for block in re.split(r"\n(?:[ \t]*\n)+", body.strip("\n"))
        if block.strip()
    ]


def _text(article: Article) -> str:
    """Return title and body as they are compared: without the backslashes that import writes."""
    return f"{article.title}\n\n{unescaped(article.body.strip())}"


def _changes(before: Article, after: Article) -> tuple[Change, ...]:
    old, new = _told(before), _told(after)
    return tuple(Change(key, old[key], new[key]) for key in old if old[key] != new[key])


def _told(article: Article) -> dict[ChangedField, str]:
    """Return what readers are told beside the text, each as one line."""
    pictures = (article.image, *article.figures)
    return {
        "title_status": article.title_status,
        "date": article.date.iso if article.date else article.date_info.edtf,
        "date_status": article.date_info.status,
        "date_basis": article.date_info.basis,
        "date_note": article.date_info.note,
        "event_date": article.event_date,
        "description": article.description,
        "source": article.source.name if article.source else "",
        "via": listed(credit.name for credit in article.via),
        "authors": listed(article.authors),
        "dateline": article.dateline,
        "section": article.section,
        "topics": listed(article.topics),
        "people": listed(article.people),
        "places": listed(article.places),
        "organizations": listed(article.organizations),
        "cited": listed(cited.name for cited in article.cited),
        "pictures": listed(map(_described, filter(None, pictures))),
        "corrections": " ".join(correction.note for correction in article.corrections),
    }


def _described(picture: Figure) -> str:
    told = (picture.caption, picture.alt, picture.credit, picture.src)
    return " · ".join(filter(None, told))


def _seed_text(site: Path, article: Article) -> str:
    """Return the seed's lines, a paragraph each, "" where it is gone or lies outside the site."""
    if not article.provenance:
        return ""
    seed = site / article.provenance.seed
    try:
        text = without_controls(seed.read_text("utf-8")) if is_inside(seed, site) else ""
    except (OSError, ValueError):  # ValueError: not UTF-8, or a path that no system has
        return ""
    if seed.suffix in {".md", ".markdown"}:
        text = unescaped(text)
    return "\n\n".join(line.strip() for line in text.splitlines() if line.strip())
