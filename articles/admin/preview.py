"""A revision as readers would see it, in the readers' own template.

Shown to staff only, inside the review page or in a tab of its own; nothing of it is cached anywhere.
"""

from datetime import datetime

from django.conf import settings
from django.contrib.admin import ModelAdmin
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.csp import CSP
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from articles.admin import withheld
from articles.admin.review import story_or_404
from articles.desk.public import picture_keys
from articles.models import Image, Revision, Story
from articles.previews import printing
from articles.views.pages import page

#: As readers' pages, but our own review page may frame it.
POLICY: dict[str, list[str]] = {**settings.SECURE_CSP, "frame-ancestors": [CSP.SELF]}


@require_safe
@never_cache
@xframe_options_sameorigin
@csp_override(POLICY)
def preview_view(
    request: HttpRequest, object_id: str, number: int | None = None, *, model_admin: ModelAdmin[Story]
) -> HttpResponse:
    story = story_or_404(model_admin, request, object_id)
    revision = revision_or_404(story, number)
    if closed := withheld.page(request, model_admin, story, revision):
        return closed
    return as_readers_see(story, revision)


def as_readers_see(story: Story, revision: Revision) -> HttpResponse:
    """The readers' page of a revision, which need not be saved; the views around it see to policy and caches."""
    now = timezone.now()
    shown = printing.context(story, revision, now, hidden=_out_of_licence(revision, now))
    response = page("articles/article.html", shown)
    response.content = for_the_desk(response.text)
    return response


def _out_of_licence(revision: Revision, now: datetime) -> frozenset[str]:
    """The keys of pictures that readers would not see now; the review page says which they are, and why."""
    keys = picture_keys(revision.as_dict())
    images = Image.objects.filter(key__in=keys) if keys else ()
    return frozenset(image.key for image in images if not image.may_be_shown("web", now))


def revision_or_404(story: Story, number: int | None) -> Revision:
    """One revision of the story, by default the newest."""
    revisions = Revision.objects.filter(story=story).select_related("saved_by").order_by("-number")
    if number is not None:
        revisions = revisions.filter(number=number)
    revision = revisions.first()
    if revision is None:
        raise Http404("There is no such revision.")
    return revision


def for_the_desk(html: str) -> str:
    """Pictures through the desk's door, and links into a tab of their own, so that the frame keeps its story."""
    html = html.replace("<head>", '<head><base target="_blank">', 1)
    return printing.with_pictures_at(html, _door)


def _door(key: str, size: str, _extension: str) -> str:
    """The desk's own door, which has one format of each size."""
    return reverse("admin:articles_image_file", args=[key, size])
