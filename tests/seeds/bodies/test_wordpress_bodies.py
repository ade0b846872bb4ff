# ruff: noqa: E501
"""What editors and plug-ins of WordPress leave in bodies, and what must come of it."""

import base64
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warraq.seeds.bodies.attachments import Attachment, shown
from warraq.seeds.bodies.cms_body import body_of

P = "أعلنت البلدية فتح الطريق الساحلي من جديد بعد انتهاء أعمال الصيانة في الجسر القديم كله."
Q = "وقال رئيسها إن العمل استغرق ستة أشهر كاملة، وإن كلفته لم تتجاوز ما رصدته الموازنة."
# A body between two paragraphs; what is kept or told of it; what is no part of the text.
SAMPLES = [
    (
        '<!-- wp:quote -->\n<blockquote class="wp-block-quote"><!-- wp:paragraph -->\n<p>قول طويل من الحكمة</p>\n<!-- /wp:paragraph --><cite>الشاعر</cite></blockquote>\n<!-- /wp:quote -->',
        ["> قول طويل من الحكمة", "الشاعر"],
        ["wp:", "<"],
    ),
    (
        '<!-- wp:pullquote -->\n<figure class="wp-block-pullquote"><blockquote><p>اقتباس بارز</p><cite>قائله</cite></blockquote></figure>\n<!-- /wp:pullquote -->',
        ["> اقتباس بارز", "قائله"],
        ["wp:"],
    ),
    (
        "<!-- wp:list -->\n<ul><!-- wp:list-item -->\n<li>أول<!-- wp:list -->\n<ul><!-- wp:list-item -->\n<li>داخله</li>\n<!-- /wp:list-item --></ul>\n<!-- /wp:list --></li>\n<!-- /wp:list-item --></ul>\n<!-- /wp:list -->",
        ["- أول\n    - داخله"],
        ["wp:"],
    ),
    (
        '<!-- wp:media-text {"mediaId":7} -->\n<div class="wp-block-media-text"><figure class="wp-block-media-text__media"><img src="https://o.example/a.jpg" alt="صورة"/></figure><div class="wp-block-media-text__content"><!-- wp:paragraph -->\n<p>نص بجانب الصورة</p>\n<!-- /wp:paragraph --></div></div>\n<!-- /wp:media-text -->',
        ["https://o.example/a.jpg", "نص بجانب الصورة"],
        ["wp:"],
    ),
    (
        '<!-- wp:cover {"url":"https://o.example/c.jpg"} -->\n<div class="wp-block-cover"><img class="wp-block-cover__image-background" alt="" src="https://o.example/c.jpg"/><div class="wp-block-cover__inner-container"><p class="has-large-font-size">عبارة على الغلاف</p></div></div>\n<!-- /wp:cover -->',
        ["https://o.example/c.jpg", "عبارة على الغلاف"],
        [],
    ),
    (
        '<!-- wp:file {"id":9,"href":"https://o.example/b.pdf"} -->\n<div class="wp-block-file"><a href="https://o.example/b.pdf">البيان</a><a href="https://o.example/b.pdf" class="wp-block-file__button" download>تنزيل</a></div>\n<!-- /wp:file -->',
        ["[البيان](https://o.example/b.pdf)"],
        [],
    ),
    (
        '<!-- wp:buttons -->\n<div class="wp-block-buttons"><!-- wp:button -->\n<div class="wp-block-button"><a class="wp-block-button__link" href="https://o.example/go">سجل هنا</a></div>\n<!-- /wp:button --></div>\n<!-- /wp:buttons -->',
        ["https://o.example/go", "سجل هنا"],
        ["wp:"],
    ),
    (
        '<!-- wp:audio -->\n<figure class="wp-block-audio"><audio controls src="https://o.example/a.mp3"></audio><figcaption>تسجيل اللقاء</figcaption></figure>\n<!-- /wp:audio -->',
        ["<https://o.example/a.mp3>", "تسجيل اللقاء"],
        [],
    ),
    (
        '<!-- wp:table -->\n<figure class="wp-block-table"><table><tbody><tr><td>س</td><td>ع</td></tr><tr><td>1</td><td></td></tr></tbody></table><figcaption>جدول الأسعار</figcaption></figure>\n<!-- /wp:table -->',
        ["| س | ع |\n|---|---|\n| 1 |", "جدول الأسعار"],
        [],
    ),
    (
        '<!-- wp:details -->\n<details class="wp-block-details"><summary>تفاصيل</summary><!-- wp:paragraph --><p>مخفي يُفتح</p><!-- /wp:paragraph --></details>\n<!-- /wp:details -->',
        ["تفاصيل", "مخفي يُفتح"],
        [],
    ),
    (
        '<!-- wp:columns -->\n<div class="wp-block-columns"><div class="wp-block-column"><p>عمود أول فيه كلام</p></div><div class="wp-block-column"><p>عمود ثان فيه كلام</p></div></div>\n<!-- /wp:columns -->',
        ["عمود أول فيه كلام\n\nعمود ثان فيه كلام"],
        [],
    ),
    (
        '<!--[if gte mso 9]><xml><o:OfficeDocumentSettings></o:OfficeDocumentSettings></xml><![endif]--><p class="MsoNormal" dir="RTL"><span lang="AR-SA" style="font-size:14pt">نص من وورد<o:p></o:p></span></p>',
        ["نص من وورد"],
        ["mso", "Office"],
    ),
    (
        '[caption id="attachment_3" align="alignnone" width="300"]<a href="https://o.example/full.jpg"><img src="https://o.example/full-300x200.jpg" alt="" /></a> تعليق [مع قوس] على الصورة[/caption]',
        ["full.jpg", "تعليق [مع قوس] على الصورة"],
        ["caption"],
    ),
    (
        '[caption id="a" caption="تعليق قديم"]<img src="https://o.example/o.gif" />[/caption]',
        ["o.gif", "تعليق قديم"],
        ["[caption"],
    ),
    (
        '<p><img class="alignright" src="https://o.example/i.png" alt="يمين" /> كلام يتبع الصورة في الفقرة نفسها</p>',
        ["i.png", "كلام يتبع الصورة في الفقرة نفسها"],
        ["![", "<img"],
    ),
    (
        '<p><img data-lazy-src="https://o.example/l.jpg" src="data:image/svg+xml,%3Csvg%3E" alt="كسول"><noscript><img src="https://o.example/l.jpg" alt="كسول"></noscript></p>',
        ["l.jpg"],
        ["svg"],
    ),
    ("<p>&nbsp;</p><p>سطر&nbsp;فيه فراغ</p><p> </p>", ["سطر فيه فراغ"], ["&nbsp;"]),
    (
        '[vc_row][vc_column width="1/2"][vc_column_text css=".a{b:c}"]نص في عمود[/vc_column_text][/vc_column][/vc_row]',
        ["نص في عمود"],
        ["vc_"],
    ),
    (
        '[et_pb_section admin_label="section"][et_pb_row][et_pb_text _builder_version="3.0"]<p>نص دي</p>[/et_pb_text][et_pb_image src="https://o.example/d.jpg" alt="دي" /][/et_pb_row][/et_pb_section]',
        ["نص دي", "https://o.example/d.jpg"],
        ["et_pb"],
    ),
    ("[toc]\n\n<h2>عنوان أول</h2>", ["## عنوان أول"], ["[toc]"]),
    ('[polldaddy poll="123"] [slideshow id=4] [ad]', ["polldaddy"], ["[slideshow", "[polldaddy"]),
    (
        "[youtube http://www.youtube.com/watch?v=abcDEF12345&w=640&h=390]",
        ["watch?v=abcDEF12345"],
        ["[youtube"],
    ),
    ("[wpvideo AbCdE123] [vimeo 12345 w=400]", ["vimeo.com/12345", "AbCdE123"], ["[wpvideo"]),
    (
        '<object width="425"><param name="movie" value="http://www.youtube.com/v/xyz"></param><embed src="http://www.youtube.com/v/xyz"></embed></object>',
        ["<http://www.youtube.com/v/xyz>"],
        ["object"],
    ),
    (
        '<blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/p/AB/?utm=1"><div><a href="https://www.instagram.com/p/AB/?utm=1">View this post on Instagram</a></div></blockquote><script async src="//www.instagram.com/embed.js"></script>',
        ["https://www.instagram.com/p/AB/"],
        ["script"],
    ),
    (
        '<div class="fb-post" data-href="https://www.facebook.com/a/posts/1"><blockquote cite="https://www.facebook.com/a/posts/1"><p>نص المنشور</p></blockquote></div>',
        ["https://www.facebook.com/a/posts/1", "نص المنشور"],
        [],
    ),
    (
        '<iframe src="https://www.facebook.com/plugins/video.php?href=https%3A%2F%2Fwww.facebook.com%2Fa%2Fvideos%2F1%2F&show_text=0"></iframe>',
        ["facebook.com/plugins/video.php"],
        ["iframe"],
    ),
    (
        '<iframe src="https://www.google.com/maps/embed?pb=!1m18!2d35.5" allowfullscreen></iframe>',
        ["google.com/maps/embed"],
        ["<iframe"],
    ),
    (
        '<pre class="wp-block-verse">صدر البيت الأول\n    وعجز البيت الأول\n\nصدر الثاني\n    وعجز الثاني</pre>',
        ["صدر البيت الأول<br>\nوعجز البيت الأول\n\nصدر الثاني<br>\nوعجز الثاني"],
        ["<pre"],
    ),
    ("<dl><dt>لفظ</dt><dd>معناه</dd></dl>", ["لفظ", "معناه"], ["<d"]),
    ('<ol type="a" start="5"><li value="9">تسعة</li><li>عشرة</li></ol>', ["9. تسعة\n10. عشرة"], []),
    (
        '<p>قال<a href="https://o.example/x"> هنا </a>كلامًا <a href="/rel/path">قريبًا</a> و<a name="anchor">مرساة</a></p>',
        ["قال [هنا](https://o.example/x) كلامًا", "https://site.example/rel/path", "مرساة"],
        ["<a"],
    ),
    (
        "<p><strong>هام:</strong> <em>مائل</em> <u>تحته خط</u> <del>محذوف</del> H<sub>2</sub>O</p>",
        ["هام: مائل تحته خط محذوف H2O"],
        ["<"],
    ),
    (
        '<table><tr><td><p>فقرة في جدول تخطيط طويلة جدا جدا</p><h2>عنوان</h2></td><td><img src="https://o.example/t.jpg" alt="ط"></td></tr></table>',
        ["t.jpg", "فقرة في جدول تخطيط طويلة جدا جدا", "عنوان"],
        ["|"],
    ),
    (
        '<p>شاهد أيضا: <a href="https://o.example/r1">تقرير الجسر</a></p><ul class="related-posts"><li><a href="https://o.example/r2">آخر</a></li></ul>',
        ["https://o.example/r1", "https://o.example/r2"],
        ["شاهد أيضا", "r2"],
    ),
    (
        '<div class="sharedaddy"><h3>شارك</h3><a href="https://facebook.com/sharer">فيسبوك</a></div><style>.a{}</style><form><input name=q><button>بحث</button></form>',
        ["شارك"],
        ["فيسبوك", ".a{}", "بحث"],
    ),
]


