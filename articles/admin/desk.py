"""My desk: what a person finds when they come in, above the list of everything there is."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.admin import AdminSite
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Window
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from articles.admin import ending
from articles.admin.alarms import alarms
from articles.admin.filters import mine_and_open
from articles.admin.queue import waiting
from articles.desk.acts import Act
from articles.desk.open_matters import with_approval, with_debt, with_hold, with_open_matters
from articles.desk.standing import with_standing
from articles.models import Edition, State, Story, StoryEvent
from articles.models.stories import StoryQuerySet

#: Lines of each list; the rest is one click away.
MOST = 5

#: The acts that decide whether a draft lies with its writers because it was sent back.
_DECIDING = (Act.SUBMIT, Act.RECALL, Act.REQUEST_CHANGES, Act.APPROVE, Act.UNSPIKE)


@dataclass(frozen=True)
class Pile:
    """One short list, with the way to all of it."""

    name: str
    title: str
    nothing: str
    all_url: str = ""
    stories: list[Any] = field(default_factory=list)
    editions: list[Edition] = field(default_factory=list)
    #: How many there are where more than those shown are, and that was counted.
    of: int = 0


def put_on(site: AdminSite) -> None:
    """Make this the first page of the admin."""
    plain = site.index

    def index(request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        now, user = timezone.now(), request.user
        told = {
            "title": "My desk",
            "now": now,
            "piles": my_desk(user, now),  # type: ignore[arg-type]
            "alarms": alarms(user, now),  # type: ignore[arg-type]
            "licences_ending": ending.waiting(user, now),
        }
        return plain(request, told | (extra_context or {}))

    site.index = index  # type: ignore[method-assign]


def my_desk(user: User, now: datetime) -> list[Pile]:
    """One query a list, whatever it holds."""
    if not user.has_perm("articles.view_story"):
        return []
    seen = Story.objects.visible_to(user)
    sent_back = _sent_back(seen, user, now)
    return [
        *(_of_managers(seen, user, now) if user.has_perm("articles.review_story") else []),
        sent_back,
        _mine(seen.exclude(pk__in=[story.pk for story in sent_back.stories]), user, now),
        _scheduled(seen, now),
        _live_lately(seen, now),
    ]


def _of_managers(seen: QuerySet[Story], user: User, now: datetime) -> list[Pile]:
    """What waits for a review; and, where there is any, for a publication or a signature, or is on hold."""
    others = _approved(seen, now), _owed(seen, now), _held(seen, now)
    return [_to_review(user, now), *(pile for pile in others if pile.stories)]


def _approved(seen: QuerySet[Story], now: datetime) -> Pile:
    url = f"{reverse('admin:articles_story_changelist')}?desk=approved"
    stories = with_open_matters(with_standing(with_approval(seen, now), now))
    return _pile("approved", "Approved, not out", "Nothing waits to be published.", url, stories=stories)


def _owed(seen: QuerySet[Story], now: datetime) -> Pile:
    url = f"{reverse('admin:articles_story_changelist')}?desk=owed"
    stories = with_standing(with_debt(seen), now)
    return _pile("owed", "To countersign", "No signature is owed.", url, stories=stories)


def _held(seen: QuerySet[Story], now: datetime) -> Pile:
    url = f"{reverse('admin:articles_story_changelist')}?desk=held"
    stories = with_standing(with_hold(seen), now)
    return _pile("held", "On hold", "Nothing is on hold.", url, stories=stories)


def _to_review(user: User, now: datetime) -> Pile:
    url = reverse("admin:articles_story_queue")
    return _pile("to-review", "To review", "Nothing waits for review.", url, stories=waiting(user, now))


def _sent_back(seen: StoryQuerySet, user: User, now: datetime) -> Pile:
    """Drafts of mine on which a manager asked for changes, until they are sent again."""
    events = StoryEvent.objects.filter(story=OuterRef("pk"))
    decisions, sent = events.done(*_DECIDING), events.done(Act.SUBMIT)
    stories = (
        seen.in_state(State.DRAFT)
        .annotate(decided=Subquery(decisions.values("act")[:1]), submitter=Subquery(sent.values("actor")[:1]))
        .annotate(
            asked=Subquery(decisions.values("note")[:1]),
            asked_at=Subquery(decisions.values("at")[:1]),
            asked_by=Subquery(decisions.values("actor__name")[:1]),
        )
        .filter(Q(submitter=user.pk) | Q(created_by=user) | Q(assignee=user), decided=Act.REQUEST_CHANGES)
    )
    return _pile("sent-back", "Sent back to me", "Nothing was sent back.", stories=_newest(stories, now))


def _mine(seen: QuerySet[Story], user: User, now: datetime) -> Pile:
    stories = mine_and_open(seen, user)
    url = f"{reverse('admin:articles_story_changelist')}?mine=open"
    return _pile("mine", "Mine", "Nothing is on your desk.", url, stories=_newest(stories, now))


def _scheduled(seen: StoryQuerySet, now: datetime) -> Pile:
    editions = Edition.objects.scheduled(now).filter(seen.has("story_id")).order_by("published_at")
    url = f"{reverse('admin:articles_story_changelist')}?standing=scheduled"
    return _pile("scheduled", "Scheduled", "Nothing is scheduled.", url, editions=editions)


def _live_lately(seen: StoryQuerySet, now: datetime) -> Pile:
    editions = Edition.objects.live(now).filter(seen.has("story_id")).order_by("-published_at")
    url = f"{reverse('admin:articles_story_changelist')}?standing=live"
    return _pile("live", "Live lately", "Nothing is live yet.", url, editions=editions)


def _newest(stories: QuerySet[Story], now: datetime) -> QuerySet[Any]:
    return with_open_matters(with_standing(stories, now)).order_by("-updated_at", "-pk")


def _pile(
    name: str,
    title: str,
    nothing: str,
    all_url: str = "",
    *,
    stories: QuerySet[Any] | None = None,
    editions: QuerySet[Edition] | None = None,
) -> Pile:
    rows = list(_counted(stories)[:MOST]) if stories is not None else []
    fields = ("story", "slug", "headline", "published_at")
    printed = list(editions.only(*fields)[:MOST]) if editions is not None else []
    of = rows[0].of if rows and rows[0].of > MOST else 0
    return Pile(name, title, nothing, all_url, rows, printed, of)


def _counted(stories: QuerySet[Any]) -> QuerySet[Any]:
    """With the length of the whole list on each row: what lies on desks is short, what was published is not."""
    return stories.annotate(of=Window(Count("*")))
