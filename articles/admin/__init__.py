"""The desk: the Django admin's pages for stories and what they are made of."""

from django.contrib import admin

from articles.admin.stories import StoryAdmin
from articles.models import Story

__all__ = ["StoryAdmin"]

admin.site.register(Story, StoryAdmin)
