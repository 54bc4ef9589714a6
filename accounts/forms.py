"""allauth's forms in our words: a label above each field, a hint where one helps, no placeholders."""

from collections.abc import Iterator
from contextlib import contextmanager
from textwrap import wrap
from typing import Any

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.utils import timezone
from fido2.webauthn import RegistrationResponse

from accounts import attempts, throttling
from accounts.addresses import normalise
from accounts.credentials import CredentialField
from accounts.models import User


class _Plain(forms.Form):
    """A form without placeholders; ``words`` holds each field's label, hint and demand."""

    words: dict[str, tuple[str, str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in self.words:
                field.label, field.help_text, field.error_messages["required"] = self.words[name]


_WHO = "Enter your e-mail address."
_PASSWORD = "Enter your password."  # noqa: S105
_ENTER_CODE = "Enter the code."
_NEW_PASSWORD = (
    "New password",
    "At least 12 characters. Three or four unrelated words are easy to remember and hard to guess.",
    "Choose a new password.",
)
_AGAIN = ("The same password again", "", "Enter the new password a second time.")


class SignInForm(_Plain, allauth_forms.LoginForm):
    words = {
        "login": ("E-mail address", "", _WHO),
        "password": ("Password", "", _PASSWORD),
        "remember": ("Keep me signed in on this device", "", ""),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"

    def clean_login(self) -> str:
        return normalise(self.cleaned_data["login"])


class ResetPasswordForm(_Plain, allauth_forms.ResetPasswordForm):
    words = {"email": ("E-mail address", "The one you sign in with.", _WHO)}

    def clean_email(self) -> str:
        """Look in our own table only, and say nothing about what is found there."""
        email = normalise(self.cleaned_data["email"])
        self.users = list(User.objects.filter(email=email, is_active=True))
        return email


class ResetPasswordKeyForm(_Plain, allauth_forms.ResetPasswordKeyForm):
    words = {"password1": _NEW_PASSWORD, "password2": _AGAIN}

    def save(self) -> None:
        super().save()
        adapter = get_adapter()
        adapter.forget_failed_attempts(adapter.request, self.user)


class ChangePasswordForm(_Plain, allauth_forms.ChangePasswordForm):
    words = {
        "oldpassword": ("Current password", "", "Enter your current password."),
        "password1": _NEW_PASSWORD,
        "password2": _AGAIN,
    }

    def clean_oldpassword(self) -> str:
        with _guess_of(self.user, "password"):
            return str(super().clean_oldpassword())


class SetPasswordForm(_Plain, allauth_forms.SetPasswordForm):
    words = {"password1": _NEW_PASSWORD, "password2": _AGAIN}


class ReauthenticateForm(_Plain, allauth_forms.ReauthenticateForm):
    words = {"password": ("Password", "", _PASSWORD)}


class _CodeForm(_Plain, mfa_forms.BaseAuthenticateForm):
    """Asks for a code of the kinds that this person has; knows which other factor they could use."""

    words = {"code": ("Code", "One of your recovery codes.", _ENTER_CODE)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = set(Authenticator.objects.filter(user=self.user).values_list("type", flat=True))
        self.has_app = Authenticator.Type.TOTP in kinds
        self.has_key = Authenticator.Type.WEBAUTHN in kinds
        if self.has_app:
            self.fields[
                "code"
            ].help_text = "Six digits from your authenticator app, or one of your recovery codes."

    def clean_code(self) -> str:
        with _guess_of(self.user, "code"):
            return str(super().clean_code())


class SecondFactorForm(_CodeForm, mfa_forms.AuthenticateForm):
    """At sign-in."""


class SecondFactorAgainForm(_CodeForm, mfa_forms.ReauthenticateForm):
    """Before something that changes how the account is protected."""


class ActivateAppForm(_Plain, totp_forms.ActivateTOTPForm):
    words = {"code": ("Code", "The six digits that the app shows now.", _ENTER_CODE)}

    def secret_in_fours(self) -> str:
        """As somebody reads it from one screen and types it into another."""
        return " ".join(wrap(self.secret, 4))


class AddKeyForm(_Plain, webauthn_forms.AddWebAuthnForm):
    credential = CredentialField(RegistrationResponse)
    words = {
        "name": ("Name", "So that you tell it from others: “Telephone”, “Blue key”.", "Enter a name."),
        "passwordless": (
            "As a passkey",
            "It then signs you in by itself, without your password, and always asks for your fingerprint, face or PIN.",
            "",
        ),
    }


class RenameKeyForm(_Plain, webauthn_forms.EditWebAuthnForm):
    words = {"name": ("Name", "", "Enter a name.")}


@contextmanager
def _guess_of(person: User, kind: str) -> Iterator[None]:
    """Count what is typed as a guess, unless it is right."""
    adapter = get_adapter()
    guess = attempts.take(throttling.guesses(adapter.request, person.email, kind=kind), timezone.now())
    if guess is None:
        raise adapter.validation_error("too_many_codes" if kind == "code" else "too_many_login_attempts")
    yield
    attempts.give_back(guess)


class JoinForm(SetPasswordForm):
    """The first password, chosen by somebody who was invited."""
