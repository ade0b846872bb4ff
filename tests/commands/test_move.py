"""A whole WordPress site moves in by one command, and nothing of it is lost without a word."""

import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from tests.commands.archive import started
from tests.commands.conftest import Run, tree
from tests.commands.wordpress import WRITERS, Post, Site, made

from warraq.base.markup import unescaped
from warraq.base.urls import old_path, output_path
from warraq.content.frontmatter import parse_article
from warraq.model import Article
from warraq.prose.markdown import html_of, text_of

SETTINGS = "time_zone: Asia/Damascus\nhistory: none\n"


class Moved:
    """A site that moved in: its articles by their old numbers, with what their receipts tell."""

    def __init__(self, folder: Path, old: Site) -> None:
        self.folder, self.old = folder, old
        self.articles: dict[int, Article] = {}
        self.told: dict[int, str] = {}
        self.removed: list[dict[str, str]] = []
        for file in (folder / "content/articles").rglob("*.md"):
            article, problems = parse_article(file.read_text("utf-8"), file.name)
            assert article is not None
            assert problems == []
            number = int(next(iter(article.external_ids.values())))
            self.articles[number] = article
            receipt = folder / f"content/.imports/{article.id[:2]}/{article.id}.json"
            removed = json.loads(receipt.read_bytes()).get("removed", [])
            self.told[number] = "\n".join(r["text"] for r in removed)
            self.removed += removed

    def missing(self, post: Post) -> list[str]:
        """Return what of a post is neither in its article nor in its receipt."""
        article, told = self.articles[post.number], self.told[post.number]
        figures = (*((article.image,) if article.image else ()), *article.figures)
        said = "\n".join(
            (_words(text_of(html_of(article.body))), unescaped(article.body), told,
             *(f.caption for f in figures))
        )  # fmt: skip
        sources = {figure.src for figure in figures}
        names = {path.rpartition("/")[2] for path in sources}
        lost = [p for p in post.paragraphs if _words(p) not in _words(said)]
        lost += [p for p in post.pictures if p.rpartition("/")[2] not in names and p not in told]
        return lost + [link for link in post.links if link not in said]


def _words(text: str) -> str:
    return " ".join(text.replace("،", " ").split()).rstrip(".")


def _move(folder: Path, run: Run, posts: int) -> Moved:
    site, old = started(folder, SETTINGS), made(posts)
    (site / "seeds").mkdir()
    (site / "seeds" / "mirat.xml").write_text(old.xml, "utf-8")
    done = run(site, "import")
    assert done.returncode == 0, done.stdout + done.stderr
    assert (
        f"pages 3, topics 9, authors 5; left behind: comments {old.comments}, other items 3"
        in done.stdout
    )
    return Moved(site, old)


def _account(moved: Moved) -> None:
    """Everything of every post is in its article or receipt, and what was hidden stays so."""
    assert set(moved.articles) == {post.number for post in moved.old.posts}
    comments = [r["text"] for r in moved.removed if r["rule"] == "page:comments"]
    assert sum(map(int, comments)) == moved.old.comments
    lost = {post.number: missing for post in moved.old.posts if (missing := moved.missing(post))}
    assert lost == {}
    for post in moved.old.posts:
        article = moved.articles[post.number]
        assert article.draft == (not post.is_public), post
        assert article.title == post.title
        assert article.source is not None
        assert (article.source.name, article.source.url) == ("المرآة", post.link)
        assert article.date is not None
        assert article.date.day.isoformat() == post.day
        assert "[" not in article.body.replace("](", "").replace("[نص البيان", "")
        assert article.copy_of == ""


