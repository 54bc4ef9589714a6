"""The mail providers that EMAIL_URL may name, and what each wants to be told by its address and its secret.

One row a provider: PROVIDER://KEY@PLACE. The first option is the key (with ":" a second one), the last what stands
behind the "@", where the provider has such a thing. `secret` is the setting of Anymail's that MAIL_WEBHOOK_SECRET
fills: a key that signs what the provider reports, or else the password that it sends along.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote

type Settings = dict[str, Any]

#: Whom a provider signs in as that reports with a password.
REPORTER = "newsroom"


@dataclass(frozen=True)
class Provider:
    module: str
    key: tuple[str, ...] = ("api_key",)
    place: str = ""
    secret: str = "WEBHOOK_SECRET"  # noqa: S105
    #: The hosts of its regions, for ?region=.
    regions: Mapping[str, str] = field(default_factory=dict)
    needs: str = "anymail"


PROVIDERS: dict[str, Provider] = {
    "postmark": Provider("postmark", key=("server_token",)),
    "mailgun": Provider(
        "mailgun",
        place="sender_domain",
        secret="MAILGUN_WEBHOOK_SIGNING_KEY",  # noqa: S106
        regions={"us": "https://api.mailgun.net/v3", "eu": "https://api.eu.mailgun.net/v3"},
    ),
    "brevo": Provider("brevo"),
    "resend": Provider("resend"),
    "sendgrid": Provider("sendgrid", secret="SENDGRID_TRACKING_WEBHOOK_VERIFICATION_KEY"),  # noqa: S106
    "ses": Provider(
        "amazon_ses",
        key=("aws_access_key_id", "aws_secret_access_key"),
        place="region_name",
        needs="boto3",
    ),
}


def mailer(parts: SplitResult) -> Settings:
    """Give the MAILERS entry; raise ValueError with a sentence that says what to write instead."""
    provider = PROVIDERS[parts.scheme]
    options = {**_keys(provider, parts), **_region(provider, parts)}
    if provider.module == "amazon_ses":
        options = {"client_params": options}
    return {"BACKEND": _backend(provider), "OPTIONS": options}


def provider_of(mailer: Settings) -> str:
    """The name of the provider that a MAILERS entry is of; none for SMTP and files."""
    names = {_backend(provider): name for name, provider in PROVIDERS.items()}
    return names.get(mailer["BACKEND"], "")


def anymail(name: str, secret: str, options: Settings) -> Settings:
    """Give the ANYMAIL setting, which is read where the provider reports. Without a secret nobody may."""
    if not name or not secret:
        return {}
    told: Settings = {PROVIDERS[name].secret: secret}
    if PROVIDERS[name].secret == "WEBHOOK_SECRET":  # noqa: S105
        told["WEBHOOK_SECRET"] = f"{REPORTER}:{secret}"
    if name == "ses":
        told["AMAZON_SES_CLIENT_PARAMS"] = options["client_params"]
    return told


def _backend(provider: Provider) -> str:
    return f"anymail.backends.{provider.module}.EmailBackend"


def _keys(provider: Provider, parts: SplitResult) -> Settings:
    # Not hostname: that would fold the case of a key.
    before, _, behind = parts.netloc.rpartition("@")
    keys, place = (before, behind) if before else (behind, "")
    given = [unquote(key) for key in keys.split(":")]
    if len(given) != len(provider.key) or not all(given):
        wanted = ":".join(name.upper() for name in provider.key)
        raise ValueError(f"names no key: {parts.scheme}://{wanted}" + ("@…" if provider.place else ""))
    if place and not provider.place:
        raise ValueError(f"has something behind the “@”: {parts.scheme}:// takes a key only")
    options: Settings = dict(zip(provider.key, given, strict=True))
    return options | ({provider.place: unquote(place)} if place else {})


def _region(provider: Provider, parts: SplitResult) -> Settings:
    query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    region = query.pop("region", "") if provider.regions else ""
    if query:
        raise ValueError(f"has an option nobody reads: {', '.join(sorted(query))}")
    if region and region not in provider.regions:
        raise ValueError(f"names a region that is none of {', '.join(provider.regions)}")
    return {"api_url": provider.regions[region]} if region else {}
