"""A line that is to go, or to stay, in all articles of an outlet: written into the outlet's file.

What the file lists, import obeys (intake/lines/own_lines.py). Articles imported before are changed
only if that is asked for, and all of it is one change set.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple, get_args

import msgspec

from warraq.base.controls import without_controls
from warraq.base.files import is_regular, walk
from warraq.base.problems import Language, Problem, WarraqError, error, message
from warraq.base.urls import is_article_id
from warraq.content import receipts
from warraq.content.frontmatter import AUTHORITY, authority_text
from warraq.content.splice import with_items
from warraq.content.store import article_path
from warraq.editing import authority_surgery
from warraq.editing.article_text import with_fields_of
from warraq.editing.change_set import ChangeSet, FileChange, edited
from warraq.editing.import_review import article_now, quoted, receipt_of, reviewed, with_body_of
from warraq.editing.named_files import NamedFiles
from warraq.editing.reviewed_text import Row, beside, paragraphs_in, put_back, taken_out, text_key
from warraq.editing.validation import errors_of_lines, parsed
from warraq.editing.writing import content_now
from warraq.importer.seed_again import documents_again
from warraq.intake.credit.outlets import bundled_outlets
from warraq.intake.seed_parts import HEADLINE, SeedPart
from warraq.intake.text.folding import fold, phrase
from warraq.model import Article, Authority, Outlet

OutletList = Literal["furniture", "bylines", "disclaimers", "categories", "keep"]
LISTS: tuple[OutletList, ...] = get_args(OutletList)
_SENTENCES: dict[OutletList, str] = {
    "furniture": "say-commit-outlet-furniture",
    "bylines": "say-commit-outlet-bylines",
    "disclaimers": "say-commit-outlet-disclaimers",
    "categories": "say-commit-outlet-categories",
    "keep": "say-commit-outlet-keep",
}
LONGEST = 300  # letters of a line that may come again


class OutletLine(NamedTuple):
    """A line of all articles of an outlet, and the list of its file that is to have it.

    An outlet without a file has no `path`, and a key only if warraq knows it by itself.
    """

    outlet: Outlet
    listed: OutletList
    text: str


class ConcernedArticle(NamedTuple):
    """An article that was imported before and has the line, or lost it."""

    path: str
    id: str
    title: str


def may_come_again(part: SeedPart | None) -> bool:
    """Whether a part of a seed is a line as other articles may have it."""
    if part is None or not part.id or part.first != part.last or part.rule == HEADLINE:
        return False
    return len(part.text) <= LONGEST and bool(phrase(part.text))


def credited_outlets(article: Article, authorities: Iterable[Authority]) -> tuple[Outlet, ...]:
    """Return the outlets that an article is from and came through, with a file or without."""
    files = NamedFiles(authorities)
    by_name = {phrase(name): one for one in bundled_outlets() for name in (one.name, *one.aliases)}
    found: dict[str, Outlet] = {}
    for credit in (article.source, *article.via):
        if credit and (name := credit.name or credit.outlet):
            file = files.find("outlets", credit.outlet or name) or files.find("outlets", name)
            known = by_name.get(phrase(name)) or Outlet("", name)
            found.setdefault(name, file if isinstance(file, Outlet) else known)
    return tuple(found.values())


def file_change(
    site: Path, authorities: Iterable[Authority], line: OutletLine, key: str = ""
) -> FileChange:
    """Return the change of the outlet's file, or the new file under `key`.

    What the program knows of an outlet goes into its new file, since that takes its place. Raises
    WarraqError if the key is none or another file's, and for a line without words.
    """
    outlet, text = line.outlet, " ".join(without_controls(line.text).split())
    if not phrase(text) or len(text) > LONGEST:
        raise WarraqError([error("outlet-line", outlet.path or f"content/outlets/{key}.md")])
    if not outlet.path:
        empty = authority_surgery.made(site, authorities, "outlets", key, outlet.name, "")
        path = empty.changes[0].path
        new = msgspec.structs.replace(outlet, key=key, path=path)
        listed = (*getattr(new, line.listed), text)
        made = msgspec.structs.replace(new, **{line.listed: listed})
        return FileChange(path, None, authority_text(made).encode())
    content = content_now(site, outlet.path)
    if content is None:
        raise WarraqError([error("edit-overtaken", outlet.path)], exit_code=3)
    return edited(outlet.path, content, lambda now: _with_line(now, outlet, line.listed, text))


def _with_line(now: str, outlet: Outlet, listed: OutletList, text: str) -> str:
    """Return an outlet's file with a line in one of its lists, and not in the one against it."""
    order = tuple(AUTHORITY["outlets"])
    against: OutletList = "furniture" if listed == "keep" else "keep"
    wanted = phrase(text)
    rest = [one for one in getattr(outlet, against) if phrase(one) != wanted]
    if len(rest) != len(getattr(outlet, against)):
        now = with_items(now, against, rest, order=order, path=outlet.path)
    own = getattr(outlet, listed)
    if any(phrase(one) == wanted for one in own):
        return now
    return with_items(now, listed, [*own, text], order=order, path=outlet.path)


def concerned(site: Path, line: OutletLine) -> tuple[ConcernedArticle, ...]:
    """Return the outlet's articles that have the line and are to lose it, or the other way."""
    found = _that_lost(site, line) if line.listed == "keep" else _that_have(site, line)
    return tuple(sorted(found))


def _that_have(site: Path, line: OutletLine) -> Iterator[ConcernedArticle]:
    wanted = text_key(line.text)
    for file in walk(site / "content/articles", ".md"):
        text = _text(file)
        if _has_line(text, wanted, len(line.text)):
            article = _article_of(text, file.relative_to(site).as_posix(), line.outlet)
            if article and wanted in _keys(article):
                yield ConcernedArticle(article.path, article.id, article.title)


