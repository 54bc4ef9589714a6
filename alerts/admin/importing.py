"""The import of subscribers: the file is checked first, and only the very file that was checked can be taken in.

Nothing of it is kept between the two: the browser sends it again, and its checksum, signed, says that it is the same.
"""

import hashlib
from typing import Any

from django import forms
from django.contrib.admin import AdminSite
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.models import User
from alerts.admin.pages import PEOPLE, allowed, page
from alerts.importing import reading
from alerts.importing.reading import Unreadable
from alerts.importing.taking_in import Report, take_in

#: Of 50,000 lines as they are.
LARGEST = 20 * 1024 * 1024
_SALT = "alerts.import"
_UNCHECKED = "This is not the file that was checked within the last hour. Check it first."
#: Seconds for which what was checked may be taken in.
_AN_HOUR = 60 * 60


class FileForm(forms.Form):
    file = forms.FileField(
        label="File",
        help_text="CSV, as a spreadsheet saves it, with one line for each address and frequency.",
        error_messages={"required": "Choose a file.", "empty": "The file is empty."},
    )
    checked = forms.CharField(required=False, widget=forms.HiddenInput)
    agreed = forms.BooleanField(
        label="Everybody in this file agreed to get mail from us, and we can show it", required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(
                "The file is larger than 20 MB. Divide it: each part can be imported."
            )
        return file

    @property
    def digest(self) -> str:
        sum_ = hashlib.sha256()
        for chunk in self.cleaned_data["file"].chunks():
            sum_.update(chunk)
        return sum_.hexdigest()


@require_http_methods(["GET", "HEAD", "POST"])
def import_view(request: HttpRequest, *, site: AdminSite) -> HttpResponse:
    user = allowed(request, PEOPLE)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    report = _report(request, form, user) if form.is_valid() else None
    checked = signing.dumps([form.digest, user.pk], salt=_SALT) if report and not report.really else ""
    context = {
        "title": "Import subscribers",
        "form": form,
        "report": report,
        "checked": checked or _forgotten(request, form),
        "columns": reading.COLUMNS,
        "most": reading.MOST,
    }
    status = 422 if form.is_bound and not report else 200
    return page(request, site, "import", context, status=status)


def _report(request: HttpRequest, form: FileForm, user: User) -> Report | None:
    """What would become of the file, or became of it; None where the form says why nothing did."""
    really = "import" in request.POST
    if really and not _was_checked(form, user):
        form.add_error("file", forms.ValidationError(_UNCHECKED, code="unchecked"))
    if really and not form.cleaned_data["agreed"]:
        form.add_error("agreed", "Nobody is taken in who did not agree. Tick this if they all did.")
    if form.errors:
        return None
    try:
        return take_in(form.cleaned_data["file"], by=user, now=timezone.now(), really=really)
    except Unreadable as fault:
        form.add_error("file", str(fault))
        return None


def _forgotten(request: HttpRequest, form: FileForm) -> str:
    """The check that still stands where only the file or the tick was forgotten, so that it need not be done again."""
    stands = form.is_bound and form.errors and not form.has_error("file", "unchecked")
    return request.POST.get("checked", "") if stands and "import" in request.POST else ""


def _was_checked(form: FileForm, user: User) -> bool:
    try:
        told = signing.loads(form.cleaned_data["checked"], salt=_SALT, max_age=_AN_HOUR)
    except signing.BadSignature:
        return False
    return bool(told == [form.digest, user.pk])
