"""How the story form is saved: locked, compared with what its writer saw, and written down by the workflow."""

from http import HTTPStatus
from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from articles.admin import conflicts, note_buttons, readiness, withheld
from articles.admin.keys import is_key
from articles.admin.story_form import StoryForm
from articles.body.clean import clean
from articles.body.render import render
from articles.desk import permissions, workflow
from articles.desk.acts import Act
from articles.desk.refusals import NotAllowed, NotReady, Refused
from articles.models import Story, StoryEvent

#: Ways of the stock admin round the form's checks. Nothing of ours posts them.
BYWAYS = ("_saveasnew", "_popup", "_to_field", "_addanother")

#: Where a request remembers the answers of the workflow.
ASKED = "_may_write"


class SavingMixin(admin.ModelAdmin[Story]):
    """For the story admin."""

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Story | None:
        """Lock what is about to be saved: the admin opened the transaction just before."""
        if request.method != "POST":
            return super().get_object(request, object_id, from_field)
        if not is_key(object_id):
            return None
        request.__dict__.pop(ASKED, None)
        return self.get_queryset(request).select_for_update(of=("self",)).filter(pk=object_id).first()

    def has_change_permission(self, request: HttpRequest, obj: Story | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or self.may_write(request, obj))

    def may_write(self, request: HttpRequest, story: Story | None) -> bool:
        """What the workflow says of saving; asked once a request, because the admin asks a dozen times.

        Of what is posted it is asked once more, when the story is locked.
        """
        if story is None or story.pk is None:
            return self.has_add_permission(request)
        asked = request.__dict__.setdefault(ASKED, {})
        if story.pk not in asked:
            asked[story.pk] = permissions.can(_writer(request), Act.SAVE, story, now=timezone.now())
        return bool(asked[story.pk].allowed)

    def keep_posted(self, request: HttpRequest, story: Story) -> bool:
        """Whether what was posted is kept, so that it can be gone on with."""
        return False

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        return type(form.__name__, (form,), {"acting": request.user})

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> Any:
        if request.method == "POST":
            if any(name in request.POST for name in BYWAYS):
                raise BadRequest("The story form is saved with its own buttons only.")
            if object_id is not None and (closed := self._closed(request, object_id)):
                return closed
        if object_id is not None and (closed := self._withheld(request, object_id)):
            return closed
        try:
            response = super().changeform_view(request, object_id, form_url, extra_context)
        except (NotAllowed, PermissionDenied) as refusal:
            # Allowed a moment ago: the story was put on hold, spiked or closed to this person meanwhile.
            if request.method == "POST" and object_id is not None:
                closed = self._closed(request, object_id, refused=str(refusal))
                if closed is not None:
                    return closed
            raise PermissionDenied(*refusal.args) from refusal
        if object_id is not None and response.status_code == HTTPStatus.CONFLICT:
            story = self.get_queryset(request).get(pk=object_id)
            self._record(request, story, "Somebody saved the story since it was opened.")
        return response

    def _closed(self, request: HttpRequest, object_id: str, *, refused: str = "") -> HttpResponse | None:
        """The answer to somebody who may not, or no longer, save this story; the refusal goes on record."""
        context = self.admin_site.each_context(request)
        story = self.get_queryset(request).filter(pk=object_id).first() if is_key(object_id) else None
        if story is None:
            return conflicts.kept_page(request, context, status=HTTPStatus.NOT_FOUND)
        sentence = permissions.can(_writer(request), Act.SAVE, story, now=timezone.now()).reason or refused
        if not sentence and self._withheld(request, object_id) is None:
            return None
        self._record(request, story, sentence or "The text is withheld.")
        kept = self.keep_posted(request, story)
        return conflicts.kept_page(request, context, status=HTTPStatus.FORBIDDEN, kept=kept)

    def _record(self, request: HttpRequest, story: Story, sentence: str) -> None:
        workflow.record_refusal(story, Act.SAVE, by=_writer(request), now=timezone.now(), sentence=sentence)

    def _withheld(self, request: HttpRequest, object_id: str) -> HttpResponse | None:
        """The page that says so, where what the form would show is withheld from this person."""
        if _writer(request).has_perm("articles.review_story") or not is_key(object_id):
            return None
        story = self.get_queryset(request).filter(pk=object_id).first()
        return withheld.page(request, self, story) if story is not None else None

    def save_model(self, request: HttpRequest, obj: Story, form: Any, change: bool) -> None:
        if not change:
            obj.created_by = _writer(request)
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The first moment at which story, topics and byline are all stored: write down what they say."""
        story = form.instance
        seen = story.version
        super().save_related(request, form, formsets, change)
        form.event = workflow.perform(
            story,
            Act.SAVE,
            by=_writer(request),
            now=timezone.now(),
            revision=seen,
            fields=form.desk_fields_changed() if change else [],
            embargo_was=form.initial.get("embargo_at"),
        )
        _tell(request, form, form.event)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """The record is the story's own events."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """As for an addition."""

    def response_add(
        self, request: HttpRequest, obj: Story, post_url_continue: str | None = None
    ) -> HttpResponse:
        return self.response_change(request, obj)

    def response_change(self, request: HttpRequest, obj: Story) -> HttpResponse:
        """Stay with the story; sent for review where that was asked for and the story is ready."""
        url = reverse("admin:articles_story_change", args=[obj.pk])
        if note_buttons.NAME in request.POST:
            note_buttons.press(request, obj, _writer(request))
            return HttpResponseRedirect(url)
        if "_send" not in request.POST:
            return HttpResponseRedirect(url)
        try:
            workflow.perform(obj, Act.SUBMIT, by=_writer(request), now=timezone.now())
        except NotReady:
            return HttpResponseRedirect(f"{url}?{readiness.ASKED}")
        except Refused as refusal:
            messages.warning(request, f"Saved, but not sent for review. {refusal.sentence}")
        else:
            messages.success(request, "Sent for review.")
        return HttpResponseRedirect(url)

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Story | None = None,
    ) -> HttpResponse:
        form = context["adminform"].form
        if isinstance(form, StoryForm) and form.is_stale:
            context["conflict"] = conflicts.conflict(request, form, context["inline_admin_formsets"])
            context["title"] = "Somebody saved while you were writing"
            request.current_app = self.admin_site.name
            return conflicts.page(request, {**context, "opts": self.opts})
        context["title"] = "New story" if add else context["title"]
        context |= self._desk_context(request, form, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _desk_context(self, request: HttpRequest, form: Any, story: Story | None) -> dict[str, Any]:
        issues = readiness.asked_for(request, story)
        readiness.show_at_fields(form, issues)
        return {
            "issues": issues,
            "issues_title": readiness.title(request),
            "scheduled": getattr(form, "scheduled", None),
            "may_write": self.may_write(request, story),
            "subtitle": None,
        }

    @admin.display(description="Text")
    def written(self, story: Story) -> str:
        """The text to read, for those who cannot change it now."""
        from django.utils.safestring import mark_safe

        return mark_safe(render(clean(story.body), {}))


def _writer(request: HttpRequest) -> User:
    """The admin lets in nobody who is not signed in."""
    return cast("User", request.user)


def _tell(request: HttpRequest, form: StoryForm, event: StoryEvent | None) -> None:
    if event is None:
        if not {"_send", note_buttons.NAME} & request.POST.keys():
            messages.info(request, "Nothing had changed, so nothing was saved anew.")
        return
    said = f"Saved as revision {form.instance.version}." if event.revision else "Saved."
    if event.revision and form.was_state != Story.State.DRAFT:
        said += " The story is a draft again: send it for review when it is ready."
    messages.success(request, said)
