"""What HTML shows of other places (players, frames) and of pictures: made into links and words before it is cleaned."""

import html as entities
import re

from articles.importing.shortcodes import caption
from articles.importing.templates import Notes

_FRAME = re.compile(r"<(iframe|video|audio)\b([^<>]*)>(.{0,2000}?)</\1\s*>", re.DOTALL | re.IGNORECASE)
_SOURCE = re.compile(r"""\bsrc\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_TITLE = re.compile(r"""\btitle\s*=\s*"([^"]*)\"""", re.IGNORECASE)
_STRUCK = re.compile(r"<(del|s|strike)\b[^<>]*>.{0,2000}?</\1\s*>", re.DOTALL | re.IGNORECASE)
_FIGURE = re.compile(r"<figure\b[^<>]*>(.{0,20000}?)</figure\s*>", re.DOTALL | re.IGNORECASE)
_CAPTION = re.compile(r"<figcaption\b[^<>]*>(.*?)</figcaption\s*>", re.DOTALL | re.IGNORECASE)
_OTHER_THAN_PICTURES = re.compile(r"<(?:table|blockquote|pre|ul|ol)\b", re.IGNORECASE)
_PICTURE = re.compile(r"<img\b[^<>]*>", re.IGNORECASE)
_ALT = re.compile(r"""\balt\s*=\s*"([^"]+)\"""", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_NAMES = {
    "youtube": "on YouTube", "youtu.be": "on YouTube", "vimeo": "on Vimeo", "slideshare": "on SlideShare",
    "soundcloud": "on SoundCloud",
}  # fmt: skip


def as_words(html: str, notes: Notes) -> str:
    """Return the HTML with frames as links, figures as captions that say something, and struck words gone."""
    html = _STRUCK.sub("", html)
    html = _FRAME.sub(lambda m: _link(m, notes), html)
    if "</figure" in html:
        html = _FIGURE.sub(lambda m: _figure(m, notes), html)
    notes.pictures += len(_PICTURE.findall(html))
    return _PICTURE.sub(_described, html) if notes.labels_too else html


def _described(match: re.Match[str]) -> str:
    alt = _ALT.search(match[0])
    return f"<p>{alt[1]}</p>" if alt else ""


def _link(match: re.Match[str], notes: Notes) -> str:
    notes.embeds += 1
    source = _SOURCE.search(match[2]) or _SOURCE.search(match[3])
    address = source[1] if source else ""
    address = f"https:{address}" if address.startswith("//") else address
    if not address.startswith(("http://", "https://")):
        return ""
    title = _TITLE.search(match[2])
    kind = {"video": "Video", "audio": "Recording"}.get(match[1].lower(), "")
    where = next((name for part, name in _NAMES.items() if part in address), "")
    words = title[1] if title and title[1].strip() else f"{kind or 'Embedded'}: {where or 'see it there'}"
    return f'<p><a href="{address}">{entities.escape(entities.unescape(words))}</a></p>'


def _figure(match: re.Match[str], notes: Notes) -> str:
    if _OTHER_THAN_PICTURES.search(match[1]):
        return match[1].replace("<figcaption", "<p").replace("</figcaption", "</p")
    kept = (
        part for part in _CAPTION.findall(match[1]) if caption(entities.unescape(_TAG.sub("", part)), notes)
    )
    pictures = "".join(_PICTURE.findall(match[1]))
    return pictures + "".join(f"<p>{part}</p>" for part in kept)
