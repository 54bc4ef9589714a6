"""What a stop of all mail means, in words, and as an alarm on my desk for as long as it lasts."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from alerts.models import Stop
from articles.admin.alarm_box import Alarm, Line
from articles.admin.marks import exact


@dataclass(frozen=True)
class Explained:
    """What stands still, and what to find out before it goes on."""

    words: str
    advice: str
    button: str = "Let mail go on"


EXPLAINED: dict[Stop.Kind, Explained] = {
    Stop.Kind.STAFF: Explained(
        "All mail is paused",
        "Nothing is lost: what is published meanwhile is told when mail goes on, unless it is a day old by then.",
    ),
    Stop.Kind.BOUNCES: Explained(
        "Alerts and digests are paused: too many mails could not be delivered",
        "Mailboxes that are not there are taken out by themselves. Find out where these addresses came from before "
        "mail goes on: a provider that sees many of them ends the account. Confirmations still leave.",
    ),
    Stop.Kind.COMPLAINTS: Explained(
        "Alerts and digests are paused: too many mails were reported as unwanted",
        "Look at what was sent last, and to whom. Who complained is taken out already. Confirmations still leave.",
    ),
    Stop.Kind.FENCE: Explained(
        "No mail leaves: this database may be a copy or a restored backup",
        "If another installation with the same subscribers sends mail, leave this one as it is: readers would get "
        "everything twice. If this is the one that should send, because it was moved or restored on purpose, say so. "
        "Mails that had left after the backup was made may then be sent once more.",
        button="This is the one that sends",
    ),
}


def alarms_of(stops: list[Stop]) -> Iterator[Alarm]:
    for stop in stops:
        told = EXPLAINED[Stop.Kind(stop.kind)]
        who = f" by {stop.began_by}" if stop.began_by else ""
        reason = f": {stop.reason}" if stop.reason else ""
        since = f"since {exact(stop.began_at)}{who}{reason}"
        yield Alarm(told.words, [Line(reverse("admin:alerts_overview"), "Alerts", since)], told.advice)
