"""A letter is written once, whoever else is writing it at the same moment."""

import pytest

from alerts.mails.composing import compose
from alerts.models import Letter
from tests.alerts.mails.outbox import letter
from tests.newsdesk import MINUTE, NOW

pytestmark = pytest.mark.django_db


def notice() -> Letter:
    return letter("staff", contents={"subject": "Approved", "lines": ["A manager approved it."]})


def test_of_two_workers_who_write_it_both_have_what_is_stored() -> None:
    one = notice()
    other = Letter.objects.select_related("notice").get(pk=one.pk)
    compose(one, NOW)
    compose(other, NOW + MINUTE)
    stored = Letter.objects.get()
    assert one.rendered_at == other.rendered_at == stored.rendered_at == NOW
    assert other.text == stored.text


def test_what_is_written_already_stays_as_it_is() -> None:
    one = notice()
    compose(one, NOW)
    Letter.objects.update(subject="As it was sent")
    again = Letter.objects.select_related("notice").get()
    compose(again, NOW + MINUTE)
    assert again.subject == "As it was sent"
