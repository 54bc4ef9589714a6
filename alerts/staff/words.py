"""What a staff notice says. The words of a story that is restricted go only to who may know of it (`people`)."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format

from alerts.models import Matter
from articles.desk.acts import Act
from articles.models import Story, StoryEvent

_PUBLISHED = {
    Act.PUBLISH: "Published",
    Act.PUBLISH_UNREVIEWED: "Published without review",
    Act.APPEARED: "Published as scheduled",
    Act.TAKE_DOWN: "Taken down",
    Act.REINSTATE: "Reinstated",
}

_SUBJECTS = {
    Matter.SUBMITTED: "For review",
    Matter.ASSIGNED: "Assigned to you",
    Matter.SENT_BACK: "Sent back",
    Matter.APPROVED: "Approved",
    Matter.SCHEDULED: "Scheduled",
    Matter.VOIDED: "Publication cancelled",
    Matter.DEBT: "A second signature is needed",
}


def of_event(event: StoryEvent, matter: Matter) -> dict[str, Any]:
    """The contents of the letter about an event."""
    said = [_sentence(event, matter)]
    if event.note:
        said.append(f"They wrote: {event.note}")
    return about(event.story, _what(event, matter), said)


def about(story: Story, what: str, lines: list[str]) -> dict[str, Any]:
    """A letter about one story: `what` begins its subject, and its link leads to the review page."""
    return {
        "subject": f"{what}: {story.headline or 'a story without a headline'}",
        "lines": lines,
        "link": reverse("admin:articles_story_review", args=[story.pk]),
        "label": "Open the story",
    }


def clock(moment: datetime) -> str:
    """A moment by the newsroom's clock: 26 November 2026, 07:00."""
    return date_format(timezone.localtime(moment), "j F Y, H:i")


def _what(event: StoryEvent, matter: Matter) -> str:
    if matter is Matter.PUBLISHED:
        return _PUBLISHED[Act(event.act)]
    if matter is Matter.HELD:
        return "Hold lifted" if event.act == Act.LIFT_HOLD else "On hold"
    return _SUBJECTS[matter]


def _sentence(event: StoryEvent, matter: Matter) -> str:
    who = str(event.actor) if event.actor else "The clock"
    if matter is Matter.DEBT:
        return f"{who} published it without review. Another manager has to read it and sign."
    if event.act in (Act.UNSCHEDULE, Act.ASSIGN):
        return _unscheduled(event, who) if event.act == Act.UNSCHEDULE else _assigned(event, who)
    plain: dict[str, str] = {
        Act.SUBMIT: f"{who} sent it for review.",
        Act.REQUEST_CHANGES: f"{who} read it and asked for changes. It is a draft again.",
        Act.APPROVE: f"{who} approved it as it stands. Saving a change makes it a draft again.",
        Act.SCHEDULE: f"{who} scheduled it for {_time(event, 'at')}.",
        Act.HOLD: f"{who} put it on hold. Nothing can be changed or published until another manager lifts the hold.",
        Act.LIFT_HOLD: f"{who} lifted the hold.",
        Act.APPEARED: "It went out at its time.",
    }
    return plain.get(event.act) or f"{_PUBLISHED[Act(event.act)]} by {who}."


def _assigned(event: StoryEvent, who: str) -> str:
    due = _time(event, "due_at")
    return f"{who} assigned it to you, due {due}." if due else f"{who} assigned it to you."


def _unscheduled(event: StoryEvent, who: str) -> str:
    due, because = _time(event, "was_due"), event.details.get("because_of")
    why = f" Because of: {str(because).replace('_', ' ')}." if because else ""
    return (
        f"{who} cancelled its publication{f', due {due}' if due else ''}.{why} It will not go out by itself."
    )


def _time(event: StoryEvent, name: str) -> str:
    at = parse_datetime(event.details.get(name) or "")
    return clock(at) if at else ""
