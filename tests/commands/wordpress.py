"""A made-up newspaper on WordPress: its export, and all that a move must not lose.

The same number gives the same site. Words are drawn from a short list, so that no text is
anybody's; sentences do not repeat.
"""

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import escape
from urllib.parse import quote

OLD = "https://www.mirat.example"
UPLOADS = f"{OLD}/wp-content/uploads"
WRITERS = {
    "admin": "هيئة التحرير",
    "s.najm": "سمر نجم",
    "karim": "كريم الحاج",
    "layla_b": "ليلى بدر",
    "hadi": "هادي صقر",
}
# slug → (name, parent)
CATEGORIES = {
    "local": ("محليات", ""),
    "roads": ("طرق", "local"),
    "economy": ("اقتصاد", ""),
    quote("ثقافة").lower(): ("ثقافة", ""),
    quote("مسرح").lower(): ("مسرح", quote("ثقافة").lower()),
}
TAGS = {"port": "المرفأ", "covid-19": "covid-19", quote("الجسر").lower(): "الجسر", "2019": "2019"}
WORDS = (
    "المرفأ الجسر السوق البلدية المدرسة المكتبة الحديقة الشاطئ الميناء الطريق النهر "
    "الوادي القرية الحي الملعب المسرح المتحف المستشفى العيادة المطحنة المخبز الورشة "
    "المصنع المحطة القطار الحافلة السفينة الصيادون المزارعون الطلاب المعلمون الأطباء "
    "التجار العمال المهندسون الجيران الأطفال الآباء الشعراء الكبير الصغير القديم "
    "الجديد الشمالي الجنوبي الشرقي الغربي الأول الأخير الطويل القصير الواسع الضيق "
    "صباحًا مساءً غدًا أمس قريبًا بعيدًا سريعًا ببطء معًا وحدهم طويلًا قليلًا كثيرًا "
    "دائمًا الشجرة البئر الساعة الجرس الباب النافذة الدرج السقف الجدار الحجر الرمل "
    "الملح القمح الزيتون البرتقال "
).split()
VERBS = (
    "افتتح زار رمم وسع أغلق نقل جمع وزع باع اشترى درس علم رسم كتب قرأ عد قاس حمل رفع بنى".split()
)


@dataclass
class Post:
    """What of one post must be found again, in its article or its receipt."""

    number: int
    title: str
    link: str
    day: str  # as the newspaper printed it
    status: str = "publish"
    password: str = ""
    login: str = "admin"
    terms: list[str] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    @property
    def is_public(self) -> bool:
        """Whether readers saw it."""
        return self.status == "publish" and not self.password


@dataclass
class Site:
    """An export, and what it holds. `pages` leads from a page's old address to its text."""

    xml: str
    posts: list[Post]
    pages: dict[str, str]
    comments: int
    addresses: list[str]  # of terms and writers


