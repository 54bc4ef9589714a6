"""Makes the notice of an edition that began, once: the follow-up that everything sent of a story starts from."""

from datetime import datetime

from alerts.digests.restating import restate
from alerts.failpoints import passing
from alerts.models.notices import Lane, Notice
from alerts.telling.cancelling import cancel_earlier
from alerts.telling.news import begun
from articles.models.editions import Edition

#: What is cancelled with the notice; what is more waits for the fan-out, and is not sent meanwhile either.
AT_ONCE = 5_000


def tell(edition: Edition, *, now: datetime) -> None:
    """Note that an edition is to be told of, and cancel what waits of those before it; digests that wait follow.

    Most editions are told to nobody; they have their notice because somebody may be owed the story since one before.
    An edition before that was not followed up yet gets its notice first, so that notices stand in the order of
    editions.
    """
    so_far = [one for one in begun(edition.story_id, now) if one.published_at <= edition.published_at]
    Notice.objects.bulk_create(
        (_notice(one, now) for one in so_far if one.origin != Edition.Origin.IMPORTED), ignore_conflicts=True
    )
    # First, as it waits for others: nothing is locked by then that they could be waiting for.
    restate(edition, now)
    cancel_earlier(edition, most=AT_ONCE, now=now)
    passing("fan_out")


def _notice(edition: Edition, now: datetime) -> Notice:
    return Notice(
        key=f"edition:{edition.pk}",
        kind=Notice.Kind.EDITION,
        lane=Lane.ALERT,
        edition=edition,
        made_at=now,
        as_of=edition.published_at,
    )
