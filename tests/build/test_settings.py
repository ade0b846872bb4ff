"""Settings that change between builds: the same bytes as a plain build, and no work for nothing."""

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from tests.build.test_incremental import SAMPLE, articles
from tests.commands.conftest import tree

from warraq.base.config import load
from warraq.build.full import build as plain
from warraq.build.incremental import build

# Hostile on purpose: directions, letters beyond the plane, decomposed ones, tags, templates' own.
TEXTS = st.sampled_from(
    ("أرشيف", "A\u202eb\u2066c", "خبر 😀 𝔄 e\u0301", "</script><b>{{ name }}", "x" * 300, "١٢ - 3%")
)
SETTINGS = {
    "description": TEXTS,
    "base_url": st.sampled_from(("https://a.example/", "https://a.example/b/", "http://c.example")),
    "lang": st.sampled_from(("ar", "ar-SY", "en", "fr")),
    "time_zone": st.sampled_from(("UTC", "Asia/Damascus", "Pacific/Kiritimati")),
    "months": st.sampled_from(("levantine", "egyptian", "maghreb", "dual")),
    "digits": st.sampled_from(("latn", "arab")),
    "hijri": st.sampled_from(("true", "false")),
    "week_start": st.sampled_from(("saturday", "sunday", "monday")),
    "messages": st.sampled_from(("ar", "en")),
    "rights": st.fixed_dictionaries(
        {
            "display": st.sampled_from(("full", "excerpt", "none")),
            "index": st.sampled_from(("true", "false")),
            "machines": st.sampled_from(("true", "false")),
        }
    ),
    "stories": st.fixed_dictionaries({"show_proposed": st.sampled_from(("true", "false"))}),
    "outputs": st.fixed_dictionaries(
        {
            **{name: st.sampled_from(("true", "false")) for name in ("article_json", "citations")},
            **{name: st.sampled_from(("true", "false")) for name in ("csv", "json_feeds")},
            "robots": st.sampled_from(("true", "false")),
            "shelf_feeds": st.sampled_from(("full", "summary", "none")),
        }
    ),
    "fonts": st.sampled_from(("system", "naskh")),
    "logo": st.sampled_from(("a.png", "/b.svg")),
    "logo_dark": st.just("/b.svg"),
    "icon": st.just("a.png"),
    "share": st.just("a.png"),
    "colours": st.dictionaries(
        st.sampled_from(("accent", "link")), st.sampled_from(("#00584d", "#123")), max_size=2
    ),
    "extra_css": st.just(["own.css"]),
    "font_files": st.just(["own.woff2"]),
    "foot": TEXTS,
    "navigation": st.lists(st.fixed_dictionaries({"label": TEXTS, "url": st.just("/topics/")})),
    "seed_id": st.sampled_from(("([0-9a-f]+)", "n(.+)")),
    "contact": TEXTS,
    "image_hosts": st.just(["images.example.org"]),
    "feed_id": st.sampled_from(("example.org,2025", "https://a.example/")),
    "import": st.fixed_dictionaries({"fields": st.dictionaries(st.just("title"), TEXTS)}),
}
HIDDEN = {
    "messages": "ar",
    "seed_id": "([0-9a-f]+)",
    "import": {"fields": {"title": "headline"}, "topics": {"طرق": "roads"}},
}


def set_to(site: Path, wanted: dict[str, object]) -> None:
    """Write site.yaml; JSON is YAML, and numbers and truth are words there."""
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in wanted.items()]
    (site / "site.yaml").write_text("".join(lines), "utf-8")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the sample with a few of its articles; each example goes on from the last one."""
    site = Path(shutil.copytree(SAMPLE, tmp_path_factory.mktemp("settings") / "site"))
    (site / "static").mkdir(exist_ok=True)
    (site / "static/b.svg").write_text('<svg xmlns="" viewBox="0 0 240 64"/>')
    (site / "static/own.css").write_text("p { margin: 0 }")
    (site / "static/own.woff2").write_bytes(b"wOF2")
    (site / "content/media").mkdir(exist_ok=True)
    Image.new("RGB", (60, 20)).save(site / "content/media/a.png")
    named = "".join(file.read_text("utf-8") for file in (site / "content/stories").glob("*.md"))
    for file in articles(site)[6:]:
        if file.stem not in named:
            file.unlink()
    return site


@pytest.mark.slow
@settings(max_examples=6, suppress_health_check=[HealthCheck.too_slow])
@given(wanted=st.fixed_dictionaries({"name": TEXTS}, optional=SETTINGS))
def test_any_change_of_settings_gives_what_a_plain_build_gives(
    site: Path, wanted: dict[str, object]
) -> None:
    set_to(site, wanted)

    build(site, into=site / "public", allow_removals=True)

    plain(site, into=site / "plain", allow_removals=True)
    assert tree(site / "public") == tree(site / "plain")


def test_a_setting_that_no_page_shows_renews_no_page(tmp_path: Path, site: Path) -> None:
    site = Path(shutil.copytree(site, tmp_path / "site"))
    set_to(site, {"name": "أرشيف"})
    build(site, into=site / "public", allow_removals=True)
    before = tree(site / "public")
    for key, value in HIDDEN.items():
        set_to(site, {"name": "أرشيف", key: value})
        assert load(site)[0] != load(site)[0].published

        built = build(site, into=site / "public")

        assert (built.outcome[1:], built.templates) == ((0, 0), ())
    assert tree(site / "public") == before
    set_to(site, {"name": "أرشيف", **HIDDEN})
    plain(site, into=site / "plain")
    assert tree(site / "plain") == before


@pytest.mark.parametrize("output", ["public", "deep/er"])
def test_a_site_whose_folder_moved_keeps_its_cache(tmp_path: Path, site: Path, output: str) -> None:
    here = Path(shutil.copytree(site, tmp_path / "here"))
    set_to(here, {"name": "أرشيف"})
    build(here, into=here / output, allow_removals=True)
    moved = here.rename(tmp_path / "elsewhere")

    built = build(moved, into=moved / output)

    assert (built.outcome[1:], built.templates) == ((0, 0), ())


def test_a_site_that_was_copied_gives_what_a_plain_build_gives(tmp_path: Path, site: Path) -> None:
    set_to(site, {"name": "أرشيف"})
    build(site, into=site / "public", allow_removals=True)
    copied = Path(shutil.copytree(site, tmp_path / "copy"))
    page = copied / "public" / "index.html"
    page.write_text("of another site", "utf-8")
    articles(copied)[0].write_text(
        articles(copied)[1].read_text("utf-8").replace("title: ", "title: x")
    )
    articles(copied)[1].unlink()

    build(copied, into=copied / "public", allow_removals=True)

    plain(copied, into=copied / "plain", allow_removals=True)
    assert tree(copied / "public") == tree(copied / "plain")
