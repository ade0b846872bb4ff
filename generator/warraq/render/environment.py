"""The Jinja environment: autoescape, StrictUndefined, a site's own templates first.

The only module that knows Jinja. The theme is the package's folder `theme` in a wheel, templates/
at the top of a checkout.
"""

import logging
import re
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from difflib import get_close_matches
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import quote

import jinja2
import msgspec
from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    nodes,
)
from jinja2.compiler import CodeGenerator, Frame
from jinja2.meta import find_referenced_templates
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from warraq.base.config import SiteConfig
from warraq.base.problems import Problem, WarraqError, error, exception_text, stop_on_errors
from warraq.render.bidi import isolated_in_ltr, isolated_text
from warraq.render.colours import SHEET, paper_of
from warraq.render.compiled_templates import CompiledTemplates
from warraq.render.own_fonts import FONT_SHEET
from warraq.render.theme_paths import folders_of, theme_folder, theme_sheet
from warraq.render.wording import Wording, Words, direction, load_words

_escaped_text: Callable[[str], str]
try:
    from markupsafe._speedups import _escape_inner as _escaped_text
except ImportError:  # the library without its C code, or another edition of it
    _escaped_text = escape

log = logging.getLogger(__name__)

Size = tuple[int, int]
_CONSTANT = frozenset(("words", "site"))


class MenuItem(msgspec.Struct, frozen=True):
    """A link of the site's menu: `path` without its leading slash, or an absolute address."""

    label: str
    path: str
    external: bool = False


class SitePicture(msgspec.Struct, frozen=True):
    """A picture of the site's own face: `path` of an address, its size, (0, 0) if unknown."""

    path: str
    width: int
    height: int


class Site(msgspec.Struct, frozen=True):
    """What every template may know of the site (`site`): settings only, nothing counted.

    `logo` stands for the name at the head of pages, `logo_dark` on dark ones; `share` is the
    address of the picture of share cards; `sheets` are paths of style sheets after the theme's;
    `paper` and `paper_dark` are the colours of the page, "" if no sheet tells; `foot` stands for
    `words.foot_note`.
    """

    name: str
    description: str
    lang: str
    dir: str
    base_url: str
    digits: str
    fonts: str
    policy: str
    menu: tuple[MenuItem, ...]
    logo: SitePicture | None
    logo_dark: SitePicture | None
    icon: SitePicture | None
    share: str
    sheets: tuple[str, ...]
    paper: str
    paper_dark: str
    foot: str
    article_json: bool
    json_feeds: bool


class Theme(msgspec.Struct, frozen=True):
    """The default theme's folder, the site's own templates (or None), wording and environment."""

    folders: tuple[Path, ...]
    wording: Wording
    environment: Environment

    def fingerprints(self) -> dict[str, str]:
        """Return template → digest (hex) of it and of all that it extends, includes or imports.

        "" is for the words alone, which every page shows. Raises WarraqError for templates that
        cannot be read.
        """
        loader = self.environment.loader
        if loader is None:
            return {}
        salt = msgspec.json.encode(self.wording.words, order="sorted")
        sources: dict[str, tuple[bytes, set[str]]] = {}
        broken: list[Problem] = []
        for name in loader.list_templates():
            if name.endswith((".html", ".xml")):
                try:
                    text, file, _ = loader.get_source(self.environment, name)
                    if file and Path(file).is_relative_to(theme_folder()):
                        named = names_read_off(text)
                    else:
                        named = _names_in(self.environment.parse(text, name))
                except (TemplateSyntaxError, UnicodeDecodeError) as fault:
                    broken.append(_unreadable(fault, name))
                    continue
                sources[name] = (text.encode(), named)
        stop_on_errors(broken)
        fingerprints = {"": sha256(salt).hexdigest()}
        for name in sources:
            total = sha256(salt)
            for needed in sorted(_closure(name, sources)):
                total.update(needed.encode() + b"\0" + sha256(sources[needed][0]).digest())
            fingerprints[name] = total.hexdigest()
        return fingerprints


def _unreadable(fault: TemplateError | UnicodeDecodeError, name: str) -> Problem:
    path = f"templates/{name}"
    if isinstance(fault, UnicodeDecodeError):
        return error("file-unreadable", path, why="why-encoding")
    return error("template-broken", path, getattr(fault, "lineno", 0) or 0, **_reason(fault))


def _closure(name: str, sources: dict[str, tuple[bytes, set[str]]]) -> set[str]:
    found: set[str] = set()
    todo = [name]
    while todo:
        one = todo.pop()
        if one in sources and one not in found:
            found.add(one)
            todo += sources[one][1]
    return found