def _addresses(moved: Moved, run: Run) -> None:
    """`check` finds no error, and every old address has its file or its rule."""
    site, old = moved.folder, moved.old
    checked = run(site, "check")
    assert "error[" not in checked.stdout, checked.stdout[-3000:]
    built = run(site, "build")
    assert built.returncode == 0, built.stdout + built.stderr
    public = tree(site / "public")
    own = "/archive/2019/05/"
    assert own in moved.told[7]
    wanted = [urlsplit(post.link).path for post in old.posts if post.is_public]
    wanted += [*old.addresses, *(urlsplit(page).path for page in old.pages)]
    assert [a for a in wanted if output_path(old_path(a)) not in public] == []
    rules = dict(
        line.rstrip(";").split(" ")
        for line in (site / "content/.imports/redirects-mirat.example.map")
        .read_text("utf-8")
        .splitlines()
    )
    for post in old.posts:
        assert rules[f"p={post.number}"] == moved.articles[post.number].url
    for page, words in old.pages.items():
        at = public[output_path(old_path(urlsplit(page).path))].decode()
        key = at.partition("/pages/")[2].partition("/")[0]
        assert words in public[f"pages/{key}/index.html"].decode()


@pytest.mark.slow
def test_a_whole_site_moves_in(tmp_path: Path, run: Run) -> None:
    moved = _move(tmp_path, run, 60)
    _account(moved)
    _addresses(moved, run)

    settled = tree(moved.folder / "content")
    again = run(moved.folder, "import")
    assert "60 unchanged" in again.stdout
    assert tree(moved.folder / "content") == settled


@pytest.mark.slow
def test_five_hundred_posts_move_in(tmp_path: Path, run: Run) -> None:
    moved = _move(tmp_path, run, 500)
    _account(moved)
    _addresses(moved, run)


def test_terms_are_filed_as_site_yaml_says(tmp_path: Path, run: Run) -> None:
    table = 'import: {topics: {طرق: ways, local: "", الجسر: طرق, port: harbour, 2019: ""}}\n'
    site, old = started(tmp_path, SETTINGS + table), made(30)
    topic = site / "content/topics/harbour.md"
    topic.parent.mkdir(parents=True)
    topic.write_text("---\nname: الميناء\n---\n", "utf-8")
    (site / "seeds").mkdir()
    (site / "seeds" / "mirat.xml").write_text(old.xml, "utf-8")

    run(site, "import")

    moved = Moved(site, old)
    by_slug = {"roads": "ways", "port": "harbour", "covid-19": "covid-19", "economy": "economy"}
    for post in old.posts:
        topics = moved.articles[post.number].topics
        assert "local" not in topics
        assert "2019" not in topics
        for slug, key in by_slug.items():
            assert slug not in post.terms or key in topics
    assert topic.read_text("utf-8") == "---\nname: الميناء\n---\n"
    ways = (site / "content/topics/ways.md").read_text("utf-8")
    assert "/category/local/roads/" in ways
    assert "/tag/الجسر/" in ways
    assert "error[" not in run(site, "check").stdout


def test_a_dry_run_of_a_move_writes_nothing(tmp_path: Path, run: Run) -> None:
    site = started(tmp_path, SETTINGS)
    (site / "seeds").mkdir()
    (site / "seeds" / "mirat.xml").write_text(made(5).xml, "utf-8")
    before = tree(site)

    assert run(site, "import", "--dry-run").returncode == 0
    assert tree(site) == before


def test_a_site_whose_address_is_malformed_moves_in(tmp_path: Path, run: Run) -> None:
    site = started(tmp_path)
    (site / "seeds").mkdir()
    (site / "seeds" / "old.xml").write_text(made(3).xml.replace("https://", "https://["), "utf-8")

    done = run(site, "import")

    assert "seed-fault" not in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.slow
def test_a_writer_known_by_a_mail_address_alone_gets_no_page(tmp_path: Path, run: Run) -> None:
    site = started(tmp_path)
    (site / "seeds").mkdir()
    text = made(6).xml
    login, name = next(iter(WRITERS.items()))
    text = text.replace(f"[{name}]", "[samar@mirat.example]").replace(login, "samar@mirat.example")
    (site / "seeds" / "old.xml").write_text(text, "utf-8")

    run(site, "import")
    run(site, "build")

    files = [*(site / "content").rglob("*.md"), *(site / "public").rglob("*.*")]
    assert len(files) > 20
    assert [f for f in files if f.is_file() and b"samar@mirat" in f.read_bytes()] == []
    assert not list((site / "content" / "authors").glob("samar*"))
