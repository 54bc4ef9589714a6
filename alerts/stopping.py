"""Stops all mail, or readers' mail, and lets it go on. Only a person lifts a stop, and that it was one is kept."""

from datetime import datetime

import structlog
from django.db import transaction

from accounts.models import User
from alerts.models.stops import Stop
from alerts.sending import fence

log = structlog.get_logger(__name__)


def stop(kind: str, *, by: User | None, now: datetime, reason: str = "") -> bool:
    """Begin a stop; whether there was none of the kind. Nothing that it holds is begun once this is committed."""
    if Stop.objects.open().filter(kind=kind).exists():
        return False
    # Two begin it at once: the constraint lets one row through.
    Stop.objects.bulk_create(
        [Stop(kind=kind, began_by=by, began_at=now, reason=reason[:300])], ignore_conflicts=True
    )
    log.warning("mail is stopped", kind=kind, reason=reason)
    return True


def lift(kind: str, *, by: User | None, now: datetime) -> bool:
    """End a stop; whether there was one. Lifting the fence takes this database for the one that sends."""
    with transaction.atomic():
        lifted = Stop.objects.open().filter(kind=kind).update(ended_at=now, ended_by=by)
        if lifted and kind == Stop.Kind.FENCE:
            fence.adopt(now)
    if lifted:
        log.warning("mail goes on", kind=kind)
    return bool(lifted)
