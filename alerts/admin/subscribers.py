"""Subscribers: found by their address, exported and imported. There is no list of addresses to leaf through."""

from django import forms
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from alerts.admin.pages import PEOPLE, allowed, page
from alerts.exporting import export
from alerts.handling import look_up
from alerts.models import Handling
from alerts.spreadsheets import lines

#: Lines of what staff did.
MOST = 30


class FindForm(forms.Form):
    """Posted, so that an address stands in no log."""

    address = forms.EmailField(
        label="E-mail address",
        max_length=254,
        help_text="The whole address; capitals do not matter.",
        error_messages={"required": "Write the address.", "invalid": "Write the whole address, with its @."},
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})  # type: ignore[arg-type]


@require_http_methods(["GET", "HEAD", "POST"])
def subscribers_view(request: HttpRequest, *, site: AdminSite) -> HttpResponse:
    user = allowed(request, PEOPLE)
    form = FindForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        hashed = look_up(form.cleaned_data["address"], by=user, now=timezone.now())
        if hashed:
            return HttpResponseRedirect(reverse("admin:alerts_address", args=[hashed]))
        form.add_error(
            "address", "Nothing is known of this address: it is no subscriber, and was not erased."
        )
    done = Handling.objects.select_related("by").order_by("-at", "-pk")[:MOST]
    context = {"title": "Subscribers", "form": form, "done": done}
    return page(request, site, "subscribers", context, status=422 if form.is_bound else 200)


@require_POST
def export_view(request: HttpRequest, *, site: AdminSite) -> StreamingHttpResponse:
    user, now = allowed(request, PEOPLE), timezone.now()
    name = f"subscribers-{timezone.localdate(now).isoformat()}.csv"
    answer = StreamingHttpResponse(lines(export(by=user, now=now)), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer
