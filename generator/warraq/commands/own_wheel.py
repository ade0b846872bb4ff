"""A wheel of the running program, which an archive keeps: its host needs no package index for it.

Written from the installed files, since an editor has neither the sources nor a build of them.
"""

import base64
import hashlib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from warraq import __version__
from warraq.render.theme_paths import theme_folder

_PACKAGE = Path(__file__).parents[1]
_WHEEL = "Wheel-Version: 1.0\nGenerator: warraq\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
_SKIPPED = {".pyc", ".so", ".pyd"}  # what a host makes anew, or cannot run


def own_wheel() -> tuple[str, bytes] | None:
    """Return the name and the bytes of a wheel of this program, None if it is not installed."""
    try:
        installed = distribution("warraq")
    except PackageNotFoundError:
        return None
    if installed.version != __version__:  # the metadata are of another edition
        return None
    about = f"warraq-{__version__}.dist-info"
    files = {
        **dict(_package()),
        f"{about}/METADATA": (installed.read_text("METADATA") or "").encode(),
        f"{about}/WHEEL": _WHEEL.encode(),
        f"{about}/entry_points.txt": (installed.read_text("entry_points.txt") or "").encode(),
    }
    record = "".join(
        f"{name},{_digest(content)},{len(content)}\n" for name, content in files.items()
    )
    files[f"{about}/RECORD"] = f"{record}{about}/RECORD,,\n".encode()
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as wheel:
        for name, content in files.items():
            entry = ZipInfo(name)  # of 1980: the same program gives the same bytes
            entry.external_attr = 0o100644 << 16
            wheel.writestr(entry, content, ZIP_DEFLATED)
    return f"warraq-{__version__}-py3-none-any.whl", packed.getvalue()


def _package() -> Iterator[tuple[str, bytes]]:
    for folder, within in ((_PACKAGE, "warraq"), (theme_folder(), "warraq/theme")):
        for file in sorted(folder.rglob("*")):
            if file.is_file() and file.suffix not in _SKIPPED:
                yield f"{within}/{file.relative_to(folder).as_posix()}", file.read_bytes()


def _digest(content: bytes) -> str:
    digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest())
    return "sha256=" + digest.rstrip(b"=").decode()
