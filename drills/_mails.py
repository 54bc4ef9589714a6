"""Every kind of mail about an ordinary story, and the alert of every awkward one, written in an empty newsroom.

Run as a module it prints them as JSON, by name: subject, text and HTML. drills.f1_mails looks at them.
"""

import json
from typing import Any

import django

from drills._gallery_texts import HEADLINE, STANDFIRST


def written() -> dict[str, dict[str, str]]:
    from django.utils import timezone

    from alerts.admin.mail_samples import BY_NAME, SAMPLES, of_story
    from alerts.models import Introduction
    from articles.models import Edition

    cast, now = _published(), timezone.now()
    words = "Good morning. The registers open today, three days late.\n\nThe rest of the week belongs to the budget."
    on = timezone.localdate(now)
    Introduction.objects.create(on=on, text=words, changed_by=cast.manager, changed_at=now)
    live = list(Edition.objects.live(now).newest_first().select_related("section", "lead_image"))
    mails = {sample.name: of_story(sample, live[0], now) for sample in SAMPLES}
    mails |= {
        f"story, {edition.slug}": of_story(BY_NAME["story"], edition, now)
        for edition in live
        if not edition.slug.startswith("story-")  # what fills the archive is all alike
    }
    return {name: mail._asdict() for name, mail in mails.items()}


def _published() -> Any:
    """The gallery of readers' pages, and after it the ordinary story that most samples are about."""
    from django.utils import timezone

    from drills._gallery import Newsroom
    from tests.newsdesk import author, hire, published, section, topic

    cast = hire()
    newsroom = Newsroom(cast)
    newsroom.publish()
    now = timezone.now()
    topics = [topic("Planning"), topic("Public records")]
    published(
        cast,
        now=now,
        headline=HEADLINE,
        standfirst=STANDFIRST,
        kicker="Open registers",
        section=section(),
        authors=[author(), author("Ben Nib", "Reporter")],
        topics=topics,
        lead_image=newsroom.hall,
    )
    return cast


if __name__ == "__main__":
    django.setup()
    print(json.dumps(written()))
