"""Makes a staff notice: the notice, its letter and a delivery for each person, in one transaction."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from alerts.models import Delivery, Lane, Letter, Notice
from articles.models import StoryEvent


@transaction.atomic
def notice(
    key: str,
    contents: dict[str, Any],
    people: Iterable[User],
    *,
    now: datetime,
    event: StoryEvent | None = None,
) -> Notice | None:
    """Tell `people`, once for `key`: None where that was done before. Told nobody, it is on record all the same."""
    made, is_new = Notice.objects.get_or_create(
        key=key,
        defaults={
            "kind": Notice.Kind.STAFF,
            "lane": Lane.STAFF,
            "event": event,
            "made_at": now,
            "as_of": now,
            "fanned_out_at": now,
        },
    )
    if not is_new:
        return None
    letter = Letter.objects.create(notice=made, variant="staff", contents=contents)
    rows = [
        Delivery(notice=made, letter=letter, user=one, lane=Lane.STAFF, made_at=now, next_try_at=now)
        for one in people
    ]
    Delivery.objects.bulk_create(rows)
    made.eligible = len(rows)
    made.save(update_fields=["eligible"])
    return made
