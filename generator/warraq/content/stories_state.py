"""content/.stories.json: which stories were seen last, and which pairs an editor refused.

Under version control beside the stories: a deleted file says "no" only to who knows it was there.
One story or pair a line, sorted, so that two editors' changes merge.
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


def encode(ledger: StoriesState) -> bytes:
    """Return `ledger` as indented JSON, keys sorted, with LF and a final newline."""
    return msgspec.json.format(msgspec.json.encode(ledger, order="sorted"), indent=1) + b"\n"


def decode(content: bytes) -> StoriesState:
    """Return the ledger in `content`; raise WarraqError for what is none."""
    try:
        ledger = msgspec.json.decode(content, type=StoriesState)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise WarraqError([error("ledger-broken", PATH, why="why-json")]) from None
    if any(len(pair.split()) != 2 for pair in ledger.refused):
        raise WarraqError([error("ledger-broken", PATH, why="why-json")])
    return ledger
