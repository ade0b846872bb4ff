"""The decisions that wait for editors (`commands/todo.py`), and which answers each may have."""

from collections.abc import Mapping

from warraq.base.problems import WarraqError, error
from warraq.editing import article_decisions as article
from warraq.editing import file_decisions as file
from warraq.editing import name_decisions as name
from warraq.editing import reference_decisions as reference
from warraq.editing.answers import Answers, Decide, Question
from warraq.editing.change_set import ChangeSet

# By the kind of question: the answers, as a form names them.
ANSWERS: Mapping[str, Mapping[str, Decide]] = {
    "date": article.DATES,
    "source": article.SOURCES,
    "title": article.HEADLINES,
    "topics": article.TOPICS,
    "flag": article.FLAGS,
    "copy": article.COPIES,
    "print": article.PRINTS,
    "retraction": article.RETRACTIONS,
    "link": reference.LINKS,
    "picture": reference.PICTURES,
    "name": name.NAMES,
    "near": name.NEAR_KEYS,
    "shared": name.SHARED,
    "story": name.STORIES,
    "conflict": file.CONFLICTS,
    "lines": {},
}
_ASKED = {
    "date": ("open-date", "open-inferred", "open-date-conflict"),
    "source": ("open-source",),
    "title": ("open-title",),
    "topics": ("open-topics",),
    "flag": ("open-flag",),
    "copy": ("open-copy",),
    "print": ("same-text-removed",),
    "retraction": ("copy-unretracted",),
    "link": ("link-dead", "link-draft", "link-empty", "link-refused", "link-removed"),
    "picture": ("picture-missing", "picture-missing-near", "picture-remote", "picture-alt"),
    "name": ("open-name",),
    "near": ("name-near-key",),
    "shared": ("name-shared",),
    "story": ("open-story",),
    "conflict": ("import-conflict",),
}
_KIND_OF = {code: kind for kind, codes in _ASKED.items() for code in codes}


def kind_of(question: Question) -> str:
    """Return the kind of a question; what has no kind of its own is decided in the lines."""
    problem = question.problem
    if problem.code == "date-ahead" and question.args["key"] == "date":
        return "date"
    return _KIND_OF.get(problem.code, "lines")


def decided(question: Question, answer: str, answers: Answers) -> ChangeSet:
    """Return what an answer makes of the files. Raises WarraqError if it does not fit.

    Whatever is asked, the lines of its file may be written instead.
    """
    known = {**ANSWERS[kind_of(question)], **file.FILES}
    if answer not in known:
        raise WarraqError([error("decide-choose", question.path)])
    return known[answer](question, answers)
