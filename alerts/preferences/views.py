"""The pages behind the link to one's preferences: change, pause, take along, erase. Only a POST changes anything.

The address is the secret, and no cookie is set: that a form comes from our own page is asked of the browser.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from alerts import links, wording
from alerts.leaving import KEPT, erase
from alerts.models.subscribers import Subscriber
from alerts.preferences import changing
from alerts.preferences.changing import NO_DAY, HasLeftError
from alerts.preferences.coming_back import may_come_back
from alerts.preferences.forms import FollowedForm, MoreForm, PauseForm, PlainForm, offered
from alerts.preferences.held import held
from alerts.registering.sources import source
from alerts.same_origin import from_elsewhere
from alerts.tokens import Purpose, subscriber_of
from articles.views.dates import written
from articles.views.pages import page

type View = Callable[..., HttpResponse]

#: What the page says after a change, by the word in its address.
DONE = {
    "saved": "Your changes are saved.",
    "followed": "You follow that now too.",
    "paused": "Your e-mail is paused.",
    "resumed": "You get e-mail again.",
    "back": "Welcome back: you get again what you got before.",
}


def by_link(purpose: Purpose) -> Callable[[View], View]:
    """Answer whoever has the link of a subscriber; everybody else is told that there is no such link."""

    def decorated(view: View) -> View:
        @csrf_exempt  # the address is the secret; see from_elsewhere
        @wraps(view)
        def answer(request: HttpRequest, given: str) -> HttpResponse:
            subscriber = subscriber_of(given, purpose)
            if subscriber is None:
                return page("alerts/broken_link.html", status=404)
            return view(request, subscriber)

        return answer

    return decorated


def from_our_page(view: View) -> View:
    """Refuse what a browser sends on behalf of another site."""

    @wraps(view)
    def checked(request: HttpRequest, subscriber: Subscriber) -> HttpResponse:
        if request.method == "POST" and from_elsewhere(request, is_secret=True):
            return page("alerts/elsewhere.html", status=403)
        return view(request, subscriber)

    return checked


@by_link(Purpose.MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
@from_our_page
def manage(request: HttpRequest, subscriber: Subscriber) -> HttpResponse:
    """Show what they get; do what the form that was sent asks for."""
    now = timezone.now()
    if subscriber.ended_at is not None:
        return left(subscriber)
    if request.method != "POST":
        return _page(subscriber, now, done=DONE.get(request.GET.get("done", ""), ""))
    act = _ACTS.get(request.POST.get("act", ""))
    if act is None:
        return page("400.html", status=400)
    try:
        return act(request, subscriber, now)
    except HasLeftError:
        return left(subscriber)


@by_link(Purpose.MANAGE)
@require_safe
def download(request: HttpRequest, subscriber: Subscriber) -> HttpResponse:
    """Give all that is held as a file."""
    if subscriber.erased_at is not None:
        return left(subscriber)
    answer = JsonResponse(held(subscriber), json_dumps_params={"indent": 2, "ensure_ascii": False})
    answer.headers["Content-Disposition"] = 'attachment; filename="alerts.json"'
    return answer


@by_link(Purpose.MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
@from_our_page
def erasing(request: HttpRequest, subscriber: Subscriber) -> HttpResponse:
    """Say what erasing means, with a button; the button does it."""
    if request.method == "POST":
        erase(subscriber, how=f"{changing.PAGE}erase/", now=timezone.now())
    if subscriber.erased_at is not None:
        return left(subscriber, just_now=request.method == "POST")
    shown = {"address": subscriber.address, "manage_url": links.manage_path(subscriber)}
    return page("alerts/erase.html", shown)


def left(subscriber: Subscriber, *, just_now: bool = False) -> HttpResponse:
    """Say to who has left that they have, what is still held, and how to come back."""
    erased_on = subscriber.ended_at + KEPT if subscriber.ended_at else None
    shown = {
        "just_now": just_now,
        "subscriber": subscriber,
        "erased_on": written(erased_on) if erased_on else "",
        "may_come_back": may_come_back(subscriber),
        "wording": wording.VERSIONS[wording.CURRENT],
        "manage_url": links.manage_path(subscriber),
        "unsubscribe_url": links.unsubscribe_path(subscriber),
    }
    return page("alerts/left.html", shown)


def _save(request: HttpRequest, subscriber: Subscriber, now: datetime) -> HttpResponse:
    form = FollowedForm(subscriber, changing.follows(subscriber), request.POST)
    if not form.is_valid():
        return _page(subscriber, now, followed_form=form)
    said = form.cleaned_data
    changing.save(
        subscriber,
        form.often(),
        hour=said["hour"],
        weekday=said["weekday"],
        now=now,
        source=source(request),
    )
    return _done(subscriber, "saved")


def _follow(request: HttpRequest, subscriber: Subscriber, now: datetime) -> HttpResponse:
    form = MoreForm(changing.follows(subscriber), now, request.POST)
    if not form.is_valid():
        return _page(subscriber, now, more_form=form)
    changing.follow(
        subscriber, form.things(), form.cleaned_data["frequency"], now=now, source=source(request)
    )
    return _done(subscriber, "followed")


def _pause(request: HttpRequest, subscriber: Subscriber, now: datetime) -> HttpResponse:
    form = PauseForm(now, request.POST)
    if not form.is_valid():
        return _page(subscriber, now, pause_form=form)
    changing.pause(subscriber, form.end(), now=now, source=source(request))
    return _done(subscriber, "paused")


def _resume(request: HttpRequest, subscriber: Subscriber, now: datetime) -> HttpResponse:
    changing.resume(subscriber, now=now, source=source(request))
    return _done(subscriber, "resumed")


_ACTS: dict[str, Callable[[HttpRequest, Subscriber, datetime], HttpResponse]] = {
    "save": _save,
    "follow": _follow,
    "pause": _pause,
    "resume": _resume,
}


def _done(subscriber: Subscriber, what: str) -> HttpResponse:
    return HttpResponseRedirect(f"{links.manage_path(subscriber)}?done={what}")


def _page(subscriber: Subscriber, now: datetime, *, done: str = "", **sent: PlainForm) -> HttpResponse:
    """The page, with the form that was sent where something in it is wrong."""
    followed = list(changing.follows(subscriber))
    forms: dict[str, PlainForm] = {
        "followed_form": FollowedForm(subscriber, followed),
        "more_form": MoreForm(followed, now),
        "pause_form": PauseForm(now),
    }
    wrong = next(iter(sent.values()), None)
    shown: dict[str, Any] = {
        "address": subscriber.address,
        "done": done,
        "form": wrong,
        "offered": offered(now),
        "pause": _pause_in_words(subscriber, now),
        "clock": ZoneInfo(settings.TIME_ZONE).key,
        "wording": wording.VERSIONS[wording.CURRENT],
        "manage_url": links.manage_path(subscriber),
        "unsubscribe_url": links.unsubscribe_path(subscriber),
    }
    return page("alerts/manage.html", forms | shown | sent, status=400 if wrong else 200)


def _pause_in_words(subscriber: Subscriber, now: datetime) -> str:
    until = subscriber.paused_until
    if until is None or until <= now:
        return ""
    return "until you come back" if until == NO_DAY else f"until {written(until)}"
