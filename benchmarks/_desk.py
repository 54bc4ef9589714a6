"""Gives an archive a newsroom: staff, and stories on every step of the way, taken there by the real workflow.

Some were written by people since the archive was taken in, with a correction on every fourth; some wait.
"""

from datetime import datetime, timedelta
from random import Random
from typing import Any

import django

from benchmarks._stories import NEWEST
from benchmarks._words import phrase, sentence

PUBLISHED, CORRECTED_EACH, WAITING = 40, 4, 60
FAR_AHEAD = datetime.fromisoformat("2040-01-01T09:00:00+00:00")


def main() -> None:
    django.setup()
    from django.db import transaction

    from articles.models import Author, Section, Tag
    from tests import newsdesk

    cast, order = newsdesk.hire(), Random(1)
    sections, topics = list(Section.objects.order_by("order")), list(Tag.objects.order_by("pk")[:200])
    authors = list(Author.objects.order_by("pk")[:20])

    def words() -> dict[str, Any]:
        return {
            "headline": phrase(order, 8),
            "standfirst": sentence(order, 18),
            "body": "".join(f"<p>{sentence(order, 40)}</p>" for _ in range(5)),
            "section": order.choice(sections),
            "topics": order.sample(topics, 3),
            "authors": [order.choice(authors)],
        }

    def at(number: int) -> datetime:
        return NEWEST + timedelta(hours=number)

    with transaction.atomic():
        for number in range(PUBLISHED):
            story = newsdesk.published(cast, now=at(number), **words())
            if number % CORRECTED_EACH == 0:
                change = {"change_kind": "correction", "public_note": sentence(order, 12)}
                newsdesk.republished(
                    story,
                    cast,
                    now=at(number) + timedelta(minutes=30),
                    standfirst=sentence(order, 18),
                    **change,
                )
        for number in range(PUBLISHED, PUBLISHED + WAITING):
            newsdesk.draft(cast.editor, now=at(number), **words())
            newsdesk.submitted(cast, now=at(number), **words())
            newsdesk.approved(cast, now=at(number), **words())
        for number in range(WAITING // 3):
            newsdesk.scheduled(cast, at=FAR_AHEAD, now=at(PUBLISHED + WAITING + number), **words())


if __name__ == "__main__":
    main()
