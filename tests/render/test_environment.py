"""What makes templates fast changes no page and no problem, also of a site's own templates."""

from hashlib import sha256
from pathlib import Path
from types import MethodType
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment
from jinja2.compiler import CodeGenerator
from markupsafe import Markup
from tests.render import samples

from warraq.base.problems import WarraqError
from warraq.render.bidi import isolated_text
from warraq.render.environment import names_in, names_read_off, rendered, theme_of
from warraq.render.theme_paths import theme_folder
from warraq.render.views import Link


class Shouted(str):
    __slots__ = ()

    def __str__(self) -> str:
        return self.upper()


class Marked(Markup):
    """Markup of another kind, as an extension of Jinja may have."""


class Html:
    def __html__(self) -> str:
        return "<i>&</i>"


class Broken:
    def __str__(self) -> str:
        raise ValueError("no text")


FIELDS: dict[str, object] = {
    "text": "<a href=\"x\">'&' \ud800 𝒜 \u202e",
    "markup": Markup("<b>&amp;</b>"),
    "marked": Marked("<u>"),
    "shouted": Shouted("<quiet>"),
    "html": Html(),
    "broken": Broken(),
    "number": 7.5,
    "nothing": None,
    "row": ("<", Markup("<"), 3, None),
    "fields": {"items": "<own>", "what": "&", "class": "<k>", "deep": {"er": "<"}},
    "link": Link("<text>", "path/", note="&"),
}
TEMPLATES = (
    "",
    "<p>'&' {# & #}</p>\n\n  {% raw %}{{ x }}{% endraw %}",
    "{{ text }}{{ markup }}{{ marked }}{{ shouted }}{{ html }}{{ number }}{{ nothing }}{{ row }}",
    "{{ text|safe }}{{ text|e }}{{ text|e|e }}{{ text|forceescape }}{{ markup|striptags }}",
    "{{ text|bidi }}{{ markup|bidi }}{{ text|script_data }}{{ text|upper }}{{ row|join('<') }}",
    "{{ text ~ markup }}{{ markup ~ text }}{{ '<' ~ '>'|safe }}{{ markup + text }}",
    "{{ '<%s>'|format(text) }}",
    "{{ fields }}{{ fields.what }}{{ fields['items'] }}{{ fields.items }}{{ fields.deep.er }}",
    "{{ fields.class }}{{ fields['class'] }}{{ row.0 }}{{ row[1] }}{{ row[-1] }}{{ link['text'] }}",
    "{{ link.text }}{{ link.note }}{{ link.__class__.__name__ }}{{ link.count is defined }}",
    "{{ words.search }}{{ words['search'] }}{{ words.search_ways[0].what }}",
    "{{ words }}{{ site.name }}{{ site }}",
    "{% set words = fields %}{{ words.what }}{{ words.deep.er }}",
    "{{ gone|default('<') }}{{ gone is defined }}{{ fields.gone|default(text) }}",
    "{{ 1 if fields.gone is undefined }}",
    "{{ text if gone is defined }}",
    "{{ text if text else gone }}{{ gone or 1 }}",
    "سطر\n{{ gone }}",
    "\n{{ gone.deeper }}",
    "\n\n{{ fields.gone.deeper }}",
    "{{ link.gone }}",
    "{{ row[9] }}",
    "{{ gone() }}",
    "{{ gone|bidi }}",
    "{{ number|bidi }}",
    "\n{{ broken }}",
    "{{ 1 / 0 }}",
    "{{ text + number }}",
    "{{ text|no_such_filter }}",
    "{% include 'no_such.html' %}",
    "{% include 'no_such.html' ignore missing %}{{ text }}",
    "{% include ['no_such.html', 'partials/ways.html'] %}",
    "{% for x in row %}{{ loop.index }}{{ x }}{{ loop.last }}{% else %}{{ text }}{% endfor %}",
    "{% for x in row recursive %}{{ x }}{{ loop(row) if loop.depth < 3 and x }}{% endfor %}",
    "{% for x in gone %}{{ x }}{% endfor %}",
    "{% for out, kind in fields|dictsort %}{{ out }}{{ kind }}{% endfor %}{{ text }}",
    "{% set out = text %}{% set kind = markup %}{{ out }}{{ kind }}{{ out }}",
    "{% set block %}<{{ text }}{{ markup }}>{% endset %}{{ block }}{{ block|e }}{{ block|length }}",
    "{% set block | upper %}{{ text }}{% endset %}{{ block }}",
    "{% filter upper %}{{ text }}{{ markup }}{% endfilter %}",
    "{% macro m(x, y=text) %}{{ x }}{{ y }}{{ varargs }}{% endmacro %}{{ m(row, row) }}{{ m(1) }}",
    "{% macro m() %}{{ caller() }}{% endmacro %}{% call m() %}{{ text }}{% endcall %}{{ m }}",
    "{% autoescape false %}{{ text }}{{ markup }}{{ number }}{{ gone }}{% endautoescape %}",
    "{% autoescape false %}{{ text }}{{ text|e }}{{ html }}{% endautoescape %}{{ text }}",
    "{% autoescape number == 7 %}{{ text }}{{ markup }}{{ nothing }}{% endautoescape %}{{ text }}",
    "{% set n = namespace(x=text) %}{% for y in row %}{% set n.x = n.x ~ y %}{% endfor %}{{ n.x }}",
    "{% block a %}{{ text }}{{ self.b() }}{% endblock %}{% block b %}<{{ markup }}>{% endblock %}",
    "{% extends 'warraq/partials/ways.html' %}{{ text }}{% block a %}{{ super() }}{% endblock %}",
    "{% from 'macros/mark.html' import mark %}{{ mark(fields) }}",
    "{% import 'macros/mark.html' as m %}{{ m.gone }}",
    "{{ [text, markup, gone is defined] }}{{ {'k': text} }}{{ text[:3] }}{{ (text, 1)|string }}",
    "{{ text|map('upper')|join }}{{ [link, fields]|map(attribute='note', default='<')|list }}",
    "{{ text.join(row) }}{{ markup.format(text) }}{{ ''.__class__ }}{{ cycler('<', 1).next() }}",
    "{{ lipsum is defined }}{{ range(3)|list }}{{ dict(a=text) }}{{ joiner('<')() }}",
    "{{ 'a' if }}",
    "{% import 'macros/mark.html' as m with context %}{{ m.mark(fields) }}{{ m.words is defined }}",
    "{% set site = fields %}{% include 'partials/ways.html' %}{{ site.what }}{{ words.home }}",
    "{% macro part(x) %}<{{ x }}>{% endmacro %}{{ part(text) }}{{ site.name }}",
    "for event in gen:{{ text }}yield from {{ text }}{% include 'partials/ways.html' %}",
    "for event in gen:",
    "yield from context.blocks['a']",
    "{% set x %}{% include 'partials/ways.html' %}{% block a %}<{% endblock %}{% endset %}{{ x }}",
    "{% for x in row %}{% block a scoped %}{{ x }}{{ loop.index }}{% endblock %}{% endfor %}",
    "{% for x in row %}{% include ['no.html', 'partials/ways.html'] without context %}{% endfor %}",
    "{% block a %}{{ self.b() }}\n{% block b %}\n{{ broken }}{% endblock %}{% endblock %}",
    "{% filter e %}{% block a %}{% block b %}{{ row }}{% endblock %}{% endblock %}{% endfilter %}",
    "{% autoescape false %}{% block a %}{{ text }}{{ number }}{% endblock %}{% endautoescape %}",
)


