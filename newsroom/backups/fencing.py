"""What a restored database must not do, or let anybody do, before a person has looked at it.

It is a memory of an earlier day: it believes that mails are still to be sent, that people are signed in, and that
preview links are open which somebody has ended since.
"""

from datetime import datetime

from django.contrib.sessions.models import Session

from alerts.models import Delivery, Stop
from alerts.stopping import stop
from articles.models import PreviewLink, Rendition, WorkerBeat
from newsroom.backups.manifest import Manifest, when
from newsroom.models import PurgeMark


def fence(manifest: Manifest, now: datetime) -> None:
    """Stop all mail, end every session and preview link, and take work out of the hands of workers long gone."""
    words = f"Restored {now:%Y-%m-%d %H:%M} UTC from the backup of {when(manifest):%Y-%m-%d %H:%M} UTC"
    stop(Stop.Kind.FENCE, by=None, reason=words, now=now)
    Session.objects.all().delete()
    # Their time is over: nobody ended them, and the record of who did must name a person.
    PreviewLink.objects.open(now).update(expires_at=now)
    Delivery.objects.exclude(lease_until=None).filter(lease_until__gt=now).update(lease_until=now)
    Rendition.objects.waiting().filter(next_try_at__gt=now).update(next_try_at=now)
    WorkerBeat.objects.all().delete()
    # The cache in front holds pages of the day before, and is to drop them.
    PurgeMark.objects.all().delete()
