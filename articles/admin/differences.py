"""Differences as the desk shows them: codes in words, and a small copy of every picture beside its key."""

from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString

from articles.differences.difference import Change, Public, change, difference
from articles.differences.html import told
from articles.models import ChangeKind, Kind

NAMES = {
    "kind": {str(code): str(label) for code, label in Kind.choices},
    "change_kind": {kind.value: kind.word for kind in ChangeKind},
}


def between(before: Public, after: Public) -> SafeString:
    """Everything that readers would get differently; empty where that is nothing."""
    return told(difference(before, after, names=NAMES), thumbnail=thumbnail)


def of_field(name: str, before: Any, after: Any, *, label: str = "") -> Change:
    return change(name, before, after, label=label, names=NAMES)


def thumbnail(key: str) -> str:
    return reverse("admin:articles_image_file", args=[key, "w320"])
