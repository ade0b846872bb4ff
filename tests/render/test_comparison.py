from warraq.render.comparison import compare, quotes


def test_quotations_are_found_in_the_marks_of_every_press() -> None:
    text = 'قال: ”لن نعود إلى الوراء“ و«نمضي إلى الأمام معًا» وفي «دمشق» و"ثلاث كلمات هنا".'

    assert list(quotes(text)) == ["لن نعود إلى الوراء", "نمضي إلى الأمام معًا", "ثلاث كلمات هنا"]


def test_what_one_alone_tells_is_what_no_other_paragraph_covers() -> None:
    shared = "افتتح المحافظ رصيف الصيادين في المرسى صباح الأحد"
    alone = "واحتج ثلاثون بائعًا على نقل السوق القديمة إلى مكان بعيد"
    first, second = compare((f"{shared}\n\n{alone}", f"وافتتح المحافظ الرصيف: {shared}"))

    assert first.alone == (alone,)
    assert (first.shared, first.paragraphs) == (1, 2)
    assert second.alone == ()


def test_a_single_text_is_not_called_unique() -> None:
    assert compare(("فقرة وحيدة لا مثيل لها هنا",))[0].alone == ()
