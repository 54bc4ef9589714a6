"""Who is written to because of an edition: the rule, from what the edition itself says."""

from django.db import models

from articles.models.editions import Edition
from articles.models.kinds import NOTED_CHANGES


class Telling(models.TextChoices):
    """Whom an edition is news for."""

    NOBODY = "nobody", "Nobody"
    FOLLOWERS = "followers", "Those who follow it"
    FOLLOWERS_AGAIN = "followers_again", "Those who follow it, again"
    SENT_BEFORE = "sent_before", "Those who were sent an earlier version"


def telling_of(edition: Edition, *, is_first: bool) -> Telling:
    """Who is told of an edition. `is_first`: readers have had no other of its story.

    What was wrong concerns whoever was sent it, and nobody else: a correction, a clarification, a retraction and a
    removal never go to followers. An edition that brings a text back tells nobody anything new.
    """
    if edition.is_removal:
        return Telling.SENT_BEFORE
    if edition.origin in {Edition.Origin.IMPORTED, Edition.Origin.REINSTATED}:
        return Telling.NOBODY
    if is_first:
        return Telling.FOLLOWERS
    if edition.change_kind in NOTED_CHANGES:
        return Telling.SENT_BEFORE
    return Telling.FOLLOWERS_AGAIN if edition.tell_readers else Telling.NOBODY
