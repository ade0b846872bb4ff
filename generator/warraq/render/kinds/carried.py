"""The articles that reached the archive through an outlet (`via`), which is not their source."""

from typing import ClassVar

from warraq.model import Authority, AuthorityKind
from warraq.render import structured
from warraq.render.context import RenderContext
from warraq.render.page import PageOfAuthority
from warraq.render.views import AnyView, ArticleGroup, Link, ListView

NEWEST = 100  # articles; the outlet's own page leads to all, by year


def carried_view(url: str, key: str, context: RenderContext) -> ListView:
    """Return the view of the articles that an outlet carried, newest first."""
    outlet, wording = context.catalogue.authority("outlets", key), context.wording
    if outlet is None:
        raise KeyError(key)
    cards = context.catalogue.carried_by(key, NEWEST)
    _, total = context.catalogue.credits(key)
    heading = wording.text("carried_heading", name=outlet.name)
    fields = context.page_fields(
        url,
        heading,
        description=context.list_description(heading, cards, total),
        crumbs=(
            Link(wording.text("outlets"), "outlets/"),
            Link(outlet.name, outlet.address[1:]),
        ),
        current="outlets/",
    )
    fields["structured"] = structured.encoded(
        structured.collection(context.config, url[1:], heading, cards),
        structured.breadcrumb_list(fields["crumbs"], context.config.base_url),
    )
    text = wording.count("count_articles", total)
    if total > NEWEST:
        text = wording.text("carried_newest", count=wording.number(NEWEST), total=text)
    return ListView(
        **fields,
        text=text,
        empty=wording.text("shelf_empty"),
        groups=(ArticleGroup("", context.teasers(cards)),),
    )


class CarriedPage(PageOfAuthority, frozen=True):
    """What an outlet carried; only outlets that carried something have one."""

    kinds: ClassVar[tuple[AuthorityKind, ...]] = ("outlets",)

    @property
    def url(self) -> str:
        """The site path."""
        return f"/outlets/{self.key}/carried/"

    @classmethod
    def has_page(cls, outlet: Authority, context: RenderContext) -> bool:
        """Whether a listed article came through the outlet."""
        _, carried = context.catalogue.credits(outlet.key)
        return carried > 0

    def view(self, context: RenderContext) -> AnyView:
        """Return everything that the page shows."""
        return carried_view(self.url, self.key, context)
