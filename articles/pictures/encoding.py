"""JPEG as Pillow writes it, and as it writes what Pillow leaves too little room for."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image


def jpeg(picture: Image.Image, **options: Any) -> bytes:
    """Encode progressively; where that fails, plainly.

    A progressive JPEG is held back whole, for which Pillow sets aside a byte a pixel. A night photograph full of noise
    needs more, and Pillow then raises OSError.
    """
    try:
        return _saved(picture, {**options, "progressive": True, "optimize": True})
    except OSError:
        return _saved(picture, {**options, "progressive": False, "optimize": False})


def _saved(picture: Image.Image, options: dict[str, Any]) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", **options)
    return out.getvalue()
