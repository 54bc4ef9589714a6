"""Knows which addresses cannot name anything, whatever page they ask for."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse

type View = Callable[[HttpRequest], HttpResponse]


class WholeAddressMiddleware:
    """Answers 404 where the path or the query holds a NUL: no text of ours does, and PostgreSQL refuses it."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        refuse_nul(request)
        return self.get_response(request)


def refuse_nul(request: HttpRequest) -> None:
    if "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
        raise Http404("No address holds a NUL.")
