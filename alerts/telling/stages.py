"""How the recipients of an edition's notice are worked out, stage after stage, some subscribers a step.

A notice keeps the number of its stage: the order below stays as it is, and what is new comes at its end.
"""

from collections.abc import Callable
from datetime import datetime

from alerts.failpoints import passing
from alerts.models.notices import Notice
from alerts.telling.audiences import Audience, main, owed_a_correction, owed_an_update, owed_the_story
from alerts.telling.cancelling import cancel_earlier
from alerts.telling.delivering import Stretch, deliver
from alerts.telling.news import News

#: Stage 0 cancels what waits of earlier editions. Who is owed the story gets it whole, so they come first.
AUDIENCES: tuple[Callable[[News], Audience | None], ...] = (
    owed_the_story,
    main,
    owed_a_correction,
    owed_an_update,
)


def step(notice: Notice, *, limit: int, now: datetime) -> bool:
    """Take one step (`alerts.fan_out.Step`)."""
    news = News.of(notice, now)
    if notice.stage == 0:
        if cancel_earlier(news.edition, most=limit, now=now) == limit:
            return False
        notice.stage = 1
    while notice.stage <= len(AUDIENCES):
        if not _some(news, AUDIENCES[notice.stage - 1], limit):
            return False
        notice.stage, notice.cursor = notice.stage + 1, 0
    return True


def _some(news: News, audience_of: Callable[[News], Audience | None], limit: int) -> bool:
    """Make some deliveries of an audience; whether it has no more."""
    audience, notice = audience_of(news), news.notice
    if audience is None:
        return True
    made = deliver(news, audience, Stretch(notice.cursor, limit))
    passing("fan_out")
    notice.eligible += made.made
    notice.cursor = made.last
    return made.found < limit
