"""`redact`: blanks words for good in everything a story ever said, for what may not stand even in the record.

The hashes stay: they tell that something else stood there, and not what. A Redaction row names every column of the
record that was changed; without it the database refuses (articles.integrity).
"""

import hashlib
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import JSONField

from articles.body.blanking import Blank
from articles.desk import preview_links, publishing
from articles.desk.asking import Request, event_of
from articles.desk.places import FORGETTING, Blanking, find
from articles.desk.record import latest
from articles.desk.refusals import NotReady
from articles.models import Edition, Redaction, State, Story, StoryEvent
from articles.models.redactions import KEPT_HASH
from articles.rendering import store_rendering
from articles.search.index import forget

LONGEST = 200
#: What has to be typed.
CONFIRMATION = "redact"


def redact(request: Request) -> StoryEvent:
    """The event tells how long the words were and where they stood, not what they were."""
    words = read(request.details.get("words"))
    _check_reason(words, request)
    found = find(request.story, words)
    if not found:
        says = "The words stand nowhere in this story. Check the spelling; each has to be whole."
        raise NotReady(says, field="words")
    if str(request.details.get("confirmation") or "").strip().lower() != CONFIRMATION:
        raise NotReady(_ask(found), field="confirmation")
    _void_what_was_to_come(request, found)
    preview_links.end_all(request)
    event = event_of(request, latest(request.story), {"length": len(words), "places": _times(found)})
    # What was voided is an event more, and what it scheduled has another end: look again.
    for blanking in find(request.story, words):
        _apply(blanking, event)
    forget(words)
    for forget_words_of in FORGETTING:
        forget_words_of(request.story)
    request.story.refresh_from_db()
    return event


def read(said: Any) -> str:
    """The words as they are looked for; raises NotReady where there are none, or too many."""
    words = " ".join(str(said or "").split())
    if not words:
        raise NotReady("Write the words that are to be blanked.", field="words")
    if len(words) > LONGEST:
        raise NotReady(f"At most {LONGEST} characters can be blanked at a time.", field="words")
    return words


def found_in(story: Story, words: str) -> str:
    """Where the words stand and how often, in a sentence. Looking changes nothing and is no act."""
    found = find(story, words)
    if not found:
        return "The words were found nowhere in this story. Check the spelling; each has to be whole."
    return f"{_often(found)} Nothing has been changed."


def _check_reason(words: str, request: Request) -> None:
    blank = Blank(words)
    blank.line(request.note)
    if blank.found:
        says = "Your reason says the very words. Give one that does not: it stays on record."
        raise NotReady(says, field="note")


def _ask(found: list[Blanking]) -> str:
    return f"{_often(found)} Nothing is changed yet: type “{CONFIRMATION}” to blank them for good."


def _often(found: list[Blanking]) -> str:
    times = sum(blanking.times for blanking in found)
    often = "once" if times == 1 else f"{times} times"
    where = ", ".join(f"{place.lower()}: {number}" for place, number in _times(found).items())
    return f"The words were found {often} ({where})."


def _times(found: Iterable[Blanking]) -> dict[str, int]:
    times: Counter[str] = Counter()
    for blanking in found:
        times[blanking.place.name] += blanking.times
    return dict(times)


def _void_what_was_to_come(request: Request, found: list[Blanking]) -> None:
    """Nobody has approved the text as it will read now, unless it is what readers have already."""
    story, now = request.story, request.now
    rows = [blanking.row for blanking in found]
    scheduled = story.editions.scheduled(now).order_by("published_at").first()
    if scheduled is not None and scheduled in rows:
        publishing.void(story, request.act, by=request.by, now=now)
    newest, current = latest(story), story.editions.current(now).first()
    published = current is not None and newest is not None and current.revision_id == newest.pk
    if newest in rows and not published and story.state in {State.IN_REVIEW, State.APPROVED}:
        story.state = State.DRAFT
        story.save(update_fields=["state"])


def _apply(blanking: Blanking, event: StoryEvent) -> None:
    row = blanking.row
    model = type(row)
    if model in KEPT_HASH:
        Redaction.objects.bulk_create(
            _named(row, column, said, event) for column, said in blanking.columns.items()
        )
    model._base_manager.filter(pk=row.pk).update(**blanking.columns)
    if isinstance(row, Edition):
        store_rendering(Edition.objects.get(pk=row.pk))


def _named(row: Any, column: str, said: Any, event: StoryEvent) -> Redaction:
    kept = getattr(row, KEPT_HASH[type(row)])
    return Redaction(
        event=event,
        table_name=row._meta.db_table,
        row_id=row.pk,
        column_name=column,
        kept_hash=kept,
        text_hash=digest(row._meta.get_field(column), said),
    )


def digest(column: Any, said: Any) -> str:
    """SHA-256 of the text as the database itself keeps it: PostgreSQL writes JSON in a way of its own."""
    if not isinstance(column, JSONField):
        return hashlib.sha256(said.encode()).hexdigest()
    stored = column.get_db_prep_value(said, connection)
    if connection.vendor != "postgresql":
        return hashlib.sha256(stored.encode()).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute("SELECT encode(sha256(convert_to((%s::jsonb)::text, 'UTF8')), 'hex')", [stored])
        return str(cursor.fetchone()[0])
