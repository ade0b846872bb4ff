"""The face of a site from site.yaml: pictures, colours, sheets, foot, robots.txt."""

import os
import re
from pathlib import Path
from unicodedata import normalize
from urllib.parse import quote

import pytest
from PIL import Image
from tests.commands.conftest import tree

from warraq.base.config import load
from warraq.base.problems import Problem, WarraqError
from warraq.build.face import face_sizes
from warraq.build.full import build as plain
from warraq.build.incremental import build
from warraq.commands.check import check
from warraq.commands.verify import verify
from warraq.content import store

SETTINGS = """name: أرشيف <المرسى>
history: none
base_url: https://archive.example/a/
"""
FACE = """logo: شعار أول.png
logo_dark: /logo-dark.svg
icon: icon.png
share: card.png
colours: {accent: "#00695c", paper: "#ffffff"}
extra_css: [own.css]
foot: 'يصدره <b>فريق</b> المرسى'
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name in ("content/articles/aa", "content/media", "static"):
        (tmp_path / name).mkdir(parents=True)
    article = '---\nid: "aaa111"\ntitle: فتح الطريق\ndate: 2025-03-31\n---\n\nنص.\n'
    (tmp_path / "content/articles/aa/aaa111.md").write_text(article, "utf-8")
    for name, size in {"شعار أول": (300, 100), "icon": (180, 180), "card": (1200, 630)}.items():
        drawn(tmp_path, f"{name}.png", size)
    (tmp_path / "static/logo-dark.svg").write_text('<svg xmlns="x" viewBox="0 0 60 20"/>')
    (tmp_path / "static/own.css").write_text(".motto { font-weight: 600 }")
    (tmp_path / "site.yaml").write_text(SETTINGS + FACE, "utf-8")
    return tmp_path


def test_a_font_of_the_sites_own_comes_before_the_themes(site: Path) -> None:
    (site / "static/خط.woff2").write_bytes(b"wOF2")
    (site / "site.yaml").write_text(SETTINGS + "font_files: [خط.woff2]\n", "utf-8")

    files = built(site)

    sheet = files["assets/fonts.css"].decode()
    assert 'url("../%D8%AE%D8%B7.woff2")' in sheet
    assert '--naskh: "Site Naskh", "Noto Naskh Arabic"' in sheet
    assert b'href="./assets/fonts.css"' in files["index.html"]
    assert files["خط.woff2"] == b"wOF2"


def test_files_of_static_are_at_the_top_of_the_site_as_they_are(site: Path) -> None:
    own = {
        "CNAME": b"archive.example\n",
        "ads.txt": b"x.example, 1, DIRECT\r\n",
        "google0123456789abcdef.html": b"google-site-verification: google0123456789abcdef.html",
        ".well-known/security.txt": b"Contact: mailto:a@b.example\n",
        "robots.txt": b"User-agent: *\nDisallow: /\nSitemap: https://archive.example/a/sitemap.xml\n",
    }
    for path, content in own.items():
        (site / "static" / path).parent.mkdir(exist_ok=True)
        (site / "static" / path).write_bytes(content)

    assert built(site).items() >= own.items()


def drawn(site: Path, name: str, size: tuple[int, int]) -> None:
    Image.new("RGB", size).save(site / "content/media" / name)


def built(site: Path) -> dict[str, bytes]:
    """Return what both ways of building publish."""
    build(site, into=site / "public", allow_removals=True)
    plain(site, into=site / "plain", allow_removals=True)
    files = tree(site / "public")
    assert files == tree(site / "plain")
    return files


def page(files: dict[str, bytes], path: str = "n/aaa111/index.html") -> str:
    return files[path].decode()


def faults(site: Path) -> tuple[Problem, ...]:
    """Return what `check` says of files other than the article, which lacks a source."""
    return tuple(problem for problem in check(site) if not problem.path.startswith("content/art"))


def refused(site: Path, settings: str) -> tuple[Problem, ...]:
    """Return the problems for which builds and `check` refuse some settings."""
    (site / "site.yaml").write_text(SETTINGS + settings, "utf-8")
    with pytest.raises(WarraqError) as quick:
        build(site, into=site / "public")
    with pytest.raises(WarraqError) as full:
        plain(site, into=site / "plain")
    assert quick.value.problems == full.value.problems
    assert quick.value.exit_code == full.value.exit_code == 2
    assert set(quick.value.problems) <= set(check(site))
    return quick.value.problems


def test_every_page_shows_the_face(site: Path) -> None:
    files = built(site)

    for path, root in (("index.html", "./"), ("n/aaa111/index.html", "../../")):
        text = page(files, path)
        assert (
            f'<img class="logo by-day" src="{root}media/%D8%B4%D8%B9%D8%A7%D8%B1%20%D8%A3%D9%88'
            '%D9%84.png" alt="أرشيف &lt;المرسى&gt;" width="300" height="100">'
        ) in text
        assert f'src="{root}logo-dark.svg" alt="أرشيف &lt;المرسى&gt;" width="60"' in text
        assert f'rel="icon" href="{root}media/icon.png"' in text
        assert 'property="og:image" content="https://archive.example/a/media/card.png"' in text
        sheets = re.findall(r'rel="stylesheet" href="([^"]+)"', text)
        assert sheets == [
            root + name for name in ("assets/site.css", "assets/colours.css", "own.css")
        ]
        assert 'name="theme-color" content="#ffffff"' in text
        assert "يصدره &lt;" in text
    assert {"media/شعار أول.png", "media/icon.png", "media/card.png"} <= files.keys()
    assert faults(site) == ()


def test_a_changed_picture_is_shown_with_its_size(site: Path) -> None:
    built(site)
    drawn(site, "شعار أول.png", (400, 100))

    assert 'width="400" height="100"' in page(built(site))
    assert verify(site, into=site / "public") == ()


def test_each_setting_alone_and_none_give_what_a_plain_build_gives(site: Path) -> None:
    for line in FACE.splitlines():
        (site / "site.yaml").write_text(f"{SETTINGS}{line}\n", "utf-8")
        assert "og:image" in page(built(site))
    (site / "site.yaml").write_text(SETTINGS, "utf-8")

    files = built(site)

    assert "assets/colours.css" not in files
    assert not any(path.startswith("media/") for path in files)


@pytest.mark.parametrize(
    ("settings", "code", "line", "says"),
    [
        ("icon: icno.png", "setting-file-near", 4, {"near": "content/media/icon.png"}),
        ("\nlogo: /other.png", "setting-file", 5, {"file": "static/other.png"}),
        (
            "extra_css: [own.css, sheets/missing.css]",
            "setting-file",
            4,
            {"file": "static/sheets/missing.css"},
        ),
        (
            'colours: {link: "#ccc"}',
            "colour-faint-light",
            4,
            {"value": "#cccccc", "near": "#6c6c6c"},
        ),
        ('colours: {ink: {dark: "#333"}}', "colour-faint-dark", 4, {"key": "ink"}),
    ],
)
def test_what_is_not_there_or_cannot_be_read_is_an_error(
    site: Path, settings: str, code: str, line: int, says: dict[str, str]
) -> None:
    (problem,) = refused(site, settings)

    assert (problem.code, problem.path, problem.line) == (code, "site.yaml", line)
    assert says.items() <= dict(problem.args).items()


def test_a_drawing_is_not_shown_from_content_media(site: Path) -> None:
    (site / "content/media/logo.svg").write_text("<svg/>")

    assert refused(site, "logo: logo.svg")[0].code.startswith("setting-file")


def test_robots_of_ones_own_take_the_place_of_those_that_are_made(site: Path) -> None:
    made = built(site)["robots.txt"]
    assert b"Sitemap: https://archive.example/a/sitemap.xml" in made
    own = site / "static/robots.txt"

    own.write_bytes(b"User-agent: x\nDisallow: /\n")
    assert built(site)["robots.txt"] == own.read_bytes()
    (problem,) = faults(site)
    assert (problem.code, problem.path, problem.severity) == (
        "robots-sitemap", "static/robots.txt", "warning",
    )  # fmt: skip

    own.write_bytes(own.read_bytes() + b"Sitemap: https://archive.example/a/sitemap.xml\n")
    assert faults(site) == ()
    own.unlink()
    assert built(site)["robots.txt"] == made


def test_a_picture_is_named_as_its_file_in_whatever_form_of_letters(site: Path) -> None:
    name = normalize("NFD", "شعار آخر.png")
    drawn(site, name, (50, 20))

    (site / "site.yaml").write_text(f"{SETTINGS}logo: {name}\n", "utf-8")
    files = built(site)

    assert f"media/{name}" in files
    assert f'src="../../{quote(f"media/{name}")}"' in page(files)


def test_no_picture_is_looked_at_that_no_setting_names(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []
    lstat = Path.lstat

    def noted(path: Path) -> os.stat_result:
        asked.append(path)
        return lstat(path)

    monkeypatch.setattr(Path, "lstat", noted)
    (site / "content/media/2025").mkdir()
    for name in ("2025/new.png", "other.png"):
        drawn(site, name, (1, 1))

    face_sizes(site, load(site)[0])

    assert {p.name for p in asked if "media" in p.parts} == {"شعار أول.png", "icon.png", "card.png"}


@pytest.mark.parametrize("name", ["Logo.png", "linked.png", "folder/logo.png", ".hidden.png"])
def test_what_no_walk_would_find_is_not_shown(site: Path, name: str) -> None:
    drawn(site, "logo.png", (1, 1))
    drawn(site, ".hidden.png", (1, 1))
    (site / "content/media/linked.png").symlink_to("logo.png")
    (site / "content/media/folder").symlink_to(".")

    assert store.picture(site, "logo.png") in set(store.media(site))
    assert store.picture(site, name) is None


@pytest.mark.parametrize(
    ("colours", "named"),
    [("", []), ('{paper: "#fff"}', ["light"]), ('{paper: {dark: "#000"}}', ["dark"])],
)
def test_a_page_names_no_colour_that_its_own_sheet_does_not_tell(
    site: Path, colours: str, named: list[str]
) -> None:
    (site / "templates/assets").mkdir(parents=True)
    (site / "templates/assets/site.css").write_text("body { background: Canvas }")
    (site / "site.yaml").write_text(SETTINGS + (colours and f"colours: {colours}\n"), "utf-8")

    found = re.findall(r'"theme-color" content="#.{6}" media="[^"]*: (\w+)', page(built(site)))

    assert found == named
    assert page(built(site)).count("theme-color") == len(named)


def test_a_sheet_of_ones_own_changes_the_colour_that_pages_name(site: Path) -> None:
    built(site)
    (site / "templates/assets").mkdir(parents=True)
    for paper in ("#fefefe", "#fdfdfd", ""):
        sheet = f":root {{ --paper: {paper}; }}" if paper else ""
        (site / "templates/assets/site.css").write_text(sheet)
        (site / "site.yaml").write_text(f"{SETTINGS}icon: icon.png\n", "utf-8")
        assert re.findall('"theme-color" content="(.*?)"', page(built(site))) == [paper] * 2 * bool(
            paper
        )
    (site / "templates/assets/site.css").unlink()
    assert page(built(site)).count("theme-color") == 2
