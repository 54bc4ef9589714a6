"""Who at the desk is told of what: nobody of what they did themselves, nor of a story they may not know of."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from accounts.models import User
from accounts.roles import Role
from alerts.models import Declined, Matter, Notice
from articles.desk.acts import Act
from articles.desk.permissions import can
from articles.models import Edition, Revision, Story, StoryEvent


def told_of(event: StoryEvent, matter: Matter, *, now: datetime) -> list[User]:
    """Those to be told of an event at the desk."""
    story = event.story
    people = _meant(event, story, matter, now)
    return willing([one for one in people if one.pk != event.actor_id and may_know(one, story)], matter)


def managers_told_of(story: Story, matter: Matter) -> list[User]:
    """The managers who may know of a story, and who has it in hand."""
    people = {*managers(), *([story.assignee] if story.assignee else [])}
    return willing([one for one in people if may_know(one, story)], matter)


def countersigners(story: Story, now: datetime) -> list[User]:
    """Those who could settle its debt."""
    return [
        one for one in managers() if may_know(one, story) and can(one, Act.COUNTERSIGN, story, now=now)[0]
    ]


def willing(people: Iterable[User], matter: Matter) -> list[User]:
    """Those who did not decline it, in a fixed order."""
    declined = set(Declined.objects.of(matter).values_list("user_id", flat=True))
    return sorted((one for one in people if one.pk not in declined), key=lambda one: one.pk)


def managers() -> list[User]:
    return list(User.objects.filter(is_active=True, role=Role.MANAGER))


def may_know(user: User, story: Story) -> bool:
    return Story.objects.visible_to(user).filter(pk=story.pk).exists()


def may_still_know(user: User, notice: Notice) -> bool:
    """Whether what they are to be mailed is still theirs to know: a story may have been restricted meanwhile."""
    story = _story_of(notice)
    return story is None or may_know(user, story)


def _story_of(notice: Notice) -> Story | None:
    """By the keys that `events` and `reminders` make; a list of licences and a test are about no one story."""
    kind, _, rest = notice.key.partition(":")
    key = rest.partition(":")[0]
    match kind:
        case "event" | "debt":
            return Story.objects.filter(events=int(key)).first()
        case "overdue":
            return Story.objects.filter(pk=int(key)).first()
    return None


def _meant(event: StoryEvent, story: Story, matter: Matter, now: datetime) -> set[User]:
    match matter:
        case Matter.SUBMITTED:
            return set(managers())
        case Matter.DEBT:
            return set(countersigners(story, now))
        case Matter.ASSIGNED:
            return set(User.objects.filter(pk=event.details.get("assignee") or 0))
        case Matter.HELD | Matter.VOIDED:
            return _writers(event) | _approvers(story)
    return _writers(event)


def _writers(event: StoryEvent) -> set[User]:
    """Who began the story, has it in hand, or worked on this text since readers last got another one."""
    story = event.story
    number = event.revision.number if event.revision else story.version
    before = Edition.objects.filter(story=story, revision__number__lt=number, published_at__lte=event.at)
    last = before.effective().order_by("-published_at").values_list("revision__number", flat=True).first()
    revisions = Revision.objects.filter(story=story, number__gt=last or 0, number__lte=number)
    wrote = Q(pk__in=revisions.order_by().values("saved_by"))
    return set(User.objects.filter(wrote | Q(pk=story.created_by_id) | Q(pk=story.assignee_id)))


def _approvers(story: Story) -> set[User]:
    """Who last approved it, and who last said when it goes out."""
    events = StoryEvent.objects.filter(story=story).select_related("actor")
    last = [events.done("approve").first(), events.done("schedule").first()]
    return {event.actor for event in last if event is not None and event.actor is not None}
