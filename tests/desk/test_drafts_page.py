"""Drafts of the site by HTTP: nothing is lost on the way, nothing half published."""

from pathlib import Path
from typing import NamedTuple

import pytest
from lxml import html
from tests.desk.editor import PATH, Editor
from tests.preview.served import eventually

DRAFTS = "/-/drafts"
NAME = "ملف الانتخابات"


class Answer(NamedTuple):
    """What the page of the drafts says after a decision."""

    status: int
    page: str

    @property
    def alert(self) -> str:
        found = html.fromstring(self.page).xpath("//*[@id='faults']") if self.page else []
        return found[0].text_content() if found else ""


@pytest.fixture(autouse=True)
def on_main(editor: Editor) -> None:
    """Begin on the main line, without drafts."""
    for branch in editor.git("for-each-ref", "--format=%(refname)", "refs/warraq").split():
        editor.git("update-ref", "-d", branch)
    editor.git("switch", "-q", "-C", "trunk", "first")
    for branch in editor.git("branch", "--format=%(refname:short)", "--list", "draft/*").split():
        editor.git("branch", "-q", "-D", branch)


def act(editor: Editor, action: str, **fields: str) -> Answer:
    """Press a button of the page."""
    token = editor.open()["form_token"]
    return Answer(*editor.post(DRAFTS, {"form_token": token, "action": action, **fields}))


def saved(editor: Editor, **fields: str) -> None:
    assert editor.save(editor.open() | fields)[0] == 200


def branch(editor: Editor) -> str:
    return editor.git("symbolic-ref", "--short", "HEAD")


def committed(editor: Editor, sentence: str) -> None:
    editor.git("add", "content", "site.yaml")
    editor.git("commit", "-qm", sentence)


def on_the_main_line(editor: Editor, old: str, new: str) -> None:
    """Edit the article on the main line while the draft waits."""
    act(editor, "leave")
    editor.text = editor.text.replace(old, new, 1)
    committed(editor, "في المنشور")
    act(editor, "open", draft=NAME)


def test_a_draft_is_started_seen_on_every_page_left_and_found_again(editor: Editor) -> None:
    before = editor.file.read_bytes()

    assert act(editor, "start", name=NAME).status == 303
    assert branch(editor) == "draft/ملف-الانتخابات"
    saved(editor, section="محليات")
    for path in (DRAFTS, "/-/changes", f"/-/edit/{editor.file.stem}"):
        assert NAME in html.fromstring(editor.get(path)[1]).find_class("draft")[0].text_content()
    assert "محليات" in editor.get(DRAFTS)[1]

    assert act(editor, "leave").status == 303
    assert (branch(editor), editor.file.read_bytes()) == ("trunk", before)
    assert html.fromstring(editor.get(DRAFTS)[1]).find_class("draft") == []
    assert act(editor, "open", draft=NAME).status == 303
    assert "section: محليات" in editor.text


def test_the_preview_shows_what_is_open(editor: Editor) -> None:
    def headline() -> str:
        return editor.served.text(f"/n/{editor.file.stem}/")

    act(editor, "start", name=NAME)
    saved(editor, title="عنوان في المسودة")
    assert eventually(lambda: "عنوان في المسودة" in headline())
    assert f"<bdi>{NAME}</bdi>" in editor.served.text("/")
    act(editor, "leave")
    assert eventually(lambda: "عنوان في المسودة" not in headline())
    assert "warraq-draft" not in editor.served.text("/")


def test_published_it_is_one_change_that_can_be_taken_back(editor: Editor) -> None:
    before = editor.file.read_bytes()
    act(editor, "start", name=NAME)
    saved(editor, section="محليات")
    saved(editor, description="ملخص")
    after = editor.file.read_bytes()

    assert act(editor, "publish").status == 303
    assert (branch(editor), editor.file.read_bytes()) == ("trunk", after)
    assert editor.git("log", "-1", "--format=%s %an") == f"نشر المسودة «{NAME}» محرر"
    assert editor.git("branch", "--list", "draft/*") == ""
    commit = editor.git("rev-parse", "HEAD")
    token = editor.open()["form_token"]
    assert editor.post("/-/changes", {"form_token": token, "commit": commit})[0] == 303

    assert editor.file.read_bytes() == before


