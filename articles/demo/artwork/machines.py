"""Illustrations of machines: servers, reels, networks and clouds."""

from __future__ import annotations

import math
import random
from itertools import pairwise

from articles.demo.artwork import paint
from articles.demo.artwork.canvas import Sheet, ellipse_points


def server_aisle(sheet: Sheet) -> None:
    """A data centre's aisle, running away to a lit door."""
    sheet.block(0, 0, 1600, 1000, paint.INK)
    far = (690, 400, 220, 220)
    sheet.shape([(0, 0), (1600, 0), (far[0] + far[2], far[1]), (far[0], far[1])], "#12343d")
    sheet.shape(
        [(0, 1000), (1600, 1000), (far[0] + far[2], far[1] + far[3]), (far[0], far[1] + far[3])], paint.SAND
    )
    sheet.shape([(620, 1000), (980, 1000), (830, 620), (770, 620)], paint.PAPER)
    for step in (0.0, 0.3, 0.5, 0.64, 0.74, 0.82, 0.88, 0.93):
        y = 1000 + (620 - 1000) * step
        sheet.stroke([(0 + 690 * step, y), (1600 - 690 * step, y)], "#b39f7c", 4 - 2 * step)
    for step in (0.12, 0.42, 0.62, 0.76):
        y, left, right = 400 * step, 520 + 170 * step, 1080 - 170 * step
        sheet.shape(
            [(left, y), (right, y), (right - 12, y + 34 * (1 - step)), (left + 12, y + 34 * (1 - step))],
            paint.PAPER,
        )
    sheet.block(*far, paint.STRAW)
    sheet.block(757, 455, 86, 165, paint.PAPER)
    sheet.block(757, 455, 86, 165, paint.OXBLOOD)
    sheet.disc(828, 540, 5, paint.STRAW)
    chance = random.Random(7)  # noqa: S311
    edges = [0, 0.27, 0.47, 0.61, 0.71, 0.785, 0.84, 0.88, 0.91]
    for near, away in pairwise(edges):
        for side in (False, True):
            _rack(sheet, near, away, mirrored=side, chance=chance)


def _rack(sheet: Sheet, near: float, away: float, *, mirrored: bool, chance: random.Random) -> None:
    def at(along: float, up: float) -> tuple[float, float]:
        x = -40 + 760 * along
        top, bottom = 30 + 380 * along, 1000 - 390 * along
        return (1600 - x if mirrored else x), top + (bottom - top) * up

    gap = (away - near) * 0.05
    front, back = near, away - gap
    sheet.shape(
        [at(front, 0), at(back, 0), at(back, 1), at(front, 1)], paint.PETROL if mirrored else "#1b4d59"
    )
    inset = (back - front) * 0.1
    for unit in range(15):
        up, down = 0.03 + unit * 0.064, 0.03 + unit * 0.064 + 0.05
        left, right = front + inset, back - inset
        sheet.shape([at(left, up), at(right, up), at(right, down), at(left, down)], paint.INK)
        for lamp in range(3):
            if chance.random() < 0.55:
                where = left + (right - left) * (0.62 + lamp * 0.12)
                x, y = at(where, (up + down) / 2)
                sheet.disc(
                    x, y, 8 * (1 - near), chance.choice((paint.STRAW, paint.FOAM, paint.FOAM, paint.ROSE))
                )


def tape_reels(sheet: Sheet) -> None:
    """The drives of an old mainframe, one of them stopped."""
    sheet.block(0, 0, 1600, 1000, paint.SAND)
    sheet.block(0, 880, 1600, 120, paint.SLATE)
    for index, (x, fill) in enumerate(((90, paint.CREAM), (590, paint.CREAM), (1090, paint.PAPER))):
        sheet.shape([(x + 420, 90), (x + 460, 130), (x + 460, 900), (x + 420, 930)], paint.SLATE)
        sheet.block(x, 90, 420, 840, fill)
        sheet.block(x, 90, 420, 70, paint.OXBLOOD if index < 2 else paint.MIST)
        for lamp in range(5):
            sheet.disc(x + 40 + lamp * 34, 125, 9, paint.STRAW if index < 2 and lamp < 4 else paint.SLATE)
        sheet.block(x + 36, 190, 348, 560, paint.INK, radius=14)
        angle = index * 25
        _reel(sheet, x + 210, 330, 118, angle, full=index != 2)
        _reel(sheet, x + 210, 605, 118, angle + 40, full=index == 1)
        if index < 2:
            sheet.stroke([(x + 92, 330), (x + 92, 605)], paint.ROSE, 5)
            sheet.stroke([(x + 328, 330), (x + 328, 605)], paint.ROSE, 5)
        else:
            sheet.stroke(
                [(x + 92, 330), (x + 98, 470), (x + 150, 505), (x + 130, 690), (x + 240, 735)], paint.ROSE, 5
            )
        sheet.block(x + 36, 790, 348, 90, paint.MIST)
        for slot in range(6):
            sheet.block(x + 60 + slot * 52, 812, 34, 46, paint.SLATE)


