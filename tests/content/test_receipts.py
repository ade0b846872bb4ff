import pytest

from warraq.base.problems import WarraqError
from warraq.content import receipts
from warraq.model import Article, Receipt, Removed

SAMPLE = Receipt("abc123", "seeds/a.txt", "0" * 64, removed=(Removed("share", "شارك", 3, 3),))


def test_a_receipt_comes_back_as_it_was() -> None:
    assert receipts.decode(receipts.encode(SAMPLE), "x.json") == SAMPLE


def test_the_same_receipt_is_the_same_bytes_whatever_the_order_of_its_maps() -> None:
    one = Receipt("abc123", "s", "0", fields={"a": "1", "b": "2"})
    other = Receipt("abc123", "s", "0", fields={"b": "2", "a": "1"})
    assert receipts.encode(one) == receipts.encode(other)
    assert receipts.encode(one).endswith(b"\n")
    assert b"\r" not in receipts.encode(one)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"id": 3}', b"\xff"])
def test_a_broken_receipt_is_said_with_its_path(content: bytes) -> None:
    with pytest.raises(WarraqError) as fault:
        receipts.decode(content, "content/.imports/ab/abc123.json")
    (problem,) = fault.value.problems
    assert (problem.code, problem.path) == ("receipt-broken", "content/.imports/ab/abc123.json")


def test_sealing_hashes_what_was_written() -> None:
    article = Article("abc123", "عنوان", body="فقرة أولى.\n\nفقرة ثانية.")
    sealed = receipts.with_hashes(SAMPLE, article)
    assert set(sealed.fields) == {"title"}
    assert len(sealed.paragraphs) == 2
    changed = receipts.with_hashes(SAMPLE, Article("abc123", "عنوان", body="فقرة أولى.\n\nأخرى."))
    assert sealed.paragraphs[0] == changed.paragraphs[0]
    assert sealed.paragraphs[1] != changed.paragraphs[1]