def _parts_in(tree: nodes.Template) -> Iterator[tuple[str, int]]:
    """Yield (name, line) of the partials that a template asks for by part("name", …)."""
    for call in tree.find_all(nodes.Call):
        is_part = isinstance(call.node, nodes.Name) and call.node.name == "part"
        if is_part and call.args and isinstance(call.args[0], nodes.Const):
            yield f"partials/{call.args[0].value}.html", call.lineno


def theme_of(
    config: SiteConfig,
    own: Path | None = None,
    *,
    words: Words | None = None,
    compiled: CompiledTemplates | None = None,
    sizes: Mapping[str, Size] | None = None,
) -> Theme:
    """Return the theme of a site; `own` is its templates/ folder, which wins file by file.

    A template there extends the one it replaces as "warraq/<name>". `words` are the site's where
    they were read before; `compiled` remembers templates; `sizes` are those of the pictures that
    settings name, by site path. Raises WarraqError for words that cannot be read.
    """
    folders = folders_of(own)
    wording = Wording(config, load_words(config.lang, folders) if words is None else words)
    environment = _environment(folders, wording, sizes or {})
    environment.bytecode_cache = compiled
    return Theme(folders, wording, environment)


def rendered(
    environment: Environment, template: str, fields: dict[str, object], address: str = ""
) -> str:
    """Return `template` filled with `fields`.

    Raises WarraqError with the file and line of any failure, and `address`, the page rendered.
    """
    try:
        return environment.get_template(template).render(fields)
    except Exception as fault:
        log.info("%s: %s", template, address, exc_info=True)
        raise WarraqError([_failed(environment, fault, template, address)]) from fault


def _failed(environment: Environment, fault: Exception, template: str, address: str) -> Problem:
    if isinstance(fault, TemplateSyntaxError):
        place = _display_path(environment, fault.filename or fault.name or template)
        return error("template-broken", place, fault.lineno, **_reason(fault))
    file, line = _origin(fault) or (template, 0)
    place = _display_path(environment, file)
    if isinstance(fault, TemplateNotFound):
        return error("template-missing", place, line, name=fault.name or "")
    if not address:
        return error("template-broken", place, line, **_reason(fault))
    return error("template-failed", place, line, page=address, **_reason(fault))


def _origin(fault: BaseException) -> tuple[str, int] | None:
    """Return the template and line where `fault` came up, None if it was in none."""
    origin, trace = None, fault.__traceback__
    while trace:
        file = trace.tb_frame.f_code.co_filename
        if file.endswith((".html", ".xml")):
            origin = file, trace.tb_lineno
        trace = trace.tb_next
    return origin


def _display_path(environment: Environment, file: str) -> str:
    """Return a template's file as a site names it: templates/… its own, warraq/… the theme's."""
    for folder in _folders(environment):
        if Path(file).is_relative_to(folder):
            start = "warraq" if folder == theme_folder() else "templates"
            return f"{start}/{Path(file).relative_to(folder).as_posix()}"
    return f"templates/{file}"


def _folders(environment: Environment) -> Iterator[Path]:
    loader = environment.loader
    for each in loader.loaders if isinstance(loader, ChoiceLoader) else ():
        if isinstance(each, FileSystemLoader):
            yield from map(Path, each.searchpath)


# Jinja's messages, and the code of our wording of each; `what` is the word it is about.
_REASONS = tuple(
    (re.compile(pattern, re.DOTALL), why)
    for pattern, why in (
        (r"'(?P<what>[^']+)' is undefined|has no attribute '(?P<of>[^']+)'", "why-undefined"),
        (r"No (?:filter|test) named '(?P<what>[^']+)'", "why-filter"),
        (r"[Uu]nknown tag '(?P<what>[^']+)'", "why-tag"),
        (r"Unexpected end of template.*tags?: (?P<what>.+?)\.", "why-unended"),
        (r"unexpected (?P<what>.+)|, got (?P<of>.+)", "why-unexpected"),
    )
)


def _reason(fault: Exception) -> dict[str, str]:
    """Return why a template is broken as arguments of a problem."""
    if not isinstance(fault, TemplateError):
        return {"why": exception_text(fault)}
    message = fault.message or type(fault).__name__
    for pattern, why in _REASONS:
        if match := pattern.search(message):
            what = next(filter(None, match.groups()), "").replace("'", "")
            return {"why": why, "what": what}
    return {"why": message}


