"""Files that are gone with the process, for tests and trials."""

from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage


class MemoryStorage(InMemoryStorage):
    """Django's own, but whoever reads has a place of their own in the file.

    There all share one: of two readers at the same time one gets an answer that ends too soon.
    """

    def _open(self, name: str, mode: str = "rb") -> Any:
        opened = super()._open(name, mode)  # type: ignore[misc]  # the stubs leave it out
        if mode.strip("bt") != "r":
            return opened
        return ContentFile(opened.file.getvalue(), name=name)
