"""The Python and the JavaScript analyser answer alike, token for token."""

import json
import random
import subprocess
from pathlib import Path

from warraq.base.arabic import fold
from warraq.search.analysis import family, forms, tokens, tribe
from warraq.search.codec import hash32

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests/golden/analysis.json"
DERIVED = ROOT / "tests/golden/derived.json"
ALPHABETS = (
    "ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤإئىة",
    "وفبلكسال",
    "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0640\u0670\u0654\u0653",
    "abcXYZéÖşıİßΣς",
    "0123456789٠١٢٣٤٥٦٧٨٩۰۱۲",
    "پچژگکیەۆ",
    " \n\t.,،؛؟!-:()«»\"'\u200c\u200f\u202b",
    "\ufefb\ufe8e\ufedf\ufdf2\ufefc\ufeb3",
    "\ud7ff\ufffd漢字🙂",
)


def answer_in_python(text: str) -> dict[str, object]:
    def utf16(end: int) -> int:
        return len(text[:end].encode("utf-16-le", "surrogatepass")) // 2

    return {
        "fold": fold(text),
        "tokens": [
            [
                t.term,
                utf16(t.start),
                utf16(t.end),
                family(t.term),
                " ".join(forms(t.term)),
                hash32(tribe(family(t.term))),
            ]
            for t in tokens(text)
        ],
    }


def answers_in_node(texts: list[str]) -> list[dict[str, object]]:
    ran = subprocess.run(
        ["node", str(ROOT / "tests/js/analyse.mjs")],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=True,
    )
    answers: list[dict[str, object]] = json.loads(ran.stdout)
    return answers


def random_texts(count: int) -> list[str]:
    draw = random.Random(7)  # noqa: S311 - seeded test data
    texts = []
    for _ in range(count):
        weights = [8, 6, draw.choice([0, 2]), 1, 1, 1, 2, draw.choice([0, 1]), draw.choice([0, 1])]
        letters = draw.choices(ALPHABETS, weights, k=draw.randint(1, 24))
        texts.append("".join(draw.choice(alphabet) for alphabet in letters))
    return texts


def random_numbers(count: int) -> list[str]:
    """Return numbers set apart in every way, well and badly, among words."""
    draw = random.Random(8)  # noqa: S311 - seeded test data
    texts = []
    for _ in range(count):
        mark = draw.choice(",،٬.\u00a0\u202f\u2009 '-")
        groups = [str(draw.randrange(1, 1200))]
        groups += [f"{draw.randrange(1000):0{draw.choice([3, 3, 3, 2])}}" for _ in range(3)]
        number = mark.join(groups[: draw.randint(1, 4)])
        before, after = (
            draw.choice(("", "و", "نحو ", "12 ", "3,", "$")),
            draw.choice(("", "%", "كم", "x", ".5")),
        )
        if draw.random() < 0.4:
            number = number.translate({ord("0") + n: ord("٠") + n for n in range(10)})
        texts.append(before + number + after)
    return texts


def seed_words() -> list[str]:
    texts = [path.read_text("utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]
    assert len(texts) >= 2
    return sorted({word for text in texts for word in text.split()})


def test_both_analysers_agree_on_every_word_of_the_seeds() -> None:
    texts = seed_words() + [p.read_text("utf-8") for p in sorted((ROOT / "seeds").glob("*.txt"))]
    assert answers_in_node(texts) == [answer_in_python(text) for text in texts]


def test_both_analysers_agree_on_ten_thousand_random_strings() -> None:
    texts = random_texts(10_000) + random_numbers(2_000)
    for text, expected, actual in zip(
        texts, map(answer_in_python, texts), answers_in_node(texts), strict=True
    ):
        assert actual == expected, text


def test_both_analysers_answer_as_the_golden_file_says() -> None:
    golden = json.loads(GOLDEN.read_text("utf-8"))
    texts = [row["text"] for row in golden]
    expected = [{"fold": row["fold"], "tokens": row["tokens"]} for row in golden]
    assert [answer_in_python(text) for text in texts] == expected
    assert answers_in_node(texts) == expected


def test_derived_words_and_twins_of_foreign_names_lie_in_one_shard() -> None:
    golden = json.loads(DERIVED.read_text("utf-8"))

    def tribes(words: list[str]) -> set[str]:
        return {tribe(family(fold(word))) for word in words}

    assert [words for words in golden["derived"] + golden["twins"] if len(tribes(words)) != 1] == []
    assert [words for words in golden["not derived"] if len(tribes(words)) == 1] == []
