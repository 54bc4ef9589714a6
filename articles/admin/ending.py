"""Licences about to end: pictures that readers see, by how much time is left, each with the form to extend it."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from articles.admin.keys import is_key
from articles.admin.lead import thumbnail_url
from articles.admin.local_time import LocalTimeField
from articles.desk.licences import record_change, terms
from articles.desk.licences_ending import Ending, ending, groups
from articles.models import Image


class ExtendForm(forms.Form):
    """Only ever later: what takes a picture from readers is done on its own page, which says so beforehand."""

    licence_ends_at = LocalTimeField(label="Licence now ends")
    licence_proof = forms.CharField(
        label="Proof",
        required=False,
        help_text="Where the new licence can be checked.",
        widget=forms.Textarea(attrs={"rows": 2, "class": "words"}),
    )

    def __init__(self, image: Image, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", "prefix": f"p{image.pk}", **kwargs})
        self.image = image
        self.fields["licence_ends_at"].error_messages["required"] = "Say until when the licence runs now."

    def clean_licence_ends_at(self) -> Any:
        ends, was = self.cleaned_data["licence_ends_at"], self.image.licence_ends_at
        if ends <= timezone.now():
            raise forms.ValidationError("This lies in the past. Say until when the licence runs now.")
        if was is not None and ends <= was:
            raise forms.ValidationError("This is no later than before. Say until when the licence runs now.")
        return ends


def ending_view(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("articles.view_image"):
        raise PermissionDenied
    if request.method != "POST":
        return _page(request)
    if not request.user.has_perm("articles.change_image"):
        raise PermissionDenied
    return _extend(request)


@transaction.atomic
def _extend(request: HttpRequest) -> HttpResponse:
    key = request.POST.get("picture", "")
    image = Image.objects.select_for_update().filter(pk=key).first() if is_key(key) else None
    if image is None:
        raise Http404("There is no such picture.")
    form = ExtendForm(image, request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    before = terms(image)
    image.licence_ends_at = form.cleaned_data["licence_ends_at"]
    image.licence_proof = form.cleaned_data["licence_proof"] or image.licence_proof
    image.save(update_fields=["licence_ends_at", "licence_proof"])
    record_change(image, before, by=request.user, now=timezone.now())  # type: ignore[arg-type]
    messages.success(request, f"The licence of “{image}” is extended.")
    return HttpResponseRedirect(reverse("admin:articles_image_ending"))


def waiting(user: Any, now: Any) -> int:
    """How many there are, for those who can do something about it; one query."""
    return ending(user, now)[:100].count() if user.has_perm("articles.change_image") else 0


def _page(request: HttpRequest, tried: ExtendForm | None = None, *, status: int = 200) -> TemplateResponse:
    may_extend = request.user.has_perm("articles.change_image")
    found = groups(request.user, timezone.now())  # type: ignore[arg-type]
    shown = [
        {"group": group, "rows": [_row(one, tried, may_extend=may_extend) for one in group.pictures]}
        for group in found
    ]
    context = {
        **admin.site.each_context(request),
        "title": "Licences about to end",
        "groups": shown,
        "now": timezone.now(),
        "tried": tried,
    }
    return TemplateResponse(request, "admin/articles/image/ending.html", context, status=status)


def _row(one: Ending, tried: ExtendForm | None, *, may_extend: bool) -> dict[str, Any]:
    mine = tried if tried is not None and tried.image.pk == one.image.pk else None
    form = mine or ExtendForm(one.image, initial={"licence_proof": one.image.licence_proof})
    return {
        "ending": one,
        "thumbnail": thumbnail_url(one.image),
        "form": form if may_extend else None,
        "opened": mine is not None,
    }
