"""`verify_record`: reads the whole record again and names what was altered, is missing or is too much."""

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from articles.desk.verification import Finding, parts, verify_story
from articles.desk.verification.days import verify_roots
from articles.models import DailyRoot, Story


class Command(BaseCommand):
    help = (
        "Verify every event, revision and edition, and the daily roots. Ends with status 1 where something is not as "
        "it was written; redacted words are listed, and are no fault. Changes nothing; may be interrupted."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--story", type=int, metavar="N", help="only this story, without the daily roots")

    def handle(self, *args: Any, **options: Any) -> None:
        faults = redacted = 0
        try:
            for finding in self._findings(options):
                tqdm.write(f"{finding.kind.upper()}: {finding}", file=self.stdout)
                faults, redacted = faults + finding.is_fault, redacted + (not finding.is_fault)
        except KeyboardInterrupt:
            raise CommandError(f"Interrupted: {faults} faults up to there.", returncode=130) from None
        if faults:
            raise CommandError(f"The record is not as it was written: {faults} faults.")
        self.stdout.write(f"The record is as it was written{_but(redacted)}.")
        self._tell_the_root()

    def _findings(self, options: dict[str, Any]) -> Iterator[Finding]:
        if (story := options["story"]) is not None:
            if not Story.objects.filter(pk=story).exists():
                raise CommandError(f"There is no story {story}.")
            yield from verify_story(story)
            return
        total = Story.objects.count()
        with tqdm(total=total, unit=" stories", disable=options["verbosity"] == 0) as bar:
            for part in parts():
                yield from part.verify()
                bar.update(part.stories)
        yield from verify_roots()

    def _tell_the_root(self) -> None:
        """To be kept elsewhere: a record that was rewritten whole cannot have this root again."""
        last = DailyRoot.objects.order_by("-day").first()
        if last is not None:
            self.stdout.write(f"Root of {last.day}: {last.root}")


def _but(redacted: int) -> str:
    return f", with {redacted} redacted rows" if redacted else ""
