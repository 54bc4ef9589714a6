"""Illustrations of paper: ledgers, tickets, contracts, pages and charts."""

from __future__ import annotations

import math
import random

from articles.demo.artwork import paint
from articles.demo.artwork.canvas import Point, Sheet, box_points, curve, ellipse_points, ribbon, turned


def ledger(sheet: Sheet) -> None:
    """An open account book; one column runs off the page."""
    sheet.block(0, 0, 1600, 1000, paint.PETROL)
    sheet.shape([(130, 890), (1530, 890), (1560, 950), (180, 950)], "#0f313a")
    sheet.block(110, 130, 1380, 770, paint.OXBLOOD, radius=14)
    sheet.block(140, 110, 650, 760, paint.PAPER)
    sheet.block(810, 110, 650, 760, paint.PAPER)
    for index in range(10):
        sheet.block(790 - index * 5, 110, 5, 760, paint.SAND if index % 2 else paint.CREAM)
        sheet.block(805 + index * 5, 110, 5, 760, paint.SAND if index % 2 else paint.CREAM)
    sheet.block(786, 110, 28, 760, "#b7a583")
    chance = random.Random(3)  # noqa: S311
    sheet.block(180, 150, 300, 22, paint.INK)
    sheet.block(880, 150, 220, 22, paint.INK)
    for row in range(13):
        y = 218 + row * 48
        sheet.block(180, y + 30, 560, 2.5, paint.SAND)
        sheet.block(880, y + 30, 540, 2.5, paint.SAND)
        sheet.block(180, y, chance.randint(100, 210), 12, paint.MIST)
        for column in range(3):
            sheet.block(450 + column * 92, y, chance.randint(30, 64), 12, paint.SLATE)
    for column in range(3):
        sheet.block(432 + column * 92, 200, 2.5, 640, paint.ROSE)
    for index, high in enumerate((46, 74, 112, 158, 214, 296, 404, 792)):
        sheet.block(
            898 + index * 66 + 12, 828 - high + 12, 46, high - 12, paint.CREAM if index < 7 else "#0f313a"
        )
        sheet.block(898 + index * 66, 828 - high, 46, high, paint.OXBLOOD if index == 7 else paint.OCHRE)
    sheet.block(1360 + 12, 110, 46, 720, paint.SAND)
    sheet.block(1360, 36, 46, 792, paint.OXBLOOD)
    sheet.block(872, 826, 560, 8, paint.INK)


def queue_tickets(sheet: Sheet) -> None:
    """A machine at a counter and the strip of tickets it has given out."""
    sheet.block(0, 0, 1600, 1000, paint.STRAW)
    sheet.dots(0, 20, 1600, 970, paint.OCHRE, gap=28, most=9, fade="right")
    middle = curve((400, 400), (380, 1010), (880, 1120), (1010, 560), steps=60)
    left, right = ribbon(middle, 92)
    sheet.shape(
        [(x + 30, y + 26) for x, y in left] + [(x + 30, y + 26) for x, y in reversed(right)], paint.OCHRE
    )
    sheet.shape(left + right[::-1], paint.PAPER)
    for cut in range(10, 60, 10):
        _perforation(sheet, left[cut], right[cut])
    for centre in (15, 25, 35, 45, 55):
        (ax, ay), (bx, by), (x, y) = right[centre], left[centre], middle[centre]
        lean = math.degrees(math.atan2(by - ay, bx - ax)) + 180
        for mark in range(3):
            sheet.shape(turned(box_points(x - 44 + mark * 32, y - 26, 22, 52), lean, (x, y)), paint.OXBLOOD)
    sheet.block(176, 0, 448, 420, paint.OXBLOOD)
    sheet.block(560, 0, 64, 420, "#541320")
    sheet.disc(370, 200, 118, paint.PAPER)
    sheet.disc(370, 200, 92, paint.OXBLOOD)
    sheet.block(340, 140, 60, 120, paint.PAPER, radius=8)
    sheet.block(276, 392, 248, 40, paint.INK)
    _ticket(sheet, 1150, 150, 12)


def _perforation(sheet: Sheet, start: Point, end: Point) -> None:
    (ax, ay), (bx, by) = start, end
    marks = [(ax + (bx - ax) * step / 22, ay + (by - ay) * step / 22) for step in range(22)]
    for dash in range(0, 22, 2):
        sheet.stroke(marks[dash : dash + 2], paint.INK, 4)


SEGMENTS = {"3": "abcdg", "5": "acdfg"}


