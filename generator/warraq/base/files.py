"""File system helpers: list, write atomically, name, and never leave a folder."""

import os
import re
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from stat import S_ISREG
from threading import get_ident

MAX_TEXT = 8 * 1024 * 1024  # bytes; a larger content file is a mistake


def walk(root: Path, suffix: str) -> Iterator[Path]:
    """Yield the regular files under `root` that end in `suffix`, sorted, links not followed."""
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(folder, name)
            if name.endswith(suffix) and not name.startswith(".") and is_regular(path):
                yield path


def is_regular(path: Path) -> bool:
    """Whether `path` is a regular file: no link, and no pipe, which could block forever."""
    try:
        return S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


def write_atomic(path: Path, content: bytes) -> None:
    """Write `content` to `path` so that a reader sees the old file or the new one, never a part."""
    # A name unique to this thread, opened only if no such file exists.
    staged = path.with_name(f".{os.getpid()}-{get_ident()}")
    try:
        try:
            stream = staged.open("xb")
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            stream = staged.open("xb")
        with stream:
            stream.write(content)
            os.fchmod(stream.fileno(), 0o644)
        staged.replace(path)
    except BaseException:
        staged.unlink(missing_ok=True)
        raise


def content_digest(content: bytes) -> bytes:
    """Return the 16 bytes that identify the content of a file."""
    return blake2b(content, digest_size=16).digest()


def digest_at(file: Path) -> bytes:
    """Return the digest of `file`, b"" if it cannot be read (reading it reports why)."""
    try:
        return content_digest(file.read_bytes())
    except OSError:
        return b""


def relative_name(site: Path, path: Path) -> str:
    r"""Return `path` relative to `site`, as reports and receipts name it.

    Bytes that are not UTF-8 and control characters are escaped byte by byte, so that two files
    never share a name.

    >>> relative_name(Path("a"), Path("a/b/c.txt"))
    'b/c.txt'
    >>> print(relative_name(Path("a"), Path(os.fsdecode(b"a/\xce\xc8\xd1.csv"))))
    \xce\xc8\xd1.csv
    """
    try:
        inner = path.absolute().relative_to(site.absolute())
    except ValueError:
        inner = path
    name = os.fsencode(inner.as_posix()).decode("utf-8", "backslashreplace")
    return _UNFIT.sub(_by_bytes, name)


_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def _by_bytes(letter: re.Match[str]) -> str:
    return "".join(f"\\x{byte:02x}" for byte in letter[0].encode())


def is_system_file(name: str) -> bool:
    """Whether a file belongs to the system or an office program and is hidden from people."""
    return name.startswith((".", "~$")) or name.lower() in _OF_WINDOWS


_OF_WINDOWS = {"thumbs.db", "ehthumbs.db", "desktop.ini"}


def path_from_name(site: Path, name: str) -> Path:
    """Return the path in `site` that `relative_name` names `name`."""
    path = site / name
    if "\\x" not in name or path.exists():
        return path
    bare = re.sub(rb"\\x([0-9a-f]{2})", lambda m: bytes.fromhex(m[1].decode()), name.encode())
    return site / os.fsdecode(bare)


def is_inside(path: Path, root: Path) -> bool:
    """Whether `path`, links resolved, lies under `root`."""
    # Called for every seed: pathlib takes twice as long. Joining "" adds the final slash.
    real, top = (os.path.join(os.path.realpath(p), "") for p in (path, root))  # noqa: PTH118
    return real.startswith(top)
