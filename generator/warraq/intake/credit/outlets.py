"""What the importer knows of outlets: the list that ships, and the site's own content/outlets/."""

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


# «صحيفة القبس», «القبس الإلكتروني»: words of kind around an outlet's name.
_KIND = re.compile(
    r"^(?:موسسه|صحيفه|جريده|موقع|وكاله|قناه|مجله|بوابه|شبكه) (?:انباء )?(?=\S)"
    r"| (?:الالكتروني|الالكترونيه|اونلاين|اون لاين|نت|ديجيتال|العدد الورقي)$"
)
_HOST = re.compile(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


class OutletDirectory(msgspec.Struct, frozen=True):
    """What drafting may use beside the document itself. Built once a run by `outlet_directory`.

    `by_name` maps folded spellings, `by_host` registered hosts, `by_handle` lower-case handles,
    `furniture` folded phrases to the key of the outlet whose they are; `disclaiming` have
    disclaimers of their own. `bylines` maps folded lines by which an outlet signs to it,
    `sections` are the folded names of their sections.
    `received` is the day the texts were collected, as YYYY-MM-DD, or "". Days are told in
    `time_zone`, or in a moment's own offset.
    """

    outlets: tuple[Outlet, ...]
    by_name: Mapping[str, Outlet]
    by_host: Mapping[str, Outlet]
    by_handle: Mapping[str, Outlet]
    own: frozenset[str]  # keys that have a file in the site
    furniture: Mapping[str, str]
    disclaiming: tuple[Outlet, ...]
    bylines: Mapping[str, Outlet] = {}
    sections: frozenset[str] = frozenset()
    received: str = ""
    seed_id: str = ""
    time_zone: str = ""

    def day(self, moment: Moment | None) -> date | None:
        """Return the day on which `moment` fell where the site is; the text's «اليوم» is that."""
        if moment is None or not self.time_zone:
            return moment.day if moment else None
        return Moment.of(local(moment.iso, self.time_zone)).day

    def named(self, text: str) -> Outlet | None:
        """Return the outlet of which `text` is a spelling, with a word for its kind or without."""
        name = phrase(text)
        return self.by_name.get(name) or self.by_name.get(_KIND.sub("", name))

    def hosted(self, text: str) -> Outlet | None:
        """Return the outlet of which `text` is the bare host («paper.example»)."""
        return self.at(f"https://{text}") if _HOST.fullmatch(text) else None

    def at(self, address: str) -> Outlet | None:
        """Return the outlet at whose host `address` lies, subdomains included."""
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
    """Return the knowledge for one run: the site's `outlets` before the list that ships."""
    own = tuple(outlets)
    every = own + tuple(o for o in bundled_outlets() if o.key not in {a.key for a in own})
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
    return OutletDirectory(
        every, names, hosts, handles, frozenset(o.key for o in own),
        furniture={phrase(text): o.key for o in every for text in o.furniture},
        disclaiming=tuple(o for o in every if o.disclaimers),
        bylines={phrase(text): o for o in reversed(every) for text in o.bylines if phrase(text)},
        sections=frozenset(phrase(text) for o in every for text in o.categories) - {""},
        received=received, seed_id=seed_id, time_zone=time_zone,
    )  # fmt: skip


@cache
def bundled_outlets() -> tuple[Outlet, ...]:
    """Return the outlets known to the program by default (data, not pages)."""
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