class _Maker:
    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)  # noqa: S311 - a made-up site
        self.library: list[str] = []
        self.pictures = 0

    def sentence(self, words: int = 0) -> str:
        said = [self.draw.choice(VERBS), *self.draw.choices(WORDS, k=words or 16)]
        return " ".join(said) + "."

    def picture(self, *, alt: str = "", caption: str = "") -> tuple[int, str]:
        """Put a picture into the media library; return its number and address."""
        self.pictures += 1
        number, src = 90_000 + self.pictures, f"{UPLOADS}/2019/05/pic-{self.pictures}.jpg"
        meta = _meta("_wp_attachment_image_alt", alt) if alt else ""
        self.library.append(
            f"<item><title>pic-{self.pictures}</title><wp:post_id>{number}</wp:post_id>"
            f"<wp:post_type>attachment</wp:post_type><wp:status>inherit</wp:status>"
            f"<excerpt:encoded><![CDATA[{caption}]]></excerpt:encoded>"
            f"<wp:attachment_url>{src}</wp:attachment_url>{meta}</item>"
        )
        return number, src

    def piece(self, post: Post, kind: int, *, blocks: bool) -> str:
        """Return a piece of a body beside plain paragraphs, and note down what it holds."""
        kinds = (
            self.linked, self.captioned, self.gallery, self.film, self.tweet, self.listed,
            self.table, self.boxed, self.framed, self.heading,
        )  # fmt: skip
        return kinds[kind](post, blocks=blocks)

    def linked(self, post: Post, *, blocks: bool) -> str:
        link, words = f"https://docs.example/{post.number}.pdf", self.sentence(4)
        post.links.append(link)
        post.paragraphs.append(words)
        return _p(f'{words[:-1]} <a href="{link}">نص البيان</a>.', blocks=blocks)

    def captioned(self, post: Post, *, blocks: bool) -> str:
        caption = self.sentence(4)
        at, src = self.picture()
        post.pictures.append(src)
        post.paragraphs.append(caption)
        image = f'<img src="{src}" alt="صورة" class="wp-image-{at}"/>'
        if blocks:
            inner = f"{image}<figcaption>{caption}</figcaption>"
            return _block("image", f'<figure class="wp-block-image">{inner}</figure>')
        return f'[caption id="attachment_{at}" width="600"]{image} {caption}[/caption]'

    def gallery(self, post: Post, *, blocks: bool) -> str:
        shown = [self.picture(alt=self.sentence(2), caption=self.sentence(3)) for _ in range(3)]
        post.pictures += [src for _, src in shown]
        if blocks:
            images = (f'<img src="{src}" alt="" class="wp-image-{at}"/>' for at, src in shown)
            inner = "".join(f"<figure>{image}</figure>" for image in images)
            return _block("gallery", f'<figure class="wp-block-gallery">{inner}</figure>')
        return f'[gallery ids="{",".join(str(at) for at, _ in shown)}"]'

    def film(self, post: Post, *, blocks: bool) -> str:
        link = f"https://www.youtube.com/watch?v=film{post.number}"
        post.links.append(link)
        if blocks:
            inner = f'<div class="wp-block-embed__wrapper">\n{link}\n</div>'
            return _block("embed", f'<figure class="wp-block-embed">{inner}</figure>')
        return self.draw.choice([f"[youtube {link}]", f"[embed]{link}[/embed]", link])

    def tweet(self, post: Post, *, blocks: bool) -> str:  # noqa: ARG002 - one signature for all
        link, words = f"https://twitter.com/mirat/status/{post.number}", self.sentence(6)
        post.links.append(link)
        post.paragraphs.append(words)
        return (
            f'<blockquote class="twitter-tweet"><p lang="ar">{words}</p>&mdash; المرآة '
            f'<a href="{link}">May 3, 2019</a></blockquote>'
            ' <script async src="https://platform.twitter.com/w.js"></script>'
        )

    def listed(self, post: Post, *, blocks: bool) -> str:  # noqa: ARG002 - as above
        items = [self.sentence(3) for _ in range(3)]
        post.paragraphs += items
        tag = self.draw.choice(["ul", "ol"])
        inner = f"<li>{items[0]}<ul><li>{items[1]}</li></ul></li><li>{items[2]}</li>"
        return f"<{tag}>{inner}</{tag}>"

    def table(self, post: Post, *, blocks: bool) -> str:  # noqa: ARG002 - as above
        cells = [self.sentence(2) for _ in range(4)]
        post.paragraphs += cells
        a, b, c, d = cells
        rows = f"<tr><th>{a}</th><th>{b}</th></tr><tr><td>{c}</td><td>{d}</td></tr>"
        return f"<table>{rows}<tr><td></td><td>7</td></tr></table>"

    def boxed(self, post: Post, *, blocks: bool) -> str:  # noqa: ARG002 - as above
        words = self.sentence(10)
        post.paragraphs.append(words)
        return f'[su_box title="ملخص"]{words}[/su_box]\n\n[contact-form-7 id="12"]'

    def framed(self, post: Post, *, blocks: bool) -> str:  # noqa: ARG002 - as above
        link = f"https://player.example/{post.number}"
        post.links.append(link)
        return f'<iframe src="{link}" width="500"></iframe>'

    def heading(self, post: Post, *, blocks: bool) -> str:  # noqa: ARG002 - as above
        words = self.sentence(5)
        post.paragraphs.append(words)
        return f"<h3>{words}</h3>"

    def body(self, post: Post, *, blocks: bool) -> str:
        pieces = []
        for at in range(4):
            words = f"{self.sentence(20)} {self.sentence(12)}"
            post.paragraphs.append(words)
            pieces.append(_p(words, blocks=blocks))
            if at in {0, 2}:
                pieces.append(self.piece(post, self.draw.randrange(10), blocks=blocks))
            if at == 1:
                pieces.append(
                    "<!-- wp:more -->\n<!--more-->\n<!-- /wp:more -->" if blocks else "<!--more-->"
                )
        if not blocks and self.draw.random() < 0.4:
            first, second = self.sentence(5), self.sentence(5)
            post.paragraphs += [first, second]
            pieces.append(f"{first}<br />{second}")
        return "\n\n".join(pieces)


