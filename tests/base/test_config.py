from pathlib import Path

import msgspec
import pytest

from warraq.base.config import KEYS, Colour, NavigationItem, SiteConfig, load, parse
from warraq.base.problems import WarraqError

SETTINGS = {
    "name": ("أرشيف", "أرشيف"),
    "description": ('"  سطر   واحد "', "سطر واحد"),
    "base_url": ("https://a.example/archive", "https://a.example/archive/"),
    "lang": ("ar-SY", "ar-SY"),
    "time_zone": ("Asia/Damascus", "Asia/Damascus"),
    "months": ("maghreb", "maghreb"),
    "digits": ("arab", "arab"),
    "hijri": ("true", True),
    "week_start": ("monday", "monday"),
    "messages": ("ar", "ar"),
    "history": ("none", "none"),
    "rights_display": ("excerpt", "excerpt"),
    "rights_index": ("false", False),
    "rights_machines": ("false", False),
    "stories_show_proposed": ("false", False),
    "outputs_article_json": ("false", False),
    "outputs_citations": ("false", False),
    "outputs_csv": ("false", False),
    "outputs_json_feeds": ("false", False),
    "outputs_robots": ("false", False),
    "outputs_shelf_feeds": ("none", "none"),
    "fonts": ("naskh", "naskh"),
    "logo": ("شعار.png", "media/شعار.png"),
    "logo_dark": ("/logo-dark.svg", "logo-dark.svg"),
    "icon": ("/media/icon.png", "media/icon.png"),
    "share": ("2025/card.jpg", "media/2025/card.jpg"),
    "colours_accent": ("'#8B1E2D'", Colour("#8b1e2d")),
    "colours_link": ("{light: '#05a'}", Colour("#0055aa")),
    "colours_paper": ("{dark: '#111111'}", Colour("", "#111111")),
    "colours_ink": ("{light: '#222', dark: '#eee'}", Colour("#222222", "#eeeeee")),
    "font_files": ("[a.woff2, /fonts/b.woff2]", ("a.woff2", "fonts/b.woff2")),
    "extra_css": ("[own.css, /css/more.css]", ("own.css", "css/more.css")),
    "foot": ("يصدره فريق المرسى", "يصدره فريق المرسى"),
    "theme_api": ("1", 1),
    "content_schema": ("1", 1),
    "navigation": ("[{label: قصص, url: /stories/}]", (NavigationItem("قصص", "/stories/"),)),
    "seed_id": ("'post-(\\d+)'", "post-(\\d+)"),
    "contact": ("desk@a.example", "desk@a.example"),
    "image_hosts": ("[images.a.example]", ("images.a.example",)),
    "feed_id": ("a.example,2025", "a.example,2025"),
    "import_fields": ("{title: headline}", {"title": "headline"}),
    "import_topics": ("{طرق: roads}", {"طرق": "roads"}),
}
MAPS = ("rights", "stories", "outputs", "colours", "import")


WANT_COLOUR = '"#8b1e2d" | {light: "#8b1e2d", dark: "#f0a0a8"}'


def lines(setting: str, value: str) -> str:
    """Return site.yaml with a name and one setting."""
    outer, _, inner = setting.partition("_")
    line = f"{outer}: {{{inner}: {value}}}" if outer in MAPS else f"{setting}: {value}"
    return line if setting == "name" else f"name: x\n{line}"


@pytest.mark.parametrize("setting", SETTINGS)
def test_each_setting_is_read(setting: str) -> None:
    value, expected = SETTINGS[setting]

    config, problems = parse(lines(setting, value))

    assert problems == []
    assert getattr(config, setting) == expected


def test_every_setting_is_among_those() -> None:
    assert set(SETTINGS) == {field.name for field in msgspec.structs.fields(SiteConfig)}


def test_settings_of_one_map_are_one_key() -> None:
    inner = {name for name in SETTINGS if name.partition("_")[0] in MAPS}

    assert set(KEYS) == {*SETTINGS.keys() - inner, *MAPS}


