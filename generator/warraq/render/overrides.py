"""Checks of a site's own words and templates, without rendering."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path

from warraq.base.config import SiteConfig
from warraq.base.files import walk
from warraq.base.marked_yaml import (
    MappingNode,
    Node,
    ScalarNode,
    SequenceNode,
    compose,
    line_of,
    pairs,
    plain,
)
from warraq.base.problems import Problem, WarraqError, error, reason_code, warning
from warraq.render.environment import faults_of, names_in, theme_of
from warraq.render.theme_paths import theme_folder
from warraq.render.wording import gaps_in, languages_of, load_words

_FORMS = ("zero", "one", "two", "few", "many", "other")
_TEMPLATES = (".html", ".xml")
_MISNAMED = ("template", "templates", "theme", "themes", "layouts", "_layouts", "words")
_NOTES = ("", ".md", ".txt")  # endings of what is written for people


def faults(config: SiteConfig, own: Path) -> Iterator[Problem]:
    """Yield what is wrong with `own`, a site's templates/; a build ignores some of it."""
    yield from _misnamed_folders(own)
    read = [f"words/{language}.yaml" for language in languages_of(config.lang)]
    texts = _texts(own)
    problems = list(_words(own, read, config.lang, texts.values()))
    yield from problems
    if not any(problem.severity == "error" for problem in problems):
        theme = theme_of(config, own)
        for name in texts:
            yield from faults_of(theme, name)
    theirs = {path.relative_to(theme_folder()).as_posix() for path in walk(theme_folder(), "")}
    known = {*theirs, *read, *(name for text in texts.values() for name in names_in(text))}
    for name in _files(own):
        if name not in known and not name.startswith("assets/"):
            yield _unread(name, known)


def _misnamed_folders(own: Path) -> Iterator[Problem]:
    """Yield the folders of the site that have the name of other programs' template folders."""
    for folder in sorted(own.parent.iterdir()):
        if folder.is_dir() and folder.name != own.name and folder.name.lower() in _MISNAMED:
            yield warning("template-folder", folder.name)


def _files(own: Path) -> Iterator[str]:
    for path in walk(own, ""):
        if path.suffix not in _NOTES:
            yield path.relative_to(own).as_posix()


def _texts(own: Path) -> dict[str, str]:
    """Return name → text of the site's own templates."""
    return {
        name: (own / name).read_text("utf-8", errors="replace")
        for name in _files(own)
        if name.endswith(_TEMPLATES)
    }


def _unread(name: str, known: Iterable[str]) -> Problem:
    path, bare = f"templates/{name}", name.rpartition("/")[2]
    near = sorted(other for other in known if other.rpartition("/")[2] == bare)
    near = near or get_close_matches(name, known, n=1, cutoff=0.8)
    if near:
        return warning("template-unread-near", path, near=f"templates/{near[0]}")
    return warning("template-unread", path)


def _words(own: Path, read: list[str], lang: str, texts: Iterable[str]) -> Iterator[Problem]:
    """Yield what is wrong with the site's own files of words."""
    default, english = (load_words(one, (theme_folder(),)) for one in (lang, "en"))
    shapes = {key: [value, english.get(key, value)] for key, value in default.items()}
    for name in read:
        file, path = own / name, f"templates/{name}"
        if file.is_file():
            try:
                root = compose(file.read_text("utf-8"), path)
            except WarraqError as fault:
                yield from fault.problems
                continue
            except (OSError, UnicodeDecodeError) as fault:
                yield error("file-unreadable", path, why=reason_code(fault))
                continue
            yield from _of_words(root, path, shapes, texts)


def _of_words(
    root: MappingNode | None, path: str, shapes: dict[str, list[object]], texts: Iterable[str]
) -> Iterator[Problem]:
    for key, key_node, node in pairs(root) if root else ():
        line = line_of(key_node)
        if key in shapes:
            yield from _of_word(key, node, path, shapes[key])
        elif not any(f"words.{key}" in text for text in texts):
            near = get_close_matches(key, shapes, n=1, cutoff=0.7)
            code = "word-unknown-near" if near else "word-unknown"
            yield warning(code, path, line, key=key, near=near[0] if near else "")


def _of_word(key: str, node: Node, path: str, shapes: list[object]) -> Iterator[Problem]:
    value = plain(node)
    if not any(_is_alike(value, shape) for shape in shapes):
        want = next(map(_wanted, shapes))
        yield error("word-shape", path, line_of(node), key=key, want=want)
        return
    allowed = {gap for shape in shapes for text in _strings(shape) for gap in gaps_in(text)}
    allowed |= {"n"} if isinstance(value, dict) else set()
    for scalar in _scalars(node):
        for gap in sorted(set(gaps_in(scalar.value)) - allowed):
            known = " ".join(f"{{{name}}}" for name in sorted(allowed)) or "–"
            yield warning("word-gap", path, line_of(scalar), key=key, gap=gap, known=known)


def _is_alike(value: object, shape: object) -> bool:
    if isinstance(shape, dict):
        return isinstance(value, dict) and "other" in value and set(value) <= set(_FORMS)
    if isinstance(shape, list):
        return isinstance(value, list) and len(value) == len(shape)
    return isinstance(value, str) and isinstance(shape, str)


def _wanted(shape: object) -> str:
    if isinstance(shape, dict):
        return "{one: …, two: …, few: …, many: …, other: …}"
    return f"[… × {len(shape)}]" if isinstance(shape, list) else "…"


def _strings(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for text in value.values() if isinstance(text, str)]
    if isinstance(value, list):
        return [text for text in value if isinstance(text, str)]
    return [value] if isinstance(value, str) else []


def _scalars(node: Node) -> list[ScalarNode]:
    if isinstance(node, MappingNode):
        return [value for _, _, value in pairs(node) if isinstance(value, ScalarNode)]
    if isinstance(node, SequenceNode):
        return [value for value in node.value if isinstance(value, ScalarNode)]
    return [node] if isinstance(node, ScalarNode) else []
