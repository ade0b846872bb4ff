"""Pictures go out with the text they belong to, by the plain build and by the cached one alike."""

import json
import random
import re
from pathlib import Path

import pytest
from PIL import Image
from tests.commands.conftest import tree

from warraq.base.problems import Problem, WarraqError
from warraq.build.full import build as plain
from warraq.build.incremental import build
from warraq.commands.check import check

pytestmark = pytest.mark.slow

STATES = {
    "live": "",
    "draft": "draft: true\n",
    "removed": 'status: removed\nremoved: {date: 2025-02-01, reason: "طلب"}\n',
    "excerpt": "rights: {display: excerpt}\n",
    "none": "rights: {display: none}\n",
    "of an outlet that shows nothing": "source: {outlet: closed}\n",
    "of an outlet, shown itself": "source: {outlet: closed}\nrights: {display: full}\n",
}
SHOWN = {"live", "of an outlet, shown itself"}
USES = {
    "image": ("image: {src: a.png, alt: وصف}\n", ""),
    "figures": ("figures: [{src: media/a.png, alt: وصف}]\n", ""),
    "body": ("", "![وصف](../../media/a.png)"),
    "html": ("", '<img src="media/a.png" alt="وصف">'),
    "link": ("", "[الصورة كاملة](/media/a.png)"),
}
NO_USE = {
    "none": ("", "نص."),
    "words": ("", 'اكتب `<img src="/media/a.png">` أو src="/media/a.png".'),
    "elsewhere": ("", "[صورة](https://other.example/media/a.png)"),
}


def article(key: str, head: str, body: str) -> str:
    return f'---\nid: "{key}"\ntitle: خبر {key}\ndate: 2025-01-01\n{head}---\n\n{body}\n'