@pytest.mark.parametrize(
    ("text", "code", "want"),
    [
        ("name: [x]", "setting-invalid", "want-text"),
        ("base_url: a.example", "setting-invalid", "https://example.org/"),
        ("base_url: https://a.example/?q", "setting-invalid", "https://example.org/archive/"),
        ("lang: Arabic", "setting-invalid", "ar | ar-SY | en …"),
        ("time_zone: Damascus", "time-zone-unknown", "Asia/Damascus"),
        ("months: dua", "setting-invalid", "levantine | egyptian | maghreb | dual"),
        ("hijri: yes", "setting-invalid", "true | false"),
        ("messages: fr", "setting-invalid", "ar | en"),
        ("theme_api: 2", "setting-invalid", "1"),
        ("rights: full", "setting-invalid", "display, index, machines"),
        ("rights: {show: full}", "setting-invalid", "display, index, machines"),
        ("rights: {display: all}", "setting-invalid", "full | excerpt | none"),
        ("stories: {proposed: true}", "setting-invalid", "show_proposed"),
        *(
            (
                f"outputs: {value}",
                "setting-invalid",
                "article_json, citations, csv, json_feeds, robots, shelf_feeds",
            )
            for value in ("[csv]", "{pdf: true}")
        ),
        ("outputs: {csv: no}", "setting-invalid", "true | false"),
        ("outputs: {shelf_feeds: summaries}", "setting-invalid", "full | summary | none"),
        ("seed_id: '[a'", "setting-invalid", "want-pattern"),
        ("navigation: {label: x}", "setting-invalid", "- {label: …, url: /topics/}"),
        ("navigation: [{label: x}]", "setting-invalid", "- {label: …, url: /topics/}"),
        ("navigation: [{name: x}]", "setting-invalid", "label, url"),
        *(
            (f"logo: {value}", "setting-invalid", "logo.png | /logo.svg")
            for value in (
                "https://a.example/a.png",
                "//a.example/a.png",
                "../a.png",
                "/../a.png",
                "a.txt",
                ".a.png",
                "'a\\b.png'",
                "a.png?x=.png",
                "/.git/a.png",
                "[a.png]",
            )
        ),
        ("share: /card.svg", "setting-invalid", "card.png | /card.png"),
        ("font_files: [a.ttf]", "setting-invalid", "naskh.woff2"),
        (
            "font_files: [a.woff2, b.woff2, c.woff2]",
            "setting-invalid",
            "[naskh.woff2, naskh-bold.woff2]",
        ),
        ("extra_css: own.css", "setting-invalid", "[own.css]"),
        ("extra_css: [https://a.example/a.css]", "setting-invalid", "own.css"),
        ("colours: {acent: '#fff'}", "setting-invalid", "accent, link, paper, ink"),
        *(
            (f"colours: {{accent: {value}}}", "setting-invalid", WANT_COLOUR)
            for value in ("red", "'#ffff'", "'#1234567'", "{night: '#fff'}", "'#fff;}'", "[1]")
        ),
        ("image_hosts: [https://a.example]", "setting-invalid", "- images.example.org"),
        ("feed_id: x", "setting-invalid", "example.org,2025 | https://example.org/"),
        *(
            (
                f"import: {value}",
                "setting-invalid",
                "fields: {title: headline, …}, topics: {طرق: roads, …}",
            )
            for value in ("x", "{ids: {}}", "{fields: x}")
        ),
    ],
)
def test_a_setting_that_does_not_fit_keeps_its_default(text: str, code: str, want: str) -> None:
    config, problems = parse(f"name: x\n{text}" if not text.startswith("name") else text)

    found = [problem for problem in problems if problem.code != "site-name"]
    assert [(p.code, dict(p.args)["want"]) for p in found] == [(code, want)]
    assert config == SiteConfig(config.name)


def test_a_complaint_has_the_line_and_the_value_of_its_key() -> None:
    (problem,) = parse("name: x\n\nhijri: perhaps\n")[1]

    assert (problem.path, problem.line) == ("site.yaml", 3)
    assert problem.args == (("key", "hijri"), ("value", "perhaps"), ("want", "true | false"))


def test_a_complaint_about_a_map_names_what_is_wrong_in_it() -> None:
    (problem,) = parse("name: x\noutputs:\n  csv: false\n  pdf: true\n")[1]

    assert problem.line == 4
    assert dict(problem.args)["value"] == "pdf"


def test_an_unknown_key_is_a_warning_with_the_nearest_known_one() -> None:
    near, far = parse("name: x\nmonth: dual\nzzz: 1\n")[1]

    assert (near.severity, near.code, dict(near.args)["near"]) == (
        "warning", "key-unknown-near", "months",
    )  # fmt: skip
    assert (far.severity, far.code) == ("warning", "key-unknown")


@pytest.mark.parametrize("key", ["rights_display", "import_fields"])
def test_a_setting_of_a_map_is_no_key_of_its_own(key: str) -> None:
    assert [p.severity for p in parse(f"name: x\n{key}: none\n")[1]] == ["warning"]


def test_a_site_without_a_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text("lang: ar\n")

    with pytest.raises(WarraqError) as caught:
        load(tmp_path)

    assert [p.code for p in caught.value.problems] == ["site-name"]
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(("folder", "code"), [(".", "site-missing"), ("none", "site-folder")])
def test_a_folder_without_settings_is_no_site(tmp_path: Path, folder: str, code: str) -> None:
    with pytest.raises(WarraqError) as caught:
        load(tmp_path / folder)

    assert [p.code for p in caught.value.problems] == [code]


def test_an_id_of_a_feed_is_the_same_at_any_address() -> None:
    here, there = SiteConfig("أ", base_url="http://a/"), SiteConfig("أ", base_url="http://b/")

    assert here.feed_id_of("/n/1/") == there.feed_id_of("/n/1/")
    assert SiteConfig("أ", feed_id="a.example,2025").feed_id_of("/") == "tag:a.example,2025:/"
    assert SiteConfig("أ", feed_id="https://a.example/").feed_id_of("/n/") == "https://a.example/n/"


def test_the_path_of_a_site_is_that_of_its_address() -> None:
    assert SiteConfig("أ", base_url="https://a.example/x/").base_path == "/x/"
    assert SiteConfig("أ", base_url="https://a.example").base_path == "/"
