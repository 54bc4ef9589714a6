"""`mail`: says what mail waits for, stops all of it, and lets it go on."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count
from django.utils import timezone

from alerts.models import Delivery, Stop
from alerts.sending import fence
from alerts.stopping import lift, stop

ACTS = {
    "status": "what waits, and what stops it",
    "pause": "stop all mail",
    "resume": "end a pause, or a stop for too many bounces or complaints",
    "fence": "say that this database is a copy or a restored backup: nothing is sent until the fence is lifted",
    "lift": "take this database for the one that sends from now on",
}


class Command(BaseCommand):
    help = "Mail: " + "; ".join(f"{act}: {words}" for act, words in ACTS.items()) + "."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=ACTS, nargs="?", default="status")
        parser.add_argument("--reason", default="", help="why, for whoever looks later")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        match options["act"]:
            case "pause":
                self._say(
                    stop(Stop.Kind.STAFF, by=None, reason=options["reason"], now=now), "Mail is stopped."
                )
            case "fence":
                self._say(
                    stop(Stop.Kind.FENCE, by=None, reason=options["reason"], now=now), "The fence is up."
                )
            case "resume":
                kinds = (Stop.Kind.STAFF, Stop.Kind.BOUNCES, Stop.Kind.COMPLAINTS)
                ended = [kind for kind in kinds if lift(kind, by=None, now=now)]
                self._say(bool(ended), "Mail goes on.")
            case "lift":
                self._lift(now)
            case _:
                self._status()

    def _lift(self, now: datetime) -> None:
        """Also where no worker has noticed yet that this is a copy."""
        if fence.refusal():
            stop(Stop.Kind.FENCE, by=None, reason=fence.refusal(), now=now)
        self._say(lift(Stop.Kind.FENCE, by=None, now=now), "The fence is lifted: this database sends.")

    def _say(self, done: bool, words: str) -> None:
        if not done:
            raise CommandError("Nothing was changed: it is so already.")
        self.stdout.write(words)

    def _status(self) -> None:
        for row in Stop.objects.open().order_by("began_at"):
            self.stdout.write(
                f"Stopped since {row.began_at:%Y-%m-%d %H:%M} UTC: {row}. {row.reason}".rstrip()
            )
        if not Stop.objects.open().exists():
            self.stdout.write(fence.refusal() or "Nothing stops mail.")
        for state, number in Delivery.objects.values_list("state").annotate(Count("pk")).order_by("state"):
            self.stdout.write(f"{number:>9,} {state}")
