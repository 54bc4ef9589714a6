"""What an editor is told when a file cannot be taken, and what to do about it."""

from __future__ import annotations


class Refused(ValueError):
    """A file that will not be taken. Its text is a sentence for the editor who chose it."""

    @property
    def sentence(self) -> str:
        return str(self)


SAVE_AS = "Save the picture as a JPEG or PNG and upload that."

# First bytes of things people upload by mistake, and what to say. Longest first where one begins another.
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "This is a PDF document. Export the picture from it as a JPEG or PNG and upload that."),
    (b"%!PS", f"This is a PostScript (EPS) file, which web browsers cannot show. {SAVE_AS}"),
    (b"\xc5\xd0\xd3\xc6", f"This is a PostScript (EPS) file, which web browsers cannot show. {SAVE_AS}"),
    (b"8BPS", f"This is a Photoshop file. {SAVE_AS}"),
    (
        b"PK\x03\x04",
        "This is a zip archive or an office document. Take the picture out of it and upload that.",
    ),
    (b"II*\x00", f"This is a TIFF or a camera's raw file. {SAVE_AS}"),
    (b"MM\x00*", f"This is a TIFF or a camera's raw file. {SAVE_AS}"),
    (b"BM", f"This is a bitmap (BMP) file. {SAVE_AS}"),
)

_HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1")


def empty() -> Refused:
    return Refused("This file is empty. Check it opens on your computer, then upload it again.")


def too_heavy(limit: int) -> Refused:
    return Refused(
        f"This file is larger than {limit // 1_000_000} MB. {SAVE_AS[:-1]}, at 3,000 pixels on its longest side."
    )


def too_many_pixels(size: tuple[int, int] | None, limit: int) -> Refused:
    """`size` is None where the file claims so much that even its header was not read to the end."""
    measured = f"{size[0]:,} × {size[1]:,} pixels, " if size else ""
    return Refused(
        f"This picture is {measured}more than the {limit // 1_000_000} million pixels we can take. "
        "Make it smaller, about 3,000 pixels on its longest side, and upload that."
    )


def too_small(size: tuple[int, int], limit: int) -> Refused:
    width, height = size
    return Refused(
        f"This picture is only {width:,} × {height:,} pixels. Each side needs at least {limit}: upload the original."
    )


def too_thin(size: tuple[int, int], limit: int) -> Refused:
    width, height = size
    return Refused(
        f"This picture is {width:,} × {height:,} pixels, too long and thin to show. "
        f"Crop it so that one side is at most {limit} times the other."
    )


def moving() -> Refused:
    return Refused(
        "This picture is animated. Ours stand still: save one frame as a JPEG or PNG and upload that."
    )


def damaged() -> Refused:
    return Refused(f"This picture is damaged or incomplete. Check it opens on your computer. {SAVE_AS}")


def wrong_type(head: bytes) -> Refused:
    """Name what the file is, as far as its first bytes tell."""
    for signature, sentence in _SIGNATURES:
        if head.startswith(signature):
            return Refused(sentence)
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS:
        return Refused(
            f"This is a phone picture in HEIC format, which many web browsers cannot show. {SAVE_AS}"
        )
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"<svg" in text:
        return Refused(
            "This is an SVG drawing, which can carry a programme. Export it as a PNG and upload that."
        )
    if text.startswith((b"<!doctype html", b"<html", b"<script", b"<head", b"<body")):
        return Refused(
            "This is a web page, not a picture. Save the picture itself from the page and upload that."
        )
    return Refused("This file is not a picture we can read. Upload a JPEG, PNG, WebP, AVIF or GIF.")
