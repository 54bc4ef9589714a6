"""The story as readers would see it while it is being written: what is typed and not yet saved included.

Made from the writer's own autosave, for the frame beside the form; shown to nobody else and stored nowhere.
"""

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from articles.admin import typed, withheld
from articles.admin.preview import POLICY, as_readers_see
from articles.admin.review import story_or_404
from articles.desk import autosaving
from articles.models import Story


@require_safe
@never_cache
@xframe_options_sameorigin
@csp_override(POLICY)
def draft_view(
    request: HttpRequest, object_id: str | None = None, *, model_admin: ModelAdmin[Story]
) -> HttpResponse:
    story = story_or_404(model_admin, request, object_id) if object_id else None
    if story is None and not model_admin.has_add_permission(request):
        raise PermissionDenied
    if story is not None and (closed := withheld.page(request, model_admin, story)):
        return closed
    autosave = autosaving.kept(request.user, story)  # type: ignore[arg-type]
    shown = story or typed.new_story(request.user)  # type: ignore[arg-type]
    if autosave is not None:
        unsaved = typed.as_typed(shown, autosave.as_typed(), by=request.user)  # type: ignore[arg-type]
    elif story is not None:
        unsaved = typed.as_stored(story)
    else:
        unsaved = typed.as_typed(shown, {}, by=request.user)  # type: ignore[arg-type]
    return as_readers_see(shown, unsaved.revision())
