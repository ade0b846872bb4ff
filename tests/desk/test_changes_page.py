"""The history by HTTP: read, taken back, brought back, recorded; and what strangers put into it."""

import os
import re
import subprocess
from pathlib import Path
from urllib.parse import urlencode

import pytest
from lxml import html
from tests.desk.editor import ARTICLE, FORM, PATH, Editor, Fields
from tests.preview.served import eventually

CHANGES = "/-/changes"


def changed(editor: Editor, **fields: str) -> str:
    """Save a form; return the commit."""
    assert editor.save(editor.open() | fields)[0] == 200
    return editor.git("rev-parse", "HEAD")


def sent(editor: Editor, path: str, fields: Fields, **headers: str) -> tuple[int, str]:
    """Send a form of these pages."""
    return editor.post(path, {"form_token": editor.open()["form_token"], **fields}, **headers)


def taken_back(editor: Editor, commit: str, back: str = CHANGES, **headers: str) -> tuple[int, str]:
    """Press «take it back» for a commit."""
    return sent(editor, CHANGES, {"commit": commit, "back": back}, **headers)


def seen(editor: Editor) -> str:
    """Return the mark of what the page shows as not recorded."""
    found: list[str] = html.fromstring(editor.get(CHANGES)[1]).xpath("//input[@name='seen']/@value")
    return found[0]


def committed(editor: Editor, sentence: str) -> str:
    """Record by git alone what is in the files."""
    editor.git("add", "content", "site.yaml")
    editor.git("commit", "-qm", sentence)
    return editor.git("rev-parse", "HEAD")


def rows(page: str) -> list[str]:
    """Return the text of each change in the list."""
    found = html.fromstring(page).xpath("//section[@class='day']//li")
    return [" ".join(row.text_content().split()) for row in found]


def test_the_newest_come_first_with_who_and_what(editor: Editor) -> None:
    changed(editor, section="محليات")
    editor.text = editor.text.replace("section: محليات", "section: عرب")
    committed(editor, "باليد")

    first, second, last = rows(editor.get(CHANGES)[1])

    assert ("باليد" in first, "made outside the desk" in first) == (True, True)
    assert ("القسم" in second, "محرر" in second, "outside" in second) == (True, True, False)
    assert ("first" in last, "Take it back" in last) == (True, False)


def test_a_change_is_read_by_headline_field_and_word(editor: Editor) -> None:
    body = editor.open()["body"]
    commit = changed(editor, section="محليات", body=body.replace("قصرة", "بصرة", 1))

    page = html.fromstring(editor.get(f"{CHANGES}/of/{commit}")[1])

    (article,) = page.find_class("read")
    assert "أبو قصرة" in article.xpath(".//h2")[0].text_content()
    assert article.xpath(".//dt/text()") == ["Section"]
    assert "محليات" in article.xpath(".//dd//ins")[0].text_content()
    removed, added = (article.xpath(f".//p//{tag}")[0].text_content() for tag in ("del", "ins"))
    assert ("قصرة" in removed, "بصرة" in added) == (True, True)
    assert (removed.startswith("Removed:"), added.startswith("Added:")) == (True, True)


def test_taken_back_is_as_before_and_brought_back_as_after(editor: Editor) -> None:
    before = editor.file.read_bytes()
    commit = changed(editor, section="محليات")
    after = editor.file.read_bytes()

    assert taken_back(editor, commit)[0] == 303
    assert editor.file.read_bytes() == before
    page = editor.get(CHANGES)[1]
    assert "taken back" in rows(page)[1]
    undoing = editor.git("rev-parse", "HEAD")
    assert taken_back(editor, undoing)[0] == 303

    assert editor.file.read_bytes() == after
    assert "taken back" not in rows(editor.get(CHANGES)[1])[2]
    assert editor.git("log", "-1", "--format=%s").startswith("أعاد: ")


def test_a_change_made_outside_is_taken_back_too_and_later_edits_stay(editor: Editor) -> None:
    editor.text = editor.text.replace("section: ", "section: بيد ", 1)
    commit = committed(editor, "باليد")
    changed(editor, description="ملخص جديد")

    assert taken_back(editor, commit)[0] == 303

    assert ("بيد" in editor.text, "ملخص جديد" in editor.text) == (False, True)


