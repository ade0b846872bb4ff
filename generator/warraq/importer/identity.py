"""Whether a record is the article that its id stands for: ids of exports are not to be trusted.

Rows are numbered in every month's file anew, and two sites count their posts from 1 each.
"""

import re
from datetime import datetime

from warraq.content.receipts import field_hashes, paragraph_hashes
from warraq.intake.near_duplicates import is_separate_text, shingles
from warraq.intake.text.folding import words
from warraq.model import Article, Receipt

_LEAST = 0.2  # share of the shorter text's runs of words that a revision of it keeps at the least


def is_same(old: Article, new: Article, *, by_address: bool = True) -> bool:
    """Tell whether `new` is another state of `old`: it shares its address, title or words.

    `by_address`: both come from one site, so that an address without its host tells enough. Where
    title and words are alike but the day is another, they are two bulletins of one form.
    """
    if _addresses(old) & _addresses(new) or (by_address and {*old.aliases} & {*new.aliases}):
        return True
    days = [article.date.day for article in (old, new) if article.date]
    another_day = len(set(days)) > 1
    if _share(old.body, new.body) >= _LEAST:
        return not (another_day and is_separate_text(old.body, new.body))
    titles = [words(article.title) for article in (old, new)]
    return titles[0] == titles[1] and not another_day


def was_same(receipt: Receipt, new: Article) -> bool:
    """Tell the same of an article that is deleted, by the hashes of what it was."""
    fields = field_hashes(new)
    told = any(receipt.fields.get(k, "") == fields.get(k) for k in ("title", "aliases", "source"))
    return told or bool({*receipt.paragraphs} & {*paragraph_hashes(new.body)})


def keeps(receipt: Receipt, new: Article) -> bool:
    """Tell whether `new` has half of the paragraphs that were imported: an editor may have cut."""
    was, now = {*receipt.paragraphs}, {*paragraph_hashes(new.body)}
    return bool(was and now) and 2 * len(was & now) >= min(len(was), len(now))


def is_older(stamp: str, other: str) -> bool | None:
    """Tell whether a moment of change is before another; None where that cannot be told.

    >>> is_older("2024-05-03 10:00:00", "2024-05-03T12:00:00"), is_older("", "2024-05-03")
    (True, None)
    """
    try:
        one, two = (datetime.fromisoformat(text) for text in (stamp, other))
    except ValueError:
        return None
    return one < two if (one.tzinfo is None) == (two.tzinfo is None) and one != two else None


def name_order(seed: str) -> tuple[tuple[str, int], ...]:
    """Return a sort key for the names of seeds: numbers count, a suffix does not.

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
    least = min(len(first), len(second))
    return len(first & second) / least if least else 0.0
