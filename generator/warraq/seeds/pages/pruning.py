"""Remove what is never part of the article: by tag, by class names of furniture, if hidden."""

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lxml.html import HtmlElement

Gone = list[tuple["HtmlElement", "HtmlElement"]]  # (container, dropped element)

_DROP = {
    "script", "style", "noscript", "template", "nav", "footer", "aside", "form", "button", "iframe",
    "svg", "select", "textarea", "input", "object", "embed", "canvas", "video", "audio",
    "figcaption", "map", "dialog", "menu", "label", "head",
}  # fmt: skip
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:share|sharing|sharedaddy|social|related|relatedposts?|recommend\w*|read-?more|readmore|"
    r"also-?read|read-?also|see-?also|comments?|respond|disqus|reactions?|replies|talkbacks?|visitors?-?\w*|discussion|tags?|tagcloud|breadcrumbs?|newsletter|subscri\w+|"
    r"advert\w*|ads?|adsense|banner|promo\w*|sidebar|widget\w*|footer|menu|navbar|nav|navigation|pagination|"
    r"popup|modal|overlay|push-?notif\w*|notification|app-?download|download-?app|reading-?time|weather|prayer\w*|currency|horoscope|cookies?|most-?(?:read|viewed|popular)|trending|popular|author-?(?:box|bio|info|card)|"
    r"toolbar|print|caption|credits?|copyright|skip-link|screen-reader-text|sr-only|ticker|breaking|outbrain|"
    r"taboola|mgid|jp-relatedposts|post-?nav\w*|next-?prev|prev-?next|rating|poll|survey|login|search|"
    r"player|gallery|galleries|slider|carousel|lightbox|slideshow|podcasts?|pod|listen\w*|text-to-speech|tts|thumbs?|counter|views|follow\w*|more-?(?:news|stories|posts|articles)|"
    r"twitter-tweet|instagram-media|fb-post|latest|suggest\w*|similar|teaser|also|wp-caption-text|article-?tags|keywords)(?:$|[\s_-])",
    re.IGNORECASE,
)
# An introduction set apart from the text, or its key points in a list: a summary, not the body.
_STANDFIRST = re.compile(
    r"(?:^|[\s_-])(?:sub-?title|sub-?head(?:ing|line)?|alternative-?headline|dek|standfirst|tagline|chapo|excerpt|(?<!with-)summary|"
    r"key-?points?|highlights|takeaways?)(?:$|[\s_-])",
    re.IGNORECASE,
)
LABELS = re.compile(
    r"\W*(?:[اإأ]قر[أاؤ] (?:أيضا|ايضا|المزيد|كذلك)|(?:شاهد|طالع|[اأ]نظر) أيضا|قد يهمك(?: أيضا)?|"
    r"(?:مقالات|مواضيع|مواد|أخبار|موضوعات|قصص) (?:ذات صلة|أخرى|مشابهة|متعلقة|مرتبطة)|(?:ال)?أكثر (?:قراءة|مشاهدة)|"  # noqa: E501
    r"(?:ال)?نقاط (?:ال)?(?:رئيسية|أساسية)|(?:أبرز|أهم) (?:النقاط|ما في الخبر|ما جاء في الخبر)|في نقاط|ملخص الخبر|"  # noqa: E501
    r"خلاصة الخبر|[اأ]قرأ التالي|المزيد في هذه الفئة)\W*"
)
# The beginning of a line that points to another article.
POINTER = re.compile(
    r"\W*(?:[اإأ]قر[أاؤ]|شاهد|طالع|[اأ]نظر|للمزيد|المزيد|قد يهمك|تابع|ذات صلة|في السياق|خبر ذو صلة)"
)
_MARKS = re.compile("[\u064b-\u0652]")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_BUILDER = re.compile(r"elementor-widget")  # in Elementor every part of a page is a «widget»
BODY_NAMES = re.compile(
    r"(?:^|[\s_-])(?:article-?(?:body|content|text)|entry-?content|post-?(?:content|body|text)|story-?(?:body|"
    r"content|text)|news-?(?:content|body|text|details?)|td-post-content|body-?(?:text|content)|wysiwyg\w*|"
    r"the-?content|single-?content|content-?body|field--name-body|articlebody)(?:$|[\s_-])",
    re.IGNORECASE,
)
MOST_LABEL = 40  # code points of a label over a box
TEASER = 250  # code points outside links that a box may have per linked article
MOST_SUMMARY = 60  # words of a standfirst
STATEMENT = 12  # words from which text ending in a full stop is a paragraph, not a caption
MOST_CAPTION = 40  # words of a caption
COMMENTS = re.compile(
    r"\W*\d*\s*(?:ال)?(?:تعليقات|تعليق|ردود|آراء)(?: (?:القراء|الزوار|المتابعين))?\W*\d*\W*|"
    r"(?:comments|leave a (?:reply|comment))\W*\d*",
    re.IGNORECASE,
)