def _block(name: str, inner: str) -> str:
    return f"<!-- wp:{name} -->\n{inner}\n<!-- /wp:{name} -->"


def _p(words: str, *, blocks: bool) -> str:
    return _block("paragraph", f"<p>{words}</p>") if blocks else words


def made(posts: int, seed: int = 14) -> Site:
    """Return a site of `posts` posts."""
    maker = _Maker(seed)
    told = [_post(maker, at) for at in range(1, posts + 1)]
    kept = [post for post, _ in told]
    items = [item for _, item in told]
    pages = {}
    for number, slug in enumerate(("about", quote("اتصل-بنا").lower(), "team"), start=80_000):
        words = maker.sentence(20)
        pages[f"{OLD}/{slug}/"] = words
        page = Post(number, f"صفحة {number}", f"{OLD}/{slug}/", "2018-01-01")
        items.append(
            _item(page, f"<p>{words}</p>", ("2018-01-01 09:00:00",) * 2, "page") + "</item>"
        )
    hidden = Post(80_900, "مسودة صفحة", f"{OLD}/draft/", "2018-01-01", status="draft")
    thrown = Post(80_901, "مهملة", f"{OLD}/thrown/", "2018-01-01", status="trash")
    items += [_item(hidden, "س", ("2018-01-01 09:00:00",) * 2, "page") + "</item>"]
    items += [_item(thrown, "س", ("2018-01-01 09:00:00",) * 2) + "</item>"]
    items += maker.library
    items.append(
        "<item><wp:post_id>95000</wp:post_id><wp:post_type>nav_menu_item</wp:post_type></item>"
    )
    xml = _HEAD.replace("{terms}", _terms()) + "\n".join(items) + "</channel></rss>"
    comments = sum(post.number % 5 for post in kept)
    return Site(xml, kept, pages, comments, sorted(_addresses([p for p in kept if p.is_public])))


def _addresses(posts: list[Post]) -> set[str]:
    """Return the addresses of the terms and writers of `posts`."""
    used = {slug for post in posts for slug in post.terms}
    used |= {CATEGORIES[slug][1] for slug in used if slug in CATEGORIES} - {""}
    found = {f"/tag/{slug}/" for slug in used if slug in TAGS}
    for slug in used & set(CATEGORIES):
        above = CATEGORIES[slug][1]
        found.add(f"/category/{above}/{slug}/" if above else f"/category/{slug}/")
    return found | {f"/author/{post.login.replace('.', '-').replace('_', '-')}/" for post in posts}


