"""What editors decide of names and stories: a file for a name, which of two, one story or none."""

from functools import partial

from msgspec.structs import replace

from warraq.base.problems import WarraqError, error
from warraq.content.frontmatter import AUTHORITY
from warraq.content.not_names import PATH as NOT_NAMES
from warraq.content.not_names import with_not_name
from warraq.content.splice import with_items, with_key
from warraq.content.store import authority_at, load_authorities
from warraq.editing import authority_surgery
from warraq.editing.answers import Answers, Decide, Question, checked, of_article
from warraq.editing.change_set import ChangeSet, FileChange, edited
from warraq.editing.writing import content_now
from warraq.model import Article, AuthorityKind, Story

FILED: tuple[AuthorityKind, ...] = ("people", "organizations", "places")
_ORDER = tuple(AUTHORITY["stories"])


def _filed(question: Question, answers: Answers) -> ChangeSet:
    """Make a file for a name that has none."""
    kind = next((one for one in FILED if one == answers.one("kind")), None)
    key, name, role = answers.one("key"), answers.one("name"), answers.one("role")
    if not (kind and name):
        raise WarraqError([error("decide-empty", question.path)])
    path = f"content/{kind}/{key}.md"
    subject = question.subject("say-commit-file", name=name, path=path)
    authorities, _ = load_authorities(question.site)
    planned = authority_surgery.made(question.site, authorities, kind, key, name, subject)
    if not role:
        return planned
    (change,) = planned.changes
    text = (change.after or b"").decode()
    with_role = with_key(text, "role", role, order=tuple(AUTHORITY[kind]), path=path)
    return checked(question.site, [change._replace(after=with_role.encode())], subject)


def _no_name(question: Question, _: Answers) -> ChangeSet:
    name = question.args["name"]
    before = content_now(question.site, NOT_NAMES)
    change = edited(NOT_NAMES, before or b"", lambda text: with_not_name(text, name))
    subject = question.subject("say-decided-no-name", name=name)
    return ChangeSet.of(subject, [change._replace(before=before)])


def _near(question: Question, _: Answers) -> ChangeSet:
    """Write the key that is near to a word without a file in its place."""
    args = question.args

    def edit(article: Article) -> Article:
        held: tuple[str, ...] = getattr(article, args["kind"])
        moved = (args["near"] if one == args["value"] else one for one in held)
        return replace(article, **{args["kind"]: tuple(dict.fromkeys(moved))})

    return of_article(question, edit, "say-decided-near", value=args["value"], near=args["near"])


def _unshared(question: Question, answers: Answers) -> ChangeSet:
    """Take a shared name out of the spellings of one of the files that have it."""
    name, path = question.args["name"], answers.one("value")
    authorities, _ = load_authorities(question.site)
    file = next((one for one in authorities if one.path == path and name in one.aliases), None)
    content = content_now(question.site, path) if file else None
    if file is None or content is None:
        raise WarraqError([error("decide-choose", question.path)])
    rest = [one for one in file.aliases if one != name]
    order = tuple(AUTHORITY[file.kind])
    edit = partial(with_items, key="aliases", items=rest, order=order, path=path)
    subject = question.subject("say-decided-alias", name=name, title=file.name)
    return checked(question.site, [edited(path, content, edit)], subject)


def _story(question: Question) -> tuple[Story, bytes]:
    found, problems = authority_at(question.site, question.path)
    content = content_now(question.site, question.path)
    if not isinstance(found, Story) or content is None:
        raise WarraqError(problems or [error("decide-changed", question.path)])
    return found, content


def _one_story(question: Question, answers: Answers) -> ChangeSet:
    """Confirm a story of the articles that are chosen; the others leave it."""
    story, content = _story(question)
    members = [one for one in story.articles if one in answers.all("member")]
    if len(members) < 2:
        raise WarraqError([error("decide-members", question.path)])

    def edit(text: str) -> str:
        if members != list(story.articles):
            text = with_items(text, "articles", members, order=_ORDER, path=story.path)
        return with_key(text, "status", "confirmed", order=_ORDER, path=story.path)

    subject = question.subject("say-decided-story", title=story.name)
    return ChangeSet.of(subject, [edited(story.path, content, edit)])


def _split(question: Question, answers: Answers) -> ChangeSet:
    """Take the articles that are not chosen out of a story, which stays proposed."""
    story, content = _story(question)
    members = [one for one in story.articles if one in answers.all("member")]
    if len(members) < 2 or len(members) == len(story.articles):
        raise WarraqError([error("decide-members", question.path)])
    edit = partial(with_items, key="articles", items=members, order=_ORDER, path=story.path)
    count = len(story.articles) - len(members)
    subject = question.subject("say-decided-split", title=story.name, count=count)
    return ChangeSet.of(subject, [edited(story.path, content, edit)])


def _no_story(question: Question, _: Answers) -> ChangeSet:
    """Remove the file: the next proposal sees that it is gone, and remembers its pairs."""
    story, content = _story(question)
    subject = question.subject("say-decided-no-story", title=story.name)
    return ChangeSet.of(subject, [FileChange(story.path, content, None)])


NAMES: dict[str, Decide] = {"file": _filed, "no-name": _no_name}
NEAR_KEYS: dict[str, Decide] = {"near": _near}
SHARED: dict[str, Decide] = {"unshare": _unshared}
STORIES: dict[str, Decide] = {"story": _one_story, "split": _split, "no-story": _no_story}
