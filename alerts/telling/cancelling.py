"""Cancels what waits of a story's earlier editions: it would tell readers what is not there any more."""

from datetime import datetime

from alerts.models.deliveries import REMOVED, SUPERSEDED, Delivery, State
from alerts.models.notices import Notice
from articles.models.editions import Edition


def cancel_earlier(edition: Edition, *, most: int, now: datetime) -> int:
    """Cancel up to `most` deliveries of editions before this one; how many that were.

    Those that somebody has in hand this moment are left to them: they look themselves before they send.
    """
    earlier = Edition.objects.filter(story=edition.story_id, published_at__lt=edition.published_at)
    notices = Notice.objects.of_editions(earlier).values_list("pk", flat=True)
    waiting = Delivery.objects.waiting().filter(notice__in=list(notices))
    keys = list(waiting.select_for_update(skip_locked=True).values_list("pk", flat=True)[:most])
    reason = REMOVED if edition.is_removal else SUPERSEDED
    return (
        Delivery.objects.waiting()
        .filter(pk__in=keys)
        .update(state=State.CANCELLED, reason=reason, settled_at=now)
    )