@pytest.mark.parametrize(("body", "kept", "no_part"), SAMPLES)
def test_what_wordpress_leaves_in_a_body(body: str, kept: list[str], no_part: list[str]) -> None:
    lines = "<!-- wp:" not in body
    whole = f"{P}\n\n{body}\n\n{Q}" if lines else f"<p>{P}</p>{body}<p>{Q}</p>"
    found = body_of(whole, base="https://site.example/2019/a/", lines=lines)
    markdown = [block.markdown for block in found.blocks]
    assert markdown[0] == P
    assert markdown[-1] == Q
    inner = "\n\n".join(markdown[1:-1])
    shown = (f"{f.src} {f.alt} {f.caption} {f.credit}" for f in found.figures)
    every = "\n".join((inner, *shown, *(words for _, words in found.omitted)))
    assert [words for words in kept if words not in every] == []
    assert [words for words in no_part if words in inner] == []


TAGS = (
    "p div span strong a ul ol li table tr td th blockquote h2 h4 pre figure figcaption section "
    "dl dt dd br img sup details noscript form center iframe"
).split()
TREES = st.recursive(
    st.integers(0, 10**6).map("كلمة{}".format),
    lambda inner: st.builds(
        lambda tag, parts, gap: f"<{tag}>{gap.join(parts)}</{tag}>",
        st.sampled_from(TAGS),
        st.lists(inner, max_size=4),
        st.sampled_from([" ", "\n", "\n\n", "<br>", " <a href='https://a.example/x'>ر</a> "]),
    ),
    max_leaves=12,
)


