"""What editors decide of one article: its date, source, headline, topics, flags, and copies."""

import re
from functools import partial

from msgspec.structs import replace

from warraq.base.builtins import fields_of
from warraq.base.edtf import is_edtf
from warraq.base.problems import WarraqError, error, listed
from warraq.content.frontmatter import with_field
from warraq.content.store import load_authorities
from warraq.editing.answers import (
    Answers,
    Decide,
    Question,
    articles_of,
    change_of,
    checked,
    of_article,
)
from warraq.editing.change_set import ChangeSet
from warraq.editing.field_edits import settled
from warraq.editing.named_files import NamedFiles
from warraq.model import Article, Credit

_DAY = re.compile(r"\d{4}-\d\d-\d\d(?:T.+)?")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_COMMAS = re.compile(r"[,،]")
_WORD = r"(?<!\w){}(?!\w)"


# --- Dates.


def _dated(question: Question, answers: Answers) -> ChangeSet:
    day = (answers.one("value") or answers.one("day")).translate(_DIGITS)
    basis, is_sure = answers.one("basis") or "editor", not answers.one("inferred")
    if not is_edtf(day) and not _DAY.fullmatch(day):
        raise WarraqError([error("decide-day", question.path, value=day)])

    def edit(article: Article) -> Article:
        if not _DAY.fullmatch(day):
            article = settled(replace(article, date=None), "date")
            return _with_date_info(article, status="inferred", basis=basis, edtf=day)
        article = with_field(article, "date", day)
        if is_sure:
            return _with_date_info(article, status="exact", basis=basis, edtf="")
        return _with_date_info(article, status="inferred", basis=basis, edtf=day[:10])

    return of_article(question, edit, "say-decided-date", value=day)


def _with_date_info(article: Article, **values: str) -> Article:
    """Return `article` with these values of `date_info`; candidates and evidence stay."""
    known = fields_of(article.date_info) | values
    return with_field(article, "date_info", {key: one for key, one in known.items() if one})


def _confirmed(question: Question, answers: Answers) -> ChangeSet:
    basis = answers.one("basis") or "editor"

    def edit(article: Article) -> Article:
        if article.date is None:  # a month stays one, on an editor's word
            return _with_date_info(article, basis=basis)
        return _with_date_info(article, status="exact", basis=basis, edtf="")

    article = question.article()
    day = article.date.iso if article.date else article.date_info.edtf
    return of_article(question, edit, "say-decided-confirmed", value=day)


def _left(what: str, code: str) -> Decide:
    """Return the decision to leave `what` as it is: nobody is asked for it again."""

    def decide(question: Question, _: Answers) -> ChangeSet:
        def edit(article: Article) -> Article:
            held = tuple(dict.fromkeys((*article.settled, what)))
            return with_field(article, "settled", list(held))

        return of_article(question, edit, code)

    return decide


# --- Source, headline, topics.


def _credited(question: Question, answers: Answers) -> ChangeSet:
    words = answers.one("value") or answers.one("outlet")
    address = answers.one("url")
    if not words:
        raise WarraqError([error("decide-empty", question.path)])
    authorities, _ = load_authorities(question.site)
    file = NamedFiles(authorities).find("outlets", words)
    name, key = (file.name, file.key) if file else (words, "")

    def edit(article: Article) -> Article:
        found = fields_of(Credit(name, key, address, "editor"))
        return with_field(article, "source", {k: v for k, v in found.items() if v})

    return of_article(question, edit, "say-decided-source", value=name)


def _titled(question: Question, answers: Answers) -> ChangeSet:
    title = answers.one("title")
    if not title:
        raise WarraqError([error("decide-empty", question.path)])
    is_theirs = bool(answers.one("theirs"))

    def edit(article: Article) -> Article:
        article = with_field(article, "title", title)
        if is_theirs:
            return replace(article, title_status="outlet")
        held = dict.fromkeys((*article.settled, "title"))
        return with_field(article, "settled", list(held))

    return of_article(question, edit, "say-decided-title", value=title)


def _with_topics(question: Question, answers: Answers) -> ChangeSet:
    authorities, _ = load_authorities(question.site)
    named = NamedFiles(authorities)
    typed = (part.strip() for value in answers.all("more") for part in _COMMAS.split(value))
    chosen = [named.value("topics", words) for words in (*answers.all("topic"), *typed) if words]
    if not chosen:
        raise WarraqError([error("decide-empty", question.path)])
    names = (file.name if (file := named.find("topics", one)) else one for one in chosen)

    def edit(article: Article) -> Article:
        return replace(article, topics=tuple(dict.fromkeys((*article.topics, *chosen))))

    return of_article(question, edit, "say-decided-topics", value=listed(dict.fromkeys(names)))


# --- Flags.


