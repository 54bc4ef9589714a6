"""Knows what browsers may load and do on our pages: one policy for readers, one for staff, one for preview links.

Readers get no nonce, so that their pages can be cached: scripts and styles are files of ours, nothing else.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from django.utils.csp import CSP

type Policy = dict[str, list[str]]
type View = Callable[[HttpRequest], HttpResponse]

STAFF_PATHS = ("/admin/", "/accounts/")
PREVIEW_PATH = "/preview/"
#: Whoever knows such an address may do what is behind it.
SECRET_PATHS = (PREVIEW_PATH, "/alerts/confirm/", "/alerts/manage/", "/alerts/unsubscribe/")

READERS: Policy = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}

# The one <style> that the editor (Tiptap, in django-prose-editor) puts into the page by itself.
EDITOR_STYLE = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"

STAFF: Policy = {
    **READERS,
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF, CSP.NONCE, EDITOR_STYLE],
    "img-src": [CSP.SELF, "data:"],
    "frame-src": [CSP.SELF],  # the review page shows a story's preview
}

# What is pasted from Google Docs marks bold by style="" alone: without this it arrives plain.
STAFF_FORMS: Policy = {**STAFF, "style-src-attr": [CSP.UNSAFE_INLINE]}

# A page that is nothing but words and pictures.
PREVIEW: Policy = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "form-action": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}

# The address is the secret: no cache keeps the answer, no search engine finds it, no link on the page passes it on.
SECRET_HEADERS = {
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
}

PERMISSIONS = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"


class PolicyMiddleware:
    """Gives staff pages and previews their policies, keeps secret addresses secret, and has no refusal kept.

    Stands inside Django's own.
    """

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        if is_secret(request.path):
            for name, value in SECRET_HEADERS.items():
                response.headers[name] = value
        if request.path.startswith(PREVIEW_PATH):
            response._csp_config = PREVIEW  # type: ignore[attr-defined]
        if request.path.startswith(STAFF_PATHS):
            response.headers.setdefault("Referrer-Policy", "same-origin")
            response.headers.setdefault("X-Robots-Tag", "noindex")
            if not response.has_header("Cache-Control"):
                add_never_cache_headers(response)
            if not hasattr(response, "_csp_config"):  # a view's own csp_override stands
                response._csp_config = policy_for(request.path)  # type: ignore[attr-defined]
        ask_again(response)
        return response


def ask_again(response: HttpResponse) -> None:
    """Have no refusal or redirect kept: what says nothing of its age may be for as long as a cache likes.

    Tomorrow's story would be missing, and an old address lead away from where one has come back to (RFC 9111, 4.2.2).
    """
    if response.status_code >= 300 and response.status_code != 304:
        response.headers.setdefault("Cache-Control", "no-cache")


def is_secret(path: str) -> bool:
    """Whether a secret stands in the address; at `/alerts/manage/` alone there is a form to ask for one."""
    return path.startswith(SECRET_PATHS) and path != "/alerts/manage/"


def policy_for(path: str) -> Policy:
    """Give the policy of a staff page; only forms that hold an editor may carry style attributes."""
    return STAFF_FORMS if path.startswith("/admin/") and path.endswith(("/add/", "/change/")) else STAFF
