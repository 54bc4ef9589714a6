"""`redact`: blanks words for good in everything one story ever said, through the same act as the desk's page."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.models import User
from articles.desk import redacting, workflow
from articles.desk.acts import Act
from articles.desk.refusals import Refused
from articles.models import Story


class Command(BaseCommand):
    help = (
        "Blank words for good in everything a story ever said. Without --confirm it tells how often they were found "
        "and changes nothing. Words given on the command line stay in the shell's history: leave them out to be asked."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("story", type=int, help="its number, as in /admin/articles/story/<number>/")
        parser.add_argument("--by", required=True, metavar="E-MAIL", help="the manager who answers for it")
        parser.add_argument("--reason", required=True, help="stays on record, so it must not say the words")
        parser.add_argument("--words", help="the exact words; asked for when left out")
        parser.add_argument("--confirm", action="store_true", help="go through with it")

    def handle(self, *args: Any, **options: Any) -> None:
        story = Story.objects.filter(pk=options["story"]).first()
        by = User.objects.filter(email__iexact=options["by"]).first()
        if story is None:
            raise CommandError("There is no such story.")
        if by is None:
            raise CommandError("Nobody here has this e-mail address.")
        words = options["words"] or input("Words to blank: ")
        self._redact(story, by, words, options)

    def _redact(self, story: Story, by: User, words: str, options: dict[str, Any]) -> None:
        said = {"words": words, "confirmation": redacting.CONFIRMATION if options["confirm"] else ""}
        try:
            event = workflow.perform(
                story, Act.REDACT, by=by, now=timezone.now(), note=options["reason"], **said
            )
        except Refused as refusal:
            raise CommandError(refusal.sentence) from refusal
        places = event.details["places"] if event else {}
        self.stdout.write(f"Blanked {sum(places.values())} times. Nobody can bring the words back.")
