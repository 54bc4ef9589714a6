"""Developing: the worker makes the sizes of a picture, one picture at a time, and tries again what failed.

A size is claimed by a lease in its row, so several workers share the work, and what a killed one had in hand is
taken up when the lease is over. Nothing is locked while a picture is encoded.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from time import monotonic

import structlog
from django.db.models import F
from django.utils import timezone

from articles.models.images import Image
from articles.models.renditions import MOST_ATTEMPTS, Rendition
from articles.pictures import files, renditions
from articles.pictures.renditions import Size

log = structlog.get_logger(__name__)

#: Many times what the largest picture takes; then whoever had it is taken for dead.
LEASE = timedelta(minutes=5)
#: Seconds of this in one round of the worker, before its other duties get their turn.
A_TURN = 5.0

_FIRST_PAUSE = timedelta(seconds=30)


def order(image: Image, now: datetime, *, made: Iterable[tuple[Size, int]] = ()) -> None:
    """Ask for every size of a picture; `made` are those that are there already, with their bytes."""
    there = dict(made)
    Rendition.objects.bulk_create(
        Rendition(
            image=image,
            extension=size.extension,
            width=size.width,
            byte_size=there.get(size),
            made_at=now if size in there else None,
            next_try_at=now,
        )
        for size in renditions.sizes_for(image.width)
    )


def order_again(image: Image, now: datetime) -> int:
    """Try once more what was given up; how many sizes that is."""
    return Rendition.objects.of(image).failed().update(attempts=0, next_try_at=now, error="")


def develop(now: datetime, *, clock: Callable[[], datetime] = timezone.now) -> None:
    """Make what is due, picture after picture, for about A_TURN seconds."""
    ends = monotonic() + A_TURN
    while develop_next(now, clock=clock) and monotonic() < ends:
        now = clock()


def develop_next(now: datetime, *, clock: Callable[[], datetime] = timezone.now) -> bool:
    """Make the sizes due of one picture; whether there was one."""
    due = Rendition.objects.due(now).order_by("next_try_at", "image_id").select_related("image").first()
    if due is None:
        return False
    image = due.image
    leased = now + LEASE
    mine = Rendition.objects.of(image).due(now)
    if mine.update(next_try_at=leased, attempts=F("attempts") + 1):
        claimed = Rendition.objects.of(image).leased_until(leased)
        _make(image, list(claimed), clock)
    return True


def _make(image: Image, rows: list[Rendition], clock: Callable[[], datetime]) -> None:
    """Make these sizes; one that fails leaves those before it made, and takes the rest along to the next attempt."""
    wanted = {Size(row.extension, row.width): row for row in rows}
    try:
        with files.storage(image).open(image.file.name or "") as master:
            data = master.read()
        for size, made in renditions.make(data, wanted):
            files.put(image, size, made)
            row = wanted.pop(size)
            Rendition.objects.filter(pk=row.pk).update(made_at=clock(), byte_size=len(made), error="")
    except Exception as fault:  # noqa: BLE001  (whatever it is, the other pictures go on)
        _put_off(image, wanted.values(), fault, clock())


def _put_off(image: Image, rows: Iterable[Rendition], fault: Exception, now: datetime) -> None:
    rows = list(rows)
    attempts = max(row.attempts for row in rows)
    Rendition.objects.filter(pk__in=[row.pk for row in rows]).update(
        next_try_at=now + _FIRST_PAUSE * 4 ** (attempts - 1),
        error=f"{type(fault).__name__}: {fault}"[:300].replace("\x00", ""),
    )
    log.error(
        "a picture's sizes were not made",
        picture=image.pk,
        sizes=len(rows),
        attempts=attempts,
        given_up=attempts >= MOST_ATTEMPTS,
        exc_info=fault,
    )
