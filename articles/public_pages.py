"""Which pages are public: the same for everybody, and therefore kept and shared. Every other answer is not.

A view is public because it says so, with the names of what it reads of its query. It is then asked without anything
else of the request: whoever asks cannot make it say something that is kept for others.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.http import HttpResponseBase

#: The header by which caches between us and readers know what an answer shows.
KEYS = "Surrogate-Key"

#: On every public page.
SITE = "site"


@dataclass(frozen=True)
class PublicPage:
    #: The parameters of the query that the page depends on.
    parameters: frozenset[str]
    #: What it shows, by the name that a purge calls it; names in braces are taken from the address.
    keys: tuple[str, ...]

    def keys_at(self, captured: dict[str, Any]) -> str:
        return " ".join([SITE, *(quote(key.format(**captured)) for key in self.keys)])


def public_page[View: Callable[..., Any]](
    *parameters: str, keys: tuple[str, ...] = ()
) -> Callable[[View], View]:
    """Mark a view as public. It answers GET and HEAD alone, sets no cookie and reads of the query `parameters` only."""

    def marked(view: View) -> View:
        view.public_page = PublicPage(frozenset(parameters), keys)  # type: ignore[attr-defined]
        return view

    return marked


def of(view: Any) -> PublicPage | None:
    """What a view said of itself, if it is public."""
    found = getattr(view, "public_page", None)
    return found if isinstance(found, PublicPage) else None


def keyed[Answer: HttpResponseBase](response: Answer, *keys: str) -> Answer:
    """Name more of what an answer shows than its address tells."""
    response.headers[KEYS] = " ".join(map(quote, keys))
    return response
