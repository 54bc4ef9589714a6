"""How far the worker is with the sizes of a picture: told on its page, and tried again by a button there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from articles.admin.alarm_box import MOST, Alarm, Line
from articles.desk import heartbeat
from articles.models import Image, Rendition
from articles.models.renditions import MOST_ATTEMPTS
from articles.pictures import developing

FORMATS = {"avif": "AVIF", "webp": "WebP", "jpg": "JPEG"}

#: What ails a picture, by what a stored fault says.
_REASONS = (
    ("FileNotFoundError", "The stored file of the picture is missing. Ask whoever runs the site."),
    ("UnidentifiedImageError", "The stored file of the picture is damaged. Upload the picture again."),
    ("MemoryError", "The machine had too little memory for it."),
    ("PermissionError", "The worker may not write where pictures are kept. Ask whoever runs the site."),
    ("No space left", "There was no room left where pictures are kept. Ask whoever runs the site."),
)


@dataclass(frozen=True)
class Fault:
    """Sizes that were not made for one reason. `given_up` where nobody tries them again by itself."""

    sizes: str
    reason: str
    attempts: int
    given_up: bool


@dataclass(frozen=True)
class Progress:
    """What is there of a picture, and what is not."""

    made: int
    of: int
    faults: list[Fault]
    no_worker: bool

    @property
    def is_whole(self) -> bool:
        return self.made == self.of

    @property
    def given_up(self) -> bool:
        return any(fault.given_up for fault in self.faults)


def progress(image: Image, now: datetime) -> Progress:
    """One query, and one more while something is missing."""
    rows = list(Rendition.objects.of(image).order_by("extension", "width"))
    missing = [row for row in rows if row.made_at is None]
    age = heartbeat.age(now) if missing else None
    return Progress(
        made=len(rows) - len(missing),
        of=len(rows),
        faults=_faults(missing),
        no_worker=bool(missing) and (age is None or age > heartbeat.DEAD_AFTER),
    )


def failed_alarm(now: datetime) -> Alarm | None:
    """Pictures whose sizes were given up. One query."""
    failed = Rendition.objects.failed().values("image")
    images = list(Image.objects.filter(pk__in=failed).order_by("-pk")[: MOST + 1])
    if not images:
        return None
    return Alarm(
        "Pictures whose sizes could not all be made",
        [
            Line(reverse("admin:articles_image_change", args=[image.pk]), str(image))
            for image in images[:MOST]
        ],
        "Readers get another size instead. The picture's own page says why, and has the button to try again.",
        more=len(images) > MOST,
    )


class ImageSizes(admin.ModelAdmin[Image]):
    """The part of a picture's page that tells of its sizes."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.try_sizes_again)
        return [path("<int:pk>/sizes/", view, name="articles_image_sizes"), *super().get_urls()]

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if context["original"] is not None:
            context["sizes"] = progress(context["original"], timezone.now())
        return super().render_change_form(request, context, *args, **kwargs)

    def try_sizes_again(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask the worker once more for what was given up."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        image = Image.objects.filter(pk=pk).first()
        if image is None:
            raise Http404("There is no such picture.")
        with transaction.atomic():
            sizes = developing.order_again(image, timezone.now())
            if sizes:
                self.log_change(request, image, f"Asked for {_counted(sizes)} to be made again.")
        if sizes:
            messages.success(request, f"{_counted(sizes).capitalize()} will be tried again within a minute.")
        else:
            messages.info(request, "There is nothing to try again: no size of this picture was given up.")
        url = reverse("admin:articles_image_change", args=[image.pk])
        return HttpResponseRedirect(url, status=HTTPStatus.SEE_OTHER)


def _counted(sizes: int) -> str:
    return "1 size" if sizes == 1 else f"{sizes} sizes"


def _faults(missing: Iterable[Rendition]) -> list[Fault]:
    """Those that were tried and are not there, together where they failed alike."""
    alike: dict[tuple[str, int], list[str]] = {}
    for row in missing:
        if row.error or row.attempts >= MOST_ATTEMPTS:
            name = f"{FORMATS.get(row.extension, row.extension)} {row.width}"
            alike.setdefault((reason(row.error), row.attempts), []).append(name)
    return [
        Fault(", ".join(sizes), why, attempts, given_up=attempts >= MOST_ATTEMPTS)
        for (why, attempts), sizes in alike.items()
    ]


def reason(error: str) -> str:
    """Say in the desk's words what a stored fault means."""
    if not error:
        return "The worker was stopped each time before it was done."
    for mark, words in _REASONS:
        if mark in error:
            return words
    return f"Something unforeseen went wrong: {error}"
