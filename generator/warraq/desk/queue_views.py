"""What a decision's page shows beside its buttons: the text in question, and what is known of it.

One function for each kind of question in `editing/decisions.py`; its template is ask_<kind>.html.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from warraq.base.config import load
from warraq.base.edtf import is_edtf
from warraq.base.problems import Language, WarraqError
from warraq.base.romanized import proposed_key
from warraq.commands.todo import Waiting
from warraq.content import receipts
from warraq.content.frontmatter import front_matter
from warraq.content.merge import BODY
from warraq.content.store import load_authorities
from warraq.desk.passages import Passage, lead_of_body, passages_with
from warraq.desk.site_desk import Desk
from warraq.editing.answers import Question, articles_of
from warraq.editing.article_decisions import places_of
from warraq.editing.decisions import kind_of
from warraq.editing.file_decisions import conflicts_of, is_editable, lines_around, theirs_of
from warraq.editing.name_decisions import FILED
from warraq.editing.reference_decisions import body_of, figures_in, link_in
from warraq.model import Article, Authority, Story
from warraq.prose.markdown import picture_of
from warraq.prose.mentions import shared_names
from warraq.render.kinds.article import worded_evidence
from warraq.render.theme_paths import folders_of
from warraq.render.wording import Wording, load_words

_WITNESSES = 3  # articles shown of those that have a name
_BY_CHANCE = 30  # letters of a sentence that two texts may share without being related
_CITED_OUTLETS = frozenset(("agency", "newspaper", "magazine", "broadcaster", "site"))
_CORRECTED = frozenset(("typo", "spelling"))  # kinds of flags whose note is the usual spelling


class Facts(NamedTuple):
    """What is said of an article in one line, and how its text begins."""

    id: str
    title: str
    outlet: str
    day: str
    lead: list[Passage]


class DecisionView(NamedTuple):
    """A decision as its page shows it. `shown` is what the template of its kind needs."""

    kind: str
    args: dict[str, str]
    facts: Facts | None
    passages: list[Passage]
    shown: dict[str, object]
    lines: tuple[int, str] | None  # of the file, around the place, where they may be edited
    has_receipt: bool


class _Case(NamedTuple):
    question: Question
    language: Language
    one: Waiting
    article: Article | None
    authorities: tuple[Authority, ...]
    topics: tuple[str, ...]


_Seen = tuple[list[Passage], dict[str, object]]


def decision_view(desk: Desk, one: Waiting, topics: tuple[str, ...]) -> DecisionView:
    """Return what a decision's page shows; `topics` are those used most.

    What cannot be read is not shown: the lines of its file are.
    """
    question = Question(desk.site, one.problem, desk.history)
    kind, article = kind_of(question), None
    authorities, _ = load_authorities(desk.site)
    try:
        is_article = question.path.startswith("content/articles/")
        article = question.article() if is_article else None
        passages, shown = _VIEWS[kind](
            _Case(question, desk.language, one, article, authorities, topics)
        )
    except WarraqError:
        kind, passages, shown = "lines", [], {}
    try:
        lines = lines_around(question) if is_editable(question.path) else None
    except WarraqError:
        lines = None
    facts = facts_of(article, authorities) if article else None
    if facts and not passages:
        passages = facts.lead
    receipt = desk.site / receipts.path_of(article.id) if article and article.id else None
    has_receipt = bool(receipt and receipt.is_file())
    return DecisionView(kind, question.args, facts, passages, shown, lines, has_receipt)


def facts_of(article: Article, authorities: Iterable[Authority]) -> Facts:
    """Return what is said of an article in one line; a key of an outlet by its file's name."""
    source = article.source or next(iter(article.via), None)
    outlet = (source.name or source.outlet) if source else ""
    if source and not source.name:
        files = (file for file in authorities if file.kind == "outlets" and file.key == outlet)
        outlet = next((file.name for file in files), outlet)
    day = article.date.day.isoformat() if article.date else article.date_info.edtf
    return Facts(article.id, article.title, outlet, day, lead_of_body(article.body))


