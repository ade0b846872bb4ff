import pytest

from warraq.model import Organization, Outlet, Person, Place
from warraq.prose.mentions import Matcher, Mention, shared_names, words_of

AUTHORITIES = [
    Person("qasra", "مرهف أبو قصرة", aliases=("أبو قصرة",)),
    Person("fidan", "هاكان فيدان", aliases=("فيدان",)),
    Person("shaibani", "أسعد الشيباني", aliases=("الشيباني",)),
    Place("ankara", "أنقرة"),
    Organization("defence", "وزارة الدفاع"),
    Organization("defence-sy", "وزارة الدفاع السورية"),
    Organization("nato", "NATO", aliases=("حلف الناتو",)),
    Person("salem-1", "سالم سالم"),
    Person("salem-2", "سالم سالم", aliases=("سالم سالم الأحمد",)),
    Person("salem-3", "سالم"),
    Outlet("paper-1", "صحيفة البلد"),
    Outlet("paper-2", "صحيفة الجبل", aliases=("صحيفة البلد",)),
]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("قال أبوقصرة إن", ["qasra"]),
        ("لقاء مرهف أبو قصرة وفيدان", ["qasra", "fidan"]),
        ("لأبي قصرة ولأبو قصرة", ["qasra", "qasra"]),
        ("وصل إلى انقره", ["ankara"]),
        ("بأنقرةَ ولأنقرة", ["ankara", "ankara"]),
        ("للشيباني", ["shaibani"]),
        ("وزارة الدفاع السورية", ["defence-sy"]),
        ("وزارة الدفاع، السورية", ["defence"]),
        ("وزارة الدفاع (السورية)", ["defence-sy"]),
        ("اجتماع Nato وحلف الناتو", ["nato", "nato"]),
        ("فيدانيات", []),
        ("سالم سالم", []),
        ("سالم سالم الأحمد", ["salem-2"]),
        ("وقال سالم سالم، وسالم", ["salem-3"]),
        ("", []),
    ],
)
def test_names_are_found_as_they_are_written(text: str, keys: list[str]) -> None:
    assert [m.key for m in Matcher(AUTHORITIES).find(text)] == keys


def test_names_of_two_files_are_told() -> None:
    shared = [(one.name, [file.key for file in one.files]) for one in shared_names(AUTHORITIES)]

    assert shared == [
        ("سالم سالم", ["salem-1", "salem-2"]),
        ("صحيفة البلد", ["paper-1", "paper-2"]),
    ]


def test_of_a_shared_name_the_one_asserted_is_meant() -> None:
    matcher = Matcher(AUTHORITIES)
    first, second = Mention("people", "salem-1"), Mention("people", "salem-2")

    assert matcher.find("سالم سالم", {first}) == [first]
    assert matcher.find("سالم سالم", {first, second}) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("أبو\nقصرة", ["ابوقصره"]),
        ("وبأبي قصرة", ["وبابوقصره"]),
        ("أبو أبي قصرة", ["ابوابوقصره"]),
        ("أبو، قصرة", ["ابو", "،", "قصره"]),
        ("أبو به", ["ابو", "به"]),
        ("خطابا قصيرا", ["خطابا", "قصيرا"]),
        ("أبـو-قُصرة", ["ابوقصره"]),
        ("أبيض وأبيضان", ["ابيض", "وابوضان"]),
    ],
)
def test_a_father_and_his_name_are_one_word(text: str, words: list[str]) -> None:
    assert words_of(text) == tuple(words)
