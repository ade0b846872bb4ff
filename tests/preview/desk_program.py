"""A small site of its own, served: content/*.txt become pages; a text that says BROKEN is an error.

Started by the tests as a program of its own: desk_program.py SITE PORT BASE_PATH [OPTION…]. The
option `desk` adds a page that writes, /-/note; `host=ADDRESS`, `write` and `poll` are as for the
command.
"""

import os
import sys
import time
from collections.abc import Sequence
from html import escape
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from warraq.base.problems import Problem, WarraqError, error
from warraq.preview.access import Access
from warraq.preview.desk_pages import DeskPage, Form
from warraq.preview.server import serve

PAGE = """<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8">
<meta http-equiv="content-security-policy" content="default-src 'none'; script-src 'self';
 style-src 'self'; connect-src 'self'; img-src data:">
<title>{name}</title><link rel="icon" href="data:,"></head>
<body><p id="text">{text}</p></body></html>
"""


def rebuild(site: Path) -> Sequence[Problem]:
    """Write public/ from content/; a broken text stops all, a text CRASH is a bug."""
    problems = []
    for source in sorted((site / "content").glob("*.txt")):
        text = source.read_text("utf-8")
        if "SLOW" in text:
            time.sleep(60)
        if "CRASH" in text:
            raise ZeroDivisionError("<b>a bug</b>")
        if "BROKEN" in text:
            problems.append(
                error(
                    "setting-invalid", f"content/{source.name}", 3, value=text, key="<i>", want="…"
                )
            )
    if problems:
        raise WarraqError(problems)
    for source in sorted((site / "content").glob("*.txt")):
        page = site / "public" / source.stem / "index.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        staged = page.with_suffix(".new")
        staged.write_text(PAGE.format(name=source.stem, text=escape(source.read_text("utf-8"))))
        staged.replace(page)
    with (site / "rebuilds.log").open("a") as log:
        log.write("rebuilt\n")
    return ()


def note_page(site: Path) -> DeskPage:
    """Return a page that shows the token of its form and writes a text of it."""

    async def show(_request: Request, access: Access) -> Response:
        return PlainTextResponse(access.form_token)

    async def save(_request: Request, _access: Access, form: Form) -> Response:
        (site / "note.txt").write_text(dict(form)["text"], "utf-8")
        return PlainTextResponse("written")

    return DeskPage("/-/note", show, save)


def main(site: Path, port: int, base_path: str, options: Sequence[str]) -> int:
    """Serve `site` until told to stop."""
    host = next((one.removeprefix("host=") for one in options if one.startswith("host=")), "")

    def say(line: str) -> None:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()

    return serve(
        site / "public",
        lambda: rebuild(site),
        watched=[site / "content", site / "templates", site / "site.yaml"],
        desk=[note_page(site)] if "desk" in options else (),
        host=host,
        port=port,
        writable=not host or "write" in options,
        poll="poll" in options,
        base_path=base_path,
        language="en",
        say=say,
    )


if __name__ == "__main__":
    os.umask(0o022)
    try:
        code = main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4:])
    except WarraqError as fault:
        sys.stdout.write(f"{fault}\n")
        code = fault.exit_code
    raise SystemExit(code)
