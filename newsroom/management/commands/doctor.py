"""`doctor`: looks at the installation from all sides, and says what is wrong and what to do."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from newsroom.doctor.examining import CHECKS, ON_REQUEST, examine
from newsroom.doctor.findings import Finding, Level


class Command(BaseCommand):
    help = (
        "Check settings, database, disks, cache, mail, worker and backups. Sends no mail; deletes the file and the "
        "cache entry that it writes. Ends with status 1 where anything is a fault; a warning is none."
    )
    # What these would say is one of the checks.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="for programs: a list of objects")
        parser.add_argument("--site", action="store_true", help="also ask SITE_URL for its sign of life")
        parser.add_argument(
            "--only", choices=sorted(CHECKS | ON_REQUEST), action="append", help="only this check"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        asked = options["only"]
        checks = {**CHECKS, **(ON_REQUEST if options["site"] or asked else {})}
        found = []
        for finding in examine({name: check for name, check in checks.items() if not asked or name in asked}):
            found.append(finding)
            if not options["json"]:
                self.stdout.write(str(finding))
        if options["json"]:
            self.stdout.write(json.dumps([one.as_dict() for one in found], indent=1))
        if faults := [one for one in found if one.level is Level.FAULT]:
            raise CommandError(_counted(faults))


def _counted(faults: list[Finding]) -> str:
    return "1 fault." if len(faults) == 1 else f"{len(faults)} faults."
