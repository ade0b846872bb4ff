"""Lines that open with a dash: what people say in turn stays prose, items become a list."""

from pathlib import Path

import pytest
from tests.commands.archive import started

from warraq.content.frontmatter import parse_article
from warraq.importer.run import import_seeds
from warraq.intake.lines.dialogue import is_dialogue
from warraq.prose.markdown import html_of

SPEECH = (
    (
        "هل كنت في السوق يوم الحريق؟",
        "كنت هناك منذ الصباح، ورأيت الدخان يخرج من الدكان الأخير.",
        "ومتى وصلت الإطفاء؟",
        "بعد نصف ساعة.",
    ),
    (
        "صباح الخير يا عم.",
        "صباح النور، تفضل.",
        "أريد رغيفين.",
        "خذ من الطاولة.",
    ),
    (
        "لن أبيع الأرض.",
        "ستندم.",
        "لا، لن أندم.",
    ),
    (
        "من أنت؟",
        "أنا حارس البستان.",
    ),
    (
        "نعم، هذا بيتي.",
        "ومفتاحه؟",
        "ضاع في النهر.",
    ),
    (
        "المحقق: أين كنت ليلة الخميس؟",
        "الشاهد: في بيت أخي.",
        "المحقق: ومن رآك؟",
        "الشاهد: الجيران كلهم.",
    ),
    (
        "تعال، قال الرجل وأشار إلى الباب.",
        "لا أستطيع، الثلج يسد الطريق.",
    ),
    (
        "كيف بدأت حكايتك مع المسرح؟",
        "بدأت في المدرسة حين مثلت دور الراعي. ثم انتقلت إلى المدينة.",
        "وما أول دور لعبته؟",
        "دور صغير في مسرحية عن الميناء.",
    ),
    (
        "قف! من هناك؟",
        "صديق.",
    ),
    (
        "ألا تخاف البحر؟",
        "البحر لا يخيف من عرفه صغيرا.",
        "والريح؟",
        "الريح قدر.",
    ),
    (
        "وصلت الرسالة؟",
        "وصلت أمس.",
        "وماذا فيها؟",
        "لم أفتحها بعد…",
    ),
    (
        "يا ولد، أغلق الباب.",
        "أغلقته.",
        "وأطفئ السراج.",
    ),
    (
        "أهذا آخر كلامك؟",
        "هذا آخره.",
        "حسنًا، إلى اللقاء.",
    ),
)
LISTS = (
    (
        "سكر",
        "طحين",
        "زيت",
    ),
    (
        "أُغلق الجسر أمام الشاحنات.",
        "فُتح الطريق الساحلي.",
        "أُجّلت الامتحانات يومين.",
    ),
    (
        "هل توافق على الدستور؟",
        "هل توافق على القانون؟",
        "هل تشارك في الاقتراع؟",
    ),
    (
        "محاضرة: كيف نقرأ التاريخ؟",
        "عرض فيلم الأرض",
        "ندوة عن الشعر",
    ),
    (
        "لا للحرب!",
        "نعم للسلام!",
        "الخبز للجميع!",
    ),
    (
        "الزمان: الخميس.",
        "المكان: القاعة الكبرى.",
    ),
    (
        "ارتفاع سعر الخبز 10 بالمئة.",
        "انخفاض سعر البنزين.",
        "ثبات سعر الغاز.",
    ),
    (
        "زيادة الرواتب بنسبة 20 بالمئة ابتداء من الشهر المقبل.",
        "إعفاء المزارعين من الديون.",
        "فتح باب التوظيف في البلديات.",
    ),
    (
        "قال الوزير إن السد ممتلئ.",
        "أعلنت البلدية فتح الطريق.",
        "كشفت الشرطة عن شبكة تهريب.",
    ),
    (
        "الوثائق المطلوبة؟ هوية وصورتان.",
        "الموعد؟ من الأحد إلى الخميس.",
    ),
    (
        "أحمد علي، رئيسًا.",
        "سمر نجم، نائبة.",
        "كمال سعيد، أمينًا للسر.",
    ),
    (
        "اغسل يديك قبل الطعام.",
        "لا تشرب الماء قبل غليه.",
        "أبلغ المركز الصحي عن أي إصابة!",
    ),
    (
        "إطلاق الأسرى؛",
        "وقف إطلاق النار؛",
        "فتح المعابر.",
    ),
    (
        "رواية «لماذا؟» لسليم نجم.",
        "ديوان «يا بحر» لهدى راشد.",
        "كتاب «طريق الحرير».",
    ),
    (
        "لا ضرائب جديدة هذا العام.",
        "لا رفع لسعر الخبز.",
    ),
    (
        "لماذا ارتفع السعر؟",
        "من المسؤول؟",
        "متى ينخفض؟",
        "ما رأي التجار؟",
    ),
)
# What each of them is about, for readers without Arabic.
SPEECH_GISTS = (
    "where were you when the market burnt",
    "good morning, two loaves please",
    "I will not sell the land",
    "who are you - the orchard's guard",
    "yes, this is my house",
    "investigator and witness by name",
    "come, said the man",
    "an interview about the theatre",
    "halt, who goes there",
    "do you not fear the sea",
    "did the letter arrive",
    "boy, close the door",
    "is that your last word",
)
LIST_GISTS = (
    "sugar, flour, oil",
    "news: the bridge is closed",
    "questions of a ballot",
    "events of a programme",
    "slogans of a march",
    "time and place",
    "prices up and down",
    "demands of a strike",
    "reports: the minister said",
    "documents wanted, opening hours",
    "offices after an election",
    "advice on health",
    "demands with semicolons",
    "titles of books",
    "two promises",
    "a reader's questions",
)
BEFORE = (
    "روى الحارس للصحيفة ما جرى في البستان تلك الليلة، وهذا ما قاله كما سجلته المحررة في دفترها."
)
AFTER = "وعاد الحارس بعد ذلك إلى كوخه عند طرف البستان، وبقي فيه حتى انقضى الشتاء وذاب الثلج."


@pytest.mark.parametrize("lines", SPEECH, ids=SPEECH_GISTS)
def test_what_is_said_in_turn_is_speech(lines: tuple[str, ...]) -> None:
    assert is_dialogue(lines)


@pytest.mark.parametrize("lines", LISTS, ids=LIST_GISTS)
def test_items_are_no_speech(lines: tuple[str, ...]) -> None:
    assert not is_dialogue(lines)


def test_a_dialogue_is_published_as_paragraphs_and_a_list_as_a_list(tmp_path: Path) -> None:
    site = started(tmp_path, "history: none\n")
    (site / "seeds").mkdir()
    said, items = ([f"- {line}" for line in told] for told in (SPEECH[0], LISTS[1]))
    lines = ("حريق في سوق البستان القديم", BEFORE, *said, AFTER, *items, BEFORE)
    (site / "seeds/a.txt").write_text("\n\n".join(lines) + "\n", "utf-8")

    import_seeds(site)

    (file,) = (site / "content/articles").rglob("*.md")
    article, _ = parse_article(file.read_text("utf-8"), file.name)
    assert article is not None
    html = html_of(article.body)
    assert [f"<p>{line}</p>" in html for line in said] == [True] * len(said)
    assert html.count("<ul>") == 1
    assert html.count("<li>") == len(items)