def test_who_is_in_the_way_is_named_and_nothing_is_written(editor: Editor) -> None:
    commit = changed(editor, section="محليات")
    changed(editor, section="عرب")
    later, before = editor.git("log", "-1", "--format=%s"), editor.file.read_bytes()

    status, page = taken_back(editor, commit)

    assert status == 409
    alert = html.fromstring(page).get_element_by_id("faults").text_content()
    assert (later in alert, "محرر" in alert, PATH in alert) == (True, True, False)
    assert editor.file.read_bytes() == before


def test_what_check_would_refuse_afterwards_is_not_taken_back(editor: Editor) -> None:
    fields = {"make.kind": "people", "make.name": "سعاد", "make.key": "suad", "action": "make"}
    assert editor.save(editor.open() | fields)[0] == 200
    commit = editor.git("rev-parse", "HEAD")
    changed(editor, **{"people.0": "suad"})

    status, page = taken_back(editor, commit)

    alert = html.fromstring(page).get_element_by_id("faults").text_content()
    assert (status, "suad" in alert) == (409, True)
    assert (editor.served.site / "content/people/suad.md").is_file()


@pytest.mark.parametrize(
    "commit", ["", "HEAD", "--output=/tmp/x", "main", "first", "0" * 40, "a" * 64, "../x", "-1"]
)
def test_only_a_change_of_this_history_is_taken_back(editor: Editor, commit: str) -> None:
    before = editor.git("rev-parse", "HEAD")

    assert taken_back(editor, commit)[0] == 409
    assert editor.get(f"{CHANGES}/of/{commit or 'x'}")[0].status == 404
    assert editor.git("rev-parse", "HEAD") == before


def test_neither_the_first_change_nor_one_of_another_branch_is_taken_back(editor: Editor) -> None:
    first = editor.git("rev-parse", "HEAD")
    editor.text = editor.text.replace("section: ", "section: أخرى ", 1)
    other = committed(editor, "فرع آخر")
    editor.git("branch", "-f", "other")
    editor.git("reset", "-q", "--hard", "first")

    assert [taken_back(editor, one)[0] for one in (first, other)] == [409, 409]
    assert editor.get(f"{CHANGES}/of/{other}")[0].status == 404


@pytest.mark.parametrize(
    ("back", "target"),
    [
        ("/-/edit/x1?field=date", r"/-/edit/x1\?field=date&done=\w+"),
        *(
            (evil, r"/-/changes\?done=\w+")
            for evil in (
                *("//evil.example", "https://evil.example/", "/\\evil.example", "/n/x/"),
                *(
                    "/-//evil.example",
                    "/-/../../x",
                    "/-/%2e%2E/x",
                    "/-/%2F%2Fevil",
                    "javascript:alert(1)",
                    "/-/x\r\nSet-Cookie: a",
                ),
            )
        ),
    ],
)
def test_a_way_back_leads_to_the_desk_only(editor: Editor, back: str, target: str) -> None:
    commit = changed(editor, section="محليات")
    form = {"commit": commit, "back": back, "form_token": editor.open()["form_token"]}
    own = {
        "Content-Type": FORM,
        "Cookie": editor.cookie,
        "Origin": f"http://127.0.0.1:{editor.served.port}",
    }
    response, _ = editor.served.send(CHANGES, "POST", urlencode(form).encode(), own)

    assert response.status == 303
    assert re.fullmatch(target, response.getheader("location") or "")
    assert response.getheader("set-cookie") is None


def test_strangers_neither_read_nor_take_back(editor: Editor) -> None:
    commit = changed(editor, section="محليات")

    assert editor.served.get(CHANGES)[0].status == 403
    assert taken_back(editor, commit, Origin="https://evil.example")[0] == 403
    assert editor.post(CHANGES, {"commit": commit, "form_token": "x"})[0] == 403
    assert editor.git("rev-parse", "HEAD") == commit


def test_a_strangers_sentence_neither_runs_nor_breaks_the_list(editor: Editor) -> None:
    hostile = "<img src=x onerror=alert(1)>\u202e\x1e\x1fقلب\x1b[31m"
    editor.text = editor.text.replace("section: ", "section: x ", 1)
    editor.git("commit", "-qam", hostile, f"--author={'0' * 40}\x1e <a@b.example>")
    commit = editor.git("rev-parse", "HEAD")

    pages = [editor.get(path)[1] for path in (CHANGES, f"{CHANGES}/of/{commit}")]

    for page in pages:
        assert "<img src=x" not in page
        assert not re.search("[\u202e\x1e\x1f\x1b]", page)
    assert len(rows(pages[0])) == 2


