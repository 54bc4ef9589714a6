"""Puts the page cache together as the settings say."""

from typing import Any

from newsroom.page_cache.door import Door, Site
from newsroom.page_cache.memory import Memory
from newsroom.page_cache.shared import Shared
from newsroom.page_cache.watching import Watch

_MEGABYTE = 1_000_000


def before(site: Site) -> Site:
    """The site with its page cache in front; the site alone where PAGE_CACHE_MB is 0."""
    from django.conf import settings

    if not settings.PAGE_CACHE_MB:
        return site
    shared = _shared(settings.CACHES["default"])
    watch = Watch(noted=shared.note) if shared else Watch()
    return Door(site, memory=Memory(settings.PAGE_CACHE_MB * _MEGABYTE), shared=shared, watch=watch)


def _shared(cache: dict[str, Any]) -> Shared | None:
    """Where CACHE_URL names a Redis, its pages are those of all processes."""
    return Shared(cache["LOCATION"]) if cache["BACKEND"].endswith("RedisCache") else None
