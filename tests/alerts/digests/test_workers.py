"""Several workers at once: digests are worked out one after the other, whoever does it."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from alerts import fan_out
from alerts.digests.runs import make_due
from alerts.models import Delivery, Frequency, Notice
from tests.alerts.digests.readership import EVERYTHING, HOUR, WEEK, follow, reader
from tests.newsdesk import NOW, hire, published, topic

#: A Monday's seven o'clock: the daily and the weekly digest are due, and so are those of days before.
MONDAY = (NOW + WEEK).replace(hour=7, minute=0) + timedelta(minutes=1)


@pytest.mark.postgresql
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_workers_tell_each_reader_each_story_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fan_out, "A_CHUNK", 3)
    cast = hire()
    make_due(NOW)
    for _ in range(20):
        someone = reader(topic("Cloud"), frequency=Frequency.WEEKLY)
        follow(someone, EVERYTHING, frequency=Frequency.DAILY, at=NOW)
    for number in range(4):
        published(cast, now=NOW + number * 40 * HOUR, headline=f"At {number}", topics=[topic("Cloud")])
    with ThreadPoolExecutor(2) as workers:
        list(workers.map(_work, range(4)))
    while _work(0):
        pass
    assert Notice.objects.filter(kind=Notice.Kind.DIGEST).count() == 8
    told = Counter(
        Delivery.objects.values_list("subscriber", "letter__edition_rows__edition__story").order_by()
    )
    assert set(told.values()) == {1}
    assert len(told) == 20 * 4


def _work(_: int) -> int:
    try:
        make_due(MONDAY)
        return fan_out.fan_out(MONDAY)
    finally:
        connection.close()
