"""A saved page → the text of its article, line by line, and the facts beside it.

The article is the element in which the paragraphs are; what stands between the headline and it
(byline, date) comes along, for `intake` to read. trafilatura gives a second opinion: where the two
disagree, the one that agrees with the page's own `articleBody` wins, else trafilatura.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from warraq.model import Fact
from warraq.seeds.page_facts import facts_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

AGREE = 0.85  # share of words in common (F1) from which our own reading is taken
PROSE = 9  # words from which a block is no label
MOST_HEAD = 14  # blocks between headline and body that may tell who and when
HEADING = 20  # words from which a heading's tag is misused for a paragraph
LISTED = 0.7  # share of list items among blocks from which the list is but the page's layout
CELL = 12  # words; a row of shorter cells is data, one of longer ones the page's layout
LABELLED = 0.5  # the same for one that opens like a pointer to another article
LINKED = 0.8  # share of a block's letters inside links from which it is no paragraph

_DROP = {
    "script", "style", "noscript", "template", "nav", "footer", "aside", "form", "button", "iframe",
    "svg", "select", "textarea", "input", "object", "embed", "canvas", "video", "audio",
    "figcaption", "map", "dialog", "menu", "label", "head",
}  # fmt: skip
_BLOCKS = {
    "p", "div", "section", "article", "main", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6",
    "blockquote", "pre", "table", "tr", "td", "th", "tbody", "header", "figure", "dl", "dt", "dd",
    "br", "hr", "center", "body", "address", "time", "details", "summary", "thead", "aside",
}  # fmt: skip
# Markdown's marks for what a block stands in; the steps of intake look past them.
_MARKS = {
    "h2": "## ", "h3": "### ", "h4": "### ", "h5": "#### ", "h6": "#### ",
    "li": "- ", "blockquote": "> ",
}  # fmt: skip
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:share|sharing|sharedaddy|social|related|relatedposts?|recommend\w*|read-?more|readmore|"
    r"also-?read|read-?also|see-?also|comments?|respond|disqus|reactions?|replies|talkbacks?|visitors?-?\w*|discussion|tags?|tagcloud|breadcrumbs?|newsletter|subscri\w+|"
    r"advert\w*|ads?|adsense|banner|promo\w*|sidebar|widget\w*|footer|menu|navbar|nav|navigation|pagination|"
    r"popup|modal|cookies?|most-?(?:read|viewed|popular)|trending|popular|author-?(?:box|bio|info|card)|"
    r"toolbar|print|caption|credits?|copyright|skip-link|screen-reader-text|sr-only|ticker|breaking|outbrain|"
    r"taboola|mgid|jp-relatedposts|post-?nav\w*|next-?prev|prev-?next|rating|poll|survey|login|search|"
    r"player|gallery-?thumbs|thumbs?|counter|views|follow\w*|more-?(?:news|stories|posts|articles)|"
    r"twitter-tweet|instagram-media|fb-post|latest|suggest\w*|similar|teaser|also|wp-caption-text|article-?tags|keywords)(?:$|[\s_-])",
    re.IGNORECASE,
)  # fmt: skip
_BODY_NAMES = re.compile(
    r"(?:^|[\s_-])(?:article-?(?:body|content|text)|entry-?content|post-?(?:content|body|text)|story-?(?:body|"
    r"content|text)|news-?(?:content|body|text|details?)|td-post-content|body-?(?:text|content)|wysiwyg\w*|"
    r"the-?content|single-?content|content-?body|field--name-body|articlebody)(?:$|[\s_-])",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"\W*(?:[اإأ]قر[أاؤ]|شاهد|طالع|[اأ]نظر|للمزيد|المزيد|قد يهمك|تابع|ذات صلة|في السياق|خبر ذو صلة)"
)
_COMMENTS = re.compile(
    r"\W*\d*\s*(?:ال)?(?:تعليقات|تعليق|ردود|آراء)(?: (?:القراء|الزوار|المتابعين))?\W*\d*\W*|"
    r"(?:comments|leave a (?:reply|comment))\W*\d*",
    re.IGNORECASE,
)
_META = re.compile(r"meta|date|author|time|views|byline|publish", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")


class Block(NamedTuple):
    """A piece of text between block-level tags; `linked` is the share of it inside links.

    `mark` is Markdown's for what it stands in: a heading, a list, a quotation.
    """

    text: str
    linked: float
    mark: str = ""


def parts(page: str) -> tuple[str, tuple[Fact, ...]]:
    """Return (text, facts) for a page: one line a paragraph, headline and byline lines first.

    Blocks inside the article that are nothing but links are left out and come back as facts with
    the key `dropped`, for the receipt.
    """
    from lxml import etree  # noqa: PLC0415 - slow to import, needed for pages only
    from lxml.html import HTMLParser, document_fromstring  # noqa: PLC0415

    parser = HTMLParser(recover=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        root = document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return "", ()
    facts = facts_of(root, page)
    headline = _headline(root, facts)
    if headline is not None:
        facts = (Fact("title", _text(headline), "h1"), *facts)
    _prune(root)
    article = _article(root, headline)
    if article is None:
        return _second(page), facts
    kept, dropped = _paragraphs(article)
    own = [block.text for block in kept]
    lines = _chosen(own, page, facts)
    head = _head(root, headline, article, lines)
    facts += tuple(Fact("dropped", text, "links") for text in dropped)
    return "\n".join([*head, *(_marked(kept) if lines is own else lines)]), facts


def fragment(body: str) -> tuple[str, list[str]]:
    """Return (text, blocks left out) for a body that a CMS keeps as HTML."""
    from lxml import etree  # noqa: PLC0415 - slow to import
    from lxml.html import HTMLParser, fragment_fromstring  # noqa: PLC0415

    parser = HTMLParser(recover=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        root = fragment_fromstring(
            body.encode("utf-8", "replace"), create_parent="div", parser=parser
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return "", []
    _prune(root)
    kept, dropped = _paragraphs(root)
    return "\n".join(_marked(kept)), dropped


def _marked(blocks: list[Block]) -> list[str]:
    """Return the texts of `blocks` with the marks of headings, lists and quotations."""
    listed = sum(block.mark == "- " for block in blocks) > LISTED * len(blocks)
    return [
        block.text if _is_misused(block, listed) else block.mark + block.text for block in blocks
    ]


def _is_misused(block: Block, listed: bool) -> bool:
    if block.mark.startswith("#"):
        return len(block.text.split()) > HEADING
    return listed and block.mark == "- "


def _chosen(  # noqa: PLR0911 - a return a question
    own: list[str], page: str, facts: tuple[Fact, ...]
) -> list[str]:
    second = _above_comments(line for line in _second(page).split("\n") if line.strip())
    if not second:
        return own
    if not own:
        return second
    # What is short the steps of intake know better: labels, writers, days.
    prose = [[line for line in lines if len(line.split()) >= PROSE] for lines in (own, second)]
    if max(_likeness(own, second), _likeness(*prose)) >= AGREE:
        return own
    if sum(line.startswith("|") for line in second) > 0.5 * len(second):
        return own  # a page laid out in tables
    told = next((f.value for f in facts if f.key == "articleBody" and len(f.value) > 300), "")
    if told:
        return max((own, second), key=lambda lines: _likeness(lines, [told]))
    if _encloses(second, own):
        return own
    longer = sum(map(len, own)) > 1.15 * sum(map(len, second))
    return own if longer and _covers(own, second) else second


def _above_comments(lines: Iterable[str]) -> list[str]:
    return list(takewhile(lambda line: not _COMMENTS.fullmatch(line), lines))


def _encloses(second: list[str], own: list[str]) -> bool:
    """Tell whether `second` is all of `own` and more above or below it: readers' voices, notices.

    Our own reading ends where the article's element does.
    """
    prose = [line for line in own if len(line.split()) >= PROSE]
    mine, theirs = _bag(prose), _bag(second)
    if (mine & theirs).total() < 0.97 * mine.total() or mine.total() < 0.4 * theirs.total():
        return False
    inside = [n for n, line in enumerate(second) if line in prose]
    if len(inside) < 2:
        return False
    between = second[inside[0] : inside[-1] + 1]
    return all(line in own or len(line.split()) < PROSE for line in between)


def _covers(own: list[str], second: list[str]) -> bool:
    """Tell whether `own` holds nearly all of `second`, and what it has more is prose too."""
    mine, theirs = _bag(own), _bag(second)
    if (mine & theirs).total() < 0.9 * theirs.total():
        return False
    extra = [line for line in own if line not in second]
    prose = sum(len(line.split()) for line in extra if len(line.split()) >= 15)
    return prose >= 0.8 * sum(len(line.split()) for line in extra)


def _likeness(one: Iterable[str], other: Iterable[str]) -> float:
    first, second = _bag(one), _bag(other)
    return 2 * (first & second).total() / max(1, first.total() + second.total())


def _bag(lines: Iterable[str]) -> Counter[str]:
    return Counter(word for line in lines for word in re.findall(r"\w+", line))


def _second(page: str) -> str:
    """Return trafilatura's reading of the page's body, "" when it has none."""
    import logging  # noqa: PLC0415

    from trafilatura import extract  # noqa: PLC0415 - slow to import, needed for pages only

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    text = extract(
        page, include_comments=False, include_tables=True, favor_recall=False, deduplicate=False
    )
    return re.sub(r"^- ", "", text or "", flags=re.MULTILINE)


def _headline(root: "HtmlElement", facts: tuple[Fact, ...]) -> "HtmlElement | None":
    """Return the h1 that agrees with what the page calls itself, or its only long one."""
    told = [_words(f.value) for f in facts if f.key in {"title", "page-title"}]
    heads = [h for h in root.iter("h1") if len(_words(_text(h))) >= 2]
    fitting = [h for h in (*heads, *root.iter("h2", "h3")) if _is_told(_words(_text(h)), told)]
    if fitting:  # the site's name may head the page too; of two equally long the first
        return max(fitting, key=lambda head: len(_words(_text(head))))
    long = [h for h in heads if len(_words(_text(h))) >= 4]
    if len(long) == 1:
        return long[0]
    for head in root.iter("h2", "h3", "strong", "b"):
        own = _words(_text(head))
        if len(own) >= 3 and any(own in (t[: len(own)], t[-len(own) :]) for t in told):
            return head
    return None


def _is_told(own: list[str], told: list[list[str]]) -> bool:
    """Tell whether the words of a heading begin or end what the page calls itself."""
    return len(own) >= 2 and any(
        own == t[: len(own)] or (len(own) >= 4 and own == t[-len(own) :]) for t in told
    )


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def _text(element: "HtmlElement") -> str:
    return " ".join(element.text_content().split())


def _prune(root: "HtmlElement") -> None:
    """Drop what is never an article: by tag, by class names of furniture, hidden elements."""
    total = len(_text(root)) or 1
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or element.getparent() is None:
            continue
        if element.tag in {"html", "body", "main", "article", "h1"}:
            continue
        name = f"{element.get('class') or ''} {element.get('id') or ''}"
        style = (element.get("style") or "").replace(" ", "").lower()
        hidden = element.get("hidden") is not None or "display:none" in style
        hidden = hidden or "hidden" in name.split()
        named = bool(name.strip()) and _FURNITURE.search(name) and not _BODY_NAMES.search(name)
        dropped = element.tag in _DROP and element.tag != "form"  # ASP.NET's holds the page
        if dropped or ((hidden or named or element.tag == "form") and _expendable(element, total)):
            if element.tag in {"header", "figure"} and element.xpath(".//h1"):
                continue
            element.drop_tree()
    _prune_comments(root)
    _join_rows(root)


def _prune_comments(root: "HtmlElement") -> None:
    """Drop the box that «التعليقات» heads, however long the readers' words are."""
    for heading in list(root.iter("h2", "h3", "h4", "h5", "legend")):
        box = heading.getparent()
        if box is None or box.tag in {"body", "article", "main"} or box.xpath(".//h1"):
            continue
        if _COMMENTS.fullmatch(_text(heading)) and box[0] is heading:
            box.drop_tree()


