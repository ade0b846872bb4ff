"""Who may use the desk: a token in the address, then a cookie, and a token in every form. Pure.

A cookie is sent with requests of every page on this host, whatever its port: it shows who asks, and
the token of the form that one of the desk's own pages did.
"""

import hmac
import secrets
from typing import NamedTuple


class Access(NamedTuple):
    """The secret of one run of the preview, and what it opens.

    `host` is an address of this machine in a network, "" for the loopback alone. Whoever asks in a
    network needs the token for every page, and may write only where `writable`.
    """

    token: str
    host: str = ""
    writable: bool = True

    @classmethod
    def new(cls, host: str = "", *, writable: bool = True) -> "Access":
        """Return one with a fresh token."""
        return cls(secrets.token_urlsafe(24), host, writable)

    @property
    def cookie(self) -> str:
        """The value of the cookie. Who knows it does not know the token, nor that of forms."""
        return self._derived("cookie")

    @property
    def form_token(self) -> str:
        """The hidden value of every form that writes."""
        return self._derived("form")

    def _derived(self, purpose: str) -> str:
        return hmac.new(self.token.encode(), purpose.encode(), "sha256").hexdigest()


def is_same(given: str, secret: str) -> bool:
    """Whether two texts are the same, in a time that tells nothing of either."""
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), secret.encode())
