from datetime import date

from tests.intake.drafts import BODY, TITLE, drafted

from warraq.content.frontmatter import article_text, parse_article
from warraq.intake import draft_of, outlet_directory
from warraq.model import Moment, RawDocument


def test_the_same_document_gives_the_same_draft() -> None:
    text = f"{TITLE}\nصيدا – خاص\n{BODY}\nاترك تعليقاً\n"
    assert drafted(text) == drafted(text)


def test_an_id_without_hex_in_the_name_is_of_the_bytes() -> None:
    assert drafted(BODY).article.id == "abababababab"


def test_nothing_but_boilerplate_makes_no_article_and_says_so() -> None:
    draft = drafted("الرئيسية\nاتصل بنا\nجميع الحقوق محفوظة")
    assert draft.article.body == ""
    assert [p.code for p in draft.problems] == ["seed-no-body"]


def test_a_digest_makes_no_article_and_says_so() -> None:
    titles = ["طقس بارد غداً", "فوز المنتخب ودياً", "أسعار الذهب تستقر", "وفاة ممثلة", "إغلاق طريق"]
    draft = drafted("\n".join(["موجز الأخبار", *titles]))
    assert draft.article.body == ""
    assert [p.code for p in draft.problems] == ["seed-digest"]


def test_guessed_encodings_and_lost_bytes_are_said() -> None:
    raw = RawDocument("a.txt", BODY, "ab" * 32, notes=("encoding-guessed", "bytes-lost"))
    codes = [p.code for p in draft_of(raw, outlet_directory()).problems]
    assert codes == ["seed-encoding", "seed-bytes-lost"]


def test_removed_lines_are_noted_with_their_lines_in_the_seed() -> None:
    draft = drafted(f"{TITLE}\n\n{BODY}\n\nزر الذهاب إلى الأعلى")
    places = {r.rule: (r.first, r.last) for r in draft.receipt.removed}
    assert places == {"headline": (1, 1), "footer": (6, 6)}


def test_what_import_writes_the_build_reads() -> None:
    article = drafted(f"{TITLE}\n6 يوليو 2024 10:20 GMT\n{BODY}").article
    read, problems = parse_article(article_text(article), "")
    assert problems == []
    assert read is not None
    assert read.date == article.date == Moment(date(2024, 7, 6), "10:20:00+00:00")
