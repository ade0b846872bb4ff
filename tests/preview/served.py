"""A served site: started as a program of its own, asked over the loopback."""

import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from time import monotonic, sleep
from urllib.parse import urlsplit

PROGRAM = Path(__file__).with_name("desk_program.py")
PATIENCE = 20.0  # seconds a test waits for what must come; nothing is measured


class Served:
    """A running preview of `site`."""

    def __init__(
        self,
        site: Path,
        base_path: str = "/",
        port: int = 0,
        *options: str,
        command: Sequence[str] = (),
    ) -> None:
        self.site = site
        program = [str(PROGRAM), str(site), str(port), base_path, *options]
        with (site / "stderr.log").open("wb") as complaints:
            self.process = subprocess.Popen(
                [sys.executable, *(command or program)],
                stdout=subprocess.PIPE,
                stderr=complaints,
                text=True,
            )
        assert self.process.stdout is not None
        self.address = self.process.stdout.readline().strip()
        self.host = urlsplit(self.address).hostname or ""
        self.port = urlsplit(self.address).port or 0

    def get(self, path: str, method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
        """Ask for `path` exactly as it stands, return the answer and its body."""
        return self.send(path, method, b"", headers)

    def send(
        self, path: str, method: str, content: bytes, headers: Mapping[str, str]
    ) -> tuple[HTTPResponse, bytes]:
        """Send a body too."""
        connection = HTTPConnection(self.host, self.port, timeout=PATIENCE)
        connection.putrequest(method, path, skip_host="Host" in headers)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        if content:
            connection.putheader("Content-Length", str(len(content)))
        connection.endheaders(content or None)
        response = connection.getresponse()
        body = response.read()
        connection.close()
        return response, body

    def text(self, path: str) -> str:
        """Return the body at `path`."""
        return self.get(path)[1].decode()

    def text_of(self, path: str, cookie: str) -> str:
        """Return the body at `path` as who has the cookie sees it."""
        return self.get(path, Cookie=cookie)[1].decode()

    def write(self, name: str, text: str) -> None:
        """Save a content file."""
        (self.site / "content" / name).write_text(text, "utf-8")

    def stop(self) -> int:
        """End it as Ctrl-C does (SIGINT is ignored by some shells' background jobs: SIGTERM)."""
        if self.process.poll() is None:
            self.process.terminate()
        if self.process.stdout:
            self.process.stdout.close()
        return self.process.wait(PATIENCE)

    @property
    def complaints(self) -> str:
        """What it wrote to stderr so far."""
        return (self.site / "stderr.log").read_text()


def eventually(holds: Callable[[], bool]) -> bool:
    """Return True as soon as `holds` does, False after PATIENCE."""
    end = monotonic() + PATIENCE
    while monotonic() < end:
        if holds():
            return True
        sleep(0.02)
    return False
