"""What each picture must have: words, a credit, and a licence for where and when it is shown."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from articles.body.audit import audit
from articles.body.characters import is_readable
from articles.desk.requirements.issues import Issue
from articles.models import Image

SOON = timedelta(days=30)


def pictures(public: dict[str, Any]) -> Iterator[Issue]:
    """WCAG 2.2, 1.1.1: every picture has words or is said to be decoration. A credit is owed always."""
    uses = [("lead_image", "The lead picture", public["lead"])] if public["lead"] else []
    uses += [("body", f"Picture {n} in the text", use) for n, use in enumerate(public["pictures"], 1)]
    for field, name, use in uses:
        if not use["decorative"] and not is_readable(use["alt"]):
            says = (
                f"{name} has no alternative text. Describe it here, or mark it as decorative in the library."
            )
            yield Issue(field, says, "alt", use["key"])
        if not is_readable(use["credit"]):
            yield Issue(field, f"{name} has no credit. Say who made or owns it.", "credit", use["key"])
    yield from _unknown(public)


def licences(public: dict[str, Any], at: datetime) -> Iterator[Issue]:
    """One query, and none for a story without pictures."""
    lead = public["lead"]["key"] if public["lead"] else ""
    keys = {use["key"] for use in public["pictures"]} | ({lead} - {""})
    for image in Image.objects.filter(key__in=keys).order_by("pk") if keys else ():
        field = "lead_image" if image.key == lead else "body"
        if image.may_be_shown("web", at):
            yield from _ends_soon(image, field, at)
            continue
        ended = image.licence_ends_at is not None and image.licence_ends_at <= at
        why = "will have ended by then" if ended else "does not cover the website"
        says = (
            f"The licence of the picture “{image}” {why}. Choose another picture, or renew it in the library."
        )
        yield Issue(field, says, "licence", image.key)


def _ends_soon(image: Image, field: str, at: datetime) -> Iterator[Issue]:
    """Said in time to have it extended: the story goes on without the picture then, and nobody would notice."""
    ends = image.licence_ends_at
    if ends is None or ends > at + SOON:
        return
    until = date_format(timezone.localtime(ends), "j F Y, H:i")
    says = (
        f"Readers lose the picture “{image}” on {until}, when its licence ends. "
        "Extend it in the library, or choose another."
    )
    yield Issue(field, says, "licence_ends", image.key)


def _unknown(public: dict[str, Any]) -> Iterator[Issue]:
    known = {use["key"] for use in public["pictures"]}
    says = "A picture in the text is not in the library. Take it out, or choose it again."
    for key in audit(public["body"]).pictures:
        if key not in known:
            yield Issue("body", says, "unknown_picture", key)