def test_what_is_not_recorded_stands_first_and_is_recorded_with_a_sentence(editor: Editor) -> None:
    editor.text = editor.text.replace("section: ", "section: جديد ", 1)
    new = editor.served.site / "content/topics/salt.md"
    new.write_text("---\nname: ملح\n---\n", "utf-8")
    (editor.served.site / "notes.txt").write_text("x", "utf-8")
    page = html.fromstring(editor.get(CHANGES)[1])
    mark = seen(editor)
    assert "2 files" in page.get_element_by_id("waiting").text_content()
    assert "جديد" in editor.get(f"{CHANGES}/now")[1]

    assert sent(editor, f"{CHANGES}/record", {"seen": mark, "sentence": " "})[0] == 409
    assert sent(editor, f"{CHANGES}/record", {"seen": mark, "sentence": "-m x\nملح: y"})[0] == 303

    assert editor.git("log", "-1", "--format=%s") == "-m x ملح: y"
    assert editor.git("status", "--porcelain", "content") == ""
    assert taken_back(editor, editor.git("rev-parse", "HEAD"))[0] == 303
    assert not new.exists()


def test_raw_files_and_the_site_s_own_are_recorded_too(editor: Editor) -> None:
    made = ("seeds/new.txt", "static/CNAME", "templates/words/ar.yaml")
    for name in made:
        (editor.served.site / name).parent.mkdir(parents=True, exist_ok=True)
        (editor.served.site / name).write_text("x: y\n", "utf-8")
    (editor.served.site / "notes.txt").write_text("mine", "utf-8")

    mark = seen(editor)
    assert sent(editor, f"{CHANGES}/record", {"seen": mark, "sentence": "ملفات"})[0] == 303

    assert set(editor.git("show", "--name-only", "--format=").splitlines()) == {*made}
    assert editor.git("status", "--porcelain", "notes.txt") == "?? notes.txt"


def test_what_was_saved_after_the_page_was_opened_is_not_recorded_unseen(editor: Editor) -> None:
    editor.text = editor.text.replace("section: ", "section: جديد ", 1)
    mark = seen(editor)
    editor.text = editor.text.replace("section: ", "section: أجدّ من ذلك ", 1)
    head = editor.git("rev-parse", "HEAD")

    status, page = sent(editor, f"{CHANGES}/record", {"seen": mark, "sentence": "جملة كتبتها"})

    assert (status, "جملة كتبتها" in page) == (409, True)
    assert editor.git("rev-parse", "HEAD") == head


def test_a_hook_that_refuses_is_quoted_and_the_sentence_stays(editor: Editor) -> None:
    hook = editor.served.site / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'no <b>today</b>' >&2\nexit 1\n", "utf-8")
    hook.chmod(0o755)
    try:
        editor.text = editor.text.replace("section: ", "section: جديد ", 1)
        mark = seen(editor)
        status, page = sent(editor, f"{CHANGES}/record", {"seen": mark, "sentence": "جملة"})
    finally:
        hook.unlink()

    assert (status, "no &lt;b&gt;today&lt;/b&gt;" in page, "جملة" in page) == (409, True, True)
    assert "section: جديد" in editor.text


def test_during_a_merge_nothing_is_recorded(editor: Editor) -> None:
    head = editor.git("rev-parse", "HEAD")
    editor.text = editor.text.replace("section: ", "section: جديد ", 1)
    merging = editor.served.site / ".git/MERGE_HEAD"
    merging.write_text(f"{head}\n", "utf-8")
    try:
        mark = seen(editor)
        status, page = sent(editor, f"{CHANGES}/record", {"seen": mark, "sentence": "جملة"})
    finally:
        merging.unlink()

    assert (status, "git merge --abort" in page) == (409, True)
    assert editor.git("rev-parse", "HEAD") == head


def test_an_article_has_its_own_history(editor: Editor) -> None:
    changed(editor, section="محليات")
    topic = editor.served.site / "content/topics/syria-turkey.md"
    topic.write_text(topic.read_text("utf-8") + "\nسطر.\n", "utf-8")
    committed(editor, "موضوع")

    found = rows(editor.get(f"{CHANGES}?article={ARTICLE}")[1])

    assert ["موضوع" in row for row in found] == [False, False]
    assert f'href="/-/changes?article={ARTICLE}"' in editor.get(f"/-/edit/{ARTICLE}")[1]
    assert editor.get(f"{CHANGES}?article=../../x&from=99999999999")[0].status == 200


