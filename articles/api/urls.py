"""The API's addresses. Each answers in JSON, whatever is asked of it and however, and to any website's script."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern, re_path

from articles.answers import for_machines
from articles.api.app import ASKED, NOTHING, api
from articles.api.docs import docs
from articles.api.problems import problem
from articles.public_pages import public_page

METHODS = "GET, HEAD, OPTIONS"


def for_programs(view: Callable[..., Any]) -> Callable[..., HttpResponseBase]:
    """Answer GET and HEAD, with an ETag; say what else there is; let scripts of other sites read it (Fetch, CORS)."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = _answered(request, lambda: view(request, *args, **kwargs))
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    answer.csrf_exempt = True  # type: ignore[attr-defined]  # nothing here changes anything for a form to forge
    return answer


def _answered(request: HttpRequest, ask: Callable[[], HttpResponse]) -> HttpResponseBase:
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers={"Allow": METHODS})
    if request.method not in {"GET", "HEAD"}:
        response = problem(405, "This API is read-only.")
        response.headers["Allow"] = METHODS
        return response
    method, request.method = (
        request.method,
        "GET",
    )  # Ninja knows no HEAD; the server leaves out what it is not sent
    try:
        response = ask()
    except Http404:
        return problem(404, NOTHING)
    finally:
        request.method = method
    if response.status_code != 200:
        response.headers["Cache-Control"] = "no-cache"
        return response
    return for_machines(request, response.content, response.headers["Content-Type"])


def _nothing(request: HttpRequest) -> HttpResponse:
    raise Http404


def _patterns() -> list[URLPattern]:
    """Ninja's own, with a page of ours for people at their root, and an answer to whatever is none of them."""
    patterns: list[Any] = api.urls[0]
    for pattern in patterns:
        pattern.callback = docs if pattern.name == "api-root" else _public(pattern)
    return [*patterns, re_path(r"^.*\Z", for_programs(_nothing))]


def _public(pattern: Any) -> Callable[..., HttpResponseBase]:
    """The list is kept by what may be asked of it, one article by its address."""
    parameters = ASKED if pattern.name == "articles" else ()
    return public_page(*parameters, keys=("lists",))(for_programs(pattern.callback))


app_name = "api"
urlpatterns = _patterns()
