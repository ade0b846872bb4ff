"""Many articles edited together in the desk by HTTP: what is shown is what is written."""

from pathlib import Path
from urllib.parse import urlencode

import pytest
from lxml import html
from tests.desk.editor import ARTICLE, Editor, Fields

from warraq.editing.spreadsheets import read

BULK = "/-/bulk"
IDS = [f"zz{number:06}" for number in range(4)]
Pairs = list[tuple[str, str]]


@pytest.fixture
def desk(editor: Editor) -> Editor:
    """An editor with four more articles, all recorded."""
    for ident in IDS:
        file = file_of(editor, ident)
        file.parent.mkdir(exist_ok=True)
        text = f'---\n# لا تلمس\nid: "{ident}"\ntitle: لؤلؤة {ident}\nmine: 1\n---\n\nاللؤلؤ.\n'
        file.write_text(text, "utf-8")
    editor.git("add", "content")
    editor.git("commit", "-qm", "more")
    return editor


def file_of(editor: Editor, ident: str) -> Path:
    return editor.served.site / "content/articles" / ident[:2] / f"{ident}.md"


def texts(editor: Editor) -> dict[str, bytes]:
    return {ident: file_of(editor, ident).read_bytes() for ident in IDS}


def chosen(*ids: str) -> Pairs:
    return [("q", "لؤلؤ"), *(("id", one) for one in ids)]


def shown(editor: Editor, *pairs: tuple[str, str]) -> tuple[int, str]:
    response, page = editor.get(f"{BULK}?{urlencode(pairs)}")
    return response.status, page


def to_write(page: str) -> Pairs:
    """Return what the form of a page sends when its button «write» is pressed."""
    form = html.fromstring(page).xpath("//form[@method='post']")[0]
    return [(str(name), str(value or "")) for name, value in form.form_values()]


def write(editor: Editor, pairs: Pairs, **headers: str) -> tuple[int, str, str]:
    """Send it; return status, page and where it leads."""
    own = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": editor.cookie,
        "Origin": f"http://127.0.0.1:{editor.served.port}",
        **headers,
    }
    response, body = editor.served.send(BULK, "POST", urlencode(pairs).encode(), own)
    return response.status, body.decode(), response.getheader("location") or ""


def test_what_was_shown_is_written_as_one_commit(desk: Editor) -> None:
    before = texts(desk)
    asked = [*chosen(*IDS[:3]), ("what", "add topic"), ("value", "صيد اللؤلؤ")]
    status, page = shown(desk, *asked)
    assert (status, "3 articles would change" in page, texts(desk)) == (200, True, before)

    status, _, place = write(desk, to_write(page))

    assert (status, place.partition("done=")[2]) == (303, desk.git("rev-parse", "HEAD"))
    changed = {ident for ident, text in texts(desk).items() if text != before[ident]}
    assert changed == set(IDS[:3])
    for ident in changed:
        assert "# لا تلمس" in (text := texts(desk)[ident].decode())
        assert text.replace("topics:\n- صيد اللؤلؤ\n", "") == before[ident].decode()
    assert desk.git("log", "-1", "--format=%an: %s") == "محرر: 3 مواد: إضافة الموضوع «صيد اللؤلؤ»"
    _, after = desk.get(place)
    assert f'name="commit" value="{desk.git("rev-parse", "HEAD")}"' in after


def test_all_that_a_search_finds_is_what_warraq_edit_finds(desk: Editor) -> None:
    asked = [("q", "لؤلؤ"), ("all", "1"), ("what", "set description"), ("value", "وصف")]
    _, page = shown(desk, *asked, ("id", ARTICLE))

    write(desk, to_write(page))

    assert all("description: وصف" in text.decode() for text in texts(desk).values())
    assert "description: وصف" not in desk.text


def test_an_article_that_changed_meanwhile_is_named_and_nothing_is_written(desk: Editor) -> None:
    _, page = shown(desk, *chosen(*IDS), ("what", "add topic"), ("value", "بحر"))
    file = file_of(desk, IDS[1])
    file.write_text(file.read_text("utf-8").replace("title: لؤلؤة", "title: محارة"), "utf-8")
    before = texts(desk)

    status, again, _ = write(desk, to_write(page))

    assert (status, texts(desk)) == (409, before)
    assert f"({IDS[1]}.md)" in again
    assert "4 articles would change" in again
    assert write(desk, to_write(again))[0] == 303
    assert "محارة" in file.read_text("utf-8")
    assert "بحر" in file.read_text("utf-8")


def test_an_article_that_is_found_meanwhile_is_not_written_unseen(desk: Editor) -> None:
    asked = [("q", "لؤلؤ"), ("all", "1"), ("what", "add topic"), ("value", "بحر")]
    _, page = shown(desk, *asked)
    desk.text += "\nلؤلؤ\n"

    status, again, _ = write(desk, to_write(page))

    assert (status, f"({ARTICLE}.md)" in again, "بحر" in desk.text) == (409, True, False)


