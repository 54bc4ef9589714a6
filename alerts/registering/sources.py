"""Where a request comes from: as a keyed hash of its network, and whether a page of ours sent it."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse

from accounts.networks import network
from alerts.hashes import source_hash
from alerts.same_origin import from_elsewhere
from articles.views.pages import page


def source(request: HttpRequest) -> str:
    """The network's hash. Behind a proxy it is told by its header, as for signing in (TRUST_FORWARDED_PROTO)."""
    return source_hash(network(get_adapter().get_client_ip(request)))


def from_our_pages[**P](
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Refuse what a browser sends on behalf of another site. Instead of a token: see docs/decisions/0031."""

    @wraps(view)
    def checked(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method == "POST" and from_elsewhere(request):
            return page("alerts/elsewhere.html", status=403)
        return view(request, *args, **kwargs)

    return checked