def text_of(element: "HtmlElement") -> str:
    """Return the text content of `element` with whitespace collapsed."""
    return " ".join(element.text_content().split())


def without_marks(text: str) -> str:
    """Return `text` without vowel marks."""
    return _MARKS.sub("", text)


def short_text(element: "HtmlElement", most: int) -> str:
    """Return the text of `element`, its pieces separated by spaces, "" if longer than `most`.

    Longer text is not read to its end: nested elements would repeat the work at each level.
    """
    held: list[str] = []
    length = -1
    for piece in element.itertext():
        own = piece.split()
        held += own
        length += sum(map(len, own)) + len(own)
        if length > most:
            return ""
    return " ".join(held)


def drop(element: "HtmlElement", gone: Gone) -> None:
    """Drop `element` with its content, and record it in `gone`."""
    holder = element.getparent()
    if holder is not None:
        gone.append((holder, element))
        element.drop_tree()


def prune(root: "HtmlElement", gone: Gone) -> list[str]:
    """Drop what is never part of an article: by tag, by class names of furniture, if hidden.

    Return the dropped texts that may be worth a check: standfirsts, boxes of related articles.
    Every dropped element is recorded in `gone`.
    """
    texts: list[str] = []
    total = len(text_of(root)) or 1
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or element.getparent() is None:
            continue
        if element.tag in {"html", "body", "main", "article", "h1"}:
            continue
        role = _role_of(_name_of(element))
        style = (element.get("style") or "").replace(" ", "").lower()
        hidden = role.hidden or element.get("hidden") is not None or "display:none" in style
        summary = role.standfirst and len(text_of(element).split()) <= MOST_SUMMARY
        named = (summary or role.furniture) and not role.body
        dropped = element.tag in _DROP and element.tag != "form"  # ASP.NET's holds the page
        if dropped or ((hidden or named or element.tag == "form") and _expendable(element, total)):
            if element.tag in {"header", "figure"} and element.xpath(".//h1"):
                continue
            if summary:
                texts.append(text_of(element))
            drop(element, gone)
    _prune_comments(root, gone)
    return [text for text in (*texts, *prune_labelled(root, gone)) if text]


def names_of(element: "HtmlElement") -> str:
    """Return the class, id and itemprop; `itemImageCaption` becomes `item-Image-Caption`."""
    return _apart(_name_of(element))


def _name_of(element: "HtmlElement") -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"


def _apart(name: str) -> str:
    return _CAMEL.sub("-", _BUILDER.sub("", name))


class _Role(NamedTuple):
    """What an element is, judged by its class, id and itemprop."""

    hidden: bool
    standfirst: bool
    furniture: bool
    body: bool


@lru_cache(maxsize=4096)  # a site uses few distinct names
def _role_of(name: str) -> _Role:
    apart = _apart(name)
    found = (bool(names.search(apart)) for names in (_STANDFIRST, _FURNITURE, BODY_NAMES))
    return _Role("hidden" in apart.split(), *found)


