"""Drill E5, its list: what may be sent without a token against forged forms, and nothing else."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

#: Each has its reason: it only answers, it looks at the token itself, a provider signs it, or, as no reader has a
#: cookie, its address is the secret or the browser is asked where the form came from (docs/decisions/0031).
EXEMPT = {
    "admin/articles/story/<str:object_id>/autosave/": "looks at the length first, then at the token",
    "admin/articles/story/autosave/": "looks at the length first, then at the token",
    "alerts/": "asks the browser",
    "alerts/manage/": "asks the browser",
    "alerts/confirm/<str:key>/": "a secret address",
    r"alerts/^manage/(?P<given>[^/]{1,200})/?\Z": "a secret address",
    r"alerts/^manage/(?P<given>[^/]{1,200})/download/?\Z": "a secret address",
    r"alerts/^manage/(?P<given>[^/]{1,200})/erase/?\Z": "a secret address",
    r"alerts/^unsubscribe/(?P<given>[^/]{1,200})/?\Z": "a secret address",
    "alerts/events/<slug:provider>/": "signed",
}

#: What only answers, whatever is sent to it.
ANSWERING = ("preview/", "api/v1/")


def exempt(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from exempt(pattern.url_patterns, route)
        elif getattr(pattern.callback, "csrf_exempt", False):
            yield route


class TestWhatNeedsNoToken:
    def test_is_listed_with_its_reason(self) -> None:
        found = {route for route in exempt(get_resolver().url_patterns) if not route.startswith(ANSWERING)}
        assert found == EXEMPT.keys()
