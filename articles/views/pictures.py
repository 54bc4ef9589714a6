"""Pictures as pages show them: which file at which width, and where they may be cropped."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.safestring import SafeString, mark_safe

from articles.body.pictures import element
from articles.models.images import Image
from articles.pictures.renditions import FIRST, url, width_within, widths_for

#: The width in a plain `src`, for browsers that know no `srcset`.
PLAIN_WIDTH = 640
#: What share cards get: networks ask for at least 1,200 pixels, and it is the size that is there at once.
CARD_WIDTH = FIRST
_STEPS = 4


class Picture(NamedTuple):
    key: str
    width: int
    height: int
    alt: str
    focus: str

    def lazy(self, sizes: str) -> SafeString:
        """The element, loaded when it comes near; `sizes` is how wide it stands on the page."""
        return self._element(sizes, 'loading="lazy" decoding="async"')

    def eager(self, sizes: str) -> SafeString:
        """The element of the picture that leads a page: the first thing to load."""
        return self._element(sizes, 'fetchpriority="high"')

    def _element(self, sizes: str, attributes: str) -> SafeString:
        return mark_safe(
            element(
                self.key,
                widths=widths_for(self.width),
                size=(self.width, self.height),
                plain_width=PLAIN_WIDTH,
                sizes=sizes,
                alt=self.alt,
                attributes=f'class="{self.focus}" {attributes}' if self.focus else attributes,
            )
        )


class ShareCard(NamedTuple):
    """The one file that networks show with a link, and its size in pixels."""

    src: str
    width: int
    height: int


def picture(use: Mapping[str, Any], *, alt: str | None = None) -> Picture:
    """Prepare a picture as an edition's dict records its use, with another `alt` where its neighbours say it."""
    return Picture(
        key=use["key"],
        width=use["width"],
        height=use["height"],
        alt=use["alt"] if alt is None else alt,
        focus=focus(*use.get("focal", (0.5, 0.5))),
    )


def share_card(use: Mapping[str, Any]) -> ShareCard:
    width = width_within(use["width"], CARD_WIDTH)
    return ShareCard(url(use["key"], width), width, round(use["height"] * width / use["width"]))


def focus(x: float, y: float) -> str:
    """Name the classes that keep a focal point in sight when a picture is cropped; "" for the middle.

    Classes in quarters, because the policy allows no style attribute.
    """
    steps = (("focus-x", round(x * _STEPS)), ("focus-y", round(y * _STEPS)))
    return " ".join(f"{axis}{step}" for axis, step in steps if step != _STEPS // 2)


def may_be_shown(image: Image | None, now: datetime) -> bool:
    """Whether a listing may show a picture: pages drop it by themselves the moment its licence ends."""
    return image is not None and image.may_be_shown("web", now)


def may_be_passed_on(image: Image | None, now: datetime) -> bool:
    """Whether its licence covers feeds and programs of others."""
    return image is not None and image.may_be_shown("feeds", now)
