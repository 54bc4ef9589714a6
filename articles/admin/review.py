"""The review page: what a person reads before deciding, and the acts there are to decide on."""

from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.contrib.admin import ModelAdmin
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from articles.admin import differences, facts, history, notes, preview_links, telling
from articles.admin.act_forms import ON_ISSUES, ON_LINKS, ON_NOTES, ActForm, form_for
from articles.admin.consequences import CONFIRMED
from articles.admin.keys import is_key
from articles.admin.lacking import Row, lacking, linked, not_yet
from articles.admin.panel import first_of
from articles.admin.panels import panels_of
from articles.admin.wording import GRAVE, WORDING, Wording
from articles.desk import publishing, related, requirements, withholding, workflow
from articles.desk.acts import Act
from articles.desk.refusals import NotReady, Refused
from articles.desk.requirements import Issue, Judged
from articles.desk.situation import situation_of
from articles.desk.standing import Stand
from articles.desk.workflow import Availability
from articles.models import Revision, Story

MOST_ENTRIES = 25

#: Done elsewhere: on the form, in the list of revisions, at the notes and preview links, and beside each issue.
NOT_HERE = frozenset({Act.SAVE, Act.REVERT_TO}) | ON_NOTES | ON_LINKS | ON_ISSUES


@dataclass(frozen=True)
class Attempt:
    """An act that was asked for and not done: what was typed, and why not."""

    form: ActForm
    status: int
    sentence: str
    issues: list[Issue] = field(default_factory=list)
    #: Whether anything was done at all but to look.
    tried: bool = True

    @property
    def act(self) -> Act:
        return self.form.act

    @property
    def wording(self) -> Wording:
        return WORDING[self.act]

    @property
    def lacks(self) -> list[Row]:
        """The issues, each with the way to its field."""
        return linked(self.form.story, self.issues)

    @property
    def typed(self) -> list[facts.Fact]:
        """What somebody wrote, to copy from where the act's own form is no longer there to hold it."""
        written = [(str(field.label), field.data) for field in self.form.visible_fields()]
        return [facts.Fact(label, str(data)) for label, data in written if data]


@dataclass(frozen=True)
class Option:
    """One act on the page: its form, or its own page, where it is possible, else the reason why not."""

    act: Act
    wording: Wording
    form: ActForm | None
    reason: str = ""
    primary: bool = False
    opened: bool = False
    #: Where the act has a page of its own, that is done there.
    url: str = ""

    @property
    def grave(self) -> bool:
        return self.act in GRAVE

    @property
    def is_numbered(self) -> bool:
        """Whether the button names the revision: an approval is of one text, word for word."""
        return self.act is Act.APPROVE


def story_or_404(model_admin: ModelAdmin[Story], request: HttpRequest, object_id: str) -> Story:
    """The story, if this person may know of it. One that they may not is answered like one that never was."""
    if is_key(object_id):
        stories = model_admin.get_queryset(request).select_related("section", "assignee", "created_by")
        story = stories.filter(pk=object_id).first()
        if story is not None:
            return story
    raise Http404("There is no such story.")


def review_page(
    request: HttpRequest, model_admin: ModelAdmin[Story], story: Story, attempt: Attempt | None = None
) -> HttpResponse:
    """The page, or the page again with what was typed when an act was not done."""
    user: User = request.user  # type: ignore[assignment]
    now = timezone.now()
    situation = situation_of(story, now)
    revision, where = situation.last, situation.stand
    answers = workflow.available(story, user, now, situation=situation)
    context = {
        **model_admin.admin_site.each_context(request),
        **_read(story, revision, where, now, user),
        **_decide(answers, story, revision, _judged(story, revision, where, now), where, attempt),
        "title": f"{'Error: ' if attempt else ''}Review: {story}",
        "opts": model_admin.opts,
        "story": story,
        "may_edit": any(answer.act is Act.SAVE and answer.allowed for answer in answers),
        "attempt": attempt,
        "notes": notes.notes_on(story, user, answers, tried=attempt.form if attempt else None),
        "previews": preview_links.links_on(
            story, revision, answers, now, tried=attempt.form if attempt else None
        ),
        "hold": situation.hold,
        "debt": situation.debt,
        "withheld": situation.withheld,
        "entries": history.entries(story, most=MOST_ENTRIES),
        "panels": [shown for shown in panels_of(story, user) if shown.panel.told],
    }
    status = attempt.status if attempt else HTTPStatus.OK
    return TemplateResponse(request, "admin/articles/story/review.html", context, status=status)