class Renderers(NamedTuple):
    """The environments of one site: the one that builds use, and one that leaves all to Jinja."""

    folder: Path
    fast: Environment
    plain: Environment

    def outcomes(self, template: str, fields: dict[str, object]) -> tuple[str, str]:
        """Return the page that each makes of `template`, or its problems."""
        name = f"pages/{sha256(template.encode()).hexdigest()}.html"
        (self.folder / name).write_text(template, "utf-8")
        return outcome(self.fast, name, fields), outcome(self.plain, name, fields)


def outcome(environment: Environment, name: str, fields: dict[str, object]) -> str:
    try:
        return rendered(environment, name, fields, "/own/")
    except WarraqError as fault:
        return repr(fault.problems)


@pytest.fixture(scope="module")
def renderers(tmp_path_factory: pytest.TempPathFactory) -> Renderers:
    folder = tmp_path_factory.mktemp("templates")
    (folder / "pages").mkdir()
    fast, plain = (theme_of(samples.CONFIG, folder).environment for _ in range(2))
    vars(plain)["code_generator_class"] = CodeGenerator
    vars(plain)["make_globals"] = MethodType(Environment.make_globals, plain)
    return Renderers(folder, fast, plain)


def test_fast_code_is_written_under_this_edition_of_jinja(renderers: Renderers) -> None:
    assert "environment.escaped_text(" in renderers.fast.compile("{{ text }}", raw=True)
    assert "environment.escaped_text(" not in renderers.plain.compile("{{ text }}", raw=True)
    assert "yield concat(" in renderers.fast.compile("{% block a %}{% endblock %}", raw=True)
    assert "in (concat(gen),):" in renderers.fast.compile("{% include 'a' %}", raw=True)


