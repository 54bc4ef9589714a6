"""`backup`: copies database and pictures into a folder of their own, checks the copy, and makes room."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils import timezone

from newsroom.backups import history
from newsroom.backups.faults import Fault
from newsroom.backups.making import Made, make


class Command(BaseCommand):
    help = (
        "Back up database and pictures while the site runs, verify the copy, and delete backups that BACKUP_KEEP does "
        "not ask for. Secrets are not in it: keep SECRET_KEY and ADDRESS_KEY elsewhere. Ends with status 1 on failure."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "folder", nargs="?", type=Path, help="where backups are kept; BACKUP_DIR if not said"
        )
        parser.add_argument(
            "--without-record", action="store_true", help="do not read the record of every story again"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        shelf: Path = options["folder"] or settings.BACKUP_DIR
        began = timezone.now()
        try:
            made = make(
                shelf,
                now=began,
                kept=settings.BACKUP_KEEP,
                verify=not options["without_record"],
                say=self.stdout.write if options["verbosity"] else lambda _: None,
            )
        except (Fault, DatabaseError) as fault:
            self._note_failure(str(fault).strip(), began)
            raise CommandError(f"No backup was made. {fault}") from fault
        except BaseException as fault:
            self._note_failure(f"{type(fault).__name__}: {fault}", began)
            raise
        found = _words(made.faults)
        history.note(
            began_at=began,
            now=timezone.now(),
            name=made.folder.name,
            byte_size=made.byte_size,
            fault=found,
        )
        self._tell(made, (timezone.now() - began).total_seconds())
        if found:
            raise CommandError(found)

    def _note_failure(self, fault: str, began: Any) -> None:
        """Where even that cannot be written, the age of the last good one tells of it."""
        try:
            history.note(began_at=began, now=timezone.now(), fault=fault)
        except DatabaseError as second:
            self.stderr.write(f"The failure could not be noted either: {second}")

    def _tell(self, made: Made, seconds: float) -> None:
        self.stdout.write(
            f"{made.folder}: {made.byte_size / 1e6:,.1f} MB in {seconds:.0f} s; "
            f"{made.files} files, {made.linked} of them shared with the backup before."
        )
        for name in made.missing[:10]:
            self.stderr.write(f"MISSING in the storage, so missing here: {name}")
        if len(made.missing) > 10:
            self.stderr.write(f"… and {len(made.missing) - 10} more; manifest.json names them.")
        for each in made.gone:
            self.stdout.write(f"Deleted: {each.name}")


def _words(faults: list[str]) -> str:
    if not faults:
        return ""
    return (
        f"The backup was made, but the record of stories in it is not as it was written: {faults[0]} "
        f"{len(faults)} faults in all, which manage.py verify_record names. No earlier backup was deleted."
    )
