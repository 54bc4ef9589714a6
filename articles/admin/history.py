"""The record of a story in words: who did what, when, and what they wrote beside it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import FieldDoesNotExist
from django.utils.dateparse import parse_datetime

from accounts.models import User
from articles.admin.marks import exact
from articles.desk.acts import Act
from articles.models import RemovalKind, Story, StoryEvent


@dataclass(frozen=True)
class Entry:
    """One line of the record."""

    at: datetime
    who: str
    did: str
    note: str
    refusal: str
    readers_note: str = ""


def entries(story: Story, *, most: int, refusals: bool = True) -> list[Entry]:
    """The newest events first. Three queries at most."""
    events = StoryEvent.objects.filter(story=story).select_related("actor", "revision").order_by("-number")
    if not refusals:
        events = events.filter(refusal="")
    return told(list(events[:most]))


def told(events: Iterable[StoryEvent]) -> list[Entry]:
    events = list(events)
    named = {event.details.get("assignee") for event in events} - {None}
    people = {user.pk: str(user) for user in User.objects.filter(pk__in=named)} if named else {}
    return [_entry(event, people) for event in events]


def _entry(event: StoryEvent, people: Mapping[int, str]) -> Entry:
    did = _did(event, people)
    return Entry(
        at=event.at,
        who=who(event),
        did=_tried(event) if event.refusal else did,
        note=event.note,
        refusal=event.refusal,
        readers_note=event.details.get("public_note", ""),
    )


def who(event: StoryEvent) -> str:
    """A member of staff, or what acts by itself."""
    if event.actor is not None:
        return str(event.actor)
    return "The clock" if event.act == Act.APPEARED else "The import"


def _tried(event: StoryEvent) -> str:
    act = Act(event.act).label if event.act in Act else event.act.replace("_", " ")
    return f"was refused: {act.lower()}"


def _did(event: StoryEvent, people: Mapping[int, str]) -> str:
    text = f"revision {event.revision.number}" if event.revision else "the story"
    match event.act:
        case Act.SAVE:
            return _saved(event, text)
        case Act.SCHEDULE:
            return f"scheduled {text} for {_time(event, 'at')}"
        case Act.UNSCHEDULE:
            return _unscheduled(event)
        case Act.TAKE_DOWN:
            return _took_down(event)
        case Act.ASSIGN:
            return _assigned(event, people)
        case Act.ADD_NOTE:
            return _noted(event)
        case Act.ACCEPT_SUGGESTION:
            return f"accepted suggested words, now {text}"
        case Act.OVERRIDE:
            return f"overrode an issue of {text}. {event.details.get('sentence', '')}".strip()
        case Act.REQUIRE_AGAIN:
            return f"took an override of {text} back. {event.details.get('sentence', '')}".strip()
    plain: dict[str, str] = {
        Act.SUBMIT: f"sent {text} for review",
        Act.RECALL: "took it back from review",
        Act.REQUEST_CHANGES: f"asked for changes to {text}",
        Act.APPROVE: f"approved {text}",
        Act.PUBLISH: f"published {text}",
        Act.CLAIM: f"began reading {text}",
        Act.UNCLAIM: "left the reading to others",
        Act.PUBLISH_UNREVIEWED: f"published {text} without review",
        Act.COUNTERSIGN: f"countersigned {text}",
        Act.HOLD: "put it on hold",
        Act.LIFT_HOLD: "lifted the hold",
        Act.REINSTATE: f"reinstated it with {text}",
        Act.WITHHOLD: f"withheld {text}",
        Act.LIFT_WITHHOLDING: f"let {text} be shown again",
        Act.REDACT: _redacted(event),
        Act.SPIKE: "spiked it",
        Act.UNSPIKE: "brought it back from the spike",
        Act.REVERT_TO: f"went back to an earlier text, now {text}",
        Act.REPLY: "replied to a note",
        Act.RESOLVE_NOTE: "resolved a note",
        Act.REOPEN_NOTE: "reopened a note",
        Act.SHARE_PREVIEW: f"shared a preview of {text} with {_whom(event)}, until {_time(event, 'until')}",
        Act.REVOKE_PREVIEW: f"ended the preview link for {_whom(event)}",
        Act.IMPORT: f"brought it in as {text}",
        Act.APPEARED: f"put {text} before readers, as scheduled",
    }
    return plain.get(event.act, event.act.replace("_", " "))


def _redacted(event: StoryEvent) -> str:
    """How much of what was blanked; never what."""
    length, times = event.details.get("length", 0), sum((event.details.get("places") or {}).values())
    often = "once" if times == 1 else f"{times} times"
    return f"blanked words of {length} characters, found {often}"


def _saved(event: StoryEvent, text: str) -> str:
    fields = event.details.get("fields") or []
    if not fields:
        return f"saved {text}"
    names = ", ".join(_field(name) + _embargo(event, name) for name in fields)
    return f"saved {text} and changed {names}" if event.revision else f"changed {names}"


def _embargo(event: StoryEvent, name: str) -> str:
    """From when to when: an embargo that was lifted early is a promise that was broken."""
    if name != "embargo_at" or "embargo" not in event.details:
        return ""
    was, is_now = (exact(at) if (at := parse_datetime(said)) else "none" for said in event.details["embargo"])
    return f" (from {was} to {is_now})"


def _field(name: str) -> str:
    try:
        return str(Story._meta.get_field(name).verbose_name).removesuffix(" at")  # type: ignore[union-attr]
    except FieldDoesNotExist:
        return name.replace("_", " ")


def _unscheduled(event: StoryEvent) -> str:
    done = f"cancelled the publication due {_time(event, 'was_due')}"
    because = event.details.get("because_of")
    return f"{done} (because of: {str(because).replace('_', ' ')})" if because else done


def _took_down(event: StoryEvent) -> str:
    kind = event.details.get("kind", "")
    why = RemovalKind(kind).word.lower() if kind in RemovalKind.values else kind
    to = event.details.get("redirect_to")
    return f"took it down ({why}); readers are sent to {to}" if to else f"took it down ({why})"


def _assigned(event: StoryEvent, people: Mapping[int, str]) -> str:
    whom = people.get(event.details.get("assignee") or 0, "nobody")
    due = _time(event, "due_at")
    return f"assigned it to {whom}, due {due}" if due else f"assigned it to {whom}"


def _noted(event: StoryEvent) -> str:
    """Where, and not which words: those stand with the note itself."""
    where = str(event.details.get("field", "")).replace("body", "text")
    said = "suggested words" if "replacement" in event.details else "wrote a note"
    return f"{said} on a passage of the {where}" if where else said


def _whom(event: StoryEvent) -> str:
    return str(event.details.get("for_whom", ""))


def _time(event: StoryEvent, name: str) -> str:
    at = parse_datetime(event.details.get(name) or "")
    return exact(at) if at else ""
