"""Accepting an invitation, and a dead reset link saying so in its status too."""

from typing import Any

from allauth.account.views import PasswordResetFromKeyView
from allauth.decorators import rate_limit
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts import invitations
from accounts.forms import JoinForm

_SESSION_KEY = "accounts.invitation"


@require_http_methods(["GET", "HEAD"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Keep the token in the session and go on without it, so that it is not in any Referer."""
    if invitations.invited(token) is None:
        return _no_longer_good(request)
    request.session[_SESSION_KEY] = token
    return redirect("accounts_join")


@sensitive_post_parameters("password1", "password2")
@rate_limit(action="reset_password_from_key")
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Let the invited person choose a password; signing in with it comes after, as ever."""
    person = invitations.invited(request.session.get(_SESSION_KEY, ""))
    if person is None:
        return _no_longer_good(request)
    form = JoinForm(person, _posted(request))
    if not form.is_valid():
        return render(request, "accounts/join.html", {"form": form, "person": person})
    form.save()
    logout(request)
    messages.success(request, "Your password is set. Sign in with it.")
    return redirect("account_login")


class ResetFromKeyView(PasswordResetFromKeyView):
    def render_to_response(self, context: dict[str, Any], **response_kwargs: Any) -> HttpResponse:
        if context.get("token_fail"):
            response_kwargs["status"] = 404
        return super().render_to_response(context, **response_kwargs)


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _no_longer_good(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/invitation_over.html", status=404)