def _date(case: _Case) -> _Seen:
    article = _of(case)
    info = article.date_info
    found = [article.date.day.isoformat()] if article.date else []
    found += [one for one in (info.edtf, *info.candidates) if is_edtf(one)]
    found += [one.meaning for one in info.evidence if is_edtf(one.meaning)]
    wording = _wording(case.question.site, case.language)
    days = {day: wording.edtf(day) for day in dict.fromkeys(found)}
    is_inferred = case.one.problem.code == "open-inferred"
    shown: dict[str, object] = {
        "days": days,
        "day": next(iter(days), "") if is_inferred else "",
        "basis": wording.coded("basis", info.basis),
        "note": wording.coded("meaning", info.note),
        "evidence": [worded_evidence(one, wording) for one in info.evidence],
    }
    return passages_with(article.body, [one.text for one in info.evidence]), shown


def _wording(site: Path, language: Language) -> Wording:
    """Return the site's words for dates and evidence, in the language of the desk."""
    config, _ = load(site)
    words = load_words(language, folders_of(None))
    return Wording(replace(config, lang=language), words)


def _source(case: _Case) -> _Seen:
    article = _of(case)
    named = [one.name or one.outlet for one in article.via]
    named += [one.name for one in article.cited if one.kind in _CITED_OUTLETS]
    found = list(dict.fromkeys(named))
    shown: dict[str, object] = {"named": found, "outlets": _files(case, "outlets")}
    return passages_with(article.body, found) or _ends(article.body), shown


def _ends(body: str) -> list[Passage]:
    """Return how a text begins and ends: that is where it says whose it is."""
    paragraphs = [part for part in body.split("\n\n") if part.strip()]
    return lead_of_body("\n\n".join([*paragraphs[:1], *paragraphs[1:][-1:]]))


def _title(case: _Case) -> _Seen:
    return lead_of_body(_of(case).body, 3), {}


def _topics(case: _Case) -> _Seen:
    names = {file.key: file.name for file in _files(case, "topics")}
    used = [(one, names.get(one, one)) for one in case.topics]
    shown: dict[str, object] = {"used": used, "topics": _files(case, "topics")}
    return lead_of_body(_of(case).body, 3), shown


def _flag(case: _Case) -> _Seen:
    article, words = _of(case), case.question.args["value"]
    texts = (article.title, article.description, article.body)
    note = next((one.note for one in article.flags if one.text == words), "")
    is_correction = case.question.args["kind"] in _CORRECTED
    shown: dict[str, object] = {
        "count": sum(len(places_of(words, text)) for text in texts),
        "correction": note if is_correction else words,
        "note": "" if is_correction else note,
    }
    return passages_with(article.body, [words]), shown


def _copy(case: _Case) -> _Seen:
    article = _of(case)
    named = [one.text for one in article.flags if one.kind == "copy"]
    others = []
    common = set[str]()
    for other in articles_of(case.question.site, named):
        shared = _sentences(article.body) & _sentences(other.body)
        facts = facts_of(other, case.authorities)
        others.append(facts._replace(lead=passages_with(other.body, shared) or facts.lead))
        common |= shared
    return passages_with(article.body, common), {"others": others}


def _sentences(body: str) -> set[str]:
    """Return the sentences of a text that are long enough to be nobody's by chance."""
    found = (one.strip() for one in re.split(r"(?<=[.!؟])\s|\n", body))
    return {one for one in found if len(one) > _BY_CHANCE}


def _print(case: _Case) -> _Seen:
    args = case.question.args
    others = [
        facts_of(one, case.authorities) for one in articles_of(case.question.site, [args["next"]])
    ]
    return [], {"others": others}


def _retraction(case: _Case) -> _Seen:
    found = articles_of(case.question.site, [case.question.args["id"]])
    notes = (one.note for a in found for one in a.corrections if one.kind == "retraction")
    return [], {
        "others": [facts_of(one, case.authorities) for one in found],
        "note": next(notes, ""),
    }


