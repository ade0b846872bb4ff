"""`warraq rename`, `merge` and `split`: authority files and all that refers to them."""

import json
from pathlib import Path

import pytest
from tests.commands.archive import article, authority, started, written
from tests.commands.conftest import ROOT, Run, tree
from tests.commands.repository import git, in_repository, last

A, B, C = "aaaa01", "bbbb02", "cccc03"
SETTINGS = """lang: ar
navigation:
- {label: الأخبار, url: /archive/}
- label: سوريا
  url: /topics/syria/
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = started(tmp_path / "site", SETTINGS)
    article(
        folder,
        A,
        "topics: [syria, 'economy']  # كما هي",
        "people:\n# الوزير\n- samir\n- samir-two",
        "source:\n  name: شام  # كما كتبت\n  outlet: shaam",
        body="قال سمير إن [سوريا](/topics/syria/) syria.",
    )
    article(
        folder,
        B,
        "tags: [syria, سوريا]",
        "places: [damascus]",
        "via: [{name: ناقل, outlet: shaam}, {name: آخر, outlet: carrier}]",
        "not:\n  people: [samir]",
    )
    article(folder, C, "topics: [economy]", body="لا شيء هنا عن syria.")
    authority(folder, "topics", "syria", "formerly: [/tag/syria/]", "# ملاحظة", name="سوريا")
    authority(folder, "topics", "economy", name="اقتصاد")
    authority(folder, "people", "samir", "role: وزير", "wikidata: Q1", "x: 1", name="سمير")
    authority(
        folder, "people", "samir-two", "role: نائب", "aliases: [أبو سامر]", name="سمير الثاني"
    )
    authority(folder, "places", "damascus", name="دمشق")
    authority(
        folder, "outlets", "shaam", "hosts: [shaam.example]", "aliases: [شام]", name="شام الإخبارية"
    )
    authority(folder, "outlets", "carrier", "hosts: [carrier.example]", name="الناقل")
    authority(folder, "stories", "one", f"articles: [{A}, {B}]", "place: damascus", name="قصة")
    return in_repository(folder)


def text(site: Path, path: str) -> str:
    return (site / "content" / path).read_text("utf-8")


def of(site: Path, ident: str) -> str:
    return text(site, f"articles/{ident[:2]}/{ident}.md")


def codes(said: str) -> list[str]:
    return [problem["code"] for problem in json.loads(said)["problems"]]


def test_a_renamed_topic_takes_its_articles_along_and_redirects(site: Path, run: Run) -> None:
    said = run(site, "rename", "topics/syria", "syrian-arab-republic", "--format", "json")

    assert (said.returncode, codes(said.stdout)) == (0, ["menu-moved"])
    (moved,) = json.loads(said.stdout)["problems"]
    assert (moved["path"], moved["line"]) == ("site.yaml", 7)
    assert "topics: [syrian-arab-republic, 'economy']  # كما هي" in of(site, A)
    assert "(/topics/syria/) syria." in of(site, A)  # the text is the outlet's; the link redirects
    assert "tags: [syrian-arab-republic, سوريا]" in of(site, B)
    assert "syrian" not in of(site, C)
    assert text(site, "topics/syrian-arab-republic.md") == (
        "---\nname: سوريا\nformerly: [/tag/syria/, syria]\n# ملاحظة\n---\n"
    )
    assert last(site) == "تغيير مفتاح «سوريا» من syria إلى syrian-arab-republic"
    assert git(site, "status", "--short") == ""
    assert run(site, "check").returncode == 0
    assert run(site, "build").returncode == 0
    redirect = (site / "public" / "topics" / "syria" / "index.html").read_text("utf-8")
    assert "/topics/syrian-arab-republic/" in redirect
    shelf = (site / "public" / "topics" / "syrian-arab-republic" / "index.html").read_text("utf-8")
    assert (f"/n/{A}/" in shelf, f"/n/{B}/" in shelf) == (True, True)


def test_a_key_goes_there_and_back(site: Path, run: Run) -> None:
    before = tree(site / "content" / "articles")
    assert run(site, "rename", "content/places/damascus.md", "places/dimashq").returncode == 0
    assert "place: dimashq" in text(site, "stories/one.md")
    assert "places: [dimashq]" in of(site, B)
    assert run(site, "rename", "places/dimashq", "damascus").returncode == 0

    assert tree(site / "content" / "articles") == before
    assert "formerly:\n- dimashq\n" in text(site, "places/damascus.md")
    assert run(site, "check").returncode == 0


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("rename", "topics/nothing", "x"), "surgery-unknown"),
        (("rename", "topics/../people/samir", "x"), "surgery-unknown"),
        (("rename", "../../etc/passwd", "x"), "surgery-unknown"),
        (("rename", "topics/syria", "people/syria"), "surgery-kind"),
        (("rename", "topics/syria", "../x"), "surgery-kind"),
        (("rename", "topics/syria", "سوريا"), "key-invalid"),
        (("rename", "topics/syria", ".x"), "key-invalid"),
        (("rename", "topics/syria", ""), "key-invalid"),
        (("rename", "topics/syria", "economy"), "key-taken"),
        (("rename", "topics/syria", "syria"), "key-taken"),
        (("merge", "topics/syria", "topics/syria"), "merge-kinds"),
        (("merge", "topics/syria", "people/samir"), "merge-kinds"),
        (("split", "topics/syria", "economy", "اسم", "syria"), "key-taken"),
    ],
)
def test_what_cannot_be_is_refused(site: Path, run: Run, words: tuple[str, ...], code: str) -> None:
    before = tree(site / "content")
    said = run(site, *words)

    assert (said.returncode, f"[{code}]" in said.stdout) == (2, True), said
    assert tree(site / "content") == before


@pytest.mark.parametrize("name", ["topics/سوريا", "content/topics/syria.md", "topics/syria"])
def test_a_file_is_named_by_key_path_or_name(site: Path, run: Run, name: str) -> None:
    assert run(site, "rename", name, "topics/syria-new").returncode == 0
    assert (site / "content" / "topics" / "syria-new.md").is_file()


def test_of_a_file_that_cannot_be_read_it_is_said_why(site: Path, run: Run) -> None:
    written(site, "topics/broken.md", "---\nname: [أ\n---\n")
    said = run(site, "merge", "topics/broken", "topics/syria")

    assert (said.returncode, "topics/broken.md:2: error[yaml-broken]" in said.stdout) == (2, True)


def test_a_key_that_redirects_to_another_file_is_not_taken(site: Path, run: Run) -> None:
    assert run(site, "rename", "topics/syria", "syria-new").returncode == 0
    said = run(site, "rename", "topics/economy", "syria")

    assert (said.returncode, "[key-redirects]" in said.stdout) == (2, True)


def test_two_people_become_one(site: Path, run: Run) -> None:
    said = run(site, "merge", "people/samir", "people/samir-two", "--format", "json")

    assert (said.returncode, codes(said.stdout)) == (0, ["merge-lost"])  # the role of one
    assert "people:\n# الوزير\n- samir-two\n" in of(site, A)
    assert "not:\n  people: [samir-two]" in of(site, B)
    assert not (site / "content" / "people" / "samir.md").exists()
    kept = text(site, "people/samir-two.md")
    assert "aliases: [أبو سامر, سمير]" in kept
    assert "formerly:\n- samir\n" in kept
    assert ("role: نائب" in kept, "wikidata: Q1" in kept, "x: '1'" in kept) == (True, True, True)
    assert last(site) == "دمج «سمير» في «سمير الثاني»"
    assert run(site, "check").returncode == 0
    assert run(site, "build").returncode == 0
    assert (site / "public" / "people" / "samir" / "index.html").is_file()


def test_what_a_merge_loses_is_named_as_people_call_it(site: Path, run: Run) -> None:
    for key, wikidata in (("samir", "Q1"), ("samir-two", "Q2")):
        # The last key is a code, whose words would need values.
        own = f"wikidata: {wikidata}\npublish-file: {key}"
        written(site, f"people/{key}.md", f"---\nname: سمير\n{own}\n---\n")
    said = run(site, "merge", "people/samir", "people/samir-two", "--dry-run").stdout

    assert "both files have «Wikidata ID»" in said
    assert "both files have «publish-file»" in said


def test_of_a_map_that_a_merge_loses_the_values_are_told(site: Path, run: Run) -> None:
    for key, holder in (("first", "وكالة"), ("second", "صحيفة")):
        rights = f"rights: {{holder: {holder}, display: full}}"
        written(site, f"outlets/{key}.md", f"---\nname: {holder}\n{rights}\n---\n")
    said = run(site, "merge", "outlets/first", "outlets/second", "--dry-run").stdout

    assert "«holder: وكالة، display: full»" in said


def test_a_page_about_the_archive_has_no_other_spellings(site: Path, run: Run) -> None:
    written(site, "pages/first.md", "---\nname: من نحن\n---\nنص\n")
    written(site, "pages/second.md", "---\nname: عن الأرشيف\n---\nآخر\n")
    assert run(site, "merge", "pages/first", "pages/second").returncode == 0

    kept = text(site, "pages/second.md")
    assert kept.startswith("---\nname: عن الأرشيف\nformerly:\n- first\n---\n")


def test_what_is_wanted_is_listed_as_the_language_does(site: Path, run: Run) -> None:
    assert "outlets, topics, people" in run(site, "merge", "samir", "people/samir").stdout


def test_a_merged_outlet_keeps_what_the_importer_knows(site: Path, run: Run) -> None:
    assert run(site, "merge", "outlets/shaam", "outlets/carrier").returncode == 0

    kept = text(site, "outlets/carrier.md")
    assert "hosts: [carrier.example, shaam.example]" in kept
    assert ("- شام الإخبارية\n" in kept, "- شام\n" in kept) == (True, True)
    assert "name: شام  # كما كتبت\n  outlet: carrier" in of(site, A)
    assert "via: [{name: ناقل, outlet: carrier}, {name: آخر, outlet: carrier}]" in of(site, B)
    assert run(site, "check").returncode == 0


def test_merged_stories_hold_all_articles_once(site: Path, run: Run) -> None:
    authority(site, "stories", "two", f"articles: [{B}, {C}]", "status: proposed", name="أخرى")
    git(site, "add", "--all")
    git(site, "commit", "-qm", "قصة")
    said = run(site, "merge", "stories/two", "stories/one", "--format", "json")

    assert (said.returncode, codes(said.stdout)) == (0, [])
    assert f"articles: [{A}, {B}, {C}]" in text(site, "stories/one.md")
    assert run(site, "check").returncode == 0


def test_bodies_of_merged_files_stand_one_after_the_other(site: Path, run: Run) -> None:
    for key, body in (("samir", "سيرة أولى."), ("samir-two", "سيرة ثانية.")):
        path = site / "content" / "people" / f"{key}.md"
        path.write_text(path.read_text("utf-8") + f"\n{body}\n", "utf-8")
    assert run(site, "merge", "people/samir", "people/samir-two").returncode == 0

    assert text(site, "people/samir-two.md").endswith("---\n\nسيرة ثانية.\n\nسيرة أولى.\n")


def test_some_articles_of_a_topic_get_one_of_their_own(site: Path, run: Run) -> None:
    words = ("split", "topics/economy", "trade", "تجارة", f"id:{C}")
    said = run(site, *words, "--format", "json")

    assert (said.returncode, json.loads(said.stdout)["found"]) == (0, 1)
    assert text(site, "topics/trade.md") == "---\nname: تجارة\n---\n"
    assert ("topics: [trade]" in of(site, C), "'economy'" in of(site, A)) == (True, True)
    assert last(site) == "فصل «تجارة» عن «اقتصاد»"
    assert run(site, "check").returncode == 0


def test_a_person_who_is_split_off_takes_nothing_along(site: Path, run: Run) -> None:
    assert run(site, "split", "people/samir", "samir-x", "سمير س.", f"id:{A}").returncode == 0

    assert text(site, "people/samir-x.md") == "---\nname: سمير س.\n---\n"
    assert "wikidata: Q1" in text(site, "people/samir.md")


def test_the_rights_of_an_outlet_hold_for_what_is_split_off(site: Path, run: Run) -> None:
    path = site / "content" / "outlets" / "shaam.md"
    path.write_text(
        path.read_text("utf-8").replace("hosts", "rights: {display: none}\nhosts"), "utf-8"
    )
    assert run(site, "split", "outlets/shaam", "shaam-two", "شام ٢", f"id:{A}").returncode == 0

    assert "rights:\n  display: none\n" in text(site, "outlets/shaam-two.md")
    assert "hosts" not in text(site, "outlets/shaam-two.md")


def test_a_story_is_split_by_its_articles(site: Path, run: Run) -> None:
    assert run(site, "split", "stories/one", "two", "قصة أخرى", f"id:{B}").returncode == 0

    assert f"articles: [{A}]" in text(site, "stories/one.md")
    assert f"articles:\n- {B}\n" in text(site, "stories/two.md")


def test_nothing_is_split_off_for_no_article(site: Path, run: Run) -> None:
    said = run(site, "split", "topics/syria", "syria-two", "اسم", f"id:{C}")

    assert (said.returncode, "[split-none]" in said.stdout) == (1, True)
    assert not (site / "content" / "topics" / "syria-two.md").exists()


def test_a_file_that_cannot_be_read_is_named(site: Path, run: Run) -> None:
    broken = '---\nid: "dddd04"\ntopics: [syria\n---\n'
    written(site, "articles/dd/dddd04.md", broken)
    said = run(site, "rename", "topics/syria", "syria-new", "--format", "json")

    assert (said.returncode, codes(said.stdout)) == (0, ["menu-moved", "surgery-unread"])
    assert of(site, "dddd04") == broken


def test_a_dry_run_shows_both_files(site: Path, run: Run) -> None:
    before = tree(site / "content")
    said = run(site, "rename", "topics/syria", "syria-new", "--dry-run")

    assert ("+++ /dev/null" in said.stdout, "+++ b/content/topics/syria-new.md" in said.stdout) == (
        True,
        True,
    )
    assert tree(site / "content") == before


def test_what_was_renamed_stays_so_when_seeds_are_imported_again(tmp_path: Path, run: Run) -> None:
    site = tmp_path / "bare"
    (site / "seeds").mkdir(parents=True)
    for seed in (ROOT / "seeds").glob("*.txt"):
        (site / "seeds" / seed.name).write_bytes(seed.read_bytes())
    (site / "site.yaml").write_text("name: أ\nbase_url: https://a.example/\nlang: ar\n", "utf-8")
    authority(site, "outlets", "shaam", name="شام الإخبارية")
    authority(site, "outlets", "sham-news", "hosts: [sham.example]", name="شام نيوز")
    assert run(site, "import", "--received", "2025-10-12").returncode == 0
    in_repository(site)
    credited = next(
        p for p in (site / "content" / "articles").rglob("*.md") if "outlet: shaam" in p.read_text()
    )
    assert run(site, "merge", "outlets/shaam", "outlets/sham-news").returncode == 0
    merged = credited.read_text("utf-8")
    assert "outlet: sham-news" in merged

    for words in (("import",), ("import", "--again")):
        assert run(site, *words, "--received", "2025-10-12").returncode == 0, words
        assert credited.read_text("utf-8") == merged
    credited.unlink()
    assert run(site, "import", "--restore", "--received", "2025-10-12").returncode == 0
    assert "outlet: sham-news" in credited.read_text("utf-8")
    assert run(site, "check").returncode == 0
