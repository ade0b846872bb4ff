"""Whether a record is the article that its id points to: ids in exports cannot be trusted.

The rows of every month's file may be numbered from 1 again, and so are the posts of two sites.
"""

import re
from datetime import datetime

from warraq.content.receipts import field_hashes, paragraph_hashes
from warraq.intake.near_duplicates import is_separate_text, shingles
from warraq.intake.text.folding import words
from warraq.model import Article, Receipt

MIN_SHARE = 0.2  # of the shorter text's shingles, which a revision of it keeps at least


def is_same(old: Article, new: Article, *, by_address: bool = True) -> bool:
    """Whether `new` is another state of `old`: it shares its address, title or words.

    `by_address`: both are of the same site, so that addresses need no host. If title and words are
    alike but the day differs, they are two bulletins that use one template.
    """
    if _addresses(old) & _addresses(new) or (by_address and {*old.aliases} & {*new.aliases}):
        return True
    days = [article.date.day for article in (old, new) if article.date]
    another_day = len(set(days)) > 1
    if _share(old.body, new.body) >= MIN_SHARE:
        return not (another_day and is_separate_text(old.body, new.body))
    titles = [words(article.title) for article in (old, new)]
    return titles[0] == titles[1] and not another_day


def was_same(receipt: Receipt, new: Article) -> bool:
    """Whether `new` is another state of a deleted article, by the hashes in its receipt."""
    fields = field_hashes(new)
    same_field = any(
        receipt.fields.get(k, "") == fields.get(k) for k in ("title", "aliases", "source")
    )
    return same_field or bool({*receipt.paragraphs} & {*paragraph_hashes(new.body)})


def keeps(receipt: Receipt, new: Article) -> bool:
    """Whether `new` has half of the paragraphs that were imported: an editor may have cut some."""
    imported, now = {*receipt.paragraphs}, {*paragraph_hashes(new.body)}
    return bool(imported and now) and 2 * len(imported & now) >= min(len(imported), len(now))


def is_older(stamp: str, other: str) -> bool | None:
    """Whether a time of change is before another; None if that cannot be decided.

    >>> is_older("2024-05-03 10:00:00", "2024-05-03T12:00:00"), is_older("", "2024-05-03")
    (True, None)
    """
    try:
        one, two = (datetime.fromisoformat(text) for text in (stamp, other))
    except ValueError:
        return None
    return one < two if (one.tzinfo is None) == (two.tzinfo is None) and one != two else None


def name_order(seed: str) -> tuple[tuple[str, int], ...]:
    """Return a sort key for seed names: by the value of numbers, without the suffix.

    >>> name_order("s/export (2).xml#1") < name_order("s/export (10).xml#1")
    True
    """
    file = re.sub(r"\.\w+(?:#.*)?$", "", seed, flags=re.DOTALL)
    pieces = re.findall(r"(\D+)|(\d+)", file)
    return tuple((text, int(number or 0)) for text, number in pieces)


def _addresses(article: Article) -> set[str]:
    credits_ = (article.source, *article.via)
    return {re.sub(r"^https?://(?:www\.)?|/$", "", c.url) for c in credits_ if c and c.url}


def _share(one: str, other: str) -> float:
    first, second = shingles(one), shingles(other)
    shorter = min(len(first), len(second))
    return len(first & second) / shorter if shorter else 0.0
