"""Which pictures a story shows as it was last saved: an index row for each, written with the revision."""

from django.db import models


class StoryImage(models.Model):
    """A picture in what a story's newest revision would print, as its lead or in the text.

    What readers got is told by EditionImage. Both begin at the picture, so no text is read to find its stories.
    """

    story = models.ForeignKey("articles.Story", on_delete=models.CASCADE, related_name="image_rows")
    image = models.ForeignKey("articles.Image", on_delete=models.PROTECT, related_name="story_rows")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["story", "image"], name="a_story_has_a_picture_once")]
