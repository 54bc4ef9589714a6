"""The page that stands in place of a text which is withheld from this person."""

from django.contrib.admin import ModelAdmin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from articles.desk import withholding
from articles.desk.record import latest
from articles.models import Revision, Story


def page(
    request: HttpRequest, model_admin: ModelAdmin[Story], story: Story, revision: Revision | None = None
) -> HttpResponse | None:
    """403 in words; None where the person may read the revision, by default the newest."""
    now = timezone.now()
    revision = revision or latest(story)
    if revision is None or withholding.may_read(request.user, revision, now):  # type: ignore[arg-type]
        return None
    context = {
        **model_admin.admin_site.each_context(request),
        "title": f"Withheld: revision {revision.number}",
        "opts": model_admin.opts,
        "revision": revision,
        "withheld": withholding.withheld(revision, now),
        "revisions_of": story.pk,
    }
    return TemplateResponse(request, "admin/articles/story/withheld.html", context, status=403)
