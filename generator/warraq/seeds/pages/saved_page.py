"""A saved page → the lines of its article's text, its metadata and pictures.

The article is the element that contains the paragraphs; the lines between the headline and it
(byline, date) are included, for `intake` to read. In doubtful cases trafilatura gives a second
reading: if the two disagree, the one that agrees with the page's own `articleBody` wins, otherwise
trafilatura's.
"""

import re
from collections import Counter
from collections.abc import Iterable
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from warraq.model import Fact, Figure
from warraq.seeds.pages import unused
from warraq.seeds.pages.blocks import (
    BLOCKS,
    PageBlock,
    blocks_of,
    join_rows,
    join_tables,
    markdown_of,
    marked,
    paragraphs,
)
from warraq.seeds.pages.inline import address_of, without_own
from warraq.seeds.pages.page_facts import called, facts_of
from warraq.seeds.pages.page_pictures import shown_in
from warraq.seeds.pages.pruning import (
    BODY_NAMES,
    COMMENTS,
    MOST_LABEL,
    Gone,
    drop,
    drop_pictures,
    linked,
    names_of,
    prune,
    text_of,
)
from warraq.seeds.pages.trees import tree

if TYPE_CHECKING:
    from lxml.html import HtmlElement

AGREE = 0.85  # shared words (F1) from which our own reading is used
SURE = 0.95  # the same with the page's `articleBody`, from which no second reading is made
PROSE = 9  # words from which a block is prose, not a label
LONG = 100  # letters of a text too long for a label or another story's headline
LEAST_LONG, NEARLY_ALL, MOSTLY = 3, 0.95, 0.9  # such texts, shares: see `_is_whole`
_LONG_TEXTS = (
    f"descendant-or-self::*/text()[string-length() >= {LONG}][not(parent::script or parent::style"
    " or parent::noscript or parent::textarea or parent::title or parent::a)]"
)
MOST_DATE = 60  # code points of an element that holds only a date
_DATE = re.compile(
    r"(?:^|[\s_-])(?:post|entry|news|article|publish|field)?-?_?(?:date|pubdate|published|datetime|timestamp)(?:$|[\s_-])",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|[\u0660-\u0669]{4}")
SOURCE = 20  # words of a line that names the source
_SOURCE = re.compile(r"\W*(?:المصدر|المصادر|مصدر الخبر)\s*[:/–-]|\W*إخلاء مسؤولية")
_SIGNED = re.compile(r"[\d:|/@–—-]|^\W*(?:بقلم|بواسطة|كتبت?ه?ا?|إعداد|تحرير|ترجمة|حوار|تقرير)\s")
_STOPS = (".", "!", "؟", "?", "…", "»", '"', "”")
_PUBLISHED = re.compile(r"\W*(?:تاريخ النشر|ن\u064f?شر|published)\W.*\d", re.IGNORECASE)
MOST_HEAD_WORDS = 40  # words of a block above the body; a longer one must be a sentence
STANDFIRST = 30  # words
# Names of the parts a CMS splits a text into: «itemIntroText» and «itemFullText», «suite».
_PART = re.compile(
    r"(?:^|[\s_-])(?:intro(?:duction)?|lead|chapeau|text|txt|body|content|rest|suite|part|paragraphs?)\d*(?:$|[\s_-])",
    re.IGNORECASE,
)
LEAST_TITLE, MOST_BADGE = 3, 12  # words of a headline, code points of a badge after it
MOST_HEAD = 14  # blocks between headline and body that may hold the byline and date


class SavedPage(NamedTuple):
    """The content of a saved page: the article's text, metadata facts, pictures.

    `forms` has the Markdown of each line, "" where it follows from the text.
    """

    text: str
    facts: tuple[Fact, ...] = ()
    figures: tuple[Figure, ...] = ()
    forms: tuple[str, ...] = ()


def parts(page: str) -> tuple[str, tuple[Fact, ...]]:
    """Return (text, facts) of a page, as from `page_of`."""
    return page_of(page)[:2]


def page_of(page: str, base: str = "") -> SavedPage:
    """Return the content of a page, one line per paragraph, headline and byline lines first.

    What is left out of the article's element is returned as facts with the key `dropped`, for
    the receipt. `base` is the page's address if known; otherwise it is read from the page.
    """
    from lxml.html import document_fromstring  # noqa: PLC0415 - slow to import

    page = without_own(page)
    read = tree(page, document_fromstring)
    if read is None:
        return SavedPage("")
    root = read.root
    names = called(root)
    headline = _headline(root, names)
    facts = facts_of(root, page, headline)
    if headline is not None:
        _unbadge(headline, names)
        facts = (Fact("title", text_of(headline), "h1"), *facts)
    base = _base(facts, base)
    shown = shown_in(root, base)
    gone: Gone = []
    long = _long_texts(root)
    boxes = prune(root, gone)
    article = _article(root, headline, gone)
    if read.cut:
        facts += (Fact("cut", "", "depth"),)
    if article is None:
        return SavedPage("\n".join(_second(page, alone=True) if read.small else ()), facts)
    if headline is None and (headline := _heading_above(root, article)) is not None:
        _unbadge(headline, names)
        facts = (Fact("title", text_of(headline), "heading"), *facts)
    join_tables(article)
    join_rows(root)
    captions = drop_pictures(article, gone)
    inside = unused.inside(article, gone)
    figures, players = shown.within(article, inside)
    kept, dropped = paragraphs(article, lambda link: address_of(link, base)[0])
    own = [block.text for block in kept]
    asked = read.small and not (_matches_article_body(own, facts) or _is_whole(own, article, long))
    lines = _chosen(own, _second(page, [*captions, *boxes]), facts) if asked else own
    if lines is own:
        written = marked(kept)
    else:
        facts += _dropped("reading", unused.unread(own, lines))
        kept = _those_in(lines, kept)
        written = _as_own(lines, kept)
    head, standfirst = _parted(_head(root, headline, article, lines))
    captions += standfirst
    if headline is not None and not any(fact.key == "date" for fact in facts):
        facts += _day_near(headline, article)
    facts += _dropped("links", (block.text for block in dropped))
    facts += (*_dropped("caption", captions), *_dropped("box", boxes), *players)
    known = {fact.value for fact in facts if fact.key == "dropped"}
    known |= {address for block in kept for address in block.addresses}
    facts += (*unused.others(inside, gone, shown, base, unused.ArticleContents(known, figures)),)
    lined = [*((line, "") for line in head), *written, *((line, "") for line in _foot(article))]
    forms = tuple(form for _, form in lined)
    return SavedPage(
        "\n".join(text for text, _ in lined), facts, figures, forms if any(forms) else ()
    )


def _base(facts: Iterable[Fact], address: str) -> str:
    """Return the base for relative addresses: `<base>`, else `address`, else the page's own."""
    stated = {fact.basis: fact.value for fact in facts if fact.key == "url"}
    return stated.get("base") or address or next(iter(stated.values()), "")


def _dropped(why: str, texts: Iterable[str]) -> tuple[Fact, ...]:
    return tuple(Fact("dropped", text, why) for text in texts)


def _those_in(lines: list[str], blocks: list[PageBlock]) -> list[PageBlock]:
    known = set(lines)
    return [block for block in blocks if block.text in known]


def _as_own(lines: list[str], own: list[PageBlock]) -> list[tuple[str, str]]:
    """Return (line, Markdown) of each line; the Markdown is that of our own block, if any."""
    known = {block.text: block for block in own}
    return [(line, markdown_of(known[line]) if line in known else "") for line in lines]


def _article_body(facts: tuple[Fact, ...]) -> str:
    """Return the page's `articleBody`, "" if it is missing or only a summary."""
    return next((f.value for f in facts if f.key == "articleBody" and len(f.value) > 300), "")


def _matches_article_body(own: list[str], facts: tuple[Fact, ...]) -> bool:
    """Whether `own` agrees with the page's `articleBody`, so no second reading is needed."""
    stated = _article_body(facts)
    return bool(stated) and _likeness(own, [stated]) >= SURE


def _is_whole(own: list[str], article: "HtmlElement", page: list[int]) -> bool:
    """Whether `own` is prose and all the prose of the page; `page` has its long texts' lengths.

    Then `article` holds several long texts, hardly any are outside it, and little else is inside.
    """
    prose = sum(len(line) for line in own if len(line.split()) >= PROSE)
    within = _long_texts(article)
    return (
        article.tag not in {"body", "html"}
        and len(within) >= LEAST_LONG
        and sum(within) >= NEARLY_ALL * sum(page)
        and prose >= MOSTLY * sum(map(len, own))
    )


def _long_texts(element: "HtmlElement") -> list[int]:
    """Return the lengths of the long texts in `element`, except in links and scripts."""
    texts = element.xpath(_LONG_TEXTS, smart_strings=False)
    return [length for text in texts if (length := len(" ".join(text.split()))) >= LONG]


def _chosen(  # noqa: PLR0911 - one return per rule
    own: list[str], second: list[str], facts: tuple[Fact, ...]
) -> list[str]:
    if not second:
        return own
    if not own:
        return second
    # Compare without short lines too: labels, writers and dates are left to the intake steps.
    prose = [[line for line in lines if len(line.split()) >= PROSE] for lines in (own, second)]
    if max(_likeness(own, second), _likeness(*prose)) >= AGREE:
        return own
    if sum(line.startswith("|") for line in second) > 0.5 * len(second):
        return own  # a page laid out in tables
    if stated := _article_body(facts):
        return max((own, second), key=lambda lines: _likeness(lines, [stated]))
    if _encloses(second, own):
        return own
    longer = sum(map(len, own)) > 1.15 * sum(map(len, second))
    return own if longer and _covers(own, second) else second


def _above_comments(lines: Iterable[str]) -> list[str]:
    listed = list(lines)
    often = Counter(line for line in listed if line.rstrip().endswith(":"))  # «التعليق:» each time

    def is_text(line: str) -> bool:
        return len(line) > MOST_LABEL or often[line] > 1 or not COMMENTS.fullmatch(line)

    return list(takewhile(is_text, listed))


def _encloses(second: list[str], own: list[str]) -> bool:
    """Whether `second` is `own` with extra lines above or below: readers' comments, notices.

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
    """Whether `own` has nearly all of `second`, and its extra lines are prose too."""
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


def _second(page: str, without: Iterable[str] = (), *, alone: bool = False) -> list[str]:
    """Return trafilatura's reading of the body, except readers' comments and lines in `without`.

    If it is the only reading (`alone`), its slower fallback extractors are used as well.
    """
    import logging  # noqa: PLC0415

    from trafilatura import extract  # noqa: PLC0415 - slow to import, needed for pages only

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    text = extract(page, fast=not alone, include_comments=False, include_tables=True)
    excluded = "\n".join(without)
    lines = (line.removeprefix("- ") for line in (text or "").split("\n") if line.strip())
    return _above_comments(line for line in lines if line.strip() not in excluded)


def _headline(root: "HtmlElement", names: Iterable[str]) -> "HtmlElement | None":
    """Return the heading that matches one of the page's titles, or the only long h1."""
    stated = [_words(name) for name in names]
    heads = [h for h in root.iter("h1") if len(_words(text_of(h))) >= 2]
    fitting = [
        h for h in (*heads, *root.iter("h2", "h3")) if _is_called(_words(text_of(h)), stated)
    ]
    if fitting:  # the site's name may match too; of equally long ones, the first
        return max(fitting, key=lambda head: len(_words(text_of(head))))
    long = [h for h in heads if len(_words(text_of(h))) >= 4]
    if len(long) == 1:
        return long[0]
    for head in root.iter("h2", "h3", "strong", "b"):
        own = _words(text_of(head))
        if len(own) >= 3 and any(own in (t[: len(own)], t[-len(own) :]) for t in stated):
            return head
    return None


def _heading_above(root: "HtmlElement", article: "HtmlElement") -> "HtmlElement | None":
    """Return the last heading before `article`, for a page whose head names no headline."""
    within = {article, *article.iterdescendants()}
    found = None
    for element in root.iter():
        if element in within:
            break
        if element.tag in {"h1", "h2", "h3", "h4"} and len(_words(text_of(element))) >= 4:
            found = None if linked(element) > 0.5 and element.tag != "h1" else element
    return found


def _foot(article: "HtmlElement") -> list[str]:
    """Return the lines below `article`, or below its parent, that name the source."""
    holders = [article, *(e for e in article.iterancestors() if e.tag not in {"body", "html"})][:2]
    blocks = (b for e in holders for sibling in e.itersiblings() for b in blocks_of(sibling))
    return [b.text for b in blocks if _SOURCE.match(b.text) and len(b.text.split()) <= SOURCE]


def _is_called(own: list[str], stated: list[list[str]]) -> bool:
    """Whether a heading is the beginning or the end of one of the page's titles."""
    return len(own) >= 2 and any(
        own == t[: len(own)] or (len(own) >= 4 and own == t[-len(own) :]) for t in stated
    )


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def _article(
    root: "HtmlElement", headline: "HtmlElement | None", gone: Gone
) -> "HtmlElement | None":
    """Return the deepest element that contains most of the page's paragraphs.

    If no part of the page does (a short article above many comments), return the part that
    also contains the headline.
    """
    for element in root.xpath("//*[@itemprop='articleBody']"):
        if len(text_of(element)) > 200:
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
    named = [e for e in holders if BODY_NAMES.search(f"{e.get('class') or ''} {e.get('id') or ''}")]
    best = min(named or holders, key=lambda e: (len(text_of(e)), -_depth(e)))
    if best.tag in {"body", "html"} and headline is not None:
        around = (e for e in headline.iterancestors() if weights.get(e, 0.0) >= 0.3 * whole)
        best = next(around, best)
    if best.tag == "p" and best.getparent() is not None:
        best = best.getparent()
    return _widened(best, weights, gone)


def _widened(
    element: "HtmlElement", weights: "dict[HtmlElement, float]", gone: Gone
) -> "HtmlElement":
    """Return `element`, or an ancestor with clearly more similar content and few links.

    Similar are siblings with the tag and class of `element`, and plain paragraphs; other boxes
    in the ancestor (readers' comments, advertisements) are dropped.
    """
    above = element.getparent()
    while above is not None and above.tag not in {"body", "html"}:
        alike = [child for child in above if _is_alike(child, element)]
        more = sum(weights.get(child, 0.0) for child in alike) / max(1.0, weights.get(element, 0.0))
        if more >= 1.12 and linked(above) < 0.25:
            for child in list(above):
                strange = child not in alike and child.tag in {"div", "section", "aside", "td"}
                if strange and not child.xpath("descendant-or-self::h1"):
                    drop(child, gone)
            element = above
        above = above.getparent()
    return element


def _is_alike(child: "HtmlElement", element: "HtmlElement") -> bool:
    if child is element or child.tag in {"p", "blockquote", "ul", "ol", "table", "h2", "h3"}:
        return True
    if (child.tag, child.get("class")) == (element.tag, element.get("class")):
        return True
    return child.tag == element.tag and all(_PART.search(names_of(e)) for e in (child, element))


def _own_prose(element: "HtmlElement") -> float:
    """Return the length of the prose directly in `element`, outside nested blocks."""
    texts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and child.tag not in BLOCKS and child.tag != "a":
            texts.append(text_of(child))
        elif child.tag == "a":
            texts.append(" ".join(text_of(child).split()[:4]))
        texts.append(child.tail or "")
    text = " ".join(" ".join(texts).split())
    return float(len(text)) if len(text) >= 60 else 0.0


def _depth(element: "HtmlElement") -> int:
    return sum(1 for _ in element.iterancestors())


def _day_near(headline: "HtmlElement", article: "HtmlElement") -> tuple[Fact, ...]:
    """Return the date of the only `<time>`, else of the only date class, near the article.

    Near means below the headline, in the part of the page that contains both; dates in list items
    and links belong to other articles.
    """
    around = next((e for e in headline.iterancestors() if article in e.iterdescendants()), article)
    inside = set((article if around.tag in {"body", "html"} else around).iterdescendants())
    below = [
        e
        for e in headline.xpath("following::*[self::time or @class or @id]")
        if e in inside and not any(above.tag in {"li", "a"} for above in e.iterancestors())
    ]
    timed = {day[:10]: day for e in below if (day := str(e.get("datetime") or ""))}
    if len(timed) == 1:
        return (Fact("date", next(iter(timed.values())), "time"),)
    named = (e for e in below if _DATE.search(f"{e.get('class') or ''} {e.get('id') or ''}"))
    texts = {text for e in named if len(text := text_of(e)) <= MOST_DATE and _YEAR.search(text)}
    return (Fact("date", texts.pop(), "date class"),) if len(texts) == 1 else ()


def _parted(head: list[str]) -> tuple[list[str], list[str]]:
    """Return (the lines of `head` to keep, its standfirst and captions).

    A standfirst or caption has no full stop, digit, colon or dash, unlike a byline, a date,
    a source or a sentence.
    """
    standfirst = [
        line
        for line in head[1:]
        if 5 <= len(line.split()) <= STANDFIRST
        and not (_SIGNED.search(line) or line.endswith(_STOPS))
    ]
    return [line for line in head if line not in standfirst], standfirst


def _unbadge(headline: "HtmlElement", names: Iterable[str]) -> None:
    """Remove a badge («مميز») after a headline that is otherwise one of the page's titles."""
    text = text_of(headline)
    stated = (" ".join(name.split()) for name in names)
    own = (name for name in stated if len(name.split()) >= LEAST_TITLE and text.startswith(name))
    name = next((name for name in own if 0 < len(text) - len(name) <= MOST_BADGE), "")
    if name and len(headline):
        headline[:] = []
        headline.text = name


def _head(
    root: "HtmlElement", headline: "HtmlElement | None", article: "HtmlElement", lines: list[str]
) -> list[str]:
    """Return the headline and the short blocks between it and the article, as lines.

    A labelled publication date above the headline comes first.
    """
    if headline is None or headline.getparent() is None:
        return []
    title = text_of(headline)
    if article in headline.iterancestors():
        return []
    around = {e for e in headline.iterancestors() if e.tag not in {"body", "html"}}
    story = next((e for e in article.iterancestors() if e in around), root)
    stamps: list[str] = []
    blocks: list[str] = []
    seen = False
    first = lines[0] if lines else ""
    for block in blocks_of(story):
        if block.text == first:
            break
        if block.text == title:
            seen, blocks = True, []
            continue
        short = len(block.text.split()) <= MOST_HEAD_WORDS
        if seen and (short or block.text.endswith(".")):
            blocks.append(block.text)
        elif short and _PUBLISHED.match(block.text):
            stamps.append(block.text)
    return [*stamps[-1:], title, *blocks[:MOST_HEAD]] if seen else [title]
