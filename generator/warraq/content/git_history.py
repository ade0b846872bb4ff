"""The history of articles, from git: which commits changed which article, and what they changed.

Without git, or with `history: none`, articles have no versions. A shallow clone is refused, since
it would silently publish another site. Versions are compared by what readers see: title, body and
the front matter that pages show, without white space and the tool's own keys.
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
_RECORD = re.compile("\x1e(?=[0-9a-f]{40,64}\x1f)")  # not one within a subject
_PROMISOR = r"^remote\..*\.promisor$"  # set in a clone that left blobs out
# Settings of the repository must not change the output of git, nor run programs.
_SETTINGS = (
    "core.fsmonitor=false",
    "i18n.logOutputEncoding=UTF-8",
    "log.follow=false",
    "log.showSignature=false",
)
_GIT = ("git", *chain.from_iterable(("-c", setting) for setting in _SETTINGS), "--no-pager")


class Commit(NamedTuple):
    """A commit and the `blob` of an article after it. `date` is the author's, with offset."""

    commit: str
    date: str
    author: str
    subject: str
    blob: str


def head(site: Path) -> str:
    """Return the commit that is checked out, "" outside a repository.

    Raises WarraqError if the history cannot be read in full: in a shallow clone, or in a repository
    that git does not trust.
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
        raise WarraqError([refused(done.stderr)])
    return commit.strip()


def newest_commit_day(site: Path) -> date | None:
    """Return the day of the newest commit, None outside a repository."""
    stamp = _git_text(site, "log", "-1", "--format=%cI") or ""
    try:
        return date.fromisoformat(stamp[:10])
    except ValueError:
        return None


def article_commits(site: Path) -> dict[str, tuple[Commit, ...]]:
    """Return path → commits, oldest first, of articles that were changed after they were added.

    Empty outside a repository. The result does not depend on settings of the repository.
    """
    if not head(site):
        return {}
    form = "\x1e" + _FIELD.join(("%H", "%aI", "%cI", "%aN", "%s"))
    prefix = _prefix(site)
    done = _git(
        site,
        *("log", f"--format={form}", "--raw", "--no-abbrev", "-z", "--relative"),
        *("--find-renames=100%", "--diff-filter=AMR", "--no-ext-diff"),
        *("--", _ARTICLES.removeprefix(prefix)),
    )
    if done is None:
        return {}
    if done.returncode:
        raise WarraqError([refused(done.stderr)])
    found: dict[str, list[Commit]] = defaultdict(list)
    moved: dict[str, str] = {}  # former path → present one, of renamed files
    for record in _RECORD.split(done.stdout.decode("utf-8", "replace"))[1:]:
        about, _, files = record.partition("\0")
        commit, *dates, author, subject = about.split(_FIELD, 4)
        if stamp := next(filter(_is_moment, dates), ""):
            for blob, path, source in _log_files(files):
                present = moved.get(path, path)
                if source:
                    moved[source] = present
                else:
                    found[prefix + present].append(Commit(commit, stamp, author, subject, blob))
    return {path: tuple(reversed(c)) for path, c in found.items() if len(c) > 1}


def fetch(site: Path, commits: Iterable[Commit]) -> None:
    """Fetch in one request the blobs of `commits` that a partial clone lacks, not one by one.

    A failure is not reported here but when a text is read.
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
            stdin="".join(f"{blob}\n" for blob in sorted(lacking)).encode(),
        )


class History:
    """The versions of the articles under `site`."""

    def __init__(self, site: Path) -> None:
        """Start no git process until a version is requested."""
        self._site = site
        self.versions = lru_cache(1024)(self._versions)

    def _versions(self, path: str, commits: tuple[Commit, ...]) -> tuple[Version, ...]:
        """Return the versions of the article at `path`; the first is compared with the seed.

        () if it was never edited. A commit that changes nothing that readers see is skipped.
        """
        found: list[Version] = []
        before: Article | None = None
        is_edited = False
        for commit in commits if len(commits) > 1 else ():
            whole = self._text(commit, path)
            article = None if conflicts_in(whole) else parse_article(whole, path)[0]
            if article is None:  # it could not be built then either
                continue
            text = _text(before) if before else _seed_text(self._site, article)
            after, changes = _text(article), _changes(before, article) if before else ()
            is_visible = _differs_visibly(before, article) if before else text != after
            is_edited |= is_visible and before is not None
            if is_visible:
                author, subject = map(without_controls, (commit.author, commit.subject))
                found.append(Version(commit.date, author, subject, text, after, changes))
            before = article
        return tuple(found) if is_edited else ()

    def with_lastmod(self, article: Article, commits: tuple[Commit, ...]) -> Article:
        """Return `article` with `lastmod` from its last visible edit, unless it states one."""
        if article.lastmod or not (versions := self.versions(article.path, commits)):
            return article
        return replace(article, lastmod=Moment.of(versions[-1].date))

    @cached_property
    def _blob_reader(self) -> subprocess.Popen[bytes]:
        pipe = subprocess.PIPE
        command = (*_GIT, "cat-file", "--batch")
        git = subprocess.Popen(  # noqa: S603 - fixed words, no shell
            command,
            cwd=self._site / _prefix(self._site),
            env=_environment(),
            stdin=pipe,
            stdout=pipe,
            stderr=subprocess.DEVNULL,
        )
        self._closed = finalize(self, _terminate, git)
        return git

    def _text(self, commit: Commit, path: str) -> str:
        request, answer = self._blob_reader.stdin, self._blob_reader.stdout
        if not (request and answer):
            return ""
        try:
            request.write(f"{commit.blob}\n".encode())
            request.flush()
        except BrokenPipeError:
            raise WarraqError([_lost(commit, path)]) from None
        header = answer.readline().split()
        if len(header) != 3:
            raise WarraqError([_lost(commit, path)])
        content = answer.read(int(header[2]) + 1)[:-1]
        text = content.decode("utf-8", "replace") if header[1] == b"blob" else ""
        return without_controls(text)

    def close(self) -> None:
        """Terminate the git process if one was started."""
        if "_blob_reader" in self.__dict__:
            self._closed()


