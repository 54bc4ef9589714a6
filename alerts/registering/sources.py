"""Where a request comes from: as a keyed hash of its network, and whether a page of ours sent it."""

from collections.abc import Callable
from functools import wraps
from ipaddress import IPv6Address, ip_address
from typing import Concatenate

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse

from alerts.hashes import source_hash
from alerts.same_origin import from_elsewhere
from articles.views.pages import page


def source(request: HttpRequest) -> str:
    """The network's hash. Behind a proxy it is told by its header, as for signing in (TRUST_FORWARDED_PROTO)."""
    return source_hash(network(get_adapter().get_client_ip(request)))


def network(address: str) -> str:
    """An IPv4 address; of an IPv6 address the half that names the network, since one home has all of the other."""
    try:
        found = ip_address(address)
    except ValueError:  # a socket file has none
        return address
    if isinstance(found, IPv6Address):
        mapped = found.ipv4_mapped
        return str(mapped) if mapped else found.exploded[:19]
    return str(found)


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
