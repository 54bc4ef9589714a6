"""The pages for registering: the form, "check your inbox", the button behind a confirmation's link, a lost link."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from alerts import links, wording
from alerts.choices import chosen
from alerts.following import followed
from alerts.models.registrations import Registration
from alerts.registering import confirming
from alerts.registering.asking import ask
from alerts.registering.forms import LostLinkForm, QuietForm, RegistrationForm
from alerts.registering.limits import TooManyError
from alerts.registering.sources import from_our_pages, source
from articles.views.pages import page

#: Of the page that a consent came by.
_LONGEST_PAGE = 300

asks = require_http_methods(["GET", "HEAD", "POST"])


@csrf_exempt  # docs/decisions/0031
@asks
@from_our_pages
def register(request: HttpRequest) -> HttpResponse:
    if not settings.ALERTS_OPEN:
        return _closed(request)
    now, sent = timezone.now(), request.POST if request.method == "POST" else None
    form = RegistrationForm(request.GET, sent, now=now)
    if sent is None or not form.is_valid():
        said = {"form": form, "wording": wording.VERSIONS[wording.CURRENT]}
        return page("alerts/register.html", said, status=200 if sent is None else 422)
    said = form.cleaned_data
    return _asked(
        request,
        form,
        page=_page(request, form),
        choices=form.choices(),
        frequency=said["frequency"],
        wording=said["wording"],
    )


@csrf_exempt  # docs/decisions/0031
@asks
@from_our_pages
def lost_link(request: HttpRequest) -> HttpResponse:
    """Mail somebody the link to their preferences, whoever asks for it and whether or not they are known."""
    sent = request.POST if request.method == "POST" else None
    form = LostLinkForm(sent)
    if sent is None or not form.is_valid():
        return page("alerts/lost_link.html", {"form": form}, status=200 if sent is None else 422)
    purpose = Registration.Purpose.MANAGE
    return _asked(request, form, page=request.path, purpose=purpose, wording=wording.CURRENT)


@require_safe
def check_inbox(request: HttpRequest) -> HttpResponse:
    return page("alerts/check_inbox.html")


# Exempt, because only who has the key can press the button, and a key in a forged form is one given away.
@csrf_exempt
@asks
def confirm(request: HttpRequest, key: str) -> HttpResponse:
    """Show what was asked for, with a button. Only the button does it: programs that read mail follow links."""
    now = timezone.now()
    asked = confirming.registration_of(key, now)
    if asked is None:
        return page("alerts/over.html", status=404)
    if asked.purpose == Registration.Purpose.MANAGE:
        return _to_preferences(asked)
    if request.method == "POST":
        confirming.confirm(asked, now=now)
        return HttpResponseRedirect(request.path)
    return _to_confirm(asked) if asked.confirmed_at is None else _confirmed(asked, now)


def _page(request: HttpRequest, form: RegistrationForm) -> str:
    """Where they came by, with what it offered to follow. Whatever else a link carries may be somebody's address."""
    offered = [one for one in form.followed if one.slug in request.GET.getlist(one.kind)]
    query = urlencode([(one.kind, one.slug) for one in offered])
    return f"{request.path}?{query}"[:_LONGEST_PAGE] if query else request.path


def _asked(request: HttpRequest, form: QuietForm, **said: Any) -> HttpResponse:
    """Take it in. Whoever asks learns only that a mail may be on its way."""
    asked = Registration(
        address=form.cleaned_data["address"],
        source_hash=source(request),
        **said,
    )
    if not form.is_sent_by_a_machine:
        try:
            ask(asked, now=timezone.now())
        except TooManyError:
            answer = page("alerts/too_many.html", status=429)
            answer.headers["Retry-After"] = "3600"
            return answer
    return HttpResponseRedirect("/alerts/check-your-inbox/")


def _to_confirm(asked: Registration) -> HttpResponse:
    return page("alerts/confirm.html", _told(asked) | {"wording": wording.VERSIONS[asked.wording]})


def _confirmed(asked: Registration, now: datetime) -> HttpResponse:
    """What was done by the button, for as long as it still holds."""
    subscriber = confirming.subscriber_of(asked)
    if subscriber is None or subscriber.ended_at is not None:
        return page("alerts/over.html", status=404)
    is_pausing = subscriber.paused_until is not None and subscriber.paused_until > now
    said = {"manage_url": links.manage(subscriber), "is_pausing": is_pausing}
    return page("alerts/confirmed.html", _told(asked) | said)


def _told(asked: Registration) -> dict[str, Any]:
    return {"follows": chosen(asked.choices), "frequency": asked.get_frequency_display(), "asked": asked}


def _to_preferences(asked: Registration) -> HttpResponse:
    """The mail is sent to whatever was typed; whether somebody is known by it is told in its mailbox alone."""
    subscriber = confirming.subscriber_of(asked)
    if subscriber is None:
        return page("alerts/unknown.html", status=404)
    return HttpResponseRedirect(links.manage(subscriber))


def _closed(request: HttpRequest) -> HttpResponse:
    """Say plainly that e-mail is not open, and what there is meanwhile of what was asked for."""
    if request.method == "POST":
        return HttpResponseNotAllowed(["GET", "HEAD"])
    asked = followed(request.GET, timezone.now())
    return page("alerts/closed.html", {"followed": asked})
