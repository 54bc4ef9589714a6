"""Carries one reader, whose mail was cancelled at the last moment, over to what readers have of the story now."""

from datetime import datetime

from django.db.models import F

from alerts.models.deliveries import Delivery
from alerts.models.notices import Notice
from alerts.telling.delivering import Stretch, deliver
from alerts.telling.news import News
from alerts.telling.stages import AUDIENCES
from articles.models.editions import Edition


def carry(delivery: Delivery, now: datetime) -> bool:
    """Have the reader of an overtaken mail told of what stands now, if they are owed that; whether they are.

    To be called in the transaction that cancels the delivery. The fan-out of the present edition finds everybody whose
    mail was cancelled by then; a mail that a server had in hand, and put off, can be cancelled after that.
    """
    notice = _present(delivery, now)
    if delivery.subscriber_id is None or notice is None or notice.pk == delivery.notice_id:
        return False
    news, only = News.of(notice, now), Stretch(delivery.subscriber_id - 1, 1, upto=delivery.subscriber_id)
    audiences = [audience for audience_of in AUDIENCES if (audience := audience_of(news))]
    made = sum(deliver(news, audience, only).made for audience in audiences)
    Notice.objects.filter(pk=notice.pk).update(eligible=F("eligible") + made)
    return bool(made)


def _present(delivery: Delivery, now: datetime) -> Notice | None:
    """The notice of what readers have now of the story. There is none before it is followed up.

    Locked, as the fan-out has it locked that may be making the same delivery.
    """
    overtaken = Edition.objects.filter(notices=delivery.notice_id).values("story")
    present = Edition.objects.current(now).filter(story__in=overtaken)
    return Notice.objects.of_editions(present).select_for_update().first()
