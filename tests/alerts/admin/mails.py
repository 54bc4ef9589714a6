"""Mails about a story for tests of the desk: one notice, and a mail in each state."""

from django.utils import timezone

from alerts.models import Delivery, Lane, Letter, Notice, State
from articles.models import Story
from tests.alerts.readers import reader
from tests.newsdesk import NOW

ENDS = {State.ACCEPTED, State.UNCERTAIN, State.SUPPRESSED, State.FAILED, State.CANCELLED}


def told(story: Story, **counts: int) -> Notice:
    """A notice of the story's newest edition, with so many mails in each state; one reader each."""
    edition = story.editions.latest("pk")
    known = {"kind": Notice.Kind.EDITION, "lane": Lane.ALERT, "edition": edition, "fanned_out_at": NOW}
    notice = Notice.objects.filter(key=f"edition:{edition.pk}").first() or Notice.objects.create(
        key=f"edition:{edition.pk}", made_at=NOW, as_of=NOW, **known
    )
    letter = Letter.objects.get_or_create(notice=notice, variant="story", defaults={"subject": "Records"})[0]
    for state, count in counts.items():
        for number in range(count):
            mail(notice, letter, State(state), f"{state}{number}@mail.example")
    notice.eligible = notice.deliveries.count()
    notice.save()
    return notice


def mail(notice: Notice, letter: Letter, state: State, address: str) -> Delivery:
    times = {"begun_at": NOW, "settled_at": NOW if state in ENDS else None}
    lease = {"lease_until": timezone.now()} if state is State.SENDING else {}
    return Delivery.objects.create(
        notice=notice,
        letter=letter,
        subscriber=reader(address),
        lane=notice.lane,
        state=state,
        made_at=NOW,
        next_try_at=NOW,
        reason="no such mailbox" if state is State.FAILED else "",
        **times,
        **lease,
    )
