"""Bodies stored as a tree of nodes → HTML, to be read by `seeds/bodies/cms_body.py`.

Supports Contentful's rich text, Sanity's Portable Text, the blocks of Strapi, Editor.js,
ProseMirror (TipTap), and Ghost's Lexical and Mobiledoc. Each node becomes the corresponding
element; a node of an unknown kind is replaced by its children.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from warraq.seeds.exports.jsontext import parsed

_DEPTH = 40
_ROOTS = ("root", "document", "doc", "blocks", "sections", "editorState")
_CHILDREN = ("children", "content", "items", "nodes")
_WORDS = ("text", "value")
_KINDS = ("_type", "nodeType", "type")
# A node's kind in lower case, without punctuation → its element.
_TAGS = {
    "paragraph": "p", "aside": "blockquote", "quote": "blockquote", "blockquote": "blockquote",
    "extendedquote": "blockquote", "pullquote": "blockquote", "listitem": "li", "bulletlist": "ul",
    "unorderedlist": "ul", "orderedlist": "ol", "numberedlist": "ol", "table": "table",
    "tablerow": "tr", "tablecell": "td", "tableheadercell": "th", "tableheader": "th",
    "codeblock": "pre", "code": "pre", "preformatted": "pre", "callout": "blockquote",
    "toggle": "blockquote",
}  # fmt: skip
_PICTURES = ("image", "figure", "picture", "simpleimage", "photo", "gallery", "mainimage")
_PLAYERS = ("embed", "video", "audio", "youtube", "vimeo", "tweet", "bookmark", "iframe",
            "linktool", "instagram", "file")  # fmt: skip
_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)(?:\?\S*)?\Z", re.IGNORECASE)
_RAW = ("html", "raw", "htmlembed")
_CARD = ("calloutText", "heading", "content")


def html_of(value: object) -> str:
    """Return a tree of nodes as HTML, "" if the value is not such a tree.

    >>> words = {"type": "paragraph", "children": [{"type": "text", "text": "نص"}]}
    >>> html_of({"root": {"type": "root", "children": [words]}})
    '<p>نص</p>'
    >>> html_of([{"_type": "block", "style": "h2", "children": [{"text": "عنوان"}]}])
    '<h2>عنوان</h2>'
    >>> html_of("نص"), html_of([1, 2]), html_of({"name": "سمر"})
    ('', '', '')
    """
    if isinstance(value, str):
        if not (value.startswith("{") and '"' in value[:20]):
            return ""
        try:
            return html_of(parsed(value))
        except (ValueError, RecursionError):
            return ""
    if isinstance(value, list):
        return _html(value) if value and all(map(_is_block, value)) else ""
    return _of_root(value) if isinstance(value, Mapping) else ""


def _of_root(value: Mapping[str, object]) -> str:
    if isinstance(value.get("sections"), list) and "cards" in value:
        return _of_mobiledoc(value)
    inner = next((value[name] for name in _ROOTS if name in value), None)
    if inner is not None and (found := html_of(inner)):
        return found
    return _html(_children(value)) if _kind(value) in {"root", "document", "doc"} else ""


def _is_block(node: object) -> bool:
    if not isinstance(node, Mapping) or not _kind(node):
        return False
    held = (*_CHILDREN, "data", "asset", "image", "url", "src")
    return any(isinstance(node.get(name), list | Mapping | str) for name in held)


def _kind(node: Mapping[str, object]) -> str:
    kind = next((str(node[name]) for name in _KINDS if isinstance(node.get(name), str)), "")
    return "".join(filter(str.isalnum, kind.lower()))


def _children(node: Mapping[str, object]) -> Sequence[object]:
    found = next((node[name] for name in _CHILDREN if isinstance(node.get(name), list)), None)
    return found if isinstance(found, list) else ()


def _html(nodes: Iterable[object], depth: int = 0) -> str:
    """Return nodes as HTML; list items without a list, as in Sanity, are put into one."""
    out: list[str] = []
    listed = ""
    for node in nodes:
        mark = str(node.get("listItem") or "") if isinstance(node, Mapping) else ""
        tag = {"": "", "number": "ol"}.get(mark, "ul")
        if tag != listed:
            out += [f"</{listed}>" if listed else "", f"<{tag}>" if tag else ""]
            listed = tag
        out.append(_node(node, depth) if depth < _DEPTH else "")
    out.append(f"</{listed}>" if listed else "")
    return "".join(out)


def _node(node: object, depth: int) -> str:
    if not isinstance(node, Mapping):
        held = escape(node) if isinstance(node, str) else ""
        return _html(node, depth + 1) if isinstance(node, list) else held
    kind = _kind(node)
    data = next((d for name in ("data", "attrs") if isinstance(d := node.get(name), Mapping)), {})
    fields = {**node, **data}
    if kind in {"linebreak", "hardbreak"}:
        return "<br>"
    if any(kind.startswith(name) or kind.endswith(name) for name in _PICTURES):
        return _picture(fields)
    if kind in _PLAYERS or kind in _RAW or "embed" in kind:
        return _picture(fields) if _FILE.search(_address(fields)) else _player(fields)
    inner = _html(_children(fields), depth + 1) or _of_card(fields)
    words = next((fields[name] for name in _WORDS if isinstance(fields.get(name), str)), "")
    # Editor.js has HTML in a block's data; other trees have plain text.
    inner = inner or (str(words) if data and "text" in data else escape(str(words)))
    inner = inner.replace("\n", "<br>") if kind in {"text", "extendedtext", "span"} else inner
    return _tagged(fields, kind, _linked(fields, kind, inner))


def _of_card(fields: Mapping[str, object]) -> str:
    """Return the HTML that a card of Ghost keeps in fields of its own: a callout, a toggle."""
    found = (str(fields[name]) for name in _CARD if isinstance(fields.get(name), str))
    return "".join(f"<p>{html}</p>" for html in found if html.strip())


def _tagged(fields: Mapping[str, object], kind: str, inner: str) -> str:
    style = str(fields.get("style") or "")
    level = str(fields.get("level") or fields.get("tag") or kind.removeprefix("heading")).strip("h")
    if kind.startswith(("heading", "header", "extendedheading")):
        return f"<h{level}>{inner}</h{level}>" if level in set("123456") else f"<h3>{inner}</h3>"
    if kind == "block":
        tag = "li" if fields.get("listItem") else style if style in _STYLES else "p"
        return f"<{tag}>{inner}</{tag}>"
    tag = _TAGS.get(kind, "")
    if kind == "list":
        named = str(fields.get("format") or fields.get("style") or fields.get("listType") or "")
        tag = "ol" if named.startswith(("ordered", "number")) else "ul"
        if not any(isinstance(c, Mapping) for c in _children(fields)):
            inner = "".join(f"<li>{item}</li>" for item in map(str, _children(fields)))
    return f"<{tag}>{inner}</{tag}>" if tag else inner


_STYLES = {"h1", "h2", "h3", "h4", "h5", "h6", "blockquote"}


def _linked(fields: Mapping[str, object], kind: str, inner: str) -> str:
    address = next(
        (fields[k] for k in ("url", "uri", "href") if isinstance(fields.get(k), str)), ""
    )
    marks = fields.get("markDefs")
    if kind == "block" and isinstance(marks, list):
        return inner + "".join(
            f' <a href="{escape(str(mark["href"]))}">{escape(str(mark["href"]))}</a>'
            for mark in marks
            if isinstance(mark, Mapping) and mark.get("href")
        )
    if address and kind in {"link", "hyperlink", "autolink"}:
        return f'<a href="{escape(str(address))}">{inner}</a>'
    return inner


def _picture(fields: Mapping[str, object]) -> str:
    images = fields.get("images")
    if isinstance(images, list):
        return "".join(_picture(image) for image in images if isinstance(image, Mapping))
    alt, caption = (str(fields.get(name) or "") for name in ("alt", "caption"))
    src = _address(fields)
    image = f'<img src="{escape(src)}" alt="{escape(alt)}">' if src else ""
    return f"<figure>{image}<figcaption>{caption}</figcaption></figure>" if src else escape(caption)


def _player(fields: Mapping[str, object]) -> str:
    address = _address(fields)
    title = str(fields.get("title") or "")
    if title and address:
        return f'<p><a href="{escape(address)}">{escape(title)}</a></p>'
    if address:
        return f'<iframe src="{escape(address)}"></iframe>'
    return next((str(fields[name]) for name in ("html", "code", "value") if fields.get(name)), "")


def _address(fields: Mapping[str, object]) -> str:
    """Return the URL of a node's picture or player."""
    for name in ("url", "src", "source", "embed", "href", "_ref"):
        if isinstance(fields.get(name), str) and fields[name]:
            return str(fields[name])
    names = ("asset", "target", "file", "image", "attributes", "metadata", "ar")
    inner = (fields.get(name) for name in names)
    return next(
        (found for one in inner if isinstance(one, Mapping) and (found := _address(one))), ""
    )


