"""The theme held to its own rules: variables, words, styles, sizes."""

import gzip
import re
from pathlib import Path

import pytest
from jinja2 import meta, nodes
from tests.render import samples
from tests.render.composed import composed_words

from warraq.base.config import SiteConfig
from warraq.base.problems import WarraqError, wording_of
from warraq.render import views
from warraq.render.environment import rendered, theme_of
from warraq.render.theme_paths import theme_folder
from warraq.render.wording import load_words

THEME = theme_folder()
PAGE_VIEWS = {
    f"pages/{view.template}.html": view
    for view in vars(views).values()
    if isinstance(view, type) and issubclass(view, views.View) and view.template
}
FEED_VIEWS = {
    view.template: view for view in (views.FeedView, views.SitemapView, views.SearchDescriptionView)
}
GLOBALS = {"words", "site", "part"}
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border)-(?:left|right|top|bottom)|left|right|top|bottom"
    r"|width|height|(?:min|max)-(?:width|height)|float|clear)\s*:|text-align\s*:\s*(?:left|right)"
)


def undeclared(name: str) -> set[str]:
    environment = samples.theme().environment
    assert environment.loader is not None
    source = environment.loader.get_source(environment, name)[0]
    tree = environment.parse(source)
    imported = {name for node in tree.find_all(nodes.FromImport) for name in node.names}
    return meta.find_undeclared_variables(tree) - {str(name) for name in imported}


def sources(*suffixes: str) -> str:
    return "\n".join(p.read_text("utf-8") for p in sorted(THEME.rglob("*")) if p.suffix in suffixes)


@pytest.mark.parametrize("name", sorted(PAGE_VIEWS | FEED_VIEWS))
def test_a_template_asks_for_nothing_its_view_lacks(name: str) -> None:
    fields = set((PAGE_VIEWS | FEED_VIEWS)[name].__struct_fields__)

    assert undeclared(name) - fields - GLOBALS == set()


def test_the_base_asks_for_nothing_that_not_every_view_has() -> None:
    assert undeclared("base.html") - set(views.View.__struct_fields__) - GLOBALS == set()


def test_every_page_template_has_a_view() -> None:
    found = {f"pages/{p.name}" for p in (THEME / "pages").iterdir()}

    assert found == set(PAGE_VIEWS)


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_every_word_the_templates_use_is_there(lang: str) -> None:
    used = set(re.findall(r"\bwords\.(\w+)", sources(".html", ".xml")))

    assert used - set(load_words(lang, (THEME,))) == set()


def test_both_languages_have_the_same_words_and_gaps() -> None:
    arabic, english = load_words("ar", (THEME,)), load_words("en", (THEME,))

    assert arabic.keys() == english.keys()
    for code in arabic.keys() - {"months", "weekdays", "weekday_letters", "hijri_months"}:
        gaps = [set(re.findall(r"{(\w+)}", str(words[code]))) for words in (arabic, english)]
        assert gaps[0] == gaps[1], code


def test_no_word_is_left_over() -> None:
    code = "\n".join(p.read_text("utf-8") for p in Path(views.__file__).parent.rglob("*.py"))
    mentioned = set(re.findall(r"\w+", sources(".html", ".xml", ".js") + code))
    known = mentioned | composed_words()

    assert [w for w in load_words("ar", (THEME,)) if w not in known] == []


def test_every_counted_word_has_the_six_arabic_forms() -> None:
    counted = {
        code: forms for code, forms in load_words("ar", (THEME,)).items() if isinstance(forms, dict)
    }

    assert counted
    for code, forms in counted.items():
        assert list(forms) == ["zero", "one", "two", "few", "many", "other"], code


def test_styles_are_logical_and_small() -> None:
    css = (THEME / "assets" / "site.css").read_text("utf-8")

    assert PHYSICAL.findall(re.sub(r"@media[^{]*", "", css)) == []
    assert len(gzip.compress(css.encode(), 9)) <= 12 * 1024
    assert "letter-spacing: 0;" in css
    assert "italic" not in css


@pytest.mark.parametrize(
    "css", ["a{margin-left:1px}", "a{left:0}", "a{text-align: right}", "a{width:1px}"]
)
def test_a_physical_style_would_be_seen(css: str) -> None:
    assert PHYSICAL.search(css)


def test_scripts_of_an_article_are_small() -> None:
    script = (THEME / "assets" / "site.js").read_bytes()

    assert len(gzip.compress(script, 9)) <= 3 * 1024


def test_only_bodies_go_out_unescaped() -> None:
    safe = re.findall(r"{{ *([\w.]+) *\| *safe", sources(".html", ".xml"))

    assert set(safe) == {"body"}
    assert "autoescape false" not in sources(".html", ".xml")


def test_a_site_overrides_a_template_and_extends_the_theme(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "words").mkdir()
    (tmp_path / "pages" / "404.html").write_text(
        '{% extends "warraq/pages/404.html" %}'
        "{% block main %}<h1>ضاعت</h1>{{ words.home }}{% endblock %}"
    )
    (tmp_path / "words" / "ar.yaml").write_text("home: الواجهة\n", "utf-8")
    theme = theme_of(samples.CONFIG, tmp_path)
    view = dict.fromkeys(views.View.__struct_fields__, "") | {
        "crumbs": (),
        "feeds": (),
        "indexed": True,
    }

    html = rendered(theme.environment, "pages/404.html", view)

    assert "<h1>ضاعت</h1>الواجهة" in html
    assert "skip" in html


@pytest.mark.parametrize(
    ("template", "line"), [("سطر\n{{ nothing_here }}", 2), ("سطر\n\n{% if %}", 3)]
)
def test_a_broken_template_is_told_with_its_line(tmp_path: Path, template: str, line: int) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "404.html").write_text(template)
    theme = theme_of(samples.CONFIG, tmp_path)

    with pytest.raises(WarraqError) as told:
        rendered(theme.environment, "pages/404.html", {})

    (problem,) = told.value.problems
    assert (problem.code, problem.path, problem.line) == (
        "template-broken",
        "templates/pages/404.html",
        line,
    )


def test_a_language_without_words_of_its_own_speaks_english() -> None:
    theme = theme_of(SiteConfig(name="Archiv", lang="de"))

    assert theme.wording.text("search") == "Search"
    assert theme.wording.month(1) == "January"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{{ no_such_thing }}", "ليس فيه شيء اسمه «no_such_thing»"),
        ("{{ site.no_such_field }}", "ليس فيه شيء اسمه «no_such_field»"),
        ("{{ heading|no_such_filter }}", "لا مرشّح ولا اختبار باسم «no_such_filter»"),
        ("{% for x in crumbs %}{{ x }}", "ينتهي قبل «endfor or else» المنتظر"),
        ("{% wenn x %}", "لا وسم باسم «wenn»"),
        ("{{ heading } }", "لا تصلح هنا «}»"),
        ("{{ 1 2 }}", "لا تصلح هنا «integer»"),
    ],
)
def test_a_templates_fault_is_told_in_the_editors_language(
    tmp_path: Path, text: str, told: str
) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "404.html").write_text(text, "utf-8")
    theme = theme_of(samples.CONFIG, tmp_path)
    fields: dict[str, object] = {"heading": "x", "crumbs": ()}

    with pytest.raises(WarraqError) as fault:
        rendered(theme.environment, "pages/404.html", fields)
    assert wording_of(fault.value.problems[0], "ar")[0] == f"في القالب خطأ: {told}"