def _expendable(element: "HtmlElement", total: int) -> bool:
    """Tell whether `element` is too small, or too full of links, to be the article itself."""
    if element.xpath(".//h1"):
        return False
    long = [p for p in element.iter("p") if len(_text(p)) > 120 and _linked(p) < 0.5]
    return len(long) < 3 and len(_text(element)) < 0.45 * total


def _linked(element: "HtmlElement") -> float:
    whole = len(_text(element))
    return sum(len(_text(a)) for a in element.iter("a")) / whole if whole else 0.0


def _article(root: "HtmlElement", headline: "HtmlElement | None") -> "HtmlElement | None":
    """Return the element that holds the article's paragraphs: the deepest with most of them.

    Where no part of the page has most of them (a short article over many comments), it is the part
    that holds the headline too.
    """
    for element in root.xpath("//*[@itemprop='articleBody']"):
        if len(_text(element)) > 200:
            return element
    weights: dict[HtmlElement, float] = {}
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        weight = _own_prose(element)
        if not weight:
            continue
        above, share = element, weight
        while above is not None and above.tag != "html":
            weights[above] = weights.get(above, 0.0) + share
            above = above.getparent()
    if not weights:
        return None
    whole = max(weights.values())
    holders = [e for e, weight in weights.items() if weight >= 0.5 * whole]
    named = [
        e for e in holders if _BODY_NAMES.search(f"{e.get('class') or ''} {e.get('id') or ''}")
    ]
    best = min(named or holders, key=lambda e: (len(_text(e)), -_depth(e)))
    if best.tag in {"body", "html"} and headline is not None:
        around = (e for e in headline.iterancestors() if weights.get(e, 0.0) >= 0.3 * whole)
        best = next(around, best)
    if best.tag == "p" and best.getparent() is not None:
        best = best.getparent()
    return _widened(best, weights)