def _ticket(sheet: Sheet, x: float, y: float, degrees: float) -> None:
    middle = (x + 130, y + 190)
    sheet.shape(
        turned([(px + 18, py + 22) for px, py in box_points(x, y, 280, 390)], degrees, middle), paint.OCHRE
    )
    sheet.shape(turned(box_points(x, y, 280, 390), degrees, middle), paint.PAPER)
    sheet.shape(turned(box_points(x, y, 280, 70), degrees, middle), paint.PETROL)
    for place, digit in enumerate("35"):
        left, top, wide, high, thick = x + 52 + place * 100, y + 112, 76, 150, 20
        strokes = {
            "a": (left, top, wide, thick),
            "b": (left + wide - thick, top, thick, high / 2),
            "c": (left + wide - thick, top + high / 2, thick, high / 2),
            "d": (left, top + high - thick, wide, thick),
            "f": (left, top, thick, high / 2),
            "g": (left, top + high / 2 - thick / 2, wide, thick),
        }
        for segment in SEGMENTS[digit]:
            sheet.shape(turned(box_points(*strokes[segment]), degrees, middle), paint.INK)
    for row in range(2):
        sheet.shape(
            turned(box_points(x + 52, y + 304 + row * 32, 176 - row * 60, 12), degrees, middle), paint.MIST
        )


def contracts(sheet: Sheet) -> None:
    """A heap of contracts, a seal, and a pen that has not signed."""
    sheet.block(0, 0, 1600, 1000, paint.MOSS)
    sheet.dots(900, 0, 700, 1000, "#3c4a2c", gap=26, most=9, fade="left")
    for index in range(16):
        lean = math.sin(index * 1.9) * 26
        y = 880 - index * 24
        sheet.block(250 + lean + 14, y + 10, 900, 22, "#38452a")
        sheet.block(250 + lean, y, 900, 20, (paint.PAPER, paint.CREAM, paint.SAND)[index % 3])
    middle = (700, 320)
    sheet.shape(turned(box_points(250, 100, 900, 420), -3, middle), "#38452a")
    sheet.shape(turned(box_points(240, 76, 900, 430), -3, middle), paint.PAPER)
    sheet.shape(turned(box_points(290, 120, 330, 26), -3, middle), paint.INK)
    for row, length in enumerate((770, 740, 790, 600, 770, 700, 420)):
        sheet.shape(turned(box_points(290, 180 + row * 38, length, 11), -3, middle), paint.MIST)
    sheet.shape(turned(box_points(290, 466, 320, 5), -3, middle), paint.INK)
    for lean in (-18, 16):
        sheet.shape(
            turned([(980, 430), (1020, 430), (1020, 610), (1000, 582), (980, 610)], lean, (1000, 430)),
            paint.BRICK,
        )
    sheet.shape(_seal(1000, 420, 92, 80), paint.OXBLOOD)
    sheet.ring(1000, 420, 58, paint.BRICK, 7)
    _pen(sheet)


def _seal(x: float, y: float, outer: float, inner: float) -> list[tuple[float, float]]:
    points = []
    for tooth in range(48):
        r = outer if tooth % 2 else inner
        points.append((x + r * math.cos(tooth * math.pi / 24), y + r * math.sin(tooth * math.pi / 24)))
    return points


def _pen(sheet: Sheet) -> None:
    tip = (660, 450)
    for offset, fill in ((22, "#38452a"), (0, paint.INK)):
        sheet.shape(turned(box_points(tip[0] + 96 + offset, tip[1] - 26 + offset, 560, 52), -33, tip), fill)
    sheet.shape(turned(box_points(tip[0] + 96, tip[1] - 26, 60, 52), -33, tip), paint.STRAW)
    sheet.shape(turned(box_points(tip[0] + 560, tip[1] - 26, 16, 52), -33, tip), paint.STRAW)
    sheet.shape(
        turned([(tip[0], tip[1]), (tip[0] + 100, tip[1] - 24), (tip[0] + 100, tip[1] + 24)], -33, tip),
        paint.MIST,
    )
    sheet.stroke(turned([tip, (tip[0] + 64, tip[1])], -33, tip), paint.INK, 3)


def pruned_pages(sheet: Sheet) -> None:
    """Shears and a tree of pages: most branches are on the floor."""
    sheet.block(0, 0, 1600, 1000, paint.FOAM)
    sheet.disc(800, 470, 400, paint.PAPER)
    sheet.block(0, 860, 1600, 140, paint.TEAL)
    sheet.stroke([(800, 870), (800, 300)], paint.INK, 34)
    for fork, end in (
        (640, (560, 500)),
        (560, (1060, 420)),
        (470, (620, 320)),
        (400, (960, 230)),
        (330, (800, 170)),
    ):
        sheet.stroke([(800, fork), end], paint.INK, 18)
        _page(sheet, end[0], end[1], 8 if end[0] > 800 else -8, 1.0)
    for x, y in ((700, 700), (900, 640), (900, 500)):
        side = -1 if x < 800 else 1
        sheet.stroke([(800, y + 30), (800 + side * 64, y)], paint.INK, 18, round_ends=False)
        sheet.disc(800 + side * 64, y, 9, paint.STRAW)
    chance = random.Random(5)  # noqa: S311
    for x in (150, 290, 420, 560, 690, 930, 1060, 1190, 1310, 1450):
        _page(sheet, x, 900 + chance.uniform(-24, 30), chance.uniform(-80, 80), 0.72, fallen=True)
    _shears(sheet, (1000, 640))


