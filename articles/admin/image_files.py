"""Pictures as staff see them: any picture of the library, published or not, for signed-in people only."""

import re
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest

from articles.body.schema import KEY
from articles.models import Image
from articles.pictures import renditions

_SPEC = re.compile(r"^w([1-9][0-9]{0,4})$")
#: A picture's file never changes under its key; `private` keeps it out of shared caches.
_CACHE = "private, max-age=86400, immutable"


def image_file(request: HttpRequest, key: str, spec: str) -> FileResponse:
    """The stored size nearest above what was asked for, or the widest there is. 404 for anything else."""
    if not request.user.has_perm("articles.view_image"):
        raise PermissionDenied
    asked = _SPEC.match(spec)
    image = Image.objects.filter(key=key).first() if KEY.match(key) else None
    if asked is None or image is None:
        raise Http404("There is no such picture.")
    return _answer(image, _nearest(image, int(asked[1])))


def _nearest(image: Image, width: int) -> int:
    widths = renditions.widths_for(image.width)
    return min((made for made in widths if made >= width), default=max(widths))


def _answer(image: Image, width: int) -> FileResponse:
    name = renditions.path(image.key, renditions.spec(width))
    try:
        stored: Any = image.file.storage.open(name)
    except FileNotFoundError as missing:
        raise Http404("The file of this picture is missing.") from missing
    return FileResponse(stored, content_type="image/jpeg", headers={"Cache-Control": _CACHE})