@given(st.lists(TREES, max_size=5).map("\n\n".join), st.booleans())
def test_every_word_of_a_body_is_in_a_block_or_told(body: str, lines: bool) -> None:
    found = body_of(body, lines=lines)
    shown = (f"{f.alt} {f.caption} {f.credit}" for f in found.figures)
    every = " ".join(
        (*(b.text for b in found.blocks), *shown, *(words for _, words in found.omitted))
    )
    wanted = [
        part.rpartition("كلمة")[2] for part in body.replace("<", " <").split() if "كلمة" in part
    ]
    numbers = {"".join(c for c in word.partition("<")[0] if c.isdigit()) for word in wanted}
    assert {n for n in numbers if f"كلمة{n}" not in every} == set()
    assert all("\n\n" not in b.markdown or b.markdown.startswith("```") for b in found.blocks)


RAW = base64.b64encode(quote("<p>فقرة مشفرة</p>").encode()).decode()


@pytest.mark.parametrize(
    ("body", "blocks"),
    [
        (
            "[vc_column_text]نص أول[/vc_column_text][vc_column_text]نص ثان[/vc_column_text]",
            ["نص أول", "نص ثان"],
        ),
        (f'[vc_custom_heading text="مواعيد الصيد"]{P}', ["#### مواعيد الصيد", P]),
        (
            '[et_pb_toggle title="من أين؟"]من المرفأ.[/et_pb_toggle][et_pb_text]نص[/et_pb_text]',
            ["#### من أين؟", "من المرفأ.", "نص"],
        ),
        (f"{P}[vc_raw_html]{RAW}[/vc_raw_html]{Q}", [P, "فقرة مشفرة", Q]),
        (
            'قبل [av_video src="https://vimeo.com/77"] بعد',
            ["قبل", "<https://vimeo.com/77>", "بعد"],
        ),
        ("كلمة [fusion_highlight]مظللة[/fusion_highlight] وسط", ["كلمة مظللة وسط"]),
    ],
)
def test_what_page_builders_part_stays_apart(body: str, blocks: list[str]) -> None:
    assert [block.markdown for block in body_of(body).blocks] == blocks


@pytest.mark.parametrize(
    "code",
    [
        '[vc_single_image image="9" img_size="full"]',
        "[vc_gallery images='9']",
        '[fusion_imageframe image_id="9|full" /]',
        '[et_pb_image src="https://o.example/u/boat.jpg" alt="قارب" /]',
        "[fusion_imageframe style='x']https://o.example/u/boat.jpg[/fusion_imageframe]",
    ],
)
def test_pictures_of_page_builders_are_figures(code: str) -> None:
    library = {"9": Attachment("https://o.example/u/boat.jpg", "قارب")}
    found = body_of(shown(f"<p>{P}</p>{code}", "1", library))
    assert [figure.src for figure in found.figures] == ["https://o.example/u/boat.jpg"]
    assert [block.text for block in found.blocks] == [P]
