"""What cannot wait, and what must: publishing without review, the signature owed for it, and a hold."""

from datetime import datetime

from articles.desk import publishing, requirements, withholding
from articles.desk.asking import Request, event_of, newest_of, require, settle
from articles.desk.record import latest
from articles.desk.refusals import NotReady, Stale
from articles.models import Edition, Revision, State, Story, StoryEvent


def publish_unreviewed(request: Request) -> StoryEvent:
    """The reason goes on record first: the database refuses an edition that nobody answers for."""
    story, revision, at = request.story, newest_of(request.story), request.now
    check(story, revision, at)
    publishing.void(story, request.act, by=request.by, now=at)
    story.state = State.DRAFT
    event = event_of(request, revision, {"slug": revision.as_dict()["slug"]})
    origin = Edition.Origin.UNREVIEWED
    edition = publishing.publish(story, revision, origin=origin, at=at, approval=event, reason=request.note)
    settle(story, edition)
    return event


def check(story: Story, revision: Revision, at: datetime) -> None:
    """Raise NotReady with whatever keeps this text from readers at `at`."""
    withholding.refuse(revision, at)
    require(
        requirements.for_publication(story, revision.as_dict(), at=at),
        "The story is not ready for publication.",
    )


def countersign(request: Request) -> StoryEvent:
    """The second signature, under what was published without it."""
    debt = StoryEvent.objects.filter(story=request.story).select_related("revision").open_debts().first()
    if debt is None or debt.revision is None:
        raise NotReady("Nothing waits for a second signature.")
    if request.details.get("debt") != debt.revision_hash:
        raise Stale("What was published without review is not what you read.")
    if newest_of(request.story) == debt.revision and request.story.state == State.DRAFT:
        request.story.state = State.APPROVED
        request.story.save(update_fields=["state"])
    return event_of(request, debt.revision)


def hold(request: Request) -> StoryEvent:
    publishing.void(request.story, request.act, by=request.by, now=request.now)
    return event_of(request, latest(request.story))
