"""What readers are sent about one story: of the text they have, or of the one that is to follow it."""

from dataclasses import dataclass
from datetime import datetime

from alerts.mails import editions
from alerts.mails.own import nobodys
from alerts.mails.words import Words
from articles.desk import publishing
from articles.models import Edition, Revision, Story
from articles.models.telling import Telling, telling_of

#: The letter for each audience; those who were sent an earlier version get a correction or a removal.
_LETTERS = {Telling.FOLLOWERS: "story", Telling.FOLLOWERS_AGAIN: "update", Telling.SENT_BEFORE: "correction"}


@dataclass(frozen=True)
class About:
    """The mail about a story; `words` is None where nobody is sent one."""

    telling: Telling
    #: Whether readers have this text now.
    is_out: bool
    words: Words | None

    @property
    def sentence(self) -> str:
        if self.words is None:
            return (
                "Readers were sent nothing about this text."
                if self.is_out
                else "Nobody will be sent anything."
            )
        whom = f"{self.telling.label[0].lower()}{self.telling.label[1:]}"
        return f"This was sent to {whom}." if self.is_out else f"This will be sent to {whom}."


def about(story: Story, revision: Revision, now: datetime) -> About:
    """The mail about the edition that readers have, or about `revision` where that is newer. Nothing is saved."""
    current = story.editions.current(now).select_related("section", "lead_image").first()
    is_out = current is not None and current.revision_id == revision.pk
    edition = current if current is not None and is_out else publishing.printed(story, revision, at=now)
    telling = telling_of(edition, is_first=_is_first(story, edition, now))
    return About(telling, is_out, _words(edition, telling, now))


def _is_first(story: Story, edition: Edition, now: datetime) -> bool:
    return not story.editions.published(now).filter(published_at__lt=edition.published_at).exists()


def _words(edition: Edition, telling: Telling, now: datetime) -> Words | None:
    if telling is Telling.NOBODY:
        return None
    variant = "removal" if edition.is_removal else _LETTERS[telling]
    names = [topic["name"] for topic in edition.topics]
    return editions.VARIANTS[variant](edition, now).filled(nobodys(names))
