"""Keeps documents beside editions."""

from datetime import datetime
from unicodedata import normalize

from django.utils import timezone

from articles.models.editions import Edition
from articles.models.search import ROOM, SearchDoc, SearchWord, first_number
from articles.search.document import Document, document
from articles.search.engine import engine
from articles.search.terms import words


def store_document(edition: Edition, text: str) -> None:
    """Make, or make again, the document of a saved edition, and drop those of the story that nobody can find now."""
    now = timezone.now()
    ended = SearchDoc.objects.filter(edition__story=edition.story_id, edition__superseded_at__lte=now)
    _drop([*ended.values_list("pk", flat=True), *_numbers(edition)])
    if edition.is_removal or edition.superseded_at <= max(now, edition.published_at):
        return
    number = _free(edition.first_published_at, edition.story_id)
    SearchDoc.objects.create(id=number, edition=edition)
    found = document(edition, text)
    engine().write(number, found)
    _learn(found)


def forget(text: str) -> None:
    """Keep the words of `text` nowhere that no document has them: they were redacted.

    Reads the whole index on SQLite, which takes a minute for a large archive; nothing else needs it.
    """
    SearchWord.objects.filter(word__in={word.form for word in words(normalize("NFC", text))}).delete()
    engine().purge()


def _numbers(edition: Edition) -> list[int]:
    return list(SearchDoc.objects.filter(edition=edition).values_list("pk", flat=True))


def _drop(numbers: list[int]) -> None:
    if numbers:
        engine().remove(numbers)
        SearchDoc.objects.filter(pk__in=numbers).delete()


def _free(at: datetime, story_id: int) -> int:
    """A number in that millisecond that no document has: as a rule the story's own."""
    first, place = first_number(at), story_id % ROOM
    while SearchDoc.objects.filter(pk=first + place).exists():
        place = (place + 1) % ROOM
    return first + place


def _learn(found: Document) -> None:
    """In order, so that two who publish at once never wait for each other."""
    learnt = [SearchWord(word=form) for form in sorted(learnable(found))]
    SearchWord.objects.bulk_create(learnt, ignore_conflicts=True)


def learnable(found: Document) -> set[str]:
    """What another reader's slip may be put right to."""
    said = {word.form for field in (found.headline, found.named) for word in field}
    return {form for form in said if form.isalpha() and len(form) > 3}