def _of_mobiledoc(fields: Mapping[str, object]) -> str:
    """Return Ghost's older format: sections with markers or the number of a card."""
    cards, atoms = fields.get("cards"), fields.get("atoms")
    out = []
    sections = fields.get("sections")
    for section in sections if isinstance(sections, list) else ():
        match section:
            case [10, int(number), *_] if isinstance(cards, list) and number < len(cards):
                card = cards[number]
                if isinstance(card, list) and len(card) > 1 and isinstance(card[1], Mapping):
                    out.append(_card(str(card[0]), card[1]))
            case [1, str(tag), list(markers), *_]:
                out.append(f"<{tag}>{_markers(markers, atoms)}</{tag}>")
            case [3, str(tag), list(items), *_]:
                listed = "".join(f"<li>{_markers(item, atoms)}</li>" for item in items)
                out.append(f"<{tag}>{listed}</{tag}>")
            case _:
                continue
    return "".join(out)


def _card(kind: str, fields: Mapping[str, object]) -> str:
    text = fields.get("markdown") or fields.get("html") or fields.get("code")
    return str(text) if text and kind != "embed" else _node({"type": kind, **fields}, 0)


def _markers(markers: object, atoms: object) -> str:
    out = []
    for marker in markers if isinstance(markers, list) else ():
        match marker:
            case [0, _, _, str(text), *_]:
                out.append(escape(text))
            case [1, _, _, int(number), *_] if isinstance(atoms, list) and number < len(atoms):
                named = atoms[number]
                out.append("<br>" if named and named[0] == "soft-return" else escape(str(named[1])))
            case _:
                continue
    return "".join(out)
