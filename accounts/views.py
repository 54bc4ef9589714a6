"""Our own pages of signing in, and what we ask before allauth's: how often, and for the second factor."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as account
from allauth.core.ratelimit import respond_429
from allauth.mfa.base.views import IndexView
from allauth.mfa.webauthn import views as passkeys
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts import invitations, people, second_factor, sessions, throttling
from accounts.forms import JoinForm

_SESSION_KEY = "accounts.invitation"

type View = Callable[..., HttpResponse]


def limited(kind: str, *, methods: tuple[str, ...] = ("POST",)) -> Callable[[View], View]:
    """Let one network send no more than so many forms of this kind, or of other requests that write something."""

    def decorate(view: View) -> View:
        @wraps(view)
        def counted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method in methods and not throttling.may(throttling.requests(request, kind)):
                return respond_429(request)
            return view(request, *args, **kwargs)

        return counted

    return decorate


def sign_in(request: HttpRequest) -> HttpResponse:
    """Lead whoever has signed in, and has to set up a second factor before anything else, to where that is done."""
    return redirect("mfa_index") if sessions.owing(request) else account.login(request)


reset_password = limited("reset")(account.password_reset)
# What a key is to sign is kept in a session, so asking for it writes a row.
use_passkey = limited("passkey-question", methods=("GET", "HEAD"))(
    limited("passkey")(passkeys.login_webauthn)
)


@require_http_methods(["POST"])
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End every session of whoever asks: this one, and the one on the telephone that was lost."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    people.sign_out_everywhere(request.user, now=timezone.now())
    logout(request)
    messages.success(request, "You are signed out on every device.")
    return redirect("account_login")


@require_http_methods(["GET", "HEAD"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Keep the token in the session and go on without it, so that it is not in any Referer."""
    if invitations.invited(token) is None:
        return _no_longer_good(request)
    request.session[_SESSION_KEY] = token
    return redirect("accounts_join")


@sensitive_post_parameters("password1", "password2")
@limited("link")
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


class FactorsView(IndexView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        needed = second_factor.is_required_of(self.request.user)
        return {**super().get_context_data(**kwargs), "is_needed": needed}


class ResetFromKeyView(account.PasswordResetFromKeyView):
    def render_to_response(self, context: dict[str, Any], **response_kwargs: Any) -> HttpResponse:
        if context.get("token_fail"):
            response_kwargs["status"] = 404
        return super().render_to_response(context, **response_kwargs)


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _no_longer_good(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/invitation_over.html", status=404)
