"""Hostile and honest files for the upload tests, all written here: nothing binary is committed.

Every function returns the bytes of one file. `CANARY` stands in whatever an accepted file
must lose on its way: metadata, comments, tails.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from io import BytesIO
from itertools import accumulate
from random import Random

import pikepdf
from PIL import Image, ImageCms, ImageDraw, PngImagePlugin

HEIC_ENCODER = find_spec("pillow_heif") is not None
CANARY = b"CANARY-41.2044N-74.7661E"
JPEG_END = b"\xff\xd9"


# --- honest pictures --------------------------------------------------------------------


@cache
def picture(width: int = 640, height: int = 480, mode: str = "RGB") -> Image.Image:
    """A coloured ramp with a dark ellipse: soft enough to pack well, different in each corner."""
    across = Image.linear_gradient("L").rotate(90).resize((width, height))
    down = Image.linear_gradient("L").resize((width, height))
    image = Image.merge("RGB", (across, down, Image.new("L", (width, height), 90)))
    ImageDraw.Draw(image).ellipse((width // 4, height // 4, width // 2, height // 2), "#203040")
    return image.convert(mode)


def saved(image: Image.Image, form: str, **options: object) -> bytes:
    file = BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


@cache
def jpeg(width: int = 640, height: int = 480, mode: str = "RGB") -> bytes:
    return saved(picture(width, height, mode), "JPEG", quality=85)


@cache
def png(width: int = 640, height: int = 480, mode: str = "RGB") -> bytes:
    return saved(picture(width, height, mode), "PNG")


@cache
def webp() -> bytes:
    return saved(picture(), "WEBP")


def jpeg_with_metadata(orientation: int = 1) -> bytes:
    """EXIF with place, time and program, an XMP packet, a comment and a colour profile."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x0131] = "Editor\n" + CANARY.decode()
    exif.get_ifd(0x8769)[0x9003] = "2026:03:01 10:11:12"
    exif.get_ifd(0x8825).update({1: "N", 2: (41.0, 12.0, 15.8), 29: CANARY.decode()})
    return saved(
        picture(),
        "JPEG",
        exif=exif,
        comment=CANARY,
        xmp=b"<x:xmpmeta>" + CANARY + b"</x:xmpmeta>",
        icc_profile=srgb() + CANARY,
    )


def srgb() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def png_16_bit() -> bytes:
    """A grey ramp from black to white over 400 columns of 16 bits."""
    row = b"\0" + b"".join(struct.pack(">H", 65535 * x // 399) for x in range(400))
    return png_of([(b"IHDR", ihdr(400, 300, 16, 0)), (b"IDAT", zlib.compress(row * 300))])


def png_transparent() -> bytes:
    """A palette picture: black where opaque (left half), black but invisible on the right."""
    image = Image.new("P", (400, 300), 0)
    image.putpalette([0, 0, 0, 0, 0, 0])
    image.paste(1, (200, 0, 400, 300))
    return saved(image, "PNG", transparency=b"\xff\x00")


@cache
def heic(orientation: int = 1) -> bytes:
    """A HEIC file; needs the encoder that only the development package pillow-heif has."""
    import_module("pillow_heif").register_heif_opener()
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x0131] = CANARY.decode()
    return saved(picture(), "HEIF", quality=50, exif=exif.tobytes())


@cache
def large_heic(width: int, height: int) -> bytes:
    """One grey, so that the encoder is done in seconds; decoding takes the same memory."""
    import_module("pillow_heif").register_heif_opener()
    fast = {"preset": "ultrafast"}
    return saved(Image.new("RGB", (width, height), "grey"), "HEIF", quality=20, enc_params=fast)


def two_pictures_in_one_jpeg() -> bytes:
    """A "multi-picture object", as phones write it: a photo, and another one behind its end."""
    return saved(picture(), "MPO", save_all=True, append_images=[picture(320, 240)])


# --- pieces -----------------------------------------------------------------------------


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def ihdr(width: int, height: int, depth: int, colour: int) -> bytes:
    return struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)


def png_of(chunks: Iterable[tuple[bytes, bytes]]) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*each) for each in [*chunks, (b"IEND", b"")])


def segment(code: int, data: bytes) -> bytes:
    return bytes((0xFF, code)) + struct.pack(">H", len(data) + 2) + data


def jpeg_with_segments(segments: Iterable[bytes]) -> bytes:
    return jpeg()[:2] + b"".join(segments) + jpeg()[2:]


def with_png_chunks(*chunks: tuple[bytes, bytes]) -> bytes:
    """A good PNG with more chunks behind its header."""
    head = 8 + 25
    return png()[:head] + b"".join(chunk(*each) for each in chunks) + png()[head:]


# --- bombs ------------------------------------------------------------------------------


