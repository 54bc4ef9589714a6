"""`worker`: does what has to happen after editions appear, and the newsroom's chores. Readers never wait for it."""

import signal
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.desk.working import Worker

#: Seconds that a side effect in hand gets to end once the worker is told to stop; then its transaction is given up.
PATIENCE = 9


class Command(BaseCommand):
    help = (
        "Follow up what has appeared: put it on record, and whatever else is registered; make the daily root. "
        "Runs until SIGTERM or Ctrl-C. Any number of them may run."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due and end: for cron")

    def handle(self, *args: Any, **options: Any) -> None:
        worker = Worker(poll=settings.WORKER_POLL_SECONDS)
        if options["once"]:
            swept = worker.once()
            self.stdout.write(f"{swept.done} followed up, {swept.failed} failed.")
            if swept.failed:
                raise CommandError("What failed is tried again later; my desk names it.")
            return
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: _stop(worker))
        worker.run()
        signal.alarm(0)


def _stop(worker: Worker) -> None:
    worker.stop()
    signal.alarm(PATIENCE)
