"""content/.stories.json: which stories were seen last, and which pairs an editor refused.

Kept under version control with the stories: a deleted file means a refusal only if it is known to
have existed. One story or pair a line, sorted, so that changes of two editors merge.
"""

import msgspec

from warraq.base.problems import WarraqError, error

PATH = "content/.stories.json"


class StoriesState(msgspec.Struct, frozen=True, omit_defaults=True):
    """`seen` maps a story's key to its articles, ids with spaces between; "" once it is gone.

    `written` maps the key of a proposal to the digest of its file as the tool wrote it; `refused`
    holds pairs of ids, written like `seen`.
    """

    seen: dict[str, str] = {}
    written: dict[str, str] = {}
    refused: tuple[str, ...] = ()


def encode(state: StoriesState) -> bytes:
    """Return `state` as indented JSON, keys sorted, with LF and a final newline."""
    return msgspec.json.format(msgspec.json.encode(state, order="sorted"), indent=1) + b"\n"


def decode(content: bytes) -> StoriesState:
    """Return the state in `content`; WarraqError if it is none."""
    try:
        state = msgspec.json.decode(content, type=StoriesState)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise WarraqError([error("ledger-broken", PATH, why="why-json")]) from None
    if any(len(pair.split()) != 2 for pair in state.refused):
        raise WarraqError([error("ledger-broken", PATH, why="why-json")])
    return state
