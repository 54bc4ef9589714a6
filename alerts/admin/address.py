"""One address: what is known of it, what was sent there, and what staff may do about it."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.models import User
from alerts import handling
from alerts.admin.pages import PEOPLE, allowed, page
from alerts.handling import Known, known_of
from alerts.models import Delivery, Subscriber, Suppression
from articles.admin.keys import is_key

#: Mails that are listed, the newest.
MOST = 50


class NoteForm(forms.Form):
    note = forms.CharField(
        label="Why", max_length=300, error_messages={"required": "Say why: it is on record."}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})


class TakeOutForm(NoteForm):
    for_good = forms.BooleanField(
        label="Never write to this address again, even if it is registered anew", required=False
    )


@dataclass
class Forms:
    """The forms of the page, of which one may have been sent and found wanting."""

    take_out: TakeOutForm
    lift: dict[int, NoteForm]

    @property
    def tried(self) -> forms.Form | None:
        return next((form for form in (self.take_out, *self.lift.values()) if form.is_bound), None)


@require_http_methods(["GET", "HEAD", "POST"])
def address_view(request: HttpRequest, hashed: str, *, site: AdminSite) -> HttpResponse:
    user = allowed(request, PEOPLE)
    known = known_of(hashed, timezone.now())
    if not known:
        raise Http404("Nothing is known of this address.")
    shown = _forms(known)
    if request.method == "POST" and _done(request, user, known, shown):
        return HttpResponseRedirect(request.path)
    return page(request, site, "address", _told(known, shown), status=422 if shown.tried else 200)


def _forms(known: Known) -> Forms:
    return Forms(
        TakeOutForm(prefix="out"),
        {row.pk: NoteForm(prefix=f"lift{row.pk}") for row in known.suppressions if _is_liftable(row)},
    )


def _done(request: HttpRequest, user: User, known: Known, shown: Forms) -> bool:
    """Do what was asked for; False where the page has to say what is missing."""
    match request.POST.get("act", "").split(":"):
        case ["take_out"] if known.present and known.present.ended_at is None:
            return _take_out(request, user, known.present, shown)
        case ["send_link"] if known.present and known.present.ended_at is None:
            return _send_link(request, user, known.present)
        case ["lift", key] if is_key(key) and int(key) in shown.lift:
            row = next(row for row in known.suppressions if row.pk == int(key))
            return _lift(request, user, row, shown)
    messages.warning(request, "This is not possible any more. Look at the page as it is now.")
    return True


def _take_out(request: HttpRequest, user: User, subscriber: Subscriber, shown: Forms) -> bool:
    form = shown.take_out = TakeOutForm(request.POST, prefix="out")
    if not form.is_valid():
        return False
    handling.take_out(subscriber, by=user, now=timezone.now(), **form.cleaned_data)
    messages.success(request, "They are taken out. What waited for them is cancelled.")
    return True


def _send_link(request: HttpRequest, user: User, subscriber: Subscriber) -> bool:
    if handling.send_link(subscriber, by=user, now=timezone.now()):
        messages.success(request, "The link to their preferences is on its way to them.")
    else:
        messages.warning(request, "Not sent: they got their link within the last day, or you sent many.")
    return True


def _lift(request: HttpRequest, user: User, row: Suppression, shown: Forms) -> bool:
    form = shown.lift[row.pk] = NoteForm(request.POST, prefix=f"lift{row.pk}")
    if not form.is_valid():
        return False
    if handling.lift(row, by=user, now=timezone.now(), note=form.cleaned_data["note"]):
        messages.success(request, "Mail may go to this address again.")
    return True


def _told(known: Known, shown: Forms) -> dict[str, Any]:
    subscriber = known.present
    told: dict[str, Any] = {"title": subscriber.address if subscriber else "An address that is not kept"}
    if subscriber:
        told |= _of(subscriber)
    suppressed = [(row, shown.lift.get(row.pk)) for row in known.suppressions]
    may_leave = subscriber is not None and subscriber.ended_at is None
    return told | {
        "known": known,
        "subscriber": subscriber,
        "suppressed": suppressed,
        "take_out": shown.take_out if may_leave else None,
        "tried": shown.tried,
    }


def _of(subscriber: Subscriber) -> dict[str, Any]:
    rows = subscriber.subscriptions.select_related("section", "topic", "author").order_by("ended_at", "pk")
    mails = Delivery.objects.filter(subscriber=subscriber).select_related("letter")
    return {
        "subscriptions": [(row, row.section or row.topic or row.author or "Everything") for row in rows],
        "consents": subscriber.consents.select_related("actor").order_by("-asked_at", "-pk"),
        "mails": mails.defer("letter__text", "letter__html", "letter__contents").order_by("-pk")[:MOST],
        "done": subscriber.handlings.select_related("by").order_by("-at", "-pk"),
    }


def _is_liftable(row: Suppression) -> bool:
    return row.lifted_at is None and row.reason != Suppression.Reason.LEFT