def names_in(text: str) -> set[str]:
    """Return the names of the templates that a template asks for, none if it does not parse."""
    try:
        return _names_in(Environment(autoescape=True).parse(text))
    except TemplateError:
        return set()


def _names_in(tree: nodes.Template) -> set[str]:
    return {*filter(None, find_referenced_templates(tree)), *(name for name, _ in _parts_in(tree))}


def names_read_off(text: str) -> set[str]:
    """Return what `names_in` does for a template of the default theme, without parsing it."""
    return {name or f"partials/{part}.html" for name, part in _NAMING.findall(text)}


_NAMING = re.compile(r'''\{%-? *(?:extends|include|import|from) *"([^"]+)"|\bpart\("([^"]+)"''')


def faults_of(theme: Theme, name: str) -> Iterator[Problem]:
    """Yield what is wrong with a template before it is filled: grammar, words, other templates."""
    path, environment = f"templates/{name}", theme.environment
    try:
        environment.get_template(name)
        text = environment.loader.get_source(environment, name)[0] if environment.loader else ""
        tree = environment.parse(text)
    except (TemplateError, UnicodeDecodeError) as fault:
        yield _unreadable(fault, name)
    else:
        yield from _missing_templates(tree, set(environment.list_templates()), path)
        yield from _unknown_words(tree, theme.wording.words, path)


def _missing_templates(tree: nodes.Template, known: set[str], path: str) -> Iterator[Problem]:
    asking = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)
    for name, line in _parts_in(tree):
        if name not in known:
            yield error("template-missing", path, line, name=name)
    for node in tree.find_all(asking):
        template = getattr(node, "template", None)
        name = template.value if isinstance(template, nodes.Const) else ""
        is_needed = isinstance(name, str) and name and not getattr(node, "ignore_missing", False)
        if is_needed and name not in known:
            yield error("template-missing", path, node.lineno, name=name)


def _unknown_words(
    tree: nodes.Template, words: Mapping[str, object], path: str
) -> Iterator[Problem]:
    for node in tree.find_all(nodes.Getattr):
        is_word = isinstance(node.node, nodes.Name) and node.node.name == "words"
        if is_word and node.attr not in words:
            near = get_close_matches(node.attr, words, n=1)
            code = "template-word-near" if near else "template-word"
            yield error(code, path, node.lineno, word=node.attr, near="".join(near))


