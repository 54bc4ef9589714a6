"""The sizes and formats of a picture that readers get: which there are, how each is encoded, and where it stands."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from PIL import Image

from articles.pictures.encoding import jpeg

WIDTHS = (320, 640, 1280, 2000)
WORTH_ADDING = 1.2  # a picture's own width joins the list when it is this much wider than the step below it
#: The one made while the editor waits: it fills a phone and a share card, and stands in for all that is not made yet.
FIRST = 1280

#: Formats by the ending of their files; the first that a browser knows is taken.
TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
PLAIN = "jpg"

#: Where all pictures are kept; it is part of every stored name (articles.models.images.master_path).
FOLDER = "pictures"

#: Chosen by eye at 100 % on photographs and charts, then by bytes (`python -m benchmarks.renditions`).
_PHOTOGRAPH: dict[str, dict[str, Any]] = {
    "avif": {"format": "AVIF", "quality": 58, "speed": 6, "subsampling": "4:2:0"},
    "webp": {"format": "WEBP", "quality": 80, "method": 4},
    "jpg": {"format": "JPEG", "quality": 80, "subsampling": "4:2:0"},
}
# Flat colours beside each other show halved colour resolution; photographs hide it.
_DRAWING = {
    "avif": _PHOTOGRAPH["avif"] | {"quality": 70, "subsampling": "4:4:4"},
    "webp": {"format": "WEBP", "lossless": True, "method": 4},
    "jpg": _PHOTOGRAPH["jpg"] | {"subsampling": "4:4:4"},
}


class Size(NamedTuple):
    """One file of a picture."""

    extension: str
    width: int


def widths_for(width: int) -> tuple[int, ...]:
    """The widths made of a picture this wide: every step it reaches, and its own where that lies between two."""
    steps = tuple(step for step in WIDTHS if step <= width)
    if not steps or (width < WIDTHS[-1] and width >= steps[-1] * WORTH_ADDING):
        return (*steps, width)
    return steps


def width_within(width: int, most: int) -> int:
    """The widest size made of a picture this wide that is no wider than `most`; the smallest where none is."""
    widths = widths_for(width)
    return max((made for made in widths if made <= most), default=widths[0])


def sizes_for(width: int) -> tuple[Size, ...]:
    """Every file made of a picture this wide."""
    return tuple(Size(extension, made) for extension in TYPES for made in widths_for(width))


def first_size(width: int) -> Size:
    return Size(PLAIN, width_within(width, FIRST))


def make(data: bytes, wanted: Iterable[Size]) -> Iterator[tuple[Size, bytes]]:
    """Encode a master in each of these sizes, never wider than itself; transparency becomes white.

    The master is decoded once, and each size is scaled from the widest. Yields one size at a time, so that what is
    held in memory is the picture twice and one file. Raises what Pillow raises when the master cannot be read.
    """
    order = sorted(wanted, key=lambda size: (-size.width, size.extension))
    if not order:
        return
    base, is_drawing = _base(data, order[0].width)
    options = _DRAWING if is_drawing else _PHOTOGRAPH
    scaled = base
    for size in order:
        if scaled.width != min(size.width, base.width):
            scaled = _scaled(base, size.width)
        yield size, _encoded(scaled, options[size.extension])


def path(key: str, spec: str, extension: str = PLAIN) -> str:
    """Where storage keeps a file of this picture: its master, or the rendition a spec such as "w640" names."""
    return f"{folder(key)}/{spec}.{extension}"


def folder(key: str) -> str:
    """Where storage keeps everything of this picture."""
    return f"{FOLDER}/{key}"


def path_of(key: str, size: Size) -> str:
    return path(key, spec(size.width), size.extension)


def spec(width: int) -> str:
    return f"w{width}"


def url(key: str, width: int, extension: str = PLAIN) -> str:
    return f"/media/{key}/{spec(width)}.{extension}"


def _base(data: bytes, width: int) -> tuple[Image.Image, bool]:
    """The picture at the widest it is wanted, and whether it is a drawing."""
    with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as master:
        if master.format == "JPEG":
            master.draft("RGB", (width * 2, round(master.height * width * 2 / master.width)))
        return _scaled(_on_white(master), width), master.format == "PNG"


def _scaled(picture: Image.Image, width: int) -> Image.Image:
    if width >= picture.width:
        return picture
    height = max(1, round(picture.height * width / picture.width))
    return picture.resize((width, height), Image.Resampling.LANCZOS)


def _encoded(picture: Image.Image, options: dict[str, Any]) -> bytes:
    if options["format"] == "JPEG":
        return jpeg(picture, quality=options["quality"], subsampling=options["subsampling"])
    out = io.BytesIO()
    picture.save(out, **options)
    return out.getvalue()


def _on_white(master: Image.Image) -> Image.Image:
    if "A" not in master.getbands() and "transparency" not in master.info:
        return master.convert("RGB")
    layer = master.convert("RGBA")
    paper = Image.new("RGB", layer.size, "white")
    paper.paste(layer, mask=layer.getchannel("A"))
    return paper
