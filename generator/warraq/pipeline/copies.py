"""The texts that an import has seen, so that a copy is known again: samples of their runs, on disk.

A hundred thousand articles have some four million of them: SQLite keeps them in a file of its own
that nobody else sees and that goes with the process.
"""

import json
import sqlite3
from collections.abc import Callable

from warraq.intake.copies import FEW, LEAST, SURE, Copy, in_common, is_another, runs

MOST = 5  # articles that are looked at closely for one text


class Copies:
    """The texts seen so far; whole bodies are asked for when needed."""

    def __init__(self, body_of: Callable[[str], str]) -> None:
        """`body_of` returns the body of an article that was added, by its id."""
        self._body_of = body_of
        self._seen = sqlite3.connect("")  # a temporary file
        self._seen.execute("PRAGMA journal_mode = OFF")
        self._seen.execute("PRAGMA cache_size = -32768")  # KiB: 2,000 would not hold 3,000 texts
        self._seen.execute("CREATE TABLE article (id TEXT)")
        self._seen.execute(
            "CREATE TABLE sample (run INTEGER, article INTEGER, PRIMARY KEY (run, article))"
            " WITHOUT ROWID"
        )

    def close(self) -> None:
        """Forget all texts; their file goes."""
        self._seen.close()

    def add(self, article_id: str, sampled: tuple[int, ...]) -> None:
        """Remember the text of an article by its `sample`."""
        number = self._seen.execute("INSERT INTO article VALUES (?)", (article_id,)).lastrowid
        samples = ((run, number) for run in sampled)
        self._seen.executemany("INSERT INTO sample VALUES (?, ?)", samples)

    def find(self, sampled: tuple[int, ...], body: str) -> Copy | None:
        """Return the added article that the text `body`, of that sample, repeats most, or None."""
        if not sampled:
            return None
        # A true copy shares about half the samples; a fifth leaves room for chance.
        least = max(2, 0.2 * min(len(sampled), FEW))
        alike = self._seen.execute(
            "SELECT article.id FROM sample JOIN article ON article.rowid = sample.article"
            " WHERE run IN (SELECT value FROM json_each(?))"
            " GROUP BY article HAVING count(*) >= ? ORDER BY count(*) DESC, article LIMIT ?",
            (json.dumps(sampled), least, MOST),
        ).fetchall()
        own = runs(body) if alike else frozenset()
        if len(own) < FEW:
            return None
        best: Copy | None = None
        for (article_id,) in alike:
            other = self._body_of(article_id)
            share = in_common(own, runs(other))
            if share < max(LEAST, best.share if best else 0):
                continue
            another = is_another(body, other)
            if not another and (best is None or share > best.share):
                best = Copy(article_id, share, sure=another is False and share >= SURE)
        return best
