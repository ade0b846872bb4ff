"""Server-sent events: send each open page the state at once and after every rebuild."""

from collections.abc import AsyncIterator

import msgspec

from warraq.base.problems import Language, Problem, wording_of
from warraq.preview.build_status import BuildStatus
from warraq.preview.labels import words

MAX_SHOWN = 50  # problems; more would not fit a page
HEARTBEAT = 15.0  # seconds; detects dead connections
RETRY = 700  # milliseconds until a browser reconnects


async def stream(board: BuildStatus, language: Language) -> AsyncIterator[bytes]:
    """Yield the current state, then every later one, until `board` is closed."""
    shown = ""
    yield f"retry: {RETRY}\n\n".encode()
    while not board.closed:
        if shown == board.version:
            yield b": still here\n\n"
        else:
            shown = board.version
            yield event(shown, board.state.problems, language)
        await board.wait(HEARTBEAT)


def event(version: str, problems: tuple[Problem, ...], language: Language) -> bytes:
    """Return one event: the version of the site, and its problems in words, errors first."""
    wording = words(language)
    ordered = sorted(problems, key=lambda problem: (problem.severity, problem))
    rest = len(ordered) - MAX_SHOWN
    data = {
        "version": version,
        "direction": wording["dir"],
        "language": language,
        "headings": {"error": wording["errors"], "warning": wording["warnings"]},
        "problems": [_as_json(problem, language) for problem in ordered[:MAX_SHOWN]],
        "more": wording["more"].format(count=rest) if rest > 0 else "",
        "offline": wording["offline"],
    }
    return b"id: %b\ndata: %b\n\n" % (version.encode(), msgspec.json.encode(data))


def _as_json(problem: Problem, language: Language) -> dict[str, str]:
    message, fix = wording_of(problem, language)
    place = f"{problem.path}:{problem.line}" if problem.line else problem.path
    return {"severity": problem.severity, "place": place, "message": message, "fix": fix}
