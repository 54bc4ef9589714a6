"""What a worker does with a mail in its hands that turns out not to be for sending now."""

from datetime import timedelta

import pytest
from django.test import Client

from alerts.models import Delivery, Registration, State
from alerts.sending.sending import Run
from alerts.sending.writing import NOT_THEIRS
from alerts.staff.events import tell_staff
from alerts.staff.reminders import remind
from articles.models import Story, Sweep
from tests.alerts.registering import ask
from tests.alerts.sending.outbox import Clock, send, states
from tests.alerts.telling.telling import follower, worked
from tests.mailserver import MailServer
from tests.newsdesk import MINUTE, NOW, Cast, published, submitted


def test_an_edition_that_began_by_a_clock_ahead_of_ours_is_told_when_ours_has_come_there(
    cast: Cast, server: MailServer, clock: Clock
) -> None:
    follower("ann")
    published(cast)
    worked()
    clock.now = NOW - timedelta(seconds=2)
    Delivery.objects.update(next_try_at=clock.now)
    send(clock)
    assert states() == {State.READY: 1} and not server.received
    clock.now = NOW + timedelta(seconds=20)
    send(clock)
    assert states() == {State.ACCEPTED: 1} and len(server.received) == 1


def test_a_mail_that_was_forgotten_meanwhile_ends_nobody_else_s_turn(
    cast: Cast, server: MailServer, clock: Clock, client: Client
) -> None:
    """Somebody had everything erased, and what was owed to them went with it."""
    ask(client)
    Delivery.objects.update(next_try_at=clock.now)
    run = Run(lambda: False, clock)
    claimed = run._queues.next(clock())
    assert claimed is not None
    Registration.objects.all().delete()
    run._send(claimed)
    run.close()
    assert states() == {} and not server.received


@pytest.mark.parametrize("matter", ["submitted", "overdue"])
def test_staff_are_not_mailed_of_a_story_that_was_restricted_meanwhile(
    cast: Cast, server: MailServer, clock: Clock, matter: str
) -> None:
    story = submitted(cast)
    Story.objects.filter(pk=story.pk).update(due_at=NOW - MINUTE)
    Sweep.objects.create(name="staff told", until=NOW - MINUTE)
    tell_staff(NOW) if matter == "submitted" else remind(NOW)
    Delivery.objects.exclude(user__in=(cast.manager, cast.second_manager)).delete()
    Story.objects.filter(pk=story.pk).update(restricted=True)
    story.restricted_to.add(cast.manager)
    send(clock)
    assert {one.recipient for one in server.received} == {cast.manager.email}
    assert Delivery.objects.get(user=cast.second_manager).reason == NOT_THEIRS
