"""Pictures and near-pictures that the tests here upload, each made from scratch."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

from PIL import Image, ImageDraw

from tests import given

ROOT = Path(__file__).parents[3]


def saved(image: Image.Image, format: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, format, **options)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def photo(width: int = 600, height: int = 400) -> Image.Image:
    """Something like a photograph: far more colours than a drawing has."""
    across = Image.linear_gradient("L").rotate(90).resize((width, height))
    down = Image.linear_gradient("L").resize((width, height))
    return Image.merge("RGB", (across, down, Image.effect_noise((width, height), 60)))


def chart(mode: str = "RGB") -> Image.Image:
    """A white ground with one red bar and nothing between."""
    image = Image.new(mode, (300, 200), "white" if mode != "RGBA" else (0, 0, 0, 0))
    ImageDraw.Draw(image).rectangle((50, 50, 150, 150), fill="#aa0000")
    return image


def flat_png(width: int, height: int) -> bytes:
    """A valid black one-bit PNG of any size in a few kB, made without holding its pixels."""
    row = b"\0" * (1 + (width + 7) // 8)
    squeeze = zlib.compressobj(9)
    body = b"".join(squeeze.compress(row) for _ in range(height)) + squeeze.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def rgb_png(width: int, height: int) -> bytes:
    """The same in 24 bits, where each pixel costs three bytes once decoded."""
    row = b"\0" * (1 + width * 3)
    squeeze = zlib.compressobj(9)
    body = b"".join(squeeze.compress(row) for _ in range(height)) + squeeze.flush()
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def moving_gif(frames: int) -> bytes:
    head = b"GIF89a" + struct.pack("<HHBBB", 32, 32, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    pixels = saved(Image.new("P", (32, 32)), "GIF").split(b",", 1)[1][:-1]
    return head + b"".join(b"\x21\xf9\x04\0\x0a\0\0\0," + pixels for _ in range(frames)) + b";"


def photograph_with_every_field(name: str) -> bytes:
    """A reference photo from the test data."""
    return given.path(f"photos/{name}").read_bytes()
