"""`warraq todo`: what waits for an editor, in queues, the most helpful decisions first."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from warraq.base.markup import address_written
from warraq.base.problems import Problem, warning
from warraq.commands.check import check_content
from warraq.content import store
from warraq.content.not_names import not_names
from warraq.content.open_decisions import COPY, decisions_about, is_topicless
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
# What an article and its receipt show by themselves.
_OF_ARTICLES = frozenset(
    "import-conflict open-date open-inferred open-date-conflict open-source open-title open-copy "
    "open-flag open-topics".split()
)


class Waiting(NamedTuple):
    """One decision: what is open, and of which article or file, by its id and title.

    `articles` are ids of those that have a name which has no file.
    """

    problem: Problem
    id: str = ""
    title: str = ""
    articles: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """A name of the decision that stays the same while its file changes around it."""
        problem = self.problem
        args = [pair for pair in problem.args if pair[0] != "count"]
        parts = (problem.code, problem.path, *(part for pair in args for part in pair))
        return sha256("\0".join(parts).encode(errors="surrogatepass")).hexdigest()[:12]


def todo(site: Path) -> dict[str, tuple[Waiting, ...]]:
    """Return the queues that are not empty, each in the order to work through."""
    return queues_of(site, store.load(site))


def queues_of(site: Path, content: Content) -> dict[str, tuple[Waiting, ...]]:
    """Return what `todo` does; `content` is that of the site."""
    lines = LineFinder(site)
    problems = {problem for problem in check_content(site, content) if problem.code not in _SUMMED}
    problems.update(filter(None, (_of_story(file) for file in content.authorities)))
    names = dict(_names(site, content))
    problems.update(names)
    for article in content.articles:
        problems.update(_of_article(article, lines))
    articles = {article.path: article for article in content.articles}
    others = {file.path: file for file in content.authorities}
    queues: dict[str, list[Waiting]] = {name: [] for name in QUEUES}
    for problem in sorted(problems, key=lambda one: _order(one, articles.get(one.path))):
        one = _waiting(problem, articles.get(problem.path) or others.get(problem.path))
        queues[queue_of(problem)].append(one._replace(articles=names.get(problem, ())))
    return {name: tuple(found) for name, found in queues.items() if found}


def queue_of(problem: Problem) -> str:
    """Return the name of the queue in which a problem waits."""
    return "errors" if problem.severity == "error" else _QUEUE_OF.get(problem.code, "others")


def still_waits(site: Path, one: Waiting) -> Waiting | None:
    """Return a decision as its file is now, None if the file shows that it is made.

    What only the whole archive shows (a link that leads nowhere) waits as long as its file names
    it: the next `todo` finds out.
    """
    code, path = one.problem.code, one.problem.path
    if code == "open-name":
        return one if _lacks_file(site, one.problem) else None
    if path and not (site / path).exists():
        return None
    if path.startswith("content/articles/"):
        article = store.article_at(site, path).article
        return _as_now(site, one, article) if article else one
    if code == "open-story":
        story, _ = store.authority_at(site, path)
        found = _of_story(story) if story else None
        return _waiting(found, story) if found else None
    return one


def _as_now(site: Path, one: Waiting, article: Article) -> Waiting | None:
    lines = LineFinder(site)
    if one.problem.code in _OF_ARTICLES:
        found = (*decisions_about(site, article, lines), *_of_article(article, lines))
        same = (_waiting(problem, article) for problem in found)
        return next((now for now in same if now.key == one.key), None)
    args = dict(one.problem.args)
    named = args.get("target", args.get("src", "")).removesuffix("…")
    text = (site / one.problem.path).read_text("utf-8", "replace")
    written = (text, address_written(text), unquote(text))  # as the file may write an address
    return one if any(named in form for form in written) else None


def _waiting(problem: Problem, file: Article | Authority | None) -> Waiting:
    if isinstance(file, Article):
        return Waiting(problem, file.id, file.title)
    return Waiting(problem, "", file.name if file else "")


def _of_article(article: Article, lines: LineFinder) -> Iterator[Problem]:
    """Yield what `check` does not ask of one article: flags, and topics if it has none."""
    if article.status != "live" or article.draft:
        return
    for flag in article.flags:
        if flag.kind != COPY:
            line = lines.of(article.path, flag.text, "flags")
            yield warning("open-flag", article.path, line, kind=flag.kind, value=flag.text)
    if is_topicless(article):
        yield warning("open-topics", article.path, 1)


def _of_story(file: Authority) -> Problem | None:
    """Return that a story is proposed, if it is."""
    if isinstance(file, Story) and file.status == "proposed":
        return warning("open-story", file.path, 1, count=len(file.articles))
    return None


def _names(site: Path, content: Content) -> Iterator[tuple[Problem, tuple[str, ...]]]:
    """Yield the people whom several articles introduce and who have no file, with the articles."""
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
    for person in proposed_people(met, not_names=not_names(site)[0]):
        args = {"name": person.name, "role": person.role, "count": len(person.articles)}
        yield warning("open-name", "", 0, **args), person.articles


def _lacks_file(site: Path, problem: Problem) -> bool:
    name = dict(problem.args)["name"]
    authorities, _ = store.load_authorities(site)
    return name not in not_names(site)[0] and not Matcher(authorities).find(name)


def _order(problem: Problem, article: Article | None) -> tuple[object, ...]:
    """Names met most often first, then the newest articles, then by place."""
    count = int(dict(problem.args)["count"]) if problem.code == "open-name" else 0
    day = article.date.day.toordinal() if article and article.date else 0
    return (-count, -day, problem.path, problem.line, problem.code, problem.args)
