"""Makes the deliveries of an audience, a stretch of subscribers at a time, in the database alone.

Who left after the edition appeared, and before this, was to be told of it: their delivery is there, cancelled. So the
recipients are those of that moment, however late they are worked out.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet

from alerts.models.deliveries import LEFT, State
from alerts.models.notices import Letter, LetterEdition
from alerts.telling.audiences import Audience
from alerts.telling.news import News

_INSERT = """
INSERT INTO alerts_delivery (
    notice_id, letter_id, subscriber_id, lane, made_at, next_try_at, attempts, lease_no, reply,
    state, reason, settled_at
)
SELECT %s, %s, subscriber.id, %s, %s, %s, 0, 0, '',
    CASE WHEN subscriber.ended_at IS NULL THEN %s ELSE %s END,
    CASE WHEN subscriber.ended_at IS NULL THEN %s ELSE %s END,
    CASE WHEN subscriber.ended_at IS NULL THEN %s ELSE %s END
FROM alerts_subscriber subscriber
WHERE subscriber.id IN ({found})
    AND subscriber.confirmed_at <= %s
    AND (subscriber.ended_at IS NULL OR subscriber.ended_at > %s)
    AND (%s OR subscriber.paused_until IS NULL OR subscriber.paused_until <= %s)
{lock}
ON CONFLICT DO NOTHING
"""

_BOUNDS = """
SELECT COUNT(*), MAX(subscriber_id) FROM (SELECT * FROM ({found}) found ORDER BY 1 LIMIT %s) first_ones
"""

_PLACE = "SELECT subscriber_id FROM ({rows}) place_{number}"


class Stretch(NamedTuple):
    """Subscribers by number: those after one, and at most so many, or up to another."""

    after: int
    most: int
    upto: int | None = None


class Made(NamedTuple):
    """How many stood in a stretch, the last of them, and how many deliveries were made."""

    found: int
    last: int
    made: int


def deliver(news: News, audience: Audience, stretch: Stretch) -> Made:
    """Make the deliveries of a stretch. Whoever has one of this notice gets no other."""
    found, last = _bounds(audience.places, stretch)
    if not found:
        return Made(0, stretch.after, 0)
    sql, values = _union([_within(place, stretch._replace(upto=last)) for place in audience.places])
    letter = _letter(news, audience.variant)
    with connection.cursor() as cursor:
        # Whoever is leaving this moment is waited for, and seen to have left.
        lock = "FOR KEY SHARE OF subscriber" if connection.vendor == "postgresql" else ""
        cursor.execute(
            _INSERT.format(found=sql, lock=lock),
            [*_row(news, letter), *values, *_conditions(news, audience)],
        )
        return Made(found, last, cursor.rowcount)


def _row(news: News, letter: Letter) -> list[Any]:
    now, held_back = _moment(news.now), news.held_back
    here = (State.CANCELLED, held_back, now) if held_back else (State.READY, "", None)
    gone = (State.CANCELLED, LEFT, now)
    states = [value for pair in zip(here, gone, strict=True) for value in pair]
    return [news.notice.pk, letter.pk, news.notice.lane, now, now, *states]


def _conditions(news: News, audience: Audience) -> list[Any]:
    as_of = _moment(news.as_of)
    return [as_of, as_of, audience.pausing_too, as_of]


def _bounds(places: Sequence[QuerySet[Any]], stretch: Stretch) -> tuple[int, int]:
    """How many subscribers stand in a stretch, and the last of them."""
    if not places:
        return 0, stretch.after
    # The first ones of all places together are among the first ones of each.
    sql, values = _union([_within(place, stretch)[: stretch.most] for place in places])
    with connection.cursor() as cursor:
        cursor.execute(_BOUNDS.format(found=sql), [*values, stretch.most])
        found, last = cursor.fetchone()
    return found, last or stretch.after


def _within(place: QuerySet[Any], stretch: Stretch) -> QuerySet[Any]:
    upto = {} if stretch.upto is None else {"subscriber_id__lte": stretch.upto}
    within = place.filter(subscriber_id__gt=stretch.after, **upto)
    return within.order_by("subscriber_id").values("subscriber_id").distinct()


def _union(places: Sequence[QuerySet[Any]]) -> tuple[str, list[Any]]:
    parts, values = [], list[Any]()
    for number, place in enumerate(places):
        sql, given = place.query.sql_with_params()
        parts.append(_PLACE.format(rows=sql, number=number))
        values += given
    return " UNION ".join(parts), values


def _letter(news: News, variant: str) -> Letter:
    letter, is_new = Letter.objects.get_or_create(notice=news.notice, variant=variant)
    if is_new:
        LetterEdition.objects.create(letter=letter, edition=news.edition)
    return letter


def _moment(at: Any) -> Any:
    return connection.ops.adapt_datetimefield_value(at)
