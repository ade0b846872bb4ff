"""What a text says is what readers get: built pages and what `warraq check` says of bodies."""

import json
from html import unescape
from pathlib import Path

import pytest
from tests.commands.archive import article, authority, started
from tests.commands.conftest import Run

NOTED = "قال المتحدث إن الحصيلة ثقيلة[^أ] وإنها قد ترتفع.\n\n[^أ]: بحسب بيان.\n"
PLAYED = 'أول.\n\n<iframe src="https://www.youtube.com/embed/abc"></iframe>\n\nأخير.'


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with one article of each kind, built."""
    from warraq.build.full import build  # noqa: PLC0415 - the oracle, without a process

    site = started(tmp_path_factory.mktemp("prose"), "history: none\n")
    article(site, "abcdef000001", "date: 2025-01-01", body=NOTED)
    article(site, "abcdef000002", "date: 2025-01-02", body=PLAYED)
    article(site, "abcdef000003", "date: 2025-01-03", body="٣. ثالثا\n٤. رابعا")
    article(site, "abcdef000004", "date: 2025-01-04", body="[" * 9000)
    story = authority(site, "stories", "story", "articles: [abcdef000001, abcdef000003]")
    story.write_text(f"{story.read_text('utf-8')}\n{NOTED}", "utf-8")
    build(site, into=site / "public")
    return site


def page(site: Path, ident: str) -> str:
    return (site / "public" / "n" / ident / "index.html").read_text("utf-8")


def test_no_summary_holds_a_footnote(built: Path) -> None:
    html = page(built, "abcdef000001")
    feed = json.loads((built / "public" / "feed.json").read_text("utf-8"))
    summaries = [item["summary"] for item in feed["items"] if item["id"].find("000001") > 0]
    data = json.loads((built / "public/n/abcdef000001/article.json").read_text("utf-8"))

    wanted = "قال المتحدث إن الحصيلة ثقيلة وإنها قد ترتفع."
    assert f'<meta name="description" property="og:description" content="{wanted}">' in html
    assert summaries == [wanted]
    assert wanted in (built / "public/stories/index.html").read_text("utf-8")
    assert data["text"] == wanted
    assert "بحسب بيان" in html
    assert "بحسب بيان" in data["html"]


def test_a_player_is_told_in_a_word_and_a_link(built: Path) -> None:
    html = page(built, "abcdef000002")

    link = '<a class="embed-video" href="https://www.youtube.com/embed/abc">'
    assert f"<p>مقطع مصوّر: {link}" in html
    assert "<iframe" not in html
    assert 'content="أول. أخير."' in html
    assert link in unescape((built / "public" / "feed.xml").read_text("utf-8"))


def test_a_list_keeps_its_numbers_in_the_page(built: Path) -> None:
    assert '<ol class="arabic-indic" start="3">' in page(built, "abcdef000003")


def test_check_and_build_name_what_is_not_shown(tmp_path: Path, run: Run) -> None:
    site = started(tmp_path, "history: none\n")
    article(site, "abcdef000001", body=PLAYED)
    article(site, "abcdef000002", body="- " * 400 + "x")
    article(site, "abcdef000003", body="نص.\n\n[اضغط](javascript:x)")
    authority(site, "pages", "about").write_text(
        '---\nname: عن\n---\n\n<video src="a.mp4"></video>\n', "utf-8"
    )

    found = json.loads(run(site, "check", "--format", "json").stdout)
    done = run(site, "build")

    places = {(Path(f["path"]).name, f["line"], f["code"]) for f in found}
    told = {
        ("abcdef000001.md", 8, "embed-linked"),
        ("abcdef000002.md", 6, "body-tangled"),
        ("abcdef000003.md", 8, "link-refused"),
        ("about.md", 5, "embed-dropped"),
    }
    assert told <= places
    assert done.returncode == 0
    assert "abcdef000002.md:6: warning[body-tangled]" in done.stdout
    assert "embed-linked" in run(site, "build").stdout  # what is kept from before, too
