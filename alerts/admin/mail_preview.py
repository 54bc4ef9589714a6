"""Mails: each kind as its readers get it, as HTML and as text, and the mail about one story; with a test to oneself."""

from datetime import datetime
from typing import Any, cast

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from alerts.admin import mail_test
from alerts.admin.mail_frame import POLICY, framed
from alerts.admin.mail_preview_story import About, about
from alerts.admin.mail_samples import BY_NAME, SAMPLES, Sample, newest, of_story
from alerts.admin.pages import MANAGE, SEE, View, allowed, page
from alerts.mails.words import Words
from articles.admin import withheld
from articles.admin.panels import Panel
from articles.admin.preview import revision_or_404
from articles.admin.review import story_or_404
from articles.models import Story

TOO_MANY = f"You have had {mail_test.MOST} tests within the hour. Wait a while, then send another."


@require_safe
def mails_view(request: HttpRequest, *, site: AdminSite) -> HttpResponse:
    allowed(request, SEE, MANAGE)
    context = {"title": "Mails", "samples": SAMPLES, "edition": newest(timezone.now())}
    return page(request, site, "mails", context)


@require_http_methods(["GET", "HEAD", "POST"])
def sample_view(request: HttpRequest, kind: str, *, site: AdminSite) -> HttpResponse:
    sample, words = _sample(request, kind, timezone.now())
    shown = {
        "title": sample.title,
        "sentence": sample.when,
        "words": words,
        "html_url": reverse("admin:alerts_mail_sample_html", args=[kind]),
    }
    return _mail(request, site, shown)


@require_safe
@never_cache
@xframe_options_sameorigin
@csp_override(POLICY)
def sample_html_view(request: HttpRequest, kind: str, *, site: AdminSite) -> HttpResponse:
    _, words = _sample(request, kind, timezone.now())
    return framed(words, scheme=request.GET.get("scheme", ""), is_public=True)


@require_http_methods(["GET", "HEAD", "POST"])
def story_view(request: HttpRequest, story: int, *, site: AdminSite) -> HttpResponse:
    found, answer = _about(request, story, site)
    if isinstance(answer, HttpResponse):
        return answer
    shown = {
        "title": f"Mail about {found}",
        "story": found,
        "sentence": answer.sentence,
        "words": answer.words,
        "html_url": reverse("admin:alerts_mail_of_story_html", args=[found.pk]),
    }
    return _mail(request, site, shown)


@require_safe
@never_cache
@xframe_options_sameorigin
@csp_override(POLICY)
def story_html_view(request: HttpRequest, story: int, *, site: AdminSite) -> HttpResponse:
    _, answer = _about(request, story, site)
    if isinstance(answer, HttpResponse):
        return answer
    if answer.words is None:
        raise Http404("Nobody is sent a mail about this text.")
    return framed(answer.words, scheme=request.GET.get("scheme", ""), is_public=False)


def _sample(request: HttpRequest, kind: str, now: datetime) -> tuple[Sample, Words]:
    allowed(request, SEE, MANAGE)
    sample, edition = BY_NAME.get(kind), newest(now)
    if sample is None or edition is None:
        raise Http404("There is no such mail.")
    return sample, of_story(sample, edition, now)


def _about(request: HttpRequest, key: int, site: AdminSite) -> tuple[Story, About | HttpResponse]:
    """The mail about a story, to whoever may read its newest text; else the page that says why not."""
    model_admin = site.get_model_admin(Story)
    story = story_or_404(model_admin, request, str(key))
    revision = revision_or_404(story, None)
    if closed := withheld.page(request, model_admin, story, revision):
        return story, closed
    return story, about(story, revision, timezone.now())


def _mail(request: HttpRequest, site: AdminSite, shown: dict[str, Any]) -> HttpResponse:
    """One mail; a POST sends it to whoever asks, and to nobody else."""
    scheme = "dark" if request.GET.get("scheme") == "dark" else "light"
    context = {"scheme": scheme, "most": mail_test.MOST, **shown}
    if request.method == "POST" and shown["words"] is not None:
        user = cast("User", request.user)
        try:
            mail_test.send(shown["words"], to=user, now=timezone.now())
        except mail_test.TooManyTests:
            return page(request, site, "mail", context | {"refusal": TOO_MANY}, status=429)
        messages.success(request, f"A test is on its way to {user.email}.")
        return HttpResponseRedirect(request.get_full_path())
    return page(request, site, "mail", context)


def story_panel(story: Story) -> Panel:
    """The way to a story's mail from its own pages."""
    return Panel(
        "Mail to readers",
        told="What readers are sent about this text, and which of them.",
        url_name="admin:alerts_mail_of_story",
        way="Look at the mail",
    )


PAGES: dict[str, tuple[str, View]] = {
    "mails": ("mails/", mails_view),
    "mail_of_story": ("mails/about/<int:story>/", story_view),
    "mail_of_story_html": ("mails/about/<int:story>/html/", story_html_view),
    "mail_sample": ("mails/<slug:kind>/", sample_view),
    "mail_sample_html": ("mails/<slug:kind>/html/", sample_html_view),
}
