"""Several pictures at once: each is checked and stored by itself and gets an answer of its own.

Without JavaScript it is one form with one answer for all of its files; static/desk/uploading.js sends them one by one.
"""

from dataclasses import dataclass
from typing import Any

import structlog
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse

from articles.admin.image_forms import ACCEPTS, TAKEN
from articles.admin.picker_address import in_picker, kept, picker_url
from articles.admin.picture_uses import already_told
from articles.models import Image
from articles.outages import is_s3_outage
from articles.pictures import library
from articles.pictures.intake import Refused, accept

log = structlog.get_logger(__name__)

NOT_STORED = "This picture could not be stored: the place for pictures does not answer. Try it again later."

#: Files of one request, so that it ends before the server's patience does.
MOST = 20


@dataclass(frozen=True)
class Answer:
    """What became of one file: taken, refused with a sentence, or there already."""

    name: str
    state: str
    image: Image | None = None
    sentence: str = ""


def upload_view(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("articles.add_image"):
        raise PermissionDenied
    if request.method != "POST":
        return _page(request)
    answers, problem = taken_in(request)
    if request.headers.get("Accept") == "application/json":
        return _for_script(request, answers, problem)
    stored = pictures_of(answers)
    if stored and len(stored) == len(answers):
        return HttpResponseRedirect(words_url(request, stored))
    return _page(request, answers, problem)


def taken_in(request: HttpRequest) -> tuple[list[Answer], str]:
    """An answer for each file; or none, and the sentence that says why not."""
    files = request.FILES.getlist("files")
    if not files:
        return [], "Choose a file first."
    if len(files) > MOST:
        return [], f"These are {len(files)} files. Choose at most {MOST} at once: none of them was taken."
    keep_both = request.POST.get("keep_both") == "on"
    return [_answer(file, request.user, keep_both=keep_both) for file in files], ""


def pictures_of(answers: list[Answer]) -> list[Image]:
    return [answer.image for answer in answers if answer.state == "taken" and answer.image]


def words_url(request: HttpRequest, images: list[Image]) -> str:
    pictures = ",".join(str(image.pk) for image in images)
    return f"{reverse('admin:articles_image_words')}?{kept(request, pictures=pictures)}"


def _answer(file: Any, user: Any, *, keep_both: bool) -> Answer:
    try:
        accepted = accept(file)
    except Refused as refused:
        return Answer(file.name, "refused", sentence=refused.sentence)
    known = None if keep_both else Image.objects.of_file(accepted.sha256).first()
    if known is not None:
        return Answer(file.name, "known", known)
    try:
        return Answer(file.name, "taken", library.store(accepted, by=user))
    except Exception as fault:
        if not is_s3_outage(fault):
            raise
        log.exception("a picture could not be stored")
        return Answer(file.name, "refused", sentence=NOT_STORED)


def told(request: HttpRequest, answers: list[Answer]) -> list[dict[str, Any]]:
    """The answers as templates print them; of a file that is there already also where it is used."""
    rows = []
    for answer in answers:
        row: dict[str, Any] = {"answer": answer}
        if answer.image:
            row |= already_told(answer.image, request.user)  # type: ignore[arg-type]
            row["use_url"] = picker_url(request, new=answer.image.key) if in_picker(request) else ""
        rows.append(row)
    return rows


def _for_script(request: HttpRequest, answers: list[Answer], problem: str) -> JsonResponse:
    if problem:
        return JsonResponse({"state": "refused", "sentence": problem}, status=422)
    row = told(request, answers[:1])[0]
    html = render_to_string("admin/articles/image/_upload_answer.html", row, request)
    image = answers[0].image
    return JsonResponse({"state": answers[0].state, "html": html, "pk": image.pk if image else None})


def _page(request: HttpRequest, answers: list[Answer] | None = None, problem: str = "") -> TemplateResponse:
    stored = pictures_of(answers or [])
    context = {
        **admin.site.each_context(request),
        "title": "Upload pictures",
        "is_popup": in_picker(request),
        "picker": picker_url(request) if in_picker(request) else "",
        "words_start": words_url(request, []),
        "answers": told(request, answers or []),
        "known": any(answer.state == "known" for answer in answers or []),
        "problem": problem,
        "words_url": words_url(request, stored) if stored else "",
        "stored": len(stored),
        "accepts": ACCEPTS,
        "taken": TAKEN,
        "most": MOST,
    }
    status = 422 if problem or (answers and not stored) else 200
    return TemplateResponse(request, "admin/articles/image/upload.html", context, status=status)
