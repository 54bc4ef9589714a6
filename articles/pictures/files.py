"""The files of a picture in storage: written whole, found by what its rows say is there, and deleted."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.files.base import ContentFile
from django.core.files.storage import Storage

from articles.models.images import Image
from articles.models.renditions import Rendition
from articles.pictures import renditions
from articles.pictures.renditions import PLAIN, Size


def put(image: Image, size: Size, data: bytes) -> None:
    """Write one size over whatever an interrupted attempt left of it."""
    name, shelf = renditions.path_of(image.key, size), storage(image)
    shelf.delete(name)
    written = shelf.save(name, ContentFile(data))
    if written != name:  # somebody wrote it in between: theirs is the same file
        shelf.delete(written)


def nearest(key: str, size: Size) -> Size | None:
    """What is there of a picture for this size: itself, or the plain one that best stands in for it."""
    made = [
        Size(*row)
        for row in Rendition.objects.made().filter(image__key=key).values_list("extension", "width")
    ]
    return size if size in made else stand_in(made, size.width)


def stand_in(made: Iterable[Size], width: int) -> Size | None:
    """The smallest plain file that is wide enough, or the widest."""
    plain = sorted(each.width for each in made if each.extension == PLAIN)
    wide = [each for each in plain if each >= width] or plain[-1:]
    return Size(PLAIN, wide[0]) if wide else None


def delete(image: Image) -> None:
    """Delete every file of a picture, those that nobody knows of as well."""
    delete_folder(storage(image), image.key)


def delete_folder(shelf: Storage, key: str) -> None:
    """Delete what is kept under a key, the master last."""
    folder = renditions.folder(key)
    try:
        _, names = shelf.listdir(folder)
        for name in sorted(names, key=lambda name: name.startswith("master.")):
            shelf.delete(f"{folder}/{name}")
        shelf.delete(folder)
    except FileNotFoundError:
        pass  # there was none, or another process was quicker


def storage(image: Image) -> Storage:
    return image.file.storage
