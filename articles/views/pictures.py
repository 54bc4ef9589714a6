"""Pictures as pages show them: which file at which width, and where they may be cropped."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from articles.models.images import Image
from articles.pictures.renditions import url, width_within, widths_for

#: The width in a plain `src`, for browsers that know no `srcset`.
PLAIN_WIDTH = 640
_STEPS = 4


class Picture(NamedTuple):
    src: str
    srcset: str
    width: int
    height: int
    alt: str
    focus: str


def picture(use: Mapping[str, Any]) -> Picture:
    """Prepare a picture as an edition's dict records its use."""
    key = use["key"]
    return Picture(
        src=url(key, width_within(use["width"], PLAIN_WIDTH)),
        srcset=", ".join(f"{url(key, width)} {width}w" for width in widths_for(use["width"])),
        width=use["width"],
        height=use["height"],
        alt=use["alt"],
        focus=focus(*use.get("focal", (0.5, 0.5))),
    )


def focus(x: float, y: float) -> str:
    """Name the classes that keep a focal point in sight when a picture is cropped; "" for the middle.

    Classes in quarters, because the policy allows no style attribute.
    """
    steps = (("focus-x", round(x * _STEPS)), ("focus-y", round(y * _STEPS)))
    return " ".join(f"{axis}{step}" for axis, step in steps if step != _STEPS // 2)


def may_be_shown(image: Image | None, now: datetime) -> bool:
    """Whether a listing may show a picture: pages drop it by themselves the moment its licence ends."""
    return image is not None and image.may_be_shown("web", now)
