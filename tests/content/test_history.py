import os
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from warraq.content.history import History, edits

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


def of(site: Path) -> History:
    found = edits(site)
    return History(site, lambda path: found.get(path, ()))


def test_an_article_only_imported_has_no_versions(site: Path) -> None:
    save(site, ARTICLE.format(title="أ", body="نص"), "استيراد", 1)

    with closing(of(site)) as history:
        assert history.versions(PATH) == ()
    assert edits(site) == {}


def test_each_edit_is_a_version_and_the_first_begins_with_the_seed(site: Path) -> None:
    save(site, ARTICLE.format(title="أ", body="نص"), "استيراد", 1)
    save(site, ARTICLE.format(title="ب", body="نص"), "عنوان أدق", 2)
    save(site, ARTICLE.format(title="ب", body="نص أوضح"), "توضيح", 3)

    with closing(of(site)) as history:
        versions = history.versions(PATH)

    assert [(v.date[:10], v.author, v.subject) for v in versions] == [
        ("2025-10-01", "هدى", "استيراد"),
        ("2025-10-02", "هدى", "عنوان أدق"),
        ("2025-10-03", "هدى", "توضيح"),
    ]
    assert [v.after for v in versions] == ["أ\n\nنص", "ب\n\nنص", "ب\n\nنص أوضح"]
    assert versions[0].before == "خام"
    assert edits(site)[PATH][-1].date == "2025-10-03T10:00:00+03:00"


def test_a_commit_that_readers_cannot_see_is_passed_over(site: Path) -> None:
    save(site, ARTICLE.format(title="أ", body="نص"), "استيراد", 1)
    save(site, ARTICLE.format(title="أ", body="نص").replace("sha256: x", "sha256: y"), "أداة", 2)

    with closing(of(site)) as history:
        assert history.versions(PATH) == ()


def test_a_seed_outside_the_site_is_not_read(site: Path) -> None:
    outside = ARTICLE.replace("seeds/a.txt", "../../../etc/hostname")
    save(site, outside.format(title="أ", body="نص"), "استيراد", 1)
    save(site, outside.format(title="ب", body="نص"), "تعديل", 2)

    with closing(of(site)) as history:
        assert history.versions(PATH)[0].before == ""


def test_without_a_repository_there_are_no_versions(tmp_path: Path) -> None:
    assert edits(tmp_path) == {}
    with closing(of(tmp_path)) as history:
        assert history.versions(PATH) == ()