def _read(story: Story, revision: Revision | None, where: Stand, now: datetime, user: User) -> dict[str, Any]:
    """What there is to read: the newest revision, and what it changes."""
    public = revision.as_dict() if revision else {}
    before = publishing.last_readable(story, now)
    if before is not None and not withholding.may_read(user, before.revision, now):
        before = None
    published = before.public() if before else {}
    titles = related.names(user, now, published, public)
    return {
        "revision": revision,
        "public": public,
        "where": where,
        "embargo_at": story.embargo_at if story.is_embargoed(now) else None,
        "before": before,
        "changes": differences.since_published(published, public, titles=titles)
        if before and revision
        else "",
        "facts": facts.facts(public, titles=titles) if revision else [],
        "telling": telling.sentence(public, where) if revision and not _is_out(revision, where) else "",
        "pictures": [use for use in [public.get("lead"), *public.get("pictures", [])] if use],
    }


def _decide(
    answers: list[Availability],
    story: Story,
    revision: Revision | None,
    judged: list[Judged],
    where: Stand,
    attempt: Attempt | None,
) -> dict[str, Any]:
    """The acts, and what still stands in their way."""
    here = [answer for answer in answers if answer.act not in NOT_HERE]
    reasons = {answer.act: answer.reason or not_yet(answer.act, judged) for answer in here}
    first = first_of(
        [act for act, reason in reasons.items() if not reason], scheduled=where.scheduled is not None
    )
    options = [
        _option(act, reason, story, revision, where, first, attempt) for act, reason in reasons.items()
    ]
    possible = [option for option in options if not option.reason]
    possible.sort(key=lambda option: (not option.primary, option.grave))
    may = {answer.act for answer in answers if answer.allowed}
    issues = lacking(
        story,
        judged,
        may=may,
        why_not=next((answer.reason for answer in answers if answer.act is Act.OVERRIDE), ""),
        tried=attempt.form if attempt else None,
    )
    on_page = any(option.act is attempt.act for option in possible) if attempt else False
    return {
        "lacking": issues,
        "possible": possible,
        "attempt_shown": on_page or issues.holds_the_attempt,
        "impossible": [option for option in options if option.reason],
    }


def has_a_page(act: Act, where: Stand) -> bool:
    """Whether an act is done on its own page: every grave one, and sending back what it would cancel."""
    return act in CONFIRMED and (act is not Act.REQUEST_CHANGES or where.scheduled is not None)


def _judged(story: Story, revision: Revision | None, where: Stand, now: datetime) -> list[Judged]:
    """What is missing, was let be, or is to be known; not the first, where this very text is about to be out."""
    if revision is None or _is_out(revision, where):
        return []
    judged = requirements.judge(story, revision.as_dict(), at=now)
    planned = where.scheduled is not None and where.scheduled.revision_id == revision.pk
    return [each for each in judged if each.override or each.warns] if planned else judged


def _is_out(revision: Revision, where: Stand) -> bool:
    return where.current is not None and where.current.revision_id == revision.pk


def _option(
    act: Act,
    reason: str,
    story: Story,
    revision: Revision | None,
    where: Stand,
    first: Act | None,
    attempt: Attempt | None,
) -> Option:
    if reason:
        return Option(act, WORDING[act], None, reason)
    if has_a_page(act, where):
        url = reverse("admin:articles_story_act", args=[story.pk, act.value])
        return Option(act, WORDING[act], None, primary=act is first, url=url)
    tried = attempt is not None and attempt.act == act
    form = form_for(act, story, **_seen(revision))
    if attempt is not None and tried:
        form = typed_again(attempt.form, revision)
    return Option(act, WORDING[act], form, primary=act is first, opened=tried or act is first)


def typed_again(form: ActForm, revision: Revision | None) -> ActForm:
    """The form as it was typed and with what was found wrong, but speaking about the revision this page shows."""
    form.data = {**form.data.dict(), **_seen(revision)}  # type: ignore[attr-defined]
    return form


def _seen(revision: Revision | None) -> dict[str, Any]:
    return {"revision": revision.number, "hash": revision.hash} if revision else {}


def attempted(form: ActForm, refusal: Refused) -> Attempt:
    """What is wrong with one field stands at it, as if the form had found it, and not in the summary as well."""
    issues = refusal.issues if isinstance(refusal, NotReady) else []
    field = refusal.field if isinstance(refusal, NotReady) else ""
    of_time = [issue for issue in issues if issue.rule == "embargo" and "at" in form.fields]
    for issue in of_time:
        form.add_error("at", issue.sentence)
    others = [issue for issue in issues if issue not in of_time]
    if field in form.fields:
        form.add_error(field, refusal.sentence)
    told = field in form.fields or bool(of_time and not others)
    return Attempt(form, refusal.status, "" if told else refusal.sentence, others)
