"""Alerts: what stands still and why, what waits, what is in doubt, what failed, and the buttons to stop and go on."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from alerts import outlook, stopping
from alerts.admin.pages import MANAGE, PEOPLE, SEE, allowed, page
from alerts.admin.stops import EXPLAINED
from alerts.admin.story import variants_of
from alerts.models import Notice, Stop
from alerts.sending.books import books
from articles.models import Story

#: Stories that readers were told of last.
LATEST = 10


class PauseForm(forms.Form):
    reason = forms.CharField(
        label="Why",
        max_length=300,
        help_text="Everybody at the desk reads it.",
        error_messages={"required": "Say why: whoever comes next has to know."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})


@require_http_methods(["GET", "HEAD", "POST"])
def overview_view(request: HttpRequest, *, site: AdminSite) -> HttpResponse:
    allowed(request, SEE, MANAGE, PEOPLE)
    form = PauseForm()
    if request.method == "POST":
        form = PauseForm(request.POST if "pause" in request.POST else None)
        if _done(request, form):
            return HttpResponseRedirect(reverse("admin:alerts_overview"))
    return page(request, site, "overview", _told(request, form), status=422 if form.is_bound else 200)


def _done(request: HttpRequest, form: PauseForm) -> bool:
    """Stop or go on; False where no reason was given."""
    user, now = allowed(request, MANAGE), timezone.now()
    if "pause" not in request.POST:
        _lift(request, user, now)
        return True
    if not form.is_valid():
        return False
    if stopping.stop(Stop.Kind.STAFF, by=user, now=now, reason=form.cleaned_data["reason"]):
        messages.success(
            request, "All mail is paused. What a mail server already holds cannot be called back."
        )
    else:
        messages.info(request, "All mail was paused already.")
    return True


def _lift(request: HttpRequest, user: Any, now: Any) -> None:
    kind = request.POST.get("lift", "")
    if kind not in Stop.Kind.values:
        raise PermissionDenied
    if stopping.lift(kind, by=user, now=now):
        messages.success(request, "Mail goes on.")
    else:
        messages.info(request, "It had been lifted already.")


def _told(request: HttpRequest, form: PauseForm) -> dict[str, Any]:
    now, stops = timezone.now(), outlook.stops()
    return {
        "title": "Alerts",
        "form": form,
        "stops": [(stop, EXPLAINED[Stop.Kind(stop.kind)]) for stop in stops],
        "may_pause": request.user.has_perm(MANAGE)
        and not any(stop.kind == Stop.Kind.STAFF for stop in stops),
        "may_lift": request.user.has_perm(MANAGE),
        "waiting": outlook.waiting(),
        "unfanned": outlook.not_worked_out(now).count(),
        "uncertain": outlook.uncertain(),
        "failed": outlook.failed(now),
        "latest": _latest(request),
    }


def _latest(request: HttpRequest) -> list[tuple[Notice, str, Any]]:
    """For those who see stories: what readers were told last, of what, and its numbers."""
    if not request.user.has_perm("articles.view_story"):
        return []
    seen = Story.objects.visible_to(request.user)  # type: ignore[arg-type]
    notices = Notice.objects.filter(seen.has("edition__story_id"), kind=Notice.Kind.EDITION, eligible__gt=0)
    latest = list(notices.select_related("edition").order_by("-pk")[:LATEST])
    told = variants_of(latest)
    return [(notice, " and ".join(told.get(notice.pk, [])), books(notice)) for notice in latest]
