"""Puts the page cache together as the settings say."""

from collections.abc import Iterable
from typing import Any

from newsroom.page_cache.asking import Environ
from newsroom.page_cache.door import Door, Site
from newsroom.page_cache.memory import Memory
from newsroom.page_cache.shared import Shared
from newsroom.page_cache.watching import Watch

_MEGABYTE = 1_000_000


def before(site: Site) -> Site:
    """The site with its page cache in front; the site alone, kept by nobody, where PAGE_CACHE_MB is 0."""
    from django.conf import settings

    if not settings.PAGE_CACHE_MB:
        return _kept_by_nobody(site)
    shared = _shared(settings.CACHES["default"])
    watch = Watch(noted=shared.note) if shared else Watch()
    return Door(site, memory=Memory(settings.PAGE_CACHE_MB * _MEGABYTE), shared=shared, watch=watch)


def _kept_by_nobody(site: Site) -> Site:
    """Whatever says nothing of its age may be kept for as long as a cache in front likes (RFC 9111, 4.2.2)."""

    def asked(environ: Environ, start_response: Any) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *fault: Any) -> Any:
            if not any(name == "Cache-Control" for name, _ in headers):
                headers = [*headers, ("Cache-Control", "no-cache")]
            return start_response(status, headers, *fault)

        return site(environ, start)

    return asked


def _shared(cache: dict[str, Any]) -> Shared | None:
    """Where CACHE_URL names a Redis, its pages are those of all processes."""
    return Shared(cache["LOCATION"]) if cache["BACKEND"].endswith("RedisCache") else None
