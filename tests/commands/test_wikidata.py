"""`warraq wikidata`: what a dump adds to the archive's names, in every form that dumps have."""

import bz2
import gzip
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from tests.commands.archive import article, authority, started
from tests.commands.conftest import Run, tree
from tests.commands.repository import git, in_repository, last


def term(language: str, value: str) -> dict[str, str]:
    return {"language": language, "value": value}


def entity(
    number: str, labels: dict[str, str], aliases: dict[str, list[str]], **more: object
) -> dict[str, object]:
    return {
        "type": "item",
        "id": number,
        "labels": {language: term(language, name) for language, name in labels.items()},
        "descriptions": {"ar": term("ar", "وصف من هناك")},
        "aliases": {
            language: [term(language, name) for name in names]
            for language, names in aliases.items()
        },
        "claims": [],
        **more,
    }


def at(latitude: float, longitude: float, globe: str = "Q2", rank: str = "normal") -> object:
    where: dict[str, object] = {"latitude": latitude, "longitude": longitude, "precision": 0.01}
    value = {**where, "globe": f"http://www.wikidata.org/entity/{globe}"}
    snak = {"snaktype": "value", "property": "P625", "datavalue": {"value": value}}
    return {"mainsnak": snak, "rank": rank}


ENTITIES: list[dict[str, object]] = [
    {"type": "property", "id": "P31", "labels": {"en": term("en", "instance of")}},
    entity(
        "Q100",
        {"ar": "سمير الحداد", "en": "Samir al-Haddad", "de": "Samir auf Deutsch"},
        {"ar": ["سمير", "أبو سامر الحداد", "سمير الحدّاد"], "tr": ["Semir el-Haddad\u202e"]},
    ),
    entity("Q200", {"ar": "دمشق", "he": "דמשק"}, {"ar": ["الشام"]},
           claims={"P625": [at(1, 2, "Q405"), at(33.1, 36.1), at(33.513, 36.292, rank="preferred")],
                   "P17": [{"mainsnak": {"datavalue": {"value": {"id": "Q858"}}}}]}),
    entity("Q300", {"ar": "سعاد"}, {}),
    entity("Q301", {"ar": "سعاد", "en": "Suad"}, {}),
]  # fmt: skip


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = started(tmp_path / "site", "lang: ar\n")
    authority(folder, "people", "samir", "# هو\nwikidata: Q100", "role: وزير", name="سمير الحداد")
    authority(folder, "people", "other", "aliases: [أبو سامر الحدّاد]", name="غيره")
    authority(folder, "people", "suad", name="سعاد")
    authority(folder, "places", "damascus", "wikidata: Q200  # العاصمة", name="دمشق")
    authority(folder, "topics", "gone", "wikidata: Q999", name="موضوع")
    article(folder, "aaaa01", "people: [samir]")
    return in_repository(folder)


def lines(entities: Sequence[object] = ENTITIES) -> bytes:
    return b"[\n" + b",\n".join(json.dumps(one).encode() for one in entities) + b"\n]\n"


def forms() -> Iterator[tuple[str, Callable[[], bytes]]]:
    yield "dump.json", lines
    yield "dump.json.gz", lambda: gzip.compress(lines())
    yield "no-suffix", lambda: bz2.compress(lines())
    yield "extract.ndjson", lambda: "\n".join(map(json.dumps, ENTITIES)).encode()
    yield "array.json", lambda: json.dumps(ENTITIES).encode()
    yield "pretty.json", lambda: json.dumps(ENTITIES, indent=2).encode()
    by_id = {str(one["id"]): one for one in ENTITIES}
    yield "entity-data.json", lambda: json.dumps({"entities": by_id, "success": 1}).encode()
    yield "crlf.json", lambda: b"\xef\xbb\xbf" + lines().replace(b"\n", b"\r\n")


FORMS = list(forms())


@pytest.mark.parametrize(("name", "content"), FORMS, ids=[name for name, _ in FORMS])
def test_spellings_and_coordinates_are_added_from_every_form(
    site: Path, run: Run, tmp_path: Path, name: str, content: Callable[[], bytes]
) -> None:
    (tmp_path / name).write_bytes(content())

    said = run(site, "wikidata", str(tmp_path / name), "--format", "json")

    assert said.returncode == 0, said.stderr
    assert (site / "content/people/samir.md").read_text("utf-8") == (
        "---\nname: سمير الحداد\naliases:\n- Samir al-Haddad\n- Semir el-Haddad\n"
        "# هو\nwikidata: Q100\nrole: وزير\n---\n"
    )
    assert (site / "content/places/damascus.md").read_text("utf-8") == (
        "---\nname: دمشق\naliases:\n- الشام\n- דמשק\nwikidata: Q200  # العاصمة\n"
        "coordinates: 33.513, 36.292\n---\n"
    )


