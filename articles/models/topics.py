"""Topics: tags as readers see them, and their tie to a story."""

from django.db import models
from taggit.models import ItemBase, TagBase


class Tag(TagBase):
    """A topic a reader can follow, such as "Digital identity"."""

    description = models.CharField(
        max_length=300, blank=True, help_text="One sentence readers see on the topic's page."
    )

    class Meta:
        verbose_name = "topic"
        verbose_name_plural = "topics"
        ordering = ("name",)


class StoryTag(ItemBase):
    """A topic of a story's working copy."""

    content_object = models.ForeignKey("articles.Story", on_delete=models.CASCADE, related_name="tagged")
    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="story_tags")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="a_story_has_a_topic_once"),
        ]
