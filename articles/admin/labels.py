"""How the desk's forms label their fields."""

from typing import Any

from django import forms
from django.db import models


class LabelledForm[M: models.Model](forms.ModelForm[M]):
    """Labels without Django's colon: they stand above their fields."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
