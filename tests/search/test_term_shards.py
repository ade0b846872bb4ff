"""Where groups of words lie."""

from warraq.search.shard_layout import layout_for
from warraq.search.term_shards import HEAVY, families_of, light_shard, term_groups


def test_a_family_lies_in_the_shard_of_its_tribe_however_many_its_postings() -> None:
    layout = layout_for(1000, 100_000)
    families = families_of([("تحذير", 3), ("محذر", 1), ("حذر", 2), ("سوريه", HEAVY)])

    groups = term_groups(families, layout)
    assert {group.family for group in groups} == {*families}
    for group in groups:
        assert group.stem or group.shard == light_shard(group.family, layout)
