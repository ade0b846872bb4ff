import pytest
from tests.intake.drafts import BODY, TITLE, drafted


@pytest.mark.parametrize(
    ("line", "stays"),
    [
        pytest.param(
            "لا تنسوا الإعجاب بصفحتنا ليصلكم كل جديد", False, id="do not forget to like our page"
        ),
        pytest.param("إذا أعجبك الموضوع فشاركه مع أصدقائك", False, id="if you like it, share it"),
        pytest.param("لإعلاناتكم معنا: 0933221100", False, id="to advertise with us"),
        pytest.param(
            "يمكنكم متابعتنا على جميع المنصات باسم سهل", False, id="follow us on all platforms"
        ),
        pytest.param(
            "للتسجيل في الدورة يرجى الاتصال بالرقم 0933221100 قبل نهاية الشهر.",
            True,
            id="to enrol in the course, call",
        ),
        pytest.param(
            "شاركونا الفرح يوم الجمعة في ساحة البلدية.", True, id="share our joy on Friday"
        ),
        pytest.param("هاتوا أيديكم نزرع هذه الأرض معنا.", True, id="give us your hands"),
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
        pytest.param("«الجزيرة نت» صوت من لا صوت له", False, id="voice of the voiceless"),
        pytest.param(
            "الجزيرة نت منصة مستقلة لا تبتغي الربح.", False, id="an independent non-profit platform"
        ),
        pytest.param(
            "الجزيرة نت لم تتلق رداً من الوزارة.", True, id="the outlet received no answer"
        ),
        pytest.param("وتحققت الجزيرة نت من الصور.", True, id="the outlet verified the pictures"),
    ],
)
def test_what_an_outlet_says_of_itself_below_the_article_goes(line: str, stays: bool) -> None:
    assert (line in drafted(f"{TITLE}\nالجزيرة نت – خاص\n{BODY}\n{line}").article.body) is stays


@pytest.mark.parametrize(
    ("line", "stays"),
    [
        pytest.param("كاتب وباحث في شؤون المدن", False, id="writer and student of cities"),
        pytest.param("(214) هل أعجبتك المقالة (198)", False, id="did you like the article"),
        pytest.param("منبر غير ربحي، ادعمنا", False, id="a non-profit platform, support us"),
        pytest.param("كاتب الرسالة لم يعرف.", True, id="the letter's writer is unknown"),
        pytest.param("كاتب واحد ظل يكتب حتى الفجر.", True, id="one writer wrote until dawn"),
    ],
)
def test_below_a_short_text_its_pages_lines_go(line: str, stays: bool) -> None:
    text = BODY.replace("\n", " ")
    assert (line in drafted(f"{TITLE}\n3/5/2019\n{text}\n{line}").article.body) is stays
