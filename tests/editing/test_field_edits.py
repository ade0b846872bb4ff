"""What editors may ask for, and what it makes of an article."""

from datetime import date

import pytest
from msgspec.structs import replace

from warraq.base.problems import Language, WarraqError, message
from warraq.content.frontmatter import with_field
from warraq.editing.field_edits import FIELDS, OPERATIONS, FieldEdit, Operation, sentence, steps
from warraq.editing.named_files import NamedFiles
from warraq.model import Article, Credit, DateInfo, Outlet, Person, Rejected, Topic

FILES = NamedFiles(
    (
        Topic("syria", "سوريا", aliases=("سورية",), formerly=("syrie",)),
        Person("hala-a", "هالة"),
        Person("hala-b", "هاله"),
        Person("samir", "سمير", aliases=("أبو سامر",)),
        Outlet("nahar", "النهار"),
    )
)
ARTICLE = Article("abc123", "عنوان")


def made(article: Article, *edits: str) -> Article:
    """Return `article` after edits such as «add topic=syria»."""
    asked = [FieldEdit.of(*edit.split(" ", 1)) for edit in edits]  # type: ignore[arg-type] # as written
    for step in steps(asked, FILES, date(2026, 12, 1)):
        article = step(article)
    return article


@pytest.mark.parametrize("words", ["syria", "سوريا", "سوريه", "سورية", "syrie"])
def test_a_file_is_named_by_key_former_key_and_any_spelling(words: str) -> None:
    assert made(ARTICLE, f"add topic={words}").topics == ("syria",)
    assert made(replace(ARTICLE, topics=("سورية", "أخرى")), f"remove topic={words}").topics == (
        "أخرى",
    )
    held = replace(ARTICLE, topics=("سورية",))
    assert made(held, f"add topic={words}") == held  # it says so already


@pytest.mark.parametrize("name", ["topic", "topics", "Topic", "موضوع", "الموضوع"])
def test_a_field_is_named_as_in_a_search(name: str) -> None:
    assert FieldEdit.of("add", f"{name}= اقتصاد ") == FieldEdit("add", "topic", "اقتصاد")


def test_a_value_is_one_line_without_hidden_signs() -> None:
    assert FieldEdit.of("add", "topic=أ\nب:\t#\u202e {ج}").value == "أ ب: # {ج}"


@pytest.mark.parametrize(
    ("operation", "typed"),
    [
        ("add", "topic"),
        ("add", "topic="),
        ("add", "nothing=x"),
        ("add", "title=x"),
        ("reject", "topic=x"),
        ("set", "topic=x"),
        ("set", "id=abcdef"),
        ("unset", "title"),
        ("unset", "date=2024"),
        ("unset", "provenance"),
        ("add", ""),
    ],
)
def test_what_an_operation_does_not_know_is_refused(operation: Operation, typed: str) -> None:
    with pytest.raises(WarraqError) as refused:
        FieldEdit.of(operation, typed)

    assert refused.value.exit_code == 2
    assert [p.code for p in refused.value.problems] == ["edit-field"]


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        ("add person=nobody", "edit-file-missing"),
        ("add person=samirr", "edit-file-near"),
        ("add person=هالة", "edit-name-shared"),
        ("reject person=سمير المجهول", "field-invalid"),
        ("set date=2024-02-30", "date-invalid"),
        ("set draft=yes", "field-invalid"),
        ("set display=some", "field-invalid"),
        ("set copy_of=../x", "field-invalid"),
    ],
)
def test_a_value_that_does_not_fit_is_refused(edit: str, code: str) -> None:
    with pytest.raises(WarraqError) as refused:
        made(ARTICLE, edit)

    assert (refused.value.exit_code, [p.code for p in refused.value.problems]) == (2, [code])


def test_a_date_that_is_set_is_exact_and_one_removed_is_unknown() -> None:
    guessed = DateInfo(
        status="inferred", basis="received", edtf="2024-05?", candidates=("2024-05",)
    )
    dated = made(replace(ARTICLE, date_info=guessed), "set date=2024-05-01")

    assert dated.date is not None
    assert dated.date_info == DateInfo("exact", "editor", "", ("2024-05",))
    assert made(dated, "unset date").date_info.status == "unknown"


@pytest.mark.parametrize("order", [1, -1])
def test_how_certain_a_date_is_may_be_said_with_it(order: int) -> None:
    edits = ["set date=2024-05-01", "set certainty=inferred", "set basis=قال: اليوم الأحد"]
    dated = made(ARTICLE, *edits[::order])

    assert dated.date_info == DateInfo("inferred", "قال: اليوم الأحد")
    assert made(dated, "unset basis").date_info == DateInfo("inferred")


def test_a_headline_that_an_editor_writes_is_not_the_outlets() -> None:
    generated = replace(ARTICLE, title_status="generated")

    assert made(generated, "set title=آخر") == replace(generated, title="آخر")


def test_an_outlet_is_credited_by_file_or_by_name() -> None:
    credited = replace(ARTICLE, source=Credit("قديم", "old", "https://old.example/1", "byline"))

    assert made(credited, "set outlet=النهار").source == Credit(
        "النهار", "nahar", "https://old.example/1", "editor"
    )
    assert made(ARTICLE, "set المصدر=جريدة ما").source == Credit("جريدة ما", basis="editor")
    assert made(credited, "unset outlet").source is None


def test_a_rejected_match_is_no_longer_asserted_and_the_other_way_round() -> None:
    held = replace(ARTICLE, people=("أبو سامر", "samir", "آخر"))
    rejected = made(held, "reject person=سمير", "reject person=samir")

    assert (rejected.people, rejected.rejected) == (("آخر",), Rejected(people=("samir",)))
    again = made(rejected, "add person=samir")
    assert (again.people, again.rejected) == (("آخر", "samir"), Rejected())


def test_a_removal_is_dated_and_can_be_lifted() -> None:
    removed = made(ARTICLE, "set removed=طلب صاحبها")

    assert removed == with_field(
        with_field(ARTICLE, "status", "removed"),
        "removed",
        {"date": "2026-12-01", "reason": "طلب صاحبها"},
    )
    assert made(removed, "unset removed") == ARTICLE


def test_rights_are_set_one_by_one() -> None:
    held = with_field(ARTICLE, "rights", {"holder": "فلان", "display": "none"})

    assert made(held, "set index=false", "unset display") == with_field(
        ARTICLE, "rights", {"holder": "فلان", "index": "false"}
    )


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ar", "إضافة الموضوع «سوريا»، استبعاد الشخص «سمير»، تحديد التاريخ: «2024»، إزالة الوصف"),
        ("en", "add topic «سوريا», not the person «سمير», set date to «2024», remove description"),
    ],
)
def test_a_sentence_says_what_was_done(language: Language, said: str) -> None:
    asked = (
        FieldEdit("add", "topic", "syria"),
        FieldEdit("reject", "person", "samir"),
        FieldEdit("set", "date", "2024"),
        FieldEdit("unset", "description"),
    )

    assert sentence(asked, FILES, language) == said


def test_every_edit_has_a_sentence_and_a_long_value_is_cut() -> None:
    for operation in OPERATIONS:
        for field in FIELDS[operation]:
            said = sentence([FieldEdit(operation, field, "س" * 200)], FILES, "ar")
            assert len(said) < 120
            assert message("say-field-topic", "ar") in said or field != "topic"
