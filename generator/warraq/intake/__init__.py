"""RawDocument → Draft: boilerplate removed; headline, credit and dates with their status. Pure."""

from warraq.intake.credit.outlets import OutletDirectory, outlet_directory
from warraq.intake.steps import draft_of

__all__ = ["OutletDirectory", "draft_of", "outlet_directory"]
