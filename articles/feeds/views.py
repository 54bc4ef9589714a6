"""The feeds' addresses answered: find the channel, write it, let readers who have it already keep theirs."""

from collections.abc import Callable
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.answers import for_machines
from articles.feeds import atom, json_feed, rss
from articles.feeds.channels import CHANNELS, Channel, latest
from articles.feeds.entries import feed_of
from articles.public_pages import keyed, public_page
from articles.views.pages import full_url

#: By the ending of the address. A new format is a module with `write` and CONTENT_TYPE, and a line here.
FORMATS = {"rss": rss, "atom": atom, "json": json_feed}


@public_page(keys=("lists",))
@require_safe
def newest(request: HttpRequest, ending: str) -> HttpResponseBase:
    return _answer(request, ending, latest)


@public_page()
@require_safe
def of(request: HttpRequest, kind: str, slug: str, ending: str) -> HttpResponseBase:
    """Answer with the feed of a section, topic or author; 404 where there is none, or nothing live in it."""
    answer = _answer(request, ending, lambda now: CHANNELS[kind](slug, now))
    return keyed(answer, f"{kind.removesuffix('s')}-{slug}")


def _answer(
    request: HttpRequest, ending: str, find: Callable[[datetime], Channel | None]
) -> HttpResponseBase:
    now = timezone.now()
    channel = find(now)
    if channel is None:
        raise Http404
    writer = FORMATS[ending]
    written = writer.write(feed_of(channel, now=now), address=full_url(request.path))
    return for_machines(request, written, writer.CONTENT_TYPE)
