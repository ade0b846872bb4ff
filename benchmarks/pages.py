"""A made-up page of a news site as a browser saves it: 55 to 120 KB, a twentieth of it the story.

What stands around the story is there in the proportion of real pages: styles, scripts and a state
in JSON make half of it; the rest is a menu of two levels, cards of other stories with pictures,
boxes of the most read, readers' comments and a foot of links. Three makes take turns: a theme that
names its parts and describes the story in JSON-LD, one of bare divs with no data in its head, and
one that repeats the story in its state.
"""

import json
from collections.abc import Iterator, Sequence
from html import escape
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importing import Story

SECTIONS = "أخبار,محليات,اقتصاد,رياضة,ثقافة,منوعات,صحة,تقنية,رأي,تحقيقات".split(",")
MAKES = (("article", "entry-content", "post-title"), ("div", "txt", "ttl"), ("section", "c1", "h"))
DATA = ('type="application/ld+json"', "", 'id="__NEXT_DATA__" type="application/json"')


def page(story: "Story", others: Sequence[str], number: int) -> str:
    """Return the page of `story`, with the titles of `others` in its boxes."""
    random = Random(number)
    make = number % len(MAKES)
    return "\n".join(
        ("<!DOCTYPE html>", '<html lang="ar" dir="rtl">', "<head>", '<meta charset="utf-8">',
         f"<title>{escape(story.title)} - {story.outlet}</title>", *_described(story, make),
         *_styles(random), *_scripts(random), "</head>", '<body class="rtl single">',
         *_menu(others, random), '<div class="wrap row">', *_story(story, make),
         *_comments(others, random), *_boxes(others, random), "</div>", *_foot(story),
         *_scripts(random), "</body>", "</html>", "")
    )  # fmt: skip


def _described(story: "Story", make: int) -> Iterator[str]:
    if not DATA[make]:
        return
    told: dict[str, object] = {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": story.title,
        "author": {"@type": "Person", "name": story.author},
        "publisher": {"@type": "Organization", "name": story.outlet},
    }  # fmt: skip
    if make == len(MAKES) - 1:
        told = {"props": {"pageProps": {"post": {**told, "body": "\n".join(story.paragraphs)}}}}
    yield f'<meta property="og:title" content="{escape(story.title)}">'
    yield f'<meta property="og:site_name" content="{story.outlet}">'
    yield f"<script {DATA[make]}>{json.dumps(told, ensure_ascii=False)}</script>"


def _styles(random: Random) -> Iterator[str]:
    rules = (
        f".b{n}>.c{n}{{margin:{n % 9}px auto;padding:0 {n % 7}px;color:#{n * 7919 % 4096:03x}}}"
        for n in range(random.randint(100, 380))
    )
    yield f"<style>{''.join(rules)}</style>"


def _scripts(random: Random) -> Iterator[str]:
    width = random.randint(15, 110)
    for n in range(4):
        slots = ",".join(
            f'{{"slot":"/{n}/box-{k}","sizes":[[300,250],[{k},{n}]],"lazy":true}}'
            for k in range(width)
        )
        yield f"<script>window.ads{n}=[{slots}];(function(w){{w.push(arguments)}})(window)</script>"
        yield f'<script src="https://cdn.example/js/{n}.js?v={random.random()}" async></script>'


def _menu(others: Sequence[str], random: Random) -> Iterator[str]:
    yield '<div class="top"><span>اشترك في النشرة</span><a href="/login">تسجيل الدخول</a></div>'
    yield '<nav class="main"><ul>'
    for n, section in enumerate(SECTIONS):
        yield f'<li class="menu-item"><a href="/{n}/">{section}</a><ul class="sub-menu">'
        for k, title in enumerate(random.sample(others, 6)):
            name = " ".join(title.split()[:2])
            yield f'<li class="menu-item menu-item-{k}"><a href="/{n}/{k}/">{name}</a></li>'
        yield "</ul></li>"
    yield "</ul></nav>"
    yield f'<div class="ticker"><b>عاجل</b><span>{random.choice(others)}</span></div>'


def _story(story: "Story", make: int) -> Iterator[str]:
    tag, body, title = MAKES[make]
    yield f'<{tag} class="post"><div class="path"><a href="/">الرئيسية</a> » <a>محليات</a></div>'
    yield f'<h1 class="{title}">{escape(story.title)}</h1>'
    yield f'<div class="meta"><b>{story.author}</b> <span class="date">{story.day}</span></div>'
    yield f'<figure><img src="/p.jpg" alt=""><figcaption>{story.others[1]}</figcaption></figure>'
    yield '<div class="share"><a href="#">فيسبوك</a><a href="#">تويتر</a></div>'
    yield f'<div class="{body}">'
    for n, text in enumerate(story.paragraphs):
        yield f"<p>{escape(text)}</p>"
        if n == 2:
            yield f'<div class="inline"><b>اقرأ أيضاً</b><a href="/x">{story.others[0]}</a></div>'
    yield f'</div><div class="tags">الوسوم: <a href="#">{story.others[2]}</a></div></{tag}>'


def _comments(others: Sequence[str], random: Random) -> Iterator[str]:
    yield '<div id="comments"><h3>التعليقات</h3><ol>'
    for title in random.sample(others, random.randint(0, 6)):
        yield f'<li><b>قارئ</b><time>قبل يومين</time><p>{title}.</p><a href="#">رد</a></li>'
    yield '</ol><form><label>اترك تعليقاً</label><textarea name="c"></textarea></form></div>'


def _boxes(others: Sequence[str], random: Random) -> Iterator[str]:
    for heading in ("اقرأ أيضاً", "الأكثر قراءة", "أحدث الأخبار", "اخترنا لكم"):
        yield f'<aside class="widget"><h4 class="widget-title">{heading}</h4><ul class="cards">'
        for n, title in enumerate(random.sample(others, random.randint(8, 16))):
            yield (
                f'<li class="card col-md-4 item-{n}"><a href="/news/{n}/" class="thumb">'
                f'<img src="/t/{n}-300x169.jpg" srcset="/t/{n}-768x432.jpg 768w, /t/{n}.jpg 1024w" '
                f'width="300" height="169" loading="lazy" alt="{escape(title)}"></a>'
                f'<h5><a href="/news/{n}/" title="{escape(title)}">{escape(title)}</a></h5>'
                f'<span class="when"><i class="icon-clock"></i>قبل {n + 1} ساعات</span></li>'
            )
        yield "</ul></aside>"


def _foot(story: "Story") -> Iterator[str]:
    yield '<footer><div class="cols">'
    yield from (f'<a href="/{n}/">{section}</a>' for n, section in enumerate(SECTIONS))
    yield '<a href="/about">من نحن</a><a href="/terms">شروط الاستخدام</a></div>'
    yield f"<p>جميع الحقوق محفوظة © {story.outlet}</p></footer>"
