"""Illustrations of places where people meet a service: wards, surgeries, desks and doors."""

from __future__ import annotations

from articles.demo.artwork import paint
from articles.demo.artwork.canvas import Sheet, box_points, curve, ellipse_points, turned


def ambulance(sheet: Sheet) -> None:
    sheet.block(0, 0, 1600, 1000, paint.CREAM)
    sheet.disc(330, 300, 150, paint.STRAW)
    skyline = (330, 250, 400, 280, 360, 260, 420, 300, 360)
    for index, high in enumerate(skyline):
        x, wide = index * 180, 150 + index % 3 * 25
        sheet.block(x, 720 - high, wide, high, paint.SAND)
        for row in range(int(high / 70)):
            for column in range(int(wide / 56)):
                sheet.block(x + 20 + column * 54, 750 - high + row * 66, 22, 30, paint.CREAM)
    sheet.block(0, 720, 1600, 280, paint.SLATE)
    for x in range(-60, 1600, 260):
        sheet.block(x, 900, 150, 14, paint.PAPER)
    sheet.shape(ellipse_points(780, 842, 560, 34), "#3d494f")
    sheet.block(260, 300, 740, 500, paint.PAPER, radius=26)
    sheet.shape([(990, 360), (1130, 360), (1250, 560), (1310, 600), (1330, 800), (990, 800)], paint.PAPER)
    sheet.block(260, 690, 1066, 110, paint.MIST)
    sheet.shape([(1030, 400), (1112, 400), (1202, 560), (1030, 560)], paint.PETROL)
    sheet.shape([(1030, 400), (1080, 400), (1030, 500)], paint.TEAL)
    for index in range(18):
        sheet.block(260 + index * 58, 610, 58, 44, paint.STRAW if index % 2 else paint.OXBLOOD)
    for index in range(18):
        sheet.block(260 + index * 58, 654, 58, 44, paint.OXBLOOD if index % 2 else paint.STRAW)
    beat = [(490, 470), (590, 470), (616, 430), (644, 470), (680, 370), (716, 556), (748, 470), (960, 470)]
    sheet.stroke(beat, paint.OXBLOOD, 15)
    sheet.block(330, 350, 120, 130, paint.PETROL, radius=8)
    sheet.shape([(330, 350), (410, 350), (330, 450)], paint.TEAL)
    sheet.block(1010, 330, 90, 34, paint.TEAL, radius=10)
    sheet.block(340, 270, 100, 34, paint.TEAL, radius=10)
    for ray in (-34, 0, 34):
        sheet.stroke(turned([(1055, 300), (1055, 254)], ray, (1055, 345)), paint.OCHRE, 9)
        sheet.stroke(turned([(390, 240), (390, 194)], ray, (390, 285)), paint.OCHRE, 9)
    for x in (450, 1130):
        sheet.disc(x, 800, 92, paint.INK)
        sheet.disc(x, 800, 48, paint.MIST)
        sheet.disc(x, 800, 18, paint.INK)
    sheet.block(1290, 680, 44, 50, paint.STRAW, radius=8)


def ward_screen(sheet: Sheet) -> None:
    """A doctor's screen, a stethoscope and a cup that has gone cold."""
    sheet.block(0, 0, 1600, 1000, paint.FOAM)
    sheet.dots(0, 20, 1600, 500, "#86adad", gap=26, most=7)
    sheet.block(0, 780, 1600, 220, "#8c6a45")
    sheet.block(0, 780, 1600, 16, "#a5825a")
    sheet.block(720, 660, 160, 140, paint.SLATE)
    sheet.shape([(620, 840), (980, 840), (930, 790), (670, 790)], paint.INK)
    sheet.block(320, 90, 960, 600, paint.INK, radius=24)
    sheet.block(350, 120, 900, 540, paint.PAPER)
    sheet.block(350, 120, 900, 60, paint.OXBLOOD)
    for tab in range(4):
        sheet.block(376 + tab * 150, 140, 116, 20, paint.PAPER if tab == 0 else paint.BRICK)
    sheet.block(380, 210, 230, 420, paint.CREAM)
    sheet.disc(495, 290, 52, paint.TEAL)
    sheet.slice(495, 410, 92, 180, 360, paint.TEAL)
    for row in range(5):
        sheet.block(404, 442 + row * 36, (180, 140, 170, 110, 150)[row], 12, paint.SLATE)
    sheet.block(640, 210, 580, 210, paint.PETROL)
    beat = (
        (0, 330),
        (100, 330),
        (124, 300),
        (150, 330),
        (190, 330),
        (210, 360),
        (238, 236),
        (268, 398),
        (290, 330),
    )
    pulse = [(640 + x, y) for x, y in beat] + [(900 + x, y) for x, y in beat[1:]] + [(1220, 330)]
    sheet.stroke(pulse, paint.STRAW, 9)
    for row in range(4):
        sheet.block(640, 452 + row * 46, 580, 34, paint.CREAM)
        sheet.block(656, 462 + row * 46, (220, 260, 190, 240)[row], 13, paint.MIST)
        sheet.block(1130, 460 + row * 46, 70, 18, (paint.LEAF, paint.LEAF, paint.ROSE, paint.LEAF)[row])
    _stethoscope(sheet)
    sheet.block(1330, 700, 130, 150, paint.OXBLOOD, radius=14)
    sheet.ring(1468, 770, 44, paint.OXBLOOD, 18)
    sheet.shape(ellipse_points(1395, 706, 65, 18), paint.BRICK)
    sheet.shape(ellipse_points(1395, 708, 52, 12), paint.INK)