def _widened(element: "HtmlElement", weights: "dict[HtmlElement, float]") -> "HtmlElement":
    """Return `element`, or an ancestor that has clearly more of the same without more furniture.

    Only what is made like `element` (its tag and class), or is a bare paragraph, is the same; what
    else has prose in it there (readers' voices, advertisements) is taken out.
    """
    above = element.getparent()
    while above is not None and above.tag not in {"body", "html"}:
        alike = [child for child in above if _is_alike(child, element)]
        more = sum(weights.get(child, 0.0) for child in alike) / max(1.0, weights.get(element, 0.0))
        if more >= 1.12 and _linked(above) < 0.25:
            for child in list(above):
                strange = child not in alike and child.tag in {"div", "section", "aside", "td"}
                if strange and not child.xpath("descendant-or-self::h1"):
                    child.drop_tree()
            element = above
        above = above.getparent()
    return element


def _is_alike(child: "HtmlElement", element: "HtmlElement") -> bool:
    if child is element or child.tag in {"p", "blockquote", "ul", "ol", "table", "h2", "h3"}:
        return True
    return (child.tag, child.get("class")) == (element.tag, element.get("class"))


def _own_prose(element: "HtmlElement") -> float:
    """Return the letters of prose that stand directly in `element`, outside deeper blocks."""
    texts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _BLOCKS and child.tag != "a":
            texts.append(_text(child))
        elif child.tag == "a":
            texts.append(" ".join(_text(child).split()[:4]))
        texts.append(child.tail or "")
    text = " ".join(" ".join(texts).split())
    return float(len(text)) if len(text) >= 60 else 0.0


