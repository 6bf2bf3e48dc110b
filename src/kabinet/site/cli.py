"""The console script ``kabinet``: every command of the house, and the pure checks without it."""

import os
import signal
import sys
from importlib import import_module

from django.core.management import execute_from_command_line

from kabinet.site import options

WITHOUT_THE_HOUSE = {
    "check-photo": "kabinet.core.photo.command",
    "read-passport": "kabinet.core.passport.command",
}
"""Loaded only when asked for: their networks cost every other command a second."""


def main() -> None:
    if sys.argv[1:2] and sys.argv[1] in WITHOUT_THE_HOUSE:
        # `… | head` ends them without a word.
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
        sys.exit(import_module(WITHOUT_THE_HOUSE[sys.argv[1]]).main(sys.argv[2:]))
    os.umask(0o077)  # the database holds sessions: nobody else on this machine reads it
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kabinet.site.settings")
    try:
        execute_from_command_line(sys.argv)
    except options.BadOption as error:
        sys.exit("\n".join([f"kabinet: {error}", *_lacking()]))


def _lacking() -> list[str]:
    """The doctor itself does not come up without them."""
    if options.MODE.read(os.environ) != "production":
        return []
    return [f"{option.lack}\n    {option.remedy}" for option in options.lacking(os.environ)]
