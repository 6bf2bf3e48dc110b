"""The reference pages that are generated from the program itself."""

from collections.abc import Callable

from kabinet.site import options

PAGES: dict[str, Callable[[], str]] = {"settings.md": options.as_page}
