"""What the tests of the demo's seeding share."""

import io

from PIL import Image


def plain_drawing(name: str) -> bytes:
    """A plain colour in a drawing's place: the drawings have tests of their own."""
    out = io.BytesIO()
    Image.new("RGB", (400, 250), (sum(name.encode()) % 256, 60, 60)).save(out, "JPEG")
    return out.getvalue()


def silently(things, total, name):
    return things