def test_what_would_become_wrong_is_left_out_and_named(desk: Editor) -> None:
    _, page = shown(desk, *chosen(*IDS[:2]), ("what", "set copy_of"), ("value", IDS[0]))
    assert "Left out, and why:" in page
    assert f"{IDS[0]}.md" in page

    write(desk, to_write(page))

    assert "copy_of" not in file_of(desk, IDS[0]).read_text("utf-8")
    assert f'copy_of: "{IDS[0]}"' in file_of(desk, IDS[1]).read_text("utf-8")


@pytest.mark.parametrize(
    "edits",
    [
        [("what", "add topic"), ("value", "بحر")],
        [("what", "set title"), ("value", "واحد"), ("what", "set date"), ("value", "2020-01-01")],
        [("what", "set removed"), ("value", "طلب"), ("what", "set outlet"), ("value", "جريدة")],
    ],
)
def test_what_is_written_and_taken_back_leaves_the_same_bytes(desk: Editor, edits: Pairs) -> None:
    before = texts(desk)
    _, page = shown(desk, *chosen(*IDS), *edits)
    _, _, place = write(desk, to_write(page))
    assert all(text != before[ident] for ident, text in texts(desk).items())
    _, after = desk.get(place)

    status, _ = desk.post("/-/changes", dict(to_write(after)))

    assert (status, texts(desk)) == (303, before)
    assert desk.git("status", "--porcelain", "content") == ""


def test_a_form_that_is_sent_twice_writes_once(desk: Editor) -> None:
    _, page = shown(desk, *chosen(*IDS), ("what", "add topic"), ("value", "بحر"))
    write(desk, to_write(page))
    head = desk.git("rev-parse", "HEAD")

    status, again, _ = write(desk, to_write(page))

    assert (status, desk.git("rev-parse", "HEAD")) == (409, head)
    assert "Nothing would change" in again


@pytest.mark.parametrize(
    "edits",
    [
        [("what", "add person"), ("value", "nobody-here")],
        [("what", "add topic"), ("value", "")],
        [("what", "set date"), ("value", "أمس")],
        [("what", "set provenance"), ("value", "x")],
        [("what", "drop title"), ("value", "x")],
    ],
)
def test_what_is_not_understood_is_said_and_stays_typed(desk: Editor, edits: Pairs) -> None:
    status, page = shown(desk, *chosen(*IDS), *edits)

    assert status == 422
    assert 'role="alert"' in page
    assert html.fromstring(page).get_element_by_id("value-1").get("value") == edits[1][1]
    assert not html.fromstring(page).xpath("//form[@method='post']")


def test_what_changes_nothing_says_so(desk: Editor) -> None:
    _, page = shown(desk, *chosen(*IDS), ("what", "unset topic"), ("value", ""))

    assert "Nothing would change" in page


def test_without_a_choice_nothing_is_asked(desk: Editor) -> None:
    status, page = shown(desk, ("q", "لؤلؤ"), ("what", "add topic"), ("value", "بحر"))

    assert (status, "Nothing is chosen" in page) == (200, True)
    assert write(desk, [("what", "add topic"), ("value", "بحر"), ("form_token", "x")])[0] == 403


def test_values_of_strangers_stay_text(desk: Editor) -> None:
    odd = "</option><script>alert(1)</script>\u202e"
    _, page = shown(desk, *chosen(*IDS[:1]), ("what", "add topic"), ("value", odd))

    assert [one.get("src") for one in html.fromstring(page).iter("script")] == ["/-/desk/bulk.js"]
    write(desk, to_write(page))
    assert "\u202e" not in file_of(desk, IDS[0]).read_text("utf-8")


@pytest.mark.parametrize(
    "headers",
    [{"Cookie": ""}, {"Origin": "http://evil.example"}, {"Origin": ""}],
)
def test_no_other_page_writes(desk: Editor, headers: dict[str, str]) -> None:
    before = texts(desk)
    _, page = shown(desk, *chosen(*IDS), ("what", "add topic"), ("value", "بحر"))

    assert write(desk, to_write(page), **headers)[0] == 403
    fields: Fields = dict(to_write(page)) | {"form_token": "x"}
    assert desk.post(BULK, fields)[0] == 403
    assert texts(desk) == before


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_what_is_chosen_is_downloaded_as_a_table(desk: Editor, suffix: str) -> None:
    address = f"/-/table/articles{suffix}?{urlencode(chosen(*IDS[:2]))}"
    response, body = desk.served.get(address, Cookie=desk.cookie)
    assert response.status == 200
    assert f'filename="articles{suffix}"' in (response.getheader("content-disposition") or "")

    sheet = read(body, "table")

    assert [row[0].text for row in sheet.rows[1:]] == IDS[:2]


@pytest.mark.parametrize(
    ("name", "status"),
    [("articles.exe", 404), ("..%2f..%2fsite.yaml", 404), ("articles.csv", 303)],
)
def test_there_are_no_other_tables_and_none_of_nothing(
    desk: Editor, name: str, status: int
) -> None:
    response, _ = desk.served.get(f"/-/table/{name}?q=x", Cookie=desk.cookie)

    assert response.status == status
