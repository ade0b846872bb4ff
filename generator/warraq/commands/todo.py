"""`warraq todo`: what waits for an editor, in queues, the most helpful decisions first."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from warraq.base.problems import Problem, warning
from warraq.commands.check import check_content
from warraq.content import store
from warraq.content.open_decisions import COPY
from warraq.content.store import Content, LineFinder
from warraq.intake.people import introduced_people, proposed_people
from warraq.model import Article, Authority, Story
from warraq.prose.mentions import Matcher


class Queue(NamedTuple):
    """A queue: the message that names it, and the codes of the problems that wait in it."""

    title: str
    codes: tuple[str, ...] = ()


# In the order in which they help an archive. Every error waits in the first, the rest in the last.
QUEUES = {
    "errors": Queue("say-queue-errors"),
    "conflicts": Queue("say-queue-conflicts", ("import-conflict",)),
    "dates": Queue("say-queue-dates", ("open-date",)),
    "inferred": Queue("say-queue-inferred", ("open-inferred", "open-date-conflict", "date-ahead")),
    "sources": Queue("say-queue-sources", ("open-source",)),
    "titles": Queue("say-queue-titles", ("open-title",)),
    "copies": Queue("say-queue-copies", ("open-copy", "same-text-removed", "copy-unretracted")),
    "stories": Queue("say-queue-stories", ("open-story",)),
    "names": Queue(
        "say-queue-names", ("open-name", "name-shared", "name-near-key", "name-keyless")
    ),
    "flags": Queue("say-queue-flags", ("open-flag",)),
    "links": Queue(
        "say-queue-links",
        (
            *("link-dead", "link-draft", "link-empty", "link-refused", "link-removed"),
            *("menu-dead", "picture-missing", "picture-missing-near", "picture-remote"),
            *("picture-large", "media-unused"),
        ),
    ),
    "topics": Queue("say-queue-topics", ("open-topics",)),
    "others": Queue("say-queue-others"),
}
_QUEUE_OF = {code: name for name, queue in QUEUES.items() for code in queue.codes}
# `check` counts these for all articles together; here each article waits by itself.
_SUMMED = ("articles-topicless", "articles-sourceless")


class Waiting(NamedTuple):
    """One decision: what is open, and of which article or file, by its id and title."""

    problem: Problem
    id: str = ""
    title: str = ""


def todo(site: Path) -> dict[str, tuple[Waiting, ...]]:
    """Return the queues that are not empty, each in the order to work through."""
    content = store.load(site)
    lines = LineFinder(site)
    problems = {problem for problem in check_content(site, content) if problem.code not in _SUMMED}
    problems.update(_proposed_stories(content))
    problems.update(_names(content))
    for article in content.articles:
        problems.update(_of_article(article, lines))
    articles = {article.path: article for article in content.articles}
    others = {file.path: file for file in content.authorities}
    queues: dict[str, list[Waiting]] = {name: [] for name in QUEUES}
    for problem in sorted(problems, key=lambda one: _order(one, articles.get(one.path))):
        is_error = problem.severity == "error"
        queue = "errors" if is_error else _QUEUE_OF.get(problem.code, "others")
        queues[queue].append(_waiting(problem, articles, others))
    return {name: tuple(found) for name, found in queues.items() if found}


def _waiting(
    problem: Problem, articles: Mapping[str, Article], others: Mapping[str, Authority]
) -> Waiting:
    if article := articles.get(problem.path):
        return Waiting(problem, article.id, article.title)
    other = others.get(problem.path)
    return Waiting(problem, "", other.name if other else "")


def _of_article(article: Article, lines: LineFinder) -> Iterator[Problem]:
    """Yield what `check` does not ask of one article: flags, and topics if it has none."""
    if article.status != "live" or article.draft:
        return
    for flag in article.flags:
        if flag.kind != COPY:
            line = lines.of(article.path, flag.text, "flags")
            yield warning("open-flag", article.path, line, kind=flag.kind, value=flag.text)
    if not article.topics:
        yield warning("open-topics", article.path, 1)


def _proposed_stories(content: Content) -> Iterator[Problem]:
    for story in content.authorities:
        if isinstance(story, Story) and story.status == "proposed":
            yield warning("open-story", story.path, 1, count=len(story.articles))


def _names(content: Content) -> Iterator[Problem]:
    """Yield the people whom several articles introduce and who have no file."""
    known = Matcher(content.authorities)
    met = {
        article.id: [
            person
            for person in introduced_people(article.body.split("\n\n"))
            if not known.find(person.name)
        ]
        for article in content.articles
        if article.status == "live"
    }
    for person in proposed_people(met):
        count = len(person.articles)
        yield warning("open-name", "", 0, name=person.name, role=person.role, count=count)


def _order(problem: Problem, article: Article | None) -> tuple[object, ...]:
    """Names met most often first, then the newest articles, then by place."""
    count = int(dict(problem.args)["count"]) if problem.code == "open-name" else 0
    day = article.date.day.toordinal() if article and article.date else 0
    return (-count, -day, problem.path, problem.line, problem.code, problem.args)
