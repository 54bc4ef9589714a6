"""Preview links made by the workflow itself, and what their addresses answer."""

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from articles.desk import workflow
from articles.desk.preview_links import hash_of, new_once, token_of
from articles.models import Image, PreviewLink, Story
from tests.newsdesk import NOW

LATER = NOW + timedelta(hours=1)

#: Headers of everything that is answered below /preview/.
CLOSED = {
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def shared(story: Story, by: User, *, now: datetime = NOW, for_whom: str = "Dr Osei", days: int = 7) -> str:
    """The token of a new link."""
    token, seen = token_of(new_once()), {"revision": story.version}
    workflow.perform(
        story,
        "share_preview",
        by=by,
        now=now,
        for_whom=for_whom,
        days=days,
        token_hash=hash_of(token),
        **seen,
    )
    return token


def link_of(token: str) -> PreviewLink:
    return PreviewLink.objects.get(token_hash=hash_of(token))


def address(token: str, image: Image | None = None) -> str:
    return f"/preview/{token}/media/{image.key}/w320.jpg" if image else f"/preview/{token}/"


def get(token: str, image: Image | None = None) -> HttpResponse:
    return Client().get(address(token, image))  # type: ignore[return-value]


def headers(response: HttpResponse) -> dict[str, Any]:
    return {name: value for name, value in response.headers.items() if name != "X-Request-ID"}
