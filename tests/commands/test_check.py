"""`warraq check` on small sites: each fault told once, with its file, its line and what to do."""

import json
from pathlib import Path

import pytest
from tests.commands.conftest import Run

from warraq.base.problems import Problem, printed
from warraq.pipeline.check import check

SITE = "name: أرشيف\nbase_url: https://archive.example/\nhistory: none\n"
SOURCED = "date: 2025-01-01\nsource: {name: صحيفة}\ntopics: [موضوع]\n"


def write(site: Path, files: dict[str, str]) -> Path:
    """Write a site: path → text; a name alone is an article of that id, its text the body."""
    for name, text in {"site.yaml": SITE, **files}.items():
        path, whole = name, text
        if "/" not in name and "." not in name:
            path = f"content/articles/{name[:2]}/{name}.md"
            whole = text if text.startswith("---") else article(name, text)
        file = site / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(whole, "utf-8")
    return site


def article(key: str, body: str = "نص.", head: str = "") -> str:
    """Return an article with nothing wrong; the first line of `head` is line 7."""
    return f'---\nid: "{key}"\ntitle: خبر\n{SOURCED}{head}---\n\n{body}\n'


def told(site: Path) -> list[tuple[str, int, str]]:
    """Return (file, line, code) of all that is wrong, each worded in both languages."""
    found = check(site)
    for problem in found:
        assert printed(problem, "ar")
        assert printed(problem, "en")
    return [(problem.path.rpartition("/")[2], problem.line, problem.code) for problem in found]


def args_of(problems: tuple[Problem, ...]) -> list[dict[str, str]]:
    return [dict(problem.args) for problem in problems]


def test_a_site_with_nothing_wrong_says_nothing(tmp_path: Path) -> None:
    assert told(write(tmp_path, {"abcdef000001": "نص."})) == []


@pytest.mark.parametrize(
    "broken",
    [
        '---\nid: "abcdef000001"\ntitle: "خبر\n---\n\nنص.\n',
        '---\nid: "abcdef000001"\ntitle: خبر\n',
        '---\nid: "ABC"\ntitle: خبر\ndate: 2025-01-01\n---\n\nنص.\n',
        "نص بلا مقدمة.\n",
    ],
)
def test_an_article_that_cannot_be_read_is_there(tmp_path: Path, broken: str) -> None:
    site = write(
        tmp_path,
        {
            "content/articles/ab/abcdef000001.md": broken,
            "abcdef000002": article("abcdef000002", head='copy_of: "abcdef000001"\n'),
            "content/stories/x.md": "---\nname: قصة\narticles: [abcdef000001, abcdef000002]\n---\n",
        },
    )

    assert [file for file, _, _ in told(site)] == ["abcdef000001.md"]


def test_an_authority_file_that_cannot_be_read_is_there(tmp_path: Path) -> None:
    head = "people: [salem]\nvia: [{outlet: paper}]\n"
    site = write(
        tmp_path,
        {
            "content/people/salem.md": "---\nname: 'سالم\n---\n",
            "content/outlets/paper.md": "---\nname: [صحيفة\n---\n",
            "abcdef000001": article("abcdef000001", head=head),
        },
    )

    assert sorted(told(site)) == [("paper.md", 3, "yaml-broken"), ("salem.md", 3, "yaml-broken")]


def test_what_is_named_and_not_there_has_the_line_of_its_name(tmp_path: Path) -> None:
    head = "people:\n- سالم\n- nobody\nvia: [{name: ناقل}, {outlet: paper}]\ncopy_of: zzzzzz\n"
    site = write(
        tmp_path,
        {
            "abcdef000001": article("abcdef000001", head=head),
            "content/stories/x.md": "---\nname: قصة\narticles:\n- abcdef000001\n- zzzzzz\n---\n",
            "content/articles/cc/copy.md": article("abcdef000001"),
        },
    )

    found = {(line, code) for file, line, code in told(site) if file == "abcdef000001.md"}
    assert found == {(9, "authority-missing"), (10, "authority-missing"), (11, "copy-missing")}
    assert {("x.md", 5, "story-article"), ("copy.md", 2, "id-twice")} <= set(told(site))


def test_a_folder_that_is_not_there_is_named(tmp_path: Path, run: Run) -> None:
    done = run(tmp_path / "nowhere", "check")

    assert done.returncode == 2
    assert f"{tmp_path / 'nowhere'}: error[site-folder]" in done.stdout

    (tmp_path / "empty").mkdir()
    assert str(tmp_path / "empty") in run(tmp_path / "empty", "build").stdout


def test_a_program_reads_the_same(tmp_path: Path, run: Run) -> None:
    site = write(tmp_path, {"abcdef000001": article("abcdef000001", head="people: [nobody]\n")})

    (found,) = json.loads(run(site, "check", "--format", "json").stdout)

    assert (found["line"], found["code"], found["args"]["key"]) == (
        7,
        "authority-missing",
        "nobody",
    )
