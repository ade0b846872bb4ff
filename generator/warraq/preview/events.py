"""Server-sent events: each open page learns the state at once, and again after every rebuild."""

from collections.abc import AsyncIterator

import msgspec

from warraq.base.problems import Language, Problem, wording_of
from warraq.preview.build_status import BuildStatus
from warraq.preview.labels import words

MAX_SHOWN = 50  # problems; a page with more helps nobody
HEARTBEAT = 15.0  # seconds; makes a connection that died show itself
RETRY = 700  # milliseconds until a browser that lost us asks again


async def stream(board: BuildStatus, language: Language) -> AsyncIterator[bytes]:
    """Yield the state, then each next one, until the board closes. A late comer misses nothing."""
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
    """Return one event: the version of the site, and what is wrong in words, errors first."""
    wording = words(language)
    ordered = sorted(problems, key=lambda problem: (problem.severity, problem))
    rest = len(ordered) - MAX_SHOWN
    told = {
        "version": version,
        "direction": wording["dir"],
        "language": language,
        "headings": {"error": wording["errors"], "warning": wording["warnings"]},
        "problems": [_told(problem, language) for problem in ordered[:MAX_SHOWN]],
        "more": wording["more"].format(count=rest) if rest > 0 else "",
        "offline": wording["offline"],
    }
    return b"id: %b\ndata: %b\n\n" % (version.encode(), msgspec.json.encode(told))


def _told(problem: Problem, language: Language) -> dict[str, str]:
    message, fix = wording_of(problem, language)
    place = f"{problem.path}:{problem.line}" if problem.line else problem.path
    return {"severity": problem.severity, "place": place, "message": message, "fix": fix}
