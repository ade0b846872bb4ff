"""Captures of the web, as crawlers and browsers write them."""

import gzip
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from warraq.base.problems import Problem
from warraq.intake import draft_of, outlet_directory
from warraq.model import RawDocument
from warraq.seeds.exports import export_records

BODY = [
    "أنهى متطوعو الحي طلاء جدران المدرسة القديمة بألوان اختارها التلاميذ في استفتاء صغير.",
    "وقالت مديرة المدرسة، اليوم الأحد، إن الطلاء تبرع به صاحب متجر يسكن في الشارع المجاور.",
    "وسيُفتتح المعرض السنوي لأعمال التلاميذ في الصالة المجددة بعد أسبوعين من الآن.",
]
URL = "https://www.hayy.example/news/41"
HTML = (
    '<html lang="ar"><head><title>طلاء المدرسة القديمة - الحي</title></head><body>'
    "<nav><a href='/'>الرئيسية</a></nav><article><h1>طلاء المدرسة القديمة</h1>"
    + "".join(f"<p>{text}</p>" for text in BODY)
    + "</article></body></html>"
)


def _warc(*captures: tuple[str, str, str, bytes], packed: bool = True) -> bytes:
    out = b""
    for url, status, kind, content in captures:
        answer = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + content
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\n"
            "WARC-Date: 2018-07-03T09:10:11Z\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}"
        )
        record = f"{head}\r\n\r\n".encode() + answer + b"\r\n\r\n"
        out += gzip.compress(record, mtime=0) if packed else record
    return out


PAGE = (URL, "200 OK", "text/html; charset=utf-8", HTML.encode())
OTHERS = (
    ("https://www.hayy.example/a.png", "200 OK", "image/png", b"x"),
    ("https://www.hayy.example/x", "404 Not Found", "text/html", b"<p>x</p>"),
)


def _read(site: Path, name: str, content: bytes) -> list[RawDocument | Problem]:
    (site / name).write_bytes(content)
    return list(export_records.documents(site / name, site))


@pytest.mark.parametrize("name", ["a.warc.gz", "a.warc", "A.WARC.GZ"])
def test_a_capture_brings_its_address_and_its_hour(tmp_path: Path, name: str) -> None:
    found = _read(tmp_path, name, _warc(PAGE, *OTHERS, packed=name.lower().endswith("gz")))
    page, passed = found
    assert isinstance(page, RawDocument)
    article = draft_of(page, outlet_directory()).article
    assert (article.title, article.body) == ("طلاء المدرسة القديمة", "\n\n".join(BODY))
    assert article.aliases in {(), ("/news/41",)}
    assert article.external_ids == {"web": URL}
    assert article.date is not None
    assert article.date.day.isoformat() == "2018-07-01"  # the Sunday before the capture
    assert article.date_info is not None
    assert article.date_info.status == "inferred"
    assert isinstance(passed, Problem)
    assert dict(passed.args)["kinds"] == "404 1، image/png 1"


def test_a_page_in_windows_1256_is_read(tmp_path: Path) -> None:
    capture = (URL, "200 OK", "text/html; charset=windows-1256", HTML.encode("windows-1256"))
    (page,) = _read(tmp_path, "a.warc.gz", _warc(capture))
    assert isinstance(page, RawDocument)
    assert BODY[0] in page.text


@pytest.mark.parametrize("listed", [True, False])
def test_of_a_wacz_the_pages_it_lists_are_read(tmp_path: Path, listed: bool) -> None:
    frame = ("https://ads.example/frame", "200 OK", "text/html", HTML.encode())
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as folder:
        folder.writestr("archive/data.warc.gz", _warc(PAGE, frame))
        pages = f'{{"format": "json-pages-1.0"}}\n{{"url": "{URL}"}}\n'
        folder.writestr("pages/pages.jsonl", pages if listed else "")
    found = _read(tmp_path, "a.wacz", out.getvalue())
    assert len([f for f in found if isinstance(f, RawDocument)]) == (1 if listed else 2)


@pytest.mark.parametrize("name", ["a.warc.gz", "a.wacz"])
@pytest.mark.parametrize("content", [b"", b"no archive", _warc(PAGE)[:-200]])
def test_a_broken_archive_is_told(tmp_path: Path, name: str, content: bytes) -> None:
    found = _read(tmp_path, name, content)
    assert {f.code for f in found if isinstance(f, Problem)} <= {
        "export-broken",
        "export-no-records",
        "seed-empty",
    }
    assert any(isinstance(f, Problem) for f in found)


