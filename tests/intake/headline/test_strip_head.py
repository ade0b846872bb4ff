from tests.intake.drafts import BODY, TITLE, drafted


def test_several_lines_below_the_headline_sum_the_article_up() -> None:
    points = ["الجسر مفتوح أمام السيارات", "كلفة الصيانة مليونا دينار", "ستة أشهر من العمل فيه"]
    text = "\n".join([TITLE, "3 مايو 2024", *points, "خاص", BODY])
    assert drafted(text).article.body.startswith(points[0])


def test_a_sentence_that_says_the_headline_again_stays() -> None:
    told = "فُتح الطريق الساحلي بعد صيانته صباح اليوم."
    lines = (told, "وقالت البلدية إن العمل انتهى.", "ودعت السائقين إلى التمهل.")
    facts = (("title", "فتح الطريق الساحلي بعد صيانته", "json-ld"),)
    assert drafted("\n".join((TITLE, *lines)), *facts).article.body.split("\n\n") == list(lines)
