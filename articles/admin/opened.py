"""What a form was opened on, besides the revision: `redact` blanks words and makes no revision of it.

A form that was open meanwhile still holds the words, typed or stored, and would bring them back unasked.
"""

from collections.abc import Mapping
from typing import Any

from articles.models import Story, StoryEvent

#: The name of the hidden field.
OPENED = "opened"


def redactions_of(story: Story) -> int:
    """How often words of the story were redacted. One query."""
    return StoryEvent.objects.filter(story=story.pk).done("redact").count()


def is_blanked(data: Mapping[str, Any], redactions: int) -> bool:
    """Whether words were redacted since a posted form was opened, whoever saved in between."""
    posted = data.get(OPENED, "")
    return bool(posted) and posted != str(redactions)
