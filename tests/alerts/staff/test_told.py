"""The record of a story shows who was told by mail, of what, and whether it left."""

import pytest
from django.test import Client

from alerts.models import Delivery, State
from alerts.staff.events import tell_staff
from articles.models import Sweep
from tests.newsdesk import MINUTE, NOW, Cast, submitted

pytestmark = pytest.mark.django_db


def test_the_record_says_who_was_told(cast: Cast):
    Sweep.objects.create(name="staff told", until=NOW)
    story = submitted(cast)
    tell_staff(NOW + MINUTE)
    Delivery.objects.filter(user=cast.manager).update(state=State.ACCEPTED, settled_at=NOW + MINUTE)
    client = Client()
    client.force_login(cast.manager)
    page = client.get(f"/admin/articles/story/{story.pk}/record/").content.decode()
    assert "Manager: A story waits for review</li>" in page
    assert "Second Manager: A story waits for review (waits)</li>" in page
