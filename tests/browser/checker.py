"""The Nu HTML checker (npm vnu-jar, run by Java) over whole folders: HTML, CSS and SVG."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

from tests.browser.built import REPOSITORY

JAR = REPOSITORY / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
_WAYS = ("--also-check-css", "--also-check-svg")
# A page read from disk has no origin, so the checker takes nothing for 'self'; and it takes JSON-LD
# for a script. In the browser tests Chromium itself says when a page breaks its policy.
_FALSE = re.compile("(Resource|Inline script) violates Content Security Policy .* blocked by")


def findings(folder: Path) -> list[str]:
    """Return "file:line: message" for every error and warning in the files below `folder`."""
    files = sorted(p for p in folder.rglob("*") if p.suffix in {".html", ".css", ".svg"})
    told = subprocess.run(
        ["java", "-Xss1m", "-jar", JAR, "--format", "json", "--stdout", *_WAYS, *files],
        check=False,  # it ends with 1 when it found something
        capture_output=True,
        text=True,
    )
    assert told.stdout, told.stderr
    messages = json.loads(told.stdout)["messages"]
    return [_line(m, folder) for m in messages if not _FALSE.match(m["message"])]


def _line(message: dict[str, Any], folder: Path) -> str:
    path = message.get("url", "").removeprefix(f"file:{folder}/")
    return f"{path}:{message.get('lastLine', 0)}: {message['message']}"
