"""Stories in the admin: the list, the form and the acts, put together."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from articles.admin.acting import ActingMixin
from articles.admin.lists import ListMixin
from articles.models import Story


class StoryAdmin(ListMixin, ActingMixin, admin.ModelAdmin):  # type: ignore[type-arg]
    def get_queryset(self, request: HttpRequest) -> QuerySet[Story]:
        return Story.objects.visible_to(request.user)  # type: ignore[arg-type]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody deletes a story: a draft is spiked, a published one taken down."""
        return False
