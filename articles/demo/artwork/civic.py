"""Illustrations of the town: halls, streets, bridges, maps and votes."""

from __future__ import annotations

import math
import random

from articles.demo.artwork import paint
from articles.demo.artwork.canvas import Sheet, box_points, turned


def town_hall(sheet: Sheet) -> None:
    sheet.block(0, 0, 1600, 1000, paint.FOAM)
    sheet.disc(1290, 250, 120, paint.PAPER)
    sheet.dots(0, 0, 1600, 330, paint.TEAL, gap=22, most=5)
    sheet.block(0, 850, 1600, 150, paint.SAND)
    sheet.shape(
        [(1270, 850), (1600, 850), (1600, 930), (1400, 935)], "#b9a888"
    )  # the hall's shadow on the square
    sheet.block(330, 380, 940, 480, paint.CREAM)
    sheet.hatch(box_points(1040, 380, 230, 480), paint.SAND, gap=11, width=4)
    sheet.block(300, 345, 1000, 45, paint.PAPER)
    sheet.block(300, 388, 1000, 8, paint.SAND)
    _clock_tower(sheet)
    sheet.shape([(520, 345), (800, 215), (1080, 345)], paint.PAPER)
    sheet.shape([(575, 335), (800, 232), (1025, 335)], paint.OXBLOOD)
    sheet.disc(800, 296, 26, paint.STRAW)
    for x in (400, 1100):
        for y in (450, 650):
            _tall_window(sheet, x, y)
    sheet.block(540, 420, 520, 430, paint.OXBLOOD)
    sheet.block(745, 560, 110, 290, paint.INK)
    sheet.block(745, 560, 52, 290, "#2c383d")
    for x in (560, 672, 882, 994):
        sheet.block(x, 420, 48, 420, paint.PAPER)
        sheet.block(x + 34, 420, 14, 420, paint.SAND)
        sheet.block(x - 10, 405, 68, 22, paint.PAPER)
        sheet.block(x - 10, 832, 68, 22, paint.PAPER)
    for step in range(4):
        sheet.block(
            500 - step * 26,
            850 + step * 22,
            600 + step * 52,
            22,
            paint.PAPER if step % 2 == 0 else paint.CREAM,
        )


def _clock_tower(sheet: Sheet) -> None:
    sheet.block(715, 110, 170, 180, paint.CREAM)
    sheet.block(830, 110, 55, 180, paint.SAND)
    sheet.shape([(695, 112), (800, 8), (905, 112)], paint.PETROL)
    sheet.shape([(800, 8), (905, 112), (840, 112)], "#0f313a")
    sheet.block(690, 106, 220, 14, paint.PAPER)
    sheet.disc(800, 176, 46, paint.PAPER)
    sheet.ring(800, 176, 46, paint.INK, 6)
    sheet.stroke([(800, 176), (800, 146)], paint.INK, 6)
    sheet.stroke([(800, 176), (822, 188)], paint.INK, 6)


def _tall_window(sheet: Sheet, x: float, y: float) -> None:
    sheet.block(x - 8, y - 8, 116, 150, paint.PAPER)
    sheet.block(x, y, 100, 134, paint.PETROL)
    sheet.shape([(x, y), (x + 60, y), (x, y + 90)], paint.TEAL)
    sheet.block(x + 46, y, 8, 134, paint.PAPER)
    sheet.block(x, y + 60, 100, 8, paint.PAPER)
    sheet.block(x - 16, y + 142, 132, 14, paint.SAND)


