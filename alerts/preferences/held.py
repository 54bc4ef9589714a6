"""All that is held about a subscriber, for them to take with them (UK GDPR articles 15 and 20)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from alerts import wording
from alerts.models.deliveries import SENT
from alerts.models.registrations import Registration
from alerts.models.subscribers import Subscriber
from alerts.preferences.changing import NO_DAY, name_of, title_of


def held(subscriber: Subscriber) -> dict[str, Any]:
    """In words where there are any; times in UTC. Keys and hashes say nothing to anybody, and are left out."""
    return {
        "address": subscriber.address,
        "confirmed": _at(subscriber.confirmed_at),
        "digests": {"hour": subscriber.hour, "weekday": subscriber.weekday},
        "paused_until": _until(subscriber.paused_until),
        "left": _at(subscriber.ended_at),
        "why": subscriber.get_ended_reason_display(),
        "follows": list(_follows(subscriber)),
        "consents": list(_consents(subscriber)),
        "registrations": list(_registrations(subscriber)),
        "mails": list(_mails(subscriber)),
    }


def _follows(subscriber: Subscriber) -> Iterator[dict[str, Any]]:
    rows = subscriber.subscriptions.select_related("section", "topic", "author").order_by("started_at", "pk")
    for row in rows:
        yield {
            "what": row.follows,
            "name": title_of(row),
            "key": name_of(row),
            "frequency": row.frequency,
            "from": _at(row.started_at),
            "to": _at(row.ended_at),
            "ended_because": row.ended_reason,
        }


def _consents(subscriber: Subscriber) -> Iterator[dict[str, Any]]:
    for row in subscriber.consents.order_by("asked_at", "pk"):
        yield {
            "what": row.get_act_display(),
            "asked": _at(row.asked_at),
            "confirmed": _at(row.confirmed_at),
            "how": row.how,
            "wording": wording.VERSIONS.get(row.wording or 0, ""),
            "choices": row.choices,
        }


def _registrations(subscriber: Subscriber) -> Iterator[dict[str, Any]]:
    """What was asked for in the last seven days, whether or not anybody confirmed it."""
    for row in Registration.objects.of_address(subscriber.address_hash).order_by("requested_at"):
        yield {
            "purpose": row.get_purpose_display(),
            "address": row.address,
            "asked": _at(row.requested_at),
            "confirmed": _at(row.confirmed_at),
            "page": row.page,
            "choices": row.choices,
            "frequency": row.frequency,
        }


def _mails(subscriber: Subscriber) -> Iterator[dict[str, Any]]:
    """Without the subjects of those that never left: their stories may have been taken down before."""
    columns = ("made_at", "settled_at", "state", "reason", "reply", "letter__subject")
    rows = subscriber.deliveries.order_by("pk").values_list(*columns)
    for made_at, settled_at, state, reason, reply, subject in rows.iterator():
        yield {
            "subject": subject if state in SENT else "",
            "made": _at(made_at),
            "settled": _at(settled_at),
            "state": state,
            "reason": reason,
            "mail_server_said": reply,
        }


def _until(paused_until: datetime | None) -> str | None:
    return "until you come back" if paused_until == NO_DAY else _at(paused_until)


def _at(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="seconds")
