"""Numbers stand as they are read: in bodies, headlines and results, as measured on the screen."""

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import expect
from tests.browser.built import Site, served
from tests.browser.expressions import Sentence, sentences
from tests.browser.visit import Visit

from warraq.render.bidi import isolated, isolated_text

pytestmark = pytest.mark.browser

SENTENCES = sentences(seed=13, count=480)
HEADLINES = SENTENCES[::8]
LONG = "n/aaaaaa/"
STORY = Sentence("معرض 20–25 أيار", "رايأ20–25ضرعم")


@pytest.fixture(scope="module")
def numbered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An archive of SENTENCES: all in one article's paragraphs, some as headlines."""
    source = tmp_path_factory.mktemp("numbered-source")
    articles = source / "content" / "articles"
    articles.mkdir(parents=True)
    settings = "name: أرشيف\nbase_url: https://archive.example/\ntime_zone: UTC\nhistory: none\n"
    (source / "site.yaml").write_text(settings, "utf-8")
    (source / "content" / "stories").mkdir()
    story = f'---\nname: "{STORY.typed}"\narticles: ["aaaaaa"]\n---\n'
    (source / "content" / "stories" / "fair.md").write_text(story, "utf-8")
    _write(articles, "aaaaaa", "حساب", "\n\n".join(typed for typed, _ in SENTENCES))
    for number, (typed, _) in enumerate(HEADLINES):
        _write(articles, f"bbbb{number:02}", typed, f"عدد مفرد. {typed}")
    with served(source, tmp_path_factory.mktemp("numbered")) as site:
        yield site


def _write(folder: Path, ident: str, title: str, body: str) -> None:
    text = f"---\nid: \"{ident}\"\ntitle: '{title}'\ndate: 2025-01-01\n---\n\n{body}\n"
    (folder / f"{ident}.md").write_text(text, "utf-8")


def test_in_bodies(numbered: Site, visit: Visit) -> None:
    visit.open(numbered.address + LONG)

    _assert_seen(visit, ".body p", SENTENCES)


def test_in_headlines(numbered: Site, visit: Visit) -> None:
    visit.open(numbered.address + "archive/2025/01/")

    _assert_seen(visit, "main .headline a", HEADLINES)


def test_in_names(numbered: Site, visit: Visit) -> None:
    visit.open(numbered.address + LONG)

    _assert_seen(visit, ".storyname a", (STORY,))


def test_in_feeds(numbered: Site) -> None:
    items = json.loads((numbered.folder / "feed.json").read_text("utf-8"))["items"]
    told = [item["content_html"] for item in items]

    assert [isolated(html) for html in told] == told
    assert "<bdi" in "".join(told)


def test_in_results_and_their_excerpts(numbered: Site, visit: Visit) -> None:
    page = visit.open(f"{numbered.address}search/?q=مفرد&shown=200")
    expect(page.locator("#search-results > li")).to_have_count(len(HEADLINES))

    _assert_seen(visit, "#search-results .headline a", HEADLINES)
    excerpts = (Sentence(f"عدد مفرد. {typed}", f"{seen}.درفمددع") for typed, seen in HEADLINES)
    _assert_seen(visit, "#search-results .summary", tuple(excerpts))


def test_in_the_search_box(numbered: Site, visit: Visit) -> None:
    typed, seen = HEADLINES[0]
    page = visit.open(numbered.address)
    page.get_by_role("searchbox").fill(typed)
    expect(page.locator(".options .direct", has_text=typed)).to_be_visible()

    _assert_seen(visit, ".options .direct", (Sentence(typed, seen),))


def test_a_mark_may_fall_within_an_expression(numbered: Site, visit: Visit) -> None:
    text, marks = "سعره 14,950-15,100 ليرة", [[5, 11], [12, 18]]
    drawn = _drawn_by_the_script(visit, numbered, [(text, marks)])

    marked = "<mark>14,950</mark>-<mark>15,100</mark>"
    assert drawn == [f'سعره <bdi dir="ltr">{marked}</bdi> ليرة']


def test_scripts_draw_what_pages_have(numbered: Site, visit: Visit) -> None:
    chance = Random(13)  # noqa: S311 - no secret
    pieces = [*"و-–%$ ('&#", "قبل ", "Okaz", " مليون", "٢٠", "3.5", "2024", "km", " "]
    strewn = ["".join(chance.choices(pieces, k=9)) + " بعد" for _ in range(400)]
    texts = [*(typed for typed, _ in sentences(seed=14, count=400)), *strewn]

    drawn = _drawn_by_the_script(visit, numbered, [(text, []) for text in texts])

    for text, html in zip(texts, drawn, strict=True):
        assert html == str(isolated_text(text)).replace("&#39;", "'")


def _drawn_by_the_script(
    visit: Visit, site: Site, asked: list[tuple[str, list[list[int]]]]
) -> list[str]:
    """Return the HTML that the archive's script makes of each text with marks."""
    visit.open(f"{site.address}search/")
    script = """async ([url, asked]) => {
      const { isolated } = await import(url);
      return asked.map(([text, marks]) => {
        const place = document.createElement("p");
        place.append(isolated(text, marks));
        return place.innerHTML;
      });
    }"""
    drawn: list[str] = visit.page.evaluate(script, [f"{site.address}assets/bidi.js", asked])
    return drawn


def _assert_seen(visit: Visit, selector: str, expected: tuple[Sentence, ...]) -> None:
    """Compare every sentence with how it is drawn; each must be there."""
    drawn: dict[str, str] = dict(visit.page.evaluate("(css) => probes.shown(css)", selector))
    wrong = [
        f"«{typed}» is seen as {drawn.get(typed)}, not {seen}"
        for typed, seen in expected
        if drawn.get(typed) != seen
    ]
    assert not wrong, "\n".join(wrong)
