"""Help the only administrator back in who has lost app, keys and recovery codes."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts import factors
from accounts.addresses import normalise
from accounts.models import User


class Command(BaseCommand):
    help = "Take away a person's second factor, end their sessions and tell them by mail."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        person = User.objects.filter(email=normalise(options["email"])).first()
        if person is None:
            raise CommandError("Nobody signs in with this e-mail address.")
        factors.take_away(person)
        self.stdout.write(f"{person} has no second factor any more, and is signed out everywhere.")
