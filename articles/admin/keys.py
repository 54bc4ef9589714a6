"""Keys of rows as forms post them. Databases choke on numbers of thirty digits, which only forgers send."""

from typing import Any

from django import forms


def is_key(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19


class Choices(forms.ModelMultipleChoiceField):
    """Several rows; a key that is none is refused like one that is unknown."""

    def clean(self, value: Any) -> Any:
        for forged in (str(one) for one in value or [] if not is_key(str(one))):
            raise forms.ValidationError(self.error_messages["invalid_choice"], params={"value": forged[:20]})
        return super().clean(value)
