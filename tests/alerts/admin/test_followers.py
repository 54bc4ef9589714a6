"""Followers on the desk: how many follow what, and how often they hear of it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alerts import followers
from alerts.models import Follows, Subscriber
from tests.alerts.readers import follow, reader
from tests.articles.admin.desk_pages import signed_in
from tests.newsdesk import NOW, Cast, author, section, topic

pytestmark = pytest.mark.django_db


def people(number: int, what: object = None, frequency: str = "daily", name: str = "reader") -> None:
    for one in range(number):
        address = f"{name}{one}@mail.example"
        known = Subscriber.objects.filter(address=address).first()
        follow(known or reader(address), what, frequency)


def test_counts_each_thing_at_each_frequency(cast: Cast):
    people(3, topic(), "at_once")
    people(2, topic(), "daily", name="other")
    people(1, topic("Cloud"), "weekly")
    people(2, section())
    people(1, author())
    people(2)
    shown = signed_in(cast.editor).get("/admin/alerts/followers/").text
    for name, *counts in [
        ("Records", 3, 2, 0, 5),
        ("Cloud", 0, 0, 1, 1),
        ("Local Government", 0, 2, 0, 2),
        ("Ada Quill", 0, 1, 0, 1),
        ("Everything", 0, 2, 0, 2),
    ]:
        cells = "".join(f"<td>{count}</td>" for count in counts)
        assert f'<th scope="row">{name}</th>{cells}' in shown, name
    assert "5 subscribers" in shown and "@mail.example" not in shown


def test_who_left_is_counted_nowhere_and_who_pauses_is(cast: Cast):
    people(3, topic())
    Subscriber.objects.filter(address="reader0@mail.example").update(ended_at=NOW, ended_reason="staff")
    Subscriber.objects.filter(address="reader1@mail.example").update(paused_until=NOW.replace(year=9999))
    assert followers.numbers(NOW) == followers.Numbers(staying=2, pausing=1)
    assert [row.total for row in followers.followed(Follows.TOPIC)] == [2]


def test_costs_one_query_a_list(cast: Cast):
    people(3, topic())
    with CaptureQueriesContext(connection) as queries:
        for what in Follows:
            followers.followed(what)
    assert len(queries) == 4
