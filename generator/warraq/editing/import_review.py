"""An import looked at again: the seed of an article, what became of its lines, and what is decided.

A decision changes the article's body alone. The receipt stays as the import wrote it, so that the
next import sees what an editor changed, and leaves it (content/merge.py).
"""

from collections.abc import Container, Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from msgspec.structs import replace

from warraq.base.controls import without_controls
from warraq.base.problems import Language, Problem, WarraqError, error, message
from warraq.content import receipts
from warraq.editing.article_files import article_file
from warraq.editing.article_text import with_fields_of
from warraq.editing.change_set import ChangeSet, FileChange, edited
from warraq.editing.reviewed_text import Paragraph, Row, beside, paragraphs_in, put_back, taken_out
from warraq.editing.validation import errors_of_lines, parsed
from warraq.editing.writing import content_now
from warraq.importer.seed_again import document_again
from warraq.intake.seed_parts import HEADLINE, SeedPart, seed_parts
from warraq.intake.text.folding import phrase
from warraq.model import Article, RawDocument, Receipt, Removed

Action = Literal["out", "back"]
_QUOTED = 60  # letters of a line in a commit's sentence


class LineDecision(NamedTuple):
    """What an editor decided of the part of a seed with the id `part`.

    `seen` is what `shown_hash` gave for the paragraphs of it that the editor saw.
    """

    action: Action
    part: str
    seen: str = ""


class ImportReview(NamedTuple):
    """An article and its seed.

    `elsewhere` was removed and is no line of the seed's text. Without the seed, for a reason in
    `problems`, the rows are the removed lines alone.
    """

    path: str
    content: bytes
    article: Article
    receipt: Receipt
    rows: tuple[Row, ...]
    elsewhere: tuple[Removed, ...] = ()
    problems: tuple[Problem, ...] = ()
    has_seed: bool = True

    def row_of(self, part_id: str) -> int:
        """Return the number of the row of a part, -1 if there is none."""
        numbers = (at for at, row in enumerate(self.rows) if row.part and row.part.id == part_id)
        return next(numbers, -1)


def article_now(site: Path, article_id: str) -> tuple[str, bytes, Article]:
    """Return path, bytes and article of an id. Raises WarraqError if there is none to be read."""
    path = article_file(site, article_id)
    content = content_now(site, path) if path else None
    if content is None:
        raise WarraqError([error("article-unknown", "", id=article_id)])
    read, problems = parsed(path, content)
    if not isinstance(read, Article):
        raise WarraqError(problems)
    return path, content, read


def receipt_of(site: Path, article_id: str) -> Receipt:
    """Return an article's receipt. Raises WarraqError if it has none, or one that is broken."""
    path = receipts.path_of(article_id)
    content = content_now(site, path)
    if content is None:
        raise WarraqError([error("receipt-none", path)])
    return receipts.decode(content, path)


def review_of(site: Path, article_id: str, fields: Mapping[str, str]) -> ImportReview:
    """Return the review of an import; `fields` is the site's field map for exports.

    Raises WarraqError if article or receipt cannot be read. A seed that cannot be had is a problem
    of the review.
    """
    path, content, article = article_now(site, article_id)
    receipt = receipt_of(site, article.id)
    document = document_again(site, receipt, fields)
    return reviewed(path, content, article, receipt, document)


def reviewed(
    path: str, content: bytes, article: Article, receipt: Receipt, document: RawDocument | Problem
) -> ImportReview:
    """Return the review of an import; `document` is what its receipt is of."""
    if isinstance(document, Problem):
        lines = [one for one in receipt.removed if one.first > 0]
        rest = tuple(one for one in receipt.removed if one.first <= 0)
        alone = tuple(Row("removed", _part(one)) for one in lines)
        return ImportReview(path, content, article, receipt, alone, rest, (document,), False)
    found = seed_parts(document, receipt.removed)
    titles = {phrase(one.value) for one in receipt.decisions if one.field == "title"}
    rows = tuple(_headline(row, titles) for row in beside(found.parts, article.body))
    return ImportReview(path, content, article, receipt, rows, found.elsewhere)


def _headline(row: Row, titles: Container[str]) -> Row:
    """Return `row`; a line that became the headline was not taken out by an editor."""
    if row.state != "out" or row.part is None or phrase(row.part.text) not in titles:
        return row
    return Row("removed", row.part._replace(rule=HEADLINE))


def _part(removed: Removed) -> SeedPart:
    return SeedPart("", removed.first, removed.last, removed.text, "", removed.rule)


def decided(site: Path, review: ImportReview, asked: LineDecision, language: Language) -> ChangeSet:
    """Return the change set that takes a line out of the article, or puts it back.

    Raises WarraqError (exit code 3) if the seed has no such line, or if the article has another
    text of it now than the editor saw; and if `check` would refuse what is asked. Nothing changes
    if it is as asked for already.
    """
    at = review.row_of(asked.part)
    row = review.rows[at] if at >= 0 else Row("own")
    if row.part is None:
        raise WarraqError([error("review-part-gone", review.path)], exit_code=3)
    if bool(row.paragraphs) == (asked.action == "back"):
        return ChangeSet("")
    if asked.action == "out" and shown_hash(paragraphs_in(review.article.body), row) != asked.seen:
        raise WarraqError([error("review-overtaken", review.path)], exit_code=3)
    change = with_body_of(review, changed_body(review, asked.action, at))
    if errors := errors_of_lines(site, [change]):
        raise WarraqError(errors)
    code = "say-commit-line-out" if asked.action == "out" else "say-commit-line-back"
    part = row.part
    sentence = message(code, language, title=review.article.title, line=quoted(part.text))
    return ChangeSet.of(sentence, [change])


def changed_body(review: ImportReview, action: Action, at: int) -> str:
    """Return the article's body without the row at `at`, or with it."""
    change = taken_out if action == "out" else put_back
    return change(review.article.body, review.rows, at)


def with_body_of(review: ImportReview, body: str) -> FileChange:
    """Return the change that gives a reviewed article another body."""
    article = review.article
    after = replace(article, body=body)
    return edited(review.path, review.content, lambda text: with_fields_of(text, article, after))


def shown_hash(shown: Sequence[Paragraph], row: Row) -> str:
    """Return a hash of those paragraphs of an article that it has of a row."""
    return receipts.field_hash([shown[number].text for number in row.paragraphs])


def quoted(text: str) -> str:
    """Return a line as a sentence quotes it."""
    line = " ".join(without_controls(text).split())
    return line if len(line) <= _QUOTED else line[:_QUOTED].rstrip() + "…"
