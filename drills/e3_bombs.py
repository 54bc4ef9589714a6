"""Drill E3: pictures that are small as files and huge once decoded, sent to a served newsroom.

Passes when each is refused with a sentence within a second, and no web process grows by more than 100 MB (its peak of
resident memory, from /proc). `python -m drills.e3_bombs`
"""

import io
import struct
import sys
import time
import zlib
from pathlib import Path
from typing import NamedTuple

from PIL import Image

from benchmarks import _site
from drills._reporter import Reporter, sentence

MOST_MB = 100
MOST_SECONDS = 1.0


class Outcome(NamedTuple):
    name: str
    kilobytes: float
    seconds: float
    megabytes: float
    state: str
    says: str

    @property
    def fails(self) -> bool:
        return self.state != "refused" or self.seconds > MOST_SECONDS or self.megabytes > MOST_MB


def main() -> int:
    with _site.scratch("sqlite") as site:
        session = site.run("-m", "drills._reporter").strip()
        with _site.served({**site.environ, "WEB_PROCESSES": "1"}, "newsroom.wsgi:application") as server:
            reporter = Reporter(server.port, session)
            reporter.upload("warm.png", _png(640, 400, colours=True))
            found = [explode(reporter, server.pid, name, data) for name, data in bombs()]
    rows: list[list[object]] = [[o.name, o.kilobytes, o.seconds, o.megabytes, o.says[:70]] for o in found]
    _site.table(["bomb", "kB", "seconds", "MB more", "answer"], rows)
    return any(outcome.fails for outcome in found)


def bombs() -> list[tuple[str, bytes]]:
    return [
        ("9,000 square, one bit", _png(9_000, 9_000)),
        ("9,000 square, colour", _png(9_000, 9_000, colours=True)),
        ("13,000 square, one bit", _png(13_000, 13_000)),
        ("13,000 square, JPEG", _jpeg(13_000, 13_000)),
        ("30,000 square, one bit", _png(30_000, 30_000)),
        ("30,000 by 1", _png(30_000, 1)),
        ("5,000 frames", _gif(5_000)),
        ("9,000 square and 24 MB of nothing behind it", _png(9_000, 9_000) + bytes(24_000_000)),
    ]


def explode(reporter: Reporter, master: int, name: str, data: bytes) -> Outcome:
    [worker] = _children(master)
    # 5 forgets the peak, so that what is read after is this file's doing (proc(5)).
    Path(f"/proc/{worker}/clear_refs").write_text("5")
    before, started = _memory(worker, "VmRSS"), time.perf_counter()
    told = reporter.upload("bomb", data)
    seconds = time.perf_counter() - started
    grown = (_memory(worker, "VmHWM") - before) / 1024
    return Outcome(name, len(data) / 1000, seconds, max(grown, 0.0), str(told["state"]), sentence(told))


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _memory(pid: int, name: str) -> int:
    """Kilobytes."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:"))


def _png(width: int, height: int, *, colours: bool = False) -> bytes:
    """A black one of any size in few bytes, made without holding its pixels."""
    row = b"\0" * (1 + (width * 3 if colours else (width + 7) // 8))
    squeeze = zlib.compressobj(9)
    body = b"".join(squeeze.compress(row) for _ in range(height)) + squeeze.flush()
    header = struct.pack(">IIBBBBB", width, height, 8 if colours else 1, 2 if colours else 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _jpeg(width: int, height: int) -> bytes:
    """A small one whose header says that it is that large."""
    data = bytearray(_saved(Image.new("RGB", (64, 64)), "JPEG"))
    at = data.index(b"\xff\xc0") + 5
    data[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(data)


def _gif(frames: int) -> bytes:
    head = b"GIF89a" + struct.pack("<HHBBB", 32, 32, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    pixels = _saved(Image.new("P", (32, 32)), "GIF").split(b",", 1)[1][:-1]
    return head + b"".join(b"\x21\xf9\x04\0\x0a\0\0\0," + pixels for _ in range(frames)) + b";"


def _saved(image: Image.Image, format: str) -> bytes:
    out = io.BytesIO()
    image.save(out, format)
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(main())
