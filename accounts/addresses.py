"""The one spelling in which a sign-in address is stored and looked up."""

import unicodedata
from typing import Any

from django.db import models


def normalise(address: str) -> str:
    """Fold case and width, so that one mailbox can have one account only.

    The last ``lower()`` matters for the few letters (Cherokee) whose case folding is upper case:
    the database insists on lower case.
    """
    folded = unicodedata.normalize("NFKC", address).casefold()
    return unicodedata.normalize("NFKC", folded).lower().strip()


class AddressField(models.EmailField):
    """An e-mail address that is normalised on its way into the database and into every lookup."""

    def to_python(self, value: Any) -> Any:
        return _normalised(super().to_python(value))

    def get_prep_value(self, value: Any) -> Any:
        return _normalised(super().get_prep_value(value))

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = _normalised(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value


def _normalised(value: Any) -> Any:
    return normalise(value) if isinstance(value, str) else value
