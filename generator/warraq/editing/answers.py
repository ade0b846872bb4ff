"""A question that waits for an editor, the answer that a form sends, and its checked change set."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from warraq.base.controls import without_controls
from warraq.base.problems import Language, Problem, WarraqError, error, message
from warraq.base.urls import is_article_id
from warraq.content.store import (
    Content,
    LineFinder,
    article_at,
    article_path,
    cross_check,
    load_authorities,
)
from warraq.editing.article_text import with_fields_of
from warraq.editing.change_set import ChangeSet, FileChange, edited
from warraq.editing.validation import new_errors, parsed
from warraq.editing.writing import content_now
from warraq.model import Article


class Answers(NamedTuple):
    """What an editor answered: rows of names and values, a name as often as it has values."""

    rows: tuple[tuple[str, str], ...] = ()

    def one(self, name: str) -> str:
        """Return the first value of `name` that says something, in one line; "" if none does."""
        return next(iter(self.all(name)), "")

    def all(self, name: str) -> list[str]:
        """Return the values of `name`, each in one line, empty ones left out."""
        values = (value for key, value in self.rows if key == name)
        return [line for value in values if (line := " ".join(without_controls(value).split()))]

    def text(self, name: str) -> str:
        """Return the first value of `name` as it was typed, with LF line ends."""
        values = (value for key, value in self.rows if key == name)
        return next(values, "").replace("\r\n", "\n").replace("\r", "\n")


class Question(NamedTuple):
    """A problem of a site that somebody has to decide; `history` is the language of commits."""

    site: Path
    problem: Problem
    history: Language

    @property
    def path(self) -> str:
        """The file that it is about."""
        return self.problem.path

    @property
    def args(self) -> dict[str, str]:
        """What the problem names."""
        return dict(self.problem.args)

    def article(self) -> Article:
        """Return its article as the file is now. Raises WarraqError if it cannot be read."""
        found = article_at(self.site, self.path)
        if found.article is None:
            raise WarraqError(found.problems or [error("decide-changed", self.path)])
        return found.article

    def subject(self, code: str, **args: object) -> str:
        """Return a commit's sentence."""
        return message(code, self.history, **args)


Decide = Callable[[Question, Answers], ChangeSet]


def of_article(
    question: Question,
    edit: Callable[[Article], Article],
    code: str,
    /,
    others: Iterable[Article] = (),
    **args: object,
) -> ChangeSet:
    """Return the change that `edit` makes to the article in question; `code` is its sentence.

    `others` are the articles to which it will refer.
    """
    article = question.article()
    change = change_of(question.site, article, edit(article))
    subject = question.subject(code, title=article.title, **args)
    return checked(question.site, [change], subject, others)


def change_of(site: Path, before: Article, after: Article) -> FileChange:
    """Return the change of an article's file. Raises WarraqError if it is gone."""
    content = content_now(site, before.path)
    if content is None:
        raise WarraqError([error("decide-changed", before.path)], exit_code=3)
    return edited(before.path, content, lambda text: with_fields_of(text, before, after))


def checked(
    site: Path, changes: Iterable[FileChange], subject: str, others: Iterable[Article] = ()
) -> ChangeSet:
    """Return `changes` as one change set. Raises WarraqError with what they would make wrong.

    `others` are articles to which the changed files refer: the rest of the archive is not read.
    """
    planned = ChangeSet.of(subject, changes)
    authorities, _ = load_authorities(site)
    lines, known = LineFinder(site), list[Problem]()
    articles = {article.path: article for article in others}
    for change in planned.changes:
        if change.before is not None:
            read, problems = parsed(change.path, change.before)
            known += problems
            if isinstance(read, Article):
                articles[change.path] = read
    known += cross_check(articles.values(), authorities, (), lines)
    now = Content(tuple(articles.values()), authorities, tuple(known))
    if found := new_errors(now, planned.changes, lines):
        raise WarraqError(found)
    return planned


def articles_of(site: Path, ids: Iterable[str]) -> list[Article]:
    """Return the articles of these ids, those whose files have their usual names."""
    wanted = (one for one in dict.fromkeys(ids) if is_article_id(one))
    found = (article_at(site, article_path(one)).article for one in wanted)
    return [article for article in found if article]
