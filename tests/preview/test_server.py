"""The preview from outside: what it serves, what it refuses, how it lives and ends."""

import asyncio
import json
import socket
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path

import pytest
from starlette.types import Message, Receive, Scope, Send
from tests.preview.served import PATIENCE, PROGRAM, Served, eventually

from warraq.preview.error_boundary import Boundary


def state(served: Served) -> dict[str, object]:
    """Return the first event a page gets."""
    connection = HTTPConnection("127.0.0.1", served.port, timeout=PATIENCE)
    connection.request("GET", "/-/events")
    response = connection.getresponse()
    while not (line := response.readline()).startswith(b"data: "):
        assert line
    connection.close()
    told: dict[str, object] = json.loads(line[6:])
    return told


def test_a_page_comes_with_the_reload_script_and_public_holds_none_of_it(quiet: Served) -> None:
    response, body = quiet.get("/a/")

    assert response.status == 200
    assert b'<script type="module" src="/-/reload.js?version=' in body
    assert response.getheader("cache-control") == "no-store"
    assert b"reload" not in (quiet.site / "public/a/index.html").read_bytes()
    assert quiet.get("/-/reload.js")[0].getheader("content-type", "").startswith("text/javascript")


def test_a_save_is_built_and_the_version_changes(served: Served) -> None:
    before = state(served)["version"]

    served.write("a.txt", "الخبر المعدل")

    assert eventually(lambda: "الخبر المعدل" in served.text("/a/"))
    assert eventually(lambda: state(served)["version"] != before)


def test_what_is_broken_is_told_with_place_and_remedy_and_the_last_good_page_stays(
    served: Served,
) -> None:
    served.write("a.txt", "BROKEN <script>")

    assert eventually(lambda: bool(state(served)["problems"]))
    assert state(served)["problems"] == [
        {
            "severity": "error",
            "place": "content/a.txt:3",
            "message": "«BROKEN <script>» does not fit the setting «<i>»",
            "fix": "write one of: …",
        }
    ]
    assert "الخبر الأول" in served.text("/a/")

    served.write("a.txt", "مُصلَح")

    assert eventually(lambda: state(served)["problems"] == [])
    assert "مُصلَح" in served.text("/a/")


def test_a_bug_in_the_rebuild_is_told_and_the_server_lives_on(served: Served) -> None:
    served.write("a.txt", "CRASH")

    assert eventually(lambda: "ZeroDivisionError: <b>a bug</b>" in json.dumps(state(served)))
    assert "الخبر الأول" in served.text("/a/")
    assert served.complaints == ""


@pytest.mark.parametrize(
    "sent",
    [
        (b"nonsense\r\n\r\n",),
        (b"GET /\xff HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",),
        (
            b"GET /robots.txt HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n",
            b"more\r\n\r\n",
        ),
        (b"HEAD / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\nmore\r\n\r\n",),
        (b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n", b"zz\r\n"),
        (b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",),
        (b"GET /-/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", b"\x00more\r\n\r\n"),
        (
            b"GET /-/events HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n",
            b"zz\r\nmore\r\n",
        ),
    ],
)
def test_a_request_that_is_none_leaves_no_trace_of_the_program(
    quiet: Served, sent: tuple[bytes, ...]
) -> None:
    with socket.create_connection(("127.0.0.1", quiet.port), PATIENCE) as connection:
        for part in sent:
            connection.sendall(part)
            assert part is sent[-1] or connection.recv(1000)

    assert quiet.get("/a/")[0].status == 200
    assert quiet.get("/a/")[0].status == 200
    assert "Traceback" not in quiet.complaints


def test_what_a_request_breaks_is_named_in_one_line(caplog: pytest.LogCaptureFixture) -> None:
    sent: list[Message] = []

    async def app(_scope: Scope, _receive: Receive, _send: Send) -> None:
        raise ZeroDivisionError("a bug")

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": "/a\nb/"}
    with ThreadPoolExecutor(1) as other:  # Playwright may have left a loop running in this thread
        other.submit(lambda: asyncio.run(Boundary(app)(scope, receive, send))).result()

    assert sent[0]["status"] == 500
    (record,) = caplog.records
    assert record.getMessage() == "GET /a\\nb/: ZeroDivisionError: a bug"
    assert record.exc_info is None


def test_three_hundred_saves_end_in_one_right_page_and_few_rebuilds(served: Served) -> None:
    for number in range(300):
        served.write("a.txt", f"حفظ {number}")

    assert eventually(lambda: "حفظ 299" in served.text("/a/"))
    assert len((served.site / "rebuilds.log").read_text().splitlines()) < 100


def test_a_new_folder_and_one_that_comes_back_are_seen(served: Served) -> None:
    content = served.site / "content"
    content.rename(served.site / "away")
    assert eventually(lambda: not content.exists())
    (served.site / "away").rename(content)
    served.write("b.txt", "بعد العودة")
    assert eventually(lambda: "بعد العودة" in served.text("/b/"))

    before = state(served)["version"]
    (served.site / "templates").mkdir()
    assert eventually(lambda: state(served)["version"] != before)
    between = state(served)["version"]
    (served.site / "templates" / "base.html").write_text("x")
    assert eventually(lambda: state(served)["version"] != between)


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/a/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e%2f%2e%2e%2fetc/passwd",
        "/a/%2e%2e/%2e%2e/secret.txt",
        "//etc/passwd",
        "/a%00.html",
        "/a/%0a",
        "/..%5csecret.txt",
        "/link.txt",
        "/folder/secret.txt",
        "/loop/x",
        "/" + "x" * 5000,
        "/-/nothing",
        "/-/../secret.txt",
        "/%ff%fe",
        "/a/index.html/",
        "/data/",
    ],
)
def test_no_path_leaves_public(quiet: Served, path: str) -> None:
    (quiet.site / "secret.txt").write_text("SECRET")
    public = quiet.site / "public"
    if not (public / "data").exists():
        (public / "link.txt").symlink_to(quiet.site / "secret.txt")
        (public / "folder").symlink_to(quiet.site)
        (public / "loop").symlink_to(public / "loop")
        (public / "data").mkdir()

    response, body = quiet.get(path)

    assert (response.status, b"SECRET" in body) == (404, False)


