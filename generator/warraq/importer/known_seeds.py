"""Which seeds are known: the imported articles by external id, by path and by digest.

A seed is matched by its id in a CMS, then by its path, then by its digest; one that is known gives
no second article. Opens no file.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from warraq.content.receipts import Identity
from warraq.importer.drafted import Seed

_Key = TypeVar("_Key")


class KnownSeeds:
    """Index of imported articles by external id, path and digest."""

    def __init__(self, taken: Iterable[str], seed_is_missing: Callable[[str], bool]) -> None:
        """`taken` are the ids in use; `seed_is_missing` is whether a seed's file is gone."""
        self._taken = set(taken)
        self._seed_is_missing = seed_is_missing
        # More than one article under an id or a path: see `candidates`.
        self._by_external: dict[tuple[str, str], list[Identity]] = {}
        self._by_seed: dict[str, list[Identity]] = {}
        self._by_digest: dict[str, list[Identity]] = {}
        self._claimed: dict[str, str] = {}

    def add(self, identity: Identity) -> None:
        """Add an article, or replace what is known of it; of several the last one is preferred."""
        for external in identity.external_ids.items():
            _put_first(self._by_external, external, identity)
        _put_first(self._by_seed, identity.seed, identity)
        if identity.sha256:
            self.add_digest(identity.sha256, identity)
        self._taken.add(identity.id)

    def add_digest(self, sha256: str, identity: Identity) -> None:
        """Add an article under the digest of its seed; of several the first one is preferred."""
        others = [a for a in self._by_digest.get(sha256, ()) if a.id != identity.id]
        self._by_digest[sha256] = [*others, identity]

    def match(self, seed: Seed) -> Identity | None:
        """Return the article that `seed` most likely is of."""
        return next(iter(self.candidates(seed)), None)

    def candidates(self, seed: Seed) -> list[Identity]:
        """Return the articles that `seed` may be of, those with the same bytes first."""
        ids = (*seed.external_ids.items(), *seed.formerly)
        found = [known for external in ids for known in self._by_external.get(external, ())]
        same_bytes = self._by_digest.get(seed.sha256, []) if seed.sha256 else []
        if not found and seed.record and seed.record.numbered:
            # The number is not the record's own: one more row at the top shifts every one.
            return [a for a in same_bytes if a.id not in self._claimed][:1]
        found = found or self._by_seed.get(seed.name, [])
        found = found or [a for a in same_bytes if self._seed_is_missing(a.seed)][:1]
        return sorted(found, key=lambda a: (a.sha256 != seed.sha256, a.seed != seed.name))

    def with_digest(self, sha256: str) -> tuple[Identity, ...]:
        """Return the articles whose seed has these bytes, the first one first."""
        return tuple(self._by_digest.get(sha256, ()))

    def external_ids(self) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        """Yield (system, id, articles), of several articles the preferred one first."""
        for (system, number), known in self._by_external.items():
            yield system, number, tuple(identity.id for identity in known)

    def claim(self, article: str, seed: str) -> None:
        """Record that `seed` of this run is of `article`."""
        self._claimed[article] = seed

    def claimed_by(self, article: str) -> str:
        """Return the seed of this run that is of `article`, "" for none."""
        return self._claimed.get(article, "")

    def unused_id(self, preferred: str, sha256: str) -> str:
        """Return `preferred`, or the first part of the digest that is free: 12 to 16 hex digits.

        >>> KnownSeeds(["a", "0" * 12], lambda _: False).unused_id("a", "0" * 63 + "1")
        '0000000000000'
        """
        if preferred not in self._taken:
            return preferred
        parts = (sha256[at : at + n] for at in range(48) for n in range(12, 17))
        return next(part for part in parts if part not in self._taken)


def with_received_day(seed: Seed, before: Identity | None) -> Seed:
    """Return `seed` with the earlier import's --received day if it is unchanged."""
    if before and before.sha256 == seed.sha256:
        return seed._replace(received=before.received)
    return seed


def wordpress_posts(known: KnownSeeds, articles: Iterable[str]) -> dict[str, dict[str, str]]:
    """Return, by host, WordPress post number → address of its article, of those in `articles`."""
    existing = set(articles)
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for system, number, ids in known.external_ids():
        here = [article for article in ids if article in existing]
        if system.startswith("wordpress") and here:
            host = system.partition(":")[2].partition("/")[0] or "old"
            found[host][number] = f"/n/{here[0]}/"
    return dict(found)


def _put_first(known: dict[_Key, list[Identity]], key: _Key, identity: Identity) -> None:
    known[key] = [identity, *(a for a in known.get(key, ()) if a.id != identity.id)]
