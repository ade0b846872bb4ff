"""Old addresses that imports bring, compared with those in use: an address has one owner.

Otherwise two posts with one link, or a post whose link was /archive/, would be an error of `check`
in files that nobody wrote. The first owner keeps its address (docs/decisions/0031).
"""

from collections.abc import Iterable

from warraq.base.urls import folded_path, folders_of, old_path, output_path
from warraq.build.address_check import is_reserved
from warraq.model import Authority


class OldAddresses:
    """Which old addresses are in use, and by what."""

    def __init__(self, files: Iterable[str], authorities: Iterable[Authority]) -> None:
        """`files` are the output paths of all files that are copied as they are."""
        self._owners: dict[str, str] = {folded_path(path): path for path in files}
        self._folders: set[str] = set()
        for path in self._owners:
            self._folders.update(folders_of(path))
        self._pages: set[str] = set()
        for authority in authorities:
            self._pages.add(authority.address.strip("/"))
            for former in authority.formerly:
                old = former if former.startswith("/") else f"/{authority.kind}/{former}/"
                self.claim(authority.address, (old,))

    def claim(self, owner: str, aliases: Iterable[str]) -> None:
        """Record that `owner` has those of `aliases` that are free."""
        for alias in aliases:
            self._take(owner, alias)

    def free(self, owner: str, aliases: Iterable[str]) -> tuple[str, ...]:
        """Return those of `aliases` that `owner` may have, and record that it has them."""
        return tuple(alias for alias in aliases if self._take(owner, alias))

    def _take(self, owner: str, alias: str) -> bool:
        page = old_path(alias)
        path = folded_path(output_path(page)) if page else ""
        if not path or is_reserved(page):
            return False
        above = set(folders_of(path))
        is_taken = self._owners.get(path, owner) != owner or path in self._folders
        if is_taken or above & self._pages or any(folder in self._owners for folder in above):
            return False
        self._owners[path] = owner
        self._folders |= above
        return True