def _that_lost(site: Path, line: OutletLine) -> Iterator[ConcernedArticle]:
    wanted = phrase(line.text)
    for file in walk(site / receipts.FOLDER, ".json"):
        try:
            receipt = _removals.decode(_text(file))
        except msgspec.DecodeError:
            continue  # `warraq check` names it
        if not any(one.is_line(wanted, len(line.text)) for one in receipt.removed):
            continue
        path = article_path(receipt.id) if is_article_id(receipt.id) else ""
        if path and is_regular(site / path):
            article = _article_of(_text(site / path), path, line.outlet)
            if article and text_key(line.text) not in _keys(article):
                yield ConcernedArticle(path, article.id, article.title)


def _article_of(text: str, path: str, outlet: Outlet) -> Article | None:
    """Return the article in the file `text` if it is of `outlet`; most are known not to be."""
    head = fold(text[: text.find("\n---", 3)])
    spelled = (fold(name) for name in (outlet.name, *outlet.aliases))
    if not (outlet.key and outlet.key in head) and not any(name in head for name in spelled):
        return None
    article = parsed(path, text.encode())[0]
    is_own = isinstance(article, Article) and article.id and is_of(article, outlet)
    return article if is_own and isinstance(article, Article) else None


def _keys(article: Article) -> set[str]:
    return {text_key(one.text) for one in paragraphs_in(article.body)}


class _RemovedLine(msgspec.Struct, frozen=True):
    rule: str
    text: str
    first: int = 0

    def is_line(self, wanted: str, length: int) -> bool:
        """Whether it is the line that is looked for, of about that length; folding is slow."""
        near = self.first > 0 and self.rule != HEADLINE and _is_near(len(self.text), length)
        return near and phrase(self.text) == wanted


class _Removals(msgspec.Struct, frozen=True):
    id: str
    removed: tuple[_RemovedLine, ...] = ()


_removals = msgspec.json.Decoder(_Removals)


def _is_near(one: int, other: int) -> bool:
    return other / 2 <= one <= 2 * other + 8


def _has_line(text: str, wanted: str, length: int) -> bool:
    return any(_is_near(len(one), length) and text_key(one) == wanted for one in text.splitlines())


def _text(file: Path) -> str:
    """Return what a file of content/ holds, "" for one that cannot be read or is a link."""
    try:
        return file.read_bytes().decode("utf-8", "replace") if is_regular(file) else ""
    except OSError:
        return ""


def is_of(article: Article, outlet: Outlet) -> bool:
    """Whether an article is from an outlet, or came through it."""
    names = {phrase(name) for name in (outlet.name, *outlet.aliases)}
    credits_ = (one for one in (article.source, *article.via) if one)
    return any(
        one.outlet == outlet.key if one.outlet else phrase(one.name) in names for one in credits_
    )


def article_changes(
    site: Path,
    some: Sequence[ConcernedArticle],
    line: OutletLine,
    fields: Mapping[str, str],
) -> tuple[list[FileChange], list[Problem]]:
    """Return the changes of articles imported before, and why some are left as they are.

    `fields` is the site's field map for exports: a line is put back where its seed has it.
    """
    if line.listed == "keep":
        return _with_lines(site, some, line, fields)
    return [_without_line(site, one, line) for one in some], []


def _without_line(site: Path, one: ConcernedArticle, line: OutletLine) -> FileChange:
    path, content, article = article_now(site, one.id)
    wanted = text_key(line.text)
    body = article.body
    for number, paragraph in reversed(list(enumerate(paragraphs_in(body)))):
        if text_key(paragraph.text) == wanted:
            body = taken_out(body, [Row("own", None, (number,))], 0)
    after = msgspec.structs.replace(article, body=body)
    return edited(path, content, lambda text: with_fields_of(text, article, after))


def _with_lines(
    site: Path, some: Sequence[ConcernedArticle], line: OutletLine, fields: Mapping[str, str]
) -> tuple[list[FileChange], list[Problem]]:
    changes: list[FileChange] = []
    left: list[Problem] = []
    wanted = phrase(line.text)
    receipts_of = [receipt_of(site, one.id) for one in some]
    for receipt, document in documents_again(site, receipts_of, fields):
        if isinstance(document, Problem):
            left.append(msgspec.structs.replace(document, severity="warning"))
            continue
        review = reviewed(*article_now(site, receipt.id), receipt, document)
        body, rows = review.article.body, review.rows
        parts = [row.part for row in rows if row.part]
        for part in parts:
            if part.rule and part.rule != HEADLINE and phrase(part.text) == wanted:
                rows = beside(parts, body)
                at = next(n for n, row in enumerate(rows) if row.part is part)
                body = put_back(body, rows, at)
        changes.append(with_body_of(review, body))
    return changes, left


def planned(
    site: Path,
    file: FileChange,
    articles: Iterable[FileChange],
    left: Iterable[Problem],
    sentence: str,
) -> ChangeSet:
    """Return all of it as one change set. Raises WarraqError if `check` would refuse it."""
    changes = [file, *articles]
    if errors := errors_of_lines(site, changes):
        raise WarraqError(errors)
    return ChangeSet.of(sentence, changes, left)


def sentence(line: OutletLine, articles: int, language: Language) -> str:
    """Return what is decided as people say it; `articles` counts those that change."""
    quotes = {"outlet": line.outlet.name, "line": quoted(line.text)}
    told = message(_SENTENCES[line.listed], language, **quotes)
    if not articles:
        return told
    counted = message("say-articles", language, count=articles)
    return f"{told} ({counted})"
