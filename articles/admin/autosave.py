"""The addresses a form speaks to while it is open: keep this, discard that, I am still here.

They answer scripts (static/desk/autosave.js), in JSON; sentences in it are for the person who writes.
"""

from http import HTTPStatus
from typing import Any

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_POST

from accounts.models import User
from articles.admin import readiness, typed
from articles.admin.keys import is_key
from articles.admin.opened import is_blanked, redactions_of
from articles.admin.review import story_or_404
from articles.desk import autosaving, presence
from articles.models import Story

#: Where the session remembers which copies in the browser the next page is to throw away.
DONE_WITH = "copies_done_with"

#: How a browser calls the copy of a story that was never saved.
NEW = "new"


@csrf_exempt  # for as long as it takes to look at the length: checking the token reads the body
def autosave_view(
    request: HttpRequest, object_id: str | None = None, *, model_admin: ModelAdmin[Story]
) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not is_key(length):
        return _refused(HTTPStatus.BAD_REQUEST, "The length of what was sent is no number.")
    if int(length) > autosaving.LARGEST:
        return _refused(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The story is too long to be kept while it is written."
        )
    return csrf_protect(_keep)(request, object_id, model_admin)


def _keep(request: HttpRequest, object_id: str | None, model_admin: Any) -> HttpResponse:
    story = story_or_404(model_admin, request, object_id) if object_id else None
    if not model_admin.may_write(request, story):
        return _refused(HTTPStatus.FORBIDDEN, "The story cannot be changed now.")
    if "headline" not in request.POST:
        return _refused(HTTPStatus.BAD_REQUEST, "This is no story.")
    if story is not None and is_blanked(request.POST, redactions_of(story)):
        sentence = "Words were redacted since you opened the story, so this is not kept. Save to see which."
        return _refused(HTTPStatus.CONFLICT, sentence)
    person, now = _person(request), timezone.now()
    said = typed.posted(request.POST)
    autosaving.keep(person, story, said, now=now)
    unsaved = typed.as_typed(story or typed.new_story(person), said, by=person)
    missing = readiness.missing(unsaved.story, unsaved.public(), now=now)
    return JsonResponse(
        {
            "kept": f"{timezone.localtime(now):%H:%M:%S}",
            "missing": render_to_string("admin/articles/story/_missing_list.html", {"missing": missing}),
            "missing_said": missing.said,
            "others": seen_by_others(request, story),
        }
    )


@require_POST
def discard_view(
    request: HttpRequest, object_id: str | None = None, *, model_admin: ModelAdmin[Story]
) -> HttpResponse:
    """Forget what was kept, and show the form as it is saved."""
    story = story_or_404(model_admin, request, object_id) if object_id else None
    if story is None and not model_admin.has_add_permission(request):
        raise PermissionDenied
    autosaving.clear(_person(request), story)
    done_with(request, story)
    if story is None:
        return HttpResponseRedirect(reverse("admin:articles_story_add"))
    return HttpResponseRedirect(reverse("admin:articles_story_change", args=[story.pk]))


@require_GET
def presence_view(
    request: HttpRequest, object_id: str | None = None, *, model_admin: ModelAdmin[Story]
) -> HttpResponse:
    """Say that the form is still open, and learn who else has it so.

    The token comes along because signing in again, in another tab, makes the one in the form worthless.
    """
    story = story_or_404(model_admin, request, object_id) if object_id else None
    if story is None and not model_admin.has_add_permission(request):
        raise PermissionDenied
    return JsonResponse({"others": seen_by_others(request, story), "token": get_token(request)})


def seen_by_others(request: HttpRequest, story: Story | None) -> str:
    """Note that this person is there; the line that says who else is."""
    if story is None:
        return ""
    person, now = _person(request), timezone.now()
    presence.touch(story, person, now=now)
    others = presence.others(story, person, now=now)
    return render_to_string("admin/articles/story/_presence.html", {"others": others})


def done_with(request: HttpRequest, story: Story | None) -> None:
    """Have the browser throw its own copy away."""
    names = request.session.get(DONE_WITH, [])
    request.session[DONE_WITH] = [*names, str(story.pk) if story else NEW]


def browser_key(person: User) -> str:
    """What the copy in a browser is locked with: nobody but this person is given it. 256 bits, in hexadecimal."""
    return salted_hmac("articles.admin.autosave", str(person.pk), algorithm="sha256").hexdigest()


def _refused(status: int, sentence: str) -> JsonResponse:
    return JsonResponse({"sentence": sentence}, status=status)


def _person(request: HttpRequest) -> Any:
    return request.user
