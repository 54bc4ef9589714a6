"""`manage.py sync_roles`: make the groups say what accounts.roles says."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.roles import PERMISSIONS, UnknownPermission, sync_roles


class Command(BaseCommand):
    help = "Give each role exactly the permissions of the table in accounts/roles.py."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with transaction.atomic():
                sync_roles()
        except UnknownPermission as problem:
            raise CommandError(str(problem)) from problem
        for role, names in PERMISSIONS.items():
            self.stdout.write(f"{role.label}: {len(names)} permissions")
