"""Preview links: one text shown to one person outside, and what keeps a link from showing it.

A link stays a row whatever happens to its story. Whether it shows anything is asked anew each time it is opened.
"""

import hashlib
import json
import re
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max
from django.utils.crypto import salted_hmac

from articles.body.characters import is_readable
from articles.body.passages import one_line
from articles.desk import withholding
from articles.desk.asking import Request, event_of, newest_of
from articles.desk.refusals import NotReady, Stale
from articles.models import PreviewLink, State, Story, StoryEvent, Withholding

LONGEST = 120
USUAL_DAYS = 7
MOST_DAYS = 30
#: Open links a story may have at a time: whoever needs more is not showing it to somebody but publishing it.
MOST_OPEN = 20

#: 256 bits in base64 for addresses, and the 128 that a form is made with.
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_ONCE = re.compile(r"[A-Za-z0-9_-]{22}")


def new_once() -> str:
    """What the form that makes one link carries, so that sending it again does not make a second."""
    return secrets.token_urlsafe(16)


def token_of(once: str, *said: object) -> str:
    """The secret half of the link that a form makes with what it says. Whoever makes it is shown it; nobody keeps it.

    HMAC-SHA-256 under the site's own key: whoever sends a form cannot choose the token, nor know it beforehand.
    """
    if not _ONCE.fullmatch(once):
        once = new_once()
    text = json.dumps([once, *map(str, said)])
    digest = salted_hmac("articles.preview", text, algorithm="sha256").digest()
    return urlsafe_b64encode(digest).decode().rstrip("=")


def hash_of(token: str) -> str:
    """SHA-256, in hexadecimal. A random token of this length needs neither salt nor stretching."""
    return hashlib.sha256(token.encode()).hexdigest()


def share(request: Request) -> StoryEvent:
    """The event tells for whom and until when; of the token not even the hash."""
    story, now = request.story, request.now
    revision = newest_of(story)
    for_whom = one_line(str(request.details.get("for_whom") or ""))
    days = request.details.get("days") or USUAL_DAYS
    if not is_readable(for_whom):
        raise NotReady("Say whom the link is for.", field="for_whom")
    if len(for_whom) > LONGEST:
        raise NotReady(f"Say in at most {LONGEST} characters whom the link is for.", field="for_whom")
    if not isinstance(days, int) or not 1 <= days <= MOST_DAYS:
        raise NotReady(f"A preview link lasts from one day to {MOST_DAYS}.", field="days")
    if withholding.withheld(revision, now) is not None:
        raise NotReady("This very text is withheld: it is shown to nobody outside.")
    if PreviewLink.objects.filter(story=story).open(now).count() >= MOST_OPEN:
        raise NotReady(f"{MOST_OPEN} preview links of this story are open. End one of them first.")
    if PreviewLink.objects.filter(token_hash=request.details["token_hash"]).exists():
        raise Stale("This form has made its link already. Open the page anew to make another.")
    link = PreviewLink.objects.create(
        story=story,
        revision=revision,
        token_hash=request.details["token_hash"],
        for_whom=for_whom,
        created_by=request.by,
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    told = {"link": link.pk, "for_whom": for_whom, "until": link.expires_at.isoformat()}
    return event_of(request, revision, told)


def revoke(request: Request) -> StoryEvent:
    key = request.details.get("link")
    known = PreviewLink.objects.filter(story=request.story).select_related("revision")
    link = known.filter(pk=key).first() if isinstance(key, int) else None
    if link is None:
        raise NotReady("There is no such preview link.")
    if link.revoked_at is not None or link.expires_at <= request.now:
        raise NotReady("This preview link has ended already.")
    link.revoked_at, link.revoked_by = request.now, request.by
    link.save(update_fields=["revoked_at", "revoked_by"])
    return event_of(request, link.revision, {"link": link.pk, "for_whom": link.for_whom})


def end_all(request: Request) -> None:
    """End what is open of the story, because of another act."""
    links = PreviewLink.objects.filter(story=request.story).open(request.now)
    links.update(revoked_at=request.now, revoked_by=request.by)


def opened(token: str, now: datetime) -> PreviewLink | None:
    """The link with this token, if it shows its text at `now`. Whatever else is the matter, the answer is None."""
    if not _TOKEN.fullmatch(token):
        return None
    links = PreviewLink.objects.open(now).select_related("story", "revision")
    link = links.filter(token_hash=hash_of(token)).first()
    return None if link is None or door_of(link.story, now).shut_for(link) else link


@dataclass(frozen=True)
class Door:
    """What keeps the links of one story from showing anything at a moment."""

    now: datetime
    #: A sentence where the whole story may not be shown outside.
    story: str
    #: The number of the newest revision that readers ever had.
    published: int
    #: Hashes of the texts that are withheld.
    withheld: frozenset[str]

    def shut_for(self, link: PreviewLink) -> str:
        """Why this link shows nothing, in a sentence; empty where it shows its text."""
        return self.ended(link) or self._closed(link)

    def ended(self, link: PreviewLink) -> str:
        """Why nobody can open it again."""
        if link.revoked_at is not None:
            return f"Ended by {link.revoked_by}."
        if link.expires_at <= self.now:
            return "Its time is over."
        if link.revision.number <= self.published:
            return "Ended: this text, or a later one, was published."
        return ""

    def _closed(self, link: PreviewLink) -> str:
        return self.story or ("This text is withheld." if link.revision.hash in self.withheld else "")


def door_of(story: Story, now: datetime) -> Door:
    """Four queries."""
    editions = story.editions.published(now)
    withheld = Withholding.objects.in_force(now).of_story(story.pk).texts()
    published = editions.aggregate(number=Max("revision__number"))["number"] or 0
    return Door(now, _story_closed(story, now), published, frozenset(withheld))


def _story_closed(story: Story, now: datetime) -> str:
    if story.restricted:
        return "The story is restricted."
    if story.state == State.SPIKED:
        return "The story is spiked."
    if StoryEvent.objects.filter(story=story).open_holds().exists():
        return "The story is on hold."
    current = story.editions.current(now).first()
    return "The story was taken down." if current is not None and current.is_removal else ""
