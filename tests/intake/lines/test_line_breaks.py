from tests.intake.drafts import BODY, TITLE, drafted


def test_a_label_glued_to_a_paragraph_costs_it_nothing() -> None:
    article = drafted(f"{TITLE}\n{BODY}\nمقالات ذات صلةولفت إلى أن الجسر آمن تماما.").article
    assert article.body.endswith("ولفت إلى أن الجسر آمن تماما.")
    assert "مقالات" not in article.body


def test_a_short_piece_of_a_wrapped_paragraph_stays() -> None:
    lines = [
        "قالت البلدية إن",
        "أعمال الصيانة في الجسر الشمالي انتهت قبل موعدها وإن",
        "السيارات الصغيرة ستعبره منذ صباح الغد بينما تنتظر",
        "الشاحنات الكبيرة حتى يجف الإسفلت في الطرف الآخر وإن",
        "الرصيف الجديد صار أعرض من القديم بمترين كاملين وفيه",
        "مقاعد للمارة ومصابيح تعمل بضوء الشمس طوال الليل.",
    ]
    assert drafted("\n".join([TITLE, *lines])).article.body == " ".join(lines)