class _FastOutput(CodeGenerator):
    """Code of templates in which `{{ x }}` passes text straight to the C code that escapes it.

    Included templates and blocks are joined where they stand, since each piece of them would pass
    through every generator above it.

    Nothing else differs: what is neither text nor Markup goes the library's way, and so does all
    that depends on a setting known only at run time.
    """

    def writeline(self, x: str, node: nodes.Node | None = None, extra: int = 0) -> None:
        """Write a line of code."""
        if x == "for event in gen:":
            x = "for event in (concat(gen),):"
        elif x.startswith("yield from "):
            x = f"yield concat({x.removeprefix('yield from ')})"
        super().writeline(x, node, extra)

    def _output_child_pre(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        if _is_escaped(frame, finalize):
            self.write("(out if (kind := type(out := ")
        else:
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        if _is_escaped(frame, finalize):
            self.write(
                ")) is Markup else environment.escaped_text(out) if kind is str else escape(out))"
            )
        else:
            super()._output_child_post(node, frame, finalize)


def _is_escaped(frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> bool:
    """Whether an expression's value is escaped as it is, wherever the template is used."""
    return frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None


class _Environment(Environment):
    """An environment that folds the site's words and settings into its templates."""

    # What _FastOutput overrides is internal to these editions of the library.
    code_generator_class = (
        _FastOutput if vars(jinja2).get("__version__", "").startswith("3.1.") else CodeGenerator
    )
    escaped_text = staticmethod(_escaped_text)

    def make_globals(self, d: MutableMapping[str, object] | None) -> MutableMapping[str, object]:
        """Return what all templates see: a dict, copied for every page faster than a chain."""
        return super().make_globals(d) if d else self.globals

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Return the tree of a template, `words.x` and `site.x` in it as literal text."""
        return _ConstantFolder(self.globals).visit(super()._parse(source, name, filename))  # type: ignore[no-any-return] # a tree stays one


class _ConstantFolder(NodeTransformer):
    """Replaces what is the same on every page by its value, unless a template redefines it."""

    def __init__(self, known: Mapping[str, object]) -> None:
        self._known = known
        self._own: set[str] = set()

    def visit_Template(self, tree: nodes.Template) -> nodes.Node:
        self._own = {name.name for name in tree.find_all(nodes.Name) if name.ctx != "load"}
        return self.generic_visit(tree)

    def visit_Getattr(self, node: nodes.Getattr) -> nodes.Node:
        named = node.node.name if isinstance(node.node, nodes.Name) else ""
        value = getattr(self._known.get(named), node.attr, None) if named in _CONSTANT else None
        if isinstance(value, str) and named not in self._own:
            return nodes.Const(value, lineno=node.lineno)
        return self.generic_visit(node)


def _environment(
    folders: tuple[Path, ...], wording: Wording, sizes: Mapping[str, Size]
) -> Environment:
    default, *own = (FileSystemLoader(folder) for folder in folders)
    environment = _Environment(
        loader=ChoiceLoader([*own, default, PrefixLoader({"warraq": default})]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,  # all are kept: a page asks for some ten of them
    )
    leftward = direction(wording.config.lang) == "rtl"
    # Headlines and summaries are in many lists; Markup is not the text that equals it.
    remembered = lru_cache(4096, typed=True)
    environment.filters["bidi"] = remembered(isolated_text if leftward else isolated_in_ltr)
    environment.filters["script_data"] = script_data
    environment.globals["words"] = SimpleNamespace(**wording.words)
    environment.globals["site"] = _site(wording, folders, sizes)
    environment.globals["part"] = _parts(environment)
    return environment


def _parts(environment: Environment) -> Callable[..., Markup]:
    """Return part(name, root, current, here): a partial that many pages share, rendered once each.

    It sees nothing else of a page, so a masthead differs by section and depth only.
    """

    @cache
    def part(name: str, root: str, current: str = "-", here: bool = False) -> Markup:
        template = environment.get_template(f"partials/{name}.html")
        html = template.render(root=root, current=current, here=here)
        return Markup(html.strip())  # noqa: S704 - a template's own output, escaped there

    return part


def script_data(json: str) -> Markup:
    r"""Return JSON safe inside a <script>: no "<", ">" or "&" is left to end the element.

    >>> script_data('{"a":"</script><!--"}')
    Markup('{"a":"\\u003c/script\\u003e\\u003c!--"}')
    """
    for char in "<>&\u2028\u2029":
        json = json.replace(char, f"\\u{ord(char):04x}")
    return Markup(json)  # noqa: S704 - nothing that HTML could read is left


def _site(wording: Wording, folders: tuple[Path, ...], sizes: Mapping[str, Size]) -> Site:
    config = wording.config
    paper, paper_dark = paper_of(config, theme_sheet(folders))
    pictures = {
        setting: SitePicture(quote(path), *sizes.get(path, (0, 0)))
        for setting, path in config.pictures.items()
    }
    return Site(
        name=config.name,
        description=config.description,
        lang=config.lang,
        dir=direction(config.lang),
        base_url=config.base_url,
        digits=config.digits,
        fonts=config.fonts,
        policy=policy(config),
        menu=_menu(wording),
        logo=pictures.get("logo"),
        logo_dark=pictures.get("logo_dark"),
        icon=pictures.get("icon"),
        share=config.base_url + quote(config.share or "assets/share.png"),
        sheets=(
            *((FONT_SHEET,) if config.font_files else ()),
            *((SHEET,) if config.colours else ()),
            *map(quote, config.extra_css),
        ),
        paper=paper,
        paper_dark=paper_dark,
        foot=config.foot,
        article_json=config.outputs_article_json,
        json_feeds=config.outputs_json_feeds,
    )


SECTIONS = ("stories", "topics", "people", "outlets", "archive")  # of the menu, unless chosen


def policy(config: SiteConfig) -> str:
    """Return the Content-Security-Policy of every page: this host and nothing inline."""
    images = " ".join(["'self'", "data:", *(f"https://{host}" for host in config.image_hosts)])
    return (
        f"default-src 'none'; script-src 'self'; style-src 'self'; img-src {images}; "
        "font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; "
        "form-action 'self'"
    )


def default_menu(wording: Wording) -> tuple[MenuItem, ...]:
    """Return the menu of a site whose settings name none."""
    items = [MenuItem(wording.text(f"nav_{kind}"), f"{kind}/") for kind in SECTIONS]
    about = MenuItem(wording.text("nav_about"), "pages/")
    return (MenuItem(wording.text("nav_latest"), ""), *items, about)


def _menu(wording: Wording) -> tuple[MenuItem, ...]:
    if chosen := wording.config.navigation:
        return tuple(
            MenuItem(item.label, item.url.removeprefix("/"), not item.url.startswith("/"))
            for item in chosen
        )
    return default_menu(wording)
