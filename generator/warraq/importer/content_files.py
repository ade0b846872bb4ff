"""The articles and receipts under content/, as an import reads and writes them."""

from collections.abc import Iterator
from pathlib import Path

from warraq.base.files import path_from_name, walk, write_atomic
from warraq.base.problems import (
    Problem,
    StoppedError,
    WarraqError,
    error,
    reason_code,
    unexpected_as_problem,
)
from warraq.content import receipts
from warraq.content.frontmatter import parse_article, split
from warraq.content.receipts import Identity
from warraq.content.store import article_path
from warraq.model import Article, Receipt

ARTICLES = "content/articles"


class ContentFiles:
    """The articles by id and their receipts; a dry run keeps new articles in memory."""

    def __init__(self, site: Path, *, dry_run: bool = False) -> None:
        """List the articles, wherever below content/articles an editor has put them."""
        self._site = site
        self._dry_run = dry_run
        files = walk(site / ARTICLES, ".md")
        self._paths = {file.stem: file.relative_to(site).as_posix() for file in files}
        self._unwritten: dict[str, str] = {}

    def __contains__(self, article_id: object) -> bool:
        return article_id in self._paths

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def path_of(self, article_id: str) -> str:
        """Return the path of an article relative to the site, or its id if it does not exist."""
        return self._paths.get(article_id, article_id)

    def file_of(self, article_id: str) -> Path:
        """Return the file of an existing article."""
        return self._site / self._paths[article_id]

    def text_of(self, article_id: str) -> str:
        """Return what an existing article's file holds; raise WarraqError if it is unreadable."""
        try:
            return self.file_of(article_id).read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError) as fault:
            path = self._paths[article_id]
            raise WarraqError([error("file-unreadable", path, why=reason_code(fault))]) from None

    def article(self, article_id: str) -> Article | None:
        """Return an article, None for one that is missing or unreadable."""
        try:
            text = self._current_text(article_id)
        except (OSError, UnicodeDecodeError):
            return None
        return parse_article(text, self._paths[article_id])[0]

    def body(self, article_id: str) -> str:
        """Return the body of an article, "" if it is missing or broken; `warraq check` says why."""
        try:
            return split(self._current_text(article_id), self._paths[article_id]).body
        except (OSError, UnicodeDecodeError, WarraqError):
            return ""

    def receipt(self, identity: Identity) -> Receipt:
        """Return the receipt of an article, an empty one if it is lost."""
        path = receipts.path_of(identity.id)
        try:
            return receipts.decode((self._site / path).read_bytes(), path)
        except FileNotFoundError:
            return Receipt(identity.id, identity.seed, identity.sha256)

    def has_remote_picture(self, article_id: str) -> bool:
        """Whether an article, or its receipt, names a picture that is not in the archive."""
        if b"src: http" in self.file_of(article_id).read_bytes():
            return True
        receipt = self._site / receipts.path_of(article_id)
        return receipt.is_file() and b'"page:picture"' in receipt.read_bytes()

    def seed_is_missing(self, seed: str) -> bool:
        """Whether the file of `seed` no longer exists; the name of an export ends before a #."""
        names = [seed, *(seed[:at] for at, letter in enumerate(seed) if letter == "#")]
        return not any(path_from_name(self._site, name).is_file() for name in names)

    def identities(self) -> Iterator[tuple[str, Identity | tuple[Problem, ...]]]:
        """Yield article id → the head of its receipt, or why that is unreadable."""
        for file in walk(self._site / receipts.FOLDER, ".json"):
            try:
                path = file.relative_to(self._site).as_posix()
                yield file.stem, receipts.identity(file.read_bytes(), path)
            except WarraqError as fault:
                yield file.stem, fault.problems

    def provenance(self, article_id: str) -> tuple[Identity, str] | None:
        """Return what an article's own front matter says of its seed, and the seed's digest.

        The identity has no digest, so that the seed is drafted, and merged or refused.
        """
        with unexpected_as_problem(self._paths[article_id]):
            article = self.article(article_id) if self._names_its_seed(article_id) else None
        if not (article and article.provenance):
            return None
        identity = Identity(
            article_id,
            article.provenance.seed,
            "",
            external_ids=article.external_ids,
            aliases=article.aliases,
        )
        return identity, article.provenance.sha256

    def write_article(self, article_id: str, text: bytes) -> None:
        """Write an article, a new one at its usual path; raise StoppedError if that fails."""
        path = self._paths.setdefault(article_id, article_path(article_id))
        self.write(path, text)

    def write_receipt(self, article_id: str, receipt: bytes) -> None:
        """Write the receipt of an article; raise StoppedError if that fails."""
        self.write(receipts.path_of(article_id), receipt)

    def keep_unwritten(self, article_id: str, text: bytes) -> None:
        """Keep in memory what a dry run does not write, for later seeds to be compared with."""
        if self._dry_run:
            self._unwritten[article_id] = text.decode()

    def write(self, path: str, content: bytes) -> None:
        """Write a file unless it holds `content` already; raise StoppedError if that fails."""
        if not self._dry_run:
            write_if_changed(self._site, path, content)

    def _names_its_seed(self, article_id: str) -> bool:
        try:
            return b"\nprovenance:" in self.file_of(article_id).read_bytes()
        except OSError:
            return False

    def _current_text(self, article_id: str) -> str:
        if article_id in self._unwritten:
            return self._unwritten[article_id]
        if article_id not in self._paths:
            raise FileNotFoundError(article_id)
        return self.file_of(article_id).read_text("utf-8")


def write_if_changed(site: Path, path: str, content: bytes) -> None:
    """Write the file at `path` unless it holds `content` already.

    Raises StoppedError if it cannot be written: no other file can be either.
    """
    file = site / path
    try:
        if not file.is_file() or file.read_bytes() != content:
            write_atomic(file, content)
    except OSError as fault:
        raise StoppedError([error("file-unwritable", path, why=reason_code(fault))]) from None
