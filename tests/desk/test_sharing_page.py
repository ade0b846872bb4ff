"""Sending and bringing in by HTTP: only on request, without a password, and nothing half merged."""

import subprocess
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from lxml import html
from tests.desk.editor import PATH, Editor

SHARING = "/-/sharing"


def run(folder: Path, *words: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(folder), *words], check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


class Others:
    """A bare repository that the archive is sent to, and a colleague's clone of it."""

    def __init__(self, folder: Path, editor: Editor) -> None:
        self.bare, self.clone = folder / "bare.git", folder / "clone"
        run(folder, "init", "-q", "--bare", "--initial-branch=trunk", str(self.bare))
        editor.git("remote", "add", "origin", str(self.bare))
        editor.git("push", "-q", "--set-upstream", "origin", "trunk")
        run(folder, "clone", "-q", str(self.bare), str(self.clone))
        run(self.clone, "config", "user.name", "زميلة")
        run(self.clone, "config", "user.email", "other@example.org")

    @property
    def head(self) -> str:
        return run(self.bare, "rev-parse", "trunk")

    def change(self, old: str, new: str) -> None:
        """Edit the article as a colleague, and send it."""
        run(self.clone, "pull", "-q")
        file = self.clone / PATH
        file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")
        run(self.clone, "commit", "-qam", "من زميلة")
        run(self.clone, "push", "-q")


@pytest.fixture
def others(editor: Editor, tmp_path: Path) -> Iterator[Others]:
    editor.git("switch", "-q", "-C", "trunk", "first")
    yield Others(tmp_path, editor)
    editor.git("remote", "remove", "origin")


def act(editor: Editor, action: str, **fields: str) -> tuple[int, str]:
    """Press a button of the page; return the status and what its alert says."""
    token = editor.open()["form_token"]
    fields = {"form_token": token, "action": action, **fields}
    status, page = editor.post(SHARING, fields)
    alert = html.fromstring(page).xpath("//*[@id='faults']") if page else []
    return status, alert[0].text_content() if alert else ""


def saved(editor: Editor, **fields: str) -> None:
    assert editor.save(editor.open() | fields)[0] == 200


def test_nothing_is_sent_unasked_and_all_of_it_when_asked(editor: Editor, others: Others) -> None:
    before = others.head
    saved(editor, section="محليات")
    assert others.head == before
    assert "On this machine only: 1 change" in editor.get("/-/changes")[1]
    assert "القسم" in editor.get(SHARING)[1]

    assert act(editor, "send") == (303, "")
    assert others.head == editor.git("rev-parse", "HEAD")
    assert "1 change" not in editor.get(SHARING)[1]


def test_who_is_behind_is_told_and_brings_in_first(editor: Editor, others: Others) -> None:
    others.change("\n---\n", "\nmine: x\n---\n")
    saved(editor, section="محليات")

    status, alert = act(editor, "send")
    assert (status, "bring in the others" in alert) == (409, True)
    assert act(editor, "fetch")[0] == 303
    assert "With the others and not here: 1 change" in editor.get(SHARING)[1]
    assert act(editor, "bring-in") == (303, "")
    assert ("section: محليات" in editor.text, "mine: x" in editor.text) == (True, True)
    assert act(editor, "send") == (303, "")

    assert others.head == editor.git("rev-parse", "HEAD")


def test_without_own_changes_the_others_come_in_as_they_are(editor: Editor, others: Others) -> None:
    others.change("section: ", "section: من زميلة ")

    act(editor, "fetch")
    assert act(editor, "bring-in") == (303, "")

    assert editor.git("rev-parse", "HEAD") == others.head
    assert "section: من زميلة" in editor.text


@pytest.mark.parametrize(("side", "kept"), [("ours", "محليات"), ("theirs", "من زميلة")])
def test_what_both_changed_is_chosen_and_nothing_half_merged(
    editor: Editor, others: Others, side: str, kept: str
) -> None:
    others.change("section: ", "section: من زميلة ")
    saved(editor, section="محليات", description="ملخص")
    act(editor, "fetch")
    before, head = editor.file.read_bytes(), editor.git("rev-parse", "HEAD")

    assert act(editor, "bring-in")[0] == 409
    assert (editor.file.read_bytes(), editor.git("rev-parse", "HEAD")) == (before, head)
    assert editor.git("status", "--porcelain", "content") == ""
    assert act(editor, "bring-in", **{f"keep.{PATH}": side}) == (303, "")

    assert (f"section: {kept}" in editor.text, "description: ملخص" in editor.text) == (True, True)


