"""The directory of outlets for one import: the bundled list and the site's own content/outlets/."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache

import msgspec

from warraq.base.package_yaml import package_yaml
from warraq.base.urls import url_parts
from warraq.base.zones import local
from warraq.intake.text.folding import phrase
from warraq.model import Basis, Credit, Moment, Outlet

_SHARED_HOSTS = frozenset(
    ("facebook.com", "twitter.com", "x.com", "t.me", "youtube.com", "wordpress.com", "blogspot.com")
)


# «صحيفة القبس» (al-Qabas newspaper), «القبس الإلكتروني» (… online): words of kind around a name.
_KIND = re.compile(
    r"^(?:موسسه|صحيفه|جريده|موقع|وكاله|قناه|مجله|بوابه|شبكه) (?:انباء )?(?=\S)"
    r"| (?:الالكتروني|الالكترونيه|اونلاين|اون لاين|نت|ديجيتال|العدد الورقي)$"
)
_HOST = re.compile(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


class OutletDirectory(msgspec.Struct, frozen=True):
    """Outlets by all their names, and the settings of one import; `outlet_directory` builds it.

    `by_name` maps folded spellings to outlets, `by_host` registered hosts, `by_handle` lower-case
    handles, `bylines` the folded lines that an outlet signs with. `own_lines` maps folded lines of
    an outlet to its key: its boilerplate (`furniture`), or to "" what is part of its articles
    (`keep`), whatever other rules say; `lines_of` has those of each outlet. `disclaiming` lists
    outlets with disclaimers of their own, `sections` the folded names of sections. `received` is
    the day the texts were collected, as YYYY-MM-DD, or "". Days are those of `time_zone`, or of a
    moment's own offset.
    """

    outlets: tuple[Outlet, ...]
    by_name: Mapping[str, Outlet]
    by_host: Mapping[str, Outlet]
    by_handle: Mapping[str, Outlet]
    own: frozenset[str]  # keys that have a file in the site
    own_lines: Mapping[str, str]
    disclaiming: tuple[Outlet, ...]
    bylines: Mapping[str, Outlet] = {}
    sections: frozenset[str] = frozenset()
    received: str = ""
    seed_id: str = ""
    time_zone: str = ""
    lines_of: Mapping[str, Mapping[str, str]] = {}

    def knowing(self, keys: Iterable[str]) -> "OutletDirectory":
        """Return the directory for a text that is known to be of the outlets `keys`.

        Of all outlets' own lines it has theirs alone, since another outlet's text may have a line
        in its body that is boilerplate there.
        """
        own: dict[str, str] = {}
        for each in sorted(keys):
            listed = self.lines_of.get(each, {})
            own |= {text: key for text, key in listed.items() if own.get(text) != ""}
        return msgspec.structs.replace(self, own_lines=own)

    def day(self, moment: Moment | None) -> date | None:
        """Return the day of `moment` where the site is: the text's «اليوم» (today)."""
        if moment is None or not self.time_zone:
            return moment.day if moment else None
        return Moment.of(local(moment.iso, self.time_zone)).day

    def named(self, text: str) -> Outlet | None:
        """Return the outlet that `text` spells, with a word for its kind («صحيفة …») or without."""
        name = phrase(text)
        return self.by_name.get(name) or self.by_name.get(_KIND.sub("", name))

    def hosted(self, text: str) -> Outlet | None:
        """Return the outlet whose bare host `text` is («paper.example»)."""
        return self.at(f"https://{text}") if _HOST.fullmatch(text) else None

    def at(self, address: str) -> Outlet | None:
        """Return the outlet that owns the host of `address`, or a domain above it."""
        host = host_of(address)
        while host.count(".") >= 1:
            if found := self.by_host.get(host):
                return found
            host = host.partition(".")[2]
        return None

    def credit(self, outlet: Outlet, basis: Basis, name: str = "", url: str = "") -> Credit:
        """Return a credit for `outlet` under `name` as the text gives it, or its usual one.

        The key is given only where the site has a file for it, as front matter demands.
        """
        key = outlet.key if outlet.key in self.own else ""
        return Credit(name or outlet.name, key, url, basis)


def outlet_directory(
    outlets: Iterable[Outlet] = (),
    *,
    received: str = "",
    seed_id: str = "",
    time_zone: str = "",
) -> OutletDirectory:
    """Return the directory for one run: the site's `outlets` before the bundled list."""
    own = tuple(outlets)
    taken = {key for outlet in own for key in (outlet.key, *outlet.formerly)}
    every = own + tuple(o for o in bundled_outlets() if o.key not in taken)
    names: dict[str, Outlet] = {}
    hosts: dict[str, Outlet] = {}
    handles: dict[str, Outlet] = {}
    for outlet in every:
        for spelling in (outlet.name, *outlet.aliases):
            names.setdefault(phrase(spelling), outlet)
        for host in outlet.hosts:
            hosts.setdefault(host.lower().removeprefix("www."), outlet)
        for handle in outlet.handles:
            handles.setdefault(handle.lower().lstrip("@"), outlet)
    names.pop("", None)
    lines_of = {o.key: _own_lines(o) for o in every if o.furniture or o.keep}
    return OutletDirectory(
        every,
        names,
        hosts,
        handles,
        frozenset(o.key for o in own),
        # Whose text it is shows while it is read: until then any outlet's boilerplate may go.
        own_lines={t: key for own in lines_of.values() for t, key in own.items() if key},
        disclaiming=tuple(o for o in every if o.disclaimers),
        bylines={phrase(text): o for o in reversed(every) for text in o.bylines if phrase(text)},
        sections=frozenset(phrase(text) for o in every for text in o.categories) - {""},
        received=received,
        seed_id=seed_id,
        time_zone=time_zone,
        lines_of=lines_of,
    )


def _own_lines(outlet: Outlet) -> dict[str, str]:
    listed = {phrase(text): outlet.key for text in outlet.furniture}
    listed |= {phrase(text): "" for text in outlet.keep}
    return {text: key for text, key in listed.items() if text}


@cache
def bundled_outlets() -> tuple[Outlet, ...]:
    """Return the outlets that the program knows by default (data, not pages)."""
    return tuple(
        msgspec.convert(entry, Outlet) for entry in package_yaml("warraq.intake", "outlets.yaml")
    )


def host_of(address: str) -> str:
    """Return the host of a web address without www., or "" for none and for shared platforms.

    >>> host_of("https://www.example.org/a"), host_of("https://t.me/x"), host_of("no address")
    ('example.org', '', '')
    """
    host = (url_parts(address.strip()).hostname or "").lower().removeprefix("www.")
    return "" if host in _SHARED_HOSTS or not re.fullmatch(r"[a-z0-9.-]+", host) else host
