"""The articles that an editor has chosen in the search, as an address of the desk says it. Pure."""

from typing import NamedTuple
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from warraq.base.urls import is_article_id

SEARCH = "/-/search"
LONGEST = 10_000  # characters of a query; longer ones are not typed by people
MOST_CHOSEN = 1_000  # one by one: an address holds no more of them


class Selection(NamedTuple):
    """The articles that an editor has chosen: all that `query` finds, or those of `ids`."""

    query: str = ""
    ids: tuple[str, ...] = ()
    is_all: bool = False

    @classmethod
    def of(cls, given: QueryParams) -> "Selection":
        """Return what a form's names and values choose."""
        ids = dict.fromkeys(one for one in given.getlist("id") if is_article_id(one))
        query = given.get("q", "")[:LONGEST]
        return cls(query, tuple(ids)[:MOST_CHOSEN], given.get("all") == "1")

    @property
    def fields(self) -> tuple[tuple[str, str], ...]:
        """The names and values that choose this."""
        chosen = [("all", "1")] if self.is_all else [("id", one) for one in self.ids]
        return (("q", self.query), *chosen)

    @property
    def address(self) -> str:
        """The search that shows it."""
        return self.address_of(SEARCH)

    @property
    def which(self) -> str | tuple[str, ...]:
        """The query, or the ids, as `warraq edit` and `warraq table` take them."""
        return self.query if self.is_all else self.ids

    def address_of(self, path: str) -> str:
        """Return the address of another page for it."""
        return f"{path}?{urlencode(self.fields)}"
