"""People, for administrators: add and invite, change, deactivate; nobody is ever deleted."""

import logging
from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin import ActionLocation
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import BadRequest
from django.db import transaction
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format

from accounts import factors, invitations, mails, people, resets
from accounts.admin.forms import InviteForm, PersonForm
from accounts.admin.lists import OwnFilters
from accounts.models import User

logger = logging.getLogger(__name__)

_EVERYWHERE = [ActionLocation.CHANGE_FORM, ActionLocation.CHANGE_LIST]


@admin.register(User)
class PersonAdmin(OwnFilters):
    list_display = ("name", "email", "role", "is_active", "last_sign_in")
    list_display_links = ("name", "email")
    list_filter = ("role", "is_active")
    search_fields = ("name", "email")
    search_help_text = "Name or e-mail address"
    ordering = ("name", "email")
    readonly_fields = ("has_joined", "last_sign_in", "date_joined")
    actions = ("send_invitation", "send_password_reset", "sign_out", "take_away_second_factor")

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        if obj is None:
            return [(None, {"fields": ("name", "email", "role")})]
        return [
            (None, {"fields": ("name", "email", "role", "is_active")}),
            ("So far", {"fields": ("has_joined", "last_sign_in", "date_joined")}),
        ]

    def get_form(
        self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any
    ) -> type[ModelForm[User]]:
        form = super().get_form(
            request, obj, change, **{"form": PersonForm if change else InviteForm, **kwargs}
        )
        return type(form.__name__, (form,), {"acting": request.user})

    @admin.display(description="has chosen a password", boolean=True)
    def has_joined(self, person: User) -> bool:
        return person.has_usable_password()

    @admin.display(description="last signed in", ordering="last_login", empty_value="never")
    def last_sign_in(self, person: User) -> str | None:
        at = person.last_login
        return date_format(timezone.localtime(at), "j M Y, H:i") if at else None

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        if not change:
            obj.set_unusable_password()
        if change and {"role", "is_active"} & set(form.changed_data):
            obj.signed_out_at = timezone.now()
        super().save_model(request, obj, form, change)
        if change and "email" in form.changed_data and obj.has_usable_password():
            letter = mails.address_changed(obj)
            transaction.on_commit(partial(mails.post, letter, to=form.initial["email"]))
        if not change:
            # Not before the commit: no mail server is waited for inside a transaction.
            transaction.on_commit(partial(self._invite, request, obj))

    def response_action(
        self, request: HttpRequest, queryset: QuerySet[User], *args: Any, **kwargs: Any
    ) -> HttpResponse | None:
        """The stock admin hands what was ticked to the database as it was posted."""
        ticked = request.POST.getlist(ACTION_CHECKBOX_NAME)
        if not all(key.isascii() and key.isdigit() and len(key) < 19 for key in ticked):
            raise BadRequest("These are no people of ours.")
        return super().response_action(request, queryset, *args, **kwargs)

    @admin.action(description="Send invitation again", permissions=["change"], location=_EVERYWHERE)
    def send_invitation(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        for person in queryset:
            transaction.on_commit(partial(self._invite, request, person))

    @admin.action(description="Send password reset", permissions=["change"], location=_EVERYWHERE)
    def send_password_reset(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        for person in queryset:
            transaction.on_commit(partial(self._reset, request, person))

    @admin.action(description="Sign out everywhere", permissions=["change"], location=_EVERYWHERE)
    def sign_out(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        for person in queryset:
            people.sign_out_everywhere(person, now=timezone.now())
            self.message_user(request, f"{person} is signed out everywhere.")

    @admin.action(description="Take away second factor", permissions=["change"], location=_EVERYWHERE)
    def take_away_second_factor(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        for person in queryset:
            if person.pk == request.user.pk:
                self._warn(request, "You change your own second factor on the pages of your account.")
                continue
            factors.take_away(person)
            logger.warning("%s took away the second factor of %s.", request.user.pk, person.pk)
            self.message_user(request, f"{person} has no second factor any more, and has been told by mail.")

    def _invite(self, request: HttpRequest, person: User) -> None:
        if not person.is_active:
            self._warn(request, f"{person} is not active, so no invitation was sent.")
        elif person.has_usable_password():
            self._warn(request, f"{person} has joined already. Send a password reset instead.")
        else:
            self._mail(request, person, "An invitation", invitations.invite)

    def _reset(self, request: HttpRequest, person: User) -> None:
        if not person.is_active:
            self._warn(request, f"{person} is not active, so no password reset was sent.")
        elif not person.has_usable_password():
            self._warn(request, f"{person} has not joined yet. Send the invitation again instead.")
        else:
            self._mail(request, person, "A password reset", resets.send_reset)

    def _mail(self, request: HttpRequest, person: User, what: str, send: Callable[[User], None]) -> None:
        try:
            send(person)
        except (OSError, ValueError):
            logger.exception("%s to a member of staff could not be sent.", what)
            sentence = f"{what} could not be sent to {person.email}. Check the address, or try later."
            self.message_user(request, sentence, messages.ERROR)
        else:
            self.message_user(request, f"{what} has been sent to {person.email}.")

    def _warn(self, request: HttpRequest, sentence: str) -> None:
        self.message_user(request, sentence, messages.WARNING)
