"""The proof of a picture's licence as a file: for those who may change pictures, and only to be kept, never shown."""

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404

from articles.models import Image
from articles.pictures.proofs import TYPES


def proof_file(request: HttpRequest, pk: int) -> FileResponse:
    """An attachment under a name of ours: it came from somewhere else, and nothing in it is to run here."""
    if not request.user.has_perm("articles.change_image"):
        raise PermissionDenied
    image = get_object_or_404(Image, pk=pk)
    extension = str(image.licence_file.name).rpartition(".")[2]
    if extension not in TYPES:
        raise Http404("There is no proof as a file.")
    try:
        stored = image.licence_file.open("rb")
    except FileNotFoundError as missing:
        raise Http404("The proof's file is missing.") from missing
    response = FileResponse(
        stored,
        as_attachment=True,
        filename=f"licence-of-picture-{image.pk}.{extension}",
        content_type=TYPES[extension],
    )
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
