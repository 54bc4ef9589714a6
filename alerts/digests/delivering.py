"""Works out who gets a digest and what it tells them, some readers a transaction (`alerts.fan_out`)."""

from datetime import datetime

from alerts.digests.choosing import contents
from alerts.digests.due import Due
from alerts.digests.letters import Contents, letters, variant
from alerts.digests.news import shelf
from alerts.digests.readers import readers
from alerts.models.deliveries import Delivery
from alerts.models.introductions import Introduction
from alerts.models.notices import Notice


def step(notice: Notice, *, limit: int, now: datetime) -> bool:
    """Take one step (`alerts.fan_out.Step`).

    Digests are worked out one after the other, the oldest first: each leaves out what those before it tell. Where
    another worker has one before this in hand, it is waited for; where one lies open, a step of it is taken instead.
    """
    older = Notice.objects.digests_to_fan_out().filter(pk__lt=notice.pk)
    before = older.select_for_update().first()
    if before is None:
        return _some(notice, limit, now)
    if _some(before, limit, now):
        before.fanned_out_at = now
    before.save(update_fields=["cursor", "eligible", "fanned_out_at"])
    return False


def _some(notice: Notice, limit: int, now: datetime) -> bool:
    """Make the deliveries of the next readers; whether they were the last. Who has nothing to read gets nothing."""
    due = Due.of(notice)
    news = shelf(since=due.since(now), until=due.end, now=now)
    if not news.news:
        return True
    introduction = _introduction(due)
    found = readers(due, news, after=notice.cursor, limit=limit, now=now)
    wanted = {one.key: contents(one, news, due.frequency, introduction) for one in found}
    notice.eligible += _deliver(notice, {key: said for key, said in wanted.items() if said["groups"]}, now)
    notice.cursor = found[-1].key if found else notice.cursor
    return len(found) < limit


def _introduction(due: Due) -> int | None:
    """What an editor wrote for this day. The weekly digest has none."""
    if due.is_weekly:
        return None
    written = Introduction.objects.filter(on=due.on).exclude(text="")
    return written.values_list("pk", flat=True).first()


def _deliver(notice: Notice, wanted: dict[int, Contents], now: datetime) -> int:
    variants = {key: variant(said) for key, said in wanted.items()}
    made = letters(notice, {variants[key]: said for key, said in wanted.items()})
    rows = [
        Delivery(
            notice=notice,
            letter_id=made[variants[key]],
            subscriber_id=key,
            lane=notice.lane,
            made_at=now,
            next_try_at=now,
        )
        for key in wanted
    ]
    Delivery.objects.bulk_create(rows)
    return len(rows)
