"""`rerender`: brings stored renderings up to the present renderer. Interrupted, it goes on where it stopped."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db.models import Q
from tqdm import tqdm

from articles.models.editions import Edition
from articles.rendering import RENDERER, store_rendering


class Command(BaseCommand):
    help = "Rebuild what readers get from what editions say, after a change to the renderer."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="also those that are up to date")

    def handle(self, *args: Any, **options: Any) -> None:
        editions = Edition.objects.order_by("pk")
        if not options["all"]:
            editions = editions.filter(Q(rendering=None) | ~Q(rendering__renderer=RENDERER))
        keys = list(editions.values_list("pk", flat=True))
        for key in tqdm(keys, unit=" editions", disable=options["verbosity"] == 0):
            store_rendering(Edition.objects.get(pk=key))
        self.stdout.write(f"{len(keys)} renderings rebuilt.")
