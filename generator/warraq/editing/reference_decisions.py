"""What editors decide of links and pictures: another address, a description, or that they go.

Links and pictures are found as Markdown writes them most often, `[words](address)`; what is written
otherwise is edited by hand.
"""

import re
from collections.abc import Callable
from functools import partial
from urllib.parse import unquote

from msgspec.structs import replace

from warraq.base.markup import address_written
from warraq.base.problems import WarraqError, error
from warraq.base.urls import is_web_address, media_path, url_parts
from warraq.build.link_check import quoted
from warraq.content.frontmatter import with_body
from warraq.content.store import authority_at
from warraq.editing.answers import Answers, Decide, Question, checked, of_article
from warraq.editing.change_set import ChangeSet, edited
from warraq.editing.writing import content_now
from warraq.model import Article, Authority, Figure
from warraq.prose.markdown import link_of, picture_of

# Nothing repeats without limit inside what repeats: no text of a stranger takes minutes.
_LINK = re.compile(
    r"(?P<mark>!?)\[(?P<words>(?:[^\[\]\\]|\\.|!\[[^\]]{0,999}\]\([^)]{0,999}\))*)\]"
    r"\(\s{0,99}(?:<(?P<angled>[^<>\n]*)>|(?P<bare>(?:[^\s()\\]|\\.|\([^\s()]{0,999}\))*))"
    r"(?P<title>\s{1,99}(?:\"[^\"]*\"|'[^']*'))?\s{0,99}\)"
)
_Fits = Callable[[re.Match[str]], bool]


def link_in(question: Question, body: str) -> re.Match[str] | None:
    """Return where the link or picture in question is in a body, None if it is not found."""
    return next(filter(_fits(question), _LINK.finditer(body)), None)


def body_of(question: Question) -> str:
    """Return the body of the file in question. Raises WarraqError if it cannot be read."""
    return _file(question).body


def _file(question: Question) -> Article | Authority:
    if question.path.startswith("content/articles/"):
        return question.article()
    found, problems = authority_at(question.site, question.path)
    if found is None:
        raise WarraqError(problems or [error("decide-changed", question.path)])
    return found


def _fits(question: Question) -> _Fits:
    args, code = question.args, question.problem.code
    is_picture = code.startswith("picture")

    def fits(match: re.Match[str]) -> bool:
        target = _target(match)
        if bool(match["mark"]) != is_picture:
            return False
        if code == "link-empty":
            return not target
        if code == "picture-remote":
            return _host_of(target) == args["host"]
        wanted = args.get("target") or args.get("src", "")
        path = unquote(picture_of(target) or "").removeprefix("/media/") if is_picture else target
        return wanted in {quoted(target), quoted(path)}

    return fits


def _target(match: re.Match[str]) -> str:
    return address_written(match["angled"] if match["angled"] is not None else match["bare"])


def _linked(question: Question, answers: Answers) -> ChangeSet:
    address = answers.one("address")
    if not address:
        raise WarraqError([error("decide-empty", question.path)])
    if link_of(address) is None or "<" in address or ">" in address:
        raise WarraqError([error("link-refused", question.path, target=address)])
    written = f"<{address}>" if re.search(r"[\s()\\]", address) else address

    def put(match: re.Match[str]) -> str:
        return f"[{match['words']}]({written}{match['title'] or ''})"

    return _of_body(question, put, "say-decided-link")


def _unlinked(question: Question, _: Answers) -> ChangeSet:
    return _of_body(question, lambda match: str(match["words"]), "say-decided-unlink")


def _of_body(question: Question, put: Callable[[re.Match[str]], str], code: str) -> ChangeSet:
    """Return the change of the file in whose body each link in question is replaced."""
    file, fits = _file(question), _fits(question)
    found = link_in(question, file.body)
    if not found:
        raise WarraqError([error("decide-by-hand", question.path)])

    def is_meant(match: re.Match[str]) -> bool:
        # Others may be quoted alike: by the beginning of a long address, or by their host alone.
        return fits(match) and _target(match) == _target(found)

    def edit(body: str) -> str:
        return _LINK.sub(lambda match: put(match) if is_meant(match) else match[0], body)

    if isinstance(file, Article):
        return of_article(question, lambda one: replace(one, body=edit(one.body)), code)
    content = content_now(question.site, question.path) or b""
    change = edited(question.path, content, lambda text: with_body(text, edit(file.body)))
    return checked(question.site, [change], question.subject(code, title=file.name))


def figures_in(question: Question, article: Article) -> list[tuple[str, Figure]]:
    """Return where the front matter has the picture in question, each time with the key."""
    args, code = question.args, question.problem.code
    own = [("image", article.image), *(("figures", one) for one in article.figures)]
    figures = [(key, figure) for key, figure in own if figure]
    if code == "picture-remote":
        found = [one.src for _, one in figures if _host_of(one.src) == args["host"]]
    else:
        found = [one.src for _, one in figures if args["src"] in _quoted_as(one)]
    return [(key, figure) for key, figure in figures if figure.src in found[:1]]


def _host_of(address: str) -> str:
    return (url_parts(address).hostname or "") if is_web_address(address) else ""


def _quoted_as(figure: Figure) -> set[str]:
    return {quoted(figure.src), quoted(media_path(figure.src).removeprefix("media/"))}


def _of_pictures(
    question: Question,
    change: Callable[[Figure], Figure | None],
    put: Callable[[re.Match[str]], str],
    code: str,
) -> ChangeSet:
    """Return the change of the pictures in question, in front matter or else in the body."""
    if not question.path.startswith("content/articles/"):
        return _of_body(question, put, code)
    found = [figure for _, figure in figures_in(question, question.article())]
    if not found:
        return _of_body(question, put, code)

    def edit(article: Article) -> Article:
        figures = [change(one) if one in found else one for one in article.figures]
        image = article.image
        if image is not None and image in found:
            image = change(image)
        return replace(article, image=image, figures=tuple(one for one in figures if one))

    return of_article(question, edit, code)


def _repictured(question: Question, answers: Answers) -> ChangeSet:
    source = answers.one("picture")
    path = picture_of(source) if source else None
    if path is None:
        raise WarraqError([error("decide-picture", question.path, value=source)])
    name = source.removeprefix("/").removeprefix("media/")
    alt = answers.one("alt")

    def put(match: re.Match[str]) -> str:
        words = _escaped(alt) if alt else match["words"]
        return f"![{words}]({path}{match['title'] or ''})"

    def with_source(figure: Figure) -> Figure:
        return replace(figure, src=f"media/{name}", alt=alt or figure.alt)

    return _of_pictures(question, with_source, put, "say-decided-picture")


def _unpictured(question: Question, _: Answers) -> ChangeSet:
    return _of_pictures(question, lambda _: None, lambda _: "", "say-decided-no-picture")


def _described(question: Question, answers: Answers) -> ChangeSet:
    alt = answers.one("alt")
    if not alt:
        raise WarraqError([error("decide-empty", question.path)])

    def put(match: re.Match[str]) -> str:
        head, tail = match.start("words") - match.start(), match.end("words") - match.start()
        return match[0][:head] + _escaped(alt) + match[0][tail:]

    return _of_pictures(question, partial(replace, alt=alt), put, "say-decided-alt")


def _escaped(words: str) -> str:
    return re.sub(r"([\[\]\\])", r"\\\1", words)


LINKS: dict[str, Decide] = {"link": _linked, "unlink": _unlinked}
PICTURES: dict[str, Decide] = {
    "picture": _repictured,
    "alt": _described,
    "no-picture": _unpictured,
}
