"""Illustrations of things one holds: locks, keys, telephones and a magnifying glass."""

from __future__ import annotations

import math

from articles.demo.artwork import paint
from articles.demo.artwork.canvas import Sheet, box_points, ellipse_points, turned


def padlock(sheet: Sheet) -> None:
    """A lock on a shutter that has been pushed up a hand's breadth."""
    sheet.block(0, 0, 1600, 1000, paint.OXBLOOD)
    for y in range(-20, 840, 86):
        sheet.block(0, y, 1600, 78, paint.BRICK)
        sheet.block(0, y + 52, 1600, 26, "#842c38")
        sheet.block(0, y + 78, 1600, 8, "#4c111a")
    sheet.block(0, 836, 1600, 34, paint.INK)
    sheet.block(0, 870, 1600, 130, "#0c1113")
    sheet.shape([(260, 870), (1340, 870), (1600, 1000), (0, 1000)], paint.STRAW)
    sheet.shape([(620, 870), (980, 870), (1080, 1000), (520, 1000)], paint.PAPER)
    sheet.hatch(box_points(650, 540, 400, 296), "#4c111a", gap=10, width=3.5)
    sheet.arc(800, 400, 130, 180, 360, paint.MIST, 52)
    sheet.block(670, 396, 52, 140, paint.MIST)
    sheet.block(878, 396, 52, 140, paint.SLATE)
    sheet.block(600, 500, 400, 330, paint.STRAW, radius=34)
    sheet.shape(box_points(800, 500, 166, 330), paint.OCHRE)
    sheet.block(900, 500, 100, 330, paint.OCHRE, radius=34)
    sheet.disc(800, 635, 48, paint.INK)
    sheet.shape([(778, 650), (822, 650), (842, 760), (758, 760)], paint.INK)


def chatbot(sheet: Sheet) -> None:
    """A phone whose answer is mostly blank."""
    sheet.block(0, 0, 1600, 1000, paint.ROSE)
    sheet.dots(0, 0, 700, 1000, paint.BRICK, gap=28, most=8, fade="right")
    sheet.block(520, 70, 500, 960, "#a96f67", radius=60)
    sheet.block(480, 50, 500, 980, paint.INK, radius=60)
    sheet.block(506, 110, 448, 900, paint.PAPER)
    sheet.block(506, 110, 448, 90, paint.PETROL)
    sheet.disc(556, 155, 26, paint.STRAW)
    sheet.block(600, 146, 190, 18, paint.PAPER)
    sheet.block(660, 72, 140, 14, paint.SLATE, radius=7)
    _bubble(sheet, 620, 240, 310, 120, paint.TEAL, paint.PAPER, (240, 170), tail="right")
    _bubble(sheet, 530, 410, 350, 170, paint.CREAM, paint.SLATE, (280, 250, 160), tail="left")
    _bubble(sheet, 700, 630, 230, 84, paint.TEAL, paint.PAPER, (150,), tail="right")
    _bubble(sheet, 760, 690, 640, 250, paint.STRAW, paint.INK, (), tail="left")
    for index in range(3):
        sheet.disc(980 + index * 100, 815, 30, paint.OXBLOOD)


def _bubble(
    sheet: Sheet,
    x: float,
    y: float,
    w: float,
    h: float,
    fill: str,
    ink: str,
    lines: tuple[int, ...],
    *,
    tail: str,
) -> None:
    sheet.block(x, y, w, h, fill, radius=26)
    corner = x + 30 if tail == "left" else x + w - 30
    lean = -46 if tail == "left" else 46
    sheet.shape([(corner - 20, y + h - 20), (corner + 20, y + h - 20), (corner + lean, y + h + 26)], fill)
    for row, length in enumerate(lines):
        sheet.block(x + 34, y + 34 + row * 42, length, 15, ink)


def inspection(sheet: Sheet) -> None:
    """A magnifying glass over a grid of decisions, finding the odd ones."""
    sheet.block(0, 0, 1600, 1000, paint.CREAM)
    odd = {(3, 7), (4, 8), (5, 9), (3, 9), (6, 3), (1, 13)}
    for row in range(9):
        for column in range(15):
            x, y = 60 + column * 106, 60 + row * 110
            _decision(sheet, x, y, 30, odd=(row, column) in odd)
    lens_x, lens_y, r = 900, 490, 300
    grip = turned(box_points(lens_x + r - 10, lens_y - 44, 420, 88), 42, (lens_x, lens_y))
    sheet.shape([(x + 24, y + 24) for x, y in grip], paint.SAND)
    sheet.shape(grip, paint.OXBLOOD)
    sheet.shape(turned(box_points(lens_x + r - 10, lens_y - 44, 70, 88), 42, (lens_x, lens_y)), paint.STRAW)
    sheet.disc(lens_x + 20, lens_y + 22, r + 30, paint.SAND)
    sheet.disc(lens_x, lens_y, r + 30, paint.INK)
    sheet.disc(lens_x, lens_y, r, paint.PAPER)
    for row in range(-1, 2):
        for column in range(-1, 2):
            size = 52 if abs(row) + abs(column) == 2 else 58
            _decision(sheet, lens_x + column * 160, lens_y + row * 160, size, odd=row == column)
    sheet.arc(lens_x, lens_y, r - 26, 195, 255, paint.FOAM, 12)