@pytest.mark.parametrize("template", TEMPLATES)
def test_an_odd_template_gives_the_same_page_or_problem(
    renderers: Renderers, template: str
) -> None:
    fast, plain = renderers.outcomes(template, FIELDS)

    assert fast == plain


def test_the_odd_templates_are_pages_and_problems(renderers: Renderers) -> None:
    problems = [t for t in TEMPLATES if "Problem(" in renderers.outcomes(t, FIELDS)[0]]

    assert 12 < len(problems) < len(TEMPLATES) / 2


VALUES = st.recursive(
    st.none() | st.integers() | st.floats() | st.text() | st.text().map(Markup) | st.binary(),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(), inner, max_size=2),
    max_leaves=3,
)


@given(st.fixed_dictionaries({"x": VALUES, "y": VALUES}))
def test_any_value_is_written_the_same(renderers: Renderers, fields: dict[str, object]) -> None:
    template = "<{{ x }}>{% set z %}{{ y }}{% endset %}{{ z }}{{ x|string ~ y }}{{ x|e }}"
    fast, plain = renderers.outcomes(template, fields)

    assert fast == plain


@given(st.text() | st.sampled_from(["قال Okaz 2-1", "&amp; <b>", "1"]))
def test_text_and_markup_of_the_same_letters_are_isolated_each_in_its_way(text: str) -> None:
    bidi = samples.theme().environment.filters["bidi"]

    for kind in (str, Markup, str):
        assert bidi(kind(text)) == isolated_text(kind(text))


def test_names_read_off_the_themes_templates_are_those_that_parsing_finds() -> None:
    texts = [
        p.read_text("utf-8") for p in theme_folder().rglob("*") if p.suffix in {".html", ".xml"}
    ]

    assert len(texts) > 30
    assert [names_read_off(text) for text in texts] == [names_in(text) for text in texts]


def test_names_of_a_sites_own_templates_are_parsed(tmp_path: Path) -> None:
    (tmp_path / "own.html").write_text("hidden")
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages/list.html").write_text("{%include\n'o\x77n.html'%}")
    before = theme_of(samples.CONFIG, tmp_path).fingerprints()
    (tmp_path / "own.html").write_text("shown")
    after = theme_of(samples.CONFIG, tmp_path).fingerprints()

    assert {name for name in before if before[name] != after[name]} == {
        "own.html",
        "pages/list.html",
    }
