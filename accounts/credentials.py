"""Reads what a browser posts of a passkey or security key; what cannot be read is refused like a wrong code."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from fido2.webauthn import AuthenticationResponse, RegistrationResponse


class CredentialField(forms.JSONField):
    """JSON that the library for keys can take apart: of anything else it raises whatever its reading came upon."""

    def __init__(self, kind: type[AuthenticationResponse | RegistrationResponse]) -> None:
        super().__init__(widget=forms.HiddenInput)
        self._kind = kind

    def to_python(self, value: Any) -> Any:
        try:
            found = super().to_python(value)
            if found is not None:
                self._kind.from_dict(found)
        except Exception as fault:
            raise get_adapter().validation_error("incorrect_code") from fault
        return found

    def bound_data(self, data: Any, initial: Any) -> Any:
        """A key signs anew each time: what was refused is not posted again."""
        return initial


class SignInByKeyForm(webauthn_forms.LoginWebAuthnForm):
    credential = CredentialField(AuthenticationResponse)


class KeyAsSecondFactorForm(webauthn_forms.AuthenticateWebAuthnForm):
    credential = CredentialField(AuthenticationResponse)


class KeyAgainForm(webauthn_forms.ReauthenticateWebAuthnForm):
    credential = CredentialField(AuthenticationResponse)
