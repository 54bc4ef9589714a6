"""Preview links on the desk: the list on a story's page, and the one page that shows a new link."""

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from django.contrib.admin import ModelAdmin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from articles.admin.act_forms import ActForm, form_for
from articles.admin.wording import WORDING, Wording
from articles.desk.acts import Act
from articles.desk.preview_links import door_of, hash_of
from articles.desk.workflow import Availability
from articles.models import PreviewLink, Revision, Story
from articles.views.pages import full_url

#: How many of those that are over the list still shows.
MOST_ENDED = 10


@dataclass(frozen=True)
class Row:
    """One link, and why it shows nothing where it does not."""

    link: PreviewLink
    shut: str
    form: ActForm | None = None


@dataclass(frozen=True)
class Links:
    open: list[Row]
    ended: list[Row]
    form: ActForm | None
    why_not: str
    wording: Wording = WORDING[Act.SHARE_PREVIEW]
    opened: bool = False

    @property
    def is_shown(self) -> bool:
        return bool(self.open or self.ended or self.form)


def links_on(
    story: Story,
    revision: Revision | None,
    answers: list[Availability],
    now: datetime,
    *,
    tried: ActForm | None = None,
) -> Links:
    """Two queries, and four more where the story has a link. `tried` is a form as it was typed, if not done."""
    why_not = {answer.act: answer.reason for answer in answers}
    no_more = why_not[Act.SHARE_PREVIEW]
    is_tried = tried is not None and tried.act is Act.SHARE_PREVIEW
    going, over = _rows(story, now, may_end=not why_not[Act.REVOKE_PREVIEW])
    return Links(
        open=going,
        ended=over,
        form=None if no_more else _share_form(story, revision, tried if is_tried else None),
        why_not=no_more,
        opened=is_tried and not no_more,
    )


def shared_page(
    request: HttpRequest, model_admin: ModelAdmin[Story], story: Story, token: str
) -> HttpResponse:
    """The link. It stands in no message, no session and no table: only the form that made it can show it again."""
    links = PreviewLink.objects.select_related("revision")
    context = {
        **model_admin.admin_site.each_context(request),
        "title": f"Preview link: {story}",
        "opts": model_admin.opts,
        "story": story,
        "link": links.get(token_hash=hash_of(token)),
        "address": full_url(reverse("previews:preview", args=[token])),
    }
    template = "admin/articles/story/shared.html"
    return TemplateResponse(request, template, context, status=HTTPStatus.CREATED)


def _rows(story: Story, now: datetime, *, may_end: bool) -> tuple[list[Row], list[Row]]:
    """Those that may still be opened, and the last of those that may not."""
    known = PreviewLink.objects.filter(story=story).order_by("-created_at", "-pk")
    known = known.select_related("revision", "created_by", "revoked_by")
    links = [*known.open(now), *known.ended(now)[:MOST_ENDED]]
    if not links:
        return [], []
    door = door_of(story, now)
    over = [Row(link, door.ended(link)) for link in links if door.ended(link)]
    going = [link for link in links if not door.ended(link)]
    rows = [Row(link, door.shut_for(link), _end_form(story, link) if may_end else None) for link in going]
    return rows, over


def _share_form(story: Story, revision: Revision | None, tried: ActForm | None) -> ActForm:
    """As it was typed and with what was found wrong, but speaking about the revision that the page shows."""
    seen = {"revision": revision.number, "hash": revision.hash} if revision else {}
    if tried is None:
        return form_for(Act.SHARE_PREVIEW, story, **seen)
    tried.data = {**tried.data.dict(), **seen}  # type: ignore[attr-defined]
    return tried


def _end_form(story: Story, link: PreviewLink) -> ActForm:
    """Each with ids of its own, because a page holds several."""
    form = form_for(Act.REVOKE_PREVIEW, story, link=link.pk)
    form.auto_id = f"end-{link.pk}-%s"
    return form
