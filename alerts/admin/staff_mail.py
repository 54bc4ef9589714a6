"""Mail I get: each member of staff says which matters they are mailed about."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse

from accounts.models import User
from accounts.roles import Role
from alerts.models import Declined, Matter

#: Matters that only managers are ever told of, so only they are asked.
_OF_MANAGERS = (Matter.SUBMITTED, Matter.OVERDUE, Matter.DEBT, Matter.LICENCES)


class MattersForm(forms.Form):
    wanted = forms.MultipleChoiceField(
        label="Mail me when", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.offered = _offered(user)
        self.fields["wanted"].choices = [(matter.value, matter.label) for matter in self.offered]  # type: ignore[attr-defined]

    @transaction.atomic
    def save(self) -> None:
        declined = set(self.offered) - set(self.cleaned_data["wanted"])
        rows = Declined.objects.filter(user=self.user)
        rows.exclude(matter__in=declined).delete()
        Declined.objects.bulk_create(
            [Declined(user=self.user, matter=matter) for matter in sorted(declined)], ignore_conflicts=True
        )


def _offered(user: User) -> list[Matter]:
    if not user.has_perm("articles.view_story"):
        return []
    return [matter for matter in Matter if user.role == Role.MANAGER or matter not in _OF_MANAGERS]


def put_on(site: AdminSite) -> None:
    """Add the page to the admin."""
    plain = site.get_urls

    def urls() -> list[URLPattern | URLResolver]:
        view = site.admin_view(partial(mail_view, site=site))
        return [path("mail/", view, name="alerts_staff_mail"), *plain()]

    site.get_urls = urls  # type: ignore[method-assign]


def mail_view(request: HttpRequest, *, site: AdminSite) -> HttpResponse:
    user = request.user
    assert isinstance(user, User)  # noqa: S101  (admin_view lets nobody else in)
    declined = set(Declined.objects.filter(user=user).values_list("matter", flat=True))
    wanted = [matter for matter in Matter if matter not in declined]
    asked = request.POST if request.method == "POST" else None
    form = MattersForm(asked, user=user, initial={"wanted": wanted})
    if form.is_valid():
        form.save()
        messages.success(request, "Saved. You are mailed about what is ticked.")
        return HttpResponseRedirect(reverse("admin:alerts_staff_mail"))
    context = {**site.each_context(request), "title": "Mail I get", "form": form}
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "admin/alerts/staff_mail.html", context, status=status)
