"""Pictures as staff see them: any picture of the library, published or not, for signed-in people only."""

import re
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest

from articles.body.schema import KEY
from articles.models import Image
from articles.pictures import files, renditions
from articles.pictures.renditions import Size

_SPEC = re.compile(r"^w([1-9][0-9]{0,4})$")
#: A picture's file never changes under its key; `private` keeps it out of shared caches.
_CACHE = "private, max-age=86400, immutable"
#: Unless a smaller one stands in for one that is being made.
_SHORT = "private, max-age=60"


def image_file(request: HttpRequest, key: str, spec: str) -> FileResponse:
    """The stored size nearest above what was asked for, or the widest there is. 404 for anything else."""
    if not request.user.has_perm("articles.view_image"):
        raise PermissionDenied
    asked = _SPEC.match(spec)
    image = Image.objects.filter(key=key).first() if KEY.match(key) else None
    if asked is None or image is None:
        raise Http404("There is no such picture.")
    there = files.nearest(key, Size(renditions.PLAIN, int(asked[1])))
    if there is None:
        raise Http404("No size of this picture is made yet.")
    return _answer(image, there, cache=_CACHE if there.width >= int(asked[1]) else _SHORT)


def _answer(image: Image, size: Size, *, cache: str) -> FileResponse:
    try:
        stored: Any = image.file.storage.open(renditions.path_of(image.key, size))
    except FileNotFoundError as missing:
        raise Http404("The file of this picture is missing.") from missing
    return FileResponse(stored, content_type="image/jpeg", headers={"Cache-Control": cache})
