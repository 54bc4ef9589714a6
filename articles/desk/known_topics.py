"""Which topics a person may know of: one made for a restricted story can tell what the story is about."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from articles.models import EditionTag, Story, StoryTag, Tag


def known_to(user: User, now: datetime) -> QuerySet[Tag]:
    """All but those that only stories have which are restricted to others, and that no reader has seen."""
    uses = StoryTag.objects.filter(tag=OuterRef("pk"))
    # Asked of one story at a time: a list of all those there are would be made for each topic anew.
    visible = Story.objects.visible_to(user).filter(pk=OuterRef("content_object"))
    told = Q(content_object__restricted=False) | Exists(visible)
    read = EditionTag.objects.filter(tag=OuterRef("pk")).published(now)
    return Tag.objects.filter(Exists(uses.filter(told)) | Exists(read) | ~Exists(uses))