def _stethoscope(sheet: Sheet) -> None:
    tube = curve((100, 620), (90, 960), (300, 900), (380, 870)) + curve(
        (380, 870), (450, 844), (500, 850), (540, 896)
    )
    sheet.stroke([(x + 8, y + 14) for x, y in tube], "#6f5333", 20)
    for ear, lean in ((52, 56), (148, 144)):
        sheet.stroke(curve((ear, 470), (lean, 560), ((ear + 200) / 3, 590), (100, 630)), paint.SLATE, 12)
    sheet.stroke(tube, paint.INK, 20)
    for x in (52, 148):
        sheet.disc(x, 466, 15, paint.INK)
    sheet.disc(548, 902, 50, paint.MIST)
    sheet.disc(548, 902, 34, paint.PAPER)
    sheet.ring(548, 902, 34, paint.SLATE, 6)


def appointments(sheet: Sheet) -> None:
    """A month of appointments; some were kept."""
    sheet.block(0, 0, 1600, 1000, paint.TEAL)
    sheet.block(236, 116, 1180, 840, "#2b5964")
    sheet.block(210, 90, 1180, 840, paint.PAPER)
    sheet.block(210, 90, 1180, 140, paint.OXBLOOD)
    for x in (360, 580, 800, 1020, 1240):
        sheet.block(x - 13, 46, 26, 110, paint.INK, radius=13)
    sheet.block(260, 178, 300, 24, paint.ROSE)
    filled = {0: paint.TEAL, 1: paint.FOAM, 2: paint.STRAW, 3: paint.ROSE}
    for row in range(5):
        for column in range(7):
            x, y = 250 + column * 160, 262 + row * 130
            if row * 7 + column in (0, 1, 33, 34):
                sheet.hatch(box_points(x, y, 140, 110), paint.SAND, gap=14, width=3)
                continue
            sheet.block(x, y, 140, 110, paint.CREAM)
            tall = (row * 3 + column * 5) % 4
            sheet.block(x, y + 110 - 26 * (tall + 1), 140, 26 * (tall + 1), filled[(row + column * 2) % 4])
            if (row * 7 + column) % 9 == 4:
                sheet.stroke([(x + 30, y + 20), (x + 110, y + 90)], paint.OXBLOOD, 12)
                sheet.stroke([(x + 110, y + 20), (x + 30, y + 90)], paint.OXBLOOD, 12)


