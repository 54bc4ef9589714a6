"""What may come in as a picture, and the clean master that is kept of it.

Cheap checks come first: bytes, then type and size from the header alone, and only then is anything decoded.
The stored file is always our own encoding: no metadata, no colour profile, nothing after the picture's end.
"""

from __future__ import annotations

import hashlib
import io
import struct
import threading
from dataclasses import dataclass, field
from typing import Protocol

from PIL import Image, ImageCms, ImageFile

from articles.pictures import refusals
from articles.pictures.encoding import jpeg
from articles.pictures.metadata import Suggestions, suggestions
from articles.pictures.refusals import Refused
from articles.pictures.scans import scans

__all__ = ["Accepted", "Refused", "accept"]

MAX_BYTES = 25_000_000
MAX_PIXELS = 40_000_000
#: For what must be decoded whole: anything but a JPEG in one scan.
MAX_PIXELS_WHOLE = 24_000_000
#: For what is held twice while at work: transparency as it is scaled, WebP as it is decoded.
MAX_PIXELS_TWICE = 12_000_000
#: Passes in which a JPEG may be drawn: programs that save pictures need a dozen.
MAX_SCANS = 100
MAX_ASPECT = 12
MIN_SIDE = 16
#: Half again the widest rendition; a camera's 24 million pixels decode at half size to reach it.
MASTER_SIDE = 3_000
#: A lossless picture with no more colours than these is a chart or drawing, which JPEG would smear.
GRAPHIC_COLOURS = 4_096

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
LOSSLESS = ("PNG", "GIF")

# Decoders answer a broken file with almost anything; Warning, for where warnings are made errors.
_BROKEN = (
    *(OSError, SyntaxError, ValueError, TypeError, LookupError, EOFError),
    *(struct.error, ArithmeticError, RuntimeError, Warning),
)
_BOMB = (Image.DecompressionBombError, Image.DecompressionBombWarning)

# The memory one picture may cost is then the memory all of them may cost.
_ONE_AT_A_TIME = threading.Lock()

_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


