"""The editors' search as a page of the preview: the results of `warraq search`, with links.

Plain HTML, built and escaped here; it uses no script and no template of the site.
"""

from collections.abc import Callable, Iterator, Sequence
from html import escape

from warraq.base.problems import Language, listed, wording_of
from warraq.preview.labels import words
from warraq.search.editors import Answer, Hit
from warraq.search.editors.search_fields import FIELDS

SHELL = """<!doctype html>
<html lang="{language}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="stylesheet" href="/-/desk.css">
</head>
<body><main>
{body}
</main></body>
</html>
"""


def shell(title: str, body: str, language: Language) -> str:
    """Return a page of the preview; `title` is escaped here, `body` is HTML already."""
    direction = words(language)["dir"]
    return SHELL.format(language=language, direction=direction, title=escape(title), body=body)


def search_page(
    query: str,
    answer: Answer | None,
    *,
    language: Language,
    link: Callable[[Hit], str],
) -> str:
    """Return the page for `query`; `answer` is None before the first query.

    `link` returns the URL of a hit in the preview, "" if it has no page.
    """
    wording = words(language)
    found = "" if answer is None else "\n".join(_answer(answer, language, link))
    body = f"""<h1>{escape(wording["search"])}</h1>
<form role="search" action="/-/search">
<label for="q">{escape(wording["query"])}</label>
<input id="q" name="q" type="search" dir="auto" value="{escape(query)}" maxlength="2000" autofocus>
<button>{escape(wording["go"])}</button>
</form>
<p class="help">{_help(wording["help"])}</p>
{found}"""
    return shell(f"{query} · {wording['search']}" if query else wording["search"], body, language)


def marked(text: str, marks: Sequence[tuple[int, int]]) -> str:
    """Return `text` as HTML, with the ranges `marks` (code points, ascending, disjoint) in <mark>.

    >>> marked("a < b", [(4, 5)])
    'a &lt; <mark>b</mark>'
    """
    parts, at = [], 0
    for start, end in marks:
        parts += [escape(text[at:start]), f"<mark>{escape(text[start:end])}</mark>"]
        at = end
    return "".join(parts) + escape(text[at:])


def _help(text: str) -> str:
    names = listed(f'<bdi dir="ltr"><code>{field.name}:</code></bdi>' for field in FIELDS)
    return escape(text).format(fields=names)


def _answer(answer: Answer, language: Language, link: Callable[[Hit], str]) -> Iterator[str]:
    wording = words(language)
    for note in answer.notes:
        yield f'<p class="note">{" ".join(map(escape, wording_of(note, language)))}</p>'
    total = wording["total"].format(count=answer.total) if answer.total else wording["nothing"]
    yield f'<p role="status">{escape(total)}</p>'
    if answer.hits:
        yield "<ol>"
        yield from (_hit(hit, link(hit), wording) for hit in answer.hits)
        yield "</ol>"


def _hit(hit: Hit, address: str, wording: dict[str, str]) -> str:
    title = f"<bdi>{escape(hit.title)}</bdi>"
    if address:
        title = f'<a href="{escape(address)}">{title}</a>'
    else:
        title += f" <small>({escape(wording['unbuilt'])})</small>"
    facts = " · ".join(f"<bdi>{escape(fact)}</bdi>" for fact in (hit.outlet, hit.date) if fact)
    return f"""<li>
<h2>{title}</h2>
<p class="facts">{facts}</p>
<p dir="auto">{marked(hit.excerpt, hit.marks)}</p>
<p class="path"><bdi dir="ltr"><code>{escape(hit.path)}</code></bdi></p>
</li>"""
