import pytest
from tests.intake.drafts import BODY, TITLE, drafted


@pytest.mark.parametrize(
    ("line", "stays"),
    [
        ("لا تنسوا الإعجاب بصفحتنا ليصلكم كل جديد", False),
        ("إذا أعجبك الموضوع فشاركه مع أصدقائك", False),
        ("لإعلاناتكم معنا: 0933221100", False),
        ("يمكنكم متابعتنا على جميع المنصات باسم سهل", False),
        ("للتسجيل في الدورة يرجى الاتصال بالرقم 0933221100 قبل نهاية الشهر.", True),
        ("شاركونا الفرح يوم الجمعة في ساحة البلدية.", True),
        ("هاتوا أيديكم نزرع هذه الأرض معنا.", True),
    ],
)
@pytest.mark.parametrize("below", ["", "\nاترك تعليقاً"])
def test_a_line_at_the_foot_that_asks_readers_for_something_goes(
    line: str, stays: bool, below: str
) -> None:
    body = drafted(f"{TITLE}\n{BODY}\n{line}{below}").article.body
    assert (line in body) is stays


@pytest.mark.parametrize(
    ("line", "stays"),
    [
        ("«الجزيرة نت» صوت من لا صوت له", False),
        ("الجزيرة نت منصة مستقلة لا تبتغي الربح.", False),
        ("الجزيرة نت لم تتلق رداً من الوزارة.", True),
        ("وتحققت الجزيرة نت من الصور.", True),
    ],
)
def test_what_an_outlet_says_of_itself_below_the_article_goes(line: str, stays: bool) -> None:
    assert (line in drafted(f"{TITLE}\nالجزيرة نت – خاص\n{BODY}\n{line}").article.body) is stays


@pytest.mark.parametrize(
    ("line", "stays"),
    [
        ("كاتب وباحث في شؤون المدن", False),
        ("(214) هل أعجبتك المقالة (198)", False),
        ("منبر غير ربحي، ادعمنا", False),
        ("كاتب الرسالة لم يعرف.", True),
        ("كاتب واحد ظل يكتب حتى الفجر.", True),
    ],
)
def test_below_a_short_text_its_pages_lines_go(line: str, stays: bool) -> None:
    text = BODY.replace("\n", " ")
    assert (line in drafted(f"{TITLE}\n3/5/2019\n{text}\n{line}").article.body) is stays