def test_both_lines_are_kept_where_they_do_not_clash(editor: Editor) -> None:
    act(editor, "start", name=NAME)
    saved(editor, section="محليات")
    on_the_main_line(editor, "\n---\n", "\nmine: x\n---\n")

    assert act(editor, "publish").status == 303
    assert ("section: محليات" in editor.text, "mine: x" in editor.text) == (True, True)


def test_neighbouring_lines_are_settled_field_by_field(editor: Editor) -> None:
    lines = editor.text.split("\n")
    at = next(n for n, line in enumerate(lines) if line.startswith("section:"))
    near = lines[at + 1].partition(":")[0]
    assert near
    act(editor, "start", name=NAME)
    saved(editor, section="محليات")
    act(editor, "leave")
    saved(editor, description="ملخص المنشور", **{"source.name": "مصدر آخر"})
    committed_now = editor.text
    act(editor, "open", draft=NAME)
    saved(editor, dateline="حلب")

    assert act(editor, "publish").status == 303
    for line in ("section: محليات", "حلب", "ملخص المنشور", "مصدر آخر"):
        assert line in editor.text
    assert committed_now != editor.text


def test_a_draft_is_published_where_it_began(editor: Editor) -> None:
    editor.git("switch", "-q", "-C", "other", "first")
    act(editor, "start", name=NAME)
    saved(editor, section="محليات")
    editor.git("switch", "-q", "trunk")
    act(editor, "start", name="ثانية")
    act(editor, "leave")
    act(editor, "open", draft=NAME)

    assert act(editor, "publish").status == 303
    assert branch(editor) == "other"
    assert editor.git("rev-parse", "trunk") == editor.git("rev-parse", "first")


def test_a_draft_from_elsewhere_belongs_to_what_settings_or_custom_call_the_main_line(
    editor: Editor,
) -> None:
    editor.git("branch", "-f", "main", "first")
    editor.git("branch", "draft/pulled", "first")
    act(editor, "open", draft="pulled")
    assert "<code>main</code>" in editor.get(DRAFTS)[1]
    editor.git("config", "warraq.mainline", "trunk")
    try:
        assert act(editor, "leave").status == 303
    finally:
        editor.git("config", "--unset", "warraq.mainline")

    assert branch(editor) == "trunk"


def test_files_outside_of_the_content_are_counted_and_published(editor: Editor) -> None:
    act(editor, "start", name=NAME)
    file = editor.served.site / "templates" / "words" / "ar.yaml"
    file.parent.mkdir(parents=True)
    file.write_text("{}\n", "utf-8")
    editor.git("add", "templates")
    editor.git("commit", "-qm", "قوالب")
    assert "such as templates: 1" in editor.get(DRAFTS)[1]

    assert act(editor, "publish").status == 303
    assert file.is_file()
    editor.git("reset", "-q", "--hard", "first")


def clashing(editor: Editor) -> None:
    act(editor, "start", name=NAME)
    saved(editor, section="في المسودة", title="عنوان المسودة")
    act(editor, "leave")
    saved(editor, section="في المنشور", description="ملخص المنشور")
    act(editor, "open", draft=NAME)


def test_a_clash_is_named_and_nothing_is_half_published(editor: Editor) -> None:
    clashing(editor)
    heads = editor.git("for-each-ref", "--format=%(objectname) %(refname)", "refs/heads")

    page = editor.get(DRAFTS)[1]
    refused = act(editor, "publish")

    assert "عنوان المسودة" in html.fromstring(page).find_class("clashes")[0].text_content()
    assert all(text in page for text in ("في المنشور", "في المسودة"))
    assert (refused.status, "both changed it" in refused.alert) == (409, True)
    assert editor.git("for-each-ref", "--format=%(objectname) %(refname)", "refs/heads") == heads
    assert (
        branch(editor).startswith("draft/"),
        editor.git("status", "--porcelain", "content"),
    ) == (
        True,
        "",
    )