class Readable(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Accepted:
    """A master ready to store. `sha256` is of the file as uploaded, so that a second upload of it is noticed."""

    data: bytes = field(repr=False)
    format: str
    width: int
    height: int
    sha256: str
    suggestions: Suggestions = field(default_factory=Suggestions)


def accept(file: Readable) -> Accepted:
    """Turn an upload into a clean master, or raise Refused with a sentence for the editor."""
    data = _bytes(file)
    image = _opened(data)
    limit = _most_pixels(image, data)
    try:
        offered = suggestions(image)
        with _ONE_AT_A_TIME:
            picture = _clean(image)
    except MemoryError:
        raise refusals.too_many_pixels(image.size, limit) from None
    except _BROKEN:
        raise refusals.damaged() from None
    finally:
        image.close()
    kind = _kept_as(picture, lossless=image.format in LOSSLESS)
    return Accepted(
        data=_encoded(picture, kind),
        format=kind,
        width=picture.width,
        height=picture.height,
        sha256=hashlib.sha256(data).hexdigest(),
        suggestions=offered,
    )


def _bytes(file: Readable) -> bytes:
    """The whole file, reading no more than one byte past the limit."""
    data = file.read(MAX_BYTES + 1)
    if not data:
        raise refusals.empty()
    if len(data) > MAX_BYTES:
        raise refusals.too_heavy(MAX_BYTES)
    return data


def _opened(data: bytes) -> ImageFile.ImageFile:
    """Open from the header alone and check what it claims; no pixel is decoded yet."""
    try:
        image = Image.open(io.BytesIO(data), formats=FORMATS)
    except _BOMB:
        raise refusals.too_many_pixels(None, MAX_PIXELS) from None
    except _BROKEN:
        raise (refusals.damaged() if _looks_allowed(data) else refusals.wrong_type(data[:1024])) from None
    try:
        _check_size(image.size, _most_pixels(image, data))
        if _is_jpeg(image) and scans(data, most=MAX_SCANS) > MAX_SCANS:
            raise refusals.damaged()
        # A phone's JPEG may carry a second picture behind the first (MPO): the first is the photograph.
        if image.format != "MPO" and getattr(image, "is_animated", False):
            raise refusals.moving()
    except Refused:
        image.close()
        raise
    except _BROKEN:
        image.close()
        raise refusals.damaged() from None
    return image


def _most_pixels(image: Image.Image, data: bytes) -> int:
    """How large this kind may be. A JPEG in one scan shrinks while it is decoded; one in several is held whole."""
    if _is_jpeg(image) and not image.info.get("progressive") and scans(data, most=1) == 1:
        return MAX_PIXELS
    return MAX_PIXELS_TWICE if _has_alpha(image) or image.format == "WEBP" else MAX_PIXELS_WHOLE


def _is_jpeg(image: Image.Image) -> bool:
    return image.format in ("JPEG", "MPO")


def _has_alpha(image: Image.Image) -> bool:
    return image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info


def _check_size(size: tuple[int, int], most: int) -> None:
    if size[0] * size[1] > most:
        raise refusals.too_many_pixels(size, most)
    if max(size) > MAX_ASPECT * min(size):
        raise refusals.too_thin(size, MAX_ASPECT)
    if min(size) < MIN_SIDE:
        raise refusals.too_small(size, MIN_SIDE)


def _looks_allowed(data: bytes) -> bool:
    """Whether the first bytes are those of a format we take, so that what ails the file is damage."""
    if data[:4] == b"RIFF":
        return data[8:12] == b"WEBP"
    start = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a")
    return data.startswith(start) or data[4:12] in (b"ftypavif", b"ftypavis")


def _clean(image: Image.Image) -> Image.Image:
    """Decode to upright 8-bit sRGB of at most MASTER_SIDE, with alpha only where something shows through."""
    turn = _TURNS.get(_orientation(image))
    profile = image.info.get("icc_profile")
    target = _fitting(image.size, MASTER_SIDE)
    image.draft(None, target)  # a JPEG then decodes at 1/2, 1/4 or 1/8; the other formats take no notice
    image.load()
    picture = _plain(image).resize(target, Image.Resampling.LANCZOS)
    picture = _without_idle_alpha(_in_srgb(picture, profile))
    if turn is not None:
        picture = picture.transpose(turn)
    picture.info = {}  # Pillow would write a profile, comment or packet found here back into the new file
    return picture


def _orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except _BROKEN:
        return 1


def _fitting(size: tuple[int, int], side: int) -> tuple[int, int]:
    scale = min(1.0, side / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _plain(image: Image.Image) -> Image.Image:
    """A mode that scales well: palettes, bitmaps and 16-bit greys become L, RGB or RGBA; CMYK stays for its profile."""
    if image.mode.startswith("I;16"):
        return image.point(lambda value: value / 256).convert("L")  # convert() alone would clip at 255
    if _has_alpha(image):
        return image if image.mode == "RGBA" else image.convert("RGBA")
    if image.mode in ("L", "RGB", "CMYK"):
        return image
    return image.convert("L" if image.mode == "1" else "RGB")


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """RGB or RGBA in sRGB. A missing or unusable profile means sRGB already, as browsers take it."""
    alpha = picture.getchannel("A") if picture.mode == "RGBA" else None
    colours = picture.convert("RGB") if alpha else picture
    converted = _through_profile(colours, profile) if profile else None
    result = converted or colours.convert("RGB")
    if alpha:
        result.putalpha(alpha)
    return result


def _through_profile(picture: Image.Image, profile: bytes) -> Image.Image | None:
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, *_BROKEN):
        return None


def _without_idle_alpha(picture: Image.Image) -> Image.Image:
    if picture.mode == "RGBA" and picture.getchannel("A").getextrema() == (255, 255):
        return picture.convert("RGB")
    return picture


def _kept_as(picture: Image.Image, *, lossless: bool) -> str:
    if picture.mode == "RGBA" or (lossless and picture.getcolors(GRAPHIC_COLOURS) is not None):
        return "PNG"
    return "JPEG"


def _encoded(picture: Image.Image, kind: str) -> bytes:
    if kind == "JPEG":
        return jpeg(picture, quality=88, subsampling="4:4:4")
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
