from tests.intake.drafts import BODY, TITLE, drafted


def test_a_word_in_its_own_right_is_no_misspelling() -> None:
    draft = drafted(
        f"{TITLE}\n\nقالت بلدية المرفأ والبلديات إن المهلة لازمة وفعلية.\n{BODY}\nما سبق ذكرة."
    )
    assert [flag.text for flag in draft.article.flags] == ["ذكرة"]