def test_a_whole_page_before_the_break_is_kept(tmp_path: Path) -> None:
    content = _warc(PAGE) + _warc((f"{URL}2", *PAGE[1:]))[:-300]
    found = _read(tmp_path, "a.warc.gz", content)
    assert isinstance(found[0], RawDocument)
    assert isinstance(found[-1], Problem)


@pytest.mark.parametrize("name", ["a.warc.gz", "a.wacz"])
def test_a_capture_packed_as_a_whole_is_read(tmp_path: Path, name: str) -> None:
    content = gzip.compress(_warc(PAGE, *OTHERS, packed=False), mtime=0)
    if name == "a.wacz":
        folder = BytesIO()
        with zipfile.ZipFile(folder, "w") as stream:
            stream.writestr("archive/data.warc.gz", content)
        content = folder.getvalue()
    pages = [f for f in _read(tmp_path, name, content) if isinstance(f, RawDocument)]
    assert [BODY[1] in page.text for page in pages] == [True]


UNDATED = HTML.replace("، اليوم الأحد،", "").replace(" - الحي<", "<")


def test_a_capture_tells_the_site_and_the_last_day_where_the_page_tells_neither(
    tmp_path: Path,
) -> None:
    found = _read(tmp_path, "a.warc", _warc((URL, *PAGE[1:3], UNDATED.encode()), packed=False))
    assert isinstance(found[0], RawDocument)
    article = draft_of(found[0], outlet_directory()).article
    assert article.source is not None
    assert (article.source.name, article.source.url) == ("hayy.example", URL)
    assert article.date is None
    assert article.date_info is not None
    assert (article.date_info.status, article.date_info.edtf) == ("inferred", "[..2018-07-03]")


@pytest.mark.parametrize(
    ("told", "edtf", "source"),
    [
        ('<meta property="article:published_time" content="2017-02-01">', "2017-02-01", None),
        ('<meta property="og:site_name" content="جريدة الحي الجديد">', None, "جريدة الحي الجديد"),
    ],
)
def test_what_the_page_tells_goes_before_its_capture(
    tmp_path: Path, told: str, edtf: str | None, source: str | None
) -> None:
    html = UNDATED.replace("<title>", f"{told}<title>")
    found = _read(tmp_path, "a.warc", _warc((URL, *PAGE[1:3], html.encode()), packed=False))
    assert isinstance(found[0], RawDocument)
    article = draft_of(found[0], outlet_directory()).article
    assert article.date_info is not None
    assert article.date_info.edtf == (edtf or "[..2018-07-03]")
    assert article.source is not None
    assert article.source.name == (source or "hayy.example")
    assert article.source.url == URL


def test_the_address_of_an_unknown_site_on_a_shared_host_names_nobody(tmp_path: Path) -> None:
    capture = ("https://t.me/s/hayy", *PAGE[1:3], UNDATED.encode())
    found = _read(tmp_path, "a.warc", _warc(capture, packed=False))
    assert isinstance(found[0], RawDocument)
    assert draft_of(found[0], outlet_directory()).article.source is None


@pytest.mark.parametrize("coding", ["Chunked", "CHUNKED", "chunked"])
def test_a_body_in_chunks_is_read_however_that_is_spelt(tmp_path: Path, coding: str) -> None:
    html, half = HTML.encode(), len(HTML.encode()) // 2
    chunks = b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in (html[:half], html[half:]))
    kind = f"text/html; charset=utf-8\r\nTransfer-Encoding: {coding}"
    (page,) = _read(
        tmp_path, "a.warc", _warc((URL, "200 OK", kind, chunks + b"0\r\n\r\n"), packed=False)
    )
    assert isinstance(page, RawDocument)
    assert draft_of(page, outlet_directory()).article.body.split("\n\n") == BODY


@pytest.mark.parametrize("coding", ["gzip", "GZIP", "x-gzip"])
def test_a_packed_body_is_read_however_that_is_spelt(tmp_path: Path, coding: str) -> None:
    kind = f"text/html; charset=utf-8\r\nContent-Encoding: {coding}"
    packed = gzip.compress(HTML.encode(), mtime=0)
    (page,) = _read(tmp_path, "a.warc", _warc((URL, "200 OK", kind, packed), packed=False))
    assert isinstance(page, RawDocument)
    assert draft_of(page, outlet_directory()).article.body.split("\n\n") == BODY
