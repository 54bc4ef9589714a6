"""The sizes of a picture that readers get, where they are stored and at what address."""

from __future__ import annotations

import io

from PIL import Image

WIDTHS = (320, 640, 1280, 2000)
QUALITY = 80
WORTH_ADDING = 1.2  # a picture's own width joins the list when it is this much wider than the step below it


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


def make(data: bytes, width: int) -> bytes:
    """Encode a master as a progressive JPEG, never wider than the master; transparency becomes white."""
    with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as master:
        width = min(width, master.width)
        size = (width, max(1, round(master.height * width / master.width)))
        if master.format == "JPEG":
            master.draft("RGB", (size[0] * 2, size[1] * 2))
        drawn = master.format == "PNG"
        picture = _on_white(master).resize(size, Image.Resampling.LANCZOS)
    out = io.BytesIO()
    # Flat colours beside each other show JPEG's halved colour resolution; photographs hide it.
    picture.save(
        out,
        "JPEG",
        quality=QUALITY,
        progressive=True,
        optimize=True,
        subsampling="4:4:4" if drawn else "4:2:0",
    )
    return out.getvalue()


def path(key: str, spec: str, extension: str = "jpg") -> str:
    """Where storage keeps a file of this picture: its master, or the rendition a spec such as "w640" names."""
    return f"pictures/{key}/{spec}.{extension}"


def spec(width: int) -> str:
    return f"w{width}"


def url(key: str, width: int) -> str:
    return f"/media/{key}/{spec(width)}.jpg"


def _on_white(master: Image.Image) -> Image.Image:
    if "A" not in master.getbands() and "transparency" not in master.info:
        return master.convert("RGB")
    layer = master.convert("RGBA")
    paper = Image.new("RGB", layer.size, "white")
    paper.paste(layer, mask=layer.getchannel("A"))
    return paper