def _decision(sheet: Sheet, x: float, y: float, r: float, *, odd: bool) -> None:
    if odd:
        sheet.disc(x, y, r, paint.OXBLOOD)
        sheet.stroke([(x - r * 0.4, y - r * 0.4), (x + r * 0.4, y + r * 0.4)], paint.PAPER, r * 0.2)
        sheet.stroke([(x + r * 0.4, y - r * 0.4), (x - r * 0.4, y + r * 0.4)], paint.PAPER, r * 0.2)
    else:
        sheet.disc(x, y, r, paint.FOAM)
        sheet.stroke(
            [(x - r * 0.42, y), (x - r * 0.08, y + r * 0.36), (x + r * 0.46, y - r * 0.36)],
            paint.PETROL,
            r * 0.2,
        )


def passkey(sheet: Sheet) -> None:
    """A small key on a ring, with a finger's print on it."""
    sheet.block(0, 0, 1600, 1000, paint.OCHRE)
    sheet.dots(0, 20, 1600, 970, "#a87826", gap=28, most=9, fade="right")
    middle = (800, 500)

    def lay(points: list[tuple[float, float]], fill: str, *, shade: float = 0) -> None:
        sheet.shape([(x + shade, y + shade * 1.2) for x, y in turned(points, -14, middle)], fill)

    lay(box_points(1120, 400, 230, 200), "#94691f", shade=26)
    lay(box_points(440, 330, 700, 340), "#94691f", shade=26)
    lay(box_points(1120, 412, 220, 176), paint.MIST)
    for y in (452, 512):
        lay(box_points(1200, y, 90, 36), paint.SLATE)
    lay(box_points(420, 330, 720, 340), paint.INK)
    lay(box_points(420, 330, 720, 70), "#2f3b41")
    lay(ellipse_points(500, 500, 44, 44), paint.OCHRE)
    sheet.ring(363, 610, 162, paint.MIST, 22)
    lay(ellipse_points(800, 500, 138, 138), paint.STRAW)
    for index in range(5):
        reach = 22 + index * 23
        line = turned(
            ellipse_points(800, 512, reach * 0.86, reach, 150 - index * 4, 392 + index * 4), -14, middle
        )
        sheet.stroke(line, paint.OXBLOOD, 9)
    for row in range(3):
        lay(box_points(1000, 430 + row * 58, 84 - row * 20, 14), paint.SLATE)


def telephone(sheet: Sheet) -> None:
    """A desk telephone off its hook and the printed list of whom to ring."""
    sheet.block(0, 0, 1600, 1000, paint.PETROL)
    sheet.dots(0, 20, 1600, 560, "#123843", gap=28, most=10)
    sheet.block(0, 720, 1600, 280, "#8c6a45")
    sheet.block(0, 720, 1600, 14, "#a5825a")
    page = turned(box_points(980, 250, 420, 560), 7, (1190, 530))
    sheet.shape([(x + 18, y + 22) for x, y in page], "#0f313a")
    sheet.shape(page, paint.PAPER)
    for row in range(8):
        y = 300 + row * 60
        for x, wide, fill in (
            (1020, 150 + row % 3 * 24, paint.SLATE),
            (1250, 110, paint.OXBLOOD if row < 2 else paint.INK),
        ):
            sheet.shape(turned(box_points(x, y, wide, 16), 7, (1190, 530)), fill)
    sheet.shape([(236, 860), (836, 860), (876, 900), (270, 900)], "#5d4327")
    sheet.shape([(300, 520), (720, 520), (830, 860), (200, 860)], paint.OXBLOOD)
    sheet.shape([(510, 520), (720, 520), (830, 860), (510, 860)], "#5b1420")
    sheet.block(330, 470, 74, 60, paint.OXBLOOD, radius=14)
    sheet.block(616, 470, 74, 60, "#5b1420", radius=14)
    sheet.disc(512, 690, 132, paint.PAPER)
    for hole in ellipse_points(512, 690, 92, 92, -60, 210, 9):
        sheet.disc(*hole, 22, paint.INK)
    sheet.disc(512, 690, 46, paint.STRAW)
    _receiver(sheet)


def _receiver(sheet: Sheet) -> None:
    cord = [(180 - 26 * math.sin(step / 2), 420 + step * 5.6) for step in range(72)]
    sheet.stroke(cord, paint.INK, 11)
    bow = ellipse_points(410, 420, 260, 190, 200, 340)
    sheet.stroke(bow, paint.INK, 66)
    for x, y, lean in ((bow[0][0], bow[0][1], -24), (bow[-1][0], bow[-1][1], 24)):
        sheet.shape(turned(box_points(x - 74, y - 10, 148, 84), lean, (x, y)), paint.INK)
        sheet.shape(turned(box_points(x - 58, y + 60, 116, 22), lean, (x, y)), paint.SLATE)
    for reach in (70, 120, 170):
        sheet.arc(690, 400, reach, -46, 26, paint.STRAW, 10)
