"""Renditions: the files made of a picture, one a width and format, and how far the worker is with them."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from articles.models.images import Image

#: After this many attempts a size is left alone until somebody asks for it again.
MOST_ATTEMPTS = 6


class RenditionQuerySet(models.QuerySet["Rendition"]):
    def of(self, image: Image) -> Self:
        return self.filter(image=image)

    def made(self) -> Self:
        return self.filter(made_at__isnull=False)

    def waiting(self) -> Self:
        """Not there yet, and not given up."""
        return self.filter(made_at__isnull=True, attempts__lt=MOST_ATTEMPTS)

    def failed(self) -> Self:
        return self.filter(made_at__isnull=True, attempts__gte=MOST_ATTEMPTS)

    def due(self, now: datetime) -> Self:
        return self.waiting().filter(next_try_at__lte=now)

    def leased_until(self, moment: datetime) -> Self:
        """What a worker has in hand that claimed it until then."""
        return self.filter(made_at__isnull=True, next_try_at=moment)


class Rendition(models.Model):
    """One file that readers may get of a picture, asked for when the picture arrives and made when there is time.

    The row is the record of what is there: a file without `made_at` may be half written, and is never served.
    """

    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="renditions")
    width = models.PositiveIntegerField()
    extension = models.CharField(max_length=4)
    byte_size = models.PositiveIntegerField(null=True)
    made_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    #: When it may be tried; while somebody makes it, when it may be taken for abandoned.
    next_try_at = models.DateTimeField()
    error = models.CharField(max_length=300, blank=True)

    objects = RenditionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "extension", "width"], name="one_rendition_a_width_and_format"
            )
        ]
        indexes = [models.Index(fields=["next_try_at"], name="renditions_to_make", condition=Q(made_at=None))]

    def __str__(self) -> str:
        return f"w{self.width}.{self.extension}"