@cache
def png_bomb(side: int) -> bytes:
    """An all-black grey picture of side × side pixels in some kilobytes."""
    rows, packer = bytes(side + 1), zlib.compressobj(9)
    packed = b"".join([packer.compress(rows) for _ in range(side)]) + packer.flush()
    return png_of([(b"IHDR", ihdr(side, side, 8, 0)), (b"IDAT", packed)])


def jpeg_of_scans(repeats: int, side: int = 640) -> bytes:
    """A progressive JPEG whose last scan is repeated; each makes the decoder walk all blocks."""
    file = saved(Image.new("L", (side, side), 200), "JPEG", progressive=True)
    last = file.rindex(b"\xff\xda")
    return file[:last] + (file[last : -len(JPEG_END)]) * repeats + JPEG_END


def jpeg_claiming(width: int, height: int) -> bytes:
    """A good JPEG whose frame header claims another size."""
    file = bytearray(jpeg())
    frame = file.index(b"\xff\xc0")
    file[frame + 5 : frame + 9] = struct.pack(">HH", height, width)
    return bytes(file)


def jpeg_of_many_segments() -> bytes:
    return jpeg_with_segments([segment(0xE5, b"")] * 200_000)


def jpeg_with_huge_exif() -> bytes:
    return jpeg_with_segments(segment(0xE1, b"Exif\0\0" + CANARY * 2500) for _ in range(100))


def jpeg_with_huge_profile() -> bytes:
    return jpeg_with_segments(
        segment(0xE2, b"ICC_PROFILE\0" + bytes((number, 100)) + CANARY * 2500)
        for number in range(1, 101)
    )


def png_text_bomb() -> bytes:
    return with_png_chunks((b"zTXt", b"Comment\0\0" + zlib.compress(bytes(200_000_000), 9)))


def png_profile_bomb() -> bytes:
    return with_png_chunks((b"iCCP", b"icc\0\0" + zlib.compress(bytes(200_000_000), 9)))


def webp_claiming(width: int, height: int) -> bytes:
    body = b"VP8X" + struct.pack("<I", 10) + bytes(4)
    body += (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little") + webp()[12:]
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


# --- damaged and disguised --------------------------------------------------------------


def png_with_bad_sum() -> bytes:
    """One bit of the pixel data's check sum is wrong, nothing else."""
    file = bytearray(png())
    end = file.index(b"IEND") - 5
    file[end] ^= 1
    return bytes(file)


def png_with_broken_pixels(seed: int) -> bytes:
    """Bytes of the packed pixels changed, and the chunk's sum made right again."""
    file, start = png(), png().index(b"IDAT") + 4
    length = int.from_bytes(file[start - 8 : start - 4], "big")
    return (
        file[: start - 8]
        + chunk(b"IDAT", corrupted(file[start : start + length], seed))
        + file[start + length + 4 :]
    )


def corrupted(file: bytes, seed: int, most: int = 20) -> bytes:
    """1 to `most` bytes, anywhere, set to other values; the same for the same seed."""
    random, changed = Random(seed), bytearray(file)  # not for secrets
    for _ in range(random.randint(1, most)):
        changed[random.randrange(len(changed))] ^= random.randint(1, 255)
    return bytes(changed)


def archive(*names: str) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as zipped:
        for name in names:
            zipped.writestr(name, CANARY)
    return file.getvalue()


def animated(form: str) -> bytes:
    frames = [picture(), picture().transpose(Image.Transpose.ROTATE_180)]
    return saved(frames[0], form, save_all=True, append_images=frames[1:], duration=100)


def png_with_text() -> bytes:
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", CANARY.decode())
    text.add_itxt("XML:com.adobe.xmp", CANARY.decode())
    return saved(picture(), "PNG", pnginfo=text)


# --- PDF --------------------------------------------------------------------------------


def page_content(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return pdf.make_stream(b"0.2 0.3 0.4 rg 50 50 200 300 re f")


def pdf_of(pages: int = 1, box: tuple[float, ...] = (0, 0, 595, 842)) -> pikepdf.Pdf:
    """An open document of pages with a dark rectangle."""
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page(page_size=(595, 842))
        pdf.pages[-1].obj.MediaBox = pikepdf.Array(box)
        pdf.pages[-1].obj.Contents = page_content(pdf)
    return pdf


def written(pdf: pikepdf.Pdf, **options: object) -> bytes:
    file = BytesIO()
    pdf.save(file, **options)  # type: ignore[arg-type]
    return file.getvalue()


def pdf_with_action(action: pikepdf.Dictionary) -> bytes:
    """The action in every place from which a reader would start it."""
    pdf = pdf_of(2)
    action = pdf.make_indirect(action)
    page = pdf.pages[0].obj
    page.AA = pikepdf.Dictionary(O=action)
    page.Annots = pikepdf.Array(
        [
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Link,
                Rect=pikepdf.Array([0, 0, 595, 842]),
                A=action,
            )
        ]
    )
    pdf.Root.OpenAction = action
    pdf.Root.AA = pikepdf.Dictionary(WC=action)
    pdf.Root.Names = pikepdf.Dictionary(
        JavaScript=pikepdf.Dictionary(Names=pikepdf.Array([pikepdf.String("start"), action]))
    )
    return written(pdf)


def javascript() -> pikepdf.Dictionary:
    return pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String(CANARY))