def training_room(sheet: Sheet) -> None:
    """Desks from above, laptops open, two seats still free."""
    sheet.block(0, 0, 1600, 1000, paint.SAND)
    for x in range(0, 1600, 100):
        sheet.block(x, 0, 3, 1000, "#c4b391")
    shirts = [
        paint.OXBLOOD,
        paint.PETROL,
        paint.OCHRE,
        paint.TEAL,
        None,
        paint.BRICK,
        paint.SLATE,
        None,
        paint.LEAF,
    ]
    hair = ["#3a2a20", paint.INK, "#8a5a34", "#5b3b28", None, "#c69a5c", paint.INK, None, "#2b2320"]
    for index in range(9):
        x, y = 110 + (index % 3) * 500, 40 + (index // 3) * 325
        sheet.block(x + 14, y + 16, 380, 150, "#b39e78", radius=12)
        sheet.block(x, y, 380, 150, paint.PAPER, radius=12)
        sheet.block(x + 95, y + 60, 190, 76, paint.SLATE, radius=6)
        sheet.block(x + 110, y + 72, 160, 34, paint.MIST)
        sheet.shape([(x + 95, y + 62), (x + 285, y + 62), (x + 270, y + 18), (x + 110, y + 18)], paint.INK)
        sheet.block(x + 318, y + 30, 40, 54, (paint.STRAW, paint.FOAM, paint.ROSE)[index % 3])
        sheet.disc(x + 48, y + 60, 20, paint.TEAL)
        sheet.disc(x + 48, y + 60, 12, paint.INK)
        _seat(sheet, x + 190, y + 230, shirts[index], hair[index])


def _seat(sheet: Sheet, x: float, y: float, shirt: str | None, hair: str | None) -> None:
    if shirt is None or hair is None:
        sheet.disc(x + 6, y + 12, 58, "#b39e78")
        sheet.disc(x, y + 4, 56, "#8d7c5f")
        sheet.ring(x, y + 4, 40, "#a39170", 6)
        return
    sheet.shape(ellipse_points(x + 8, y + 14, 104, 56), "#b39e78")
    sheet.stroke([(x - 84, y), (x - 66, y - 86)], shirt, 34)
    sheet.stroke([(x + 84, y), (x + 66, y - 86)], shirt, 34)
    sheet.shape(ellipse_points(x, y, 104, 54), shirt)
    sheet.disc(x, y - 8, 45, hair)


def one_key(sheet: Sheet) -> None:
    """A row of doors in different colours and a single key."""
    sheet.block(0, 0, 1600, 1000, paint.CREAM)
    sheet.block(0, 700, 1600, 300, paint.SAND)
    sheet.block(0, 690, 1600, 16, paint.PAPER)
    fills = (paint.PETROL, paint.BRICK, paint.TEAL, paint.OCHRE, paint.SLATE)
    for index, fill in enumerate(fills):
        x = 70 + index * 300
        sheet.block(x - 22, 120, 264, 586, paint.PAPER)
        sheet.block(x, 144, 220, 560, fill)
        for top in (184, 430):
            sheet.frame(x + 30, top, 66, 200 if top == 184 else 220, paint.INK, 4)
            sheet.frame(x + 124, top, 66, 200 if top == 184 else 220, paint.INK, 4)
        sheet.disc(x + 194, 410, 13, paint.STRAW)
        sheet.block(x + 186, 440, 16, 30, paint.INK, radius=8)
        sheet.shape([(x, 706), (x + 220, 706), (x + 270, 760), (x + 40, 760)], "#c0ae8c")
    for offset, fill in ((18, "#b39e78"), (0, paint.OXBLOOD)):
        sheet.disc(560 + offset, 850 + offset, 108, fill)
        sheet.block(640 + offset, 826 + offset, 540, 48, fill)
        for x, high in ((1010, 76), (1080, 50), (1132, 84)):
            sheet.block(x + offset, 860 + offset, 40, high, fill)
    sheet.disc(548, 850, 44, paint.SAND)
    sheet.stroke([(660, 838), (1160, 838)], paint.BRICK, 8)


def care_table(sheet: Sheet) -> None:
    """A kitchen table: two chairs, a kettle, and a form between two cups."""
    sheet.block(0, 0, 1600, 1000, paint.ROSE)
    sheet.block(980, 80, 430, 330, paint.PAPER)
    sheet.block(1006, 106, 378, 278, paint.FOAM)
    sheet.disc(1290, 190, 44, paint.STRAW)
    sheet.shape([(1006, 384), (1006, 320), (1120, 280), (1240, 330), (1384, 290), (1384, 384)], paint.LEAF)
    sheet.block(1188, 106, 14, 278, paint.PAPER)
    sheet.block(960, 404, 470, 24, paint.CREAM)
    sheet.block(0, 860, 1600, 140, paint.OXBLOOD)
    for x, lean in ((170, 1), (1430, -1)):
        sheet.block(x - 16, 430, 32, 500, paint.INK)
        for row in range(3):
            sheet.block(min(x, x + lean * 190), 460 + row * 60, 190, 26, paint.INK)
        sheet.block(min(x, x + lean * 230), 700, 230, 34, paint.INK)
        sheet.block(x + lean * 190 - 14, 700, 28, 230, paint.INK)
        sheet.block(x + lean * 190 - 14, 440, 28, 260, paint.INK)
    sheet.block(330, 600, 940, 44, paint.CREAM)
    sheet.block(330, 644, 940, 20, paint.SAND)
    for x in (390, 1180):
        sheet.block(x, 664, 30, 280, paint.CREAM)
        sheet.block(x + 18, 664, 12, 280, paint.SAND)
    sheet.shape([(640, 600), (690, 556), (960, 556), (930, 600)], paint.PAPER)
    sheet.shape([(690, 566), (760, 566), (752, 576), (680, 576)], paint.PETROL)
    for x, fill in ((500, paint.PETROL), (1060, paint.TEAL)):
        sheet.block(x, 524, 84, 76, fill, radius=10)
        sheet.ring(x + (94 if x < 800 else -8), 560, 24, fill, 11)
        for wisp in (20, 54):
            steam = x + wisp
            sheet.stroke([(steam, 500), (steam + 10, 478), (steam, 456), (steam + 10, 434)], paint.PAPER, 6)
    sheet.stroke([(800, 0), (800, 170)], paint.INK, 7)
    sheet.slice(800, 290, 150, 180, 360, paint.OCHRE)
    sheet.slice(800, 290, 40, 0, 180, paint.PAPER)
