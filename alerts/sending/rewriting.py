"""Rewrites a digest that events have overtaken, for those who have not been sent it yet.

A story that was changed stands in it as it is now, one that was taken down or withheld is left out, and the ledger
goes on saying who was sent which words: the rest of the recipients get another letter. Most of that is done when an
edition begins (`alerts.digests.restating`); this is for what comes to light at the last moment.
"""

from datetime import datetime

from django.db.models import F

from alerts.digests.letters import Contents, letters, variant
from alerts.models.deliveries import REMOVED, Delivery, State
from alerts.models.notices import Letter, Notice
from articles.models.editions import Edition
from articles.models.withholdings import Withholding


def rewrite(letter: Letter, now: datetime) -> None:
    """Give those who wait for this letter one of what is live now, or nothing where nothing is left of it.

    In a transaction. What another worker has claimed of it loses its claim.
    """
    notice = Notice.objects.select_for_update().get(pk=letter.notice_id)
    waiting = Delivery.objects.waiting().filter(letter=letter)
    contents = _as_it_is_now(letter, now)
    if not contents["groups"]:
        waiting.update(state=State.CANCELLED, reason=REMOVED, settled_at=now)
        return
    name = variant(contents)
    anew = letters(notice, {name: contents})[name]
    waiting.update(letter=anew, next_try_at=now, lease_no=F("lease_no") + 1)


def _as_it_is_now(letter: Letter, now: datetime) -> Contents:
    newest = _newest(letter, now)
    groups = []
    for group in letter.contents["groups"]:
        said = [
            {**one, "edition": newest[one["edition"]]}
            for one in group["editions"]
            if one["edition"] in newest
        ]
        if said:
            groups.append({**group, "editions": said})
    return {**letter.contents, "groups": groups}


def _newest(letter: Letter, now: datetime) -> dict[int, int]:
    """For each edition that the letter was made of: the one that readers have of its story, if any."""
    stories = dict(Edition.objects.filter(letter_rows__letter=letter).values_list("pk", "story_id"))
    withheld = Withholding.objects.in_force(now).values("edition")
    live = Edition.objects.live(now).exclude(pk__in=withheld).filter(story__in=set(stories.values()))
    by_story = dict(live.values_list("story_id", "pk"))
    return {key: by_story[story] for key, story in stories.items() if story in by_story}
