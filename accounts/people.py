"""What may not be done to people's accounts, whoever asks; and signing somebody out everywhere."""

from datetime import datetime

from django.db import models

from accounts.models import User
from accounts.roles import Role

OWN_ROLE = "You cannot take the administrator role from yourself. Ask another administrator to."
OWN_ACCOUNT = "You cannot deactivate your own account. Ask another administrator to."
LAST_ADMINISTRATOR = (
    "Nobody would be left to look after people and settings. Make somebody else an administrator first."
)


def objections(person: User, *, role: str, is_active: bool, by: User) -> dict[str, str]:
    """Say, field by field, why this person may not be given this role and standing.

    Locks the administrators' rows, so that two of them cannot remove each other at one moment;
    call it inside a transaction.
    """
    if person.pk == by.pk:
        return _objections_to_own(role, is_active)
    was = User.objects.filter(pk=person.pk).values_list("role", "is_active").first()
    stays = role == Role.ADMINISTRATOR and is_active
    if was != (Role.ADMINISTRATOR, True) or stays or _another_administrator(person):
        return {}
    return {"role" if is_active else "is_active": LAST_ADMINISTRATOR}


def sign_out_everywhere(person: User, *, now: datetime) -> None:
    """End every session of this person, for good."""
    person.signed_out_at = now
    person.save(update_fields=["signed_out_at"])


def _objections_to_own(role: str, is_active: bool) -> dict[str, str]:
    found = {}
    if role != Role.ADMINISTRATOR:
        found["role"] = OWN_ROLE
    if not is_active:
        found["is_active"] = OWN_ACCOUNT
    return found


def _another_administrator(person: User) -> bool:
    active = User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).order_by("pk")
    return any(other != person.pk for other in _locked_keys(active))


def _locked_keys(people: "models.QuerySet[User]") -> list[int]:
    return list(people.select_for_update().values_list("pk", flat=True))
