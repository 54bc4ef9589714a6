"""What people say to each other about a story: notes, replies, and words they suggest for a passage."""

from typing import Any

from articles.body.characters import permitted
from articles.body.passages import one_line
from articles.desk import suggestions
from articles.desk.asking import Request, event_of, newest_of
from articles.desk.record import latest
from articles.desk.refusals import NotReady
from articles.models import Note, Revision, StoryEvent

LONGEST_TEXT = 5000


def add_note(request: Request) -> StoryEvent:
    note = Note(story=request.story, author=request.by, at=request.now, text=_text(request))
    note.revision = _read(request)
    _quote(note, request)
    if not note.text and not note.is_suggestion:
        raise NotReady("Write a note, or suggest other words for a passage.", field="note")
    note.save()
    return event_of(request, note.revision, {"note": note.pk, **_words(note)})


def reply(request: Request) -> StoryEvent:
    thread = _thread(request)
    if not thread.is_open:
        raise NotReady("The note is resolved. Reopen it first.")
    said = Note(story=request.story, parent=thread, author=request.by, at=request.now, text=_text(request))
    said.revision = newest_of(request.story)
    said.save()
    return event_of(request, said.revision, {"note": thread.pk, "reply": said.pk})


def resolve_note(request: Request) -> StoryEvent:
    thread = _thread(request)
    if not thread.is_open:
        raise NotReady("The note is resolved already.")
    request.note = _text(request)
    settle(thread, request)
    return event_of(request, latest(request.story), {"note": thread.pk})


def reopen_note(request: Request) -> StoryEvent:
    thread = _thread(request)
    if thread.is_open:
        raise NotReady("The note is open already.")
    request.note = _text(request)
    thread.resolved_at = thread.resolved_by = None
    thread.save(update_fields=["resolved_at", "resolved_by"])
    return event_of(request, latest(request.story), {"note": thread.pk})


def put_in(request: Request) -> tuple[Note, dict[str, Any]]:
    """Write the suggested words into the working copy; answers the suggestion, and what the record says of it.

    They are the words of the one who accepts them from here on: that is why nobody accepts their own.
    """
    note, story = _thread(request), request.story
    if note.replacement is None:
        raise NotReady("This note suggests no words.")
    if note.accepted_as_id is not None:
        raise NotReady("These words were accepted already.")
    if note.author_id == request.by.pk:
        raise NotReady("You suggested these words: somebody else has to accept them.")
    setattr(story, note.field, suggestions.reworded(story, note.field, note.quote, note.replacement))
    story.save(update_fields=[note.field])
    return note, {"note": note.pk, "suggested_by": note.author_id, **_words(note)}


def settle(note: Note, request: Request, *, accepted_as: Revision | None = None) -> None:
    note.resolved_at, note.resolved_by = request.now, request.by
    note.accepted_as = accepted_as or note.accepted_as
    note.save(update_fields=["resolved_at", "resolved_by", "accepted_as"])


def _quote(note: Note, request: Request) -> None:
    """The passage, and the words suggested for it: None for none, empty for taking it out."""
    quote, new = one_line(request.details.get("quote") or ""), request.details.get("replacement")
    within = request.details.get("field") or ""
    if new is not None and not quote:
        raise NotReady("Quote the passage that your words are for.", field="quote")
    if len(quote) > suggestions.LONGEST_QUOTE:
        raise NotReady(f"Quote at most {suggestions.LONGEST_QUOTE} characters.", field="quote")
    note.quote = quote
    if new is not None:
        _suggest(note, one_line(new), within)
    elif quote:
        note.field = suggestions.field_of(note.story, quote, within)


def _suggest(note: Note, new: str, within: str) -> None:
    if len(new) > suggestions.LONGEST_SUGGESTION:
        raise NotReady(
            f"Suggest at most {suggestions.LONGEST_SUGGESTION} characters; ask for longer changes in words.",
            field="replacement",
        )
    if new == note.quote:
        raise NotReady("The suggestion says the same as the passage.", field="replacement")
    note.field, note.replacement = suggestions.field_to_change(note.story, note.quote, within), new
    suggestions.reworded(note.story, note.field, note.quote, new)


def _read(request: Request) -> Revision:
    """The revision that the note speaks of: the one on its writer's page, by default the newest."""
    number = request.details.get("about")
    revisions = Revision.objects.filter(story=request.story)
    read = revisions.filter(number=number).first() if isinstance(number, int) else None
    return read or newest_of(request.story)


def _thread(request: Request) -> Note:
    key = request.details.get("thread")
    known = Note.objects.filter(story=request.story).threads()
    note = known.filter(pk=key).first() if isinstance(key, int) else None
    if note is None:
        raise NotReady("There is no such note.")
    note.story = request.story
    return note


def _text(request: Request) -> str:
    request.note = permitted(request.note).strip()
    if len(request.note) > LONGEST_TEXT:
        raise NotReady(f"Write at most {LONGEST_TEXT} characters.", field="note")
    return request.note


def _words(note: Note) -> dict[str, Any]:
    """What is quoted and suggested, for the record: it keeps it whatever becomes of the note."""
    said = {"field": note.field, "quote": note.quote, "replacement": note.replacement}
    return {
        name: value for name, value in said.items() if value or (name == "replacement" and note.is_suggestion)
    }