def lamp_posts(sheet: Sheet) -> None:
    sheet.block(0, 0, 1600, 1000, paint.PETROL)
    sheet.dots(0, 30, 1600, 560, "#0f333c", gap=24, most=8, fade="up")
    _terrace(sheet)
    sheet.block(0, 790, 1600, 210, "#0d2c34")
    sheet.shape([(0, 860), (1600, 800), (1600, 822), (0, 900)], "#2a5661")
    for x, top, size in ((250, 180, 1.0), (760, 300, 0.78), (1130, 385, 0.6), (1390, 445, 0.46)):
        base = 930 - (1 - size) * 190
        sheet.shape(
            [(x + 130 * size, top + 26 * size), (x - 120 * size, base), (x + 420 * size, base)], "#2f5f66"
        )
        sheet.shape(
            [(x + 130 * size, top + 26 * size), (x + 10 * size, base), (x + 270 * size, base)], "#628066"
        )
        sheet.stroke(
            [(x, base), (x, top + 40 * size), (x + 30 * size, top), (x + 150 * size, top)],
            paint.INK,
            17 * size,
        )
        sheet.block(x + 86 * size, top - 6 * size, 92 * size, 26 * size, paint.INK, radius=10 * size)
        sheet.block(x + 92 * size, top + 16 * size, 80 * size, 11 * size, paint.STRAW)
        sheet.block(x - 18 * size, top + 180 * size, 36 * size, 70 * size, paint.OXBLOOD, radius=6 * size)
        sheet.disc(x, top + 200 * size, 8 * size, paint.STRAW)


def _terrace(sheet: Sheet) -> None:
    chance = random.Random(4)  # noqa: S311
    x = -20
    while x < 1600:
        wide, high = chance.choice((130, 160, 190)), chance.choice((190, 230, 270))
        top = 800 - high
        sheet.block(x, top, wide - 6, high, "#0f3742")
        sheet.shape([(x - 6, top), (x + wide / 2, top - 70), (x + wide, top)], "#0b2a32")
        for row in range(2):
            for column in range(2):
                lit = chance.random() < 0.3
                sheet.block(
                    x + 24 + column * (wide - 80),
                    top + 30 + row * 90,
                    34,
                    50,
                    paint.STRAW if lit else "#1c4a56",
                )
        x += wide


def bridge(sheet: Sheet) -> None:
    sheet.block(0, 0, 1600, 1000, paint.STRAW)
    sheet.disc(1180, 420, 190, paint.PAPER)
    sheet.shape(
        [(0, 640), (260, 560), (560, 620), (900, 540), (1260, 610), (1600, 550), (1600, 1000), (0, 1000)],
        paint.LEAF,
    )
    sheet.shape(
        [(0, 700), (400, 640), (800, 690), (1200, 630), (1600, 690), (1600, 1000), (0, 1000)], paint.MOSS
    )
    sheet.block(0, 760, 1600, 240, paint.PETROL)
    for row in range(9):
        y = 785 + row * 24
        for column in range(7):
            x = column * 250 + (row % 3) * 80 - 60
            sheet.stroke([(x, y), (x + 110 - row * 4, y)], paint.TEAL, 4)
    deck = [(0, 600), (1600, 600)]
    for tower in (420, 1180):
        _cables(sheet, tower)
    for tower in (420, 1180):
        sheet.block(tower - 44, 150, 34, 700, paint.OXBLOOD)
        sheet.block(tower + 10, 150, 34, 700, paint.BRICK)
        for y in (180, 330, 480):
            sheet.block(tower - 44, y, 88, 24, paint.OXBLOOD)
        sheet.block(tower - 80, 800, 160, 70, paint.INK)
    sheet.block(0, 590, 1600, 34, paint.INK)
    sheet.block(0, 584, 1600, 8, paint.PAPER)
    sheet.stroke(deck, paint.INK, 4)
    for x in range(0, 1600, 50):
        sheet.stroke([(x, 626), (x + 25, 654), (x + 50, 626)], paint.INK, 5)
    sheet.block(0, 652, 1600, 8, paint.INK)


def _cables(sheet: Sheet, tower: float) -> None:
    for step in range(1, 11):
        reach = step * 37
        for side in (-1, 1):
            sheet.stroke(
                [(tower, 165 + step * 4), (tower + side * reach, 590)], paint.INK, 2.6, round_ends=False
            )


