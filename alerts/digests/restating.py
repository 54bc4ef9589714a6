"""Waiting digests tell of what readers have now: a story's newer edition in place of the older, or not of it at all."""

from collections import defaultdict
from datetime import datetime
from itertools import batched

from django.db.models import F

from alerts.digests.letters import Contents, letters, variant
from alerts.models.deliveries import REMOVED, Delivery, State
from alerts.models.digest_marks import DigestMark
from alerts.models.notices import Letter, LetterEdition, Notice
from articles.models.editions import Edition

#: Letters held in memory at once; each is a page of JSON.
_AT_ONCE = 500


def restate(edition: Edition, now: datetime) -> int:
    """Give readers whose digest waits, and tells of an earlier edition of the story, a letter with this one; how many.

    To be called when the edition began, in the transaction that notes it. What was sent stays as it is: who was sent
    words that were wrong hears of it from the correction.
    """
    _wait_for_others()
    before = Edition.objects.filter(story=edition.story_id, published_at__lt=edition.published_at)
    earlier = set(before.values_list("pk", flat=True))
    waiting = _waiting(earlier)
    for some in batched(waiting, _AT_ONCE):
        for letter in Letter.objects.filter(pk__in=some).select_related("notice"):
            _move(letter, waiting[letter.pk], _restated(letter.contents, earlier, edition), now)
    return sum(len(keys) for keys in waiting.values())


def _wait_for_others() -> None:
    """Who restates another story may be moving the same readers; who makes deliveries may take what was live before.

    They end first, and what they did is seen. Nothing else is locked by then, so nobody waits in a circle.
    """
    list(DigestMark.objects.select_for_update().order_by("pk"))
    list(Notice.objects.digests_to_fan_out().select_for_update().values_list("pk"))


def _waiting(earlier: set[int]) -> dict[int, list[int]]:
    """What waits of the digests that tell of these editions, by letter; locked, the lowest first, as everybody does."""
    telling = LetterEdition.objects.filter(edition__in=earlier, letter__notice__kind=Notice.Kind.DIGEST)
    waiting = Delivery.objects.waiting().filter(letter__in=telling.values("letter"))
    found: dict[int, list[int]] = defaultdict(list)
    for key, letter in waiting.order_by("pk").select_for_update().values_list("pk", "letter"):
        found[letter].append(key)
    return found


def _restated(contents: Contents, earlier: set[int], edition: Edition) -> Contents:
    groups = []
    for group in contents["groups"]:
        said = [
            {**one, "edition": edition.pk} if one["edition"] in earlier else one
            for one in group["editions"]
            if not (edition.is_removal and one["edition"] in earlier)
        ]
        if said:
            groups.append({**group, "editions": said})
    return {**contents, "groups": groups}


def _move(letter: Letter, keys: list[int], contents: Contents, now: datetime) -> None:
    deliveries = Delivery.objects.filter(pk__in=keys)
    if not contents["groups"]:
        deliveries.update(state=State.CANCELLED, reason=REMOVED, settled_at=now)
        return
    name = variant(contents)
    new = letters(letter.notice, {name: contents})[name]
    # A worker may have claimed it with the letter in hand: with another number it is not theirs any more.
    deliveries.update(letter=new, lease_no=F("lease_no") + 1)
