"""What an address may ask of a list in the admin: its own filters, and nothing else.

The stock admin filters by any column that an address names, and so by what no page shows: letter by letter it tells
a person's password hash (`?password__startswith=…`), and a number no database holds brings it down.
"""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

_WAYS = ("", "__exact", "__isnull")


class OwnFilters(admin.ModelAdmin[Any]):
    """A list that answers 400 to a filter that does not stand beside it."""

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        return lookup in {name for known in self.get_list_filter(request) for name in _names(known)}


def _names(known: Any) -> list[str]:
    """What stands in an address for one entry of `list_filter`: a field's name, or a filter of ours."""
    if isinstance(known, str):
        return [known + way for way in _WAYS]
    return [known.parameter_name]
