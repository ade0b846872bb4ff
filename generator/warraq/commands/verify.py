"""`warraq verify`: the output against the last build, and seeds against their import."""

from pathlib import Path

from warraq.base.config import load
from warraq.base.files import digest_at
from warraq.base.problems import Problem, WarraqError, error
from warraq.build.cache import cache_of
from warraq.build.incremental import cache_key
from warraq.content import store
from warraq.importer.seed_check import altered
from warraq.publish.tree import opened, present


def verify(site: Path, *, into: Path) -> tuple[Problem, ...]:
    """Return each output file that is not as it was built, and each seed not as it was imported.

    Compared by the recorded digests. Raises WarraqError when no build is recorded.
    """
    config, _ = load(site)
    with (
        opened(site=site, into=into) as tree,
        cache_of(site, into, cache_key(config, into, drafts=False)) as cache,
    ):
        known = cache.digests()
        if not known:
            raise WarraqError([error("output-unknown", str(into))])
        there = {path for path, _ in present(tree.into)}
    found = [error("output-foreign-file", path) for path in there - known.keys()]
    for path, digest in known.items():
        if not (into / path).is_file():
            found.append(error("output-lost", path))
        elif digest_at(into / path) != digest:
            found.append(error("output-changed", path))
    found += altered(site, store.load(site).articles, config.import_fields, error)
    return tuple(sorted(found))