@pytest.mark.parametrize(
    ("side", "kept"), [("theirs", "section: في المسودة"), ("ours", "section: في المنشور")]
)
def test_who_chooses_publishes_what_was_chosen(editor: Editor, side: str, kept: str) -> None:
    clashing(editor)

    assert act(editor, "publish", **{f"keep.{PATH}": side}).status == 303
    assert (branch(editor), kept in editor.text) == ("trunk", True)
    assert ("عنوان المسودة" in editor.text, "ملخص المنشور" in editor.text) == (True, True)
    assert "<<<<<<<" not in editor.text


def test_a_choice_between_an_edit_and_a_removal(editor: Editor) -> None:
    file = editor.served.site / "content/topics/salt.md"
    file.write_text("---\nname: ملح\n---\n", "utf-8")
    committed(editor, "موضوع")
    act(editor, "start", name=NAME)
    file.unlink()
    committed(editor, "حذف")
    act(editor, "leave")
    file.write_text("---\nname: ملح البحر\n---\n", "utf-8")
    committed(editor, "تسمية")
    act(editor, "open", draft=NAME)

    assert act(editor, "publish").status == 409
    assert act(editor, "publish", **{"keep.content/topics/salt.md": "theirs"}).status == 303
    assert not file.exists()


def test_what_check_would_refuse_is_not_published(editor: Editor) -> None:
    act(editor, "start", name=NAME)
    editor.text = editor.text.replace("\n---\n", "\nplaces: [nobody-is-this]\n---\n", 1)
    committed(editor, "مفتاح بلا ملف")
    main = editor.git("rev-parse", "trunk")

    refused = act(editor, "publish")

    assert (refused.status, "nobody-is-this" in refused.alert) == (409, True)
    assert editor.git("rev-parse", "trunk") == main


@pytest.mark.parametrize("action", ["leave", "publish", "discard"])
def test_what_is_not_recorded_is_never_switched_away(editor: Editor, action: str) -> None:
    act(editor, "start", name=NAME)
    saved(editor, section="محليات")
    editor.text = editor.text.replace("section: محليات", "section: لم تُسجَّل")
    new = editor.served.site / "content/topics/salt.md"
    new.write_text("---\nname: ملح\n---\n", "utf-8")
    before = editor.file.read_bytes()

    refused = act(editor, action, draft=NAME)

    assert (refused.status, "record them first" in refused.alert) == (409, True)
    assert (editor.file.read_bytes(), new.is_file()) == (before, True)
    assert branch(editor).startswith("draft/")


def test_thrown_away_it_is_kept_and_comes_back(editor: Editor) -> None:
    act(editor, "start", name=NAME)
    saved(editor, section="محليات")
    asked = editor.get(
        f"{DRAFTS}?action=ask&draft=%D9%85%D9%84%D9%81-%D8%A7%D9%84%D8%A7%D9%86%D8%AA%D8%AE%D8%A7%D8%A8%D8%A7%D8%AA"
    )[1]
    assert "can be brought back" in asked

    assert act(editor, "discard", draft=NAME).status == 303
    assert (branch(editor), editor.git("branch", "--list", "draft/*")) == ("trunk", "")
    assert NAME in editor.get(DRAFTS)[1]
    assert act(editor, "restore", draft=NAME).status == 303
    assert act(editor, "open", draft=NAME).status == 303

    assert "section: محليات" in editor.text
    assert editor.git("for-each-ref", "refs/warraq") == ""


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("-x --force", "draft/x-force"),
        ("../../etc/passwd", "draft/etc-passwd"),
        ("@{-1}", "draft/1"),
        ("HEAD", "draft/HEAD"),
        ("///", "draft/draft"),
        ("a.lock", "draft/a-lock"),
        ("ا" * 500, f"draft/{'ا' * 60}"),
        ("<script>\u202e", "draft/script"),
    ],
)
def test_any_name_makes_a_branch_of_drafts(editor: Editor, name: str, expected: str) -> None:
    assert act(editor, "start", name=name).status == 303
    assert branch(editor) == expected
    page = editor.get(DRAFTS)[1]

    assert ("<script>\u202e" in page, "\u202e" in page) == (False, False)
    assert act(editor, "start", name="أخرى").alert.count("you are working on the draft") == 1


