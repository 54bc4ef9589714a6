"""The words and licences of several pictures on one page, saved in one go: what comes after an upload."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from articles.admin.image_forms import SharedForm, WordsForm
from articles.admin.keys import is_key
from articles.admin.lead import thumbnail_url
from articles.admin.picker_address import in_picker, picker_url
from articles.admin.uploading import MOST
from articles.desk.licences import record_change, terms
from articles.models import Image


def words_view(request: HttpRequest) -> HttpResponse:
    """Only of pictures the person uploaded lately: others have a page of their own, for those who may change them."""
    if not request.user.has_perm("articles.add_image"):
        raise PermissionDenied
    images = _asked_for(request)
    if not images:
        raise Http404("None of these pictures was uploaded by you in the last day.")
    if request.method != "POST":
        return _page(request, [_form(request, image) for image in images])
    if "for_all" in request.POST:
        return _with_the_same(request, images)
    forms = [_form(request, image, data=request.POST) for image in images]
    judged = [form.is_valid() for form in forms]  # every one, before any is saved: all of them, or none
    if not all(judged):
        return _page(request, forms, SharedForm(request.POST), status=422)
    _save(request, forms)
    return _done(request, images)


def _asked_for(request: HttpRequest) -> list[Image]:
    keys = [key for key in request.GET.get("pictures", "").split(",")[:MOST] if is_key(key)]
    own = Image.objects.uploaded_lately(request.user, timezone.now())
    found = {str(image.pk): image for image in own.filter(pk__in=keys)}
    return [found[key] for key in dict.fromkeys(keys) if key in found]


def _form(request: HttpRequest, image: Image, **kwargs: Any) -> WordsForm:
    form = WordsForm(instance=image, prefix=f"p{image.pk}", **kwargs)
    form.by = request.user
    return form


def _with_the_same(request: HttpRequest, images: list[Image]) -> HttpResponse:
    """Put what is the same for all into each, and show the page with it; nothing is saved yet."""
    shared = SharedForm(request.POST)
    if not shared.is_valid():
        return _page(request, [_form(request, image) for image in images], shared, status=422)
    same = {name: value for name, value in shared.cleaned_data.items() if value}
    forms = [_form(request, image, initial=_typed(request, image) | same) for image in images]
    return _page(request, forms, shared, said="It is filled in below for all of them. Save to keep it.")


def _typed(request: HttpRequest, image: Image) -> dict[str, Any]:
    form = _form(request, image, data=request.POST)
    return {name: form[name].data for name in form.fields}


def _save(request: HttpRequest, forms: list[WordsForm]) -> None:
    with transaction.atomic():
        for form in forms:
            before = terms(Image.objects.get(pk=form.instance.pk))
            record_change(form.save(), before, by=request.user, now=timezone.now())  # type: ignore[arg-type]


def _done(request: HttpRequest, images: list[Image]) -> HttpResponseRedirect:
    if in_picker(request):
        return HttpResponseRedirect(picker_url(request, new=",".join(image.key for image in images)))
    said = "The picture is" if len(images) == 1 else f"The {len(images)} pictures are"
    messages.success(request, f"{said} in the library, words and licence with it.")
    return HttpResponseRedirect(reverse("admin:articles_image_changelist"))


def _page(
    request: HttpRequest,
    forms: list[WordsForm],
    shared: SharedForm | None = None,
    *,
    said: str = "",
    status: int = 200,
) -> TemplateResponse:
    context = {
        **admin.site.each_context(request),
        "title": "Words and licence of the picture"
        if len(forms) == 1
        else "Words and licences of the pictures",
        "is_popup": in_picker(request),
        "rows": [
            {"number": number, "form": form, "thumbnail": thumbnail_url(form.instance)}
            for number, form in enumerate(forms, 1)
        ],
        "failed": status != 200,
        "shared": shared or SharedForm(),
        "said": said,
    }
    return TemplateResponse(request, "admin/articles/image/words.html", context, status=status)
