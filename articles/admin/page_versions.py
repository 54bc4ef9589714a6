"""The versions of a page of the title: who changed what and when, and the way back to an old one."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from articles.admin.keys import is_key
from articles.body.render import render
from articles.desk import pages
from articles.desk.refusals import NotReady
from articles.differences.difference import difference
from articles.differences.html import told
from articles.models import Page, PageVersion, Purpose

NAMES = {"purpose": dict(Purpose.choices)}
#: Versions listed at most: a page of the title is changed a few times a year.
MOST = 200


@require_safe
def versions_view(request: HttpRequest, object_id: str, *, model_admin: ModelAdmin[Page]) -> HttpResponse:
    page = _page_or_404(model_admin, request, object_id)
    versions = list(page.versions.select_related("saved_by").order_by("-number")[:MOST])
    befores = {version.number: version for version in versions}
    rows = [(version, _changed(befores.get(version.number - 1), version)) for version in versions]
    return _answer(request, model_admin, page, "versions", {"title": f"Versions of {page}", "rows": rows})


@require_safe
def version_view(
    request: HttpRequest, object_id: str, number: int, *, model_admin: ModelAdmin[Page]
) -> HttpResponse:
    page = _page_or_404(model_admin, request, object_id)
    version = _version_or_404(page, number)
    before = page.versions.filter(number=number - 1).first()
    changes = difference(before.as_dict() if before else {}, version.as_dict(), names=NAMES)
    context = {
        "title": f"Version {number} of {page}",
        "version": version,
        "html": mark_safe(render(version.said["body"], {})),
        "difference": told(changes) if before else "",
        "is_present": version.number == page.version,
    }
    return _answer(request, model_admin, page, "version", context)


@require_POST
def put_back_view(
    request: HttpRequest, object_id: str, number: int, *, model_admin: ModelAdmin[Page]
) -> HttpResponse:
    """Make an old version's words the present ones, as a new version."""
    page = _page_or_404(model_admin, request, object_id)
    if not model_admin.has_change_permission(request, page):
        raise PermissionDenied
    version = _version_or_404(page, number)
    try:
        stored = pages.put_back(page, version, by=cast("User", request.user), now=timezone.now())
    except NotReady as refusal:
        messages.error(request, str(refusal))
    else:
        _tell(request, page, number, stored=stored)
    return HttpResponseRedirect(reverse("admin:articles_page_versions", args=[page.pk]))


def _tell(request: HttpRequest, page: Page, number: int, *, stored: bool) -> None:
    if stored:
        messages.success(request, f"The words of version {number} stand again, as version {page.version}.")
    else:
        messages.info(request, f"The page says what version {number} says: nothing was saved.")


def _page_or_404(model_admin: ModelAdmin[Page], request: HttpRequest, object_id: str) -> Page:
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    page = Page.objects.filter(pk=object_id).first() if is_key(object_id) else None
    if page is None:
        raise Http404("There is no such page.")
    return page


def _version_or_404(page: Page, number: int) -> PageVersion:
    found = page.versions.filter(number=number).select_related("saved_by").first() if number < 2**31 else None
    if found is None:
        raise Http404("There is no such version.")
    return found


def _changed(before: PageVersion | None, version: PageVersion) -> str:
    """Name the fields that a save changed."""
    if version.number == 1:
        return "First version"
    if before is None:
        return ""
    was, now = before.as_dict(), version.as_dict()
    names = [_label(name) for name in now if was[name] != now[name]]
    words = ", ".join(names).capitalize()
    return f"Version {version.put_back} put back: {words.lower()}" if version.put_back else words


def _label(name: str) -> str:
    return str(Page._meta.get_field(name).verbose_name).replace("body", "text")  # type: ignore[union-attr]


def _answer(
    request: HttpRequest, model_admin: ModelAdmin[Page], page: Page, name: str, context: dict[str, Any]
) -> HttpResponse:
    told = {**model_admin.admin_site.each_context(request), "opts": model_admin.opts, "page": page}
    told["may_change"] = model_admin.has_change_permission(request, page)
    return TemplateResponse(request, f"admin/articles/page/{name}.html", told | context)
