"""The archive's pictures by HTTP: sent, refused, found where they are used, removed."""

import json
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from tests.desk.editor import ARTICLE, Editor, Fields
from tests.desk.pictures import PICTURE, huge, picture, picture_with_place
from tests.preview.served import eventually

MEDIA = "/-/media"


def token(editor: Editor) -> str:
    return editor.get(MEDIA)[1].split('name="form_token" value="')[1].split('"')[0]


def multipart(fields: Fields, name: str, content: bytes) -> tuple[bytes, str]:
    """Return a form with a file as a browser sends it, and its content type."""
    mark = uuid4().hex
    rows = "".join(
        f'--{mark}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
        for key, value in fields.items()
    )
    quoted = name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
    head = (
        f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{quoted}"\r\n'
        "Content-Type: image/png\r\n\r\n"
    )
    body = rows.encode() + head.encode() + content + f"\r\n--{mark}--\r\n".encode()
    return body, f"multipart/form-data; boundary={mark}"


def send(
    editor: Editor, content: bytes, name: str = "x.png", fields: Fields | None = None, **head: str
) -> tuple[int, dict[str, str], str]:
    """Send a picture as a script does, return the status, the answer, and where it leads."""
    body, kind = multipart(fields or {"form_token": token(editor)}, name, content)
    headers = {
        "Content-Type": kind,
        "Cookie": editor.cookie,
        "Origin": f"http://127.0.0.1:{editor.served.port}",
        "Accept": "application/json",
        **head,
    }
    response, answer = editor.served.send(MEDIA, "POST", body, headers)
    is_json = (response.getheader("content-type") or "").startswith("application/json")
    return (
        response.status,
        json.loads(answer) if is_json else {"": answer.decode()},
        response.getheader("location") or "",
    )


def media(editor: Editor) -> list[str]:
    folder = editor.served.site / "content/media"
    found = (file.relative_to(folder).as_posix() for file in folder.rglob("*.*"))
    return sorted(path for path in found if not PICTURE.endswith(path))


@pytest.fixture(autouse=True)
def _no_pictures(editor: Editor) -> Iterator[None]:
    assert media(editor) == []
    yield
    assert not list(Path(editor.served.site).glob("*.png"))


def test_a_picture_is_a_file_and_a_commit_that_can_be_taken_back(editor: Editor) -> None:
    content = picture("JPEG")

    status, answer, _ = send(editor, content, "لقاء أنقرة.jpeg")

    assert (status, answer["path"]) == (200, "lqa-anqra.jpg")
    assert (editor.served.site / "content/media/lqa-anqra.jpg").read_bytes() == content
    assert editor.git("log", "-1", "--format=%an: %s") == "محرر: أضاف الصورة lqa-anqra.jpg"
    assert editor.git("status", "--porcelain", "content") == ""
    response, body = editor.served.get(f"{MEDIA}/file/lqa-anqra.jpg", Cookie=editor.cookie)
    assert (response.getheader("content-type"), body) == ("image/jpeg", content)


def test_without_a_script_the_picture_is_shown_with_what_to_do_with_it(editor: Editor) -> None:
    status, _, address = send(editor, picture_with_place("JPEG"), "a.jpg", Accept="text/html")
    assert status == 303

    _, page = editor.get(address)

    assert "(/media/a.jpg)" in page
    assert "where it was taken" in page
    assert 'name="commit"' in page


def test_no_picture_is_replaced_and_none_is_kept_twice(editor: Editor) -> None:
    first = send(editor, picture(colour="red"), "a.png")[1]["path"]
    other = send(editor, picture(colour="blue"), "A.PNG")[1]["path"]
    same = send(editor, picture(colour="red"), "elsewhere.png")[1]["path"]
    head = editor.git("rev-parse", "HEAD")
    again = send(editor, picture(colour="blue"), "a.png")[1]["path"]

    assert first == same == "a.png"
    assert other == again != first
    assert media(editor) == sorted([first, other])
    assert editor.git("rev-parse", "HEAD") == head


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("../../x.png", "x.png"),
        ("..\\..\\site.yaml", "site.png"),
        ("/etc/passwd", "passwd.png"),
        ("a\0.png.html", "png.png"),
        (".htaccess", "htaccess.png"),
        ("CON", "con.png"),
        ("\u202egnp.x", "gnp.png"),
        ("a" * 500 + ".png", "a" * 60 + ".png"),
    ],
)
def test_no_name_leads_anywhere_else(editor: Editor, name: str, path: str) -> None:
    assert send(editor, picture(), name)[1]["path"] == path
    assert media(editor) == [path]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"GIF89a<script>alert(1)</script>", "cut short"),
        (b'<svg onload="alert(1)">', "no picture"),
        (huge(), "too large"),
        (b"\xff\xd8\xff" + b"\0" * 30_000_000, "is the most"),
        (b"", "no picture"),
    ],
    ids=["polyglot", "svg", "bomb", "30 MB", "empty"],
)
def test_what_is_refused_is_said_and_not_kept(editor: Editor, content: bytes, said: str) -> None:
    status, answer, _ = send(editor, content, "صورة.png")
    assert (status, answer["path"]) == (422, "")
    assert said in answer["problems"][0]

    status, page, _ = send(editor, content, "صورة.png", Accept="text/html")
    assert status == 422
    assert said in page[""]
    assert media(editor) == []


