"""A revision as readers would see it: an edition that is never saved, in the readers' own template."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from articles.desk import publishing
from articles.models import Edition, Rendering, Revision, Story
from articles.rendering import RENDERER, rendered
from articles.views.article_page import Pictures, printed
from articles.views.notes import leave_out_withheld

#: Readers' addresses of pictures answer 404 while the story is a draft: each preview has a door of its own to them.
_PUBLIC_PICTURE = re.compile(r"/media/([0-9a-f]{32})/(w\d+)\.(jpg|webp|avif)")


def context(
    story: Story, revision: Revision, now: datetime, *, hidden: frozenset[str] = frozenset()
) -> dict[str, Any]:
    """What the article's template prints of a revision, which need not be saved; `hidden` are keys of pictures."""
    shown = printed(_edition(story, revision, now), shown=Pictures(hidden=hidden))
    return shown.context() | {"is_preview": True}


def with_pictures_at(html: str, address: Callable[[str, str, str], str]) -> str:
    """Lead each picture through the door whose `address` is made of its key, size and format."""
    return _PUBLIC_PICTURE.sub(lambda found: address(*found.groups()), html)


def _edition(story: Story, revision: Revision, now: datetime) -> Edition:
    edition = publishing.printed(story, revision, at=now)
    leave_out_withheld([edition], now)
    html, text = rendered(edition)
    edition.rendering = Rendering(html=html, text=text, renderer=RENDERER)
    return edition