def _post(maker: _Maker, at: int) -> tuple[Post, str]:
    """Return a post and its item."""
    draw = maker.draw
    printed = datetime(
        2019, 1 + at % 12, 1 + at % 28, draw.choice([0, 1, 9, 13, 22]), 15, tzinfo=UTC
    )
    post = Post(
        number=at,
        title=maker.sentence(6)[:-1],
        link=f"{OLD}/{printed:%Y/%m/%d}/{quote(f'خبر-{at}').lower()}/",
        day=f"{printed:%Y-%m-%d}",
        login=draw.choice(list(WRITERS)),
        terms=[
            *draw.sample(sorted(CATEGORIES), draw.choice([1, 1, 2])),
            *draw.sample(sorted(TAGS), draw.choice([0, 1, 2])),
        ],
    )
    if at == 7:  # where the archive itself has a page
        post.link = f"{OLD}/archive/2019/05/"
    if at % 17 == 0:
        post.status = draw.choice(["draft", "private", "pending", "future"])
    if at % 23 == 0:
        post.password = "x"  # noqa: S105 - nobody's
    item = _item(
        post,
        maker.body(post, blocks=bool(at % 2)),
        (f"{printed:%Y-%m-%d %H:%M:%S}", f"{printed - timedelta(hours=3):%Y-%m-%d %H:%M:%S}"),
        "news" if at % 13 == 0 else "post",  # as themes call their own
    )
    if at % 4 == 0:
        number, src = maker.picture(alt=maker.sentence(3))
        post.pictures.append(src)
        item += _meta("_thumbnail_id", number)
    comment = "<wp:comment><wp:comment_content>x</wp:comment_content></wp:comment>"
    return post, item + comment * (at % 5) + "</item>"


def _meta(key: str, value: object) -> str:
    return (
        f"<wp:postmeta><wp:meta_key>{key}</wp:meta_key>"
        f"<wp:meta_value><![CDATA[{value}]]></wp:meta_value></wp:postmeta>"
    )


def _item(post: Post, body: str, days: tuple[str, ...], kind: str = "post") -> str:
    names = {slug: name for slug, (name, _) in CATEGORIES.items()} | TAGS
    terms = "".join(
        f'<category domain="{"post_tag" if slug in TAGS else "category"}" nicename="{slug}">'
        f"<![CDATA[{names[slug]}]]></category>"
        for slug in post.terms
    )
    return (
        f"<item><title><![CDATA[{post.title}]]></title><link>{escape(post.link)}</link>"
        f"<dc:creator><![CDATA[{post.login}]]></dc:creator><guid>{OLD}/?p={post.number}</guid>"
        f"<content:encoded><![CDATA[{body}]]></content:encoded>"
        f"<wp:post_id>{post.number}</wp:post_id><wp:post_date>{days[0]}</wp:post_date>"
        f"<wp:post_date_gmt>{days[1]}</wp:post_date_gmt>"
        f"<wp:post_name>{post.link.rstrip('/').rpartition('/')[2]}</wp:post_name>"
        f"<wp:status>{post.status}</wp:status><wp:post_type>{kind}</wp:post_type>"
        f"<wp:post_password>{post.password}</wp:post_password>{terms}"
    )


def _terms() -> str:
    """Return what stands before the first item of the site's writers, categories and tags."""
    told = "".join(
        f"<wp:author><wp:author_login><![CDATA[{login}]]></wp:author_login>"
        f"<wp:author_display_name><![CDATA[{name}]]></wp:author_display_name></wp:author>"
        for login, name in WRITERS.items()
    )
    told += "".join(
        f"<wp:category><wp:term_id>{at}</wp:term_id>"
        f"<wp:category_nicename>{slug}</wp:category_nicename>"
        f"<wp:category_parent>{parent}</wp:category_parent>"
        f"<wp:cat_name><![CDATA[{name}]]></wp:cat_name></wp:category>"
        for at, (slug, (name, parent)) in enumerate(CATEGORIES.items(), start=2)
    )
    return told + "".join(
        f"<wp:tag><wp:term_id>{at}</wp:term_id><wp:tag_slug>{slug}</wp:tag_slug>"
        f"<wp:tag_name><![CDATA[{name}]]></wp:tag_name></wp:tag>"
        for at, (slug, name) in enumerate(TAGS.items(), start=20)
    )


_HEAD = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>المرآة</title><link>{OLD}</link><language>ar</language><wp:wxr_version>1.2</wp:wxr_version>
<wp:base_site_url>{OLD}</wp:base_site_url><wp:base_blog_url>{OLD}</wp:base_blog_url>{{terms}}
"""
