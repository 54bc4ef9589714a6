"""Colleagues are told of what happened to their stories: once, and only what they may know of."""

from datetime import timedelta

import pytest

from accounts.models import User
from alerts.models import Declined, Delivery, Matter, Notice
from alerts.staff import events
from alerts.staff.events import tell_staff
from articles.desk import workflow
from articles.models import Sweep
from tests.newsdesk import MINUTE, NOW, Cast, approved, change, draft, published, scheduled, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_worker_looks_since_yesterday(db: None) -> None:
    Sweep.objects.create(name="staff told", until=NOW - timedelta(days=1))


def told(matter: Matter, *, now=NOW + MINUTE) -> set[str]:
    """Who is told of a matter, by the names of the cast."""
    tell_staff(now)
    keys = Notice.objects.filter(key__endswith=f":{matter}")
    return set(User.objects.filter(deliveries__notice__in=keys).values_list("name", flat=True))


def subjects() -> list[str]:
    return [one.letter.contents["subject"] for one in Delivery.objects.select_related("letter")]


def test_managers_hear_of_what_waits_for_review(cast: Cast):
    submitted(cast)
    assert told(Matter.SUBMITTED) == {"Manager", "Second Manager"}
    assert set(subjects()) == {"For review: Council puts its records in one place"}


def test_a_manager_who_sends_a_story_is_not_told_of_it(cast: Cast):
    submitted(cast, by=cast.manager)
    assert told(Matter.SUBMITTED) == {"Second Manager"}


def test_writers_hear_that_it_was_sent_back_and_why(cast: Cast):
    story = draft(cast.contributor)
    change(story, by=cast.editor, now=NOW, standfirst="The county pays.")
    workflow.perform(story, "submit", by=cast.editor, now=NOW)
    workflow.perform(
        story, "request_changes", by=cast.manager, now=NOW, revision=story.version, note="Who pays?"
    )
    assert told(Matter.SENT_BACK) == {"Contributor", "Editor"}
    letter = Delivery.objects.filter(notice__key__endswith=":sent_back")[0].letter
    assert "They wrote: Who pays?" in letter.contents["lines"]


def test_writers_hear_that_it_is_approved_and_scheduled_and_out(cast: Cast):
    scheduled(cast, at=NOW + 5 * MINUTE)
    published(cast, headline="Another story")
    assert told(Matter.APPROVED) == told(Matter.SCHEDULED) == told(Matter.PUBLISHED) == {"Editor"}


def test_who_approved_hears_that_a_save_cancelled_the_publication(cast: Cast):
    story = scheduled(cast, at=NOW + 5 * MINUTE)
    change(story, by=cast.second_editor, now=NOW + MINUTE, standfirst="The county pays.")
    assert told(Matter.VOIDED, now=NOW + 2 * MINUTE) == {"Editor", "Manager"}


def test_writers_and_approvers_hear_of_a_hold_but_not_who_holds(cast: Cast):
    story = approved(cast)
    workflow.perform(story, "hold", by=cast.manager, now=NOW, note="The lawyer reads it.")
    assert told(Matter.HELD) == {"Editor"}


def test_a_publication_without_review_asks_the_managers_who_can_sign(cast: Cast):
    story = draft(cast.editor)
    workflow.perform(
        story, "publish_unreviewed", by=cast.manager, now=NOW, note="The river rises.", revision=story.version
    )
    assert told(Matter.DEBT) == {"Second Manager"}
    assert told(Matter.PUBLISHED) == {"Editor"}


def test_whoever_it_is_given_to_hears_of_it(cast: Cast):
    story = draft(cast.editor)
    workflow.perform(story, "assign", by=cast.editor, now=NOW, assignee=cast.contributor)
    assert told(Matter.ASSIGNED) == {"Contributor"}


def test_nobody_hears_of_a_story_they_may_not_know_of(cast: Cast):
    story = draft(cast.editor, restricted=True)
    story.restricted_to.add(cast.second_manager)
    workflow.perform(story, "submit", by=cast.editor, now=NOW)
    assert told(Matter.SUBMITTED) == {"Second Manager"}


def test_nobody_is_told_what_they_declined(cast: Cast):
    Declined.objects.create(user=cast.manager, matter=Matter.SUBMITTED)
    submitted(cast)
    assert told(Matter.SUBMITTED) == {"Second Manager"}


def test_nobody_is_told_twice_however_often_a_worker_looks(cast: Cast):
    submitted(cast)
    for minutes in range(1, 5):
        tell_staff(NOW + minutes * MINUTE)
    assert Delivery.objects.count() == 2


def test_what_was_committed_late_is_told_all_the_same(cast: Cast):
    tell_staff(NOW + 30 * MINUTE)
    submitted(cast)
    assert told(Matter.SUBMITTED, now=NOW + 31 * MINUTE) == {"Manager", "Second Manager"}


def test_what_happened_long_ago_is_told_nobody(cast: Cast):
    submitted(cast)
    assert told(Matter.SUBMITTED, now=NOW + timedelta(days=2)) == set()
    assert Notice.objects.filter(key__endswith=":submitted", eligible=0).count() == 1


def test_what_was_refused_is_told_nobody(cast: Cast):
    story = draft(cast.editor)
    with pytest.raises(workflow.NotAllowed):
        workflow.perform(story, "publish", by=cast.editor, now=NOW)
    tell_staff(NOW + MINUTE)
    assert not Delivery.objects.exists()


def test_an_event_that_cannot_be_told_holds_up_no_other_and_is_not_forgotten(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
):
    submitted(cast)
    submitted(cast, headline="Another story")
    whole = events.of_event

    def stumbles(event, matter):
        if event.story.headline != "Another story":
            raise RuntimeError
        return whole(event, matter)

    monkeypatch.setattr(events, "of_event", stumbles)
    tell_staff(NOW + MINUTE)
    assert set(subjects()) == {"For review: Another story"}
    monkeypatch.setattr(events, "of_event", whole)
    tell_staff(NOW + 3 * timedelta(hours=1))
    assert len(set(subjects())) == 2
