"""The picture library: how a picture gets in, all at once or not at all, and how it goes again.

The rest of this package knows files only; this module knows the Image model and its storage.
"""

from __future__ import annotations

from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from articles.models.images import Image
from articles.pictures import developing, files, renditions
from articles.pictures.intake import Accepted, Readable, accept
from articles.pictures.renditions import Size


def add(upload: Readable, *, by: User | None, **fields: Any) -> Image:
    """Check an upload and store it with its first size; the worker makes the others.

    Raises Refused; then nothing is left behind.

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
            first = _write(image, accepted)
            image.save()
            developing.order(image, timezone.now(), made=[first])
    except BaseException:
        files.delete(image)
        raise
    return image


def remove(image: Image) -> None:
    """Delete a picture nothing names any more; its files go once the deletion is certain. Raises ProtectedError.

    What cannot be deleted then is swept up later (articles.pictures.sweeping).
    """
    with transaction.atomic():
        gone = Image(key=image.key)
        image.delete()
        transaction.on_commit(lambda: files.delete(gone), robust=True)


def _words(accepted: Accepted, fields: dict[str, Any]) -> dict[str, Any]:
    offered = accepted.suggestions
    words = {"caption": offered.caption, "credit": offered.credit, "licence_holder": offered.rights}
    if not fields.get("decorative"):
        words["alt"] = offered.alt
    return words | {name: value for name, value in fields.items() if value not in ("", None)}


def _write(image: Image, accepted: Accepted) -> tuple[Size, int]:
    """The first size and then the master: a picture with a master can be seen."""
    [(size, data)] = renditions.make(accepted.data, [renditions.first_size(accepted.width)])
    files.put(image, size, data)
    extension = {"JPEG": "jpg", "PNG": "png"}[accepted.format]
    image.file.save(f"master.{extension}", ContentFile(accepted.data), save=False)
    return size, len(data)
