"""Edits of many articles at once, as one change set."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from warraq.base.problems import Problem, WarraqError, unexpected_as_problem
from warraq.content.store import Content, LineFinder
from warraq.editing.article_text import with_fields_of
from warraq.editing.change_set import ChangeSet, FileChange, edited
from warraq.editing.field_edits import Step
from warraq.editing.validation import new_errors
from warraq.editing.writing import content_now
from warraq.model import Article


def planned(site: Path, content: Content, steps: Mapping[str, Iterable[Step]]) -> ChangeSet:
    """Return what `steps`, by path, make of the articles there, without a sentence about it.

    An article that they would make wrong is left out, and its problems tell why.
    """
    by_path = {article.path: article for article in content.articles}
    changes: dict[str, FileChange] = {}
    refused: list[Problem] = []
    for article in (by_path[path] for path in sorted(steps.keys() & by_path.keys())):
        try:
            with unexpected_as_problem(article.path):
                if change := _change(site, article, steps[article.path]):
                    changes[article.path] = change
        except WarraqError as fault:
            refused += fault.problems
    while found := new_errors(content, changes.values(), LineFinder(site)):
        refused += found
        blamed = {problem.path for problem in found} & changes.keys()
        for path in blamed or list(changes):  # wrong elsewhere, by all of them together
            del changes[path]
    return ChangeSet.of("", changes.values(), refused)


def _change(site: Path, article: Article, steps: Iterable[Step]) -> FileChange | None:
    after = article
    for step in steps:
        after = step(after)
    content = content_now(site, article.path)
    if after == article or content is None:
        return None
    return edited(article.path, content, lambda text: with_fields_of(text, article, after))