def _link(case: _Case) -> _Seen:
    body = body_of(case.question)
    match = link_in(case.question, body)
    seen = passages_with(body, [match[0]] if match else [])
    return seen, {"found": bool(match), "address": case.question.args.get("target", "")}


def _picture(case: _Case) -> _Seen:
    body = body_of(case.question)
    match = link_in(case.question, body)
    article = case.article
    figures = figures_in(case.question, article) if article else []
    args = case.question.args
    shown: dict[str, object] = {
        "found": bool(match or figures),
        "source": args.get("near", ""),
        "figures": [figure for _, figure in figures],
        "lacks_alt": case.question.problem.code == "picture-alt",
        "file": _file_of(args.get("src", "")),
    }
    return passages_with(body, [match[0]] if match else []), shown


def _file_of(source: str) -> str:
    """Return the path below content/media of a picture in it, as an address has it, else ""."""
    return (picture_of(source) or "").removeprefix("/media/")


def _name(case: _Case) -> _Seen:
    name = case.question.args["name"]
    witnesses = []
    for article in articles_of(case.question.site, case.one.articles[:_WITNESSES]):
        found = passages_with(article.body, [name], 1) or lead_of_body(article.body, 1)
        witnesses.append((facts_of(article, case.authorities), found))
    return [], {"witnesses": witnesses, "key": proposed_key(name), "filed": FILED}


def _near(case: _Case) -> _Seen:
    args = case.question.args
    files = (f for f in case.authorities if f.kind == args["kind"] and f.key == args["near"])
    return [], {"meant": next((file.name for file in files), args["near"])}


def _shared(case: _Case) -> _Seen:
    name = case.question.args["name"]
    owners = [
        file for one in shared_names(case.authorities) if one.name == name for file in one.files
    ]
    rows = [(file, name in file.aliases) for file in owners]
    return [], {"owners": rows}


def _story(case: _Case) -> _Seen:
    files = (file for file in case.authorities if file.path == case.question.path)
    story = next((file for file in files if isinstance(file, Story)), None)
    members = articles_of(case.question.site, story.articles) if story else []
    reasons = story.reasons if story else ()
    return [], {"members": [facts_of(one, case.authorities) for one in members], "reasons": reasons}


def _conflict(case: _Case) -> _Seen:
    article = _of(case)
    rows = []
    for field, kept in conflicts_of(case.question).items():
        theirs = theirs_of(field, kept)
        if field == BODY:
            rows.append((field, _said(theirs), "", ("ours", "both")))
        else:
            both = ("both",) if isinstance(theirs, list) else ()
            rows.append((field, _said(theirs), _value(article, field), ("ours", "theirs", *both)))
    return [], {"rows": rows}


def _value(article: Article, field: str) -> str:
    return _said(front_matter(article).get(field))


def _said(value: object) -> str:
    """Return a value of front matter in words, one part a line."""
    if isinstance(value, Mapping):
        return " · ".join(filter(None, map(_said, value.values())))
    if isinstance(value, list | tuple):
        return "\n".join(map(_said, value))
    return "" if value is None else str(value)


def _nothing(_: _Case) -> _Seen:
    return [], {}


def _of(case: _Case) -> Article:
    if case.article is None:
        raise WarraqError([case.question.problem])
    return case.article


def _files(case: _Case, kind: str) -> list[Authority]:
    found: Iterable[Authority] = (one for one in case.authorities if one.kind == kind)
    return sorted(found, key=lambda one: one.key)


_VIEWS: Mapping[str, Callable[[_Case], _Seen]] = {
    "date": _date,
    "source": _source,
    "title": _title,
    "topics": _topics,
    "flag": _flag,
    "copy": _copy,
    "print": _print,
    "retraction": _retraction,
    "link": _link,
    "picture": _picture,
    "name": _name,
    "near": _near,
    "shared": _shared,
    "story": _story,
    "conflict": _conflict,
    "lines": _nothing,
}