def ward_map(sheet: Sheet) -> None:
    sheet.block(0, 0, 1600, 1000, paint.CREAM)
    chance = random.Random(11)  # noqa: S311
    columns, rows = 6, 4
    grid = [
        [
            (column * 300 - 100 + chance.uniform(-80, 80), row * 290 - 90 + chance.uniform(-75, 75))
            for column in range(columns + 1)
        ]
        for row in range(rows + 1)
    ]
    tones = [
        paint.PAPER,
        paint.SAND,
        paint.FOAM,
        paint.ROSE,
        paint.CREAM,
        paint.STRAW,
        paint.MIST,
        paint.PAPER,
    ]
    for row in range(rows):
        for column in range(columns):
            corners = [
                grid[row][column],
                grid[row][column + 1],
                grid[row + 1][column + 1],
                grid[row + 1][column],
            ]
            fill = tones[(row * 5 + column * 3) % len(tones)]
            sheet.shape(corners, fill)
            if (row + column) % 4 == 1:
                sheet.hatch(corners, paint.SLATE, gap=16, width=1.6)
    chosen = [grid[1][3], grid[1][4], grid[2][4], grid[2][3]]
    sheet.shape(chosen, paint.OXBLOOD)
    river = [(x, 690 + 110 * math.sin(x / 230) - x * 0.12) for x in range(-20, 1640, 20)]
    sheet.stroke(river, paint.PETROL, 46)
    sheet.stroke(river, paint.TEAL, 30)
    for row in range(rows + 1):
        sheet.stroke(grid[row], paint.INK, 5)
    for column in range(columns + 1):
        sheet.stroke([grid[row][column] for row in range(rows + 1)], paint.INK, 5)
    _pin(sheet, sum(x for x, _ in chosen) / 4, sum(y for _, y in chosen) / 4 + 40)


def _pin(sheet: Sheet, x: float, y: float) -> None:
    sheet.shape([(x, y), (x - 74, y - 130), (x + 74, y - 130)], paint.PAPER)
    sheet.disc(x, y - 165, 84, paint.PAPER)
    sheet.disc(x, y - 165, 36, paint.OXBLOOD)


def ballot_box(sheet: Sheet) -> None:
    sheet.block(0, 0, 1600, 1000, paint.OXBLOOD)
    sheet.dots(0, 20, 1600, 460, paint.BRICK, gap=26, most=8)
    sheet.block(0, 800, 1600, 200, "#4a111a")
    sheet.shape([(1130, 800), (1600, 800), (1600, 940), (1060, 960)], "#380c13")
    sheet.shape([(430, 470), (560, 380), (1180, 380), (1110, 470)], paint.CREAM)
    sheet.shape([(1110, 470), (1180, 380), (1180, 830), (1110, 930)], paint.SLATE)
    sheet.block(430, 470, 680, 460, paint.MIST)
    sheet.shape([(430, 470), (700, 470), (430, 860)], "#bcc5c3")
    sheet.shape([(640, 440), (668, 420), (980, 420), (958, 440)], paint.INK)
    ballot = turned(box_points(690, 60, 250, 375), 6, (815, 430))
    ballot = [point if point[1] < 425 else (point[0], 428) for point in ballot]
    sheet.shape(ballot, paint.PAPER)
    for row, picked in enumerate((False, True, False)):
        y = 120 + row * 86
        sheet.shape(turned(box_points(735, y, 52, 52), 6, (815, 430)), paint.CREAM)
        sheet.stroke(turned([(810, y + 26), (910 - row * 14, y + 26)], 6, (815, 430)), paint.SLATE, 9)
        if picked:
            sheet.stroke(turned([(742, y + 4), (782, y + 48)], 6, (815, 430)), paint.OXBLOOD, 11)
            sheet.stroke(turned([(782, y + 4), (742, y + 48)], 6, (815, 430)), paint.OXBLOOD, 11)
    sheet.block(700, 610, 140, 110, paint.PETROL, radius=8)
    sheet.arc(770, 610, 46, 180, 360, paint.PETROL, 18)
    sheet.disc(770, 655, 15, paint.PAPER)
    sheet.shape([(763, 660), (777, 660), (782, 695), (758, 695)], paint.PAPER)


