"""The line icons of Kabinet: one drawing a name, 20 × 20, the colour of the text beside them."""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

_DRAWINGS = {
    "back": '<path d="M8 4 3 10l5 6M3.5 10H17"/>',
    "bang": '<path class="thick" d="M10 5v6.2M10 14.6v.1"/>',
    "bell": '<path d="M5 14V9a5 5 0 0 1 10 0v5l1.5 1.5h-13zM8.5 15.5a1.6 1.6 0 0 0 3 0"/>',
    "calendar": '<path d="M3.5 5h13v12h-13zM3.5 8.5h13M7 3v3.5M13 3v3.5"/>',
    "camera": '<path d="M3 6.5h3.2L7.7 4h4.6l1.5 2.5H17V16H3z"/><circle cx="10" cy="11" r="2.8"/>',
    "check": '<path d="m4 10.5 4 4 8-9"/>',
    "clock": '<circle cx="10" cy="10" r="7"/><path d="M10 6v4.3l2.8 1.7"/>',
    "copy": '<path d="M7 7h9.5v9.5H7zM7 13H3.5V3.5H13V7"/>',
    "cross": '<path d="m5 5 10 10M15 5 5 15"/>',
    "document": '<path d="M5 2.5h7l3.5 3.5v11.5H5zM12 2.5V6h3.5M7.5 10h5M7.5 13h5"/>',
    "download": '<path d="M10 3v9.5m-4-4 4 4 4-4M3.5 16.5h13"/>',
    "edit": '<path d="m4 16 .8-3.2L13.3 4.3l2.4 2.4-8.5 8.5zM11.5 6l2.5 2.5"/>',
    "error": '<path d="M10 6v5M10 14.2v.1"/><circle cx="10" cy="10" r="7.5"/>',
    "eye": '<path d="M2.5 10S5 5 10 5s7.5 5 7.5 5-2.5 5-7.5 5-7.5-5-7.5-5z"/><circle cx="10" cy="10" r="2.3"/>',
    "half": '<circle cx="10" cy="10" r="6.5"/><path class="solid" d="M10 3.5a6.5 6.5 0 0 0 0 13z"/>',
    "help": '<circle cx="10" cy="10" r="7.5"/><path d="M7.8 7.8A2.3 2.3 0 1 1 10 11v1M10 14.3v.1"/>',
    "history": '<path d="M3.5 10A6.5 6.5 0 1 0 6 4.9M3.5 3.5v3.3h3.3M10 6.5v3.8l2.6 1.5"/>',
    "home": '<path d="M3 9.5 10 3.5l7 6M5 8v8.5h10V8M8.5 16.5V12h3v4.5"/>',
    "info": '<circle cx="10" cy="10" r="7.5"/><path d="M10 9v5M10 6v.1"/>',
    "key": '<circle cx="6.8" cy="13.2" r="3.3"/><path d="m9.2 10.8 7-7m-2.6 2.6 2 2"/>',
    "link": '<path d="M8.5 11.5a3 3 0 0 0 4.3 0l3-3a3 3 0 0 0-4.3-4.3l-1 1M11.5 8.5a3 3 0 0 0-4.3 0l-3 3a3 3 0 0 0 4.3 4.3l1-1"/>',
    "list": '<path d="M7 5h10M7 10h10M7 15h10M3.5 5h.1M3.5 10h.1M3.5 15h.1"/>',
    "lock": '<path d="M4.5 9h11v7.5h-11zM7 9V6.5a3 3 0 0 1 6 0V9"/>',
    "mail": '<path d="M3 4.5h14v11H3zM3.3 5 10 10.5 16.7 5"/>',
    "more": '<path class="thick" d="M4.5 10h.1M10 10h.1M15.5 10h.1"/>',
    "next": '<path d="m12 4 5 6-5 6M16.5 10H3"/>',
    "out": '<path d="M8 3.5H4v13h4M12.5 6.5 16 10l-3.5 3.5M15.5 10H8"/>',
    "people": '<circle cx="7.5" cy="7" r="2.8"/><path d="M2.5 16.5c0-3 2-5 5-5s5 2 5 5M12.5 4.5a2.6 2.6 0 0 1 0 5M14 12c2 .6 3.5 2.3 3.5 4.5"/>',
    "plus": '<path d="M10 4v12M4 10h12"/>',
    "print": '<path d="M6 7V3h8v4M5.5 14H3V7.5h14V14h-2.5M6 11.5h8v5H6z"/>',
    "receipt": '<path d="M5 2.5v15l2-1.3 1.5 1.3 1.5-1.3 1.5 1.3 1.5-1.3 2 1.3v-15zM7.5 6.5h5M7.5 10h5"/>',
    "ring": '<circle cx="10" cy="10" r="6.5"/>',
    "school": '<path d="M2.5 8 10 4l7.5 4L10 12zM5.5 10v4.5c2.5 2 6.5 2 9 0V10M17.5 8v5"/>',
    "search": '<circle cx="8.8" cy="8.8" r="5.3"/><path d="m13 13 4 4"/>',
    "share": '<circle cx="15" cy="5" r="2"/><circle cx="5" cy="10" r="2"/><circle cx="15" cy="15" r="2"/><path d="m6.8 9 6.4-3.2M6.8 11l6.4 3.2"/>',
    "trash": '<path d="M3.5 5.5h13M8 5.5V3.5h4v2M5 5.5l.8 11h8.4l.8-11M8.5 8.5v5M11.5 8.5v5"/>',
    "undo": '<path d="M4 8h8a4 4 0 0 1 0 8H8M7 4.5 3.5 8 7 11.5"/>',
    "upload": '<path d="M10 13V3.5m-4 4 4-4 4 4M3.5 16.5h13"/>',
    "user": '<circle cx="10" cy="6.5" r="3.3"/><path d="M3.5 17c0-3.5 2.6-5.5 6.5-5.5s6.5 2 6.5 5.5"/>',
    "warning": '<path d="M10 3 2.5 16.5h15zM10 8.5v3.7M10 14.5v.1"/>',
}

NAMES = frozenset(_DRAWINGS)


def draw(name: str) -> SafeString:
    """The icon as inline SVG, silent for screen readers: the word beside it speaks."""
    return format_html(_FRAME, "", mark_safe(_DRAWINGS[name]))  # noqa: S308  our own constant


def draw_hidden(name: str) -> SafeString:
    """The same, not to be seen before a script has something to say."""
    return format_html(_FRAME, mark_safe(" hidden"), mark_safe(_DRAWINGS[name]))  # noqa: S308


_FRAME = '<svg class="i" viewBox="0 0 20 20" aria-hidden="true" focusable="false"{}>{}</svg>'