def _terminate(git: subprocess.Popen[bytes]) -> None:
    git.communicate()


def _git(site: Path, *words: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes] | None:
    """Run git and return its result, None if there is no git."""
    try:
        return subprocess.run(  # noqa: S603 - fixed words, no shell
            (*_GIT, *words),
            cwd=site / _prefix(site),
            env=_environment(),
            input=stdin,
            capture_output=True,
            check=False,
        )
    except OSError:
        return None


def _prefix(site: Path) -> str:
    """Return "content/" if that is a repository of its own (a submodule, a link), else ""."""
    content = site / _CONTENT
    return _CONTENT if content.is_symlink() or (content / ".git").exists() else ""


def _git_text(site: Path, *words: str) -> str:
    done = _git(site, *words)
    return done.stdout.decode("utf-8", "replace").strip() if done and not done.returncode else ""


def _environment() -> dict[str, str]:
    """Return an environment in which git writes English and never prompts for a password.

    A hook sets a GIT_DIR relative to its own working directory, which is another one here.
    """
    kept = dict(os.environ)
    if not Path(kept.get("GIT_DIR", "/")).is_absolute():
        for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"):
            kept.pop(name, None)
    return {**kept, "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"}


def refused(stderr: bytes) -> Problem:
    """Return the problem that git has with a repository, in its own words."""
    why = stderr.decode("utf-8", "replace").strip().partition("\n")[0]
    return error("history-refused", ".git", why=why.removeprefix("fatal: "))


def _lost(commit: Commit, path: str) -> Problem:
    return error("history-lost", path, commit=commit.commit[:12])


def _is_moment(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _log_files(files: str) -> Iterator[tuple[str, str, str]]:
    r"""Yield (blob, path, path before a rename or "") from `git log --raw -z` of a commit.

    >>> list(_log_files("\n:000000 100644 00 ab A\0a.md\0:100644 100644 cd cd R100\0b.md\0c.md\0"))
    [('ab', 'a.md', ''), ('cd', 'c.md', 'b.md')]
    """
    fields = iter(files.lstrip("\n").split("\0"))
    while header := next(fields, ""):
        *_, blob, status = header.split()
        source = next(fields) if status.startswith("R") else ""
        yield blob, next(fields), source


def _differs_visibly(before: Article, after: Article) -> bool:
    """Whether readers see a difference: in title, body or the front matter that pages show."""
    one, other = ((a.title, _as_read(a.body), _visible_fields(a)) for a in (before, after))
    return one != other


_LINE = re.compile(r" {0,3}[^\s\d#>*+=:|`~<!\[-]")  # the start of a line without markup


def _as_read(body: str) -> list[str]:
    r"""Return the paragraphs of `body` without white space that Markdown ignores.

    Indents, hard line breaks and code keep theirs.

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
    """Return title and body for comparison: without the backslashes that import writes."""
    return f"{article.title}\n\n{unescaped(article.body.strip())}"


def _changes(before: Article, after: Article) -> tuple[Change, ...]:
    old, new = _visible_fields(before), _visible_fields(after)
    return tuple(Change(key, old[key], new[key]) for key in old if old[key] != new[key])


def _visible_fields(article: Article) -> dict[ChangedField, str]:
    """Return the front matter that readers see, each field as one line."""
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
        "pictures": listed(map(_picture_line, filter(None, pictures))),
        "corrections": " ".join(correction.note for correction in article.corrections),
    }


def _picture_line(picture: Figure) -> str:
    texts = (picture.caption, picture.alt, picture.credit, picture.src)
    return " · ".join(filter(None, texts))


def _seed_text(site: Path, article: Article) -> str:
    """Return the seed's lines, a paragraph each, "" if it is missing or outside the site."""
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
