"""Files under content/ that look like articles but are not read, for `warraq check`.

Read are content/articles/**/*.md and content/<kind>/**/*.md, no hidden files, no links.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from warraq.base.files import is_regular
from warraq.base.problems import Problem, warning
from warraq.content import receipts, stories_state
from warraq.model import AUTHORITY_KINDS

_READ = {"articles", *AUTHORITY_KINDS}
_MEDIA = "media"  # reported by the store, like anything there that is no picture
# Markdown under another name: .MD, .markdown, .md.txt (Notepad), «.md (1)» …
_MARKDOWN = re.compile(r"\.(?:md|mdown|mkdn?|mdwn|mdx|markdown|rst|adoc)\b", re.IGNORECASE)
# What an editor's word processor or browser saves.
_TEXT = re.compile(r"\.(?:te?xt|html?|rtf|docx?|odt|org)$", re.IGNORECASE)
# Backup and swap files of editors and file systems: copies of a file that is read.
_LEFT = re.compile(
    r"^(?:\.#|#.*#$|\._|~\$)|(?:~|\.sw[a-z]|\.bak|\.orig|\.rej|\.tmp)$", re.IGNORECASE
)
_ABOUT = re.compile(r"(?:readme|license|contributing|changelog)(?:\.|$)", re.IGNORECASE)
_OPENING = re.compile(
    rb"\A(?:\xef\xbb\xbf)?---[ \t]*\r?\n(?:.*\n)*?(?:id|title)[ \t]*:", re.IGNORECASE
)
_HEAD = 4096  # bytes in which front matter is recognised


def unread_files(site: Path) -> Iterator[Problem]:
    """Yield a warning for each file that looks like an article but is not read."""
    content = site / "content"
    known = {PurePosixPath(receipts.FOLDER).name, PurePosixPath(stories_state.PATH).name}
    for folder, folders, names in os.walk(content):
        place = PurePosixPath(Path(folder).relative_to(content).as_posix())
        links = [name for name in folders if Path(folder, name).is_symlink()]
        passed = {".git"} | (known if place == PurePosixPath() else set())
        folders[:] = sorted(set(folders) - set(links) - passed)
        for name in sorted({*names, *links} - passed):
            path = place / name
            if not (name in links or (content / path).is_symlink() or is_regular(content / path)):
                yield warning("unread-special", f"content/{path}")
            elif code := _why(content / path, path, is_folder=name in links):
                yield warning(code, f"content/{path}")


def _why(file: Path, path: PurePosixPath, *, is_folder: bool) -> str:
    """Return the code of why the file at `path` in content/ is not read, "" if it is."""
    is_placed = len(path.parts) > 1 and path.parts[0] in _READ
    is_hidden = any(part.startswith(".") for part in path.parts)
    if path.parts[0] == _MEDIA or (is_folder and str(path) in _READ):
        return ""
    if not (is_folder or _looks_like_one(file, is_placed=is_placed)):
        return ""
    if file.is_symlink():
        return "unread-link"
    if is_hidden:
        return "unread-hidden"
    if not is_placed:
        return "unread-place"
    return "" if path.suffix == ".md" else "unread-name"


def _looks_like_one(file: Path, *, is_placed: bool) -> bool:
    if _ABOUT.match(file.name) or _LEFT.search(file.name):
        return False
    if _MARKDOWN.search(file.name) or (is_placed and _TEXT.search(file.name)):
        return True
    try:
        with file.open("rb") as stream:
            return bool(_OPENING.match(stream.read(_HEAD)))
    except OSError:
        return False