def _page(sheet: Sheet, x: float, y: float, degrees: float, size: float, *, fallen: bool = False) -> None:
    w, h = 120 * size, 150 * size
    left, top, inset = x - w / 2, y - h / 2, 14 * size

    def lay(points: list[Point], fill: str) -> None:
        sheet.shape(turned(points, degrees, (x, y)), fill)

    lay(box_points(left + 8, top + 10, w, h), paint.PETROL if fallen else paint.SAND)
    lay(box_points(left, top, w, h), paint.CREAM if fallen else "#fbf7ee")
    lay(
        box_points(left + inset, top + 16 * size, w * 0.6, 16 * size), paint.MIST if fallen else paint.OXBLOOD
    )
    for row in range(4):
        lay(
            box_points(left + inset, top + (50 + row * 22) * size, w * (0.6 + row % 2 * 0.14), 8 * size),
            paint.MIST,
        )


def _shears(sheet: Sheet, at: tuple[float, float]) -> None:
    x, y = at
    for lean, fill in ((-12, paint.SLATE), (12, paint.MIST)):
        blade = [(x, y - 16), (x + 60, y - 26), (x + 60, y + 22), (x - 230, y + 4), (x - 120, y - 14)]
        sheet.shape(turned(blade, lean + 18, (x + 30, y)), fill)
    for lean in (-16, 16):
        handle = box_points(x + 40, y - 20, 400, 40)
        sheet.shape(turned(handle, lean + 18, (x + 30, y)), paint.OXBLOOD)
    sheet.disc(x + 30, y, 24, paint.INK)
    sheet.disc(x + 30, y, 9, paint.MIST)


def rising_lines(sheet: Sheet) -> None:
    """Two lines on a chart: what was promised, and what was saved."""
    sheet.block(0, 0, 1600, 1000, paint.PAPER)
    for row in range(8):
        sheet.block(120, 90 + row * 105, 1480, 3, paint.SAND)
    promised = curve((120, 770), (560, 640), (900, 260), (1640, 70))
    steps = (790, 764, 772, 736, 750, 710, 724, 688, 706, 668, 684, 648, 660)
    saved = [(120 + index * 127, y) for index, y in enumerate(steps)]
    between = promised + saved[::-1]
    sheet.shape(between, "#ecd8c6")
    sheet.hatch(between, paint.ROSE, gap=18, width=3)
    sheet.shape([*saved, (1650, 880), (120, 880)], paint.FOAM)
    for at in range(0, len(promised) - 1, 2):
        sheet.stroke(promised[at : at + 2], paint.OXBLOOD, 13)
    sheet.stroke(saved, paint.PETROL, 14)
    for x, y in saved:
        sheet.disc(x, y, 16, paint.PETROL)
        sheet.disc(x, y, 7, paint.PAPER)
    sheet.block(0, 880, 1600, 120, paint.PETROL)
    for index in range(13):
        sheet.block(118 + index * 127, 880, 4, 26, paint.PAPER)
    sheet.block(114, 60, 9, 820, paint.INK)


def shares(sheet: Sheet) -> None:
    """Coins and contracts in two unequal heaps."""
    sheet.block(0, 0, 1600, 1000, paint.ROSE)
    sheet.dots(0, 20, 1600, 500, paint.BRICK, gap=26, most=7)
    sheet.block(0, 800, 1600, 200, paint.OXBLOOD)
    sheet.stroke([(800, 820), (800, 300)], paint.INK, 26)
    sheet.shape([(640, 830), (960, 830), (880, 770), (720, 770)], paint.INK)
    sheet.stroke([(330, 230), (1270, 370)], paint.INK, 20)
    sheet.disc(800, 300, 34, paint.STRAW)
    for x, y, count in ((330, 230, 9), (1270, 370, 2)):
        pan = y + 320
        for side in (-190, 190):
            sheet.stroke([(x, y), (x + side, pan)], paint.INK, 5)
        sheet.slice(x, pan - 2, 206, 0, 180, paint.PETROL)
        sheet.block(x - 206, pan - 18, 412, 22, paint.TEAL)
        if count == 9:
            for stack, tall in enumerate((2, 4, 3)):
                _coins(sheet, x - 115 + stack * 115, pan - 18, tall)
        else:
            _coins(sheet, x, pan - 18, 14)


def _coins(sheet: Sheet, x: float, floor: float, tall: int) -> None:
    for coin in range(tall):
        y = floor - 14 - coin * 24
        sheet.shape(ellipse_points(x, y + 10, 56, 15), paint.OCHRE)
        sheet.block(x - 56, y - 8, 112, 18, paint.OCHRE)
        sheet.shape(ellipse_points(x, y - 8, 56, 15), paint.STRAW)
