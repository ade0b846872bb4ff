"""Templates as compiled code, kept between builds: compiling them costs more than an edit.

Code that is read is code that runs (docs/decisions/0049-compiled-templates.md): the folder must be
one that only the user can write to (base/user_cache.py).
"""

import marshal
import sys
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket, BytecodeCache

from warraq.base.files import write_atomic

_SEAL = 32  # bytes before the code


class CompiledTemplates(BytecodeCache):
    """The compiled templates in one folder, a file each.

    A file that is cut, altered, or of another source, program, Jinja or Python is compiled anew.
    """

    def __init__(self, folder: Path, salt: bytes) -> None:
        """Keep them in `folder`; `salt` names all but the sources that the code depends on."""
        self._folder = folder
        self._salt = blake2b(f"{jinja2.__version__}\0{sys.version}\0".encode() + salt).digest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give `bucket` its code, if that is there and whole."""
        with suppress(OSError):
            content = (self._folder / bucket.key).read_bytes()
            if content[:_SEAL] == self._seal(bucket, content[_SEAL:]):
                bucket.code = marshal.loads(content[_SEAL:])  # noqa: S302 - written by this user

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of `bucket`, if that can be written."""
        code = marshal.dumps(bucket.code)
        with suppress(OSError):
            write_atomic(self._folder / bucket.key, self._seal(bucket, code) + code)

    def _seal(self, bucket: Bucket, code: bytes) -> bytes:
        names = f"{bucket.key}\0{bucket.checksum}\0".encode()
        return blake2b(names + code, key=self._salt, digest_size=_SEAL).digest()
