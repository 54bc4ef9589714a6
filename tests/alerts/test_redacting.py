"""Words that may not stand even in the record stand in no stored mail either."""

from typing import Any

import pytest

from alerts.mails.composing import compose
from alerts.models import Delivery, Letter
from alerts.staff.events import tell_staff
from articles.models import Story
from tests.alerts.telling.telling import follower, sent, worked
from tests.articles.desk.test_redacting import FIELDS, LATER, every_word_of, redact
from tests.newsdesk import NOW, Cast, published


@pytest.fixture
def story(cast: Cast) -> Story:
    """Ann was mailed it, Ben's waits, and staff were told of it."""
    ann = follower("ann")
    follower("ben")
    story = published(cast, slug="council-hears-a-resident", **FIELDS)
    worked()
    tell_staff(NOW)
    for letter in Letter.objects.all():
        compose(letter, NOW)
    sent(ann)
    return story


def letters() -> str:
    return repr(list(Letter.objects.values_list("subject", "text", "html", "contents")))


def test_no_letter_says_them_any_more(cast: Cast, story: Story) -> None:
    assert "Vera" in letters() and Letter.objects.filter(notice__kind="staff").exists()
    redact(story, cast)
    assert "vera" not in letters().casefold()
    assert "lane" not in every_word_of(story).casefold()


def test_what_still_waits_is_written_without_them(cast: Cast, story: Story, time_machine: Any) -> None:
    redact(story, cast)
    letter = Delivery.objects.waiting().get(subscriber__address="ben@mail.example").letter
    assert letter.rendered_at is None
    compose(letter, LATER)
    assert letter.subject == "[redacted] speaks to the council"
    assert "[redacted]" in letter.text and "[redacted]" in letter.html


def test_staff_are_told_how_often_they_were_found_there(cast: Cast, story: Story) -> None:
    redact(story, cast)
    assert story.events.latest("number").details["places"]["Notices to staff"] >= 1
