"""Composes letters: what a notice says to its recipients, rendered once and stored before anything is sent.

It reads editions, and of a removed story only the note. What is each reader's own stays a mark (`alerts.mails.marks`).
"""

from collections.abc import Callable
from datetime import datetime

from alerts.mails import digests, editions, service, staff
from alerts.mails.emptied import Emptied
from alerts.mails.words import Words
from alerts.models.notices import Letter, Notice

__all__ = ["Emptied", "compose"]

_KINDS: dict[str, Callable[[Letter, datetime], Words]] = {
    Notice.Kind.EDITION: editions.words_of,
    Notice.Kind.DIGEST: digests.words_of,
    Notice.Kind.SERVICE: service.words_of,
    Notice.Kind.STAFF: staff.words_of,
}


def compose(letter: Letter, now: datetime) -> None:
    """Render and store a letter that is not rendered yet; raises Emptied when nothing is left to tell.

    Of two workers who render it at once the first is heard, and the other takes what the first wrote: a mail is made
    of the letter that is stored, or it is not begun.
    """
    if letter.rendered_at is not None:
        return
    subject, text, html = _KINDS[letter.notice.kind](letter, now)
    unwritten = Letter.objects.filter(pk=letter.pk, rendered_at=None)
    unwritten.update(subject=subject, text=text, html=html, rendered_at=now)
    letter.refresh_from_db(fields=["subject", "text", "html", "rendered_at"])
