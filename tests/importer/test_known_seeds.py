"""The index of known seeds: what a seed is matched by, and which ids are free."""

from warraq.content.receipts import Identity
from warraq.importer.drafted import Seed
from warraq.importer.known_seeds import KnownSeeds, with_received_day, wordpress_posts
from warraq.seeds.exports.export_records import Exported


def index(*identities: Identity, missing: str = "") -> KnownSeeds:
    known = KnownSeeds((), lambda seed: seed == missing)
    for identity in identities:
        known.add(identity)
    return known


def record(sha256: str, own: str = "", system: str = "cms") -> Seed:
    ids = {system: own} if own else {}
    exported = Exported(
        file="seeds/x.csv",
        own=own or "1",
        number=1,
        sha256=sha256,
        external_ids=ids,
        numbered=not own,
        record={},
        letters=0,
    )
    return Seed(exported.path, sha256, record=exported)


def test_a_seed_is_matched_by_its_path() -> None:
    known = index(Identity("a", "seeds/a.txt", "one"), Identity("b", "seeds/b.txt", "two"))
    assert known.match(Seed("seeds/b.txt", "three")) == Identity("b", "seeds/b.txt", "two")
    assert known.match(Seed("seeds/c.txt", "three")) is None


def test_a_digest_counts_only_where_the_other_file_is_missing() -> None:
    a = Identity("a", "seeds/a.txt", "one")
    assert index(a).match(Seed("seeds/b.txt", "one")) is None
    assert index(a, missing="seeds/a.txt").match(Seed("seeds/b.txt", "one")) == a


def test_an_external_id_comes_before_path_and_digest() -> None:
    by_path = Identity("a", "seeds/x.csv#7", "one")
    by_id = Identity("b", "seeds/y.csv#7", "two", external_ids={"cms": "7"})
    assert index(by_path, by_id).candidates(record("one", "7")) == [by_id]


def test_of_several_articles_of_one_id_the_one_with_the_same_bytes_comes_first() -> None:
    one, two, three = (
        Identity(name, f"seeds/{name}.csv#7", name, external_ids={"cms": "7"}) for name in "abc"
    )
    assert index(one, two, three).candidates(record("a", "7")) == [one, three, two]


def test_a_record_without_an_id_is_matched_once_by_its_bytes() -> None:
    a = Identity("a", "seeds/x.csv#9", "one")
    known = index(a)
    assert known.match(record("one")) == a
    known.claim("a", "seeds/x.csv#1")
    assert known.match(record("one")) is None
    assert known.claimed_by("a") == "seeds/x.csv#1"


def test_an_id_that_is_taken_gives_way_to_a_part_of_the_digest() -> None:
    known = index(Identity("a", "seeds/a.txt", "one"))
    assert known.unused_id("b", "0" * 64) == "b"
    assert known.unused_id("a", "0" * 64) == "0" * 12


def test_the_day_of_receipt_is_kept_for_the_same_bytes() -> None:
    before = Identity("a", "seeds/a.txt", "one", received="2024-05-03")
    assert with_received_day(Seed("seeds/a.txt", "one"), before).received == "2024-05-03"
    assert with_received_day(Seed("seeds/a.txt", "two"), before).received == ""


def test_wordpress_posts_lead_to_articles_that_exist() -> None:
    known = index(
        Identity("a", "seeds/a.xml#5", "one", external_ids={"wordpress:old.example": "5"}),
        Identity("b", "seeds/b.xml#6", "two", external_ids={"wordpress": "6"}),
        Identity("c", "seeds/c.csv#7", "three", external_ids={"cms": "7"}),
    )
    assert wordpress_posts(known, ["a", "b"]) == {
        "old.example": {"5": "/n/a/"},
        "old": {"6": "/n/b/"},
    }
    assert wordpress_posts(known, ["b"]) == {"old": {"6": "/n/b/"}}
