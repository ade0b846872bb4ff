import os
from pathlib import Path

import pytest

from warraq.base.problems import WarraqError
from warraq.seeds import reader
from warraq.seeds.sidecar import KEYS

ARABIC = "أعلنت البلدية فتح الطريق الساحلي من جديد بعد انتهاء أعمال الصيانة في الجسر."


def _seed(site: Path, content: bytes, name: str = "a.txt") -> Path:
    path = site / "seeds" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def _refusal(path: Path, site: Path) -> str:
    with pytest.raises(WarraqError) as fault:
        reader.read(path, site)
    (problem,) = fault.value.problems
    return problem.code


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "windows-1256", "iso-8859-6"],
)
def test_a_seed_is_read_in_whatever_encoding_it_came(tmp_path: Path, encoding: str) -> None:
    text = "\n".join([ARABIC] * 4)
    seed = _seed(tmp_path, text.encode(encoding))
    assert reader.read(seed, tmp_path).text.lstrip("\ufeff") == text


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\n"])
def test_line_ends_become_lf(tmp_path: Path, newline: str) -> None:
    seed = _seed(tmp_path, newline.join([ARABIC, ARABIC]).encode())
    assert reader.read(seed, tmp_path).text == f"{ARABIC}\n{ARABIC}"


def test_a_letter_cut_in_two_costs_that_letter_only(tmp_path: Path) -> None:
    raw = reader.read(_seed(tmp_path, (ARABIC * 3).encode()[:-2]), tmp_path)
    assert raw.text.startswith(ARABIC)
    assert raw.notes == ("bytes-lost",)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "seed-empty"),
        (b" \r\n\t\n", "seed-empty"),
        (b"\xef\xbb\xbf\n", "seed-empty"),
        (b"text\x00text", "seed-binary"),
        (bytes(range(128, 256)) * 9, "seed-undecodable"),
        (b"\x89PNG\r\n\x1a\n\xff\xfe\xfd\x01\x02\x03\x9f\x80" * 20, "seed-undecodable"),
        (b"a" * (reader.MAX_SEED + 1), "seed-too-large"),
    ],
)
def test_what_cannot_be_a_seed_is_refused_with_a_reason(
    tmp_path: Path, content: bytes, code: str
) -> None:
    assert _refusal(_seed(tmp_path, content), tmp_path) == code


def test_a_folder_named_like_a_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "seeds" / "x.txt").mkdir(parents=True)
    assert [p.name for p in reader.seeds_under(tmp_path / "seeds")] == ["x.txt"]
    assert _refusal(tmp_path / "seeds" / "x.txt", tmp_path) == "seed-not-file"


