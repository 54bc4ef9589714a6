"""Arranges the demo's front page, through the same door as the desk."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from articles.demo import content
from articles.demo.moments import moment
from articles.demo.staff import Staff
from articles.desk import front_page
from articles.desk.front_page import Pick, Picks, Place
from articles.models import Arrangement, Section, Story


@transaction.atomic
def arrange(staff: Staff, now: datetime) -> None:
    """Put one arrangement after the other; nothing where anybody has arranged already."""
    if Arrangement.objects.exists():
        return
    seen = 0
    for told in content.arrangements():
        at = moment(told["at"], now)
        made = front_page.put(_picks(told), by=staff[told["by"]], now=at, seen=seen)
        seen = made.number if made else seen


def _picks(told: Mapping[str, Any]) -> Picks:
    """Of the stories that there are: whoever seeds some of them gets what can be arranged of those."""
    top = {Place(position=int(position)): slug for position, slug in told["places"].items()}
    sections = Section.objects.in_bulk(told["bands"], field_name="slug")
    bands = {Place(sections[slug].pk): story for slug, story in told["bands"].items() if slug in sections}
    stories = dict(Story.objects.filter(slug__in=[*top.values(), *bands.values()]).values_list("slug", "pk"))
    return {place: Pick(stories[slug]) for place, slug in (top | bands).items() if slug in stories}