@pytest.mark.parametrize("key", ["trunk", "-", "--detach", "../trunk", "HEAD~1", "", "first"])
@pytest.mark.parametrize("action", ["open", "discard", "restore"])
def test_only_drafts_are_opened_and_thrown_away(editor: Editor, action: str, key: str) -> None:
    heads = editor.git("for-each-ref")

    assert act(editor, action, draft=key).status == 409
    assert (branch(editor), editor.git("for-each-ref")) == ("trunk", heads)


def test_two_drafts_of_one_name_are_two(editor: Editor) -> None:
    for _ in range(2):
        act(editor, "start", name=NAME)
        act(editor, "leave")

    found = editor.git("for-each-ref", "--format=%(refname:lstrip=2)", "refs/heads/draft").split()

    assert sorted(found) == ["draft/ملف-الانتخابات", "draft/ملف-الانتخابات-2"]


def test_where_no_draft_can_be_it_says_why(editor: Editor) -> None:
    git = editor.served.site / ".git"
    editor.git("switch", "-q", "--detach")
    detached = act(editor, "start", name=NAME)
    editor.git("switch", "-q", "trunk")
    (git / "MERGE_HEAD").write_text(editor.git("rev-parse", "HEAD") + "\n", "utf-8")
    merging = act(editor, "start", name=NAME)
    (git / "MERGE_HEAD").unlink()
    aside = git.rename(git.with_name("git-aside"))
    none = act(editor, "start", name=NAME)
    aside.rename(git)

    assert [one.status for one in (detached, merging, none)] == [409, 409, 409]
    assert "not on a branch" in detached.alert
    assert "not finished" in merging.alert
    assert "no git repository" in none.alert
    assert act(editor, "start", name=" \u202e").alert != ""


def test_a_hook_that_refuses_leaves_all_as_it_was(editor: Editor) -> None:
    act(editor, "start", name=NAME)
    saved(editor, section="محليات")
    hook = editor.served.site / ".git/hooks/reference-transaction"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(
        '#!/bin/sh\n[ "$1" = prepared ] && echo "not now" >&2 && exit 1\nexit 0\n', "utf-8"
    )
    heads = editor.git("for-each-ref")
    hook.chmod(0o755)
    try:
        refused = act(editor, "publish")
    finally:
        hook.unlink()

    assert (refused.status, "git refused" in refused.alert or "not now" in refused.alert) == (
        409,
        True,
    )
    assert editor.git("for-each-ref") == heads
    assert "section: محليات" in editor.text


def test_a_main_line_that_another_worktree_has_is_not_published_over(
    editor: Editor, tmp_path: Path
) -> None:
    act(editor, "start", name=NAME)
    saved(editor, section="محليات")
    other = tmp_path / "other"
    editor.git("worktree", "add", "-q", str(other), "trunk")
    heads = editor.git("for-each-ref", "refs/heads")
    try:
        refused = act(editor, "publish")
    finally:
        editor.git("worktree", "remove", "--force", str(other))

    assert refused.status == 409
    assert (editor.git("for-each-ref", "refs/heads"), branch(editor)[:6]) == (heads, "draft/")


def test_strangers_start_and_publish_nothing(editor: Editor) -> None:
    heads = editor.git("for-each-ref")

    assert editor.served.get(DRAFTS)[0].status == 403
    fields = {"action": "start", "name": NAME}
    assert editor.post(DRAFTS, fields)[0] == 403
    token = editor.open()["form_token"]
    assert (
        editor.post(DRAFTS, {**fields, "form_token": token}, Origin="https://x.example")[0] == 403
    )
    assert editor.post(DRAFTS, {**fields, "form_token": token}, Cookie="")[0] == 403
    assert editor.git("for-each-ref") == heads
