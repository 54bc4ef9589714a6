"""The demo's staff: one person for each role and a second where two are needed. All of them are invented."""

import os
import secrets
from dataclasses import dataclass, field

from accounts.models import Role, User

PEOPLE = {
    "contributor": ("Sunniva Harcastle", Role.CONTRIBUTOR),
    "editor": ("Callum Drayside", Role.EDITOR),
    "second.editor": ("Ishani Velloor", Role.EDITOR),
    "manager": ("Maren Oakhill", Role.MANAGER),
    "second.manager": ("Hollis Tarrant", Role.MANAGER),
    "administrator": ("Wilmot Peake", Role.ADMINISTRATOR),
}


@dataclass
class Staff:
    """Who works here, by the part of the address before the @, and whom this run hired."""

    people: dict[str, User]
    password: str
    hired: list[User] = field(default_factory=list)

    def __getitem__(self, name: str) -> User:
        return self.people[name]

    def named(self, name: str) -> User | None:
        return next((user for user in self.people.values() if user.name == name), None)


def hire() -> Staff:
    """Make those who are not there yet, with one password; nobody's password is changed."""
    staff = Staff({}, password=os.environ.get("DEMO_PASSWORD") or secrets.token_urlsafe(9))
    for address, (name, role) in PEOPLE.items():
        email = f"{address}@newsroom.example"
        user = User.objects.filter(email=email).first()
        if user is None:
            user = User.objects.create_user(email, staff.password, name=name, role=role)
            staff.hired.append(user)
        staff.people[address] = user
    return staff
