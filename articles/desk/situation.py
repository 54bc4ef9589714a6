"""What the rules ask about a story: read once, then judged without another query."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, Sum
from django.db.models.functions import Greatest, Length

from accounts.models import User
from articles.desk.standing import Stand, stand
from articles.models import Note, Revision, State, Story, StoryEvent, Withholding

#: What one person may have worded or taken out of a version, in characters, and still be its second person.
MOST_SUGGESTED = 1000


@dataclass(frozen=True)
class Notes:
    """How many threads a story has of each sort."""

    open: int = 0
    resolved: int = 0
    suggestions: int = 0


@dataclass(frozen=True)
class Situation:
    """A story at a moment, as the rules see it."""

    state: State
    stand: Stand
    last: Revision | None
    hold: StoryEvent | None
    claim: StoryEvent | None
    debt: StoryEvent | None
    notes: Notes = Notes()
    withheld: tuple[Withholding, ...] = ()
    #: What was done to the story at any time: what never was need not be asked for.
    ever: frozenset[str] = frozenset()
    restricted: bool = False

    @property
    def returns_newer(self) -> bool:
        """Whether a reinstatement would bring readers a text that was approved since the removal."""
        return self.state is State.APPROVED and not self.is_published

    @property
    def is_published(self) -> bool:
        """Whether what readers have now is the newest text."""
        printed = self.stand.current
        return printed is not None and self.last is not None and printed.revision_id == self.last.pk


@dataclass(frozen=True)
class Part:
    """What one person has to do with one story."""

    may_edit: bool = False
    may_manage: bool = False
    wrote: bool = False
    suggested_much: bool = False
    sent: bool = False
    holds: bool = False
    reads: bool = False
    withheld_all: bool = False
    may_countersign: bool = False


NOBODY = Part()


def situation_of(story: Story, now: datetime) -> Situation:
    """Four queries, and one more for each thing that was ever done to the story and may still be open."""
    events = StoryEvent.objects.filter(story=story).select_related("actor", "revision")
    ever = StoryEvent.objects.acts_done(story.pk)
    is_read = "claim" in ever and story.state == State.IN_REVIEW
    withheld = Withholding.objects.in_force(now).of_story(story.pk).order_by("pk")
    return Situation(
        state=State(story.state),
        stand=stand(story, now),
        last=Revision.objects.filter(story=story).order_by("-number").first(),
        hold=events.open_holds().first() if "hold" in ever else None,
        claim=events.open_claims().first() if is_read else None,
        debt=events.open_debts().first() if "publish_unreviewed" in ever else None,
        notes=_notes(story) if "add_note" in ever else Notes(),
        withheld=tuple(withheld) if "withhold" in ever else (),
        ever=ever,
        restricted=story.restricted,
    )


def part_of(user: User, story: Story, situation: Situation) -> Part:
    """At most five queries; none that matters for somebody who may not know of the story."""
    if not user.is_active or not Story.objects.visible_to(user).filter(pk=story.pk).exists():
        return NOBODY
    may_manage = user.has_perm("articles.review_story") and user.has_perm("articles.publish_story")
    hold, claim, debt = situation.hold, situation.claim, situation.debt
    return Part(
        may_edit=user.has_perm("articles.change_story"),
        may_manage=may_manage,
        wrote=may_manage and Revision.objects.filter(story=story, saved_by=user).unpublished().exists(),
        suggested_much=may_manage
        and "accept_suggestion" in situation.ever
        and _suggested(user, story) > MOST_SUGGESTED,
        sent="submit" in situation.ever and _sent(user, story),
        holds=hold is not None and hold.actor_id == user.pk,
        reads=claim is not None and claim.actor_id == user.pk,
        withheld_all=all(row.placed_by_id == user.pk for row in situation.withheld),
        may_countersign=may_manage and debt is not None and _had_no_part(user, story, debt),
    )


def _notes(story: Story) -> Notes:
    is_open = Q(resolved_at=None)
    numbers = (
        Note.objects.filter(story=story)
        .threads()
        .aggregate(
            open=Count("pk", filter=is_open),
            resolved=Count("pk", filter=~is_open),
            suggestions=Count("pk", filter=is_open & ~Q(replacement=None) & Q(accepted_as=None)),
        )
    )
    return Notes(**numbers)


def _suggested(user: User, story: Story) -> int:
    """How many characters of this version `user` worded or took out, and somebody else took that over."""
    accepted = Note.objects.filter(story=story, author=user).taken_over()
    changed = Greatest(Length("quote"), Length("replacement"))
    return accepted.aggregate(length=Sum(changed))["length"] or 0


def _sent(user: User, story: Story) -> bool:
    """Whether `user` sent the story for the review it is in."""
    last = StoryEvent.objects.filter(story=story).done("submit").first()
    return last is not None and last.actor_id == user.pk


def _had_no_part(user: User, story: Story, debt: StoryEvent) -> bool:
    """Whether `user` neither published without review nor wrote any of what was published so."""
    published = debt.revision
    if debt.actor_id == user.pk or published is None:
        return False
    before = story.editions.effective().filter(revision__number__lt=published.number)
    last = before.order_by("-revision__number").values_list("revision__number", flat=True).first() or 0
    written = Revision.objects.filter(story=story, number__gt=last, number__lte=published.number)
    return not written.filter(saved_by=user).exists()
