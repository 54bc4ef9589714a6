"""Says who asks, as Django's own middleware does, but for sessions that are over or lack their second factor."""

from functools import partial

from asgiref.sync import sync_to_async
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts import sessions
from accounts.models import User


class StaffMiddleware(AuthenticationMiddleware):
    """Looks at nothing before somebody asks for `request.user`: readers' pages do not, and touch no session."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = SimpleLazyObject(partial(_once, request))  # type: ignore[assignment]
        request.auser = sync_to_async(partial(_once, request))


def _once(request: HttpRequest) -> User | AnonymousUser:
    if not hasattr(request, "_staff"):
        request._staff = sessions.person_of(request)  # type: ignore[attr-defined]
    found: User | AnonymousUser = request._staff  # type: ignore[attr-defined]
    return found
