"""Knows whose session a request comes with, if it is anybody's still."""

import time

from django.contrib import auth, messages
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from accounts import lifetimes, second_factor
from accounts.models import User

_OVER = "Your session is over, as it is after some hours. Sign in to go on where you were."


def person_of(request: HttpRequest) -> User | AnonymousUser:
    """Give whoever this session lets in here and now; nobody where it is over or lacks the second factor."""
    person = auth.get_user(request)
    if not isinstance(person, User):
        return AnonymousUser()
    if lifetimes.is_over(request.session, now=time.time(), active=_somebody_is_there(request)):
        request.session.flush()
        messages.info(request, _OVER, fail_silently=True)
        return AnonymousUser()
    if second_factor.is_lacking(request, person):
        if not _is_setting_up(request, person):
            return AnonymousUser()
        request.is_setting_up = True  # type: ignore[attr-defined]  # so that no page offers what is still closed
    return person


def owing(request: HttpRequest) -> User | None:
    """Give the person who has signed in, and has still to set up the second factor that their role demands."""
    person = auth.get_user(request)
    return person if isinstance(person, User) and second_factor.is_owed(request, person) else None


def _somebody_is_there(request: HttpRequest) -> bool:
    """What a script of ours fetches by itself, as to see who else has a story open, is nobody's doing."""
    return request.method == "POST" or request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"


def _is_setting_up(request: HttpRequest, person: User) -> bool:
    match = request.resolver_match
    is_there = match is not None and match.view_name in second_factor.SETTING_UP
    return is_there and not second_factor.is_set_up(person)
