import msgspec

from warraq.base.builtins import fields_of, to_builtins
from warraq.model import Credit, Moment, Receipt


def test_an_equal_default_is_left_out_though_it_is_another_object() -> None:
    copy = msgspec.msgpack.decode(msgspec.msgpack.encode(Receipt("a", "b", "c")), type=Receipt)

    assert to_builtins(copy) == {"id": "a", "seed": "b", "sha256": "c"}


def test_a_field_has_the_name_that_files_have() -> None:
    receipt = Receipt("a", "b", "c", sidecar_sha256="d")

    assert fields_of(receipt)["beside"] == "d"
    assert msgspec.convert(fields_of(receipt), Receipt) == receipt


def test_what_is_within_is_plain_too() -> None:
    moment = Moment.of("2025-10-12T18:00:00+03:00")

    assert to_builtins({"a": (Credit("أ", outlet="b"), moment)}) == {
        "a": [{"name": "أ", "outlet": "b"}, {"day": "2025-10-12", "clock": "18:00:00+03:00"}]
    }