def test_a_take_back_over_a_pull_keeps_what_was_pulled(editor: Editor) -> None:
    commit = changed(editor, section="محليات")
    page = editor.get(CHANGES)[1]  # stands open while another's work comes in
    assert commit in page
    editor.text = editor.text.replace("\n---\n", "\nmine: x\n---\n", 1)
    committed(editor, "جُلب")

    assert taken_back(editor, commit)[0] == 303
    assert ("محليات" in editor.text, "mine: x" in editor.text) == (False, True)


def test_names_and_sentences_that_are_no_text_break_no_page(editor: Editor) -> None:
    link = editor.served.site / "content/topics/outside.md"
    name = os.fsdecode(b"\xff\xfe.md")
    (editor.served.site / "content/media" / name).write_text("---\nname: x\n---\n", "utf-8")
    link.symlink_to("/etc/passwd")
    found = [editor.get(path) for path in (CHANGES, f"{CHANGES}/now")]
    assert [response.status for response, _ in found] == [200, 200]
    assert "root:" not in found[1][1]
    link.unlink()
    editor.git("add", "content")
    message = editor.served.site / ".git" / "sentence"
    message.write_bytes(b"\xff\xfe \xd8\n")
    editor.git("-c", "i18n.commitEncoding=UTF-8", "commit", "-q", "-F", str(message))
    commit = editor.git("rev-parse", "HEAD")

    assert len(rows(editor.get(CHANGES)[1])) == 2
    assert editor.get(f"{CHANGES}/of/{commit}")[0].status == 200
    assert taken_back(editor, commit)[0] == 303


def test_whose_name_git_does_not_know_is_asked_before_taking_back(editor: Editor) -> None:
    commit = changed(editor, section="محليات")
    editor.git("config", "--unset", "user.name")
    editor.git("config", "--unset", "user.email")
    try:
        status, page = taken_back(editor, commit)
        assert (status, 'name="git.name"' in page, commit in page) == (409, True, True)
        fields = {"commit": commit, "git.name": "سعاد", "git.email": "suad@example.org"}
        assert sent(editor, CHANGES, fields)[0] == 303
    finally:
        editor.git("config", "user.name", "محرر")
        editor.git("config", "user.email", "editor@example.org")

    assert editor.git("log", "-1", "--format=%an") == "سعاد"


def test_a_long_history_has_more_pages(editor: Editor, tmp_path: Path) -> None:
    stream = tmp_path / "stream"
    head = editor.git("rev-parse", "HEAD")
    lines = []
    for number in range(120):
        data = f"نص {number}\n".encode()
        sentence = f"تغيير {number}\n".encode()
        lines.append(
            b"commit refs/heads/long\ncommitter a <a@b> %d +0000\ndata %d\n%s"
            % (1_700_000_000 + number, len(sentence), sentence)
            + (f"from {head}\n".encode() if not number else b"")
            + b"M 100644 inline content/media/x.txt\ndata %d\n%s\n" % (len(data), data)
        )
    stream.write_bytes(b"".join(lines))
    with stream.open("rb") as given:
        subprocess.run(
            ["git", "-C", str(editor.served.site), "fast-import", "--quiet"],
            stdin=given,
            check=True,
        )
    editor.git("reset", "-q", "--hard", "long")

    first, second = (editor.get(f"{CHANGES}{query}")[1] for query in ("", "?from=50"))

    assert (len(rows(first)), len(rows(second))) == (50, 50)
    assert 'href="/-/changes?from=50"' in first
    assert 'href="/-/changes?from=100"' in second
    assert "تغيير 119" in rows(first)[0]
    assert "تغيير 69" in rows(second)[0]


def test_without_a_repository_it_says_what_to_do(editor: Editor) -> None:
    hidden = editor.served.site / ".git"
    aside = hidden.rename(editor.served.site / "git-aside")
    try:
        found = [editor.get(path) for path in (CHANGES, f"{CHANGES}/now")]
        statuses = [response.status for response, _ in found]
        refused = taken_back(editor, "a" * 40)[0]
    finally:
        aside.rename(hidden)

    assert (statuses, refused) == ([200, 404], 409)
    assert "git init" in found[0][1]
    assert eventually(lambda: editor.get(CHANGES)[0].status == 200)