def _depth(element: "HtmlElement") -> int:
    return sum(1 for _ in element.iterancestors())


def _blocks(element: "HtmlElement") -> Iterator[Block]:
    """Yield the blocks under `element` in document order."""
    run: list[tuple[str, bool]] = []

    def flushed(mark: str) -> Iterator[Block]:
        text = " ".join("".join(piece for piece, _ in run).split())
        letters = len(_LETTER.findall("".join(piece for piece, _ in run)))
        linked = sum(len(_LETTER.findall(piece)) for piece, inside in run if inside)
        run.clear()
        if text:
            yield Block(text, linked / letters if letters else 0.0, mark)

    def walk(node: "HtmlElement", inside: bool, mark: str) -> Iterator[Block]:
        if not isinstance(node.tag, str):
            return
        block = node.tag in _BLOCKS
        if block:
            yield from flushed(mark)
        inner = _MARKS.get(node.tag, mark)
        linking = inside or node.tag == "a"
        run.append((node.text or "", linking))
        glued = _is_row(node)
        for child in node:
            if child.tag == "a" and run and run[-1][0] == "" and child.getprevious() is not None:
                run.append((" ", linking))  # a label and its link, set apart by style alone
            if _are_labels(child.getprevious(), child):
                run.append((" | ", linking))
            yield from walk(child, linking, inner)
            run.append((child.tail or (" | " if glued else ""), linking))
        if block:
            yield from flushed(inner)

    yield from walk(element, False, "")
    yield from flushed("")


