"""Which e-mail addresses we write to: a plain name of ASCII before the @, any domain of the internet behind it."""

import unicodedata
from typing import Any

from django import forms

#: Characters, as a mail server is told it (RFC 5321, 4.5.3.1; RFC 3696, erratum 1690).
LONGEST = 254
_LONGEST_NAME = 64

_EXAMPLE = "Enter an e-mail address such as name@example.org."


class AddressField(forms.EmailField):
    """Gives one error at most, in words that say what to do."""

    default_error_messages = {
        "required": "Enter your e-mail address.",
        "invalid": _EXAMPLE,
        "max_length": f"Enter an e-mail address of at most {LONGEST} characters.",
        "null_characters_not_allowed": _EXAMPLE,
    }

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"})
        super().__init__(max_length=LONGEST, widget=widget, **kwargs)

    def clean(self, value: Any) -> str:
        try:
            return as_written(super().clean(value))
        except forms.ValidationError as problem:
            raise forms.ValidationError(problem.messages[-1:]) from problem

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What is shown again for mending: no page holds signs that cannot be written."""
        return "".join(filter(str.isprintable, data or ""))


def as_written(address: str) -> str:
    """The address as it is kept, with its domain in small letters. Raises ValidationError if no mail can go there."""
    name, _, domain = address.rpartition("@")
    domain = unicodedata.normalize("NFKC", domain).lower()
    if not (name.isascii() and name.isprintable()) or '"' in name or "." not in domain or "[" in domain:
        raise forms.ValidationError(_EXAMPLE)
    try:
        told = f"{name}@{domain.encode('idna').decode()}"
    except UnicodeError as problem:
        raise forms.ValidationError(_EXAMPLE) from problem
    if len(name) > _LONGEST_NAME or len(told) > LONGEST:
        raise forms.ValidationError(AddressField.default_error_messages["max_length"])
    return f"{name}@{domain}"
