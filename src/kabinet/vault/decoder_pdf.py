"""The decode child for PDF: a rewritten file without anything that acts, and page pictures.

What is kept is listed, the rest is left behind: pages with their content go into a new
file, so catalog, names, actions, forms, attachments, outlines and annotations stay where
they were. What annotations and filled fields show is drawn into the page first.
"""

import time
from collections.abc import Iterator
from io import BytesIO

import pikepdf
import pypdfium2
from PIL import Image

from kabinet.vault.decoder import Answer, as_jpeg, finished, serve
from kabinet.vault.refusals import Damaged, Encrypted, TooManyPages
from kabinet.vault.sniff import Limits

_OF_A_PAGE = {
    "/Type",
    "/Parent",  # sizes and resources may be inherited from it; dropped when the page moves
    "/MediaBox",
    "/CropBox",
    "/Rotate",
    "/UserUnit",
    "/Resources",
    "/Contents",
    "/Group",
}
# What may hang below resources and is no part of the picture.
_NEVER = (
    "/AA",
    "/AF",
    "/Alternates",
    "/EF",
    "/JS",
    "/JavaScript",
    "/Metadata",
    "/OPI",
    "/OpenAction",
    "/PieceInfo",
    "/Ref",
)
# A stream may name another file as its content.
_NEVER_OF_A_STREAM = ("/F", "/FFilter", "/FDecodeParms")
_DEPTH = 20


def main() -> None:
    """Entrance of the child for PDF."""
    serve(document)


def document(data: bytes, kind: str, limits: Limits) -> Answer:
    """Facts and [first page as JPEG, thumbnail, rewritten PDF, a JPEG per previewed page]."""
    until = time.monotonic() + limits.wall_seconds / 2
    clean, pages = rewritten(data, limits)
    pictures = []
    for picture in _page_pictures(clean, limits):
        pictures.append(picture)
        if time.monotonic() > until:
            break  # a heavy document gets fewer previews rather than a refusal
    facts, (first, thumbnail) = finished(pictures[0], limits)
    previews = [first, *(as_jpeg(picture, limits.quality) for picture in pictures[1:])]
    return {
        **facts,
        "original_width": pictures[0].width,
        "original_height": pictures[0].height,
        "captured_at": None,
        "software": "",
        "pages": pages,
    }, [first, thumbnail, clean, *previews]


def rewritten(data: bytes, limits: Limits) -> tuple[bytes, int]:
    """The cleaned PDF and its number of pages."""
    try:
        source = pikepdf.open(BytesIO(data))
    except pikepdf.PasswordError as locked:
        raise Encrypted from locked
    if source.is_encrypted:
        raise Encrypted
    pages = len(source.pages)
    if not pages:
        raise Damaged
    if pages > limits.pdf_pages:
        raise TooManyPages(pages=pages, limit=limits.pdf_pages)
    source.generate_appearance_streams()
    source.flatten_annotations("screen")
    return _written(_only_pages(source)), pages


def _only_pages(source: pikepdf.Pdf) -> pikepdf.Pdf:
    clean = pikepdf.Pdf.new()
    for page in source.pages:
        for key in set(page.obj.keys()) - _OF_A_PAGE:
            del page.obj[key]
        clean.pages.append(page)
    for thing in clean.objects:
        _strip(thing, _DEPTH)
    return clean


def _strip(thing: object, depth: int) -> None:
    """Remove what never belongs to a picture from an object and what it holds directly."""
    if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        never = _NEVER + _NEVER_OF_A_STREAM if isinstance(thing, pikepdf.Stream) else _NEVER
        for key in never:
            if key in thing:
                del thing[key]
        held = [thing[key] for key in thing.keys()]  # noqa: SIM118  # a stream is no mapping
    elif isinstance(thing, pikepdf.Array):
        held = list(thing)
    else:
        return
    if not depth:
        raise Damaged
    for value in held:
        if isinstance(value, pikepdf.Object) and not value.is_indirect:
            _strip(value, depth - 1)


def _written(clean: pikepdf.Pdf) -> bytes:
    file = BytesIO()
    # Streams are copied as they are: nothing is unpacked, so nothing can be a bomb here.
    clean.save(
        file,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    )
    return file.getvalue()


def _page_pictures(clean: bytes, limits: Limits) -> Iterator[Image.Image]:
    document = pypdfium2.PdfDocument(clean)
    for number in range(min(len(document), limits.preview_pages)):
        page = document[number]
        scale = limits.preview_side / max(page.get_size())
        yield page.render(scale=scale).to_pil().convert("RGB")
        page.close()