def car_park(sheet: Sheet) -> None:
    """Seen from above, one bay charged twice."""
    sheet.block(0, 0, 1600, 1000, paint.SLATE)
    sheet.dots(0, 400, 1600, 200, "#4c5960", gap=20, most=5, fade="right")
    for x in range(40, 1600, 253):
        for y, high in ((-10, 350), (660, 350)):
            sheet.block(x, y, 9, high, paint.PAPER)
    for x in range(60, 1600, 220):
        sheet.block(x, 494, 110, 12, paint.STRAW)
    _car(sheet, 92, 40, paint.PETROL)
    _car(sheet, 345, 62, paint.CREAM)
    _car(sheet, 851, 30, paint.OXBLOOD)
    _car(sheet, 1357, 55, paint.MIST)
    _car(sheet, 345, 690, paint.OCHRE)
    _car(sheet, 1104, 712, paint.TEAL)
    _car(sheet, 1357, 690, paint.INK)
    for offset, fill in ((16, "#3a464c"), (0, paint.PAPER)):
        sheet.block(560 + offset, 640 + offset, 470, 250, fill, radius=6)
    sheet.block(560, 640, 470, 56, paint.OXBLOOD)
    for row in range(2):
        sheet.block(592, 730 + row * 74, 200, 16, paint.SLATE)
        sheet.block(592, 758 + row * 74, 130, 12, paint.MIST)
        sheet.block(890, 730 + row * 74, 108, 40, paint.STRAW)


def _car(sheet: Sheet, x: float, y: float, fill: str) -> None:
    sheet.block(x + 18, y + 18, 150, 265, "#434f55", radius=40)
    sheet.block(x, y, 150, 265, fill, radius=40)
    dark = paint.INK if fill != paint.INK else paint.SLATE
    sheet.shape([(x + 18, y + 92), (x + 34, y + 62), (x + 116, y + 62), (x + 132, y + 92)], dark)
    sheet.shape([(x + 22, y + 218), (x + 32, y + 240), (x + 118, y + 240), (x + 128, y + 218)], dark)
    sheet.block(x + 10, y + 106, 9, 100, dark, radius=4)
    sheet.block(x + 131, y + 106, 9, 100, dark, radius=4)


def site_notice(sheet: Sheet) -> None:
    """A planning notice tied to a post before a street that is half built."""
    sheet.block(0, 0, 1600, 1000, paint.CREAM)
    sheet.dots(0, 20, 1600, 420, paint.SAND, gap=24, most=7)
    sheet.block(0, 780, 1600, 220, paint.LEAF)
    for x, fill, roof in (
        (640, paint.ROSE, paint.OXBLOOD),
        (880, paint.PAPER, paint.PETROL),
        (1120, paint.STRAW, paint.INK),
    ):
        sheet.block(x, 480, 220, 310, fill)
        sheet.shape([(x - 18, 484), (x + 110, 370), (x + 238, 484)], roof)
        sheet.block(x + 150, 372, 30, 70, roof)
        sheet.block(x + 30, 530, 60, 80, paint.PETROL)
        sheet.block(x + 130, 530, 60, 80, paint.PETROL)
        sheet.block(x + 82, 670, 58, 120, paint.INK)
    sheet.frame(1368, 480, 224, 312, paint.SLATE, 8)
    for y in (560, 640, 720):
        sheet.block(1368, y, 224, 7, paint.SLATE)
    for x in (1420, 1480, 1540):
        sheet.block(x, 480, 7, 310, paint.SLATE)
    _crane(sheet)
    sheet.block(270, 300, 44, 700, "#7a5a36")
    sheet.block(298, 300, 16, 700, "#5d4327")
    sheet.shape([(120, 330), (500, 330), (500, 820), (120, 820)], "#cdbf9f")
    sheet.block(104, 312, 380, 490, paint.PAPER)
    sheet.block(104, 312, 380, 92, paint.OXBLOOD)
    sheet.block(140, 344, 230, 26, paint.PAPER)
    for row in range(7):
        sheet.block(140, 446 + row * 42, 300 if row % 3 != 2 else 190, 14, paint.SLATE)
    sheet.block(350, 730, 96, 40, paint.PETROL)


def _crane(sheet: Sheet) -> None:
    sheet.block(1440, 110, 22, 380, paint.OCHRE)
    for y in range(120, 480, 44):
        sheet.stroke([(1440, y), (1462, y + 40)], paint.INK, 3)
    sheet.stroke([(1060, 130), (1590, 130)], paint.OCHRE, 18)
    sheet.stroke([(1451, 60), (1110, 128)], paint.INK, 4)
    sheet.stroke([(1451, 60), (1560, 128)], paint.INK, 4)
    sheet.block(1442, 56, 18, 76, paint.OCHRE)
    sheet.block(1530, 132, 54, 46, paint.INK)
    sheet.stroke([(1160, 138), (1160, 300)], paint.INK, 4)
    sheet.block(1120, 300, 80, 26, paint.OXBLOOD)
