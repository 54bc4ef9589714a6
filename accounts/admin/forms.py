"""The two forms with which an administrator adds and changes people."""

from typing import Any

from django import forms

from accounts import people
from accounts.models import User


class _PersonForm(forms.ModelForm[User]):
    def clean_name(self) -> str:
        """Names go into mails and bylines: one line, no control characters."""
        name = " ".join(self.cleaned_data["name"].split())
        if not name.isprintable():
            raise forms.ValidationError("A name cannot hold control characters.")
        return name


class InviteForm(_PersonForm):
    """Somebody new: no password, that is for them to choose."""

    class Meta:
        model = User
        fields = ("name", "email", "role")
        help_texts = {"email": "They get a link there, good for seven days, to choose a password."}


class PersonForm(_PersonForm):
    """Somebody who is here already. ``acting`` is set by the admin to who is asking."""

    acting: User

    class Meta:
        model = User
        fields = ("name", "email", "role", "is_active")
        help_texts = {"role": "A new role signs them out everywhere, and counts at once."}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        role = cleaned.get("role", self.instance.role)
        is_active = cleaned.get("is_active", self.instance.is_active)
        found = people.objections(self.instance, role=role, is_active=is_active, by=self.acting)
        for field, sentence in found.items():
            self.add_error(field, sentence)
        return cleaned
