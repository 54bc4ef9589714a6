"""Several workers at once: one notice an edition, one delivery a reader, and numbers that add up."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from alerts.models import Delivery, Notice
from alerts.sending.books import books
from tests.alerts.telling.telling import follower, worked
from tests.alerts.telling.test_changes import changed
from tests.newsdesk import MINUTE, NOW, hire, published

WORKERS, READERS = 4, 10


@pytest.mark.django_db(transaction=True)
def test_tell_each_reader_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("alerts.fan_out.A_CHUNK", 3)
    cast, start = hire(), Barrier(WORKERS)
    for number in range(READERS):
        follower(f"reader{number}")
    story = published(cast)
    changed(story, cast)
    published(cast, headline="Another story")

    def work() -> None:
        try:
            start.wait()
            worked(NOW + MINUTE)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(WORKERS) as pool:
        for worker in [pool.submit(work) for _ in range(WORKERS)]:
            worker.result()
    worked(NOW + MINUTE)
    assert not Notice.objects.to_fan_out().exists()
    assert Notice.objects.count() == 3 and all(books(notice).add_up for notice in Notice.objects.all())
    waiting = Delivery.objects.waiting()
    for notice in (
        story.editions.latest("published_at").notices.get(),
        Notice.objects.get(edition__headline="Another story"),
    ):
        assert waiting.filter(notice=notice).values("subscriber").distinct().count() == READERS
    assert waiting.count() == 2 * READERS
