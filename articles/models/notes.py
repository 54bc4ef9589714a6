"""Notes: what colleagues say to each other about a story. No reader's page knows this module."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from articles.models.revisions import Revision


class NoteQuerySet(models.QuerySet["Note"]):
    def threads(self) -> Self:
        """Notes that are no replies."""
        return self.filter(parent=None)

    def open(self) -> Self:
        """Threads that nobody has resolved: each keeps its story from being approved."""
        return self.threads().filter(resolved_at=None)

    def resolved(self) -> Self:
        return self.threads().exclude(resolved_at=None)

    def suggestions(self) -> Self:
        return self.exclude(replacement=None)

    def taken_over(self) -> Self:
        """Suggestions whose words stand in a revision since the story's last edition."""
        return self.filter(accepted_as__in=Revision.objects.unpublished())

    def with_replies(self) -> Self:
        replies = Note.objects.select_related("author").order_by("at", "pk")
        people = self.select_related("author", "revision", "resolved_by", "accepted_as__saved_by")
        return people.prefetch_related(models.Prefetch("replies", replies))


class Note(models.Model):
    """An internal remark on a story, open until somebody resolves it; or a reply to one.

    It may quote a passage of headline, standfirst or text, and suggest other words for it: `replacement` is then
    what should stand there (empty: nothing), else null. Words never change; the record has them too.
    """

    class Field(models.TextChoices):
        HEADLINE = "headline", "Headline"
        STANDFIRST = "standfirst", "Standfirst"
        BODY = "body", "Text"

    story = models.ForeignKey("articles.Story", on_delete=models.CASCADE, related_name="notes")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="replies")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notes")
    at = models.DateTimeField(default=timezone.now)
    revision = models.ForeignKey("articles.Revision", on_delete=models.PROTECT, related_name="notes")
    text = models.TextField(blank=True)
    field = models.CharField(max_length=12, choices=Field, blank=True)
    quote = models.TextField(blank=True)
    replacement = models.TextField(null=True)
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="resolved_notes"
    )
    #: The revision in which the suggested words stand; who saved it accepted them.
    accepted_as = models.ForeignKey(
        "articles.Revision", on_delete=models.PROTECT, null=True, related_name="accepted_notes"
    )

    objects = NoteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(replacement=None) | ~Q(quote="") & ~Q(field=""),
                name="a_suggestion_quotes_a_passage",
            ),
            models.CheckConstraint(
                condition=Q(resolved_at=None, resolved_by=None)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
                name="who_resolved_a_note_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.text or self.quote

    @property
    def is_open(self) -> bool:
        return self.resolved_at is None

    @property
    def is_suggestion(self) -> bool:
        return self.replacement is not None


def with_open_notes(stories: QuerySet[Any]) -> QuerySet[Any]:
    """Annotate `open_notes`, how many of each story's notes are open, in the same query."""
    notes = Note.objects.filter(story=OuterRef("pk")).open().order_by().values("story")
    number = notes.annotate(number=Count(F("pk"))).values("number")
    return stories.annotate(open_notes=Coalesce(Subquery(number, output_field=IntegerField()), 0))
