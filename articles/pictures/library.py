"""The picture library: how a picture gets in, all at once or not at all, and how it goes again.

The rest of this package knows files only; this module knows the Image model and its storage.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.db import transaction

from accounts.models import User
from articles.models.images import Image
from articles.pictures import renditions
from articles.pictures.intake import Accepted, Readable, accept


def add(upload: Readable, *, by: User | None, **fields: Any) -> Image:
    """Check an upload and store it with every size readers get. Raises Refused; then nothing is left behind.

    `fields` are the Image's words and licence; what is missing or empty is taken from the file's own metadata.
    """
    return store(accept(upload), by=by, **fields)


def store(accepted: Accepted, *, by: User | None, **fields: Any) -> Image:
    """Store a master that was accepted before, as `add` does."""
    image = Image(
        width=accepted.width,
        height=accepted.height,
        format=accepted.format,
        byte_size=len(accepted.data),
        sha256=accepted.sha256,
        uploaded_by=by,
        **_words(accepted, fields),
    )
    try:
        with transaction.atomic():
            _write(image, accepted)
            image.save()
    except BaseException:
        _delete(image)
        raise
    return image


def remove(image: Image) -> None:
    """Delete a picture nothing names any more; its files go once the deletion is certain. Raises ProtectedError."""
    with transaction.atomic():
        gone = Image(key=image.key, file=image.file.name, width=image.width)
        image.delete()
        transaction.on_commit(lambda: _delete(gone))


def _words(accepted: Accepted, fields: dict[str, Any]) -> dict[str, Any]:
    offered = accepted.suggestions
    words = {"caption": offered.caption, "credit": offered.credit, "licence_holder": offered.rights}
    if not fields.get("decorative"):
        words["alt"] = offered.alt
    return words | {name: value for name, value in fields.items() if value not in ("", None)}


def _write(image: Image, accepted: Accepted) -> None:
    """Sizes first and the master last: a picture with a master has them all."""
    for width in renditions.widths_for(accepted.width):
        made = ContentFile(renditions.make(accepted.data, width))
        _storage(image).save(renditions.path(image.key, renditions.spec(width)), made)
    extension = {"JPEG": "jpg", "PNG": "png"}[accepted.format]
    image.file.save(f"master.{extension}", ContentFile(accepted.data), save=False)


def _delete(image: Image) -> None:
    for name in _names(image):
        _storage(image).delete(name)


def _names(image: Image) -> Iterator[str]:
    yield from (
        renditions.path(image.key, renditions.spec(width)) for width in renditions.widths_for(image.width)
    )
    if image.file.name:
        yield image.file.name


def _storage(image: Image) -> Storage:
    return image.file.storage
