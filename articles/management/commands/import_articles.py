"""`import_articles FILE`: takes articles in from JSON Lines, one record at a time."""

from argparse import ArgumentTypeError
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils import timezone
from tqdm import tqdm

from articles.importing.importer import Fate, Importer
from articles.importing.named import section
from articles.importing.records import BadRecord, lines, parse

RECORD = (
    "a file of JSON objects, one a line. Texts: source (of whom the archive is), path (unlike any other of that "
    "source), title and format (md, text or html) are needed; body, summary, date and licence are not. "
    "Lists of texts: authors, topics."
)


class Command(BaseCommand):
    help = (
        "Take in articles from a file of JSON Lines, plain or gzipped. Without --publish they become drafts. "
        "Running it twice changes nothing; interrupted, it can be run again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help=RECORD)
        parser.add_argument(
            "--publish", action="store_true", help="publish under the record's own date; nobody is alerted"
        )
        parser.add_argument(
            "--section", default="", help="the section for all of them; made where there is none"
        )
        parser.add_argument(
            "--undated",
            type=undated,
            default="draft",
            metavar="draft|skip|YYYY-MM-DD",
            help="what becomes of records without a usable date: a draft (default), left out, or this date",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")
        importer = Importer(
            now=timezone.now(),
            publish=options["publish"],
            section=section(options["section"]) if options["section"] else None,
            undated=options["undated"],
        )
        fates, bad = self._take_all(path, importer, quiet=options["verbosity"] == 0)
        self.stdout.write(", ".join(f"{fates[fate]} {fate}" for fate in Fate) + f", {bad} bad.")
        if bad:
            raise CommandError(f"{bad} records could not be taken in; the others were.")

    def _take_all(self, path: Path, importer: Importer, *, quiet: bool) -> tuple[Counter[Fate], int]:
        fates: Counter[Fate] = Counter()
        bad = 0
        try:
            for number, line in tqdm(lines(path), unit=" records", disable=quiet):
                try:
                    outcome = importer.take(parse(line))
                except (BadRecord, DatabaseError) as problem:
                    bad += 1
                    self._say(f"line {number}: {problem}")
                    continue
                fates[outcome.fate] += 1
                for note in outcome.notes:
                    self._say(f"line {number}: note: {note}")
        except (OSError, EOFError) as error:
            raise CommandError(f"{path} cannot be read to its end: {error}") from error
        return fates, bad

    def _say(self, words: str) -> None:
        tqdm.write(words, file=self.stderr)


def undated(value: str) -> str | date:
    if value in {"draft", "skip"}:
        return value
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ArgumentTypeError("use draft, skip or a date such as 2024-09-16") from None