def _reel(sheet: Sheet, x: float, y: float, r: float, angle: float, *, full: bool) -> None:
    sheet.disc(x, y, r, paint.PAPER)
    sheet.disc(x, y, r * (0.86 if full else 0.5), "#6b4a3a")
    for ring in range(3):
        sheet.ring(x, y, r * (0.8 if full else 0.46) - ring * 10, "#5a3d30", 3)
    for spoke in range(3):
        middle = angle + spoke * 120
        sheet.shape(
            ellipse_points(x, y, r * 0.92, r * 0.92, middle - 24, middle + 24, 12)
            + ellipse_points(x, y, r * 0.46, r * 0.46, middle + 20, middle - 20, 12),
            paint.INK,
        )
    sheet.disc(x, y, r * 0.3, paint.PAPER)
    sheet.disc(x, y, r * 0.12, paint.OXBLOOD)


def network(sheet: Sheet) -> None:
    """Offices as points of one net; a few lines carry everything."""
    sheet.block(0, 0, 1600, 1000, paint.PETROL)
    sheet.dots(0, 20, 1600, 960, "#123843", gap=30, most=9, fade="right")
    hubs = ellipse_points(800, 500, 330, 250, 20, 380, 6)[:-1]
    chance = random.Random(23)  # noqa: S311
    for hub_x, hub_y in hubs:
        away = math.atan2(hub_y - 500, hub_x - 800)
        sheet.stroke([(800, 500), (hub_x, hub_y)], paint.STRAW, 9)
        for leaf in range(5):
            angle = away + (leaf - 2) * 0.42
            reach = chance.uniform(200, 330)
            x, y = hub_x + reach * 1.25 * math.cos(angle), hub_y + reach * 0.8 * math.sin(angle)
            sheet.stroke([(hub_x, hub_y), (x, y)], paint.FOAM, 3)
            sheet.disc(x, y, 17, paint.FOAM)
            sheet.disc(x, y, 8, paint.PETROL)
    for hub, neighbour in zip(hubs, hubs[1:] + hubs[:1], strict=True):
        sheet.stroke([hub, neighbour], paint.TEAL, 4)
    for x, y in hubs:
        sheet.disc(x, y, 36, paint.OCHRE)
        sheet.disc(x, y, 16, paint.PAPER)
    sheet.disc(800, 500, 92, paint.PAPER)
    sheet.disc(800, 500, 76, paint.OXBLOOD)
    sheet.block(762, 486, 76, 50, paint.PAPER)
    sheet.shape([(750, 486), (800, 448), (850, 486)], paint.PAPER)
    for x in (774, 794, 814):
        sheet.block(x, 496, 10, 40, paint.OXBLOOD)


def cloud_exit(sheet: Sheet) -> None:
    """A cloud with a door and a stair down from it."""
    sheet.block(0, 0, 1600, 1000, paint.TEAL)
    sheet.dots(0, 30, 1600, 940, paint.PETROL, gap=26, most=8, fade="up")
    for x, y, r in ((520, 420, 190), (760, 290, 240), (1020, 350, 200), (1180, 470, 150), (420, 500, 120)):
        sheet.disc(x + 24, y + 26, r, paint.PETROL)
    sheet.block(344, 464, 1010, 186, paint.PETROL, radius=90)
    for x, y, r in ((520, 420, 190), (760, 290, 240), (1020, 350, 200), (1180, 470, 150), (420, 500, 120)):
        sheet.disc(x, y, r, paint.PAPER)
    sheet.block(300, 440, 1030, 180, paint.PAPER, radius=90)
    sheet.shape([(712, 640), (870, 640), (1400, 1010), (712, 1010)], "#12363f")
    sheet.block(700, 356, 172, 264, paint.INK)
    sheet.block(712, 368, 148, 252, paint.STRAW)
    sheet.shape([(712, 368), (646, 400), (646, 652), (712, 620)], paint.OXBLOOD)
    sheet.disc(660, 520, 8, paint.STRAW)
    for step in range(9):
        x, y = 712 + step * 62, 620 + step * 44
        sheet.block(x, y, 158, 18, paint.PAPER)
        sheet.block(x + 158 - 62, y + 18, 62, 44, paint.CREAM if step % 2 else paint.SAND)
    sheet.stroke([(760, 560), (1360, 986)], paint.OCHRE, 10)
    for step in range(5):
        sheet.stroke(
            [(800 + step * 124, 588 + step * 88), (800 + step * 124, 664 + step * 88)], paint.OCHRE, 7
        )
