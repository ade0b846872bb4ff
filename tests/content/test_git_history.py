import os
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from warraq.base.problems import WarraqError
from warraq.content.git_history import History, article_commits, newest_commit_day
from warraq.model import Version

PATH = "content/articles/ab/abcdef.md"
ARTICLE = """---
id: "abcdef"
title: {title}
provenance: {{seed: seeds/a.txt, sha256: x}}
---

{body}
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "a repository" / "site"
    (folder / "content/articles/ab").mkdir(parents=True)
    (folder / "seeds").mkdir()
    (folder / "seeds/a.txt").write_text("خام\n")
    git(folder.parent, "init", "-q")
    return folder


def git(folder: Path, *words: str, day: int = 1) -> None:
    who = {"NAME": "هدى", "EMAIL": "h@example.org", "DATE": f"2025-10-{day:02}T10:00:00+03:00"}
    names = {f"GIT_{role}_{k}": v for role in ("AUTHOR", "COMMITTER") for k, v in who.items()}
    env = os.environ | names | {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"}
    subprocess.run(["git", *words], cwd=folder, check=True, env=env)


def save(site: Path, text: str, subject: str, day: int) -> None:
    (site / PATH).write_text(text)
    git(site, "add", ".")
    git(site, "commit", "-q", "-m", subject, day=day)


def versions_of(site: Path) -> tuple[Version, ...]:
    with closing(History(site)) as history:
        return history.versions(PATH, article_commits(site).get(PATH, ()))


def test_an_article_only_imported_has_no_versions(site: Path) -> None:
    save(site, ARTICLE.format(title="أ", body="نص"), "استيراد", 1)

    assert versions_of(site) == ()
    assert article_commits(site) == {}


def test_each_edit_is_a_version_and_the_first_begins_with_the_seed(site: Path) -> None:
    save(site, ARTICLE.format(title="أ", body="نص"), "استيراد", 1)
    save(site, ARTICLE.format(title="ب", body="نص"), "عنوان أدق", 2)
    save(site, ARTICLE.format(title="ب", body="نص أوضح"), "توضيح", 3)

    versions = versions_of(site)

    assert [(v.date[:10], v.author, v.subject) for v in versions] == [
        ("2025-10-01", "هدى", "استيراد"),
        ("2025-10-02", "هدى", "عنوان أدق"),
        ("2025-10-03", "هدى", "توضيح"),
    ]
    assert [v.after for v in versions] == ["أ\n\nنص", "ب\n\nنص", "ب\n\nنص أوضح"]
    assert versions[0].before == "خام"
    assert article_commits(site)[PATH][-1].date == "2025-10-03T10:00:00+03:00"


def test_a_commit_that_readers_cannot_see_is_passed_over(site: Path) -> None:
    save(site, ARTICLE.format(title="أ", body="نص"), "استيراد", 1)
    save(site, ARTICLE.format(title="أ", body="نص").replace("sha256: x", "sha256: y"), "أداة", 2)

    assert versions_of(site) == ()


def test_a_seed_outside_the_site_is_not_read(site: Path) -> None:
    outside = ARTICLE.replace("seeds/a.txt", "../../../etc/hostname")
    save(site, outside.format(title="أ", body="نص"), "استيراد", 1)
    save(site, outside.format(title="ب", body="نص"), "تعديل", 2)

    assert versions_of(site)[0].before == ""


def test_without_a_repository_there_are_no_versions(tmp_path: Path) -> None:
    assert article_commits(tmp_path) == {}
    assert versions_of(tmp_path) == ()


BODY = "فقرة أولى  فيها\nسطران.\n\nفقرة ثانية.\n\n- بند\n- بند آخر\n\n    سطر مزاح"


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text + "\n\n\n",
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n\n", "\n \n\n"),
        lambda text: text.replace("فيها\nسطران", "فيها سطران"),
        lambda text: text.replace("أولى  فيها", "أولى فيها"),
        lambda text: text.replace("ثانية.\n", "ثانية. \n"),
        lambda text: text.replace("فقرة ثانية", "  فقرة ثانية"),
        lambda text: text.replace('id: "abcdef"\ntitle: أ', 'title: "أ"\nid: "abcdef" # رقم'),
        lambda text: text.replace("title: أ", "title:    أ\nour_own: ملاحظة"),
        lambda text: "\ufeff" + text,
    ],
    ids=[
        "end",
        "crlf",
        "between",
        "wrapped",
        "run",
        "line-end",
        "indent",
        "keys",
        "own-key",
        "mark",
    ],
)
def test_what_readers_cannot_see_is_no_edit(site: Path, change: Callable[[str], str]) -> None:
    text = ARTICLE.format(title="أ", body=BODY)
    assert change(text) != text
    save(site, text, "استيراد", 1)
    save(site, change(text), "ترتيب", 2)

    assert versions_of(site) == ()


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("أولى  فيها\n", "أولى  فيها  \n"),  # a line break
        lambda text: text.replace("\n\n    سطر", "\n\nسطر"),  # no code any more
        lambda text: text.replace("\n\nفقرة ثانية", "\nفقرة ثانية"),  # one paragraph
        lambda text: text.replace("- بند\n- بند", "- بند - بند"),  # one point
        lambda text: text.replace("أولى", "اولى"),
        lambda text: text.replace("title: أ", "title: أ\ntopics: [ثقافة]"),
        lambda text: text.replace("title: أ", "title: أ\nimage: {src: a.jpg, alt: ب}"),
        lambda text: text.replace("title: أ", "title: أ\ntitle_status: generated"),
        lambda text: text.replace("title: أ", "title: أ\ndate: 2025-02-03"),
    ],
)
def test_what_readers_see_is_an_edit(site: Path, change: Callable[[str], str]) -> None:
    text = ARTICLE.format(title="أ", body=BODY)
    save(site, text, "استيراد", 1)
    save(site, change(text), "تعديل", 2)

    assert [v.date[:10] for v in versions_of(site)] == ["2025-10-01", "2025-10-02"]


def test_an_edit_of_what_came_just_as_the_seed_has_it_is_told(site: Path) -> None:
    (site / "seeds/a.txt").write_text("أ\nنص\n")
    save(site, ARTICLE.format(title="أ", body="نص"), "استيراد", 1)
    save(site, ARTICLE.format(title="أ", body="نص آخر"), "تعديل", 2)

    assert [(v.before, v.after) for v in versions_of(site)] == [("أ\n\nنص", "أ\n\nنص آخر")]


def test_settings_of_the_repository_change_nothing(site: Path) -> None:
    save(site, ARTICLE.format(title="أ", body="نص"), "استيراد", 1)
    save(site, ARTICLE.format(title="ب", body="نص"), "عنوان\x1eأدق", 2)
    before = versions_of(site)
    for key in ("log.follow", "log.showSignature", "core.quotePath"):
        git(site, "config", key, "true")
    git(site, "config", "i18n.logOutputEncoding", "windows-1256")

    assert versions_of(site) == before
    assert before[-1].subject == "عنوانأدق"  # without what nobody sees


def test_a_repository_that_git_does_not_trust_is_an_error(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(site, ARTICLE.format(title="أ", body="نص"), "استيراد", 1)
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")

    with pytest.raises(WarraqError) as fault:
        article_commits(site)

    assert [p.code for p in fault.value.problems] == ["history-refused"]
    assert "dubious ownership" in dict(fault.value.problems[0].args)["why"]


def test_a_text_that_git_has_lost_is_an_error_not_a_shorter_history(site: Path) -> None:
    for day in (1, 2, 3):
        save(site, ARTICLE.format(title=f"أ{day}", body="نص"), "حفظ", day)
    lost = article_commits(site)[PATH][1].blob
    next(site.parent.glob(f".git/objects/{lost[:2]}/{lost[2:]}")).unlink()

    with pytest.raises(WarraqError) as fault:
        versions_of(site)

    assert [(p.code, p.path) for p in fault.value.problems] == [("history-lost", PATH)]


def test_a_repository_without_commits_has_no_history(site: Path) -> None:
    assert article_commits(site) == {}
    assert newest_commit_day(site) is None


def test_a_backslash_of_the_import_is_no_change_to_a_reader(site: Path) -> None:
    (site / "seeds/a.txt").write_text("أ\n1967. نص *مهم* و*آخر*\n", "utf-8")
    marked = r"1967\. نص \*مهم\* و\*آخر\*"
    save(site, ARTICLE.format(title="أ", body=marked), "استيراد", 1)
    save(site, ARTICLE.format(title="أ", body=f"{marked} جدا"), "توضيح", 2)

    (edit,) = versions_of(site)

    assert edit.before == "أ\n\n1967. نص *مهم* و*آخر*"
    assert edit.after == "أ\n\n1967. نص *مهم* و*آخر* جدا"