def launch() -> pikepdf.Dictionary:
    return pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String(CANARY))


def pdf_with_attachment() -> bytes:
    """A file embedded in the catalog, and the same one tied to what a page draws."""
    pdf = pdf_of()
    pdf.attachments["tool.exe"] = b"MZ" + CANARY
    attached = pdf.attachments["tool.exe"].obj
    form = pdf.make_stream(
        b"0 0 10 10 re f",
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Form,
        BBox=pikepdf.Array([0, 0, 10, 10]),
        AF=pikepdf.Array([attached]),
        PieceInfo=pikepdf.Dictionary(Private=pikepdf.Dictionary(File=attached)),
    )
    pdf.pages[0].obj.Resources = pikepdf.Dictionary(
        XObject=pikepdf.Dictionary(Fm=form),
        Properties=pikepdf.Dictionary(
            P=pikepdf.Dictionary(Deep=pikepdf.Array([{"/EF": attached}]))
        ),
    )
    return written(pdf)


def pdf_with_filled_field() -> bytes:
    """A form, with XFA beside it, whose one field holds a black square as its look."""
    pdf = pdf_of()
    pdf.pages[0].obj.Contents = pdf.make_stream(b"")
    look = pdf.make_stream(
        b"0 g 0 0 300 300 re f",
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Form,
        BBox=pikepdf.Array([0, 0, 300, 300]),
    )
    field = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Widget,
            FT=pikepdf.Name.Sig,
            T=pikepdf.String("field"),
            F=4,
            Rect=pikepdf.Array([100, 100, 400, 400]),
            AP=pikepdf.Dictionary(N=look),
        )
    )
    pdf.pages[0].obj.Annots = pikepdf.Array([field])
    pdf.Root.AcroForm = pikepdf.Dictionary(
        Fields=pikepdf.Array([field]), XFA=pdf.make_stream(CANARY)
    )
    return written(pdf)


def pdf_encrypted(*, user: str = "", owner: str = "") -> bytes:
    return written(pdf_of(), encryption=pikepdf.Encryption(user=user, owner=owner))


def pdf_encrypted_by_an_escaped_name(*, user: str = "", owner: str = "") -> bytes:
    """The old cipher, and a trailer that says so in a spelling only a parser understands."""
    old = pikepdf.Encryption(user=user, owner=owner, R=3, aes=False, metadata=False)
    return written(pdf_of(), encryption=old).replace(b"/Encrypt ", b"/#45ncrypt ")


def pdf_with_text() -> bytes:
    """Text in one of the fonts that every reader must have and no document carries."""
    pdf = pdf_of()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    pdf.pages[0].obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
    pdf.pages[0].obj.Contents = pdf.make_stream(b"BT /F 300 Tf 40 400 Td (III) Tj ET")
    return written(pdf)


@cache
def pdf_of_endless_drawing(levels: int = 9) -> bytes:
    """Each form draws the next one ten times: a billion rectangles in a kilobyte."""
    pdf = pdf_of()
    inner = b"0 0 5 5 re f "
    resources = pikepdf.Dictionary()
    for _ in range(levels):
        form = pdf.make_stream(
            inner * 10,
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Form,
            BBox=pikepdf.Array([0, 0, 595, 842]),
            Resources=resources,
        )
        resources, inner = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=form)), b"/X Do "
    pdf.pages[0].obj.Resources = resources
    pdf.pages[0].obj.Contents = pdf.make_stream(inner)
    return written(pdf)


def pdf_with_lost_table() -> bytes:
    """The cross-reference points nowhere, as careless programs leave it; readers mend that."""
    file = written(pdf_of(3), object_stream_mode=pikepdf.ObjectStreamMode.disable)
    table = file.rindex(b"startxref")
    return file[:table] + b"startxref\n7\n%%EOF\n"


def pdf_without_pages() -> bytes:
    return written(pikepdf.new())


def pdf_plain() -> bytes:
    return written(pdf_of(2))


def pdf_by_hand() -> bytes:
    """The smallest document, with offsets counted here: no library in between."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 300 400]>>",
        b"<</Type/Page/Parent 2 0 R/Contents 4 0 R>>",
        b"<</Length 18>>stream\n20 20 99 99 re f \nendstream",
    ]
    parts = [b"%PDF-1.4\n"]
    parts += [b"%d 0 obj%b\nendobj\n" % each for each in enumerate(objects, 1)]
    starts = list(accumulate(map(len, parts)))
    table = b"".join(b"%010d 00000 n \n" % start for start in starts[:-1])
    return b"".join(parts) + (
        b"xref\n0 5\n0000000000 65535 f \n%btrailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
        % (table, starts[-1])
    )
