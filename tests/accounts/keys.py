"""A passkey as a browser hands it over when it is set up, for tests that need no browser."""

from hashlib import sha256
from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

from accounts.models import User

SITE = "testserver"


def with_key(person: User, name: str = "Blue <b>key") -> Authenticator:
    return Authenticator.objects.create(
        user=person, type="webauthn", data={"name": name, "passwordless": True, "credential": _registered()}
    )


def _registered() -> dict[str, Any]:
    number = b"a key's own number"
    public = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    said = AuthenticatorData.create(
        sha256(SITE.encode()).digest(),
        AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT,
        0,
        AttestedCredentialData.create(bytes(16), number, public),
    )
    client = CollectedClientData.create(CollectedClientData.TYPE.CREATE, b"challenge", f"https://{SITE}")
    return {
        "id": websafe_encode(number),
        "rawId": websafe_encode(number),
        "type": "public-key",
        "response": {
            "clientDataJSON": websafe_encode(client),
            "attestationObject": websafe_encode(AttestationObject.create("none", said, {})),
        },
        "clientExtensionResults": {"credProps": {"rk": True}},
    }
