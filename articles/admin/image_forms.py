"""Forms for pictures: the upload, and the words and licence of one that is there."""

from typing import Any

from django import forms

from articles.admin.labels import LabelledForm
from articles.admin.local_time import LocalTimeField
from articles.models import Image
from articles.models.images import SCOPES
from articles.pictures.intake import Accepted, Refused, accept

_SCOPES = {"web": "Our website", "email": "Our e-mails", "social": "Social media", "feeds": "Feeds"}
_LINES = ("alt", "caption", "credit", "licence_holder")


class ImageForm(LabelledForm[Image]):
    licence_scopes = forms.MultipleChoiceField(
        label="May be shown",
        required=False,
        choices=[(scope, _SCOPES[scope]) for scope in SCOPES],
        initial=list(SCOPES),
        widget=forms.CheckboxSelectMultiple,
    )
    licence_ends_at = LocalTimeField(
        label="Licence ends",
        required=False,
        help_text="From this moment on the picture is no longer shown. Empty: no end.",
    )

    class Meta:
        model = Image
        fields = (
            *("alt", "decorative", "caption", "credit"),
            *("licence_kind", "licence_holder", "licence_scopes", "licence_ends_at", "licence_proof"),
            *("focal_x", "focal_y"),
        )
        labels = {"focal_x": "From the left, 0 to 1", "focal_y": "From the top, 0 to 1"}
        widgets = {
            **dict.fromkeys(("alt", "caption"), forms.Textarea(attrs={"rows": 2, "class": "words"})),
            "licence_proof": forms.Textarea(attrs={"rows": 2, "class": "words"}),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in _LINES:
            if isinstance(cleaned.get(name), str):
                cleaned[name] = " ".join(cleaned[name].split())
        if cleaned.get("decorative") and cleaned.get("alt"):
            self.add_error(
                "decorative", "It has an alternative text, so it says something. Keep one of the two."
            )
        return cleaned


class UploadForm(ImageForm):
    """A new picture. Words left empty are taken from the file, where it brings some (XMP, IPTC)."""

    upload = forms.FileField(
        label="File",
        help_text="JPEG, PNG, WebP, AVIF or GIF, at most 25 MB. Words left empty below are read from the file.",
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/avif,image/gif"}),
        allow_empty_file=True,  # `accept` has the better sentence
    )

    accepted: Accepted
    field_order = ("upload",)

    def clean_upload(self) -> Any:
        try:
            self.accepted = accept(self.cleaned_data["upload"])
        except Refused as refused:
            raise forms.ValidationError(refused.sentence) from refused
        return self.cleaned_data["upload"]

    def words(self) -> dict[str, Any]:
        """What the form says of the picture, for `library.store`."""
        return {name: self.cleaned_data[name] for name in self.fields if name != "upload"}


class QuickUploadForm(UploadForm):
    """The upload inside the picker: the file and its words; the licence can be written down later."""

    class Meta(ImageForm.Meta):
        fields = ("alt", "decorative", "caption", "credit")  # type: ignore[assignment]

    licence_scopes = None  # type: ignore[assignment]
    licence_ends_at = None  # type: ignore[assignment]
