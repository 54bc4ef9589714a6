"""Autosaves: what somebody is writing and has not saved."""

import json
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models

if TYPE_CHECKING:
    from accounts.models import User
    from articles.models.stories import Story

#: What a form says: each field's name and its values, as posted.
type Typed = dict[str, list[str]]


class AutosaveQuerySet(models.QuerySet["Autosave"]):
    def of(self, person: "User", story: "Story | None") -> Self:
        """What `person` typed of `story`; of the story they have not saved yet where it is None."""
        return self.filter(person=person, story=story)

    def last_written_before(self, moment: datetime) -> Self:
        return self.filter(saved_at__lt=moment)


class Autosave(models.Model):
    """What one person typed into the form of one story since its last save. No revision, and nobody else's to see.

    One row a person and story, written over every few seconds and gone with the next save. `typed` is JSON in plain
    text: PostgreSQL's own kind refuses the NUL that a pasted text can hold.
    """

    story = models.ForeignKey("articles.Story", on_delete=models.CASCADE, null=True, related_name="autosaves")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="autosaves")
    seen = models.PositiveIntegerField(help_text="The revision the form was opened on.")
    typed = models.TextField()
    saved_at = models.DateTimeField(db_index=True)

    objects = AutosaveQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["story", "person"], name="one_autosave_a_person_and_story"),
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(story=None),
                name="one_autosave_a_person_of_a_new_story",
            ),
        ]

    def __str__(self) -> str:
        return f"Autosave of {self.saved_at:%Y-%m-%d %H:%M}"

    def as_typed(self) -> Typed:
        typed: Typed = json.loads(self.typed)
        return typed