def test_a_form_without_a_file_is_told_so(editor: Editor) -> None:
    body, kind = multipart({"form_token": token(editor)}, "", b"")
    own = {
        "Content-Type": kind,
        "Cookie": editor.cookie,
        "Origin": f"http://127.0.0.1:{editor.served.port}",
    }

    response, answer = editor.served.send(MEDIA, "POST", body, own)

    assert response.status == 422
    assert "no file was sent" in answer.decode()


@pytest.mark.parametrize(
    ("head", "status"),
    [
        ({"Cookie": "x=1"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": ""}, 403),
        ({"Content-Type": "text/plain"}, 415),
        ({"Content-Type": "multipart/form-data"}, 400),
        ({"Content-Type": "multipart/form-data; boundary=other"}, 400),
    ],
)
def test_no_other_page_sends_a_picture(editor: Editor, head: Fields, status: int) -> None:
    assert send(editor, picture(), "x.png", None, **head)[0] == status
    assert media(editor) == []


def test_a_form_of_another_run_or_of_none_sends_no_picture(editor: Editor) -> None:
    for fields in ({"form_token": "x"}, {"other": "x"}):
        assert send(editor, picture(), fields=fields)[0] == 403
    assert media(editor) == []


def test_a_page_that_takes_no_files_takes_no_form_with_files(editor: Editor) -> None:
    body, kind = multipart({"form_token": token(editor)}, "a.png", picture())
    own = {
        "Content-Type": kind,
        "Cookie": editor.cookie,
        "Origin": f"http://127.0.0.1:{editor.served.port}",
    }

    assert editor.served.send("/-/face", "POST", body, own)[0].status == 415


def test_no_file_but_a_picture_is_shown(editor: Editor) -> None:
    (editor.served.site / "content/media/a.svg").write_text("<svg/>")
    link = editor.served.site / "content/media/link.png"
    link.symlink_to(editor.served.site / "site.yaml")
    for path in (
        "a.svg",
        "link.png",
        "..%2f..%2fsite.yaml",
        "../../site.yaml",
        "no.png",
        "%00.png",
    ):
        assert editor.get(f"{MEDIA}/file/{path}")[0].status == 404, path
    assert editor.served.get(f"{MEDIA}/file/link.png")[0].status == 403
    link.unlink()
    (editor.served.site / "content/media/a.svg").unlink()


def test_the_pages_that_use_a_picture_are_named_and_a_missing_description(editor: Editor) -> None:
    send(editor, picture(), "used.png")
    editor.text = editor.text.replace("title:", "image: {src: used.png}\ntitle:", 1)

    assert eventually(lambda: "no description" in editor.get(MEDIA)[1])
    page = editor.get(MEDIA)[1]
    assert f'href="/-/edit/{ARTICLE}"' in page
    assert 'value="used.png"' not in page

    status, page = editor.post(MEDIA, {"form_token": token(editor), "path": "used.png"})
    assert status == 422
    assert f"content/articles/{ARTICLE[:2]}/{ARTICLE}.md" in page
    assert media(editor) == ["used.png"]


def test_a_name_within_another_name_is_no_use_of_it(editor: Editor) -> None:
    send(editor, picture(), "a.png")
    editor.text = editor.text.replace("title:", "image: {src: aa.png}\ntitle:", 1)
    assert eventually(lambda: 'value="a.png"' in editor.get(f"{MEDIA}?unused=1")[1])

    assert editor.post(MEDIA, {"form_token": token(editor), "path": "a.png"})[0] == 303


def test_of_several_pictures_those_that_are_good_are_kept(editor: Editor) -> None:
    body, kind = multipart({"form_token": token(editor)}, "good.png", picture())
    mark = kind.partition("=")[2]
    body = (
        body.removesuffix(f"--{mark}--\r\n".encode())
        + (
            f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="bad.png"\r\n\r\n'
            f"no picture\r\n--{mark}--\r\n"
        ).encode()
    )
    own = {
        "Content-Type": kind,
        "Cookie": editor.cookie,
        "Origin": f"http://127.0.0.1:{editor.served.port}",
    }

    response, answer = editor.served.send(MEDIA, "POST", body, own)

    assert (response.status, media(editor)) == (422, ["good.png"])
    assert "«bad.png» is no picture" in answer.decode()


def test_a_picture_that_nobody_uses_is_removed_and_can_be_brought_back(editor: Editor) -> None:
    send(editor, picture(), "a.png")
    assert eventually(lambda: 'value="a.png"' in editor.get(f"{MEDIA}?unused=1")[1])

    status, _ = editor.post(MEDIA, {"form_token": token(editor), "path": "a.png"})

    assert (status, media(editor)) == (303, [])
    assert editor.git("log", "-1", "--format=%s") == "حذف الصورة a.png"
    for path in ("../../site.yaml", "a.png", "", "../articles"):
        assert editor.post(MEDIA, {"form_token": token(editor), "path": path})[0] == 422
    assert (editor.served.site / "site.yaml").is_file()
