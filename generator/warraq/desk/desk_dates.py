"""Days and hours on the desk's pages, written as the site writes its own."""

from functools import cache
from typing import NamedTuple

from msgspec.structs import replace

from warraq.base.config import SiteConfig, load
from warraq.base.problems import Language, WarraqError
from warraq.base.zones import local
from warraq.desk.site_desk import Desk
from warraq.render.theme_paths import theme_folder
from warraq.render.wording import Wording, Words, load_words


class Clock(NamedTuple):
    """A moment as an editor reads it."""

    day: str
    hour: str


class DeskDates:
    """The words for days and hours: the language is the desk's, the rest the site's."""

    def __init__(self, desk: Desk) -> None:
        """Read the site's settings; where they cannot be read, their defaults serve."""
        try:
            config, _ = load(desk.site)
        except WarraqError:  # the desk is there to mend it
            config = SiteConfig(name="")
        self._wording = Wording(replace(config, lang=desk.language), _words(desk.language))

    def read(self, iso: str) -> Clock:
        """Return an ISO 8601 moment, as git has it; what is no such moment as it came."""
        try:
            day, _, hour = local(iso, self._wording.config.time_zone).partition("T")
        except ValueError:  # a commit may claim any date
            return Clock(iso, "")
        return Clock(self._wording.stamp(day).text, self._wording.digits(hour[:5]))


@cache
def _words(language: Language) -> Words:
    return load_words(language, (theme_folder(),))
