"""The panel beside the story form: where the story stands, what happened last, and what can be done next.

Its buttons lead to the review page: an act from the form would throw away what was typed there and not yet saved.
"""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from accounts.models import User
from articles.admin import history
from articles.admin.act_forms import ON_ISSUES, ON_NOTES
from articles.admin.history import Entry
from articles.admin.notes import Notes, notes_on
from articles.desk import workflow
from articles.desk.acts import Act
from articles.desk.situation import situation_of
from articles.desk.standing import Standing
from articles.models import Edition, Story, StoryEvent

MOST_ENTRIES = 6

#: The next step of a story on its way, best first. Whatever comes first of what is possible gets the one plain button.
ONWARDS = (Act.COUNTERSIGN, Act.APPROVE, Act.PUBLISH, Act.SUBMIT, Act.REINSTATE, Act.UNSPIKE)

#: Have their place in the list of revisions, at the notes, or beside each issue.
_ELSEWHERE = frozenset({Act.SAVE, Act.REVERT_TO, Act.REVOKE_PREVIEW}) | ON_NOTES | ON_ISSUES

#: Needed once in years: the review page has them, the panel would only be longer for them.
RARE = frozenset({Act.WITHHOLD, Act.LIFT_WITHHOLDING, Act.REDACT})


@dataclass(frozen=True)
class Step:
    """An act that is possible now, as a link to where it is done."""

    label: str
    url: str
    primary: bool


@dataclass(frozen=True)
class Panel:
    story: Story
    standing: Standing
    live: Edition | None
    scheduled: Edition | None
    embargo_at: datetime | None
    hold: StoryEvent | None
    debt: StoryEvent | None
    steps: list[Step]
    entries: list[Entry]
    notes: Notes
    review_url: str
    revisions_url: str


def panel_for(story: Story, user: User, now: datetime) -> Panel:
    situation = situation_of(story, now)
    where = situation.stand
    review = reverse("admin:articles_story_review", args=[story.pk])
    answers = workflow.available(story, user, now, situation=situation)
    allowed = [answer.act for answer in answers if answer.allowed]
    return Panel(
        story=story,
        standing=where.standing,
        live=where.current if where.standing is Standing.LIVE else None,
        scheduled=where.scheduled,
        embargo_at=story.embargo_at if story.is_embargoed(now) else None,
        hold=situation.hold,
        debt=situation.debt,
        steps=_steps(allowed, first=first_of(allowed, scheduled=where.scheduled is not None), review=review),
        entries=history.entries(story, most=MOST_ENTRIES, refusals=False),
        notes=notes_on(story, user, answers),
        review_url=review,
        revisions_url=reverse("admin:articles_story_revisions", args=[story.pk]),
    )


def first_of(possible: list[Act], *, scheduled: bool) -> Act | None:
    """The act that gets the plain button. What is scheduled goes out by itself and needs none."""
    if scheduled:
        return None
    return next((act for act in ONWARDS if act in possible), None)


def _steps(allowed: list[Act], *, first: Act | None, review: str) -> list[Step]:
    acts = [act for act in allowed if act not in _ELSEWHERE | RARE]
    acts.sort(key=lambda act: act is not first)
    return [Step(act.label, f"{review}#{act.value}", act is first) for act in acts]
