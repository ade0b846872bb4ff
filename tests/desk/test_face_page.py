"""The face of the archive by HTTP: what it writes, what it refuses, what it shows before."""

import re

import pytest
from tests.desk.editor import Editor, Fields, inputs_of
from tests.preview.served import eventually

FACE = "/-/face"


def opened(editor: Editor) -> Fields:
    """Open the form of the face, return what its inputs hold."""
    response, page = editor.get(FACE)
    assert response.status == 200, page
    return inputs_of(page, "face-form") | {"action": "save"}


def settings(editor: Editor) -> str:
    return (editor.served.site / "site.yaml").read_text("utf-8")


def write(editor: Editor, text: str) -> None:
    (editor.served.site / "site.yaml").write_text(text, "utf-8")


def tried(editor: Editor, query: str) -> str:
    """Return the archive's page as a query would have it, once there is a build to show."""
    found = ""

    def is_shown() -> bool:
        nonlocal found
        found = editor.get(f"{FACE}/preview?{query}")[1]
        return "masthead" in found

    assert eventually(is_shown)
    return found


def test_a_form_sent_as_it_was_opened_writes_nothing(editor: Editor) -> None:
    text = "# لنا\r\nname: 'أ'  # هنا\r\ncolours: {accent: '#8B1E2D'}\r\nmine: 1\r\n"
    (editor.served.site / "site.yaml").write_bytes(text.encode())
    head = editor.git("rev-parse", "HEAD")

    status, _ = editor.post(FACE, opened(editor))

    assert status == 303
    assert (editor.served.site / "site.yaml").read_bytes() == text.encode()
    assert editor.git("rev-parse", "HEAD") == head


def test_what_was_changed_is_one_commit_that_can_be_taken_back(editor: Editor) -> None:
    before = settings(editor)

    form = opened(editor) | {"description": "سطر آخر", "colours.accent.light": "#00695c"}
    status, _ = editor.post(FACE, form)

    assert status == 303
    changed = re.sub("description: .*", "description: سطر آخر", before)
    assert settings(editor) == changed + "colours:\n  accent: '#00695c'\n"
    assert editor.git("log", "-1", "--format=%an: %s") == (
        "محرر: غيّر مظهر الأرشيف: سطر التعريف، لون الأرشيف"
    )
    commit = editor.git("rev-parse", "HEAD")
    _, page = editor.get(f"{FACE}?done={commit}")
    assert f'name="commit" value="{commit}"' in page


def test_a_change_that_is_taken_back_leaves_the_bytes_as_they_were(editor: Editor) -> None:
    before = settings(editor)
    menu = {"navigation.0.label": "أ", "navigation.0.url": "/", "colours.ink.dark": "#eeeeee"}
    assert editor.post(FACE, opened(editor) | menu | {"description": "", "hijri": ""})[0] == 303
    assert settings(editor) != before

    commit = editor.git("rev-parse", "HEAD")
    sent = {"form_token": opened(editor)["form_token"], "commit": commit, "back": FACE}
    status, _ = editor.post("/-/changes", sent)

    assert (status, settings(editor)) == (303, before)


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"name": ""}, "name"),
        ({"lang": "عربي"}, "lang"),
        ({"logo": "no-such.png"}, "logo"),
        ({"logo": "/../../../etc/passwd.png"}, "logo"),
        ({"share": "card.svg"}, "share"),
        ({"colours.link.light": "#eeeeee"}, "colours.link.light"),
        ({"colours.ink.dark": "#222222"}, "colours.ink.dark"),
        ({"colours.paper.light": "red;}</style><script>"}, "colours.paper.light"),
        ({"colours.accent.light": "url(javascript:alert(1))"}, "colours.accent.light"),
        ({"navigation.0.label": "أ", "navigation.0.url": "javascript:alert(1)"}, "navigation"),
        ({"navigation.0.label": "أ"}, "navigation"),
        ({"extra_css.0": "//evil.example/a.css"}, "extra_css.0"),
        ({"extra_css.0": "no-such.css"}, "extra_css.0"),
        ({"fonts": "comic"}, "fonts"),
    ],
)
def test_what_a_build_would_refuse_is_said_at_the_field(
    editor: Editor, fields: Fields, name: str
) -> None:
    before = settings(editor)

    status, page = editor.post(FACE, opened(editor) | fields)

    assert status == 422, page
    assert re.search(rf'name="{re.escape(name)}[^>]*aria-invalid="true"', page)
    assert inputs_of(page, "face-form").items() >= fields.items()
    assert settings(editor) == before
    assert "<script>" not in page.replace('<script type="module"', "")


def test_the_nearest_colour_is_a_button(editor: Editor) -> None:
    faint = opened(editor) | {"colours.link.light": "#99bbff"}
    _, page = editor.post(FACE, faint)
    button = re.search(r'value="(take:colours\.link\.light:(#[0-9a-f]{6}))"', page)
    assert button

    status, page = editor.post(FACE, faint | {"action": button[1]})

    assert status == 200
    filled = inputs_of(page, "face-form")
    assert filled["colours.link.light"] == button[2]
    assert editor.post(FACE, filled | {"action": "save"})[0] == 303
    assert button[2] in settings(editor)