@pytest.fixture
def site(tmp_path: Path) -> Path:
    files = {
        "site.yaml": "name: أرشيف\nbase_url: https://archive.example/\nhistory: none\n",
        "content/outlets/closed.md": "---\nname: المغلقة\nrights: {display: none}\n---\n",
        "content/media/a.png": "a",
        "content/media/b/صورة 1.png": "b",
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    (tmp_path / "content/articles").mkdir()
    return tmp_path


def put(site: Path, key: str, head: str, body: str) -> None:
    (site / f"content/articles/{key}.md").write_text(article(key, head, body), "utf-8")


def published(site: Path) -> set[str]:
    """Build both ways; return the pictures that went out, the same both times."""
    build(site, into=site / "public", allow_removals=True)
    plain(site, into=site / "plain", allow_removals=True)
    assert tree(site / "public") == tree(site / "plain")
    return {path for path in tree(site / "public") if path.startswith("media/")}


def test_a_picture_goes_and_comes_with_the_text(site: Path) -> None:
    for use in USES:
        (site / f"content/media/{use}.png").write_text(use)
    for state, line in STATES.items():
        for at, (use, (head, body)) in enumerate(USES.items()):
            name = f"{use}.png"
            put(site, f"abcde{at}", head.replace("a.png", name) + line, body.replace("a.png", name))

        shown = {f"media/{use}.png" for use in USES} if state in SHOWN else set()
        assert published(site) == shown, state
        pages = "".join(f.read_text("utf-8") for f in (site / "public/n").rglob("*.*"))
        assert set(re.findall(r"media/\w+\.png", pages)) == shown, state


def test_a_picture_that_no_page_shows_stays_at_home(site: Path) -> None:
    for at, (head, body) in enumerate(NO_USE.values()):
        put(site, f"abcde{at}", head, body)

    assert published(site) == set()


def test_one_picture_of_two_articles_stays_as_long_as_one_is_shown(site: Path) -> None:
    use = "image: {src: b/صورة 1.png, alt: وصف}\n"
    put(site, "abcdef", use, "نص")
    put(site, "bcdefg", "", "![وصف](<media/b/صورة 1.png>)")
    assert published(site) == {"media/b/صورة 1.png"}

    put(site, "abcdef", use + STATES["removed"], "نص")
    assert published(site) == {"media/b/صورة 1.png"}

    put(site, "bcdefg", "", "نص")
    assert published(site) == set()


def test_the_site_may_withhold_all_and_a_story_that_is_not_shown_its_own(site: Path) -> None:
    put(site, "abcdef", "image: {src: a.png, alt: وصف}\n", "نص")
    story = (
        "---\nname: قصة\nstatus: proposed\narticles: [abcdef]\n---\n\n![و](</media/b/صورة 1.png>)\n"
    )
    (site / "content/stories").mkdir()
    (site / "content/stories/tale.md").write_text(story, "utf-8")
    assert published(site) == {"media/a.png", "media/b/صورة 1.png"}

    with (site / "site.yaml").open("a") as settings:
        settings.write("stories: {show_proposed: false}\n")
    assert published(site) == {"media/a.png"}

    with (site / "site.yaml").open("a") as settings:
        settings.write("rights: {display: excerpt}\n")
    assert published(site) == set()


def test_pictures_of_authority_pages_go_out_and_change_with_them(site: Path) -> None:
    put(site, "abcdef", "", "نص")
    page = site / "content/pages/about.md"
    page.parent.mkdir()
    page.write_text("---\nname: عنا\n---\n\n![و](../media/a.png)\n", "utf-8")
    assert published(site) == {"media/a.png"}

    (site / "content/media/a.png").write_bytes(b"another")
    assert published(site) == {"media/a.png"}
    assert (site / "public/media/a.png").read_bytes() == b"another"

    page.write_text("---\nname: عنا\n---\n\nنص\n", "utf-8")
    assert published(site) == set()

    page.write_text("---\nname: عنا\n---\n\n[و](../../media/a.png)\n", "utf-8")
    assert published(site) == {"media/a.png"}
    page.unlink()
    assert published(site) == set()


def test_data_describe_the_pictures_that_go_out(site: Path) -> None:
    lead = "image: {src: a.png, alt: وصف, caption: تعليق, credit: المصور}\n"
    more = "figures: [{src: https://no.example/x.png}, {src: https://yes.example/x.png, alt: م}]\n"
    with (site / "site.yaml").open("a") as settings:
        settings.write("image_hosts: [yes.example]\n")
    put(site, "abcdef", lead + more, "نص")
    put(site, "bcdefg", lead + more + "rights: {machines: false}\n", "نص")
    put(site, "cdefgh", lead + more + STATES["excerpt"], "نص")
    published(site)

    def told(path: str) -> dict[str, dict[str, object]]:
        read = json.loads((site / "public" / path).read_text("utf-8"))
        return {record["id"]: record for record in (read if isinstance(read, list) else [read])}

    own, other = "https://archive.example/media/a.png", "https://yes.example/x.png"
    record = told("n/abcdef/article.json")["abcdef"]
    described = {"src": own, "alt": "وصف", "caption": "تعليق", "credit": "المصور"}
    assert record["image"] == described
    assert record["figures"] == [{"src": other, "alt": "م"}]
    year = told("data/articles-2025.json")
    assert year["abcdef"]["pictures"] == record["pictures"] == [own, other]
    for key in ("bcdefg", "cdefgh"):
        assert year[key]["pictures"] == []
        assert not {"image", "figures"} & told(f"n/{key}/article.json")[key].keys()


def test_pictures_that_the_theme_or_the_menu_names_go_out(site: Path) -> None:
    put(site, "abcdef", "", "نص")
    foot = site / "templates/partials/foot.html"
    foot.parent.mkdir(parents=True)
    named: tuple[tuple[str, set[str]], ...] = (
        ('<img src="{{ root }}media/a.png" alt="شعار">', {"media/a.png"}),
        ("<i>{{ root ~ 'media/b/%D8%B5%D9%88%D8%B1%D8%A9%201.png' }}</i>", {"media/b/صورة 1.png"}),
        ('<img src="https://other.example/media/a.png"> xmedia/a.png', set()),
    )
    for text, pictures in named:
        foot.write_text(text, "utf-8")
        assert published(site) == pictures
        assert ("a.png" in str(codes(site)["media-unused"])) == ("media/a.png" not in pictures)
    foot.unlink()
    style = site / "templates/assets/more.css"
    style.parent.mkdir()
    style.write_text(".x { background: url(../media/a.png) }")
    assert published(site) == {"media/a.png"}
    style.unlink()
    with (site / "site.yaml").open("a") as settings:
        settings.write("navigation: [{label: خريطة, url: /media/a.png}]\n")
    assert published(site) == {"media/a.png"}


def codes(site: Path) -> dict[str, Problem]:
    return {problem.code: problem for problem in check(site)}


def test_any_row_of_edits_leaves_what_a_clean_build_leaves(site: Path) -> None:
    draw = random.Random(7)  # noqa: S311 - a test's dice
    media = ["a.png", "b/صورة 1.png"]
    for _ in range(10):
        key, name = draw.choice(["abcdef", "bcdefg", "cdefgh"]), draw.choice(media)
        for _ in range(draw.randrange(1, 3)):
            head, body = draw.choice([*USES.values(), *NO_USE.values()])
            head += draw.choice(list(STATES.values()))
            put(site, key, head.replace("a.png", name), body.replace("a.png", name))
        if draw.random() < 0.3:
            file = site / "content/media" / name
            file.unlink() if file.exists() else file.write_text(str(draw.random()))
        published(site)


def test_a_living_copy_of_what_was_removed_is_an_error(site: Path) -> None:
    put(site, "abcdef", "", "نص")
    put(site, "bcdefg", 'copy_of: "abcdef"\n', "نص")
    build(site, into=site / "public")
    assert "copy-removed" not in codes(site)

    put(site, "abcdef", STATES["removed"], "نص")

    found = codes(site)["copy-removed"]
    assert (found.severity, found.path) == ("error", "content/articles/bcdefg.md")
    for way in (build, plain):
        with pytest.raises(WarraqError, match="copy-removed"):
            way(site, into=site / "public")
    for line in (STATES["removed"], STATES["draft"]):
        put(site, "bcdefg", f'copy_of: "abcdef"\n{line}', "نص")
        assert "copy-removed" not in codes(site)
        assert published(site) == set()


def test_a_copy_of_what_was_retracted_should_say_so(site: Path) -> None:
    told = "corrections: [{date: 2025-01-02, kind: retraction, note: كذب}]\n"
    put(site, "abcdef", told, "نص")
    put(site, "bcdefg", 'copy_of: "abcdef"\n', "نص")

    found = codes(site)["copy-unretracted"]
    assert (found.severity, found.path, found.line) == (
        "warning",
        "content/articles/bcdefg.md",
        5,
    )
    put(site, "bcdefg", f'copy_of: "abcdef"\n{told}', "نص")
    assert "copy-unretracted" not in codes(site)


def test_check_counts_and_names_the_pictures_that_nothing_uses(site: Path) -> None:
    put(site, "abcdef", "image: {src: a.png, alt: وصف}\n" + STATES["draft"], "نص")
    found = codes(site)["media-unused"]

    assert found.severity == "warning"
    assert dict(found.args) == {"count": "1", "names": "b/صورة 1.png"}

    put(site, "bcdefg", STATES["removed"], "![و](</media/b/صورة 1.png>)")
    assert "media-unused" not in codes(site)


def drawn(site: Path, name: str, width: int, height: int) -> None:
    Image.new("RGB", (width, height)).save(site / "content/media" / name)


def test_pictures_have_their_size_and_none_is_named_that_is_not_there(site: Path) -> None:
    put(site, "abcde1", "image: {src: c.png, alt: أولى}\nfigures: [{src: a.png, alt: ب}]\n", "نص.")
    put(site, "abcde2", "", '![ثانية](c.png) <img alt="أ > ب" src="d.png">')
    (site / "content/people").mkdir()
    (site / "content/people/x.md").write_text("---\nname: سالم\n---\n\n![ثالثة](c.png)\n", "utf-8")

    assert published(site) == {"media/a.png"}
    for built in (build(site, into=site / "public"), plain(site, into=site / "plain")):
        assert [(p.path[-10:], p.line) for p in built.problems if p.code == "picture-missing"] == [
            ("/abcde1.md", 5),
            ("/abcde2.md", 7),
            ("/abcde2.md", 7),
            ("eople/x.md", 5),
        ]
    pages = {key: page(site, key) for key in ("n/abcde1", "n/abcde2", "people/x")}
    assert not any("c.png" in text or "d.png" in text for text in pages.values())
    assert "assets/share.png" in pages["n/abcde1"]
    assert 'src="../../media/a.png" alt="ب" loading' in pages["n/abcde1"]  # no picture to measure
    assert "ثانية أ" in pages["n/abcde2"]
    assert "c.png" not in (site / "public/n/abcde1/article.json").read_text("utf-8")

    for width in (640, 320):
        drawn(site, "c.png", width, 480)
        assert published(site) == {"media/a.png", "media/c.png"}
        assert f'alt="أولى" width="{width}" height="480"' in page(site, "n/abcde1")
        assert "https://archive.example/media/c.png" in page(site, "n/abcde1")
        assert f'width="{width}" height="480"' in page(site, "n/abcde2")
        assert f'width="{width}" height="480"' in page(site, "people/x")

    (site / "content/media/c.png").unlink()
    assert published(site) == {"media/a.png"}
    assert "c.png" not in page(site, "n/abcde1")


def page(site: Path, key: str) -> str:
    return (site / "public" / key / "index.html").read_text("utf-8")
