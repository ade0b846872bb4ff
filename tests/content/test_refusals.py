from pathlib import Path

from warraq.base.problems import error
from warraq.content.refusals import PATH, load, refusal, save

PROBLEM = error("seed-empty", "seeds/a.txt")


def test_a_refusal_is_the_same_for_the_same_seed_and_problems() -> None:
    first = refusal("seeds/a.txt", "0" * 64, [PROBLEM])

    assert first == refusal("seeds/a.txt", "0" * 64, [PROBLEM])
    assert first.why == ("seed-empty",)
    assert first.fingerprint != refusal("seeds/a.txt", "1" * 64, [PROBLEM]).fingerprint
    assert first.fingerprint != refusal("seeds/a.txt", "0" * 64, []).fingerprint


def test_refusals_come_back_and_a_line_that_is_none_is_passed_over(tmp_path: Path) -> None:
    refused = {name: refusal(name, "", [PROBLEM]) for name in ("seeds/b.txt", "seeds/a.txt")}

    save(tmp_path, refused)
    lines = (tmp_path / PATH).read_bytes().splitlines(keepends=True)
    (tmp_path / PATH).write_bytes(b"".join([*lines, b"<<<<<<< HEAD\n"]))

    assert [b'"seeds/a.txt"' in line for line in lines] == [True, False]
    assert b'"print"' in lines[0]
    assert load(tmp_path) == refused


def test_without_refusals_there_is_no_file(tmp_path: Path) -> None:
    save(tmp_path, {"seeds/a.txt": refusal("seeds/a.txt", "", [])})
    save(tmp_path, {})

    assert not (tmp_path / PATH).exists()
    assert load(tmp_path) == {}
