"""The form of an article by HTTP: what it writes, what it refuses, and that nothing is lost."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.desk.editor import ARTICLE, PATH, Editor, fields_of
from tests.preview.served import eventually


def changed_lines(before: str, after: str) -> list[str]:
    """Return the lines that are new."""
    known = before.splitlines()
    return [line for line in after.splitlines() if line not in known]


def test_an_untouched_form_writes_nothing(editor: Editor) -> None:
    before, head = editor.file.read_bytes(), editor.git("rev-parse", "HEAD")

    status, page = editor.save(editor.open())

    assert (status, "Nothing changed" in page) == (200, True)
    assert (editor.file.read_bytes(), editor.git("rev-parse", "HEAD")) == (before, head)


def test_an_article_without_a_date_gets_no_certainty_of_one(editor: Editor) -> None:
    editor.text = f'---\nid: "{ARTICLE}"\ntitle: عنوان\n---\n\nنص\n'
    before = editor.text

    assert "Nothing changed" in editor.save(editor.open())[1]
    assert editor.text == before
    editor.save(editor.open() | {"date": "2025-10-13"})
    assert "date_info:\n  status: exact\n  basis: editor\n" in editor.text


def test_what_was_changed_is_written_and_committed_and_nothing_else(editor: Editor) -> None:
    editor.text = editor.text.replace("title:", "# قرار\nmine: {a: 1}\ntitle:", 1)
    editor.git("commit", "-qam", "comment")
    before = editor.text
    form = editor.open()

    status, page = editor.save(form | {"section": "محليات", "topics.2": "اسم بلا ملف"})

    assert (status, "is saved" in page) == (200, True)
    assert changed_lines(before, editor.text) == [
        "section: محليات",
        "topics: [syria-turkey, security-cooperation, اسم بلا ملف]",
    ]
    assert "# قرار\nmine: {a: 1}\n" in editor.text
    assert editor.git("log", "-1", "--format=%an") == "محرر"
    assert editor.git("status", "--porcelain", "content") == ""


def test_a_name_that_has_a_file_becomes_its_key(editor: Editor) -> None:
    name = (editor.served.site / "content/topics/syria-turkey.md").read_text("utf-8")
    name = name.split("name: ", 1)[1].splitlines()[0].strip("\"'")

    editor.save(editor.open("19805c34f5b7eaf3") | {"topics.0": "", "topics.5": name})

    assert "topics: [security-cooperation, syria-turkey]\n" in editor.text


def test_a_given_date_is_exact_and_the_evidence_stays(editor: Editor) -> None:
    editor.save(editor.open() | {"date": "2025-10-13"})

    head = editor.text.partition("\n---\n")[0]
    assert "date: 2025-10-13" in head
    assert "status: exact" in head
    assert "basis: editor" in head
    assert "اليوم الأحد" in head


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"date": "2025-13-01"}, "date"),
        ({"title": ""}, "title"),
        ({"people.0": "no-such-person"}, "people"),
        ({"source.outlet": "no-such-outlet"}, "source"),
        ({"corrections.0.date": "2025-10-13"}, "corrections"),
        ({"image.src": "../../../etc/passwd"}, "image"),
        ({"removed.reason": "طلب"}, "removed"),
        ({"event_date": "يوم"}, "event_date"),
    ],
)
def test_what_check_refuses_is_said_at_the_field(
    editor: Editor, fields: dict[str, str], key: str
) -> None:
    before = editor.file.read_bytes()

    status, page = editor.save(editor.open() | fields)

    assert status == 422
    assert f'id="about-{key}"' in page
    assert f'aria-describedby="about-{key}"' in page
    assert fields_of(page).items() >= {k: v for k, v in fields.items() if v}.items()
    assert editor.file.read_bytes() == before


def test_two_editors_who_change_different_fields_both_keep_their_work(editor: Editor) -> None:
    first, second = editor.open(), editor.open()

    assert editor.save(first | {"title": "عنوان أول"})[0] == 200
    assert editor.save(second | {"section": "محليات"})[0] == 200

    assert "title: عنوان أول" in editor.text
    assert "section: محليات" in editor.text


def test_six_saves_at_the_same_moment_all_get_in_or_are_told_to_try_again(editor: Editor) -> None:
    form = editor.open()
    changed = [{key: f"قيمة {key}"} for key in ("title", "section", "dateline", "description")]
    changed += [{"people.0": "سعاد"}, {"places.0": "اللاذقية القديمة"}]
    with ThreadPoolExecutor(len(changed)) as editors:
        answers = list(editors.map(editor.save, [form | one for one in changed]))

    for status, page in answers:
        assert status in {200, 422}
        if status == 422:
            assert editor.save(fields_of(page))[0] == 200
    for one in changed:
        assert next(iter(one.values())) in editor.text


def test_where_two_changed_the_same_both_are_shown_and_nothing_is_written(editor: Editor) -> None:
    first, second = editor.open(), editor.open()
    editor.save(first | {"title": "عنوان أول"})
    before = editor.text

    status, page = editor.save(second | {"title": "عنوان ثان", "section": "محليات"})

    assert status == 409
    assert "عنوان أول" in page.partition('id="about-title"')[2]
    shown = fields_of(page)
    assert (shown["title"], shown["section"]) == ("عنوان ثان", "محليات")
    assert editor.text == before

    assert editor.save(shown)[0] == 200
    assert "title: عنوان ثان" in editor.text
    assert "section: محليات" in editor.text


def test_paragraphs_are_merged_over_an_edit_in_a_text_editor(editor: Editor) -> None:
    form = editor.open()
    first, *_, last = form["body"].strip().split("\n\n")
    editor.text = editor.text.replace(last, f"{last}\n\nفقرة من الخارج")

    status, page = editor.save(form | {"body": form["body"].replace(first, "مقدمة من النموذج")})

    assert status == 200, page
    assert "مقدمة من النموذج" in editor.text
    assert editor.text.endswith("فقرة من الخارج\n")


def test_a_paragraph_that_both_changed_is_shown_twice_and_not_written(editor: Editor) -> None:
    form = editor.open()
    first, *_, last = form["body"].strip().split("\n\n")
    editor.text = editor.text.replace(first, "مقدمة من الخارج").replace(last, "خاتمة من الخارج")
    before = editor.text

    status, page = editor.save(form | {"body": form["body"].replace(first, "مقدمة من النموذج")})

    assert status == 409
    told = page.partition('id="about-body"')[2].partition("</div>")[0]
    assert ("مقدمة من الخارج" in told, "خاتمة" in told) == (True, False)
    assert "مقدمة من النموذج" in fields_of(page)["body"]
    assert "خاتمة من الخارج" in fields_of(page)["body"]
    assert editor.text == before


def test_a_form_left_open_over_a_git_checkout_keeps_both(editor: Editor) -> None:
    form = editor.open()
    editor.git("checkout", "-q", "-B", "other")
    editor.text = editor.text.replace("[syria-turkey, ", "[")
    editor.git("commit", "-qam", "other")

    assert editor.save(form | {"section": "محليات"})[0] == 200

    assert "topics: [security-cooperation]\n" in editor.text
    assert "section: محليات" in editor.text
    editor.git("checkout", "-q", "-B", "master")


def test_the_text_of_a_form_whose_file_is_gone_is_given_back(editor: Editor) -> None:
    form = editor.open()
    editor.file.unlink()

    status, page = editor.save(form | {"body": "نص كُتب بعد الحذف"})

    assert (status, "نص كُتب بعد الحذف" in page) == (409, True)
    assert not editor.file.exists()


@pytest.mark.parametrize("broken", ["---\ntitle: [\n---\n\nنص", "<<<<<<< a\n", "\x00"])
def test_a_file_that_cannot_be_read_is_not_overwritten(editor: Editor, broken: str) -> None:
    form = editor.open()
    editor.text = broken

    status, page = editor.save(form | {"body": "نص النموذج"})

    assert (status, "نص النموذج" in page) == (409, True)
    assert editor.text == broken


def test_a_list_of_which_something_cannot_be_read_is_left_as_it_is(editor: Editor) -> None:
    broken = "corrections:\n- {date: 2024-13-01, kind: correction, note: أول}\n"
    editor.text = editor.text.replace("\n---\n", f"\n{broken}---\n", 1)
    before = editor.text
    new = {"corrections.0.date": "2025-10-13", "corrections.0.kind": "update"}

    status, page = editor.save(editor.open() | new | {"corrections.0.note": "ثان"})

    assert (status, 'id="about-corrections"' in page) == (422, True)
    assert editor.text == before
    assert editor.save(editor.open() | {"section": "محليات"})[0] == 200
    assert broken in editor.text


def test_line_ends_of_windows_stay(editor: Editor) -> None:
    editor.file.write_bytes(editor.file.read_bytes().replace(b"\n", b"\r\n"))

    assert editor.save(editor.open() | {"section": "محليات"})[0] == 200

    content = editor.file.read_bytes()
    assert content.count(b"\n") == content.count(b"\r\n")


@pytest.mark.parametrize(
    "article",
    ["..%2f..%2fsite", "%2e%2e", "000000000000", "x", "a" * 5000, "%00", "people", "AAAAAA%0a"],
)
def test_no_id_leads_out_of_the_articles(editor: Editor, article: str) -> None:
    response, _ = editor.get(f"/-/edit/{article}")
    status, _ = editor.save(editor.open(), article)

    assert response.status == 404
    assert status in {404, 409}


def test_an_article_is_found_by_its_id_whatever_its_file_is_called(editor: Editor) -> None:
    mine = editor.file.with_name("my-news.md")
    editor.file.rename(mine)
    editor.text = '---\nid: "bbbb02"\ntitle: آخر\n---\n\nنص\n'

    status, _ = editor.save(editor.open() | {"section": "محليات"})

    assert status == 200
    assert "section: محليات" in mine.read_text("utf-8")
    assert "section: محليات" not in editor.text
    assert editor.open("bbbb02")["title"] == "آخر"


def test_a_link_out_of_the_site_is_not_followed(editor: Editor) -> None:
    outside = editor.served.site.parent / "outside.md"
    outside.write_bytes(editor.file.read_bytes())
    form = editor.open()
    editor.file.unlink()
    editor.file.symlink_to(outside)
    before = outside.read_bytes()

    status, _ = editor.save(form | {"title": "x"})

    assert (editor.get(f"/-/edit/{ARTICLE}")[0].status, status) == (404, 409)
    assert outside.read_bytes() == before
    editor.file.unlink()


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Cookie": ""},
        {"Sec-Fetch-Site": "cross-site"},
        {"Host": "evil.example"},
    ],
)
def test_no_other_page_writes(editor: Editor, headers: dict[str, str]) -> None:
    before = editor.file.read_bytes()

    status, _ = editor.save(editor.open() | {"title": "x"}, **headers)

    assert status in {400, 403}
    assert editor.file.read_bytes() == before


def test_a_form_without_its_token_writes_nothing(editor: Editor) -> None:
    form = editor.open()
    del form["form_token"]

    assert editor.save(form | {"title": "x"})[0] == 403
    assert "title: x" not in editor.text


def test_hostile_values_are_text_in_the_form_and_in_the_preview(editor: Editor) -> None:
    hostile = '"></textarea><script>alert(1)</script>'

    status, page = editor.save(
        editor.open() | {"title": hostile, "people.0": hostile, "body": hostile}
    )
    response, _ = editor.get(f"/-/edit/{ARTICLE}")
    _, shown = editor.post(
        "/-/preview",
        {
            "form_token": fields_of(page)["form_token"],
            "body": f"{hostile}\n\n[x](javascript:alert(1)) <img src=x onerror=alert(1)>",
        },
    )

    assert status == 200
    assert page.count("<script") == 2  # picture.js, edit.js
    assert fields_of(page)["title"] == hostile
    assert "unsafe" not in (response.getheader("content-security-policy") or "unsafe")
    assert not any(word in shown for word in ("<script", "onerror", "javascript:"))


def test_a_file_for_a_name_is_made_and_the_form_keeps_what_it_holds(editor: Editor) -> None:
    form = editor.open() | {"title": "لم يُحفظ بعد", "action": "make"}
    make = {"make.kind": "people", "make.name": "سعاد: الأولى", "make.key": "suad"}

    status, page = editor.save(form | make)

    made = (editor.served.site / "content/people/suad.md").read_text("utf-8")
    assert (status, made) == (200, "---\nname: 'سعاد: الأولى'\n---\n")
    assert fields_of(page)["title"] == "لم يُحفظ بعد"
    assert '<option value="suad">' in page
    assert "لم يُحفظ بعد" not in editor.text
    assert editor.save(form | make)[0] == 422
    assert editor.save(form | make | {"make.key": "../../x"})[0] == 422
    assert editor.save(form | make | {"make.kind": "../x", "make.key": "new"})[0] == 422


def test_a_file_is_made_only_where_nothing_of_that_name_was(editor: Editor) -> None:
    people = editor.served.site / "content/people"
    (people / "suad.md").write_text("---\nname: سعاد\nformerly: [suad-one]\n---\n", "utf-8")
    form = editor.open() | {"action": "make", "make.kind": "people"}

    redirects, page = editor.save(form | {"make.name": "سعاد", "make.key": "suad-one"})
    nameless, _ = editor.save(form | {"make.name": "\x00", "make.key": "new"})
    made, _ = editor.save(form | {"make.name": "أ\u202e\n---\nب", "make.key": "new"})

    assert (redirects, nameless, made) == (422, 422, 200)
    assert "suad-one" in page.partition('role="alert"')[2].partition("</div>")[0]
    assert (people / "new.md").read_text("utf-8") == "---\nname: أ --- ب\n---\n"
    assert not (people / "suad-one.md").exists()


def test_an_editor_whom_git_does_not_know_is_asked_once(editor: Editor) -> None:
    editor.git("config", "--unset", "user.name")
    editor.git("config", "--unset", "user.email")

    refused, _ = editor.save(editor.open() | {"section": "أ"})
    status, page = editor.save(
        editor.open() | {"section": "أ", "git.name": "محرر", "git.email": "editor@example.org"}
    )

    assert (refused, status) == (422, 200)
    assert "git.name" not in fields_of(page)
    assert editor.git("log", "-1", "--format=%an <%ae>") == "محرر <editor@example.org>"

    other = {"git.name": "غيره", "git.email": "other@example.org"}
    assert editor.save(editor.open() | {"section": "ب"} | other)[0] == 200
    assert editor.git("log", "-1", "--format=%an <%ae>") == "محرر <editor@example.org>"


def test_the_previewed_page_has_a_pencil_and_the_file_none(editor: Editor) -> None:
    address = f"/n/{ARTICLE}/"
    assert eventually(lambda: editor.get(address)[0].status == 200)

    assert f'href="/-/edit/{ARTICLE}"' in editor.get(address)[1]
    built = editor.served.site / ".warraq/preview/n" / ARTICLE / "index.html"
    assert "/-/edit/" not in built.read_text("utf-8")
    assert PATH.startswith("content/")
