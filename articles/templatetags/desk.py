"""What the desk's templates print again and again; the words are in `articles.admin.marks`."""

from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString

from articles.admin import marks
from articles.models import Story

register = template.Library()

register.filter("state_mark", marks.state_mark)
register.filter("standing_mark", marks.standing_mark)
register.filter("warning_mark", marks.warning_mark)
register.filter("exact", marks.exact)


@register.filter
def moment(at: datetime | None) -> SafeString | str:
    return marks.moment(at, timezone.now())


@register.filter
def due(story: Story) -> SafeString | str:
    return marks.due(story, timezone.now())
