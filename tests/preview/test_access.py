"""Who gets in, and which forms write: attacks from other pages, other hosts and a network."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import pytest
from tests.preview.served import PROGRAM, Served, eventually

FORM = "application/x-www-form-urlencoded"


def cookie_of(served: Served) -> str:
    """Visit the address that was printed, return the cookie."""
    response, _ = served.get("/" + served.address.split("/", 3)[3])
    assert response.status == 303
    return (response.getheader("set-cookie") or "").partition(";")[0]


def post(
    served: Served, *, cookie: str, text: str = "نص", token: str | None = None, **headers: str
) -> int:
    """Send the form of /-/note as its page does, but for what is said; return the status."""
    own = served.text_of("/-/note", cookie) if token is None else token
    own_headers = {
        "Content_Type": FORM,
        "Cookie": cookie,
        "Origin": f"http://{served.host}:{served.port}",
        "Sec_Fetch_Site": "same-origin",
        **headers,
    }
    fields = urlencode({"form_token": own, "text": text}).encode()
    sent = {name: value for name, value in own_headers.items() if value}
    return served.send("/-/note", "POST", fields, sent)[0].status


def test_the_printed_address_opens_the_desk_and_does_not_stay_in_the_browser(desk: Served) -> None:
    response, _ = desk.get("/" + desk.address.split("/", 3)[3] + "&q=%D9%86")
    cookie = response.getheader("set-cookie") or ""

    assert (response.status, response.getheader("location")) == (303, "/?q=%D9%86")
    assert ("HttpOnly" in cookie, "SameSite=strict" in cookie) == (True, True)
    assert desk.address.partition("token=")[2] not in cookie
    assert desk.get("/-/note", Cookie=cookie.partition(";")[0])[0].status == 200


def test_the_address_leads_to_no_other_host(desk: Served) -> None:
    token = desk.address.partition("?")[2]

    response, _ = desk.get(f"//evil.example/%2e%2e?{token}")

    assert response.getheader("location") == "/evil.example/%2e%2e"


@pytest.mark.parametrize("cookie", ["", "warraq-1=x", "warraq-{port}=x", "warraq-{port}=\xff"])
def test_without_the_cookie_a_desk_page_says_how_to_get_in(desk: Served, cookie: str) -> None:
    headers = {"Cookie": cookie.format(port=desk.port)} if cookie else {}

    response, body = desk.get("/-/note", **headers)

    assert response.status == 403
    assert b"holds the token" in body
    assert "script-src 'self'" in (response.getheader("content-security-policy") or "")


def test_a_wrong_token_gives_no_cookie(desk: Served) -> None:
    response, _ = desk.get("/-/note?token=x")

    assert (response.status, response.getheader("set-cookie")) == (403, None)


def test_a_form_of_the_desk_writes(desk: Served) -> None:
    assert post(desk, cookie=cookie_of(desk), text="سطر أول\r\nوثانٍ") == 200
    assert (desk.site / "note.txt").read_bytes() == "سطر أول\r\nوثانٍ".encode()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Cookie": ""}, 403),
        ({"Cookie": "warraq-{port}=x"}, 403),
        ({"Origin": ""}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "http://127.0.0.1:1"}, 403),
        ({"Origin": "https://127.0.0.1:{port}"}, 403),
        ({"Origin": "http://localhost:{port}"}, 403),
        ({"Host": "evil.example:{port}"}, 400),
        ({"Host": "evil.example:{port}", "Origin": "http://evil.example:{port}"}, 400),
        ({"Sec_Fetch_Site": "cross-site"}, 403),
        ({"Sec_Fetch_Site": "same-site"}, 403),
        (
            {
                "Sec_Fetch_Site": "cross-site",
                "Sec_Fetch_Mode": "navigate",
                "Sec_Fetch_Dest": "document",
            },
            403,
        ),
        ({"Content_Type": "text/plain"}, 415),
        ({"Content_Type": "multipart/form-data; boundary=x"}, 415),
        ({"token": ""}, 403),
        ({"token": "x"}, 403),
        ({"text": "x" * 5_000_000}, 413),
        ({"text": "\udcff"}, 400),
    ],
)
def test_no_other_page_s_form_writes(desk: Served, headers: dict[str, str], status: int) -> None:
    note = desk.site / "note.txt"
    note.write_text("قبل", "utf-8")
    cookie = cookie_of(desk)
    token = desk.text_of("/-/note", cookie)
    sent = {name: value.replace("{port}", str(desk.port)) for name, value in headers.items()}
    if sent.get("text") == "\udcff":
        fields = f"form_token={token}&text=%FF".encode()
        origin = f"http://127.0.0.1:{desk.port}"
        own = {"Content-Type": FORM, "Cookie": cookie, "Origin": origin}
        response, _ = desk.send("/-/note", "POST", fields, own)
        assert response.status == status
    else:
        assert post(desk, **{"cookie": cookie, "token": token, **sent}) == status
    assert note.read_text("utf-8") == "قبل"


def test_a_form_of_an_earlier_run_is_told_what_becomes_of_its_text(desk: Served) -> None:
    own = {
        "Content-Type": FORM,
        "Cookie": cookie_of(desk),
        "Origin": f"http://127.0.0.1:{desk.port}",
    }

    response, page = desk.send("/-/note", "POST", b"form_token=old&text=x", own)

    assert response.status == 403
    assert b"what you wrote is still there" in page


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PATCH"])
def test_a_page_of_the_desk_knows_no_other_method(desk: Served, method: str) -> None:
    assert desk.get("/-/note", method, Cookie=cookie_of(desk))[0].status == 405


def test_what_is_no_page_of_the_desk_takes_no_form(desk: Served) -> None:
    cookie = cookie_of(desk)

    assert desk.get("/", "POST", Cookie=cookie)[0].status == 405
    assert desk.get("/-/events", "POST", Cookie=cookie)[0].status == 405
    assert desk.get("/-/nothing", "POST", Cookie=cookie)[0].status == 404


# 127.0.0.2 is an address of this machine like one in a network: no name of the loopback.
def test_a_network_sees_nothing_without_the_token_and_writes_nothing(
    start: Callable[..., Served],
) -> None:
    served = start("/", 0, "desk", "host=127.0.0.2")
    assert eventually((served.site / "rebuilds.log").exists)

    for path in ("/a/", "/-/search?q=x", "/-/events", "/-/reload.js", "/-/note"):
        response, body = served.get(path)
        assert (response.status, "الخبر" in body.decode()) == (403, False)

    cookie = cookie_of(served)
    assert "الخبر الأول" in served.text_of("/a/", cookie)
    assert served.get("/a/", Cookie=cookie, Host="evil.example")[0].status == 400
    assert post(served, cookie=cookie) == 403
    assert not (served.site / "note.txt").exists()


def test_a_network_writes_where_that_was_asked_for(start: Callable[..., Served]) -> None:
    served = start("/", 0, "desk", "host=127.0.0.2", "write")

    assert post(served, cookie=cookie_of(served)) == 200


@pytest.mark.parametrize(
    ("host", "code"),
    [
        ("0.0.0.0", "host-everywhere"),  # noqa: S104 - refused
        ("::", "host-everywhere"),
        ("192.0.2.1", "host-refused"),
        ("no such host", "host-refused"),
        ("x" * 300, "host-refused"),
    ],
)
def test_a_host_that_is_not_this_machine_s_is_told_with_a_remedy(
    site: Path, host: str, code: str
) -> None:
    done = subprocess.run(
        [sys.executable, str(PROGRAM), str(site), "0", "/", f"host={host}"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout, done.stderr) == (2, f":0: {code}\n", "")


def test_saves_are_seen_without_notices_of_the_system(start: Callable[..., Served]) -> None:
    served = start("/", 0, "poll")
    assert eventually(lambda: "الخبر الأول" in served.text("/a/"))

    served.write("a.txt", "بعد نظرة")

    assert eventually(lambda: "بعد نظرة" in served.text("/a/"))
