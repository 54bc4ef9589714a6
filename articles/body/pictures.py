"""A picture in readers' HTML: every format and width that is made of it, and the browser takes what suits it.

What is offered never depends on how far the worker is: the door to pictures answers with what there is.
"""

from collections.abc import Sequence

from articles.body.write import escaped

#: Better than the plain one, the best first; a browser takes the first that it knows.
_BETTER = ("avif", "webp")


def element(
    key: str,
    *,
    widths: Sequence[int],
    size: tuple[int, int],
    plain_width: int,
    sizes: str,
    alt: str,
    attributes: str,
) -> str:
    """Give the element. `size` is the picture's own, in pixels: with it nothing moves when the file arrives.

    `plain_width` is what browsers get that know no `srcset`, `sizes` the width it takes on the page (HTML 4.8.4.2.2),
    `attributes` are further ones of the img, as written. The picture is decorative where `alt` is empty (WCAG 1.1.1).
    """
    sources = "".join(
        f'<source type="image/{better}" srcset="{_srcset(key, widths, better)}" sizes="{sizes}">'
        for better in _BETTER
    )
    within = max((width for width in widths if width <= plain_width), default=widths[0])
    return (
        f'<picture>{sources}<img src="{_url(key, within, "jpg")}" srcset="{_srcset(key, widths, "jpg")}"'
        f' sizes="{sizes}" width="{size[0]}" height="{size[1]}" {attributes} alt="{escaped(alt)}"></picture>'
    )


def _srcset(key: str, widths: Sequence[int], extension: str) -> str:
    return ", ".join(f"{_url(key, width, extension)} {width}w" for width in widths)


def _url(key: str, width: int, extension: str) -> str:
    return f"/media/{key}/w{width}.{extension}"
