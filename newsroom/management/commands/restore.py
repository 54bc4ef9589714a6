"""`restore`: brings a backup back, fenced, and says what is left for a person to do."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.utils import timezone

from newsroom.backups import keeping, manifest
from newsroom.backups.faults import Fault
from newsroom.backups.restoring import Restored, check, restore


class Command(BaseCommand):
    help = (
        "Bring a backup back: the whole of it is checked before anything is touched. Nobody is signed in afterwards, "
        "preview links have ended, and no mail is sent until `manage.py mail lift`. Stop web server and workers first, "
        "and run this as the user that they run as."
    )
    # The database may be empty, or not be there.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "backup", type=Path, help="the folder of a backup, or one of backups: then the newest"
        )
        parser.add_argument(
            "--over", action="store_true", help="take the place of a database that is not empty"
        )
        parser.add_argument(
            "--check", action="store_true", help="only read the backup and say whether it is whole"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder, now = _newest(options["backup"]), timezone.now()
        connection = connections[DEFAULT_DB_ALIAS]
        connection.close()
        try:
            if options["check"]:
                told = check(folder)
                self.stdout.write(f"{folder} is whole: made {told.made_at}, {told.media['files']} files.")
                return
            done = restore(
                folder, connection.settings_dict, now=now, over=options["over"], say=self.stdout.write
            )
        except (Fault, DatabaseError) as fault:
            raise CommandError(f"Nothing was restored. {fault}") from fault
        seconds = (timezone.now() - now).total_seconds()
        self.stdout.write(f"Restored {folder} in {seconds:.0f} s; {done.files} files put back.")
        self._what_next(done)

    def _what_next(self, done: Restored) -> None:
        since = f"{manifest.when(done.manifest):%Y-%m-%d %H:%M} UTC"
        for number, words in enumerate(_steps(done, since), 1):
            self.stdout.write(f"{number}. {words}")


def _newest(given: Path) -> Path:
    there = keeping.finished(given)
    return there[0] if there else given


def _steps(done: Restored, since: str) -> list[str]:
    here = manifest.fingerprints()
    changed = [name for name, known in done.manifest.about["keys"].items() if here.get(name) != known]
    steps = [f"{name} is another one than at the time of the backup. {_LOST[name]}" for name in changed]
    steps += ["Run `manage.py migrate`, then `manage.py doctor` and `manage.py verify_record`."]
    if done.manifest.last_root:
        steps += [f"Compare the root of {done.manifest.last_root} with the one you kept elsewhere."]
    steps += [words.format(since=since) for words in _ALWAYS]
    if done.earlier:
        steps += [f"The earlier database is kept as {done.earlier}: delete it when nobody needs it."]
    return [*steps, "Start the web server and the workers."]


_ALWAYS = (
    """Accounts are as they were {since}: whoever left or lost a right since has it again, and a password changed since
   is the old one. An administrator goes through People.""",
    """Stories are as they were {since}: what was taken down, withheld, corrected or redacted since is as it was before.
   A manager does it again.""",
    """Subscribers too: who left since {since} is back. Put that right before any mail leaves.""",
    """No mail is sent. `manage.py mail status` says what waits; `manage.py mail lift` sends it, once this is the one
   newsroom that sends.""",
)

_LOST = {
    "ADDRESS_KEY": "Set the old one before anything else: without it, who left or bounced is not known any more.",
    "SECRET_KEY": """Invitations, and links to a new password, that were mailed no longer work, unless the old one is
   among SECRET_KEY_FALLBACKS.""",
}
