"""`warraq verify`: compare the output with the last build, and seeds with their import."""

from pathlib import Path

from warraq.base.config import load
from warraq.base.files import digest_at
from warraq.base.problems import Problem, WarraqError, error
from warraq.build.cache import cache_of
from warraq.build.face import face_sizes
from warraq.build.incremental import cache_key, program_of
from warraq.content import store
from warraq.importer.seed_check import changed_seeds
from warraq.publish.tree import opened, present


def verify(site: Path, *, into: Path) -> tuple[Problem, ...]:
    """Return a problem for each output file, and each seed, that differs from its recorded digest.

    Raises WarraqError when no build is recorded.
    """
    config, _ = load(site)
    program = program_of(site, config, face_sizes(site, config))
    with (
        opened(site=site, into=into) as tree,
        cache_of(site, into, cache_key(program, drafts=False)) as cache,
    ):
        recorded = cache.digests()
        if not recorded:
            raise WarraqError([error("output-unknown", str(into))])
        present_paths = set(present(tree.into))
    found = [error("output-foreign-file", path) for path in present_paths - recorded.keys()]
    for path, digest in recorded.items():
        if not (into / path).is_file():
            found.append(error("output-lost", path))
        elif digest_at(into / path) != digest:
            found.append(error("output-changed", path))
    found += changed_seeds(site, store.load(site).articles, config.import_fields, error)
    return tuple(sorted(found))
