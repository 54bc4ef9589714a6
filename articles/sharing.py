"""Share links: plain addresses that a reader may follow. No script of anybody's, no counter, nothing loaded."""

from typing import NamedTuple
from urllib.parse import quote


class Share(NamedTuple):
    name: str
    url: str


def share_links(url: str, headline: str) -> tuple[Share, ...]:
    """Give the ways to pass a story on; `url` is its full address."""
    address, title = quote(url, safe=""), quote(headline, safe="")
    both = f"{title}%20{address}"
    return (
        Share("E-mail", f"mailto:?subject={title}&body={address}"),
        Share("LinkedIn", f"https://www.linkedin.com/sharing/share-offsite/?url={address}"),
        Share("Bluesky", f"https://bsky.app/intent/compose?text={both}"),
        Share("X", f"https://x.com/intent/post?text={title}&url={address}"),
        Share("Facebook", f"https://www.facebook.com/sharer/sharer.php?u={address}"),
        Share("WhatsApp", f"https://wa.me/?text={both}"),
    )