def test_what_is_left_out_is_said_and_a_second_run_adds_nothing(
    site: Path, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "dump.json").write_bytes(lines())

    said = run(site, "wikidata", str(tmp_path / "dump.json"), "--format", "json")

    assert [(one["code"], one["path"]) for one in json.loads(said.stdout)["problems"]] == [
        ("wikidata-shared", "content/people/samir.md"),
        ("wikidata-short", "content/people/samir.md"),
    ]
    assert last(site) == "ملفان: رسوم أسماء من ويكي بيانات"
    assert git(site, "status", "--short", "content") == ""
    assert run(site, "check").returncode == 0
    assert run(site, "wikidata", str(tmp_path / "dump.json")).returncode == 0
    assert git(site, "rev-list", "--count", "HEAD").strip() == "2"


def test_a_dry_run_shows_the_diff_and_keeps_nothing(site: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "dump.json").write_bytes(lines())
    before = tree(site)

    said = run(site, "wikidata", str(tmp_path / "dump.json"), "--dry-run")

    assert said.returncode == 0
    assert "+- Samir al-Haddad" in said.stdout
    assert "2 of the 3 ids" in said.stderr
    assert {k: v for k, v in tree(site).items() if ".warraq" not in str(k)} == {
        k: v for k, v in before.items() if ".warraq" not in str(k)
    }
    assert not (site / ".warraq/wikidata.json").exists()


def test_languages_are_those_that_are_asked_for(site: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "dump.json").write_bytes(lines())

    assert run(site, "wikidata", str(tmp_path / "dump.json"), "--languages", "de").returncode == 0

    text = (site / "content/people/samir.md").read_text("utf-8")
    assert "aliases:\n- Samir auf Deutsch\n# هو" in text


BROKEN = (
    b'{"id": "Q100", "labels": {', b"[" * 5000, b'{"id": 7}', b'{"id":"Q1","labels":{"ar":3}}',
    b"\xff\xfe", b'{"id":"Q100","labels":{"ar":{"value":"\\ud800"}}}', b"not json", b"null",
)  # fmt: skip


def test_broken_lines_are_named_and_passed_over(site: Path, run: Run, tmp_path: Path) -> None:
    bad = b",\n".join(BROKEN)
    (tmp_path / "dump.json").write_bytes(lines().replace(b"[\n", b"[\n" + bad + b",\n", 1))

    said = run(site, "wikidata", str(tmp_path / "dump.json"), "--format", "json")

    assert said.returncode == 0, said.stderr
    told = [p["line"] for p in json.loads(said.stdout)["problems"] if p["code"] == "wikidata-line"]
    assert told == [*range(2, 2 + len(BROKEN))]
    assert "Samir al-Haddad" in (site / "content/people/samir.md").read_text("utf-8")


def test_a_dump_that_breaks_off_gives_what_it_has(site: Path, run: Run, tmp_path: Path) -> None:
    filler = [entity(f"Q7{n}", {"en": f"filler {n * 7919}"}, {}) for n in range(9000)]
    whole = gzip.compress(lines([*ENTITIES, *filler]))
    (tmp_path / "dump.json.gz").write_bytes(whole[: len(whole) // 2])

    said = run(site, "wikidata", str(tmp_path / "dump.json.gz"), "--format", "json")

    assert said.returncode == 0, said.stderr
    assert "wikidata-cut" in [p["code"] for p in json.loads(said.stdout)["problems"]]
    assert "Samir al-Haddad" in (site / "content/people/samir.md").read_text("utf-8")


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{}", b"hello\n", b"[\n]\n", b'{\n"a": 1,', b"\x1f\x8b\x08"]
)
def test_what_is_no_dump_is_refused_and_changes_nothing(
    site: Path, run: Run, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "x").write_bytes(content)

    said = run(site, "wikidata", str(tmp_path / "x"))

    assert said.returncode == 1
    assert "Traceback" not in said.stderr
    assert git(site, "status", "--short", "content") == ""