def prune_labelled(root: "HtmlElement", gone: Gone) -> list[str]:
    """Drop boxes that start with a label («مقالات ذات صلة»); return their texts."""
    texts = []
    total = len(text_of(root)) or 1
    kept: set[HtmlElement] = set()  # boxes already checked: they may hold thousands of labels
    for label in list(root.iter("h2", "h3", "h4", "h5", "h6", "div", "span", "strong", "b", "td")):
        own = text_of(label) if label.getparent() is not None else ""
        if len(own) > MOST_LABEL or not LABELS.fullmatch(without_marks(own)):
            continue
        above = list(label.iterancestors())
        if root not in above:  # dropped already, with an enclosing box
            continue
        letters = "".join(own.split())
        more = len(letters) + 1
        box = next((e for e in above if len(_first_letters(e, more)) == more), root)
        if box is root or box.tag in {"body", "article", "main"} or box in kept:
            continue
        if _first_letters(box, len(letters)) != letters:
            continue
        if _points_elsewhere(box) and _expendable(box, total):
            texts.append(text_of(box))
            drop(box, gone)
        else:
            kept.add(box)
    return texts


def _first_letters(element: "HtmlElement", most: int) -> str:
    """Return the first `most` non-space characters of `element`; the rest is not read."""
    held = ""
    for piece in element.itertext():
        held += "".join(piece.split())
        if len(held) >= most:
            break
    return held[:most]


def _points_elsewhere(box: "HtmlElement") -> bool:
    """Whether `box` is mostly links or list items, with few words outside links."""
    things = max(len(list(box.iter("a"))), len(list(box.iter("li"))))
    return len(text_of(box)) * (1 - linked(box)) <= TEASER * things


def drop_pictures(article: "HtmlElement", gone: Gone) -> list[str]:
    """Drop the pictures in `article` with their captions; return the captions.

    A picture's box holds the picture and a few words in elements of their own.
    """
    whole = len(text_of(article))
    captions = []
    for image in list(article.iter("img", "amp-img")):
        box = image.getparent()
        while box is not None and box is not article and not text_of(box):
            box = box.getparent()
        if box is None or box is article or box.tag == "p" or article not in box.iterancestors():
            continue
        text = text_of(box)
        apart = not (box.text or "").strip() and not any((e.tail or "").strip() for e in box)
        small = len(text.split()) <= MOST_CAPTION and len(text) < 0.25 * whole
        small = small and not (len(text.split()) >= STATEMENT and text.endswith("."))
        if apart and small and not box.xpath(".//h1|.//h2|.//h3|.//time|.//a"):
            captions.append(text)
            drop(box, gone)
    return captions


def _prune_comments(root: "HtmlElement", gone: Gone) -> None:
    """Drop boxes headed «التعليقات», however long the comments are."""
    for heading in list(root.iter("h2", "h3", "h4", "h5", "legend")):
        box = heading.getparent()
        if box is None or box is root or box[0] is not heading:
            continue
        if box.tag in {"body", "article", "main"} or not COMMENTS.fullmatch(text_of(heading)):
            continue
        if not box.xpath(".//h1"):
            drop(box, gone)


def _expendable(element: "HtmlElement", total: int) -> bool:
    """Whether `element` is too small, or too full of links, to be the article itself."""
    if next(element.iterdescendants("h1"), None) is not None:
        return False
    long = [p for p in element.iter("p") if len(text_of(p)) > 120 and linked(p) < 0.5]
    return len(long) < 3 and len(text_of(element)) < 0.45 * total


def linked(element: "HtmlElement") -> float:
    """Return the share, 0 to 1, of the letters in `element` that are inside links."""
    whole = len(text_of(element))
    return sum(len(text_of(a)) for a in element.iter("a")) / whole if whole else 0.0
