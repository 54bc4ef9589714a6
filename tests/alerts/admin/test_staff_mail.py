"""Everybody at the desk says themselves which matters they are mailed about."""

import pytest
from django.test import Client

from alerts.models import Declined, Matter
from tests.newsdesk import Cast

pytestmark = pytest.mark.django_db

PAGE = "/admin/mail/"


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_everything_is_ticked_at_first(cast: Cast):
    page = signed_in(cast.manager).get(PAGE).content.decode()
    assert page.count("checked") == len(Matter)


def test_an_editor_is_not_asked_about_what_only_managers_are_told(cast: Cast):
    page = signed_in(cast.editor).get(PAGE).content.decode()
    assert "My story is sent back" in page
    assert "A story waits for review" not in page


def test_what_is_not_ticked_is_declined_and_can_be_wanted_again(cast: Cast):
    client = signed_in(cast.editor)
    client.post(PAGE, {"wanted": ["sent_back", "held"]})
    declined = Declined.objects.filter(user=cast.editor)
    assert not declined.filter(matter__in=["sent_back", "held"]).exists()
    assert declined.filter(matter="approved").exists()
    client.post(PAGE, {"wanted": ["approved"]})
    assert not declined.filter(matter="approved").exists()
    assert not Declined.objects.exclude(user=cast.editor).exists()


def test_an_unknown_matter_is_refused_in_words(cast: Cast):
    answer = signed_in(cast.editor).post(PAGE, {"wanted": ["submitted"]})
    assert answer.status_code == 422
    assert not Declined.objects.exists()