def _join_rows(root: "HtmlElement") -> None:
    """Bring the cells of each row of data into one text; other tables are the page's layout."""
    for row in list(root.iter("tr")):
        cells = [_text(cell) for cell in row if cell.tag in {"td", "th"}]
        short = all(0 < len(text.split()) <= CELL for text in cells)
        if len(cells) >= 2 and short and not row.xpath(".//h1|.//p|.//a|.//table"):
            for cell in list(row):
                row.remove(cell)
            row.text = " | ".join(cells)


def _are_labels(one: "HtmlElement | None", other: "HtmlElement") -> bool:
    """Tell whether two neighbours are labels of a row: spans with classes, nothing between them."""
    if one is None or (one.tail or "").strip() or not isinstance(one.tag, str):
        return False
    return all(e.tag == "span" and (e.get("class") or e.get("itemprop")) for e in (one, other))


def _is_row(node: "HtmlElement") -> bool:
    """Tell whether `node` sets labels side by side (writer, day, views) without text between."""
    if node.tag in {"p", "blockquote", "td"} or (node.text or "").strip() or len(node) < 2:
        return False
    if any((child.tail or "").strip() for child in node):
        return False
    labels = [child for child in node if isinstance(child.tag, str)]
    names = " ".join(child.get("class") or "" for child in labels)
    spans = all(child.tag == "span" and len(_text(child).split()) <= 6 for child in labels)
    return bool(_META.search(names)) or spans


def _paragraphs(article: "HtmlElement") -> tuple[list[Block], list[str]]:
    kept: list[Block] = []
    dropped: list[str] = []
    for block in _blocks(article):
        linked = LABELLED if _LABEL.match(block.text) else LINKED
        if block.linked >= linked and len(block.text.split()) <= 40 and not _continues(kept, block):
            dropped.append(block.text)
        else:
            kept.append(block)
    return kept, dropped


def _continues(kept: list[Block], block: Block) -> bool:
    """Tell whether a linked block is the middle of a sentence that tags broke apart."""
    return bool(kept) and block.text[:1] in "،؛.,:)»”"


def _head(
    root: "HtmlElement", headline: "HtmlElement | None", article: "HtmlElement", lines: list[str]
) -> list[str]:
    """Return the headline and the short blocks between it and the article, as lines."""
    if headline is None or headline.getparent() is None:
        return []
    title = _text(headline)
    if article in headline.iterancestors():
        return []
    blocks: list[str] = []
    seen = False
    first = lines[0] if lines else ""
    for block in _blocks(root):
        if block.text == first:
            break
        if block.text == title:
            seen, blocks = True, []
            continue
        if seen and len(block.text.split()) <= 40:
            blocks.append(block.text)
    return [title, *blocks[:MOST_HEAD]] if seen else [title]
