"""The language of `--help` and of usage errors: a gettext catalogue, for Click's words and ours.

English is what stands in the code; locale/ar/LC_MESSAGES/messages.po translates it.
"""

import gettext
import os
from importlib.resources import files

import click

from warraq.base.problems import Language

DOMAIN = "messages"  # gettext's own default, which Click asks


def speak(command: click.Command, ctx: click.Context, language: Language) -> None:
    """Set the language of `command`'s help, of all below it, and of Click's own words."""
    gettext.bindtextdomain(DOMAIN, str(files("warraq").joinpath("locale")))
    os.environ["LANGUAGE"] = language  # before LC_ALL and LANG, for gettext alone
    if offered := command.get_help_option(ctx):  # made already, for its parser
        offered.help = _told(offered.help)
    for one in _all(command):
        one.help = _told(one.help)
        for parameter in one.params:
            if isinstance(parameter, click.Option):
                parameter.help = _told(parameter.help)


def _all(command: click.Command) -> list[click.Command]:
    below = command.commands.values() if isinstance(command, click.Group) else ()
    return [command, *(one for child in below for one in _all(child))]


def _told(text: str | None) -> str | None:
    return gettext.gettext(text) if text else text
