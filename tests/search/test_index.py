"""Laws of the index: the same bytes from the same articles, and an edit that stays where it is."""

import os
import subprocess
import sys
from pathlib import Path

from warraq.search.analysis import family, tokens
from warraq.search.doc_ids import doc_ids_of
from warraq.search.index import index_files
from warraq.search.records import SearchDocument, to_record
from warraq.search.shard_layout import layout_for
from warraq.search.term_shards import light_shard

WORDS = "وزير لقاء زلزال حكومة مدينة قمح نفط اتفاق حدود قانون مدرسة جامعة رئيس بيان".split()


def archive(count: int) -> list[SearchDocument]:
    return [
        SearchDocument(
            id=f"{number:06x}",
            url=f"/n/{number:06x}/",
            title=f"{WORDS[number % 14]} {WORDS[number % 5]}",
            text=" ".join(f"{WORDS[(number * step) % 14]}{step}ب" for step in range(9)),
            day=f"20{number % 20 + 10}-0{number % 9 + 1}-11",
            facets={"outlet": (f"outlet-{number % 3}",), "topic": (f"topic-{number % 4}",)},
        )
        for number in range(1, count + 1)
    ]


def files(documents: list[SearchDocument]) -> dict[str, bytes]:
    return dict(index_files(map(to_record, documents), {}))


def test_order_of_the_articles_does_not_matter() -> None:
    assert files(archive(60)) == files(archive(60)[::-1])


def test_hash_seed_does_not_matter() -> None:
    program = (
        "import hashlib\n"
        "from tests.search.test_index import archive, files\n"
        "print(hashlib.sha256(repr(files(archive(40))).encode()).hexdigest())"
    )
    root = Path(__file__).parents[2]
    said = {
        subprocess.run(
            [sys.executable, "-c", program],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": f"{root}/generator:{root}"},
            cwd=root,
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1


def test_the_root_comes_last_and_names_every_file() -> None:
    names = list(files(archive(30)))
    assert names[-1] == "root.json"
    assert all("-" in name for name in names[:-1])


def test_an_edit_rewrites_the_shards_of_its_words_only() -> None:
    before = archive(300)
    at = 17
    edited = SearchDocument(
        **{
            name: getattr(before[at], name)
            for name in before[at].__struct_fields__
            if name != "text"
        },
        text=before[at].text.replace("وزير", "زيتون"),
    )
    changed_words = {token.term for token in tokens(before[at].text)} ^ {
        token.term for token in tokens(edited.text)
    }
    old, new = files(before), files([*before[:at], edited, *before[at + 1 :]])
    layout = layout_for(300, 3_300)
    touched = {int(name[2:].split("-")[0]) for name in set(old) ^ set(new) if name[:2] == "t/"}
    assert touched == {light_shard(family(word), layout) for word in changed_words}
    assert sum(name[:2] == "d/" for name in set(new) - set(old)) == 1
    assert not any(name.startswith(("outlet/", "topic/")) for name in set(old) ^ set(new))


def test_a_new_article_moves_no_other_of_another_day() -> None:
    before = archive(100)
    new = SearchDocument(id="abcdef", url="/n/abcdef/", title="جديد", text="نص", day="2015-01-02")
    old_places = doc_ids_of(map(to_record, before))
    new_places = doc_ids_of(map(to_record, [*before, new]))
    assert {ident: new_places[ident] for ident in old_places} == old_places


def test_empty_and_single_archives_have_an_index() -> None:
    assert set(files([])) == {"root.json"}
    assert any(name.startswith("t/") for name in files(archive(1)))
