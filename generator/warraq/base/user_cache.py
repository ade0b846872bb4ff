"""The user's cache folder: the place for files that run code when they are read.

A pickle or compiled code of a stranger's is a stranger's program. So none is read from a site,
which may be anybody's checkout, nor from a folder that somebody else can write to.
"""

import logging
import os
from hashlib import sha256
from pathlib import Path

from warraq.base.files import is_inside

log = logging.getLogger(__name__)


def private_folder(site: Path, purpose: str = "") -> Path | None:
    """Return the folder kept for `site` outside of it, which only this user can write to.

    It is made if need be, one for each `purpose`. None if there can be none.
    """
    home = os.environ.get("XDG_CACHE_HOME", "")
    try:
        cache = Path(home) if home.startswith("/") else Path.home() / ".cache"
        name = sha256(os.fsencode(site.resolve())).hexdigest()[:20]
        folder = cache / "warraq" / (f"{name}-{purpose}" if purpose else name)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        is_ours = not is_inside(folder, site) and _is_private(folder)
    except (OSError, RuntimeError) as fault:  # RuntimeError: no home is known
        log.warning("no cache can be kept in the user's folder: %s", fault)
        return None
    return folder if is_ours else None


def _is_private(folder: Path) -> bool:
    if os.name != "posix":
        return True
    status = folder.stat()
    return status.st_uid == os.getuid() and not status.st_mode & 0o022
