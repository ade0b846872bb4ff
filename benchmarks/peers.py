"""The same archive for the peers of the speed benchmark: Hugo's and Pelican's folders.

Hugo's theme (benchmarks/hugo) publishes what warraq's does in the default configuration: an article
with its JSON, metadata and citation; a page of each subject, parted in thirties, with two feeds of
summaries; months and years with their data files; the newest full texts in two feeds; a sitemap.
Pelican keeps its own simple theme.
"""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
_PELICAN = """SITENAME = "أرشيف القياس"
SITEURL = "https://bench.example"
PATH = "content"
TIMEZONE = "UTC"
DEFAULT_LANG = "ar"
THEME = "simple"
ARTICLE_URL = ARTICLE_SAVE_AS = "n/{slug}/index.html"
DEFAULT_PAGINATION = 30
FEED_ALL_ATOM = "feed.xml"
TAG_FEED_ATOM = "topics/{slug}/feed.xml"
"""
_TAXONOMIES = """topic = "topics"
person = "people"
place = "places"
outlet = "outlets"
"""


class Facts(NamedTuple):
    """One article, as warraq's own data files tell it."""

    id: str
    title: str
    date: str
    outlet: str
    topics: tuple[str, ...]
    people: tuple[str, ...]
    places: tuple[str, ...]


def facts_of(public: Path) -> Iterator[Facts]:
    """Yield every article of a built site."""
    for file in sorted((public / "data").glob("articles-*.json")):
        records = json.loads(file.read_text("utf-8"))
        for record in records if isinstance(records, list) else ():  # else it names its parts
            subjects = (tuple(record[kind]) for kind in ("topics", "people", "places"))
            yield Facts(record["id"], record["title"], record["date"], record["source"], *subjects)


def body_of(site: Path, article_id: str) -> str:
    """Return the Markdown of an article, without its front matter."""
    path = site / "content/articles" / article_id[:2] / f"{article_id}.md"
    return path.read_text("utf-8").split("---\n", 2)[2]


def hugo_site(folder: Path, site: Path, articles: list[Facts], *, filed: bool) -> None:
    """Write Hugo's site of the same articles; subjects have pages if `filed`."""
    shutil.copytree(HERE / "hugo", folder, dirs_exist_ok=True)
    if filed:
        with (folder / "hugo.toml").open("a", encoding="utf-8") as settings:
            settings.write(_TAXONOMIES)
    (folder / "static/assets").mkdir(parents=True, exist_ok=True)
    shutil.copy(HERE.parent / "templates/assets/site.css", folder / "static/assets/site.css")
    for facts in articles:
        hugo_article(folder, facts, body_of(site, facts.id))


def hugo_article(folder: Path, facts: Facts, body: str) -> None:
    """Write one article of Hugo's."""
    head = {
        "id": facts.id,
        "title": facts.title,
        "date": facts.date,
        "url": f"/n/{facts.id}/",
        "topics": facts.topics,
        "people": facts.people,
        "places": facts.places,
        "outlets": [facts.outlet],
        "years": [facts.date[:4]],
        "months": [facts.date[:7]],
    }
    path = folder / "content/n" / facts.id[:2] / f"{facts.id}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(head, ensure_ascii=False, indent=1) + "\n" + body, "utf-8")


def pelican_site(folder: Path, site: Path, articles: list[Facts]) -> None:
    """Write Pelican's site of the same articles."""
    (folder / "content").mkdir(parents=True, exist_ok=True)
    (folder / "pelicanconf.py").write_text(_PELICAN, "utf-8")
    for facts in articles:
        head = (
            f"Title: {facts.title}\nDate: {facts.date}\nSlug: {facts.id}\n"
            f"Category: {facts.outlet}\nTags: {', '.join(facts.topics)}\n"
        )
        body = body_of(site, facts.id)
        (folder / "content" / f"{facts.id}.md").write_text(head + body, "utf-8")