def test_a_menu_begins_with_the_usual_one(editor: Editor) -> None:
    _, page = editor.post(FACE, opened(editor) | {"action": "menu"})
    form = inputs_of(page, "face-form")
    assert form["navigation.1.url"] == "/stories/"

    assert editor.post(FACE, form | {"action": "save", "navigation.1.at": "99"})[0] == 303

    assert settings(editor).rstrip().endswith("url: /stories/")


def test_a_file_that_changed_meanwhile_is_not_overwritten(editor: Editor) -> None:
    form = opened(editor) | {"name": "اسم من النموذج"}
    write(editor, settings(editor).replace("أرشيف ورّاق", "اسم من الملف") + "foot: سطر\n")

    status, page = editor.post(FACE, form)

    assert (status, "اسم من الملف" in page) == (409, True)
    again = inputs_of(page, "face-form")
    assert (again["name"], again["foot"]) == ("اسم من النموذج", "سطر")
    assert "اسم من الملف" in settings(editor)
    assert editor.post(FACE, again | {"action": "save"})[0] == 303
    assert "name: اسم من النموذج\n" in settings(editor)
    assert "foot: سطر\n" in settings(editor)


def test_what_others_changed_meanwhile_stays(editor: Editor) -> None:
    form = opened(editor) | {"foot": "سطر"}
    write(editor, settings(editor).replace("أرشيف ورّاق", "اسم من الملف"))

    assert editor.post(FACE, form)[0] == 303
    assert "اسم من الملف" in settings(editor)
    assert "foot: سطر\n" in settings(editor)


def test_a_menu_that_leads_nowhere_is_said_and_may_be_saved(editor: Editor) -> None:
    assert eventually(lambda: "masthead" in editor.get(f"{FACE}/preview")[1])
    entry = {"navigation.0.label": "أ", "navigation.0.url": "/no-such-page/"}

    query = "name=x&navigation.0.label=x&navigation.0.url=/no-such-page/"
    assert eventually(lambda: "/no-such-page/" in editor.get(f"{FACE}/faults?{query}")[1])
    assert editor.post(FACE, opened(editor) | entry)[0] == 303

    page = editor.get(FACE)[1]
    assert "leads to" in page
    assert 'data-unsaved="false"' in page


def test_what_was_wrong_before_does_not_stop_another_change(editor: Editor) -> None:
    write(editor, settings(editor) + "logo: gone.png\n")

    assert editor.post(FACE, opened(editor) | {"foot": "سطر"})[0] == 303


def test_a_broken_file_is_said_and_left_alone(editor: Editor) -> None:
    form = opened(editor)
    write(editor, "name: [\n")

    assert editor.get(FACE)[0].status == 422
    status, page = editor.post(FACE, form | {"foot": "سطر"})
    assert (status, inputs_of(page, "face-form")["foot"]) == (422, "سطر")
    assert settings(editor) == "name: [\n"


def test_the_page_is_shown_before_anything_is_written(editor: Editor) -> None:
    before = settings(editor)
    query = "name=%D8%A3%22%3E%3Cscript%3E&colours.accent.light=%2300695c&see.scheme=dark"

    page = tried(editor, query)

    assert "أ&#34;&gt;&lt;script&gt;" in page
    assert "<script" not in page
    assert '<html data-scheme="dark" ' in page
    sheet = re.search(r'href="(/-/face/colours\.css[^"]*)"', page)
    assert sheet
    assert "--accent: #00695c" in editor.get(sheet[1].replace("&amp;", "&"))[1]
    assert "dir=" in tried(editor, f"{query}&see.page=article")
    assert settings(editor) == before


def test_nothing_in_the_frame_runs_and_only_the_desk_may_frame_it(editor: Editor) -> None:
    response, _ = editor.get(f"{FACE}/preview")

    policy = response.getheader("content-security-policy") or ""
    assert "sandbox allow-same-origin" in policy
    assert "allow-scripts" not in policy
    assert "frame-ancestors 'self'" in policy
    assert "frame-ancestors 'none'" in (
        editor.get(FACE)[0].getheader("content-security-policy") or ""
    )


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Cookie": "warraq=1"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": ""}, 403),
        ({"Content-Type": "text/plain"}, 415),
    ],
)
def test_no_other_page_changes_the_face(
    editor: Editor, headers: dict[str, str], status: int
) -> None:
    before = settings(editor)

    assert editor.post(FACE, opened(editor) | {"name": "غيره"}, **headers)[0] == status
    assert editor.post(FACE, opened(editor) | {"name": "غيره", "form_token": "x"})[0] == 403
    for page in ("preview", "faults", "colours.css"):
        assert editor.served.get(f"{FACE}/{page}?name=x")[0].status == 403
    assert settings(editor) == before
