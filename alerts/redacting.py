"""Takes words that are blanked for good out of the mails that said them.

A letter to readers is made of editions, and made anew from them when it is needed; what staff were told is a text of
its own, and is gone through like any other.
"""

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from alerts.models.notices import Letter, Notice
from articles.desk.places import Place
from articles.models import Story, StoryEvent


def staff_letters(story: Story) -> "QuerySet[Letter]":
    """What staff were told of a story: of an act, of a review that is overdue, of a signature that is owed."""
    events = StoryEvent.objects.filter(story=story)
    owed = events.values_list(Concat(Value("debt:"), Cast("pk", CharField())))
    about = Q(notice__event__story=story) | Q(notice__key__startswith=f"overdue:{story.pk}:")
    return Letter.objects.filter(about | Q(notice__key__in=owed), notice__kind=Notice.Kind.STAFF)


def forget_renderings(story: Story) -> int:
    """How a letter reads, where it is about the story: what is sent after this is written anew."""
    to_readers = Letter.objects.filter(edition_rows__edition__story=story)
    # What somebody at the desk had sent to themselves may be about anything, and nobody needs it again.
    tests = Letter.objects.filter(notice__key__startswith="test:")
    found = (to_readers, staff_letters(story), tests)
    keys = [key for letters in found for key in letters.values_list("pk", flat=True)]
    return Letter.objects.filter(pk__in=keys).update(subject="", text="", html="", rendered_at=None)


STAFF_LETTERS = Place("Notices to staff", staff_letters, values=("contents",))
