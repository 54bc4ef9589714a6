"""When the last good backup was made, and whether the last attempt failed: for the desk, the metrics and the doctor."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from newsroom.models import BackupRun


@dataclass(frozen=True)
class History:
    """`age` is None where no backup was ever made; `fault` says why the last attempt failed, where it did."""

    age: timedelta | None
    fault: str

    @property
    def too_old(self) -> bool:
        """Where somebody else makes the backups (BACKUP_MAX_AGE_HOURS=0), none of ours can be missing."""
        most = timedelta(hours=settings.BACKUP_MAX_AGE_HOURS)
        return bool(most) and (self.age is None or self.age > most)


def history(now: datetime) -> History:
    """Two queries."""
    last = BackupRun.objects.order_by("-ended_at").first()
    good = BackupRun.objects.good().order_by("-ended_at").values_list("began_at", flat=True).first()
    return History(max(now - good, timedelta()) if good else None, last.fault if last else "")


def note(*, began_at: datetime, now: datetime, name: str = "", byte_size: int = 0, fault: str = "") -> None:
    BackupRun.objects.create(began_at=began_at, ended_at=now, name=name, byte_size=byte_size, fault=fault)