def places_of(words: str, text: str) -> list[tuple[int, int]]:
    """Return where `words` are in `text`, as whole words if they are somewhere; in code points.

    >>> places_of("ب", "ب ثم باب"), places_of("سئول", "المسئول")
    ([(0, 1)], [(3, 7)])
    """
    whole = [match.span() for match in re.finditer(_WORD.format(re.escape(words)), text)]
    return whole or [match.span() for match in re.finditer(re.escape(words), text)]


def _put(old: str, new: str, text: str) -> str:
    for start, end in reversed(places_of(old, text) if old else []):
        text = text[:start] + new + text[end:]
    return text


def _corrected(question: Question, answers: Answers) -> ChangeSet:
    old, new = question.args["value"], answers.one("correction")
    article = question.article()
    texts = (article.title, article.description, article.body)
    if not new or new == old:
        raise WarraqError([error("decide-empty", question.path)])
    if not any(places_of(old, text) for text in texts):
        raise WarraqError([error("decide-not-there", question.path, value=old)])

    def edit(article: Article) -> Article:
        title, description, body = (_put(old, new, text) for text in texts)
        after = replace(article, title=title, description=description, body=body)
        return _without_flags(after, question)

    return of_article(question, edit, "say-decided-correction", value=old, new=new)


def _dismissed(question: Question, _: Answers) -> ChangeSet:
    edit = partial(_without_flags, question=question)
    return of_article(question, edit, "say-decided-flag", value=question.args["value"])


def _without_flags(article: Article, question: Question) -> Article:
    """Return `article` without the flags that say what the question does."""
    is_it = (question.args["kind"], question.args["value"])
    return replace(article, flags=tuple(f for f in article.flags if (f.kind, f.text) != is_it))


# --- Copies.


def _copied(question: Question, answers: Answers) -> ChangeSet:
    other = _other(question, answers)
    code = "say-decided-copy"
    return of_article(
        question, lambda a: replace(a, copy_of=other.id), code, others=[other], other=other.title
    )


def _same_text(question: Question, answers: Answers) -> ChangeSet:
    other = _other(question, answers)
    code = "say-decided-print"
    first = other.copy_of or other.same_text_as or other.id
    others = [other, *articles_of(question.site, [first])]
    return of_article(
        question, lambda a: replace(a, same_text_as=first), code, others=others, other=other.title
    )


def _no_copy(question: Question, _: Answers) -> ChangeSet:
    def edit(article: Article) -> Article:
        return replace(article, flags=tuple(f for f in article.flags if f.kind != "copy"))

    return of_article(question, edit, "say-decided-no-copy")


def _other(question: Question, answers: Answers) -> Article:
    named = {flag.text for flag in question.article().flags if flag.kind == "copy"}
    wanted = answers.one("value")
    found = articles_of(question.site, [wanted]) if wanted in named else []
    if not found:
        raise WarraqError([error("decide-choose", question.path)])
    return found[0]


def _first_print(question: Question, _: Answers) -> ChangeSet:
    """Let the prints of a removed text name another first one: two files change."""
    article, following = question.article(), question.args["next"]
    if following == article.id:
        edit = partial(replace, same_text_as="")
        return of_article(question, edit, "say-decided-first")
    changes = [change_of(question.site, article, replace(article, same_text_as=following))]
    others = articles_of(question.site, [following, question.args["id"]])
    changes += [
        change_of(question.site, other, replace(other, same_text_as=""))
        for other in others
        if other.id == following and other.same_text_as == question.args["id"]
    ]
    subject = question.subject("say-decided-first", title=article.title)
    return checked(question.site, changes, subject, others)


def _retracted(question: Question, answers: Answers) -> ChangeSet:
    note = answers.one("note")
    originals = articles_of(question.site, [question.args["id"]])
    known = (one for original in originals for one in original.corrections)
    theirs = next((one for one in known if one.kind == "retraction"), None)
    if not note or theirs is None:
        raise WarraqError([error("decide-empty", question.path)])

    def edit(article: Article) -> Article:
        return replace(article, corrections=(*article.corrections, replace(theirs, note=note)))

    return of_article(question, edit, "say-decided-retraction", others=originals)


DATES: dict[str, Decide] = {
    "date": _dated,
    "confirm": _confirmed,
    "keep": _left("date", "say-decided-keep-date"),
}
SOURCES: dict[str, Decide] = {
    "source": _credited,
    "keep": _left("source", "say-decided-keep-source"),
}
HEADLINES: dict[str, Decide] = {
    "title": _titled,
    "keep": _left("title", "say-decided-keep-title"),
}
TOPICS: dict[str, Decide] = {
    "topics": _with_topics,
    "keep": _left("topics", "say-decided-keep-topics"),
}
FLAGS: dict[str, Decide] = {"correct": _corrected, "dismiss": _dismissed}
COPIES: dict[str, Decide] = {"copy": _copied, "print": _same_text, "no-copy": _no_copy}
PRINTS: dict[str, Decide] = {"first": _first_print}
RETRACTIONS: dict[str, Decide] = {"retract": _retracted}
