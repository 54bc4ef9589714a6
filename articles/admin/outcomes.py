"""What readers would get of a story that is taken down: said, and shown as the very page, before anybody does it."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from articles.admin.act_forms import ActForm
from articles.admin.preview import POLICY, for_the_desk
from articles.desk import removals
from articles.desk.refusals import NotReady
from articles.models import RemovalKind, Story
from articles.views import article
from articles.views.notes import leave_out_withheld

#: The button that asks for it.
PREVIEW = "show"

PARTS = ("kind", "public_note", "redirect_to")


@dataclass(frozen=True)
class Outcome:
    """One way of taking down: what the address answers, and where its page can be looked at.

    A page of readers is never shown in a frame, so what it leads to is a link.
    """

    answer: str
    url: str = ""
    leads_to: str = ""
    problem: str = ""


def outcome_of(story: Story, form: ActForm) -> Outcome:
    said = {name: form.cleaned_data.get(name, "") for name in PARTS}
    try:
        removal = removals.read(said, story, timezone.now())
    except NotReady as refusal:
        return Outcome("", problem=refusal.sentence)
    if removal.redirect_to:
        answer = "302: whoever asks for the story is led to another page."
        return Outcome(answer, leads_to=removal.redirect_to)
    query = urlencode({**said, "readers": 1})
    url = f"{reverse('admin:articles_story_act', args=[story.pk, 'take_down'])}?{query}"
    if removal.kind == RemovalKind.WITHDRAWN:
        return Outcome("200: the text stays, under this banner. Search engines are asked to forget it.", url)
    return Outcome("410 Gone: this page, and no word of the story.", url)


@require_safe
@never_cache
@xframe_options_sameorigin
@csp_override(POLICY)
def readers_page(request: HttpRequest, story: Story) -> HttpResponse:
    """The page itself, of a tombstone that is never saved; 404 where what was typed makes none."""
    now = timezone.now()
    said: dict[str, Any] = {name: request.GET.get(name, "") for name in PARTS}
    current = story.editions.current(now).first()
    try:
        removal = removals.read(said, story, now)
    except NotReady as refusal:
        raise Http404(refusal.sentence) from refusal
    if current is None or removal.redirect_to:
        raise Http404("There is no page to be shown.")
    current.removal_kind, current.public_note = removal.kind, removal.public_note
    current.redirect_to, current.published_at = "", now
    leave_out_withheld([current], now)
    response = article.removed(current, now)
    response.status_code = 200
    response.content = for_the_desk(response.text)
    return response
