"""What is written is kept: the story form with its autosave, its recovery and who else has it open."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from articles.admin import autosave, drafts, readiness, recovery, typed
from articles.admin.opened import is_blanked, redactions_of
from articles.desk import autosaving
from articles.models import Autosave, Story

_PAGES = (
    ("autosave/", autosave.autosave_view, "autosave"),
    ("autosave/discard/", autosave.discard_view, "discard"),
    ("draft/", drafts.draft_view, "draft"),
    ("presence/", autosave.presence_view, "presence"),
)


class KeepingMixin(admin.ModelAdmin[Story]):
    """For the story admin, around SavingMixin."""

    def get_urls(self) -> list[URLPattern]:
        """Each page twice: of a story, and of one that was never saved."""
        urls = []
        for route, view, name in _PAGES:
            guarded = self.admin_site.admin_view(_bound(view, self))
            urls.append(path(f"<str:object_id>/{route}", guarded, name=f"articles_story_{name}"))
            urls.append(path(route, guarded, name=f"articles_story_{name}_new"))
        return [*urls, *super().get_urls()]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        kept = self._to_recover(request, obj)
        return type(form.__name__, (form,), {"recovered": recovery.initial(kept) if kept else {}})

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        """The byline as it was typed; its rows come as if posted, because that is how rows are read."""
        given: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)
        kept = self._to_recover(request, obj)
        return given | {"data": typed.as_posted(kept.as_typed())} if kept else given

    def _to_recover(self, request: HttpRequest, story: Any) -> Autosave | None:
        """What was kept, where the form is asked for to go on with it."""
        if request.method != "GET" or recovery.RECOVER not in request.GET:
            return None
        story = story if story is not None and story.pk else None
        if not self.may_write(request, story):  # type: ignore[attr-defined]
            return None
        return autosaving.kept(request.user, story)  # type: ignore[arg-type]

    def keep_posted(self, request: HttpRequest, story: Story) -> bool:
        if "headline" not in request.POST or is_blanked(request.POST, redactions_of(story)):
            return False
        autosaving.keep(request.user, story, typed.posted(request.POST), now=timezone.now())  # type: ignore[arg-type]
        return True

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Once everything is saved nothing is left to keep: in the same transaction."""
        super().save_related(request, form, formsets, change)
        autosaving.clear(request.user, form.instance if change else None)  # type: ignore[arg-type]

    def response_add(
        self, request: HttpRequest, obj: Story, post_url_continue: str | None = None
    ) -> HttpResponse:
        autosave.done_with(request, None)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Story) -> HttpResponse:
        autosave.done_with(request, obj)
        return super().response_change(request, obj)

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        form, story = context["adminform"].form, kwargs.get("obj")
        if getattr(form, "is_stale", False):
            self.keep_posted(request, form.instance)
        else:
            context |= self._kept_context(request, form, story if story and story.pk else None)
        return super().render_change_form(request, context, *args, **kwargs)

    def _kept_context(self, request: HttpRequest, form: Any, story: Story | None) -> dict[str, Any]:
        context: dict[str, Any] = {"keeping": self._keeping(request, form, story)}
        context["others"] = autosave.seen_by_others(request, story)
        if not self.may_write(request, story):  # type: ignore[attr-defined]
            return context
        kept = autosaving.kept(request.user, story)  # type: ignore[arg-type]
        recovering = self._to_recover(request, story)
        context["missing"] = self._missing(request, story, recovering)
        context["recovered"] = recovering
        context["keeping"]["kept_stamp"] = _stamp(kept)
        if kept and not recovering and not form.is_bound:
            context["offer"] = recovery.offer(kept, story, type(form))
        return context

    def _keeping(self, request: HttpRequest, form: Any, story: Story | None) -> dict[str, Any]:
        """What the scripts of the form are told."""
        suffix, args = ("", [story.pk]) if story else ("_new", [])
        urls = {name: reverse(f"admin:articles_story_{name}{suffix}", args=args) for _, _, name in _PAGES}
        return {
            "urls": urls,
            "name": str(story.pk) if story else autosave.NEW,
            "person": request.user.pk,
            "key": autosave.browser_key(request.user),  # type: ignore[arg-type]
            "done_with": " ".join(request.session.pop(autosave.DONE_WITH, [])),
            "posted": form.is_bound,
            "unsaved": form.is_bound or self._to_recover(request, story) is not None,
        }

    def _missing(self, request: HttpRequest, story: Story | None, kept: Autosave | None) -> readiness.Missing:
        """What the form lacks as it stands: as posted, as kept, or as stored."""
        said = typed.posted(request.POST) if request.method == "POST" else kept.as_typed() if kept else {}
        if story and not said:
            return readiness.missing(story, typed.as_stored(story).public(), now=timezone.now())
        person: Any = request.user
        fresh = Story.objects.get(pk=story.pk) if story else typed.new_story(person)
        public = typed.as_typed(fresh, said, by=person).public()
        return readiness.missing(fresh, public, now=timezone.now())


def _bound(view: Any, model_admin: KeepingMixin) -> Any:
    """The view with its admin; what decorators said of it stays said."""
    bound = partial(view, model_admin=model_admin)
    bound.csrf_exempt = getattr(view, "csrf_exempt", False)  # type: ignore[attr-defined]
    return bound


def _stamp(kept: Autosave | None) -> str:
    return (kept.as_typed().get("stamp") or [""])[-1] if kept else ""