def test_unrecorded_edits_are_not_merged_over(editor: Editor, others: Others) -> None:
    others.change("section: ", "section: من زميلة ")
    editor.text = editor.text.replace("section: ", "section: لم تُسجَّل ", 1)
    before = editor.file.read_bytes()
    act(editor, "fetch")

    status, alert = act(editor, "bring-in")

    assert (status, "record them first" in alert) == (409, True)
    assert editor.file.read_bytes() == before


def test_a_form_left_open_over_it_still_merges(editor: Editor, others: Others) -> None:
    form = editor.open()
    others.change("section: ", "section: من زميلة ")
    act(editor, "fetch")
    act(editor, "bring-in")

    assert editor.save(form | {"description": "كُتب في النموذج"})[0] == 200
    assert ("من زميلة" in editor.text, "كُتب في النموذج" in editor.text) == (True, True)


@pytest.mark.usefixtures("others")
@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("https://me:s3cret@127.0.0.1:1/x.git?token=s3cret", "cannot be reached"),
        ("/nowhere/at/all.git", "cannot be reached"),
        ("ext::sh -c touch% OWNED", "the remote refused"),
    ],
)
def test_a_failure_is_told_in_words_without_a_password(
    editor: Editor, tmp_path: Path, address: str, said: str
) -> None:
    saved(editor, section="محليات")
    editor.git("remote", "set-url", "origin", address.replace("OWNED", str(tmp_path / "owned")))

    status, alert = act(editor, "send")
    page = editor.get(SHARING)[1]

    assert (status, said in alert) == (409, True)
    assert ("s3cret" in alert, "s3cret" in page) == (False, False)
    assert not (tmp_path / "owned").exists()


@pytest.mark.usefixtures("others")
def test_a_server_that_asks_for_a_password_gets_none(editor: Editor) -> None:
    asked: list[str | None] = []

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.headers.get("authorization"))
            self.send_response(401)
            self.send_header("www-authenticate", 'Basic realm="x"')
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Door) as door:
        Thread(target=door.serve_forever, daemon=True).start()
        editor.git("remote", "set-url", "origin", f"http://127.0.0.1:{door.server_port}/x.git")
        status, alert = act(editor, "fetch")
        door.shutdown()

    assert (status, "login was not accepted" in alert) == (409, True)
    assert asked


def test_a_hook_of_the_others_that_refuses_is_quoted(editor: Editor, others: Others) -> None:
    hook = others.bare / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho '<b>closed on Fridays</b>'\nexit 1\n", "utf-8")
    hook.chmod(0o755)
    saved(editor, section="محليات")

    status, alert = act(editor, "send")

    assert (status, "<b>closed on Fridays</b>" in alert) == (409, True)


def test_a_draft_is_sent_as_a_draft(editor: Editor, others: Others) -> None:
    token = editor.open()["form_token"]
    start = {"form_token": token, "action": "start", "name": "ملف"}
    assert editor.post("/-/drafts", start)[0] == 303
    saved(editor, section="محليات")
    before = others.head

    assert act(editor, "send") == (303, "")
    assert (others.head, run(others.bare, "branch", "--list", "draft/*").strip()) == (
        before,
        "draft/ملف",
    )
    editor.git("switch", "-q", "trunk")
    editor.git("branch", "-q", "-D", "draft/ملف")


def test_without_a_remote_it_says_what_to_do(editor: Editor) -> None:
    assert "git remote add origin" in editor.get(SHARING)[1]
    assert act(editor, "send")[0] == 409
    assert "On this machine only" not in editor.get("/-/changes")[1]


def test_strangers_send_nothing(editor: Editor, others: Others) -> None:
    saved(editor, section="محليات")
    before, token = others.head, editor.open()["form_token"]
    fields = {"action": "send", "form_token": token}

    assert editor.served.get(SHARING)[0].status == 403
    assert editor.post(SHARING, {"action": "send"})[0] == 403
    assert editor.post(SHARING, fields, Origin="https://evil.example")[0] == 403
    assert editor.post(SHARING, fields, Cookie="")[0] == 403
    assert others.head == before
