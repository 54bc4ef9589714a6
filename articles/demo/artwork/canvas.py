"""The sheet the demo's illustrations are drawn on: one light from the upper left, one grain of paper."""

from __future__ import annotations

import io
import math
import random
from collections.abc import Callable, Iterable, Sequence

from PIL import Image, ImageChops, ImageDraw, ImageFilter

WIDTH, HEIGHT = 1600, 1000
FINE = 2  # drawn this many times larger, so that edges come out smooth

Point = tuple[float, float]
Drawing = Callable[["Sheet"], None]


class Sheet:
    """A canvas of 1600 × 1000 units; every measure below is in them."""

    def __init__(self, ground: str) -> None:
        self.image = Image.new("RGB", (WIDTH * FINE, HEIGHT * FINE), ground)
        self.pen = ImageDraw.Draw(self.image)

    def block(self, x: float, y: float, w: float, h: float, fill: str, *, radius: float = 0) -> None:
        box = (x * FINE, y * FINE, (x + w) * FINE - 1, (y + h) * FINE - 1)
        if radius:
            self.pen.rounded_rectangle(box, radius * FINE, fill=fill)
        else:
            self.pen.rectangle(box, fill=fill)

    def frame(
        self, x: float, y: float, w: float, h: float, ink: str, width: float, *, radius: float = 0
    ) -> None:
        box = (x * FINE, y * FINE, (x + w) * FINE - 1, (y + h) * FINE - 1)
        self.pen.rounded_rectangle(box, radius * FINE, outline=ink, width=round(width * FINE))

    def shape(self, points: Iterable[Point], fill: str) -> None:
        self.pen.polygon(_fine(points), fill=fill)

    def stroke(self, points: Sequence[Point], ink: str, width: float, *, round_ends: bool = True) -> None:
        self.pen.line(_fine(points), fill=ink, width=round(width * FINE), joint="curve")
        if round_ends:
            for x, y in (points[0], points[-1]):
                self.disc(x, y, width / 2, ink)

    def disc(self, x: float, y: float, r: float, fill: str) -> None:
        self.pen.ellipse(_box(x, y, r), fill=fill)

    def ring(self, x: float, y: float, r: float, ink: str, width: float) -> None:
        self.pen.ellipse(_box(x, y, r), outline=ink, width=round(width * FINE))

    def arc(self, x: float, y: float, r: float, start: float, end: float, ink: str, width: float) -> None:
        self.pen.arc(_box(x, y, r), start, end, fill=ink, width=round(width * FINE))

    def slice(self, x: float, y: float, r: float, start: float, end: float, fill: str) -> None:
        self.pen.pieslice(_box(x, y, r), start, end, fill=fill)

    def hatch(self, points: Iterable[Point], ink: str, *, gap: float = 13, width: float = 2.5) -> None:
        """Fill an area with slanting lines, as an engraver shades."""
        points = list(points)
        area = Image.new("1", self.image.size)
        ImageDraw.Draw(area).polygon(_fine(points), fill=1)
        left, right = min(x for x, _ in points), max(x for x, _ in points)
        top, bottom = min(y for _, y in points), max(y for _, y in points)
        lines = Image.new("1", self.image.size)
        ruler = ImageDraw.Draw(lines)
        reach = bottom - top
        at = left - reach
        while at < right:
            ruler.line(_fine(((at, bottom), (at + reach, top))), fill=1, width=round(width * FINE))
            at += gap
        self.image.paste(ink, mask=ImageChops.logical_and(area, lines))

    def dots(
        self, x: float, y: float, w: float, h: float, ink: str, *, gap: float, most: float, fade: str = "down"
    ) -> None:
        """A screen of dots that thins out across the block, as a printing plate shades."""
        rows, columns = int(h / gap), int(w / gap)
        for row in range(rows + 1):
            for column in range(columns + 1):
                along = row / max(1, rows) if fade in ("down", "up") else column / max(1, columns)
                size = most * (1 - along if fade in ("down", "right") else along)
                if size > 0.8:
                    self.disc(x + column * gap + (gap / 2 if row % 2 else 0), y + row * gap, size, ink)

    def finished(self, *, seed: str) -> bytes:
        """Scale down, lay the grain over it and encode. The same seed gives the same bytes."""
        picture = self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        out = io.BytesIO()
        _grained(picture, seed).save(out, "JPEG", quality=92, subsampling="4:4:4")
        return out.getvalue()


def ellipse_points(
    x: float, y: float, rx: float, ry: float, start: float = 0, end: float = 360, steps: int = 72
) -> list[Point]:
    angles = [math.radians(start + (end - start) * step / steps) for step in range(steps + 1)]
    return [(x + rx * math.cos(angle), y + ry * math.sin(angle)) for angle in angles]


def curve(start: Point, lean: Point, pull: Point, end: Point, *, steps: int = 48) -> list[Point]:
    """A cubic Bézier curve as points."""

    def at(t: float, axis: int) -> float:
        near, far = (1 - t) ** 2, t**2
        return near * ((1 - t) * start[axis] + 3 * t * lean[axis]) + far * (
            3 * (1 - t) * pull[axis] + t * end[axis]
        )

    return [(at(step / steps, 0), at(step / steps, 1)) for step in range(steps + 1)]


def ribbon(middle: Sequence[Point], half: float) -> tuple[list[Point], list[Point]]:
    """The two edges of a band of even width along a line."""
    left, right = [], []
    for index, (x, y) in enumerate(middle):
        (ax, ay), (bx, by) = middle[max(0, index - 1)], middle[min(len(middle) - 1, index + 1)]
        length = math.hypot(bx - ax, by - ay) or 1
        nx, ny = -(by - ay) / length * half, (bx - ax) / length * half
        left.append((x + nx, y + ny))
        right.append((x - nx, y - ny))
    return left, right


def box_points(x: float, y: float, w: float, h: float) -> list[Point]:
    return [(x, y), (x + w, y), (x + w, y + h), (x, y + h)]


def turned(points: Iterable[Point], degrees: float, around: Point) -> list[Point]:
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    ox, oy = around
    return [(ox + (x - ox) * cos - (y - oy) * sin, oy + (x - ox) * sin + (y - oy) * cos) for x, y in points]


def _grained(picture: Image.Image, seed: str) -> Image.Image:
    size = (WIDTH // 2, HEIGHT // 2)
    noise = Image.frombytes("L", size, random.Random(seed).randbytes(size[0] * size[1]))  # noqa: S311
    grain = noise.resize(picture.size, Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(0.8))
    paper = Image.merge("RGB", [grain.point(lambda level: 128 + (level - 128) // 9)] * 3)
    return ImageChops.soft_light(picture, paper)


def _fine(points: Iterable[Point]) -> list[Point]:
    return [(x * FINE, y * FINE) for x, y in points]


def _box(x: float, y: float, r: float) -> tuple[float, float, float, float]:
    return ((x - r) * FINE, (y - r) * FINE, (x + r) * FINE, (y + r) * FINE)
