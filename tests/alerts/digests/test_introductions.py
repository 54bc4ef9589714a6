"""The introduction of a day's newsletter: written by managers, for today or a day to come."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alerts.models import Introduction, Lane, Notice
from tests.newsdesk import Cast, published

ADD = "admin:alerts_introduction_add"


@pytest.fixture
def client(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.manager)
    return client


def test_begins_with_tomorrow(client: Client) -> None:
    page = client.get(reverse(ADD)).content.decode()
    assert "Write the introduction of tomorrow’s newsletter" in page
    assert f'value="{timezone.localdate() + timedelta(days=1):%Y-%m-%d}"' in page


def test_keeps_who_wrote_it_and_its_paragraphs(client: Client, cast: Cast) -> None:
    client.post(reverse(ADD), {"on": timezone.localdate(), "text": "Good\nmorning.\n\nIt rains."})
    introduction = Introduction.objects.get()
    assert (introduction.changed_by, introduction.paragraphs) == (
        cast.manager,
        ["Good morning.", "It rains."],
    )


def test_a_day_has_one(client: Client) -> None:
    for _ in range(2):
        answer = client.post(reverse(ADD), {"on": timezone.localdate(), "text": "Good morning."})
    assert "already exists" in answer.content.decode()
    assert Introduction.objects.count() == 1


def test_is_not_written_for_a_day_that_is_over(client: Client) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    answer = client.post(reverse(ADD), {"on": yesterday, "text": "Good morning."})
    assert "has gone out" in answer.content.decode()
    assert not Introduction.objects.exists()


def test_says_when_the_day_s_newsletter_is_on_its_way(client: Client) -> None:
    today, now = timezone.localdate(), timezone.now()
    key = f"digest:daily:{today}:7"
    Notice.objects.create(key=key, kind=Notice.Kind.DIGEST, lane=Lane.DIGEST, made_at=now, as_of=now)
    answer = client.post(reverse(ADD), {"on": today, "text": "Good morning."}, follow=True)
    assert "on its way already" in answer.content.decode()


def test_can_be_seen_in_the_newsletter_once_it_is_saved(client: Client, cast: Cast) -> None:
    published(cast)
    answer = client.post(
        reverse(ADD), {"on": timezone.localdate(), "text": "The river rises today."}, follow=True
    )
    seen = reverse("admin:alerts_mail_sample", args=["newsletter"])
    assert f'<a href="{seen}">See it in the newsletter</a>' in answer.content.decode()
    assert "The river rises today." in client.get(seen).content.decode()
