"""The pages behind the links in mails, of readers in every state."""

from datetime import timedelta

ADDRESS = "somebody.with.a.very.long.name.of.nearly.sixty.four.characters@departments.of.the.town.example"


def behind_links() -> dict[str, str]:
    from alerts.links import manage_path, unsubscribe_path
    from drills._readers import fill

    staying, paused, gone, bounced, erased = _readers()
    return {
        "link: confirm": fill(1)[0]["confirm"],
        "link: preferences": manage_path(staying),
        "link: preferences, saved": f"{manage_path(staying)}?done=saved",
        "link: preferences, paused, nothing followed": manage_path(paused),
        "link: erase": f"{manage_path(staying)}erase/",
        "link: unsubscribe": unsubscribe_path(staying),
        "link: left": unsubscribe_path(gone),
        "link: left, bounced": unsubscribe_path(bounced),
        "link: erased": manage_path(erased),
        "link: broken": "/alerts/unsubscribe/nothing/",
    }


def _readers() -> list:
    """One who stays, one who pauses, one who left, one whose mail bounced, one who is forgotten."""
    from django.utils import timezone

    from alerts.leaving import erase, leave
    from alerts.models import Leaving
    from tests.alerts.readers import follow, reader
    from tests.newsdesk import author, section, topic

    now = timezone.now()
    paused = reader("paused@mail.example", now=now, paused_until=now + timedelta(days=7))
    staying, gone, bounced, erased = (
        reader(address, now=now)
        for address in (ADDRESS, "gone@mail.example", "bounced@mail.example", "erased@mail.example")
    )
    for what in (None, section(), topic(), topic("Interoperability of electronic correspondence"), author()):
        follow(staying, what, now=now)
    leave(gone, reason=Leaving.UNSUBSCRIBED, how="", now=now)
    leave(bounced, reason=Leaving.BOUNCED, how="", now=now)
    erase(erased, how="", now=now)
    return [staying, paused, gone, bounced, erased]
