"""`manage.py seed_demo`: a fictitious title with staff, stories and pictures, to try things out on."""

import os
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from tqdm import tqdm

from articles.demo.seeding import seed
from articles.demo.staff import Staff, hire


class Command(BaseCommand):
    help = (
        "Fill the newsroom with a fictitious title: sections, topics, authors, pictures, staff, and stories in every "
        "state. Running it again changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--force",
            action="store_true",
            help="do it in production too, where the demo's staff can then sign in",
        )

    def handle(self, *args: Any, force: bool, verbosity: int, **options: Any) -> None:
        if not settings.DEBUG and not force:
            raise CommandError(
                "The demo brings staff with a shared password and invented news. This is production: "
                "say --force if you mean it."
            )

        def progress(things: Iterable[str], total: int, name: str) -> Iterable[str]:
            quiet = not verbosity or not total
            return tqdm(things, desc=name.capitalize(), total=total, unit="", file=self.stderr, disable=quiet)

        staff = hire()
        self._tell_sign_ins(staff)  # first, so that an interrupted run has told the password too
        seeded = seed(staff, timezone.now(), progress=progress)
        if seeded or staff.hired:
            self.stdout.write(
                f"Made {seeded.pictures} pictures and {seeded.stories} stories, all of them invented."
            )
        else:
            self.stdout.write("The demo is complete already: nothing was changed.")

    def _tell_sign_ins(self, staff: Staff) -> None:
        if not staff.hired:
            return
        secret = "the one in DEMO_PASSWORD" if os.environ.get("DEMO_PASSWORD") else staff.password
        self.stdout.write(f"Made {len(staff.hired)} people. Their password is {secret}")
        for user in staff.hired:
            self.stdout.write(f"  {user.email} ({user.get_role_display().lower()})")