def test_a_link_out_of_the_site_is_refused(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text(ARABIC)
    site = tmp_path / "site"
    (site / "seeds").mkdir(parents=True)
    (site / "seeds" / "a.txt").symlink_to(outside)
    assert _refusal(site / "seeds" / "a.txt", site) == "seed-outside"


def test_a_missing_seed_is_said(tmp_path: Path) -> None:
    assert _refusal(tmp_path / "none.txt", tmp_path) == "seed-unreadable"


def test_a_fifo_does_not_hang_the_import(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert _refusal(tmp_path / "a.txt", tmp_path) == "seed-not-file"


def test_odd_names_are_read_and_shown(tmp_path: Path) -> None:
    seed = _seed(tmp_path, ARABIC.encode(), "خبر عاجل! (2) #؟.txt")
    assert reader.read(seed, tmp_path).path == "seeds/خبر عاجل! (2) #؟.txt"


def test_a_sidecar_gives_facts_and_is_no_seed(tmp_path: Path) -> None:
    seed = _seed(tmp_path, ARABIC.encode())
    _seed(tmp_path, "outlet: مرآة الساحل\ndate: 2024-02-11\n".encode(), "a.yaml")
    raw = reader.read(seed, tmp_path)
    assert [(f.key, f.value, f.basis) for f in raw.facts] == [
        ("outlet", "مرآة الساحل", "sidecar"),
        ("date", "2024-02-11", "sidecar"),
    ]
    assert list(reader.seeds_under(tmp_path / "seeds")) == [seed]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.yaml", "outlet: [", "yaml-broken"),
        ("a.yaml", "outlett: x", "sidecar-key"),
        ("a.yaml", "outlet: {a: b}", "sidecar-broken"),
        ("a.json", "{", "sidecar-broken"),
        ("a.json", "[]", "sidecar-broken"),
        ("a.json", '{"url": 1.5}', "sidecar-broken"),
    ],
)
def test_a_broken_sidecar_is_refused_not_ignored(
    tmp_path: Path, name: str, content: str, code: str
) -> None:
    seed = _seed(tmp_path, ARABIC.encode())
    _seed(tmp_path, content.encode(), name)
    assert _refusal(seed, tmp_path) == code


def test_every_sidecar_key_is_read(tmp_path: Path) -> None:
    seed = _seed(tmp_path, ARABIC.encode())
    _seed(tmp_path, "".join(f"{key}: v\n" for key in KEYS).encode(), "a.yaml")
    assert {f.key for f in reader.read(seed, tmp_path).facts} == set(KEYS)


@pytest.mark.parametrize("page", ["windows-1252", "windows-1256"])
def test_utf8_taken_for_a_code_page_is_read_as_it_was_meant(tmp_path: Path, page: str) -> None:
    text = "أعلنت البلدية، اليوم الأحد، فتح الطريق الساحلي من جديد بعد انتهاء أعمال الصيانة فيه."
    letters = (bytes([byte]).decode(page, "ignore") or chr(byte) for byte in text.encode())
    seed = tmp_path / "a.txt"
    seed.write_text("".join(letters), "utf-8")
    raw = reader.read(seed, tmp_path)
    assert (raw.text, raw.notes) == (text, ("encoding-guessed",))


def test_a_page_that_is_mostly_markup_is_read_in_its_code_page(tmp_path: Path) -> None:
    rows = "<tr><td width='130' bgcolor='#eeeedd'><a href='page.htm'>&nbsp;</a></td></tr>\n" * 40
    page = f"<html><title>مرآة الحي</title><table>{rows}</table><p>{ARABIC}</p></html>"
    seed = tmp_path / "a.html"
    seed.write_bytes(page.encode("windows-1256"))
    assert ARABIC.split(".", maxsplit=1)[0] in reader.read(seed, tmp_path).text


LONG = f"{ARABIC}\nوقالت «البلدية»: الكلفة 12% من الموازنة، والعمل مستمر.\n{ARABIC}\n{ARABIC}"


def _holed(content: bytes) -> bytes:
    return bytes(byte for at, byte in enumerate(content) if at % 41 != 20)


def _cut(content: bytes) -> bytes:
    return b"\n".join(line[:72] for line in content.split(b"\n"))


@pytest.mark.parametrize(
    ("damaged", "lines"),
    [
        (LONG.encode().replace("ي".encode(), b"\xd9"), (1, 2, 3, 4)),
        (LONG.encode().replace("،".encode(), b"\xa1").replace("«".encode(), b"\x93"), (2,)),
        (_holed(LONG.encode()), (1, 2, 3, 4)),
        (_cut(LONG.replace("و", "x", 1).encode() + b"\n" + "خبر".encode()), None),
        ("\r\n".join([*LONG.split("\n"), ""]).encode() * 3 + ARABIC.encode("windows-1256"), (13,)),
    ],
)
def test_a_damaged_text_is_its_encoding_with_marks(
    tmp_path: Path, damaged: bytes, lines: tuple[int, ...] | None
) -> None:
    raw = reader.read(_seed(tmp_path, damaged), tmp_path)

    assert (raw.encoding, raw.notes) == ("utf-8", ("bytes-lost",))
    assert "\ufffd" in raw.text
    assert raw.damaged == tuple(
        n for n, line in enumerate(raw.text.split("\n"), start=1) if "\ufffd" in line
    )
    assert lines is None or raw.damaged == lines


def test_what_is_half_in_one_encoding_is_refused(tmp_path: Path) -> None:
    half = LONG.encode() + b"\n" + LONG.encode("windows-1256", "ignore")

    assert _refusal(_seed(tmp_path, half), tmp_path) == "seed-undecodable"


@pytest.mark.parametrize("encoding", ["mac-arabic", "cp720", "windows-1256", "iso-8859-6"])
@pytest.mark.parametrize(
    "text", [ARABIC, f"{ARABIC}\n" * 30, "خبر قصير من بيروت.", "قال نعم ثم لا."]
)
def test_a_code_page_is_still_told(tmp_path: Path, encoding: str, text: str) -> None:
    raw = reader.read(_seed(tmp_path, text.encode(encoding)), tmp_path)

    assert raw.text.replace("\xa0", " ") == text
    assert raw.notes == ("encoding-guessed",)


def test_persian_letters_of_a_code_page_are_told(tmp_path: Path) -> None:
    text = "پيام گروه چهارم در گزارش تازه درباره ژاپن و گفتگوها منتشر شد و چاپ گرديد"
    raw = reader.read(_seed(tmp_path, text.encode("windows-1256")), tmp_path)

    assert (raw.text, raw.encoding) == (text, "windows-1256")


PAGE = (
    "<html lang='ar'><head><title>فتح الطريق</title></head><body><h1>فتح الطريق</h1>"
    f"<p>{ARABIC}</p><p>{ARABIC[::-1]}</p></body></html>"
)


@pytest.mark.parametrize(
    "start", ["", "\ufeff<!DOCTYPE html>\n", "<!-- saved -->\n<!doctype HTML>"]
)
@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_a_page_is_one_whatever_its_suffix(tmp_path: Path, start: str, name: str) -> None:
    raw = reader.read(_seed(tmp_path, f"{start}{PAGE}".encode(), name), tmp_path)
    assert raw.kind == "page"
    assert ARABIC in raw.text
    assert "<" not in raw.text


@pytest.mark.parametrize(
    "text", [f"كتب أحدهم <html> في نصه. {ARABIC}", f"{{هكذا}} {ARABIC}", f'«{{"قال": {ARABIC}']
)
def test_a_text_about_markup_is_a_text(tmp_path: Path, text: str) -> None:
    raw = reader.read(_seed(tmp_path, text.encode()), tmp_path)
    assert (raw.kind, raw.text) == ("text", text)


@pytest.mark.parametrize(
    "text",
    [
        '<?xml version="1.0"?>\n<rss version="2.0">',
        '[{"id": 1, "x": 2}]',
        '{"title": "x"}',
        "العنوان\tالنص\tالتاريخ\nخبر\tمتن الخبر\t2019-05-03\n",
        "id;title;body;date\n1;خبر;متن;2019\n",
    ],
)
def test_an_export_under_the_name_of_a_text_is_refused_with_advice(
    tmp_path: Path, text: str
) -> None:
    assert _refusal(_seed(tmp_path, text.encode()), tmp_path) == "seed-export"


def test_a_page_of_many_bytes_is_read_without_its_pictures(tmp_path: Path) -> None:
    picture = "QUJD" * (reader.MAX_SEED // 3)
    text = "جفت العين التي سقت الحي القديم قرنًا كاملًا، ولم يبق منها غير الحوض الحجري."
    page = f"<html><title>جفاف العين</title><body><h1>جفاف العين</h1><p>{text}</p>"
    (tmp_path / "a.html").write_text(f'{page}<img src="data:image/png;base64,{picture}">', "utf-8")
    (tmp_path / "b.html").write_text(page + "<i></i>" * (reader.MAX_SEED // 7), "utf-8")
    assert text in reader.read(tmp_path / "a.html", tmp_path).text
    assert reader.digest(tmp_path / "a.html")
    assert _refusal(tmp_path / "b.html", tmp_path) == "seed-too-large"