def test_the_site_s_own_404_page_is_shown(served: Served) -> None:
    (served.site / "public" / "404.html").write_text("<p>لا شيء هنا</p>")

    response, body = served.get("/nowhere/")

    assert response.status == 404
    assert "لا شيء هنا" in body.decode()


def test_ranges_and_etags(quiet: Served) -> None:
    (quiet.site / "public" / "shard.bin").write_bytes(b"0123456789")

    whole, body = quiet.get("/shard.bin")
    part, middle = quiet.get("/shard.bin", Range="bytes=2-4")
    again, nothing = quiet.get("/shard.bin", If_None_Match=whole.getheader("etag", ""))
    page, _ = quiet.get("/a/")
    same, _ = quiet.get("/a/", If_None_Match=page.getheader("etag", ""))

    assert (whole.status, body) == (200, b"0123456789")
    assert (part.status, middle, part.getheader("etag")) == (206, b"234", whole.getheader("etag"))
    assert (again.status, nothing, same.status) == (304, b"", 304)


def test_a_folder_without_a_slash_is_sent_to_the_one_with(quiet: Served) -> None:
    response, _ = quiet.get("/a?q=1")

    assert (response.status, response.getheader("location")) == (307, "a/?q=1")


def test_head_has_no_body(quiet: Served) -> None:
    response, body = quiet.get("/a/", "HEAD")
    events, _ = quiet.get("/-/events", "HEAD")

    assert (response.status, body, events.status) == (200, b"", 200)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_nothing_can_be_written(quiet: Served, method: str) -> None:
    response, _ = quiet.get("/a/", method)

    assert (response.status, response.getheader("allow")) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 400),
        ({"Host": "evil.example:8000"}, 400),
        ({"Host": "127.0.0.1.evil.example"}, 400),
        ({"Host": "user@127.0.0.1"}, 400),
        ({"Host": "localhost:x"}, 400),
        ({"Host": ""}, 400),
        ({"Host": "localhost:9999"}, 200),
        ({"Host": "LOCALHOST"}, 200),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://127.0.0.1:1"}, 403),
        ({"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "no-cors"}, 403),
        ({"Sec_Fetch_Site": "same-site", "Sec_Fetch_Mode": "cors"}, 403),
        (
            {
                "Sec_Fetch_Site": "cross-site",
                "Sec_Fetch_Mode": "navigate",
                "Sec_Fetch_Dest": "iframe",
            },
            403,
        ),
        (
            {
                "Sec_Fetch_Site": "cross-site",
                "Sec_Fetch_Mode": "navigate",
                "Sec_Fetch_Dest": "document",
            },
            200,
        ),
        ({"Sec_Fetch_Site": "same-origin", "Sec_Fetch_Mode": "cors"}, 200),
    ],
)
def test_foreign_hosts_and_origins_are_refused(
    quiet: Served, headers: dict[str, str], status: int
) -> None:
    response, body = quiet.get("/a/", **headers)

    assert (response.status, "الخبر" in body.decode()) == (status, status == 200)


def test_a_site_under_a_sub_path(start: Callable[..., Served]) -> None:
    served = start("/archive/")
    assert eventually(lambda: "الخبر الأول" in served.text("/archive/a/"))

    assert served.get("/")[0].getheader("location") == "/archive/"
    assert served.get("/archive")[0].getheader("location") == "/archive/"
    assert served.get("/a/")[0].status == 404


def test_before_the_first_build_a_page_waits_and_says_so(
    start: Callable[..., Served], site: Path
) -> None:
    (site / "content" / "a.txt").write_text("SLOW")

    response, body = start().get("/")

    assert response.status == 503
    assert b"is being built" in body
    assert b"/-/reload.js" in body


def test_two_hundred_idle_connections_do_not_stop_a_request(quiet: Served) -> None:
    idle = [socket.create_connection(("127.0.0.1", quiet.port)) for _ in range(200)]
    streams = [HTTPConnection("127.0.0.1", quiet.port, timeout=PATIENCE) for _ in range(50)]
    for stream in streams:
        stream.request("GET", "/-/events")

    assert quiet.get("/a/")[0].status == 200

    for connection in idle:
        connection.close()
    for stream in streams:
        stream.close()


@pytest.mark.slow
@pytest.mark.parametrize("text", ["الخبر", "SLOW"])
def test_it_ends_on_a_signal_with_open_streams_even_in_a_rebuild(
    start: Callable[..., Served], site: Path, text: str
) -> None:
    (site / "content" / "a.txt").write_text(text)
    served = start()
    stream = HTTPConnection("127.0.0.1", served.port, timeout=PATIENCE)
    stream.request("GET", "/-/events")
    assert stream.getresponse().readline()
    idle = socket.create_connection(("127.0.0.1", served.port))

    assert served.stop() == 0

    assert "Traceback" not in served.complaints
    idle.close()
    stream.close()


def test_a_taken_port_is_told_with_a_remedy(quiet: Served) -> None:
    second = subprocess.run(
        [sys.executable, str(PROGRAM), str(quiet.site), str(quiet.port), "/"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (second.returncode, second.stdout, second.stderr) == (2, ":0: port-refused\n", "")
