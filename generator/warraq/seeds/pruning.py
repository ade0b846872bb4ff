"""What of a page is never its article: dropped by tag, by the names of furniture, when hidden."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

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
)  # fmt: skip
BODY_NAMES = re.compile(
    r"(?:^|[\s_-])(?:article-?(?:body|content|text)|entry-?content|post-?(?:content|body|text)|story-?(?:body|"
    r"content|text)|news-?(?:content|body|text|details?)|td-post-content|body-?(?:text|content)|wysiwyg\w*|"
    r"the-?content|single-?content|content-?body|field--name-body|articlebody)(?:$|[\s_-])",
    re.IGNORECASE,
)
COMMENTS = re.compile(
    r"\W*\d*\s*(?:ال)?(?:تعليقات|تعليق|ردود|آراء)(?: (?:القراء|الزوار|المتابعين))?\W*\d*\W*|"
    r"(?:comments|leave a (?:reply|comment))\W*\d*",
    re.IGNORECASE,
)


def text_of(element: "HtmlElement") -> str:
    """Return the text of `element` and all in it, one space between words."""
    return " ".join(element.text_content().split())


def prune(root: "HtmlElement") -> None:
    """Drop what is never an article: by tag, by class names of furniture, hidden elements."""
    total = len(text_of(root)) or 1
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or element.getparent() is None:
            continue
        if element.tag in {"html", "body", "main", "article", "h1"}:
            continue
        name = f"{element.get('class') or ''} {element.get('id') or ''}"
        style = (element.get("style") or "").replace(" ", "").lower()
        hidden = element.get("hidden") is not None or "display:none" in style
        hidden = hidden or "hidden" in name.split()
        named = bool(name.strip()) and _FURNITURE.search(name) and not BODY_NAMES.search(name)
        dropped = element.tag in _DROP and element.tag != "form"  # ASP.NET's holds the page
        if dropped or ((hidden or named or element.tag == "form") and _expendable(element, total)):
            if element.tag in {"header", "figure"} and element.xpath(".//h1"):
                continue
            element.drop_tree()
    _prune_comments(root)


def _prune_comments(root: "HtmlElement") -> None:
    """Drop the box that «التعليقات» heads, however long the readers' words are."""
    for heading in list(root.iter("h2", "h3", "h4", "h5", "legend")):
        box = heading.getparent()
        if box is None or box.tag in {"body", "article", "main"} or box.xpath(".//h1"):
            continue
        if COMMENTS.fullmatch(text_of(heading)) and box[0] is heading:
            box.drop_tree()


def _expendable(element: "HtmlElement", total: int) -> bool:
    """Tell whether `element` is too small, or too full of links, to be the article itself."""
    if element.xpath(".//h1"):
        return False
    long = [p for p in element.iter("p") if len(text_of(p)) > 120 and linked(p) < 0.5]
    return len(long) < 3 and len(text_of(element)) < 0.45 * total


def linked(element: "HtmlElement") -> float:
    """Return the share, 0 to 1, of the letters in `element` that stand inside links."""
    whole = len(text_of(element))
    return sum(len(text_of(a)) for a in element.iter("a")) / whole if whole else 0.0
