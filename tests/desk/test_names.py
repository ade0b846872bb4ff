"""The archive's names in the desk: the list, the forms, and surgery as on the command line."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from lxml import html
from tests.desk.editor import Editor, Fields, fields_of
from tests.preview.served import eventually

from warraq.commands import edit
from warraq.commands.edit import How
from warraq.editing.wikidata_extract import keep
from warraq.editing.wikidata_names import KnownEntity

NAMES = "/-/names"
FIDAN, GULER = "people/hakan-fidan", "people/yasar-guler"
STORY = "stories/ankara-meeting-2025-10-12"
UNRECORDED = How(record=False)


def file_of(editor: Editor, name: str) -> Path:
    return editor.served.site / "content" / f"{name}.md"


def text_of(editor: Editor, name: str) -> str:
    return file_of(editor, name).read_text("utf-8")


def form_of(editor: Editor, name: str) -> Fields:
    response, page = editor.get(f"{NAMES}/{name}")
    assert response.status == 200, page
    return fields_of(page)


def sent(editor: Editor, address: str, **fields: str) -> tuple[int, str]:
    return editor.post(address, {"form_token": editor.open()["form_token"], **fields})


def names_in(page: str) -> list[str]:
    found: list[str] = html.fromstring(page).xpath("//main//ol/li/h2//a/bdi/text()")
    return found


def tree(site: Path) -> dict[str, bytes]:
    files = (file for file in (site / "content").rglob("*") if file.is_file())
    return {file.relative_to(site).as_posix(): file.read_bytes() for file in files}


@pytest.fixture
def copy(editor: Editor, tmp_path: Path) -> Path:
    """The same archive, for a command to do what the desk did."""
    shutil.copytree(editor.served.site / "content", tmp_path / "content")
    shutil.copy(editor.served.site / "site.yaml", tmp_path / "site.yaml")
    return tmp_path


# The list


def test_a_name_is_found_by_any_spelling_and_by_its_key(editor: Editor) -> None:
    for query in ("حقان فيدان", "هاكان فيدان", "hakan-f"):
        _, page = editor.get(f"{NAMES}?kind=people&q={quote(query)}")
        assert names_in(page) == ["هاكان فيدان"], query
    assert names_in(editor.get(f"{NAMES}?kind=places&q={quote('انقره')}")[1]) == ["أنقرة"]
    assert names_in(editor.get(f"{NAMES}?kind=people&q={quote('لا أحد')}")[1]) == []
    long = "اجتماع طارئ لوزراء خارجية دول جوار سوريا في العاصمة الأردنية عمّان"
    file_of(editor, "stories/amman").write_text(f"---\nname: {long}\n---\n", "utf-8")
    assert names_in(editor.get(f"{NAMES}?kind=stories&q={quote('عمان سورية')}")[1]) == [long]


def test_the_list_counts_the_articles_of_the_last_build(editor: Editor) -> None:
    def counted() -> bool:
        _, page = editor.get(f"{NAMES}?kind=people")
        return "2 articles" in page

    assert eventually(counted)
    file_of(editor, "people/nobody").write_text("---\nname: لا أحد\n---\n", "utf-8")
    assert eventually(lambda: "لا أحد" in editor.get(f"{NAMES}?kind=people&show=idle")[1])


def test_likely_doubles_lead_to_a_comparison(editor: Editor) -> None:
    file_of(editor, "people/fidan-two").write_text("---\nname: هاكان فيدن\n---\n", "utf-8")

    _, page = editor.get(f"{NAMES}?kind=people&show=doubles")

    assert f"{NAMES}/people/fidan-two/merge?with=hakan-fidan" in page


@pytest.mark.parametrize(
    "asked",
    [
        "kind=articles",
        "kind=../x",
        "page=99999999999",
        "page=-1",
        "show=x",
        "q=%00%22%3E%3Cscript%3E",
    ],
)
def test_whatever_an_address_asks_there_is_a_list(editor: Editor, asked: str) -> None:
    response, page = editor.get(f"{NAMES}?{asked}")

    assert response.status == 200
    assert "<script>" not in page.replace('<script type="module"', "")


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_listed(editor: Editor) -> None:
    file_of(editor, "people/broken").write_text("---\nname: [\n", "utf-8")

    response, page = editor.get(f"{NAMES}?kind=people")

    assert response.status == 200
    assert "content/people/broken.md" in page
    assert "هاكان فيدان" in page
    assert editor.get(f"{NAMES}/people/broken")[0].status == 404


def test_a_file_is_made_and_taken_back(editor: Editor) -> None:
    before = tree(editor.served.site)

    status, _ = sent(editor, NAMES, kind="people", name="سعاد: الأولى", key="suad")

    assert status == 303
    assert text_of(editor, "people/suad") == "---\nname: 'سعاد: الأولى'\n---\n"
    commit = editor.git("rev-parse", "HEAD")
    response, page = editor.get(f"{NAMES}/people/suad?done={commit}")
    assert (response.status, commit in page) == (200, True)
    assert sent(editor, "/-/changes", commit=commit, back=f"{NAMES}?kind=people")[0] == 303
    assert tree(editor.served.site) == before


@pytest.mark.parametrize(
    "made",
    [
        {"kind": "people", "name": "سعاد", "key": "../x"},
        {"kind": "people", "name": "سعاد", "key": "hakan-fidan"},
        {"kind": "people", "name": "", "key": "suad"},
        {"kind": "articles", "name": "سعاد", "key": "suad"},
        {"kind": "../x", "name": "سعاد", "key": "suad"},
    ],
)
def test_what_can_be_no_file_is_refused_and_what_was_typed_stays(
    editor: Editor, made: dict[str, str]
) -> None:
    before = tree(editor.served.site)

    status, page = sent(editor, NAMES, **made)

    assert status == 422
    assert f'value="{made["key"]}"' in page
    assert tree(editor.served.site) == before


# The forms


def every_file() -> Iterator[str]:
    content = Path(__file__).parents[2] / "content"
    for folder in ("people", "places", "organizations", "topics", "outlets", "stories", "pages"):
        yield from (f"{folder}/{file.stem}" for file in sorted((content / folder).glob("*.md")))


def test_untouched_forms_write_nothing(editor: Editor) -> None:
    before, head = tree(editor.served.site), editor.git("rev-parse", "HEAD")

    for name in every_file():
        status, page = editor.post(f"{NAMES}/{name}", form_of(editor, name))
        assert (status, "Nothing changed" in page) == (200, True), name

    assert (tree(editor.served.site), editor.git("rev-parse", "HEAD")) == (before, head)


def test_what_was_changed_is_written_and_committed_and_nothing_else(editor: Editor) -> None:
    file = file_of(editor, FIDAN)
    file.write_text(text_of(editor, FIDAN).replace("role:", "# قرار\nmine: {a: 1}\nrole:"), "utf-8")
    editor.git("commit", "-qam", "comment")
    before = text_of(editor, FIDAN).splitlines()

    form = form_of(editor, FIDAN) | {"aliases.3": "Hakan Fidan", "country": "تركيا"}
    status, page = editor.post(f"{NAMES}/{FIDAN}", form)

    assert (status, "The file is saved" in page) == (200, True)
    new = [line for line in text_of(editor, FIDAN).splitlines() if line not in before]
    assert new == ["aliases: [فيدان, حقان فيدان, هاكان فيدن, Hakan Fidan]", "country: تركيا"]
    assert "# قرار\nmine: {a: 1}\n" in text_of(editor, FIDAN)
    assert editor.git("status", "--porcelain", "content") == ""
    assert "هاكان فيدان" in editor.git("log", "-1", "--format=%s")
    assert editor.git("rev-parse", "HEAD") in page  # to be taken back


@pytest.mark.parametrize(
    "typed", ["Q181795", "wd:q181795", "https://www.wikidata.org/wiki/Q181795#sitelinks-wikipedia"]
)
def test_a_wikidata_address_is_kept_as_its_id(editor: Editor, typed: str) -> None:
    assert editor.post(f"{NAMES}/{FIDAN}", form_of(editor, FIDAN) | {"wikidata": typed})[0] == 200

    assert "wikidata: Q181795\n" in text_of(editor, FIDAN)


@pytest.mark.parametrize(
    ("name", "fields", "key"),
    [
        (FIDAN, {"wikidata": "فيدان"}, "wikidata"),
        (FIDAN, {"name": ""}, "name"),
        (FIDAN, {"url": "javascript:alert(1)"}, "url"),
        ("places/ankara", {"coordinates": "95, 200"}, "coordinates"),
        ("outlets/shaam", {"rights.index": "maybe"}, "rights"),
        (STORY, {"articles.2": "ffffffffffff"}, "articles"),
        (STORY, {"articles.2": "../x"}, "articles"),
        (STORY, {"event_date": "يوم"}, "event_date"),
    ],
)
def test_what_check_refuses_is_said_at_the_field(
    editor: Editor, name: str, fields: dict[str, str], key: str
) -> None:
    before = tree(editor.served.site)

    status, page = editor.post(f"{NAMES}/{name}", form_of(editor, name) | fields)

    assert status == 422
    assert f'id="about-{key}"' in page
    assert fields_of(page).items() >= {k: v for k, v in fields.items() if v}.items()
    assert tree(editor.served.site) == before


def test_two_editors_of_a_name_both_keep_their_work_or_are_shown_both(editor: Editor) -> None:
    first, second, third = (form_of(editor, FIDAN) for _ in range(3))

    assert editor.post(f"{NAMES}/{FIDAN}", first | {"role": "صفة أولى"})[0] == 200
    assert editor.post(f"{NAMES}/{FIDAN}", second | {"country": "تركيا"})[0] == 200
    status, page = editor.post(f"{NAMES}/{FIDAN}", third | {"role": "صفة ثالثة"})

    assert status == 409
    assert "صفة أولى" in page.partition('id="about-role"')[2]
    assert "role: صفة أولى" in text_of(editor, FIDAN)
    assert "country: تركيا" in text_of(editor, FIDAN)
    assert editor.post(f"{NAMES}/{FIDAN}", fields_of(page))[0] == 200
    assert "role: صفة ثالثة" in text_of(editor, FIDAN)


def test_the_text_of_a_form_whose_file_is_gone_is_given_back(editor: Editor) -> None:
    form = form_of(editor, FIDAN)
    file_of(editor, FIDAN).unlink()

    status, page = editor.post(f"{NAMES}/{FIDAN}", form | {"body": "نص كُتب بعد الحذف"})

    assert (status, "نص كُتب بعد الحذف" in page) == (409, True)
    assert not file_of(editor, FIDAN).exists()


def test_members_of_a_story_have_their_headlines_and_are_found_and_taken_out(
    editor: Editor,
) -> None:
    form = form_of(editor, STORY)
    assert "أبو قصرة: لقاء أنقرة" in editor.get(f"{NAMES}/{STORY}")[1]
    without = {name: "" if name == "articles.0" else value for name, value in form.items()}

    assert editor.post(f"{NAMES}/{STORY}", without)[0] == 200
    assert 'articles: ["4d3d081484502be0"]' in text_of(editor, STORY)

    asked = form_of(editor, STORY) | {"action": "find", "find.q": "أبو قصرة", "name": "لم يُحفظ"}
    status, page = editor.post(f"{NAMES}/{STORY}", asked)
    (box,) = html.fromstring(page).xpath("//ul[@id='hits']//input")
    assert (status, box.get("value")) == (200, "19805c34f5b7eaf3")
    assert "لم يُحفظ" not in text_of(editor, STORY)
    found = fields_of(page) | {box.get("name"): box.get("value")}
    assert editor.post(f"{NAMES}/{STORY}", found)[0] == 200
    assert 'articles: ["4d3d081484502be0", 19805c34f5b7eaf3]' in text_of(editor, STORY)
    assert "name: لم يُحفظ" in text_of(editor, STORY)


def test_the_form_shows_what_a_dump_said_and_takes_what_is_marked(editor: Editor) -> None:
    kept = [
        KnownEntity("Q1", "هاكان فيدان", "سياسي <b>", ("هاكان فيدان", "Hakan Fidan", "فيدان")),
        KnownEntity("Q2", "أنقرة", "", ("أنقرة", "Ankara"), "39.93, 32.85"),
    ]
    keep(editor.served.site, kept)

    _, page = editor.get(f"{NAMES}/{FIDAN}")
    assert ('<option value="Q1">' in page, "&lt;b&gt;" in page) == (True, True)
    _, page = editor.post(f"{NAMES}/{FIDAN}", form_of(editor, FIDAN) | {"wikidata": "Q1"})
    (box,) = html.fromstring(page).xpath("//ul[@class='hits']//input")
    assert box.get("value") == "Hakan Fidan"
    marked = fields_of(page) | {box.get("name"): box.get("value")}
    assert editor.post(f"{NAMES}/{FIDAN}", marked)[0] == 200

    assert "هاكان فيدن, Hakan Fidan]" in text_of(editor, FIDAN)
    form = form_of(editor, "places/ankara") | {"wikidata": "Q2"}
    assert "39.93, 32.85" in editor.post(f"{NAMES}/places/ankara", form)[1]
    assert editor.git("status", "--porcelain", "content") == ""


def test_a_damaged_extract_is_as_none(editor: Editor) -> None:
    (editor.served.site / ".warraq/wikidata.json").write_text("[{", "utf-8")

    assert editor.get(f"{NAMES}/{FIDAN}")[0].status == 200


def test_hostile_names_are_text(editor: Editor) -> None:
    hostile = '"></textarea><script>alert(1)</script>'
    form = form_of(editor, FIDAN) | {"name": hostile, "aliases.0": "أ\u202eب", "body": hostile}

    status, page = editor.post(f"{NAMES}/{FIDAN}", form)

    assert status == 200
    for shown in (
        page,
        editor.get(f"{NAMES}?kind=people")[1],
        editor.get(f"{NAMES}/{FIDAN}/merge")[1],
    ):
        assert "<script>" not in shown
    assert "\u202e" not in text_of(editor, FIDAN)
    assert "أب" in text_of(editor, FIDAN)


@pytest.mark.parametrize(
    "name",
    ["articles/19805c34f5b7eaf3", "people/..%2f..%2fsite", "people/%2e%2e", "..%2f/x", "people/A",
     "people/no-such", "media/x", "people/hakan-fidan%0a", "people/" + "a" * 5000],
)  # fmt: skip
def test_no_address_leads_elsewhere(editor: Editor, name: str) -> None:
    before = tree(editor.served.site)
    form = form_of(editor, FIDAN) | {"name": "x", "to": "x", "with": GULER, "key": "x"}

    for below in ("", "/rename", "/merge", "/split"):
        assert editor.get(f"{NAMES}/{name}{below}")[0].status == 404
        assert editor.post(f"{NAMES}/{name}{below}", form)[0] in {404, 409}

    assert tree(editor.served.site) == before


def test_a_previewed_name_has_a_pencil(editor: Editor) -> None:
    assert eventually(lambda: editor.get("/people/hakan-fidan/")[0].status == 200)

    assert f'href="{NAMES}/{FIDAN}"' in editor.get("/people/hakan-fidan/")[1]


# Surgery


def test_a_renamed_key_is_what_the_command_makes_and_is_taken_back(
    editor: Editor, copy: Path
) -> None:
    before, address = tree(editor.served.site), f"{NAMES}/topics/syria-turkey"
    _, page = editor.get(f"{address}/rename?to=relations")
    assert ("2 articles will refer" in page, "/topics/relations/" in page) == (True, True)
    assert tree(editor.served.site) == before

    assert sent(editor, f"{address}/rename", to="relations")[0] == 303

    edit.rename(copy, "topics/syria-turkey", "relations", UNRECORDED)
    assert tree(editor.served.site) == tree(copy)
    assert editor.git("status", "--porcelain", "content") == ""
    assert editor.get(address)[0].getheader("location") == f"{NAMES}/topics/relations"
    commit = editor.git("rev-parse", "HEAD")
    sent(editor, "/-/changes", commit=commit, back=address)
    assert tree(editor.served.site) == before


@pytest.mark.parametrize("lead", ["hakan-fidan", "yasar-guler"])
def test_merged_files_are_what_the_command_makes(editor: Editor, copy: Path, lead: str) -> None:
    before = tree(editor.served.site)
    goes, stays = (GULER, FIDAN) if lead == "hakan-fidan" else (FIDAN, GULER)
    _, page = editor.get(f"{NAMES}/{FIDAN}/merge?with={quote('يشار غولر')}&lead={lead}")
    assert "وزير الدفاع التركي" in page
    assert tree(editor.served.site) == before

    status, _ = sent(editor, f"{NAMES}/{FIDAN}/merge", lead=lead, **{"with": "yasar-guler"})

    edit.merge(copy, goes, stays, UNRECORDED)
    assert status == 303
    assert tree(editor.served.site) == tree(copy)
    commit = editor.git("rev-parse", "HEAD")
    assert sent(editor, "/-/changes", commit=commit, back=NAMES)[0] == 303
    assert tree(editor.served.site) == before


def test_what_was_split_off_is_what_the_command_makes(editor: Editor, copy: Path) -> None:
    address, before = f"{NAMES}/topics/syria-turkey/split", tree(editor.served.site)
    _, page = editor.get(address)
    paths = html.fromstring(page).xpath("//input[@name='article']/@value")
    assert len(paths) == 2

    status, _ = sent(editor, address, key="other", name="موضوع آخر", article=paths[0])

    edit.split_off(copy, "topics/syria-turkey", ("other", "موضوع آخر"), paths[:1], UNRECORDED)
    assert status == 303
    assert tree(editor.served.site) == tree(copy)
    commit = editor.git("rev-parse", "HEAD")
    assert sent(editor, "/-/changes", commit=commit, back=NAMES)[0] == 303
    assert tree(editor.served.site) == before


def test_all_that_a_query_finds_is_split_off(editor: Editor) -> None:
    address = f"{NAMES}/topics/syria-turkey/split"

    status, _ = sent(editor, address, key="other", name="آخر", q="outlet:shaam", all="all")

    assert status == 303
    moved = editor.git("show", "--name-only", "--format=", "HEAD").splitlines()
    assert len(moved) == 2
    assert "content/topics/other.md" in moved


def test_a_story_is_split_by_its_members(editor: Editor) -> None:
    _, page = editor.get(f"{NAMES}/{STORY}/split")
    path = html.fromstring(page).xpath("//input[@name='article']/@value")[0]

    assert sent(editor, f"{NAMES}/{STORY}/split", key="two", name="ثانية", article=path)[0] == 303

    assert Path(path).stem in text_of(editor, "stories/two")
    assert Path(path).stem not in text_of(editor, STORY)


@pytest.mark.parametrize(
    ("below", "fields"),
    [
        ("rename", {"to": "../../x"}),
        ("rename", {"to": "yasar-guler"}),
        ("rename", {"to": "topics/x"}),
        ("rename", {"to": ""}),
        ("merge", {"with": "hakan-fidan", "lead": "hakan-fidan"}),
        ("merge", {"with": "لا أحد", "lead": "hakan-fidan"}),
        ("merge", {"with": "yasar-guler", "lead": "../x"}),
        ("split", {"key": "x", "name": "اسم", "article": "../site.yaml"}),
        ("split", {"key": "../x", "name": "اسم", "all": "all"}),
        ("split", {"key": "x", "name": "اسم", "all": "all", "q": "title:("}),
    ],
)
def test_surgery_that_cannot_be_changes_nothing(
    editor: Editor, below: str, fields: dict[str, str]
) -> None:
    before = tree(editor.served.site)

    status, page = sent(editor, f"{NAMES}/{FIDAN}/{below}", **fields)

    assert status in {200, 422}
    assert "alert" in page or status == 200
    assert tree(editor.served.site) == before


def test_an_article_saved_between_looking_and_renaming_is_kept(editor: Editor) -> None:
    address = f"{NAMES}/topics/syria-turkey/rename"
    editor.get(f"{address}?to=relations")
    editor.text = editor.text.replace("title:", "# ملاحظة\ntitle:", 1)

    assert sent(editor, address, to="relations")[0] == 303

    assert "# ملاحظة" in editor.text
    assert "[relations, security-cooperation]" in editor.text
